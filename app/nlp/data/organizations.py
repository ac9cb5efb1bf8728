"""Words in a name that tell what kind of thing bears it."""

from app.nlp.data import words

# Last words (or nearly) of names of organizations.
ORGANIZATION_WORDS = words(
    """
    academy administration agency alliance army assembly association authority bank board broadcasting
    bureau cabinet campaign church club coalition college commission committee company conference
    confederation congress consortium corporation council court department directorate factory federation
    fc force forces foundation front fund government group guard hospital inc institute institution
    international laboratories laboratory league legislature library ltd ministry movement museum navy
    network org news observatory office organisation organization orchestra parliament partnership party
    police press senate service services society software studios survey syndicate systems team television
    times trust tribunal union university
    """
)

# Words that a name of an organization goes on after: "Council for the Welfare of Migrants", "House of Verse".
CONTINUED_WORDS = words(
    """
    academy administration agency alliance association authority bank board bureau centre center church college
    commission committee confederation council court department directorate federation foundation front fund house
    institute institution ministry movement museum office organisation organization service society union university
    """
)

# Legal forms and generic last words that a short form of the name leaves out: "Acme" for "Acme Corporation".
DROPPED_WORDS = words(
    """
    ag bv co company corp corporation gmbh group holding holdings inc incorporated limited llc llp ltd nv
    plc sa spa systems industries technologies international
    """
)

# What ends the full name of a company, as printed.
LEGAL_FORMS = frozenset(
    (
        *(
            "Company",
            "Co",
            "Corporation",
            "Corp",
            "Incorporated",
            "Inc",
            "Limited",
            "Ltd",
            "LLC",
            "LLP",
            "PLC",
            "plc",
        ),
        *("Holdings", "Holding", "GmbH", "AG", "B.V.", "BV", "N.V.", "NV", "S.A.", "S.p.A.", "Bhd", "Pty"),
    )
)

# Names whose last 's is a part of them, though the words before it are no name.
POSSESSIVE_NAMES = frozenset(
    (
        *(
            "Applebee's",
            "Arby's",
            "Bloomingdale's",
            "Chili's",
            "Christie's",
            "Claire's",
            "Denny's",
            "Domino's",
        ),
        *(
            "Hardee's",
            "Hershey's",
            "Kellogg's",
            "Kohl's",
            "Levi's",
            "Lloyd's",
            "Lowe's",
            "Macy's",
            "McDonald's",
        ),
        *("Moody's", "Nando's", "Sainsbury's", "Sotheby's", "Standard & Poor's", "Waterstone's", "Wendy's"),
    )
)

# Single words that name no one organization by themselves.
GENERIC_WORDS = ORGANIZATION_WORDS | words("the state states house center centre national united north south")

# Organizations known by more names than one: first the full name.
_KNOWN = """
United Nations, UN, U.N.
European Union, EU, E.U.
North Atlantic Treaty Organization, NATO, Nato
World Health Organization, World Health Organisation, WHO
World Trade Organization, WTO
International Monetary Fund, IMF
International Atomic Energy Agency, IAEA
International Criminal Court, ICC
Association of Southeast Asian Nations, ASEAN
Organization of the Petroleum Exporting Countries, OPEC
Federal Bureau of Investigation, FBI
Central Intelligence Agency, CIA
National Security Agency, NSA
Food and Drug Administration, FDA
Centers for Disease Control and Prevention, CDC
Environmental Protection Agency, EPA
National Aeronautics and Space Administration, NASA, Nasa
European Space Agency, ESA
European Central Bank, ECB
Federal Reserve, Fed
British Broadcasting Corporation, BBC
Associated Press, AP
Agence France-Presse, AFP
Breitbart News, Breitbart
Huffington Post, HuffPost
BuzzFeed News, BuzzFeed
Al Jazeera, al-Jazeera
International Olympic Committee, IOC
Al-Qaeda, al-Qaeda, Al Qaeda, al Qaeda
Islamic State, ISIS, ISIL
"""
KNOWN_ORGANIZATIONS = {
    name: row.split(", ")[0] for row in _KNOWN.strip().splitlines() for name in row.split(", ")
}
