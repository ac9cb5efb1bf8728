"""Words beside a name, or in it, that tell what kind of thing bears it. What each is worth is learned elsewhere."""

from app.documents import EntityType
from app.nlp.data import words
from app.nlp.data.organizations import ORGANIZATION_WORDS, PLACE_WORDS
from app.nlp.data.titles import HONORIFICS, OFFICES

# Common nouns of kinds of things, as in "the lender Corvo Bank", "the village of Orly", "Corvo, a carmaker".
_ORGANIZATION_NOUNS = words(
    """
    agency airline association authority automaker band bank brand brewer broadcaster bureau business
    carmaker chain charity church club coalition college commission committee company conglomerate
    consortium cooperative corporation council court department developer distributor division employer
    federation firm foundation giant group hospital insurer institute institution league lender maker
    manufacturer ministry movement network newspaper nonprofit operator organisation organization outlet
    owner paper parliament party producer provider publisher regulator retailer rival school side squad
    startup start-up studio subsidiary supplier team union unit university watchdog website wholesaler
    """
)
_PLACE_NOUNS = words(
    """
    airport area bay beach borough bridge capital city coast community country county desert district
    downtown forest hamlet harbour harbor hill island lake mountain municipality neighborhood neighbourhood
    parish park port prefecture province region river road resort sea settlement state stadium street suburb
    town valley village
    """
)
_WORK_NOUNS = words(
    """
    album article ballad bill blog book column comedy documentary drama essay exhibition film game magazine
    memoir movie musical novel opera painting play podcast poem programme program report sequel series show
    single song statute symphony thriller track video act treaty law
    """
)
_PRODUCT_NOUNS = words(
    """
    aircraft antibiotic app application boat browser car console device drug engine jet medicine missile
    model operating phone plane platform painkiller pill rocket satellite ship smartphone software system
    tablet tool truck vaccine vehicle vessel wine version beer spacecraft treatment
    """
)
_EVENT_NOUNS = words(
    """
    battle campaign ceremony championship championships competition conference contest convention cup
    election festival final fair games hurricane marathon match parade race rally riot season storm summit
    tour tournament typhoon uprising war
    """
)
_PEOPLE = words(
    """
    aged brother colleague cousin daughter father friend grandfather grandmother husband mother partner
    sister son teammate widow widower wife uncle aunt nephew niece woman man boy girl
    """
)


def _kinds() -> dict[str, str]:
    rows = {
        "person noun": _PEOPLE | OFFICES.keys() | HONORIFICS.keys(),
        "event noun": _EVENT_NOUNS,
        "product noun": _PRODUCT_NOUNS,
        "work noun": _WORK_NOUNS,
        "place noun": _PLACE_NOUNS,
        "organization noun": _ORGANIZATION_NOUNS,
    }
    return {word: kind for kind, table in rows.items() for word in table}


# A noun to its kind; where it has two, the last row holds.
NOUN_KINDS = _kinds()

# The word before a name to what it is.
BEFORE_KINDS = {
    **{
        word: f"preposition {word}"
        for word in words("in at from to near of by with for on about against via")
    },
    **dict.fromkeys(
        words("across around inside outside through throughout toward towards off"), "preposition in"
    ),
    **dict.fromkeys(words("beat beating defeated defeating faced hosted versus v vs over"), "opponent"),
    **dict.fromkeys(words("said says told tells asked asks added adds replied wrote writes"), "saying"),
    **dict.fromkeys(
        words("visit visited visiting left leaving reach reached enter entered leave"), "visiting"
    ),
    **dict.fromkeys(words("joined joining join acquired acquire bought buy founded sued sue"), "joining"),
    **dict.fromkeys(
        words("who whom and or but as when while that because after before since"), "conjunction"
    ),
    **dict.fromkeys(words("called named dubbed titled entitled"), "called"),
}

