"""Quotes: content, cue and speaker."""
