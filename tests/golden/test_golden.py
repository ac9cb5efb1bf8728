"""The golden articles say what their own texts say."""

from itertools import pairwise

import pytest

from app.documents import Span
from tests.golden import GoldenError, load, locate, parse
from tests.golden.marks import kind_of, quoted_stretches

ARTICLES = load()
every_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)


def toml(text: str, quote: str = "", mentions: str = "[]") -> str:
    return (
        f'publisher = "The Quay"\nstyle = "wire"\ntext = """\n{text}\n"""\n{quote}\n'
        f'[[entities]]\nname = "Ada Okafor"\ntype = "person"\nmentions = {mentions}\n'
    )


@every_article
def test_kind_agrees_with_the_marks_in_the_text(article):
    told = [(quote.kind, [span.of(article.text) for span in quote.content]) for quote in article.quotes]
    read = [
        (kind_of(article.text, quote.content), [span.of(article.text) for span in quote.content])
        for quote in article.quotes
    ]
    assert told == read


@every_article
def test_contents_of_one_article_do_not_overlap(article):
    spans = sorted(span for quote in article.quotes for span in quote.content)
    assert [(left, right) for left, right in pairwise(spans) if left.overlaps(right)] == []


@every_article
def test_parts_of_a_content_come_in_text_order(article):
    assert all(list(quote.content) == sorted(quote.content) for quote in article.quotes)


@every_article
def test_cue_and_speaker_lie_outside_their_content(article):
    for quote in article.quotes:
        outside = [span for span in (quote.cue, quote.speaker) if span]
        assert not [span for span in outside if any(span.overlaps(part) for part in quote.content)]


@every_article
def test_whoever_speaks_is_an_entity_of_the_article(article):
    names = {entity.name for entity in article.entities}
    assert {quote.who for quote in article.quotes} - {None} <= names


@every_article
def test_no_words_are_given_to_two_mentions(article):
    spans = [mention.span for entity in article.entities for mention in entity.mentions]
    assert len(spans) == len(set(spans))


@every_article
def test_an_article_is_as_long_as_a_short_news_story(article):
    assert 150 <= len(article.text.split()) <= 450


def test_some_events_are_told_by_several_outlets():
    outlets = {article.event: set() for article in ARTICLES if article.event}
    for article in ARTICLES:
        if article.event:
            outlets[article.event].add(article.publisher)
    assert len(outlets) >= 5
    assert all(len(publishers) > 1 for publishers in outlets.values())


def test_namesakes_have_different_ids():
    smiths = {entity.id for article in ARTICLES for entity in article.entities if entity.name == "John Smith"}
    assert len(smiths) == 3


def test_locating_counts_whole_words_only():
    assert locate("She sheds; she said.", "she") == Span(11, 14)
    assert locate("Ada and Ada’s cat", "Ada #2") == Span(8, 11)


def test_words_that_are_not_in_the_text_are_named_in_the_error():
    with pytest.raises(GoldenError, match=r"quay-1: expected 'Okafor' at least 2 times .* found it 1 times"):
        parse("quay-1", toml("Ada Okafor sang.", mentions='["Okafor #2"]'))


def test_unknown_kind_is_named_in_the_error():
    quote = '[[quotes]]\ncontent = ["Ada"]\nkind = "loud"\nattribution = "speech"'
    with pytest.raises(GoldenError, match="found 'loud'"):
        parse("quay-1", toml("Ada Okafor sang.", quote))


@pytest.mark.parametrize(
    ("surface", "kind"),
    [
        ("the mayor of Faro", "nominal"),
        ("A Dog of Faro", "name"),
        ("She", "pronoun"),
        ("union chief", "nominal"),
    ],
)
def test_kind_of_a_mention_is_read_off_its_words(surface, kind):
    article = parse("quay-1", toml(f"{surface} sang.", mentions=f'["{surface}"]'))
    assert article.entities[0].mentions[0].kind == kind


@pytest.mark.parametrize(
    "text",
    ["“x y”", "« x y »", "''x y'' z", "'x y' z", "‘x y’, z", '"x y" z', "“x y", "say: 'x y'"],
)
def test_words_between_marks_of_every_style_are_quoted(text):
    start = text.index("x")
    assert kind_of(text, [Span(start, start + 3)]) == "direct"


def test_an_apostrophe_neither_opens_nor_closes():
    assert quoted_stretches("the drivers' pay won't rise") == []
    text = "‘We saw the drivers’ pay and didn’t laugh,’ she said."
    assert Span(*quoted_stretches(text)[0]).of(text) == "We saw the drivers’ pay and didn’t laugh,"


def test_an_id_means_one_type_everywhere_and_the_same_name_twice_has_one():
    entities = [(article.slug, entity) for article in ARTICLES for entity in article.entities]
    types, names = {}, {}
    for slug, entity in entities:
        if entity.id:
            types.setdefault(entity.id, set()).add(entity.type)
        names.setdefault((entity.name, entity.type), []).append((slug, entity.id))
    assert [identity for identity, found in types.items() if len(found) > 1] == []
    assert [
        name
        for name, seen in names.items()
        if len({slug for slug, _ in seen}) > 1 and (None in dict(seen).values())
    ] == []
