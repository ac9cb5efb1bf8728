"""ExtractedArticle → AnnotatedArticle: sentences, mentions, coreference, quotes. Pure: models come in as arguments.

The order matters: quotes are found before coreference, because who "he" is depends on what stands in quotation
marks; speakers are linked after it, because most of them are pronouns or roles.
"""

from app.documents import LANGUAGE_NOT_READ, AnnotatedArticle, ExtractedArticle, Provenance
from app.nlp.coreference import link_mentions
from app.nlp.mentions import find_names
from app.nlp.models import Models, QuoteModel, load_models
from app.nlp.quotes import find_quotes, link_speakers, link_turns, quoted_regions, type_speakers
from app.nlp.sentences import split_sentences

VERSION = "5"

__all__ = ["VERSION", "Models", "QuoteModel", "annotate", "load_models"]


def annotate(article: ExtractedArticle, models: Models) -> AnnotatedArticle:
    """Return the article with its mentions, chains and quotes; every span lies in `article.text`.

    Where the article is known not to be English there are none: read as English, it would yield nonsense.
    """
    if LANGUAGE_NOT_READ in article.warnings:
        return AnnotatedArticle(article, (), (), (), (), Provenance("nlp", VERSION, LANGUAGE_NOT_READ))
    text, paragraphs = article.text, article.paragraphs
    sentences = split_sentences(text, paragraphs)
    names = find_names(text, paragraphs, models)
    quotes = find_quotes(text, paragraphs, sentences, names, models.quotes)
    mentions, chains = link_mentions(text, sentences, names, quoted_regions(text, paragraphs))
    linked = link_turns(text, link_speakers(text, quotes, mentions, chains), chains)
    return AnnotatedArticle(
        article=article,
        sentences=sentences,
        mentions=mentions,
        chains=chains,
        quotes=type_speakers(text, linked, mentions, chains),
        provenance=Provenance("nlp", VERSION, "rules+tagger+spacy-md" if models.quotes else "rules+spacy-md"),
    )
