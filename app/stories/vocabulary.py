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
}
CONTRACTED_ENDINGS = {"n't": "not", "'ll": "will", "'re": "be", "'ve": "have", "'d": "", "'s": ""}

BASE_FORMS = {
    form: base
    for base, forms in {
        "be": "is am are was were been being",
        "have": "has had having",
        "do": "does did done doing",
        "will": "would",
        "can": "could",
        "may": "might",
        "say": "says said saying",
        "tell": "told",
        "think": "thought",
        "know": "knew known",
        "believe": "believed",
        "get": "got gotten",
        "find": "found",
        "go": "went gone goes",
        "take": "took taken",
        "give": "gave given",
        "come": "came",
        "see": "saw seen",
        "make": "made",
        "leave": "left",
        "hold": "held",
        "lose": "lost",
        "build": "built",
        "rebuild": "rebuilt",
        "begin": "began begun",
        "speak": "spoke spoken",
        "stand": "stood",
        "send": "sent",
        "spend": "spent",
        "win": "won",
        "pay": "paid",
        "meet": "met",
        "keep": "kept",
        "feel": "felt",
        "bring": "brought",
        "buy": "bought",
        "fall": "fell fallen",
        "rise": "rose risen",
        "break": "broke broken",
        "grow": "grew grown",
        "write": "wrote written",
        "run": "ran",
        "fight": "fought",
        "choose": "chose chosen",
        "die": "died dies dying",
        "lie": "lied lies lying",
    }.items()
    for form in forms.split()
}

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

# Ending in British spelling and in American; both are compared in American
SPELLINGS = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("ours", "ors"),
    ("oured", "ored"),
    ("our", "or"),
    ("bours", "bors"),
    ("ogramme", "ogram"),
    ("ogrammes", "ograms"),
    ("entre", "enter"),
    ("entres", "enters"),
    ("metre", "meter"),
    ("metres", "meters"),
    ("efence", "efense"),
    ("elled", "eled"),
    ("elling", "eling"),
)

JOINED_PREFIXES = frozenset(
    """
    pre re co non anti multi semi counter post sub inter e un mid over under ultra
    """.split()
)
"""First halves after which a hyphen is a matter of house style: `pre-emptive`, `preemptive`."""

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
    """.strip().splitlines()
)
"""Words of which one does not stand for another."""
