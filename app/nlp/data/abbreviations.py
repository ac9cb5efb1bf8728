"""Words that end in a full stop without ending a sentence."""

from app.nlp.data import words

# Followed by a name, a number or more of the sentence: the full stop after them never ends a sentence.
ALWAYS_INSIDE = words(
    """
    mr. mrs. ms. mx. dr. prof. rev. fr. hon. st. mt. ft. sen. rep. gov. lt. col. gen. maj. capt. cmdr.
    adm. sgt. cpl. pvt. brig. pres. supt. det. insp. messrs. vs. eds. cf. e.g. i.e. approx. est. dept.
    univ. viz. feat. ph. ret.
    """
)

# Inside a sentence only before a number: "No. 4", but "He said no."
BEFORE_NUMBER = words("no. nos. fig. figs. vol. pp. p. art. op. sec. para. ch.")

# End a sentence only when the next word looks like the start of one ("in the U.S. He left" / "the U.S.
# Senate").
SOMETIMES_INSIDE = words(
    """
    u.s. u.k. u.n. u.s.a. e.u. u.a.e. d.c. p.r.c. n.y. l.a. a.m. p.m. inc. corp. co. ltd. llc. bros. plc.
    jr. sr. esq. etc. jan. feb. apr. jun. jul. aug. sep. sept. oct. nov. dec. mon. tue. wed. thu. fri.
    ave. blvd. rd. ariz. ark. calif. colo. conn. del. fla. ga. kan. ky. la. md. mich. minn. mo. mont. neb.
    nev. okla. ore. pa. tenn. tex. vt. va. wis. wyo. b.c. a.d. ph.d. m.d. b.a. m.a.
    """
)

# Words that open a sentence far more often than they follow an abbreviation inside one.
OPENERS = words(
    """
    a an the this that these those it its he she they we i you his her their our my there here in on at by
    from for to with after before when while if as since although though but and or so yet however
    meanwhile also both some many most all no not what who why how where asked according last next another
    each
    """
)
