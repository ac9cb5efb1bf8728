"""The command line: serve, ingest, annotate, migrate, openapi."""


def main() -> None:
    """Run the onrecord command."""
