"""What an operator may set. Built once, in `cli` or `main`, and passed down; the core never sees it."""

from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """The settings, read from the environment with the prefix ONRECORD_."""

    model_config = SettingsConfigDict(env_prefix="ONRECORD_", frozen=True, extra="ignore")

    database_url: str = Field(
        default=f"sqlite:///{ROOT / 'data' / 'onrecord.sqlite3'}",
        description="sqlite:///path/to/file or postgresql://user:password@host/name",
    )
    seeds_dir: Path | None = Field(
        default=ROOT / "seeds",
        description="Folder read at start-up: *.txt page dumps, *.html pages. Empty: none.",
    )
    api_keys: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Keys that may write, separated by commas. Without any, the server stays on loopback.",
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Origins a browser may call from, separated by commas; * for all."
    )
    max_body_bytes: int = Field(
        default=2 * 1024 * 1024, ge=1024, description="Largest request body; more is answered 413."
    )
    keep_documents: bool = Field(
        default=True,
        description="Keep documents as they came in, compressed, so that later pipelines can read them again. "
        "Off: only what was found in them is kept.",
    )
    quote_model: Literal["tagger", "rules"] = Field(
        default="tagger",
        description="What finds quotes: the network with the rules, or rules alone (direct, mixed).",
    )
    same_as: Path | None = Field(
        default=None,
        description="Table of Wikidata ids (qid, type, label, aliases; tabs between) shown as `same_as`.",
    )
    readers: int = Field(default=1, ge=1, le=64, description="Processes that read documents.")
    read_seconds: float = Field(
        default=60, gt=0, description="Longest a document may take to read before its reader is stopped."
    )
    query_seconds: float = Field(
        default=5, gt=0, description="Longest a query may run before it is answered 503."
    )

    @field_validator("api_keys", "cors_origins", mode="before")
    @classmethod
    def _split_at_commas(cls, value: object) -> object:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("seeds_dir", "same_as", mode="before")
    @classmethod
    def _empty_means_none(cls, value: object) -> object:
        return None if value == "" else value

    @cached_property
    def api_key_digests(self) -> frozenset[bytes]:
        """The SHA-256 digests of the keys: what requests are compared with."""
        return frozenset(sha256(key.encode()).digest() for key in self.api_keys)