# The word after a name to what it is.
AFTER_KINDS = {
    **dict.fromkeys(
        words(
            """
            said says told tells added adds asked asks replied wrote writes argued argues noted notes
            explained insisted recalled warned suggested joked laughed smiled shrugged nodded
            """
        ),
        "saying",
    ),
    **dict.fromkeys(
        words(
            """
            officials executives spokesman spokeswoman spokesperson shares stock employees staff workers
            fans supporters management headquarters subsidiary profits customers members players bosses
            """
        ),
        "belongings of an organization",
    ),
    **dict.fromkeys(
        words(
            """
            residents police streets locals airport area border region suburbs council court
            """
        ),
        "belongings of a place",
    ),
    **dict.fromkeys(
        words(
            """
            administration presidency aide aides attorney attorneys lawyer lawyers wife husband mother father son
            daughter brother sister widow family biographer doctrine biopic memoir
            """
        ),
        "belongings of a person",
    ),
    **dict.fromkeys(
        words("users user app update version versions software browser"), "belongings of a product"
    ),
    **dict.fromkeys(words("is was has had will would are were have"), "being"),
    **dict.fromkeys(words("and or"), "and"),
    **dict.fromkeys(words("in at on for of to from with"), "preposition"),
}

# The last word of a name to what it is.
_EVENT_WORDS = words(
    """
    affair awards battle bowl expo championship championships cup day derby election fair festival final
    games gp hurricane marathon massacre olympics open pact parade prix prize award medal race rally
    revolution scandal series storm summit tour tournament treaty trophy war accord accords agreement crisis
    """
)
_WORK_WORDS = words(
    """
    act bill report tale ballad song diaries chronicles gospel symphony concerto sonata code
    constitution
    """
)
_NEWSPAPER_WORDS = words(
    """
    chronicle courier dispatch examiner express gazette globe guardian herald independent inquirer journal
    mail mercury mirror news observer post register review sentinel star sun telegraph times tribune weekly
    """
)
_LEGAL_FORMS = words(
    """
    ag bv co company corp corporation gmbh inc incorporated limited llc llp ltd nv plc sa spa srl
    """
)
_TEAM_WORDS = words(
    """
    athletic athletics city rovers rangers united wanderers fc afc cf sc town hotspur county albion
    """
)

LAST_WORD_KINDS = {
    **dict.fromkeys(PLACE_WORDS, "place word"),
    **dict.fromkeys(_PLACE_NOUNS, "place word"),
    **dict.fromkeys(
        words(
            """
            head point cross green common heath marsh ferry pier wharf lock dam quay lane fell moor wood woods
            tower palace castle
            """
        ),
        "building",
    ),
    **dict.fromkeys(
        words("hall house center centre plaza"),
        "house",
    ),
    **dict.fromkeys(ORGANIZATION_WORDS, "organization word"),
    **dict.fromkeys(_ORGANIZATION_NOUNS, "organization word"),
    **dict.fromkeys(
        words(
            """
            infirmary clinic café cafe ltd freight marine media motors airlines airways records
            """
        ),
        "business",
    ),
    **dict.fromkeys(
        words(
            """
            daughters sons brothers partners associates holdings ventures capital energy
            """
        ),
        "business",
    ),
    **dict.fromkeys(
        words(
            """
            estates foods stores brewery winery yards shipyard works mills shipping
            """
        ),
        "business",
    ),
    **dict.fromkeys(
        words(
            """
            trains railways buses ferries lines pharma pharmaceuticals technologies labs solutions logistics
            insurance securities
            """
        ),
        "business",
    ),
    **dict.fromkeys(_NEWSPAPER_WORDS, "newspaper word"),
    **dict.fromkeys(_TEAM_WORDS, "team word"),
    **dict.fromkeys(_LEGAL_FORMS, "legal form"),
    **dict.fromkeys(_WORK_WORDS, "work word"),
    **dict.fromkeys(_EVENT_WORDS, "event word"),
}

