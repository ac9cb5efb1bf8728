"""RawDocument → ExtractedArticle: clean text and what the page says of it. Pure: bytes in, value out."""
