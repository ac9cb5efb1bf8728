"""What kind of speaker a quote has is told by its chain, else by closed classes of words, else not at all."""

from dataclasses import replace

import pytest

from app.documents import Alternative, CoreferenceChain, Quote
from app.nlp.quotes import type_speakers
from app.nlp.quotes.speaker_types import type_of_named
from tests.factories import find

from .articles import mention


def quote_by(text, speaker, cue="said"):
    return Quote(
        kind="direct",
        content=(find(text, "It was late,"),),
        cue=find(text, cue),
        speaker=find(text, speaker),
        speaker_chain=None,
        confidence=0.9,
        speaker_confidence=0.0,
        method="test",
    )


def type_in(text, speaker, *mentions, entity_type="person", chain=0):
    """Type the speaker of a text's quote; the mentions are one chain of that type."""
    mentions = [replace(one, entity_type=entity_type) for one in mentions]
    chains = [CoreferenceChain(tuple(range(len(mentions))), entity_type, "")] if mentions else []
    asked = replace(quote_by(text, speaker), speaker_chain=chain if chains else None)
    return type_speakers(text, [asked], mentions, chains, {})[0].speaker_type


def type_of(speaker, cue="said"):
    text = f"“It was late,” {speaker} {cue}."
    return type_speakers(text, [quote_by(text, speaker, cue)], [], [], {})[0].speaker_type


@pytest.mark.parametrize(
    ("entity_type", "speaker_type"),
    [
        ("person", "person"),
        ("organization", "organization"),
        ("group", "group"),
        ("work", "document"),
        ("place", "organization"),
        ("event", None),
        ("product", None),
    ],
)
def test_a_named_speaker_is_of_the_type_of_its_entity(entity_type, speaker_type):
    text = "“It was late,” Quill said."
    assert type_in(text, "Quill", mention(text, "Quill", "name"), entity_type=entity_type) == speaker_type
    assert type_of_named(entity_type) == speaker_type


def test_a_pronoun_is_a_person_with_or_without_a_name_as_its_chain_is():
    text = "Quill saw a man. “It was late,” he said."
    named, unnamed, pronoun = (
        mention(text, "Quill", "name"),
        mention(text, "a man", "nominal"),
        mention(text, "he", "pronoun"),
    )
    assert type_in(text, "he", named, pronoun) == "person"
    assert type_in(text, "he", unnamed, pronoun) == "unnamed_person"


def test_one_of_a_named_group_is_a_person_without_a_name():
    text = "“It was late,” an Iowa Republican said."
    assert (
        type_in(text, "an Iowa Republican", mention(text, "Republican", "name"), entity_type="group")
        == "unnamed_person"
    )


def test_a_place_beside_which_something_stands_is_no_speaker():
    text = "“It was late,” Chaffetz of Utah said."
    assert type_in(text, "Chaffetz of Utah", mention(text, "Utah", "name"), entity_type="place") is None


def test_where_two_compete_the_type_is_theirs_if_they_share_it():
    text = "Moss met Quill. “It was late,” he said."
    mentions = [mention(text, "Moss", "name"), mention(text, "Quill", "name")]
    asked = replace(quote_by(text, "he"), speaker_alternatives=(Alternative(0, 0.4), Alternative(1, 0.4)))

    def typed(*types):
        chains = [CoreferenceChain((number,), type_, "") for number, type_ in enumerate(types)]
        return type_speakers(text, [asked], mentions, chains, {})[0].speaker_type

    assert typed("person", "person") == "person"
    assert typed("person", "group") is None


@pytest.mark.parametrize(
    ("speaker", "speaker_type"),
    [
        ("they", "group"),
        ("others", "group"),
        ("someone", "unnamed_person"),
        ("he", None),  # a person, with or without a name
        ("it", None),
        ("zoning officials", "group"),
        ("two glaziers", "group"),
        ("both sides", "group"),
        ("police", "group"),
        ("several of the glaziers", "group"),
        ("a number of glaziers", "group"),
        ("43 percent", "group"),
        ("the glaziers and their union", "group"),
        ("Quill and Moss", "group"),
        ("a spokeswoman", "unnamed_person"),
        ("a glazier who saw it", "unnamed_person"),
        ("a 31-year-old glazier", "unnamed_person"),
        ("her father", "unnamed_person"),
        ("the woman", "unnamed_person"),
        ("the chairman", None),  # may have a name that the reading missed
        ("a glazier", None),
        ("the regulator", None),
        ("the boss", None),
        ("the crisis", None),
    ],
)
def test_a_speaker_without_a_chain_is_typed_by_closed_classes_or_not_at_all(speaker, speaker_type):
    assert type_of(speaker) == speaker_type


def test_what_shows_is_no_group():
    assert type_of("the polls", "showed") is None
    assert type_of("the glaziers", "argued") == "group"


def test_a_capital_at_the_front_is_no_name_where_the_word_is_printed_small_too():
    text = "“It was late.” Glaziers said “It was late,” too."
    assert type_in(text, "Glaziers") is None
    assert type_in(f"Nobody asked the glaziers. {text}", "Glaziers") == "group"


def test_a_name_that_closes_the_phrase_is_who_speaks():
    text = "“It was late,” defender Ana Ruiz said, as did a lawyer for Ana Ruiz."
    assert type_in(text, "defender Ana Ruiz", mention(text, "Ana Ruiz", "name"), chain=None) == "person"
    second = replace(mention(text, "Ana Ruiz", "name"), span=find(text, "Ana Ruiz", 1))
    assert type_in(text, "a lawyer for Ana Ruiz", second, chain=None) is None


def test_a_quote_without_a_speaker_has_no_type():
    text = "“It was late,” he said."
    silent = replace(quote_by(text, "he"), speaker=None)
    assert type_speakers(text, [silent], [], [], {})[0].speaker_type is None


@pytest.mark.parametrize("kind", ["document", "organization", "unnamed_person", "group"])
def test_what_no_closed_class_tells_the_network_may(kind):
    text = "“It was late,” the regulator said."
    quote = quote_by(text, "the regulator")
    assert type_speakers(text, [quote], [], [], {quote.speaker.end: kind})[0].speaker_type == kind
