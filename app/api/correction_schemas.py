"""The shapes of corrections: what a person may ask for, one model for each kind, and what is answered."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.api.schemas import EntityRef, Text
from app.documents import EntityType
from app.ingest.corrections import CorrectionKind

CorrectionState = Literal["in force", "overruled", "dormant", "undone"]
ARTICLES_AT_ONCE = 1000  # split off by one correction


EXAMPLE: JsonDict = {
    "id": "019aa8f0-3c1e-7a52-9d1f-6f2b8a0c4e11",
    "kind": "merge",
    "state": "in force",
    "entity_id": "6f8f1f0e-5e0b-5a53-9d43-1f6f3b2a7c01",
    "into_id": "0b9c7a52-0d0e-5f4e-8a7e-2c4d1e6f8a02",
    "candidate_id": None,
    "quote_id": None,
    "mention_id": None,
    "article_ids": [],
    "name": None,
    "type": None,
    "correction_id": None,
    "undone_by_id": None,
    "author": "jo.day",
    "reason": "The same minister; see the byline.",
    "made_at": "2026-11-22T09:30:00Z",
    "subject": {
        "entity": {"id": "6f8f1f0e-5e0b-5a53-9d43-1f6f3b2a7c01", "type": "person", "name": "A. Okafor"},
        "into": {"id": "0b9c7a52-0d0e-5f4e-8a7e-2c4d1e6f8a02", "type": "person", "name": "Ada Okafor"},
    },
}


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    author: Annotated[Text, Field(min_length=1, max_length=200)] = Field(
        description="Who decides.", examples=["jo.day"]
    )
    reason: Annotated[Text, Field(min_length=1, max_length=2000)] = Field(
        description="Why, for whoever reads the history.", examples=["The same minister; see the byline."]
    )


class NewMerge(_Asked):
    """One entity is another. Its id answers 308 from then on."""

    kind: Literal["merge"]
    entity_id: UUID = Field(description="The one that goes.")
    into_id: UUID = Field(description="The one that stays.")


class NewKeepingApart(_Asked):
    """Two that look like one are not: the pair is listed as candidates no longer."""

    kind: Literal["keep_apart"]
    entity_id: UUID
    candidate_id: UUID


class NewSplit(_Asked):
    """In some articles it is someone else. The answer's `into_id` is the new entity."""

    kind: Literal["split"]
    entity_id: UUID
    article_ids: list[UUID] = Field(min_length=1, max_length=ARTICLES_AT_ONCE)
    name: Annotated[Text, Field(min_length=1, max_length=300)] | None = Field(
        default=None, description="The new entity's name; without, the same."
    )


class NewRename(_Asked):
    """It is called otherwise."""

    kind: Literal["rename"]
    entity_id: UUID
    name: Annotated[Text, Field(min_length=1, max_length=300)]


class NewRetype(_Asked):
    """It is something else: a place, not a person."""

    kind: Literal["retype"]
    entity_id: UUID
    type: EntityType


class NewReattribution(_Asked):
    """Someone else said it, or nobody that is known."""

    kind: Literal["reattribute"]
    quote_id: UUID
    entity_id: UUID | None = Field(description="Who said it; null for nobody known.")


class NewRejection(_Asked):
    """It is no quote, or no mention: exactly one of the two."""

    kind: Literal["reject"]
    quote_id: UUID | None = None
    mention_id: UUID | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "NewRejection":
        if (self.quote_id is None) == (self.mention_id is None):
            raise ValueError("give exactly one of quote_id and mention_id")
        return self


class NewRestoration(_Asked):
    """A correction no longer holds. To restore a restoration makes what it undid hold again."""

    kind: Literal["restore"]
    correction_id: UUID


AnyNewCorrection = Annotated[
    NewMerge
    | NewKeepingApart
    | NewSplit
    | NewRename
    | NewRetype
    | NewReattribution
    | NewRejection
    | NewRestoration,
    Field(discriminator="kind"),
]


class QuotedText(BaseModel):
    """The words of a quote or mention."""

    id: UUID
    article_id: UUID
    text: str


class CorrectionRef(BaseModel):
    """A correction, in brief."""

    id: UUID
    kind: CorrectionKind
    reason: str


class Subject(BaseModel):
    """What a correction is about, as it was served when it was made."""

    entity: EntityRef | None = None
    into: EntityRef | None = None
    quote: QuotedText | None = None
    mention: QuotedText | None = None
    correction: CorrectionRef | None = None


class Correction(BaseModel):
    """A person's decision, and whether it holds."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    kind: CorrectionKind
    state: CorrectionState = Field(
        description="in force: it holds; overruled: a later correction decides the same otherwise; dormant: what it "
        "speaks of is not there at present; undone: restored."
    )
    entity_id: UUID | None = Field(
        description="What is merged, kept apart, split, renamed or retyped; or who said the quote."
    )
    into_id: UUID | None = Field(description="Merge: the one that stays; split: the new entity.")
    candidate_id: UUID | None = Field(description="Keep apart: the other one.")
    quote_id: UUID | None
    mention_id: UUID | None
    article_ids: list[UUID] = Field(description="Where it applies, if not everywhere.")
    name: str | None
    type: EntityType | None
    correction_id: UUID | None = Field(description="What a restoration undoes.")
    undone_by_id: UUID | None
    author: str
    reason: str
    made_at: datetime
    subject: Subject
