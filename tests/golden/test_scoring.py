"""The scorer gives full marks to the gold itself, and none to an empty reading."""

from dataclasses import replace

import pytest

from app.documents import AnnotatedArticle, CoreferenceChain, Mention, Provenance, Quote, Span
from benchmarks.quality.golden import Comparison, compare, figures, merged_namesakes, score, write_errors
from benchmarks.quality.golden_identity import score as score_identity
from benchmarks.quality.golden_identity import wrongly_joined
from tests.factories import make_extracted
from tests.golden import GoldenArticle, load

ARTICLES = {article.text: article for article in load()}


def read_nothing(text: str) -> AnnotatedArticle:
    return AnnotatedArticle(make_extracted(text), (), (), (), (), Provenance("test", "1", "none"))


def read_as_gold(text: str) -> AnnotatedArticle:
    article = ARTICLES[text]
    mentions, chains = chain_up(article)
    numbers = {chain.name: number for number, chain in enumerate(chains)}
    quotes = tuple(
        Quote(
            kind=gold.kind,
            content=gold.content,
            cue=gold.cue,
            speaker=gold.speaker,
            speaker_chain=numbers.get(gold.who),
            confidence=1.0,
            speaker_confidence=1.0,
            method="gold",
            attribution=gold.attribution,
        )
        for gold in article.quotes
    )
    return replace(read_nothing(text), mentions=mentions, chains=chains, quotes=quotes)


def chain_up(article: GoldenArticle):
    mentions, chains = [], []
    for entity in article.entities:
        first = len(mentions)
        mentions += [Mention(one.span, one.kind, entity.type, 1.0, "gold") for one in entity.mentions]
        chains.append(CoreferenceChain(tuple(range(first, len(mentions))), entity.type, entity.name))
    return tuple(mentions), tuple(chains)


def test_the_gold_itself_gets_full_marks():
    wrong = {label: value for label, value in score(read_as_gold).items() if value != 100.0}
    assert wrong == {"namesakes_merged_count": 0.0}


def test_the_gold_itself_has_no_errors(tmp_path):
    write_errors(tmp_path / "errors.txt", compare(read_as_gold))
    lines = (tmp_path / "errors.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("##")] == []


def test_an_empty_reading_gets_nothing():
    assert set(score(read_nothing).values()) == {0.0}


def test_a_reading_of_another_text_is_refused():
    with pytest.raises(ValueError, match="back unchanged"):
        compare(lambda text: read_nothing(text + " And more."))


def test_a_quote_with_the_wrong_speaker_is_both_missed_and_invented(tmp_path):
    def misattribute(text):
        read = read_as_gold(text)
        return replace(read, quotes=tuple(replace(quote, speaker=Span(0, 1)) for quote in read.quotes))

    comparisons = compare(misattribute)
    assert figures(comparisons)["quotes_direct_f1"] < 5
    assert figures(comparisons)["content_words_f1"] == 100.0
    write_errors(tmp_path / "errors.txt", comparisons)
    assert "gold  direct (speech) [Okafor → Ada Okafor | told]" in (tmp_path / "errors.txt").read_text(
        "utf-8"
    )


def test_one_chain_for_two_namesakes_counts_as_a_merge():
    article = next(article for article in ARTICLES.values() if article.slug == "court-smiths")
    mentions, chains = chain_up(article)
    driver, judge, *others = chains
    both = replace(driver, mentions=(*driver.mentions, *judge.mentions))
    read = replace(read_nothing(article.text), mentions=mentions, chains=(both, *others))
    merged = merged_namesakes(Comparison(article, read, ()))
    assert [[person.id for person in people] for people in merged] == [
        ["john-smith-driver", "john-smith-judge"]
    ]


def test_identity_across_articles_joins_what_shares_an_id_and_nothing_from_an_empty_reading():
    joined = score_identity(compare(read_as_gold))
    assert joined["identity_recall"] > 50
    assert score_identity(compare(read_nothing)) == {
        "identity_precision": 0.0,
        "identity_recall": 0.0,
        "identity_f1": 0.0,
        "wrongly_joined_count": 0.0,
    }


def test_wrongly_joined_sightings_never_share_an_id():
    pairs = wrongly_joined(compare(read_as_gold))
    assert all(left.entity.id is None or left.entity.id != right.entity.id for left, right in pairs)
