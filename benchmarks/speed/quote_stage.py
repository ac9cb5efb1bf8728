"""Where the time of reading quotes goes: CPU a 600-word article, step by step, and memory.

Usage: OMP_NUM_THREADS=1 python -m benchmarks.speed.quote_stage

Reads the golden articles joined to the length of a usual one, so that it needs nothing from outside the
repository. They are denser in quotes than the news, which costs the rules and the decoding a little more. Every step
is a row of STEPS; a new way of reading (in batches, say) is one more row.
"""

import re
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app import extraction, nlp
from app.documents import AnnotatedArticle, ExtractedArticle, Mention, RawDocument
from app.nlp.coreference import link_mentions
from app.nlp.mentions import find_names
from app.nlp.quotes import find_quotes, link_speakers, quoted_regions
from app.nlp.quotes.vocabulary import ATTRIBUTIONS, VERBS
from app.nlp.sentences import split_sentences
from app.nlp.tagger.model import QuoteTagger
from app.nlp.tagger.words import quoted_regions as marked_regions
from app.nlp.tagger.words import read_article
from tests.golden import load

WORDS = 600  # of an article
ROUNDS = 3  # the quickest counts: on a shared machine a round may run on a cold cache
_WORD = re.compile(r"[^\W\d_]+")
_CUES = VERBS.keys() | ATTRIBUTIONS.keys() | {"according"}


@dataclass(frozen=True, slots=True)
class Bench:
    """The articles, what a whole reading finds in them, and the models."""

    articles: tuple[ExtractedArticle, ...]
    read: tuple[AnnotatedArticle, ...]
    models: nlp.Models
    reader: QuoteTagger

    @property
    def word_count(self) -> int:
        """The words of all articles."""
        return sum(len(article.text.split()) for article in self.articles)


def main() -> None:
    """Print the table."""
    started = _peak_megabytes()
    models = nlp.load_models()
    loaded = _peak_megabytes()
    bench = make_bench(models)
    print(
        f"CPU of one thread, an article of {WORDS} words ({len(bench.articles)} articles, best of {ROUNDS}):"
    )
    print(f"  {'':<48}{'ms':>8}{'articles/CPU-s':>16}")
    for name, step in STEPS.items():
        seconds = min(_time(step, bench) for _ in range(ROUNDS)) / bench.word_count * WORDS
        print(f"  {name:<48}{1000 * seconds:>8.1f}{1 / seconds:>16.1f}")
    print(f"  words in paragraphs with a mark or a cue word: {_reported_share(bench):.0%}")
    print(
        f"Peak memory, MB: {started:.0f} at the start, {loaded:.0f} with models, {_peak_megabytes():.0f} at the end"
    )


def make_bench(models: nlp.Models) -> Bench:
    """Return golden articles joined until each has WORDS words, read once."""
    if models.quotes is None:
        raise ValueError("expected models with the learned reader, found none")
    texts: list[str] = []
    joined: list[str] = []
    for golden in load():
        joined.append(golden.text)
        if sum(len(text.split()) for text in joined) >= WORDS:
            texts.append("\n\n".join(joined))
            joined = []
    articles = tuple(extraction.extract(RawDocument(text.encode(), "text")) for text in texts)
    read = tuple(nlp.annotate(article, models) for article in articles)
    return Bench(articles, read, models, models.quotes)


# --- steps: each goes over all articles --------------------------------------------------------


def _sentences(bench: Bench) -> None:
    for each in bench.articles:
        split_sentences(each.text, each.paragraphs)


def _names(bench: Bench) -> None:
    for each in bench.articles:
        find_names(each.text, each.paragraphs, bench.models)


def _rules(bench: Bench) -> None:
    for each in bench.read:
        _find_quotes(each, None)


def _reader_words(bench: Bench) -> None:
    for each in bench.articles:
        read_article(each.text, bench.reader.tokenizer)


def _reader_words_and_network(bench: Bench) -> None:
    for each in bench.articles:
        bench.reader.score(read_article(each.text, bench.reader.tokenizer))


def _reader(bench: Bench) -> None:
    for each in bench.articles:
        bench.reader.find(each.text)


def _reader_skipping(bench: Bench) -> None:
    for each in bench.articles:
        bench.reader.find(_reported(each))


def _rules_and_reader(bench: Bench) -> None:
    for each in bench.read:
        _find_quotes(each, bench.reader)


def _coreference(bench: Bench) -> None:
    for each in bench.read:
        text = each.article.text
        regions = quoted_regions(text, each.article.paragraphs)
        mentions, chains = link_mentions(text, each.sentences, _names_of(each), regions)
        link_speakers(text, each.quotes, mentions, chains)


def _annotate(bench: Bench) -> None:
    for each in bench.articles:
        nlp.annotate(each, bench.models)


STEPS: dict[str, Callable[[Bench], None]] = {
    "sentences": _sentences,
    "names": _names,
    "quotes: rules alone": _rules,
    "quotes: reader, cutting into word pieces": _reader_words,
    "quotes: reader, the same and the network": _reader_words_and_network,
    "quotes: reader, all of it": _reader,
    "quotes: reader, only paragraphs that report": _reader_skipping,
    "quotes: rules and reader": _rules_and_reader,
    "coreference and speakers": _coreference,
    "annotate, all of it": _annotate,
}


def _find_quotes(each: AnnotatedArticle, reader: QuoteTagger | None) -> None:
    find_quotes(each.article.text, each.article.paragraphs, each.sentences, _names_of(each), reader)


def _names_of(each: AnnotatedArticle) -> list[Mention]:
    return [mention for mention in each.mentions if mention.kind == "name"]


def _reported(article: ExtractedArticle) -> str:
    """Return the paragraphs with a quotation mark or a cue word: all that a reader that skips would read.

    Nothing skips them today; the row shows the most that could be gained, at the price of what stands elsewhere.
    """
    texts = [paragraph.of(article.text) for paragraph in article.paragraphs]
    return "\n\n".join(text for text in texts if _reports(text))


def _reports(paragraph: str) -> bool:
    words: Sequence[str] = _WORD.findall(paragraph.lower())
    return bool(marked_regions(paragraph)) or not _CUES.isdisjoint(words)


def _reported_share(bench: Bench) -> float:
    return sum(len(_reported(article).split()) for article in bench.articles) / bench.word_count


def _time(step: Callable[[Bench], None], bench: Bench) -> float:
    started = time.process_time()
    step(bench)
    return time.process_time() - started


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kilobytes on Linux


if __name__ == "__main__":
    main()
