"""What the network answers for every word, beside the tags and links of quotes: names, roles, and who is meant.

Names and roles are tagged B (begins), I (goes on) and O (outside); "who" is a vector that asks and a vector that
answers, as links are. Knows no models, files or texts.
"""

from typing import TYPE_CHECKING

from app.nlp.tagger.decode import LINK, TAGS

if TYPE_CHECKING:  # training reads this module on an older Python
    from app.documents import EntityType

METHOD = "network-2"  # as stored with what it found
NAME_TYPES: "tuple[EntityType, ...]" = (
    "person",
    "organization",
    "place",
    "event",
    "work",
    "product",
    "group",
)
ROLE_TYPES = ("person", "group", "organization", "document")
NAME_TAGS = ("O", *(f"{prefix}-{each}" for each in NAME_TYPES for prefix in "BI"))
ROLE_TAGS = ("O", *(f"{prefix}-{each}" for each in ROLE_TYPES for prefix in "BI"))
WHO = 64  # width of the asking and of the answering vector

# What the network gives for every word, side by side: the quotes' tags and links, then the rest.
SIZES = {
    "tags": len(TAGS),
    "link": 2 * LINK,
    "names": len(NAME_TAGS),
    "roles": len(ROLE_TAGS),
    "who": 2 * WHO,
}
