"""Tell the language of a text, and whether it is known not to be English.

It knows n-gram statistics (py3langid), no words and no outlets. A text is looked at piece by piece, so that English
news that opens with a French quotation, or prints a squad of Spanish names, stays English.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

from app.documents import Stated

_PIECE = 250  # characters
_FEWEST_LETTERS = 20  # of a piece that tells anything
_GLANCE, _MOST = 2, 20  # pieces looked at, and where they disagree; each costs 0.3 ms
_LEAST_CONFIDENCE = 0.5
_LEAST_ENGLISH = 1 / 3  # of a text in several languages that is taken for English; a guess of 2026-11-30
# What short English is taken for: Nigerian Pidgin, and no language at all. Neither says that a text is not English.
_NEAR_ENGLISH = ("en", "pcm", "zxx")
# Likelihood of English below which a piece is in another language. Of 503 sentences and pieces in 52 languages all
# but 7 are below it, those 7 shorter than 60 characters; of 62,000 of English texts 14, foreign words and names.
_NOT_ENGLISH = 0.01
_NOT_ENGLISH_AS_STATED = 0.5  # the same where the caller or the mark-up states another language
_FOREIGN_SHARE = 0.8  # of the pieces of a text that is not English; a guess of 2026-11-30

type Likelihoods = Mapping[str, float]  # by language; they add up to 1


def tell_language(text: str) -> Stated[str]:
    """Return the code of the language `text` is written in: ISO 639-1, or 639-3 where that has none.

    Where there are several it is English if a third of the text is, else the one most of it is in.
    """
    pieces = _judge(text, _GLANCE)
    if not pieces:
        return Stated.absent("too little text to tell the language")
    if len({_likeliest(piece) for piece in pieces}) > 1:
        pieces = _judge(text, _MOST)
    told = Counter(filter(None, map(_likeliest, pieces)))
    if not told:
        return Stated.absent("no language is clearly ahead")
    code = "en" if told["en"] >= _LEAST_ENGLISH * told.total() else told.most_common(1)[0][0]
    return Stated(code, "text", round(sum(piece[code] for piece in pieces) / len(pieces), 3))


def is_foreign(text: str, language: Stated[str]) -> bool:
    """Whether a text is known not to be English, by its words, or by who states its language if they do not deny it.

    language: what the text, its mark-up or the caller says of it. What nobody can tell is not foreign.
    """
    if language.value and language.value.lower().split("-")[0] in ("en", "eng"):
        return False
    is_stated = language.origin not in ("text", "none")
    bar = _NOT_ENGLISH_AS_STATED if is_stated else _NOT_ENGLISH
    pieces = [sum(piece[code] for code in _NEAR_ENGLISH) < bar for piece in _judge(text, _MOST)]
    return sum(pieces) >= _FOREIGN_SHARE * len(pieces) if pieces else is_stated


def _judge(text: str, most: int) -> list[Likelihoods]:
    """Return what each of at most `most` pieces of a text is written in; they lie evenly over it."""
    count = max(1, round(len(text) / _PIECE))
    size = len(text) / count
    chosen = range(count) if count <= most else [at * (count - 1) // (most - 1) for at in range(most)]
    pieces = (text[round(at * size) : round((at + 1) * size)] for at in chosen)
    rank = _identifier().rank
    return [dict(rank(piece)) for piece in pieces if sum(map(str.isalpha, piece)) >= _FEWEST_LETTERS]


def _likeliest(piece: Likelihoods) -> str | None:
    code = max(piece, key=piece.__getitem__)
    return code if piece[code] >= _LEAST_CONFIDENCE and code != "zxx" else None


@cache
def _identifier() -> Any:  # py3langid has no types
    """Unpack the model shipped with py3langid: about 0.3 s, once for each process.

    Imported here, since it brings numpy, which a process that only serves requests never needs.
    """
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 said above

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
