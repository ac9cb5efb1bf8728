"""`python -m app` is the onrecord command."""

from app.cli import main

main()
