"""Small words that hold a role phrase together, and pronouns."""

from app.documents import Gender
from app.nlp.data import words

DEFINITE = frozenset(("the", "this", "that"))
INDEFINITE = frozenset(("a", "an", "another", "one", "some", "any", "every", "each", "no"))
POSSESSIVE_DETERMINERS = frozenset(("its", "his", "her", "their", "our", "my", "your", "whose"))
DETERMINERS = DEFINITE | INDEFINITE | POSSESSIVE_DETERMINERS

# Lower-case words that stand before an office within its phrase: "the then deputy prime minister".
OFFICE_MODIFIERS = words(
    """
    former ex-president late then current incumbent outgoing incoming acting interim deputy vice assistant
    associate senior junior chief top lead leading prime foreign defense defence finance interior health
    education trade justice energy environment agriculture transport labor labour culture sports economic
    military naval air army political national federal state regional local provincial municipal city
    county district presidential parliamentary ministerial royal general executive managing financial
    technical scientific medical legal veteran retired long-time longtime new newly-elected
    re-elected ousted deposed exiled jailed opposition ruling conservative liberal socialist communist
    democratic republican independent ministry company party club team school university police government
    union human rights civil climate security research principal special first second third youngest
    oldest youth women's men's film television radio science sports football soccer baseball basketball
    cricket tennis hockey rugby star assistant head best-selling award-winning
    """
)
# Words that may stand capitalised before an office and are no part of it: "On Monday President Doe".
NEVER_IN_OFFICE = words(
    """
    and but or as by from with on he she they it said says when while after before if although monday tuesday
    wednesday thursday friday saturday sunday
    """
)
# Lower-case words that end a search for the determiner to the left: "the crowd cheered coach Doe".
NEVER_BEFORE_OFFICE = NEVER_IN_OFFICE | words(
    """
    who which that is are was were be been has have had will would can could may might must of to in for at into
    over under about against between than then so also not never ever only just even told asked called named made
    met saw left won lost became
    """
)
MONTHS_AND_DAYS = words(
    """
    January February March April May June July August September October November December Monday Tuesday
    Wednesday Thursday Friday Saturday Sunday
    """
)

# What an office is tied to comes after one of these: "ambassador to Chile", "head of the union".
OFFICE_PREPOSITIONS = frozenset(("to", "of", "in", "for", "at", "from"))

PRONOUN_GENDER: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}

# Words for relations and ages that tell the gender of the one they describe.
KIN_GENDER: dict[str, Gender] = {
    **dict.fromkeys(
        words(
            """
            husband father son brother uncle nephew grandfather grandson stepfather stepson boyfriend widower
            fiancé father-in-law son-in-law brother-in-law man boy dad
            """
        ),
        "male",
    ),
    **dict.fromkeys(
        words(
            """
            wife mother daughter sister aunt niece grandmother granddaughter stepmother stepdaughter girlfriend
            widow fiancée mother-in-law daughter-in-law sister-in-law woman girl mum mom
            """
        ),
        "female",
    ),
}
