"""Texts to read for speed: the golden articles joined to the length of a usual one.

So nothing from outside the repository is needed. They are denser in quotes than the news, which costs the rules and
the decoding a little more.
"""

from tests.golden import load

WORDS = 600  # of an article


def make_texts() -> list[str]:
    """Return golden articles joined until each text has WORDS words."""
    texts: list[str] = []
    joined: list[str] = []
    for golden in load():
        joined.append(golden.text)
        if sum(len(text.split()) for text in joined) >= WORDS:
            texts.append("\n\n".join(joined))
            joined = []
    return texts
