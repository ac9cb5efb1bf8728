"""Score a reading of the golden articles: quotes, who said them, names, pronouns, merged namesakes.

Knows the golden annotations and the values a reading returns, and must not know how they are made.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.documents import AnnotatedArticle, CoreferenceChain, EntityType, Mention, Quote, Span
from benchmarks.quality.slices import Judged
from benchmarks.quality.traits import Traits, describe
from tests.golden import GoldenArticle, GoldenEntity, GoldenQuote, load

type Read = Callable[[str], AnnotatedArticle]
type Figures = dict[str, float]

_WORD = re.compile(r"\w+")
_SAME_CONTENT = 0.8  # Jaccard of content words, as in the PolNeAR scorer
_KINDS = ("all", "direct", "mixed", "indirect")
# Nationality words are groups to some readers and nothing to others, so groups are not scored.
_TYPES: tuple[EntityType, ...] = ("person", "organization", "place", "event", "work", "product")
_TITLES = r"mr|mrs|ms|dr|sgt|sergeant|cllr|captain|sheikha|professor|mayor|judge|prime minister|ambassador"
_NOT_OF_THE_NAME = re.compile(rf"^(?:(?:the|{_TITLES})\b\.?\s+)+|['’]s?$", re.IGNORECASE)
_HE_OR_SHE = frozenset({"he", "she"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """One article as annotated by hand and as read, with the quotes that agree."""

    gold: GoldenArticle
    read: AnnotatedArticle
    agreed: tuple[tuple[GoldenQuote, Quote], ...]

    @property
    def missed(self) -> list[GoldenQuote]:
        """The golden quotes the reading lacks."""
        found = {id(gold) for gold, _ in self.agreed}
        return [quote for quote in self.gold.quotes if id(quote) not in found]

    @property
    def invented(self) -> list[Quote]:
        """The quotes of the reading that are not golden."""
        right = {id(read) for _, read in self.agreed}
        return [quote for quote in self.read.quotes if id(quote) not in right]


def score(read: Read) -> Figures:
    """Return every figure for a reading, in percent, except counts, which say so in their name."""
    return figures(compare(read))


def compare(read: Read) -> tuple[Comparison, ...]:
    """Read every golden article and pair its quotes."""
    return tuple(_compare(gold, read(gold.text)) for gold in load())


def figures(comparisons: Sequence[Comparison]) -> Figures:
    """Return every figure for articles already compared."""
    return (
        _quote_figures(comparisons)
        | _speaker_figures(comparisons)
        | _name_figures(comparisons)
        | _pronoun_figures(comparisons)
        | {"namesakes_merged_count": float(sum(len(merged_namesakes(each)) for each in comparisons))}
    )


def judge(each: Comparison) -> list[Judged]:
    """Return the quotes of both sides with their traits, to be counted in slices."""
    right = {id(quote) for pair in each.agreed for quote in pair}
    return [
        *(Judged("gold", _traits(each.gold, quote), id(quote) in right) for quote in each.gold.quotes),
        *(Judged("found", _traits(each.gold, quote), id(quote) in right) for quote in each.read.quotes),
    ]


# --- quotes ------------------------------------------------------------------------------------


def _compare(gold: GoldenArticle, read: AnnotatedArticle) -> Comparison:
    if read.article.text != gold.text:
        raise ValueError(f"expected the text of {gold.slug} back unchanged, found another")
    pairs = [
        (likeness, left, right)
        for left, golden in enumerate(gold.quotes)
        for right, quote in enumerate(read.quotes)
        if (likeness := _likeness(gold.text, golden, quote)) >= _SAME_CONTENT
        and _same_speaker(gold.text, golden.speaker, quote.speaker)
    ]
    agreed: list[tuple[int, int]] = []
    for _, left, right in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        if left not in {pair[0] for pair in agreed} and right not in {pair[1] for pair in agreed}:
            agreed.append((left, right))
    return Comparison(gold, read, tuple((gold.quotes[left], read.quotes[right]) for left, right in agreed))


def _traits(article: GoldenArticle, quote: GoldenQuote | Quote) -> Traits:
    cue, speaker = ([span] if span else [] for span in (quote.cue, quote.speaker))
    traits = describe(article.text, quote.kind, quote.content, cue, speaker, article.publisher)
    return {**traits, "cue": quote.attribution}


def _likeness(text: str, golden: GoldenQuote, quote: Quote) -> float:
    left, right = _words(text, golden.content), _words(text, quote.content)
    return len(left & right) / len(left | right) if left | right else 0.0


def _same_speaker(text: str, golden: Span | None, found: Span | None) -> bool:
    if golden is None or found is None:
        return golden is found
    return bool(_words(text, (golden,)) & _words(text, (found,)))


def _words(text: str, spans: Iterable[Span]) -> set[int]:
    return {word.start() for span in spans for word in _WORD.finditer(text, span.start, span.end)}


def _quote_figures(comparisons: Sequence[Comparison]) -> Figures:
    result: Figures = {}
    for kind in _KINDS:
        wanted = ("direct", "mixed", "indirect") if kind == "all" else (kind,)
        golden = [quote for each in comparisons for quote in each.gold.quotes if quote.kind in wanted]
        read = [quote for each in comparisons for quote in each.read.quotes if quote.kind in wanted]
        found = sum(quote.kind in wanted for each in comparisons for quote, _ in each.agreed)
        right = sum(quote.kind in wanted for each in comparisons for _, quote in each.agreed)
        result |= _scores(f"quotes_{kind}", _share(right, len(read)), _share(found, len(golden)))
    return result | _spoken_figures(comparisons) | _content_figures(comparisons)


def _spoken_figures(comparisons: Sequence[Comparison]) -> Figures:
    """Recall of each thing a cue may report, and whether the reading classes cues alike."""
    result: Figures = {}
    for attribution in ("speech", "writing", "belief", "other"):
        golden = [
            quote for each in comparisons for quote in each.gold.quotes if quote.attribution == attribution
        ]
        found = sum(quote.attribution == attribution for each in comparisons for quote, _ in each.agreed)
        result[f"quotes_{attribution}_recall"] = _share(found, len(golden))
    classed = [
        golden.attribution == quote.attribution for each in comparisons for golden, quote in each.agreed
    ]
    return result | {"cue_class": _share(sum(classed), len(classed))}


def _content_figures(comparisons: Sequence[Comparison]) -> Figures:
    golden = read = both = 0
    for each in comparisons:
        text = each.gold.text
        left = _words(text, (span for quote in each.gold.quotes for span in quote.content))
        right = _words(text, (span for quote in each.read.quotes for span in quote.content))
        golden, read, both = golden + len(left), read + len(right), both + len(left & right)
    return shares("content_words", both, read, golden)


def _speaker_figures(comparisons: Sequence[Comparison]) -> Figures:
    named: list[bool] = []
    nameless: list[bool] = []
    for each in comparisons:
        for golden, quote in each.agreed:
            name = _speaker_name(each.read, quote)
            if golden.who is None:
                nameless.append(name is None)
            else:
                named.append(name is not None and _plain(name) == _plain(golden.who))
    return {
        "who_accuracy": _share(sum(named), len(named)),
        "nobody_left_unlinked": _share(sum(nameless), len(nameless)),
    }


def _speaker_name(read: AnnotatedArticle, quote: Quote) -> str | None:
    return None if quote.speaker_chain is None else read.chains[quote.speaker_chain].name


# --- names and pronouns ------------------------------------------------------------------------


def _name_figures(comparisons: Sequence[Comparison]) -> Figures:
    golden = [_golden_names(each.gold) for each in comparisons]
    read = [_read_names(each.read) for each in comparisons]
    pairs = list(zip(golden, read, strict=True))
    spans = [({span for span, _ in left}, {span for span, _ in right}) for left, right in pairs]
    result = _name_scores("names_any_type", spans)
    for kind in _TYPES:
        typed = [(_of_type(left, kind), _of_type(right, kind)) for left, right in pairs]
        result |= _name_scores(f"names_{kind}", typed)
    return result


def _name_scores(label: str, pairs: Iterable[tuple[set[Span], set[Span]]]) -> Figures:
    counts: Counter[str] = Counter()
    for golden, read in pairs:
        counts += Counter(golden=len(golden), read=len(read), both=len(golden & read))
    return shares(label, counts["both"], counts["read"], counts["golden"])


def _golden_names(article: GoldenArticle) -> set[tuple[Span, EntityType]]:
    return {
        (_trim(article.text, mention.span), entity.type)
        for entity in article.entities
        for mention in entity.mentions
        if mention.kind == "name" and entity.type in _TYPES
    }


def _read_names(read: AnnotatedArticle) -> set[tuple[Span, EntityType]]:
    return {
        (_trim(read.article.text, mention.span), mention.entity_type)
        for mention in read.mentions
        if mention.kind == "name" and mention.entity_type in _TYPES
    }


def _of_type(names: Collection[tuple[Span, EntityType]], kind: EntityType) -> set[Span]:
    return {span for span, found in names if found == kind}


def _trim(text: str, span: Span) -> Span:
    """Return the span without article, title and possessive: “the Tern Bridge's” and “Tern Bridge” are one."""
    surface = span.of(text)
    name = _plain(surface)
    start = span.start + surface.lower().rindex(name)
    return Span(start, start + len(name)) if name else span


