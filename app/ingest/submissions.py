"""What a caller may hand in: the fields of one document, from a request, a line of JSON or a standard's item.

Whoever brings it, it is checked here, once, and becomes a `Submission`: a raw document, or a URL to fetch one from.
It knows no HTTP and no database.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated, Any

import orjson
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    ValidationError,
    model_validator,
)

from app.documents import DocumentForm, Hints, RawDocument
from app.errors import BadLine
from app.ingest.standards import fields_of, tidy

EARLIEST, LATEST = datetime(1400, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def _storable(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain NUL")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("must not contain lone surrogates") from None
    return value


def _storable_time(value: datetime) -> datetime:
    if not EARLIEST <= value <= LATEST:
        raise ValueError(f"must lie between {EARLIEST.year} and {LATEST.year}")
    return value.astimezone(UTC)


def _zoned_time(value: datetime) -> datetime:
    """Return a storable time in the zone the caller names."""
    offset = value.utcoffset() or timedelta()
    return _storable_time(value).astimezone(timezone(offset))


Text = Annotated[str, AfterValidator(_storable)]
Time = Annotated[AwareDatetime, AfterValidator(_storable_time)]
ZonedTime = Annotated[AwareDatetime, AfterValidator(_zoned_time)]


@dataclass(frozen=True, slots=True)
class Submission:
    """A document to read. must_fetch: it has no content yet; its URL is to be fetched first."""

    raw: RawDocument
    must_fetch: bool = False

    @classmethod
    def of_url(cls, hints: Hints) -> "Submission":
        """Return the submission of a page to fetch from `hints.url`."""
        return cls(RawDocument(b"", "html", hints), must_fetch=True)


class NewArticle(BaseModel):
    """A document to read, and what the caller knows of it.

    Exactly one of raw_text, text and html; or none of them and a url, to be fetched.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "text": "“We will sign it,” said Mayor Ada Okafor on Monday.",
                    "headline": "Mayor to sign flood pact",
                    "publisher": "The Harbour Post",
                    "published_at": "2026-03-02T09:30:00Z",
                }
            ]
        },
    )

    raw_text: Text | None = Field(default=None, description="A page dump, with furniture around the article.")
    text: Text | None = Field(default=None, description="The clean body; kept verbatim.")
    html: Text | None = Field(default=None, description="A web page.")
    external_id: Annotated[Text, Field(min_length=1, max_length=500)] | None = None
    url: Annotated[HttpUrl, Field(max_length=2000)] | None = Field(
        default=None, description="Where it was printed; alone, where to fetch it."
    )
    headline: Annotated[Text, Field(min_length=1, max_length=1000)] | None = None
    publisher: Annotated[Text, Field(min_length=1, max_length=200)] | None = None
    authors: list[Annotated[Text, Field(min_length=1, max_length=200)]] = Field(default=[], max_length=50)
    published_at: ZonedTime | None = Field(default=None, description="RFC 3339, with its offset.")
    modified_at: ZonedTime | None = Field(default=None, description="RFC 3339, with its offset.")
    section: Annotated[Text, Field(min_length=1, max_length=200)] | None = None
    keywords: list[Annotated[Text, Field(min_length=1, max_length=80)]] = Field(default=[], max_length=30)
    lead_image_url: Annotated[HttpUrl, Field(max_length=2000)] | None = None
    language: Annotated[str, Field(pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> "NewArticle":
        given = sum(form is not None for form in (self.raw_text, self.text, self.html))
        if given > 1 or (given == 0 and self.url is None):
            raise ValueError("give exactly one of raw_text, text and html, or a url alone")
        return self

    def submission(self) -> Submission:
        """Return the document, as what reads it takes it."""
        hints = Hints(
            external_id=self.external_id,
            url=str(self.url) if self.url else None,
            headline=self.headline,
            publisher=self.publisher,
            authors=tuple(self.authors),
            published_at=self.published_at,
            modified_at=self.modified_at,
            section=self.section,
            keywords=tuple(self.keywords),
            lead_image_url=str(self.lead_image_url) if self.lead_image_url else None,
            language=self.language,
        )
        forms: dict[DocumentForm, str | None] = {"page": self.raw_text, "text": self.text, "html": self.html}
        for form, content in forms.items():
            if content is not None:
                return Submission(RawDocument(content.encode(), form, hints))
        return Submission.of_url(hints)


class LineArticle(NewArticle):
    """A line of a batch or file: the same fields, `id` for `external_id`; what it has besides is left alone."""

    model_config = ConfigDict(extra="ignore", json_schema_extra={})

    id: str | int | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_corpora_write_it(cls, fields: Any) -> Any:
        if not isinstance(fields, dict):
            return fields
        if fields.get("id") is not None and fields.get("external_id") is None:
            fields = {**fields, "external_id": str(fields["id"])}
        return tidy(fields)


def parse_line(line: bytes) -> Submission:
    """Return what a line of NDJSON submits, in our fields or a standard's; raise `BadLine` saying what is wrong."""
    try:
        return check(fields_of(orjson.loads(line)))
    except orjson.JSONDecodeError as error:
        raise BadLine(f"This is no JSON: {error}.") from None


def check(fields: Any) -> Submission:
    """Return what these fields submit; raise `BadLine` saying which do not fit."""
    try:
        return LineArticle.model_validate(fields).submission()
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        said = "; ".join(f"{'/'.join(map(str, one['loc'])) or 'line'}: {one['msg']}" for one in found[:3])
        raise BadLine(said) from None
