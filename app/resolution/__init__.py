"""AnnotatedArticle + known entities → decisions: same, new or unsure. Pure; candidates come in as values."""

from app.resolution.blocking import block_keys
from app.resolution.common_names import is_common_name
from app.resolution.names import normalise
from app.resolution.resolve import Decision, KnownEntity, company_of, resolve

VERSION = "2"

__all__ = [
    "VERSION",
    "Decision",
    "KnownEntity",
    "block_keys",
    "company_of",
    "is_common_name",
    "normalise",
    "resolve",
]
