from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import RawDocument
from app.ingest.pipeline import read
from app.stories.comparison import StoryArticle, StoryEntity, compare, difference
from app.stories.figures import differing_figures
from app.stories.headline import choose_headline
from app.stories.quotes import QuoteText
from tests.stories.quotes import MONDAY, make_quote

FLOOD = "The water came over the wall at four in the morning, and nobody had warned us."
WELLS = "Every school in the valley stays shut until the wells have been tested."


def make_article(number, *quotes, text="", entities=(), hours=0, **fields):
    return StoryArticle(
        id=UUID(int=number),
        publisher=f"Outlet {number}",
        text=text,
        published_at=MONDAY + timedelta(hours=hours),
        quotes=quotes,
        entities=tuple(StoryEntity(UUID(int=100 + len(name)), name, count) for name, count in entities),
        **fields,
    )


def steps(full, variant):
    return [(change.op, change.text) for change in difference(full, variant)]


def test_a_difference_names_what_was_cut_added_and_replaced():
    assert steps("We will go home now.", "We will never go back") == [
        ("equal", "We will"),
        ("insert", "never"),
        ("equal", "go"),
        ("replace", "back"),
    ]
    assert steps("We will go home", "We will") == [("equal", "We will"), ("delete", "go home")]


def test_spelling_and_marks_are_no_difference():
    assert steps("A pre-emptive step, “we” recognise.", "A preemptive step we recognize") == [
        ("equal", "A preemptive step we recognize")
    ]


def test_wordings_of_a_megabyte_are_told_apart_in_bounded_time():
    assert steps("go " * 300_000, "go " * 300_000 + "home")[-1][0] == "replace"


def test_who_carries_an_utterance_and_who_leaves_it_out():
    first, second, third = (
        make_article(1, make_quote(FLOOD, article=1), make_quote(WELLS, article=1)),
        make_article(2, make_quote(FLOOD, article=2)),
        make_article(3),
    )
    flood, wells = compare([first, second, third]).utterances
    assert (flood.carried_by, flood.missing_from) == ((first.id, second.id), (third.id,))
    assert flood.is_shared
    assert (wells.carried_by, wells.missing_from) == ((first.id,), (second.id, third.id))


def test_the_earliest_printing_of_an_utterance_is_named():
    late = make_quote(FLOOD, article=1, at=MONDAY + timedelta(hours=3))
    early = make_quote(FLOOD, article=2)
    [utterance] = compare([make_article(1, late), make_article(2, early)]).utterances
    assert utterance.earliest == (early,)


def test_without_dates_nobody_is_the_earliest():
    quotes = [make_quote(FLOOD, article=number, at=None) for number in (1, 2)]
    [utterance] = compare([make_article(number + 1, quote) for number, quote in enumerate(quotes)]).utterances
    assert utterance.earliest == ()


def test_quotes_only_one_article_has_are_exclusive():
    shared, own = make_quote(FLOOD, article=1), make_quote(WELLS, article=1)
    one, other = compare(
        [make_article(1, shared, own), make_article(2, make_quote(FLOOD, article=2))]
    ).coverage
    assert one.exclusive_quotes == (own.id,)
    assert other.exclusive_quotes == ()


def test_entities_are_shared_or_exclusive():
    compared = compare(
        [
            make_article(1, entities=[("Lorne", 3), ("Okafor", 2)]),
            make_article(2, entities=[("Lorne", 1), ("Rehn", 2)]),
        ]
    )
    assert [(entity.name, entity.mention_count) for entity in compared.shared_entities] == [("Lorne", 4)]
    assert [[entity.name for entity in each.exclusive_entities] for each in compared.coverage] == [
        ["Okafor"],
        ["Rehn"],
    ]


def test_one_article_shares_and_excludes_nothing():
    compared = compare([make_article(1, make_quote(FLOOD), entities=[("Lorne", 3)])])
    assert compared.shared_entities == ()
    assert (compared.coverage[0].exclusive_quotes, compared.coverage[0].exclusive_entities) == ((), ())


def test_speakers_and_kinds_by_share_of_quoted_words():
    [coverage] = compare(
        [
            make_article(
                1,
                make_quote("one two three", article=1),
                make_quote("four", kind="indirect", speaker=None, article=1),
            )
        ]
    ).coverage
    assert [(share.name, share.word_count, share.share) for share in coverage.speakers] == [
        ("Ada Okafor", 3, 0.75),
        (None, 1, 0.25),
    ]
    assert coverage.kinds == {"direct": 0.75, "indirect": 0.25}


