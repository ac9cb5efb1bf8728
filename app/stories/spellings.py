"""How houses spell English words differently. Data only: what is spelled so, not what it means."""

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

SPELLED_PARTS = tuple(
    (row.split()[0], row.split()[1])
    for row in """
    ageing aging
    aluminium aluminum
    amidst amid
    amongst among
    anaem anem
    anaesth anesth
    analogue analog
    archaeolog archeolog
    artefact artifact
    catalogue catalog
    cheque check
    cosy cozy
    counsellor counselor
    dialogue dialog
    diarrhoe diarrhe
    draught draft
    encyclopaed encycloped
    foet fet
    grey gray
    gynaec gynec
    haem hem
    jewellery jewelry
    judgement judgment
    kerb curb
    leukaem leukem
    licence license
    manoeuvre maneuver
    marvellous marvelous
    mould mold
    moustache mustache
    oestr estr
    orthopaed orthoped
    paed ped
    plough plow
    pyjama pajama
    scept skept
    sulph sulf
    tyre tire
    whilst while
    woollen woolen
    """.strip().splitlines()
)
"""Parts of words in British spelling and in American, wherever they stand: `snowplough`, `ploughed`."""

JOINED_PREFIXES = frozenset(
    """
    pre re co non anti multi semi counter post sub inter e un mid over under ultra
    """.split()
)
"""First halves after which a hyphen is a matter of house style: `pre-emptive`, `preemptive`."""
