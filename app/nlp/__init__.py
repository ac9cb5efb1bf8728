"""ExtractedArticle → AnnotatedArticle: sentences, mentions, coreference, quotes. Pure; models come in."""