def _plain(name: str) -> str:
    return _NOT_OF_THE_NAME.sub("", name.strip()).lower()


@dataclass(frozen=True, slots=True)
class PronounReading:
    """Whom a pronoun means, and the name a reading links it to (None: to nobody)."""

    span: Span
    surface: str
    means: GoldenEntity
    linked_to: str | None
    right: bool


def _pronoun_figures(comparisons: Sequence[Comparison]) -> Figures:
    everything = [pronoun for each in comparisons for pronoun in pronouns(each)]
    result: Figures = {}
    for label, readings in (
        ("he_she", [one for one in everything if one.surface in _HE_OR_SHE]),
        ("pronouns", everything),
    ):
        right = sum(one.right for one in readings)
        result[f"{label}_accuracy"] = _share(right, len(readings))
        result[f"{label}_precision"] = _share(right, sum(one.linked_to is not None for one in readings))
    return result


def pronouns(each: Comparison) -> list[PronounReading]:
    """Return how each golden pronoun was read. A chain is whoever most of its names belong to."""
    chains = {each.read.mentions[index].span: chain for chain in each.read.chains for index in chain.mentions}
    return [
        _pronoun(each, mention.span, entity, chains.get(mention.span))
        for entity in each.gold.entities
        for mention in entity.mentions
        if mention.kind == "pronoun"
    ]


