"""What an entity is called elsewhere: Wikidata ids from a table the operator supplies, matched by exact names.

An id is given only where one and no other bears the name: a wrong one is worse than none.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from app.documents import EntityType
from app.errors import BadTable
from app.resolution.names import normalise

COLUMNS = ("qid", "type", "label", "aliases")  # aliases with | between
URI = "http://www.wikidata.org/entity/{qid}"  # the concept's own address, as Wikidata writes it
_QID = re.compile(r"Q[1-9][0-9]{0,11}")
_Name = tuple[str, str]  # type, normalised name


@dataclass(frozen=True, slots=True)
class Match:
    """An id and the name of ours that matched."""

    qid: str
    name: str

    @property
    def uri(self) -> str:
        """The id as an address."""
        return URI.format(qid=self.qid)


@dataclass(frozen=True, slots=True)
class SameAs:
    """Ids by name; None for a name that several ids bear."""

    ids: Mapping[_Name, str | None] = field(default_factory=dict)

    def find(self, entity_type: EntityType, name: str, aliases: Sequence[str] = ()) -> Match | None:
        """Return the id of an entity by its name, else by its aliases if all that match agree.

        A person's name of one word is no evidence: `Kim` may be anyone's family name.
        """
        by_name = self._id_of(entity_type, name)
        if by_name is not None:
            return Match(by_name, name)
        found = {qid: alias for alias in aliases if (qid := self._id_of(entity_type, alias))}
        return Match(*found.popitem()) if len(found) == 1 else None

    def _id_of(self, entity_type: EntityType, name: str) -> str | None:
        normal = normalise(entity_type, name)
        if entity_type == "person" and " " not in normal:
            return None
        return self.ids.get((entity_type, normal))


def read_same_as(lines: Iterable[str]) -> SameAs:
    """Return the ids in a table of `COLUMNS` with tabs between; raise `BadTable` for a line that is none."""
    ids: dict[_Name, str | None] = {}
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.rstrip("\r\n").split("\t")]
        if not any(cells) or (number == 1 and tuple(cells) == COLUMNS):
            continue
        if len(cells) not in {3, 4} or not _QID.fullmatch(cells[0]) or cells[1] not in get_args(EntityType):
            raise BadTable(f"Line {number} is not {', '.join(COLUMNS)} with tabs between: {line[:80]!r}.")
        qid, entity_type, label, *aliases = cells
        for name in (label, *(aliases[0].split("|") if aliases else ())):
            _add(ids, entity_type, name, qid)  # type: ignore[arg-type] # looked at above
    return SameAs(ids)


def _add(ids: dict[_Name, str | None], entity_type: EntityType, name: str, qid: str) -> None:
    normal = normalise(entity_type, name)
    if normal:
        key = (entity_type, normal)
        ids[key] = qid if ids.get(key, qid) == qid else None
