"""Tell what kind of speaker a quote has: a person with a name or without, a group, an organization, a document.

Goes by what the reading knows of the speaker's chain, else by the words that name the speaker, and of those only by
closed classes: pronouns, numerals, articles, plurals, kin. Whether "the regulator" is a person is in no closed class:
that is left open (None). A function of text, quote, mentions and chains, so that a learned reader may take its place.
"""

import re
from collections.abc import Mapping, Sequence

from app.documents import CoreferenceChain, EntityType, Mention, Quote, Span, SpeakerType
from app.nlp.quotes.vocabulary import WORDS

_OF_ENTITY: dict[EntityType, SpeakerType] = {
    "person": "person",
    "organization": "organization",
    "group": "group",
    "work": "document",
    "place": "organization",  # "Israel said": who governs it
}
_WORD = re.compile(r"\w[\w'’.-]*|[^\w\s]")
_POSSESSED = ("'s", "’s", "s'", "s’")
_HUMAN_PRONOUNS = frozenset({"someone", "somebody", "anyone", "anybody", "nobody"})
_PLURAL_PRONOUNS = frozenset(
    {"they", "we", "some", "many", "others", "all", "both", "few", "several", "most", "these", "those"}
    | {"everyone", "everybody"}
)
_NUMERALS = frozenset(
    {
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "dozens",
        "scores",
    }
    | {
        "hundreds",
        "thousands",
        "millions",
        "both",
        "several",
        "many",
        "few",
        "all",
        "other",
        "these",
        "those",
    }
)
_SINGULARS = frozenset({"a", "an", "one", "another", "this", "that", "each", "every"})
_SINGULAR_ENDINGS = ("ss", "us", "is", "ics", "news", "series", "headquarters")  # that end in s
_PLURALS_WITHOUT_S = frozenset({"men", "women", "children", "people", "police", "parents"})
_PEOPLE = frozenset(
    {"man", "woman", "boy", "girl", "person", "child", "mother", "father", "mom", "mum", "dad", "parent"}
    | {
        "son",
        "daughter",
        "brother",
        "sister",
        "uncle",
        "aunt",
        "cousin",
        "nephew",
        "niece",
        "husband",
        "wife",
    }
    | {"widow", "widower", "grandmother", "grandfather"}
)
_COMPOUNDS = ("man", "woman", "person")  # "spokesman", "businesswoman"
_OF_MANY = frozenset(
    {"number", "group", "majority", "handful", "dozen", "couple", "pair", "lot"}
)  # "a number of"
_PHRASE_ENDS = frozenset({",", ";", "(", "who", "whose", "which", "that"}) | WORDS["prepositions"]
_SHOWS = re.compile(r"\bshow(?:s|ed|n|ing)?\b")  # what polls and records do, and people do not
_LONGEST = 12  # words of a phrase that are looked at


def tell_speaker_type(
    text: str,
    quote: Quote,
    mentions: Sequence[Mention],
    chains: Sequence[CoreferenceChain],
    phrases: Mapping[int, SpeakerType],
) -> SpeakerType | None:
    """Return what kind of speaker a quote has, None where neither its chain nor the speaker's words tell.

    phrases: what the network takes a common-noun phrase for, by the place where its head ends.
    """
    speaker = quote.speaker
    if quote.speaker_chain is not None:
        return _of_chain(text, speaker, chains[quote.speaker_chain], mentions)
    if speaker is None:
        return None
    others = [chains[other.chain] for other in quote.speaker_alternatives]
    if others:
        kinds = {_of_chain(text, speaker, chain, mentions) for chain in others}
        return kinds.pop() if len(kinds) == 1 else None
    kind = _of_words(text, speaker, mentions, phrases)
    shows = quote.cue is not None and _SHOWS.search(text, quote.cue.start, quote.cue.end)
    return None if kind == "group" and shows else kind


def type_of_named(entity_type: EntityType | None) -> SpeakerType | None:
    """Return what kind of speaker a named entity of this type is; None where such do not speak."""
    return _OF_ENTITY.get(entity_type) if entity_type else None


