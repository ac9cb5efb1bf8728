"""Names that many people bear, so that the same full name alone does not make the same person.

Some of the most frequent given and family names of the countries that news in English writes of most, as their
statistical offices count them; incomplete, which costs little: the table only asks for more evidence.
"""

from app.resolution.names import normalise

_FAMILY = """
    smith johnson williams brown jones miller davis wilson anderson taylor thomas moore martin jackson thompson
    white harris clark lewis robinson walker young allen king wright scott hill green adams baker hall campbell
    mitchell carter roberts evans edwards collins stewart morris murphy kelly cook rogers morgan cooper reed
    bailey bell ward watson james bennett wood gray hughes cox price richardson turner parker phillips garcia
    martinez rodriguez lopez gonzalez hernandez perez sanchez ramirez torres flores rivera fernandez diaz gomez
    kim lee park choi jung jeong kang cho yoon jang lim han shin seo kwon hwang ahn song wang li zhang liu chen
    yang huang zhao wu zhou xu sun ma zhu lin tanaka suzuki sato takahashi watanabe ito yamamoto nakamura nguyen
    tran le pham ali ahmed khan hassan hussein mohamed singh kumar patel sharma shah das silva santos oliveira
    ivanov muller schmidt rossi dubois
"""
_GIVEN = """
    john james robert michael william david richard joseph thomas charles christopher daniel matthew anthony
    mark donald steven paul andrew joshua kenneth kevin brian george peter simon stephen martin alan ian tom jim
    bob mike bill dave chris dan matt steve joe jack harry ben sam alex nick adam ryan jason jeff eric scott
    gary tim mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy emma anna kate
    laura rachel amy helen jane anne ann julie emily claire alice maria rebecca michelle kim amanda melissa jose
    juan carlos luis jorge miguel antonio francisco manuel ana carmen joao pedro paulo ji-won jiwon min-jun
    minjun seo-yeon ji-hoon jihoon min-ji minji sung-min seung-hyun young-ho young-soo ji-hye ji-young hyun-woo
    min-su jung-ho sang-hoon soo-jin eun-ji wei fang min jing lei jun yang tao ming chao li hui yan ying jie
    hong ping gang bo hiroshi takashi kenji yuki haruko yoko akira minh anh van mohammed mohammad muhammad
    mohamed ahmed ahmad ali hassan hussein omar ibrahim fatima aisha abdul rahul amit priya raj
"""
FAMILY_NAMES = frozenset(_FAMILY.split())
GIVEN_NAMES = frozenset(_GIVEN.split())
_SHORTEST = 2  # words of a full name


def is_common_name(name: str) -> bool:
    """Whether many people bear a full name: both the given and the family name in it are frequent.

    A middle name makes it rarer: "John Quentin Smith" is not common, "John Q. Smith" is. East Asian names may
    open with the family's: "Kim Ji-won".
    """
    words = [word for word in normalise("person", name).split() if len(word) > 1]
    if len(words) < _SHORTEST or (len(words) > _SHORTEST and words[0] not in FAMILY_NAMES):
        return False
    first, last, given = words[0], words[-1], "-".join(words[1:])  # "kim ji won", "kim ji-won"
    in_western_order = first in GIVEN_NAMES and last in FAMILY_NAMES
    return in_western_order or (first in FAMILY_NAMES and (last in GIVEN_NAMES or given in GIVEN_NAMES))
