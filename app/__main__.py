"""`python -m app` is the onrecord command."""

from app.cli import main

if __name__ == "__main__":  # reading processes import this module too
    main()
