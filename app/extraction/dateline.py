"""Read what opens and closes a wire story: the dateline ("OSLO, May 4 (Reuters) -") and the credit ("(AFP)").

Both stand inside a paragraph, so they are cut from its ends; they know nothing of the page around it.
"""

import re
from dataclasses import dataclass

from app.documents import Dateline
from app.extraction.agencies import AGENCIES, is_agency

_LONGEST_DATELINE = 110
_DASH = r"\s{0,2}(?:--|[—–―-])(?!\w)\s*|\s{0,2}[—–―]\s*"
_MONTH_DAY = r",?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2}(?:,?\s\d{4})?"
_CAPITAL = r"[^\W\d_a-zà-öø-ÿ]"
_CAPITALS = rf"{_CAPITAL}(?:[.'’-]?{_CAPITAL})*\.?"
# A place all in capitals may stand alone; the region after it may not be: "PORT ELLEN, Scotland —".
_SHOUTED = re.compile(
    rf"(?P<place>{_CAPITALS}(?:[ ]{_CAPITALS}){{0,3}}(?:,[ ][^\W\d_][\w.]{{1,14}}\.?"
    rf"(?:[ ][^\W\d_][\w.]{{1,14}}){{0,2}})?)"
    rf"(?i:{_MONTH_DAY})?(?:,?[ ](?:[(\[](?P<agency>[^()\[\]]{{2,40}})[)\]]))?(?:{_DASH}|:[ ](?=[A-Z]))"
)
# A place in ordinary letters needs an agency after it: "Oslo, Norway (AFP) -".
_SPOKEN = re.compile(
    rf"(?P<place>[^\W\d_][\w.'’-]{{1,20}}(?:,?[ ][^\W\d_][\w.'’-]{{1,20}}){{0,4}}?)(?i:{_MONTH_DAY})?,?[ ]"
    rf"[(\[](?P<agency>[^()\[\]]{{2,40}})[)\]](?:{_DASH}|[ ])"
)
_AGENCY_WORD = re.compile(r"^(?:with |from |by )?(?:inputs? from )?(?P<name>.+)$", re.IGNORECASE)
_CREDIT_IN_BRACKETS = re.compile(r"\s*[(\[](?P<credit>[^()\[\]]{2,60})[)\]]\s*$")
_CREDIT_AFTER_DASH = re.compile(
    r"(?:^|[.!?\"”’]\s*)(?P<dash>[-–—/©]{1,2}\s*)(?P<credit>[^-–—/()\[\]]{2,40}?)[.\s]*$"
)
_NEWS_BODY = re.compile(r"\b(?:news|news agency|press agency|news service|wire|press)$", re.IGNORECASE)
_REACH = 80


@dataclass(frozen=True, slots=True)
class OpeningDateline:
    """A dateline and how many characters of the paragraph it takes, dash included."""

    dateline: Dateline
    length: int


@dataclass(frozen=True, slots=True)
class ClosingCredit:
    """A wire credit, and where in the paragraph it begins."""

    credit: str
    start: int


def read_dateline(paragraph: str) -> OpeningDateline | None:
    """Read the dateline that opens a body, if one does."""
    head = paragraph[:_LONGEST_DATELINE]
    for pattern in (_SHOUTED, _SPOKEN):
        match = pattern.match(head)
        if match and _is_place(match["place"]) and (pattern is _SHOUTED or _agency(match["agency"] or "")):
            return OpeningDateline(Dateline(match["place"].strip(" ,"), match["agency"]), match.end())
    return None


def read_credit(paragraph: str) -> ClosingCredit | None:
    """Read the credit that closes a body: "... on Monday. (Yonhap News)" or "... on Monday. - Reuters"."""
    start = max(0, len(paragraph) - _REACH)
    tail = paragraph[start:]
    bracketed = _CREDIT_IN_BRACKETS.search(tail)
    if bracketed and _agency(bracketed["credit"]):
        return ClosingCredit(bracketed["credit"], start + bracketed.start())
    dashed = _CREDIT_AFTER_DASH.search(tail)
    if dashed and is_agency(dashed["credit"]):
        return ClosingCredit(dashed["credit"], start + dashed.start("dash"))
    if len(paragraph) <= _REACH and is_agency(paragraph):
        return ClosingCredit(paragraph, 0)
    return None


def _agency(text: str) -> bool:
    match = _AGENCY_WORD.match(text)
    name = (match["name"] if match else text).strip(" .")
    parts = re.split(r"\s*(?:/|,|&|\band\b)\s*", name)
    return all(
        part.lower() in AGENCIES or (_NEWS_BODY.search(part) and part[0].isupper()) for part in parts if part
    )


def _is_place(text: str) -> bool:
    """Whether a dateline's place could be one; "UPDATE —" and "BREAKING —" could not."""
    word = text.partition(" ")[0].strip(",.").lower()
    return len(text.strip()) > 2 and word not in _NO_PLACE  # noqa: PLR2004 "UN -", "US -" open headlines


_NO_PLACE = frozenset(
    """
    file photo update updated breaking exclusive watch video photos opinion analysis editor's correction
    note live read listen the a an in on at by it this these those why how what who review interview
    explainer factbox q
    """.split()  # noqa: SIM905 a table of words
)
