"""How houses spell English words differently. Data only: what is spelled so, not what it means."""

# Ending in British spelling and in American; both are compared in American
SPELLINGS = (
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
    ("elled", "eled"),
    ("elling", "eling"),
)

SPELLED_PARTS = tuple(
    (row.split()[0], row.split()[1])
    for row in """
    aeroplane airplane
    ageing aging
    aluminium aluminum
    amidst amid
    amongst among
    anaem anem
    anaesth anesth
    analogue analog
    archaeolog archeolog
    armour armor
    artefact artifact
    behaviour behavior
    burnt burned
    calibre caliber
    catalogue catalog
    centred centered
    centre center
    cheque check
    colour color
    cosy cozy
    counsellor counselor
    defence defense
    dialogue dialog
    diarrhoe diarrhe
    draught draft
    dreamt dreamed
    encyclopaed encycloped
    endeavour endeavor
    favour favor
    fibre fiber
    flavour flavor
    foet fet
    grey gray
    gynaec gynec
    haem hem
    harbour harbor
    honour honor
    humour humor
    instalment installment
    isation ization
    jewellery jewelry
    judgement judgment
    kerb curb
    labour labor
    learnt learned
    leukaem leukem
    licence license
    litre liter
    manoeuvr maneuver
    marshalled marshaled
    marvellous marvelous
    metre meter
    mould mold
    moustache mustache
    neighbour neighbor
    oestr estr
    offence offense
    orthopaed orthoped
    paed ped
    plough plow
    practis practic
    pretence pretense
    pyjama pajama
    rumour rumor
    savour savor
    scept skept
    skilful skillful
    sombre somber
    spectre specter
    sulph sulf
    theatre theater
    traveller traveler
    tumour tumor
    tyre tire
    vapour vapor
    vigour vigor
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
