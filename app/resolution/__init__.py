"""AnnotatedArticle + known entities → decisions: same, new or unsure. Pure; candidates come in as values."""

from app.resolution.blocking import block_keys
from app.resolution.resolve import Decision, KnownEntity, resolve

VERSION = "1"

__all__ = ["VERSION", "Decision", "KnownEntity", "block_keys", "resolve"]