def _of_chain(
    text: str, speaker: Span | None, chain: CoreferenceChain, mentions: Sequence[Mention]
) -> SpeakerType | None:
    """Tell by the chain. A place speaks where nothing stands beside it: "Israel", not "Jason Chaffetz (R-Utah)"."""
    if chain.entity_type == "place" and speaker is not None:
        bare = speaker.of(text).removeprefix("the ").removeprefix("The ")
        spans = (mentions[number].span for number in chain.mentions)
        return type_of_named("place") if any(bare == span.of(text) for span in spans) else None
    kind = type_of_named(chain.entity_type)
    if kind == "group" and speaker is not None and speaker.of(text).split(" ", 1)[0].lower() in _SINGULARS:
        return "unnamed_person"  # "an Iowa Republican" is one of them
    if kind == "person" and not any(mentions[number].kind == "name" for number in chain.mentions):
        return "unnamed_person"
    return kind


def _of_words(
    text: str, speaker: Span, mentions: Sequence[Mention], phrases: Mapping[int, SpeakerType]
) -> SpeakerType | None:
    """Tell by the words for a speaker whom no chain has."""
    found = list(_WORD.finditer(text, speaker.start, speaker.end))[:_LONGEST]
    words = [match.group() for match in found]
    if not words or words[-1].endswith(_POSSESSED):
        return None
    if len(words) == 1 and (kind := _of_pronoun(text, speaker, words[0].lower())):
        return kind
    if _joins_two(words):
        return "group"
    if _ends_in_a_person(speaker, words, mentions):
        return "person"
    kinds = [phrases[match.end()] for match in found if match.end() in phrases]
    return _of_phrase(text, words) or (kinds[0] if kinds else None)


def _ends_in_a_person(speaker: Span, words: Sequence[str], mentions: Sequence[Mention]) -> bool:
    """Whether a person's name closes the phrase: "defender Ana Ruiz", not "a spokesman for Ana Ruiz"."""
    named = (mention for mention in mentions if mention.kind == "name" and mention.span.end == speaker.end)
    is_person = any(mention.entity_type == "person" and speaker.covers(mention.span) for mention in named)
    return is_person and (
        _PHRASE_ENDS.isdisjoint(words) or all(word[0].isupper() or word == "of" for word in words)
    )


def _of_pronoun(text: str, speaker: Span, word: str) -> SpeakerType | None:
    """Tell by a pronoun; "who" is what stands before it: "two aides | who | said"."""
    if word == "who":
        line = text[text.rfind("\n", 0, speaker.start) + 1 : speaker.start]
        before = _WORD.findall(line)[-1:]
        if not before or not before[0].islower():
            return None
        return "group" if _is_plural(before[0]) else "unnamed_person"
    if word in _HUMAN_PRONOUNS:
        return "unnamed_person"
    return "group" if word in _PLURAL_PRONOUNS else None


def _of_phrase(text: str, words: Sequence[str]) -> SpeakerType | None:
    """Tell by the number of the phrase's first noun phrase, and by what says that it is human or paper.

    One person of whom "the" says that he is known may have a name that the reading missed: only "a" has none.
    """
    lower = [word.lower() for word in words]
    end = next((at for at, word in enumerate(lower) if word in _PHRASE_ENDS and at), len(lower))
    phrase, head, after = lower[:end], lower[end - 1], lower[end] if end < len(lower) else ""
    if "percent" in phrase or (after == "of" and head in _OF_MANY | _NUMERALS and _is_plural(lower[-1])):
        return "group"
    is_common = words[end - 1].islower() or re.search(rf"\b{re.escape(head)}\b", text) is not None
    if lower[0] not in _SINGULARS and (not _NUMERALS.isdisjoint(phrase) or (is_common and _is_plural(head))):
        return "group"
    is_new = lower[0] in _SINGULARS and is_common
    is_human = after in ("who", "whose") or _is_person(head) or any(w.endswith("-year-old") for w in phrase)
    return "unnamed_person" if head in _PEOPLE or (is_new and is_human) else None


def _is_plural(word: str) -> bool:
    lower = word.lower()
    return lower in _PLURALS_WITHOUT_S or (lower.endswith("s") and not lower.endswith(_SINGULAR_ENDINGS))


def _is_person(head: str) -> bool:
    return head in _PEOPLE or (head.endswith(_COMPOUNDS) and head not in _COMPOUNDS)


def _joins_two(words: Sequence[str]) -> bool:
    """Whether two speak: "Quill and Moss", "the union and a committee", "sellers and owners"."""
    joint = next((at for at, word in enumerate(words) if word.lower() in ("and", "or", "nor")), 0)
    if not 0 < joint < len(words) - 1 or any(word in _PHRASE_ENDS for word in words[:joint]):
        return False
    following = words[joint + 1]
    both_names = words[joint - 1][0].isupper() and following[0].isupper()
    return both_names or following.lower() in WORDS["articles"] or _is_plural(words[-1])
