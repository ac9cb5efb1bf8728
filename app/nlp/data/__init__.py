"""Tables of words the rules look up. Data only: no rule lives here."""


def words(table: str) -> frozenset[str]:
    """Return the words of a table printed with spaces between them."""
    return frozenset(table.split())
