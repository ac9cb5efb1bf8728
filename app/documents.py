"""The values that flow through On Record, from raw document to annotated article.

Frozen dataclasses over the standard library. They know nothing of how they are made (extraction, nlp), stored
(db) or served (api). Every offset is half-open, in Unicode code points, into the text named in the remark.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

DocumentForm = Literal["page", "text", "html"]
Origin = Literal["caller", "json-ld", "meta", "text", "none"]
DatePrecision = Literal["second", "minute", "day"]
DateZone = Literal["stated", "assumed", "unknown"]
MentionKind = Literal["name", "nominal", "pronoun"]
EntityType = Literal["person", "organization", "place", "event", "work", "product", "group"]
Gender = Literal["female", "male"]
QuoteKind = Literal["direct", "mixed", "indirect"]
SpeakerType = Literal["person", "unnamed_person", "group", "organization", "document"]
AttributionKind = Literal["speech", "writing", "belief", "other"]

# The warning on an article that is known not to be in English: nothing is looked for in it
LANGUAGE_NOT_READ = "language_not_read"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the surface of this span in `text`."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a claim: the stage, its version, and the rule or model within it."""

    stage: str
    version: str
    method: str


# --- raw --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the caller says of a document. A hint wins over anything the document says of itself."""

    external_id: str | None = None  # the caller's own key for the document
    url: str | None = None
    headline: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None  # aware; its offset is the zone the caller names
    modified_at: datetime | None = None  # aware
    section: str | None = None
    keywords: tuple[str, ...] = ()
    lead_image_url: str | None = None
    language: str | None = None  # BCP 47
    charset: str | None = None  # of the content's bytes, as the HTTP header names it


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A document as it came in.

    form: "page" is a plain-text page dump with furniture around the article, "text" a clean body to be kept
    verbatim, "html" a web page.
    """

    content: bytes
    form: DocumentForm = "page"
    hints: Hints = field(default_factory=Hints)


# --- extracted --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stated[T]:
    """A value with its origin and confidence (0..1). `value` is None exactly when the origin is "none"."""

    value: T | None
    origin: Origin
    confidence: float
    raw_span: Span | None = None  # where the decoded raw document says it; None if it does not
    reason: str | None = None  # why there is no value, or why the confidence is low

    @classmethod
    def absent(cls, reason: str) -> "Stated[T]":
        """Return the honest null: no value, and why."""
        return cls(None, "none", 0.0, None, reason)


_NOT_STATED: Stated[Any] = Stated.absent("only the mark-up of a web page states it")


@dataclass(frozen=True, slots=True)
class Publication:
    """When an article was published: UTC, how exact the statement was, and whether it named its zone.

    With zone "unknown" the clock time as printed is kept as if it were UTC.
    """

    at: datetime
    precision: DatePrecision
    zone: DateZone
    # Of the zone the page names: `at` plus this is its local time, whose day a reader of the page would name.
    offset_minutes: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place (and wire agency) that opens the body: `SEOUL —`, `PARIS, May 4 (Reuters) -`."""

    place: str
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece of the raw document left out of the body, and why."""

    text: str
    reason: str
    raw_span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedArticle:
    """An article's clean text and what the page says of it. `text` is never edited after this.

    Paragraphs are separated by a blank line; `paragraphs` are spans of `text`, in order.
    """

    text: str
    paragraphs: tuple[Span, ...]
    headline: Stated[str]
    byline: Stated[str]  # as printed
    authors: Stated[tuple[str, ...]]  # the names in it
    published: Stated[Publication]
    modified: Stated[Publication]
    dateline: Stated[Dateline]
    credit: Stated[str]  # wire credit: "Yonhap News"
    publisher: Stated[str]
    language: Stated[str]  # ISO 639-1
    section: Stated[str] = _NOT_STATED
    keywords: Stated[tuple[str, ...]] = _NOT_STATED
    lead_image_url: Stated[str] = _NOT_STATED
    canonical_url: Stated[str] = _NOT_STATED  # the page's own word; `url` is the caller's
    url: str | None = None
    external_id: str | None = None
    removed: tuple[Removed, ...] = ()
    warnings: tuple[str, ...] = ()
    provenance: Provenance = Provenance("extraction", "0", "none")


# --- annotated --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of `text`, never across a paragraph break."""

    span: Span


@dataclass(frozen=True, slots=True)
class Alternative:
    """A chain that a mention or speaker may belong to besides the one chosen, and how likely it is."""

    chain: int  # index into `AnnotatedArticle.chains`
    confidence: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of `text` that refers to something.

    alternatives: the close runners-up, likeliest first. A mention that two competed for is in no chain and has
    them all here.
    """

    span: Span
    kind: MentionKind
    entity_type: EntityType
    confidence: float
    method: str  # the rule or model that found it
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class CoreferenceChain:
    """Mentions of one article that co-refer.

    mentions: indexes into `AnnotatedArticle.mentions`, in text order. name: the fullest name among them,
    without title or honorific. roles: descriptions printed beside it ("Japanese ambassador to South Korea").
    """

    mentions: tuple[int, ...]
    entity_type: EntityType
    name: str
    roles: tuple[str, ...] = ()
    gender: Gender | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words said or reported, who said them, and the words that link the two.

    content: one span per part, in text order, without the quotation marks around it for direct quotes.
    speaker: the words that name the speaker here ("he", "Bessho"). speaker_chain: index into
    `AnnotatedArticle.chains`, or None when the speaker could not be told; speaker_confidence is then 0.
    speaker_alternatives: the other chains it may be, likeliest first.
    """

    kind: QuoteKind
    content: tuple[Span, ...]
    cue: Span | None
    speaker: Span | None
    speaker_chain: int | None
    confidence: float
    speaker_confidence: float
    method: str  # the rule or model that found it
    attribution: AttributionKind = "speech"  # what the cue reports: words, or a belief, wish or expectation
    speaker_alternatives: tuple[Alternative, ...] = ()
    speaker_type: SpeakerType | None = None  # None: the text does not tell


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An extracted article with the spans that were found in its text."""

    article: ExtractedArticle
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    chains: tuple[CoreferenceChain, ...]
    quotes: tuple[Quote, ...]
    provenance: Provenance
