"""Mentions and candidate entities → decisions (same, new, unsure). Pure: candidates come in as values."""
