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

# Words that tell an organization wherever they stand in a name: "Lakeside School District", "Bank of Narnia".
STRONG_ORGANIZATION_WORDS = words("bank church college council ministry school university")

# Words that a name of an organization goes on after: "Council for the Welfare of Migrants", "House of Verse".
CONTINUED_WORDS = words(
    """
    academy administration agency alliance association authority bank board bureau centre center church college
    commission committee confederation council court department directorate federation foundation front fund house
    institute institution ministry movement museum office organisation organization service society union university
    """
)

# Last words of names of places. "House", "Hall" and "Center" are left out: as often an organization as a
# place.
PLACE_WORDS = words(
    """
    airport avenue bay beach boulevard bridge canyon cape city county creek desert district forest gulf
    harbor harbour heights hill hills island islands lake mountain mountains ocean park peninsula plateau
    port prefecture province region river road sea shore square stadium station strait street towers town
    valley village arena
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

# Organizations known by more names than one, or that the model takes for products: first the full name.
_KNOWN = """
United Nations, UN, U.N.
European Union, EU, E.U.
North Atlantic Treaty Organization, NATO, Nato
World Health Organization, World Health Organisation, WHO
World Trade Organization, WTO
International Monetary Fund, IMF
World Bank
International Atomic Energy Agency, IAEA
International Criminal Court, ICC
Association of Southeast Asian Nations, ASEAN
African Union
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
Reuters
Bloomberg News
Politico
Breitbart News, Breitbart
New York Times
Washington Post
Wall Street Journal
Los Angeles Times
Chicago Tribune
Boston Globe
USA Today
Huffington Post, HuffPost
BuzzFeed News, BuzzFeed
Daily Mail
Daily Telegraph
Financial Times
Globe and Mail
Le Monde
Der Spiegel
Al Jazeera, al-Jazeera
CNN
MSNBC
Fox News
ABC News
NBC News
CBS News
Sky News
Facebook
Twitter
Google
Microsoft
Apple
Amazon
YouTube
Instagram
Netflix
Wikipedia
FIFA, Fifa
UEFA, Uefa
International Olympic Committee, IOC
Al-Qaeda, al-Qaeda, Al Qaeda, al Qaeda
Taliban
Hamas
Hezbollah
Islamic State, ISIS, ISIL
Democratic Party
Republican Party
Labour Party
Conservative Party
Congress
Parliament
Senate
Pentagon
Kremlin
Greenpeace
Amnesty International
Human Rights Watch
Red Cross
"""
KNOWN_ORGANIZATIONS = {
    name: row.split(", ")[0] for row in _KNOWN.strip().splitlines() for name in row.split(", ")
}

# Buildings and streets that stand for who rules there.
SEATS_OF_POWER = (
    *("White House", "Downing Street", "Buckingham Palace", "Kensington Palace"),
    *(
        "Blue House",
        "Élysée Palace",
        "Élysée",
        "Elysee Palace",
        "Elysee",
        "Quai d'Orsay",
        "Foggy Bottom",
        "Capitol Hill",
    ),
    *("Casa Rosada", "Planalto", "Malacañang", "Malacanang", "Zhongnanhai", "Stormont", "Holyrood"),
)

# Nouns that take up an organization named before. A name may hold them ("the ministry": "Ministry of Tides"); the
# commercial ones fit a company under any name.
COMMERCIAL_NOUNS = words(
    """
    airline bank brewer broadcaster builder business carmaker chain company conglomerate corporation developer
    distributor enterprise firm insurer maker manufacturer operator producer retailer startup start-up supermarket
    supplier utility
    """
)
ORGANIZATION_NOUNS = COMMERCIAL_NOUNS | words(
    """
    academy agency alliance assembly association authority board bureau cabinet campaign centre center charity
    church club coalition college commission committee confederation consortium cooperative council court
    department federation foundation fund hospital institute institution laboratory league ministry museum network
    newspaper observatory organisation organization parliament party senate society team theatre theater tribunal
    trust union university watchdog
    """
)
