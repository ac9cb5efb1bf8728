"""The domain's errors. They know nothing of HTTP; `api/problems.py` maps them to status codes.

OnRecordError
├── DocumentError            a document that cannot be read; `stage` says where it failed
│   ├── NotDecodable         its bytes are no text in any encoding we accept
│   └── NoArticle            it holds no article: empty, or page furniture only
├── ModelError               a language model is missing or not the one whose digest is pinned
└── NotFound                 no such resource
"""


class OnRecordError(Exception):
    """Something On Record expected did not hold."""


class DocumentError(OnRecordError):
    """The document cannot be read."""

    code = "document_error"
    stage = "extraction"


class NotDecodable(DocumentError):
    """The document's bytes are no text in any encoding we accept."""

    code = "not_decodable"


class NoArticle(DocumentError):
    """The document holds no article text."""

    code = "no_article"


class ModelError(OnRecordError):
    """A language model is missing or is not the pinned one."""


class NotFound(OnRecordError):
    """No such resource."""