# The first word of a name to what it is.
FIRST_WORD_KINDS = {
    **dict.fromkeys(
        words(
            """
            bank ministry department university institute church college council court school house society
            association federation committee commission board office academy club league union bureau centre
            center municipality parliament friends
            """
        ),
        "organization head",
    ),
    **dict.fromkeys(words("battle tour treaty hurricane typhoon operation cup festival storm"), "event head"),
    **dict.fromkeys(
        words("royal national international federal american british european united"), "national"
    ),
    **dict.fromkeys(
        words(
            """
            mount mt lake port fort cape san santa santo sao los las la el new north south east west
            northern southern eastern western upper lower great isle gulf river
            """
        ),
        "place head",
    ),
    **dict.fromkeys(words("saint st"), "saint"),
    **dict.fromkeys(
        words(
            """
            acura airbus apple asus audi bmw boeing canon chevrolet chevy chrysler dell dodge ducati fender
            ferrari fiat ford gibson harley-davidson honda huawei hyundai intel jaguar jeep kia lada lamborghini
            lenovo lexus maserati mazda mercedes mercedes-benz mitsubishi nikon nintendo nissan nokia peugeot
            porsche ram renault samsung skoda sony subaru suzuki tesla toyota volkswagen volvo vw xiaomi yamaha
            """
        ),
        "brand",
    ),
    **dict.fromkeys(HONORIFICS.keys() - {"st", "saint"}, "honorific"),
}

# Last words that make a name of the capitalised words before them, though no model says so.
NAMING_WORDS: dict[str, EntityType] = {
    **dict.fromkeys(words("cup marathon festival olympics prix derby championships hurricane"), "event"),
    **dict.fromkeys(
        words(
            """
            airport avenue beach bridge county island islands lake mountain mountains park river road square stadium
            station street valley
            """
        ),
        "place",
    ),
    **dict.fromkeys(
        words(
            """
            association authority bank college commission committee conference council court federation foundation
            hospital institute ministry museum orchestra party school society trust union university
            """
        ),
        "organization",
    ),
}
# Words in capitals that open a sentence or a form of address, not a name.
NEVER_FIRST = words(
    """
    a after all also an and another any as at before both but by despite during each every few first for former from
    he her here his how however if in inside into it its last many most my near next no not now of on once one
    only or our outside over per she since so some such that the their then there these they this those three though
    through to two under until what when where whether which while who why with within you your
    """
)

# Names that are dates or portfolios ("Home Secretary"), not names of their own.
CALENDAR = words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december easter christmas ramadan thanksgiving hanukkah halloween
    passover lent weekday weekend
    """
)
HOLIDAYS = frozenset(
    (
        *(
            "new year's eve",
            "new year's day",
            "new year",
            "christmas eve",
            "christmas day",
            "boxing day",
            "good friday",
        ),
        *(
            "mother's day",
            "father's day",
            "valentine's day",
            "labor day",
            "labour day",
            "memorial day",
            "veterans day",
        ),
        *(
            "independence day",
            "bastille day",
            "groundhog day",
            "black friday",
            "cyber monday",
            "ash wednesday",
        ),
    )
)
# Printed like names, but of no one thing.
NO_NAMES = words(
    """
    AI AIDS Aids AM ATM BBQ BC CEO CEOs CFO COO COVID COVID-19 Covid Covid-19 CPR CTO CV DIY DNA EQ FAQ GDP GMT
    GPS HIV HQ ID IQ IT LGBT LGBTQ MP MPs MRI NGO NGOs PC PhD Ph.D PM PPE PR RIP RSVP SMS SOS SUV SUVs TBA TV
    TVs UFO UFOs USB VAT VIP VIPs Wi-Fi WiFi
    """
)
PORTFOLIOS = words(
    """
    home shadow foreign interior education health justice finance trade agriculture transport environment
    energy defence defense labor labour culture housing immigration work pensions business sports tourism
    science
    """
)
PORTFOLIO_HOLDERS = words("secretary minister undersecretary ministers secretaries")
