"""ExtractedArticle → AnnotatedArticle: names, quotes, who is meant. Pure: models come in as arguments.

One pass of the network over the text answers for all of them; rules over marks and names make of it what is stored.
Speakers are linked last, because most of them are pronouns or roles.
"""

from collections.abc import Iterable

from app.documents import LANGUAGE_NOT_READ, AnnotatedArticle, ExtractedArticle, Provenance, Span
from app.nlp.models import Models, QuoteModel, load_models
from app.nlp.sentences import split_sentences

VERSION = "5"

__all__ = ["VERSION", "Models", "QuoteModel", "annotate", "load_models"]


def annotate(article: ExtractedArticle, models: Models) -> AnnotatedArticle:
    """Return the article with its mentions, chains and quotes; every span lies in `article.text`.

    Where the article is known not to be English there are none: read as English, it would yield nonsense.
    """
    if LANGUAGE_NOT_READ in article.warnings:
        return AnnotatedArticle(article, (), (), (), (), Provenance("nlp", VERSION, LANGUAGE_NOT_READ))
    # A server that reads nothing itself must not pay for the numbers these bring.
    from app.nlp.coreference import Places, find_phrases, link_mentions, speaker_types  # noqa: PLC0415
    from app.nlp.mentions import find_names, propose_names  # noqa: PLC0415
    from app.nlp.quotes import (  # noqa: PLC0415
        find_quotes,
        link_speakers,
        link_turns,
        quoted_regions,
        type_speakers,
    )

    text, paragraphs = article.text, article.paragraphs
    sentences = split_sentences(text, paragraphs)
    regions = quoted_regions(text, paragraphs)
    tagged = models.tagger.read(text, _pairs(paragraphs), _pairs(regions))
    names = find_names(text, paragraphs, list(propose_names(text, tagged)))
    said = models.tagger.attributions(tagged) if models.quotes == "tagger" else None
    quotes = find_quotes(text, paragraphs, sentences, names, said)
    phrases = list(find_phrases(text, tagged, [name.span for name in names]))
    places = Places.of(text, sentences, regions, [Span(*pair) for pair in tagged.speakers()])
    mentions, chains = link_mentions(places, names, phrases, tagged)
    linked = link_turns(text, link_speakers(text, quotes, mentions, chains), chains)
    return AnnotatedArticle(
        article=article,
        sentences=sentences,
        mentions=mentions,
        chains=chains,
        quotes=type_speakers(text, linked, mentions, chains, speaker_types(phrases)),
        provenance=Provenance("nlp", VERSION, f"network+{models.quotes}"),
    )


def _pairs(spans: Iterable[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]
