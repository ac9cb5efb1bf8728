"""Tables of English words that tell whether two wordings say the same. Data only."""

SMALL_WORDS = frozenset(
    """
    a an the this that these those there here it its itself he him his himself she her hers herself they
    them their theirs themselves i me my mine myself we us our ours ourselves you your yours who whom whose
    which what when where while how why and or but nor so as at by for from in into of off on onto out over
    to toward towards up upon with within through about than until then if whether because be do have will can may
    might must shall any some such own very really just also too only even well now yes oh frankly quite
    rather been being get got let s t all both each actually basically simply say tell think know believe
    """.split()
)
"""Words that carry no content of their own here; verbs by their base forms."""

NEGATORS = frozenset(
    """
    not no never none nobody nothing neither without cannot deny refuse reject fail hardly
    """.split()
)

CONTRACTIONS = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "i'm": ("i", "be"),
    "let's": ("let",),
} | {
    bare: (base, "not")
    for bare, base in {
        "cant": "can",
        "couldnt": "can",
        "didnt": "do",
        "doesnt": "do",
        "dont": "do",
        "hadnt": "have",
        "hasnt": "have",
        "havent": "have",
        "isnt": "be",
        "shouldnt": "should",
        "wasnt": "be",
        "werent": "be",
        "wont": "will",
        "wouldnt": "will",
    }.items()
}
CONTRACTED_ENDINGS = {"n't": "not", "'ll": "will", "'re": "be", "'ve": "have", "'d": "", "'s": ""}

QUALIFIERS = {
    form: frozenset(senses.split())
    for senses, forms in {
        "will": "will 'll shall",
        "would": "would",
        "can": "can",
        "can possible": "could",
        "possible": "may might maybe perhaps possibly probably",
        "must": "must",
        "should": "should ought",
        "nearly": "nearly almost",
        "partly": "partly",
    }.items()
    for form in forms.split()
} | {"'d": frozenset({"", "would"})}
"""Words that say how far a statement holds, with their senses in direct quotes; the empty sense is that of none."""

REPORTED_QUALIFIERS = QUALIFIERS | {
    form: frozenset({"", "will", "would"}) for form in ("will", "'ll", "shall", "would", "'d")
}
"""Likewise where an outlet reports: `would sign` stands for `will sign`, and both for a plan to sign."""

CONDITIONS = frozenset({"if", "unless"})
ASKING = frozenset(
    "as ask wonder know see decid tell say clear learn understand check determin find question sure".split()
)
"""Keys of words after which "if" is "whether", or "though"."""

NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
    """.split()
    )
    if word != "one"  # mostly a pronoun
} | dict(
    zip(
        """
    thirty forty fifty sixty seventy eighty ninety
    """.split(),
        map(str, range(30, 100, 10)),
        strict=True,
    )
)

CONTRASTS = tuple(
    frozenset(row.split())
    for row in """
    monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
    second minute hour day week month year decade
    dozen hundred thousand million billion trillion
    half third quarter fifth sixth seventh eighth ninth tenth
    for against
    north south east west
    northern southern eastern western
    more less fewer
    most least
    before after
    inside outside
    open close
    rise fall
    increase decrease reduce cut
    support oppose
    accept reject
    agree disagree
    win lose
    strong weak
    high low
    good bad
    better worse
    best worst
    early late
    first last
    always never
    everyone nobody
    guilty innocent
    safe dangerous
    legal illegal
    true false
    possible impossible
    gain loss
    buy sell
    start stop
    enter leave
    man woman
    men women
    boy girl
    left right
    up down
    above below
    short long
    right wrong
    alive dead
    allow ban
    first second third fourth fifth sixth seventh eighth ninth tenth
    home away
    son daughter father mother brother sister husband wife uncle aunt cousin grandfather grandmother
    convict acquit
    raise lower cut
    grow shrink
    expand shrink
    profit loss
    surplus deficit
    import export
    strengthen weaken
    improve worsen
    hire fire
    arrive depart
    confirm deny
    admit deny
    prove disprove
    innocence guilt
    supply demand
    friend enemy
    easy hard
    easy difficult
    cheap expensive
    rich poor
    young old
    older younger
    new old
    hot cold
    warm cold
    warmer colder
    big small
    bigger smaller
    large small
    larger smaller
    higher lower
    stronger weaker
    longer shorter
    faster slower
    fast slow
    earlier later
    sooner later
    full empty
    public private
    male female
    morning evening night
    today yesterday tomorrow
    spring summer autumn winter
    spring summer fall winter
    all some few
    every some few
    many few
    everything nothing
    everybody nobody
    he she
    him her
    his her
    his hers
    himself herself
    and or
    until since
    to from
    into out
    likely unlikely
    able unable
    fair unfair
    healthy sick
    ally enemy
    victory defeat
    success failure
    positive negative
    include exclude
    attack defend
    praise criticize
    remember forget
    love hate
    begin end
    start end
    begin stop
    start finish
    come go
    give take
    lend borrow
    teach learn
    send receive
    pass fail
    succeed fail
    approve reject
    release detain
    appoint dismiss
    """.strip().splitlines()
)
"""Words of which one does not stand for another."""

SYNONYMS = tuple(
    frozenset(row.split())
    for row in """
    willing ready prepared
    border frontier
    peril risk danger
    begin start commence
    end finish conclude complete
    help aid assist
    buy purchase
    show demonstrate
    big large
    huge enormous vast
    quick fast rapid swift
    quickly fast rapidly swiftly
    child kid youngster
    children kids youngsters
    people persons folk folks
    need require
    probe investigation inquiry
    firm company
    accord agreement pact deal
    talks negotiations
    attempt try
    worker employee
    doctor physician
    lawyer attorney
    car automobile vehicle
    film movie
    football soccer
    obtain acquire
    important significant
    whole entire
    enough sufficient
    build construct
    mistake error
    nation country
    answer reply
    happy glad pleased
    angry furious
    scared afraid frightened
    suffer sustain
    hurt injured wounded
    injury wound
    fire blaze
    quake earthquake temblor tremor
    blast explosion
    crash collision
    baby infant
    police cops officers
    gun firearm weapon
    shop store
    jail prison
    law legislation
    rule regulation
    scheduled planned
    teenager teen
    photo photograph picture
    choose pick select
    close shut
    jobs posts
    phone telephone
    gather assemble
    ill sick
    permit allow
    forbid ban prohibit
    fire dismiss sack
    hire employ
    home house
    homes houses
    """.strip().splitlines()
)
"""Words that stand for each other where outlets report or translate."""
