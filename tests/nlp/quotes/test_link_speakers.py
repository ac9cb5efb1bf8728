from dataclasses import replace

import pytest

from app.documents import Alternative, CoreferenceChain
from app.nlp.quotes import link_speakers

from .articles import mention, quotes_in


def linked(text, *mentions):
    """Link the only quote of a text; each mention is a chain of its own."""
    chains = [CoreferenceChain((number,), "person", "") for number in range(len(mentions))]
    (quote,) = link_speakers(text, quotes_in(text), mentions, chains)
    return quote


@pytest.mark.parametrize(
    ("speaker", "head", "kind"),
    [
        ("he", "he", "pronoun"),
        ("Mara Quill", "Mara Quill", "name"),
        ("Ambassador Mara Quill", "Mara Quill", "name"),
        ("campaign manager Ana Ruiz", "Ana Ruiz", "name"),
        ("the tall envoy", "the tall envoy", "nominal"),
        ("Ana Ruiz of the Polar Institute", "Ana Ruiz", "name"),
        ("Quill's spokeswoman", "Quill's spokeswoman", "nominal"),
    ],
)
def test_speaker_is_linked_to_the_mention_at_its_head(speaker, head, kind):
    text = f"“It was late,” {speaker} said."
    quote = linked(text, mention(text, head, kind))
    assert quote.speaker.of(text) == speaker
    assert quote.speaker_chain == 0
    assert quote.speaker_confidence > 0


@pytest.mark.parametrize(
    ("speaker", "inside"),
    [
        ("a spokesman for the Ministry of Trade", "Ministry of Trade"),
        ("Quill's spokeswoman", "Quill"),
        ("Quill's office", "Quill"),
        ("an aide to Mara Quill", "Mara Quill"),
        ("the mayor of Oslo", "Oslo"),
    ],
)
def test_name_that_only_stands_inside_the_phrase_is_not_the_speaker(speaker, inside):
    text = f"“It was late,” {speaker} said."
    quote = linked(text, mention(text, inside))
    assert quote.speaker.of(text) == speaker
    assert (quote.speaker_chain, quote.speaker_confidence) == (None, 0.0)


def test_appositive_does_not_win_over_the_head():
    text = "“It was late,” said Ana Ruiz, the envoy of Peru."
    assert linked(text, mention(text, "Peru"), mention(text, "Ana Ruiz")).speaker_chain == 1


def test_appositive_name_counts_when_the_head_is_no_mention():
    text = "“It was late,” said the club's captain, Ana Ruiz."
    assert linked(text, mention(text, "Ana Ruiz")).speaker_chain == 0


@pytest.mark.parametrize("name", ["Centre for Tides", "Friends of the Quay"])
def test_preposition_within_a_name_does_not_end_the_head(name):
    text = f"“It was late,” the {name} said."
    assert linked(text, mention(text, name)).speaker_chain == 0


def test_letter_from_somebody_speaks_for_them():
    text = "“It was late,” a statement from Polar Works said."
    assert linked(text, mention(text, "Polar Works")).speaker_chain == 0


def test_plural_speaker_is_nobody_in_particular():
    text = "“It was late,” both the Quills said."
    assert linked(text, mention(text, "Quills")).speaker_chain is None


def test_two_names_speaking_together_are_nobody_in_particular():
    text = "“It was late,” Quill and Moss said."
    assert linked(text, mention(text, "Quill"), mention(text, "Moss")).speaker_chain is None


def test_mention_in_no_chain_links_nothing():
    text = "“It was late,” Quill said."
    (quote,) = link_speakers(text, quotes_in(text), [mention(text, "Quill")], [])
    assert quote.speaker_chain is None


def test_speaker_whom_two_compete_for_is_nobody_with_both_as_alternatives():
    text = "Moss met Hall. “It was late,” he said."
    both = (Alternative(1, 0.5), Alternative(0, 0.5))
    names = [mention(text, "Moss"), mention(text, "Hall")]
    chains = [CoreferenceChain((number,), "person", "") for number in range(len(names))]
    contested = replace(mention(text, "he", "pronoun"), alternatives=both)
    (quote,) = link_speakers(text, quotes_in(text), [*names, contested], chains)
    assert (quote.speaker_chain, quote.speaker_confidence) == (None, 0.0)
    assert quote.speaker_alternatives == both


def test_quote_without_a_speaker_stays_unlinked():
    text = "“It was late,” according to."
    for quote in link_speakers(text, quotes_in(text), [], []):
        assert quote.speaker_chain is None