def test_counts_of_the_same_thing_that_differ_are_found_with_their_spans():
    texts = {UUID(int=1): "At least 14 people died.", UUID(int=2): "Officials say nineteen people died."}
    [found] = differing_figures(list(texts.items()))
    assert [figure.number for figure in found.figures] == ["14", "19"]
    assert all(figure.span.of(texts[figure.article_id]) == figure.text for figure in found.figures)
    assert found.figures[0].text == "14 people"


def test_equal_counts_and_counts_of_other_things_are_no_difference():
    assert (
        differing_figures([(UUID(int=1), "14 people died."), (UUID(int=2), "Fourteen people, 3 dogs")]) == ()
    )


def test_the_headline_most_articles_agree_with_is_chosen():
    articles = [
        make_article(1, headline="Our holiday pictures", text="The dam at Lorne broke on Sunday."),
        make_article(2, headline="Dam at Lorne breaks", text="A dam broke at Lorne."),
        make_article(3, text="At Lorne the dam is gone."),
    ]
    chosen = choose_headline(articles)
    assert (chosen.text, chosen.article_id) == ("Dam at Lorne breaks", UUID(int=2))
    assert chosen.reason


def test_without_headlines_an_opening_stands_in():
    chosen = choose_headline([make_article(1, text="The dam broke. It was old."), make_article(2, hours=-1)])
    assert chosen.article_id == UUID(int=2)
    assert choose_headline([make_article(1, text="The dam broke. It was old.")]).text == "The dam broke."
    assert choose_headline([]).text is None


@given(
    st.lists(st.sampled_from(["go", "home", "now", "never"])), st.lists(st.sampled_from(["go", "not", "now"]))
)
def test_what_is_not_deleted_is_the_variant(full, variant):
    changes = difference(" ".join(full), " ".join(variant))
    assert " ".join(change.text for change in changes if change.op != "delete").split() == variant


@pytest.fixture(scope="module")
def compared(models, seeds):
    articles = [
        _story_article(number, path, models) for number, path in enumerate(sorted(seeds.glob("*.txt")))
    ]
    return articles, compare(articles)


def _story_article(number, path, models):
    annotated = read(RawDocument(path.read_bytes()), models)
    article_id = UUID(int=number + 1)
    quotes = tuple(
        QuoteText(
            id=UUID(int=1000 * (number + 1) + place),
            text=" ".join(span.of(annotated.article.text) for span in quote.content),
            kind=quote.kind,
            article_id=article_id,
            speaker_name=None if quote.speaker_chain is None else annotated.chains[quote.speaker_chain].name,
        )
        for place, quote in enumerate(annotated.quotes)
        if quote.attribution in ("speech", "writing")
    )
    return StoryArticle(
        id=article_id,
        publisher=annotated.article.publisher.value,
        text=annotated.article.text,
        headline=annotated.article.headline.value,
        quotes=quotes,
    )


def openings(utterances):
    return sorted(each.utterance.lead.text.split(" ", 2)[:2] for each in utterances)


def test_the_seeds_share_two_direct_utterances_and_at_any_time(compared):
    _, comparison = compared
    shared = [each for each in comparison.utterances if each.is_shared]
    assert openings(shared) == [["Japan", "is"], ["North", "Korea"], ["While", "the"]]
    [japan] = [each for each in shared if each.utterance.lead.text.startswith("Japan is")]
    assert all("at any time" in variant.quote.text for variant in japan.variants)
    assert all(each.utterance.speakers[0].name == "Koro Bessho" for each in shared)
    [threat] = [each for each in shared if each.utterance.lead.text.startswith("North Korea")]
    assert {variant.quote.text.split()[5] for variant in threat.variants} == {"preemptive", "pre-emptive"}
    assert all({change.op for change in variant.difference} == {"equal"} for variant in threat.variants)


def test_each_seed_has_direct_quotes_of_its_own(compared):
    articles, comparison = compared
    own = [
        [
            quote.text.split(",")[0]
            for quote in article.quotes
            if quote.id in coverage.exclusive_quotes and quote.kind == "direct"
        ]
        for article, coverage in zip(articles, comparison.coverage, strict=True)
    ]
    assert [len(quotes) for quotes in own] == [1, 1]
    assert own[0] == ["Although it is a sensitive issue"]
    assert own[1][0].startswith("Japan is a close neighbor.")


def test_the_only_headline_of_the_seeds_is_the_storys(compared):
    articles, _ = compared
    assert choose_headline(articles).reason == "the only headline"