def _pronoun(
    each: Comparison, span: Span, means: GoldenEntity, chain: CoreferenceChain | None
) -> PronounReading:
    surface = span.of(each.gold.text).lower()
    if chain is None:
        return PronounReading(span, surface, means, None, right=False)
    owners = Counter(id(entity) for entity in entities_named(each, chain))
    right = bool(owners) and owners.most_common(1)[0][0] == id(means)
    return PronounReading(span, surface, means, chain.name, right)


def entities_named(each: Comparison, chain: CoreferenceChain) -> list[GoldenEntity]:
    """Return whose names stand in a chain, one for each name."""
    owner = {
        _trim(each.gold.text, mention.span): entity
        for entity in each.gold.entities
        for mention in entity.mentions
        if mention.kind == "name"
    }
    spans = [_trim(each.gold.text, mention.span) for mention in _names(each.read, chain)]
    return [owner[span] for span in spans if span in owner]


def _names(read: AnnotatedArticle, chain: CoreferenceChain) -> list[Mention]:
    return [read.mentions[index] for index in chain.mentions if read.mentions[index].kind == "name"]


def merged_namesakes(each: Comparison) -> list[tuple[GoldenEntity, ...]]:
    """Return, for each chain that holds several people with a word of their name in common, those people."""
    merged: list[tuple[GoldenEntity, ...]] = []
    for chain in each.read.chains:
        people = {id(entity): entity for entity in entities_named(each, chain) if entity.type == "person"}
        if len(people) > 1 and set.intersection(*(set(_plain(one.name).split()) for one in people.values())):
            merged.append(tuple(people.values()))
    return merged


# --- shares -----------------------------------------------------------------------------------


def shares(label: str, both: int, read: int, golden: int) -> Figures:
    """Return precision, recall and F1 in percent, named after `label`."""
    return _scores(label, _share(both, read), _share(both, golden))


def _scores(label: str, precision: float, recall: float) -> Figures:
    total = precision + recall
    f1 = round(2 * precision * recall / total, 1) if total else 0.0
    return {f"{label}_precision": precision, f"{label}_recall": recall, f"{label}_f1": f1}


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


# --- for people --------------------------------------------------------------------------------


def write_errors(path: Path, comparisons: Sequence[Comparison]) -> None:
    """Write every disagreement, article by article and in text order: `gold` lines against `read` lines."""
    blocks = ["\n".join((f"## {each.gold.slug}", *_errors(each), "")) for each in comparisons]
    path.write_text("\n".join(blocks), encoding="utf-8")


def _errors(each: Comparison) -> list[str]:
    found = [*_quote_errors(each), *_name_errors(each), *_linking_errors(each)]
    return [line for _, line in sorted(found, key=lambda error: error[0])]


def _quote_errors(each: Comparison) -> Iterable[tuple[int, str]]:
    text = each.gold.text
    for golden in each.missed:
        line = f"{golden.kind} ({golden.attribution}) {_shown(text, golden, golden.who)}"
        yield golden.content[0].start, f"gold  {line}"
    for quote in each.invented:
        yield (
            quote.content[0].start,
            f"read  {quote.kind} {_shown(text, quote, _speaker_name(each.read, quote))}",
        )
    for golden, quote in each.agreed:
        name = _speaker_name(each.read, quote)
        if (golden.who is None) != (name is None) or _plain(golden.who or "") != _plain(name or ""):
            yield (
                golden.content[0].start,
                f"who   gold {golden.who}, read {name}: {_shown(text, golden, None)}",
            )


def _shown(text: str, quote: GoldenQuote | Quote, who: str | None) -> str:
    content = " … ".join(span.of(text) for span in quote.content)
    speaker = quote.speaker.of(text) if quote.speaker else "-"
    cue = quote.cue.of(text) if quote.cue else "-"
    return f"[{speaker} → {who} | {cue}] {content}"


def _name_errors(each: Comparison) -> Iterable[tuple[int, str]]:
    golden, read = _golden_names(each.gold), _read_names(each.read)
    for label, names in (("gold  name", golden - read), ("read  name", read - golden)):
        for span, kind in names:
            yield span.start, f"{label} {kind}: {span.of(each.gold.text)}"


def _linking_errors(each: Comparison) -> Iterable[tuple[int, str]]:
    for one in pronouns(each):
        if not one.right:
            around = each.gold.text[max(0, one.span.start - 30) : one.span.end + 30].replace("\n", " ")
            yield one.span.start, f"who   gold {one.means.name}, read {one.linked_to}: …{around}…"
    for people in merged_namesakes(each):
        yield 0, f"merged {', '.join(f'{person.name} ({person.id})' for person in people)}"
