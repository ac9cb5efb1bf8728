"""Where the time of reading goes: CPU a 600-word article, step by step, and memory.

Usage: OMP_NUM_THREADS=1 python -m benchmarks.speed.steps

Every step is a row of STEPS; a new way of reading (in batches, say) is one more row.
"""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass

from app import extraction, nlp
from app.documents import AnnotatedArticle, ExtractedArticle, Mention, RawDocument, Span
from app.nlp.coreference import Places, find_phrases, link_mentions
from app.nlp.mentions import find_names, propose_names
from app.nlp.quotes import find_quotes, link_speakers, quoted_regions
from app.nlp.sentences import split_sentences
from app.nlp.tagger.model import Tagged
from app.nlp.tagger.words import read_article
from benchmarks.speed.texts import WORDS, make_texts

ROUNDS = 3  # the quickest counts: on a shared machine a round may run on a cold cache


@dataclass(frozen=True, slots=True)
class Read:
    """An article, what the network says of it, and what a whole reading finds."""

    article: ExtractedArticle
    tagged: Tagged
    annotated: AnnotatedArticle

    @property
    def names(self) -> list[Mention]:
        """The names found."""
        return [mention for mention in self.annotated.mentions if mention.kind == "name"]


@dataclass(frozen=True, slots=True)
class Bench:
    """The articles, read once, and the models."""

    articles: tuple[Read, ...]
    models: nlp.Models

    @property
    def word_count(self) -> int:
        """The words of all articles."""
        return sum(len(each.article.text.split()) for each in self.articles)


def main() -> None:
    """Print the table."""
    started = _peak_megabytes()
    models = nlp.load_models()
    loaded = _peak_megabytes()
    bench = make_bench(models)
    count = len(bench.articles)
    print(f"CPU of one thread, an article of {WORDS} words ({count} articles, best of {ROUNDS}):")
    print(f"  {'':<48}{'ms':>8}{'articles/CPU-s':>16}")
    for name, step in STEPS.items():
        seconds = min(_time(step, bench) for _ in range(ROUNDS)) / bench.word_count * WORDS
        print(f"  {name:<48}{1000 * seconds:>8.1f}{1 / seconds:>16.1f}")
    print(
        f"Peak memory, MB: {started:.0f} at the start, {loaded:.0f} with models, {_peak_megabytes():.0f} at the end"
    )


def make_bench(models: nlp.Models) -> Bench:
    """Return the articles read once."""
    articles = (extraction.extract(RawDocument(text.encode(), "text")) for text in make_texts())
    return Bench(
        tuple(Read(each, _ask(each, models), nlp.annotate(each, models)) for each in articles), models
    )


# --- steps: each does one article -----------------------------------------------------------------


def _sentences(each: Read, _models: nlp.Models) -> None:
    split_sentences(each.article.text, each.article.paragraphs)


def _words(each: Read, models: nlp.Models) -> None:
    read_article(each.article.text, models.tagger.tokenizer)


def _network(each: Read, models: nlp.Models) -> None:
    _ask(each.article, models)


def _names(each: Read, _models: nlp.Models) -> None:
    find_names(
        each.article.text, each.article.paragraphs, list(propose_names(each.article.text, each.tagged))
    )


def _attributions(each: Read, models: nlp.Models) -> None:
    models.tagger.attributions(each.tagged)


def _quotes_by_rule(each: Read, _models: nlp.Models) -> None:
    find_quotes(each.article.text, each.article.paragraphs, each.annotated.sentences, each.names)


def _quotes(each: Read, models: nlp.Models) -> None:
    said = models.tagger.attributions(each.tagged)
    find_quotes(each.article.text, each.article.paragraphs, each.annotated.sentences, each.names, said)


def _coreference(each: Read, _models: nlp.Models) -> None:
    article = each.article
    regions = quoted_regions(article.text, article.paragraphs)
    speakers = [Span(*pair) for pair in each.tagged.speakers()]
    places = Places.of(article.text, each.annotated.sentences, regions, speakers)
    phrases = list(find_phrases(article.text, each.tagged, [name.span for name in each.names]))
    link_mentions(places, each.names, phrases, each.tagged)


def _speakers(each: Read, _models: nlp.Models) -> None:
    found = each.annotated
    link_speakers(each.article.text, found.quotes, found.mentions, found.chains)


def _annotate(each: Read, models: nlp.Models) -> None:
    nlp.annotate(each.article, models)


STEPS: dict[str, Callable[[Read, nlp.Models], None]] = {
    "sentences": _sentences,
    "network: cutting into word pieces": _words,
    "network: all of it": _network,
    "names": _names,
    "quotes: rules alone": _quotes_by_rule,
    "quotes: decoding what the network says": _attributions,
    "quotes: all of it": _quotes,
    "coreference": _coreference,
    "speakers": _speakers,
    "annotate, all of it": _annotate,
}


def _ask(article: ExtractedArticle, models: nlp.Models) -> Tagged:
    regions = quoted_regions(article.text, article.paragraphs)
    return models.tagger.read(article.text, _pairs(article.paragraphs), _pairs(regions))


def _pairs(spans: tuple[Span, ...] | list[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


def _time(step: Callable[[Read, nlp.Models], None], bench: Bench) -> float:
    started = time.process_time()
    for each in bench.articles:
        step(each, bench.models)
    return time.process_time() - started


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kilobytes on Linux


if __name__ == "__main__":
    main()
