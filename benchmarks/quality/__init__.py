"""How well each stage does against labelled corpora (never part of the repository)."""
