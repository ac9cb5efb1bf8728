"""RawDocument → ExtractedArticle: clean text and what the page says of it. Pure: bytes in, value out."""

from app.extraction.article import VERSION, extract

__all__ = ["VERSION", "extract"]
