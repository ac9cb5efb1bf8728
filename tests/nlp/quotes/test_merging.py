from dataclasses import replace

from app.documents import Quote, Span
from app.nlp.quotes.marks import quoted_regions
from app.nlp.quotes.merging import Regions, kind_of, merge, snap, trim
from tests.factories import find

TEXT = "“We won, and we will win again,” said Ada Okafor, who hopes to stay."


def quote(content, speaker="Ada Okafor", method="test"):
    spans = tuple(find(TEXT, words) for words in content)
    return Quote("direct", spans, None, find(TEXT, speaker), None, 0.9, 0.0, method)


def regions(text=TEXT):
    return Regions(quoted_regions(text, [Span(0, len(text))]))


def test_content_that_reaches_the_last_word_in_marks_is_widened_to_the_mark():
    content = find(TEXT, "We won, and we will win again")
    assert snap(TEXT, content, regions()).of(TEXT) == "We won, and we will win again,"


def test_content_that_ends_before_the_last_word_in_marks_stays():
    content = find(TEXT, "We won")
    assert snap(TEXT, content, regions()).of(TEXT) == "We won"


def test_kind_goes_by_how_much_stands_in_marks():
    assert kind_of(TEXT, [find(TEXT, "We won")], regions()) == "direct"
    assert kind_of(TEXT, [find(TEXT, "again,” said")], regions()) == "mixed"
    assert kind_of(TEXT, [find(TEXT, "to stay")], regions()) == "indirect"


def test_a_rules_quote_takes_the_place_of_the_readers_where_few_words_are_lost():
    learned = [quote(["We won"], method="learned")]
    by_rule = [quote(["We won, and we will win again,"], method="rule")]
    assert [found.method for found in merge(TEXT, learned, by_rule)] == ["rule"]


def test_the_readers_quote_stands_where_many_words_would_be_lost():
    learned = [
        quote(["We won, and we will win again,", "said Ada Okafor, who hopes to stay."], method="learned")
    ]
    by_rule = [quote(["We won, and we will win again,"], method="rule")]
    assert [found.method for found in merge(TEXT, learned, by_rule)] == ["learned"]


def test_what_the_reader_joins_and_the_rules_give_to_two_speakers_is_two_quotes():
    joined = quote(["We won, and we will win again,", "who hopes to stay"], method="learned")
    apart = [
        quote(["We won, and we will win again,"], method="rule"),
        quote(["who hopes to stay"], "Okafor", "rule"),
    ]
    assert merge(TEXT, [joined], apart) == tuple(apart)


def test_a_rules_quote_without_a_speaker_takes_the_readers():
    by_rule = replace(quote(["We won, and we will win again,"], method="rule"), speaker=None)
    [merged] = merge(TEXT, [quote(["We won"])], [by_rule])
    assert (merged.method, merged.speaker) == ("rule", find(TEXT, "Ada Okafor"))


def test_quotes_of_both_that_do_not_meet_are_kept_in_text_order():
    learned, by_rule = [quote(["to stay"])], [quote(["We won"])]
    assert [found.content[0].of(TEXT) for found in merge(TEXT, learned, by_rule)] == ["We won", "to stay"]


def test_punctuation_is_trimmed_from_a_speaker():
    assert trim(TEXT, find(TEXT, " Ada Okafor,")).of(TEXT) == "Ada Okafor"
