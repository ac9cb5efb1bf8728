"""Honorifics, and the offices and occupations that name a person's role."""

from app.documents import Gender
from app.nlp.data import words

# Written straight before a name. Value: what it says of the bearer's gender.
HONORIFICS: dict[str, Gender | None] = {
    "mr": "male",
    "mister": "male",
    "sir": "male",
    "lord": "male",
    "mrs": "female",
    "ms": "female",
    "miss": "female",
    "madam": "female",
    "madame": "female",
    "dame": "female",
    "lady": "female",
    "mx": None,
    "sheikha": "female",
    "signora": "female",
    "señora": "female",
    "señor": "male",
    "monsieur": "male",
    "herr": "male",
    "frau": "female",
    "baroness": "female",
    "baron": "male",
    "countess": "female",
    "duchess": "female",
    "duke": "male",
    "earl": "male",
    "cllr": None,
    "ald": None,
    "dr": None,
    "prof": None,
    "rev": None,
    "reverend": None,
    "fr": None,
    "father": "male",
    "brother": "male",
    "sister": "female",
    "hon": None,
    "sen": None,
    "rep": None,
    "gov": None,
    "lt": None,
    "col": None,
    "gen": None,
    "maj": None,
    "capt": None,
    "cmdr": None,
    "adm": None,
    "sgt": None,
    "cpl": None,
    "pvt": None,
    "brig": None,
    "det": None,
    "insp": None,
    "supt": None,
    "pres": None,
    "king": "male",
    "queen": "female",
    "prince": "male",
    "princess": "female",
    "sheikh": "male",
    "sultan": "male",
    "imam": "male",
    "pope": "male",
    "saint": None,
    "st": None,
}

# Two printings of one title: "Sergeant Ana Hall" is "Sgt Hall" later.
_TITLE_ABBREVIATIONS = """
adm:admiral brig:brigadier capt:captain cllr:councillor cmdr:commander col:colonel cpl:corporal
det:detective dr:doctor gen:general gov:governor insp:inspector lt:lieutenant maj:major miss:ms mrs:ms
pres:president prof:professor pvt:private rep:representative rev:reverend sen:senator sgt:sergeant
supt:superintendent
"""
TITLE_ABBREVIATIONS = dict(pair.split(":") for pair in _TITLE_ABBREVIATIONS.split())

# One line is one office under several words; "the envoy" may take up "Ambassador X". The first names the
# class.
_OFFICES = """
ambassador, top diplomat, envoy, chief envoy
president, head of state
prime minister, premier, head of government
chancellor
vice president, vice-president
foreign minister, foreign secretary, secretary of state
finance minister, treasury secretary, chancellor of the exchequer
defense minister, defence minister, defense secretary, defence secretary, defense chief, defence chief
minister, secretary
spokesman, spokeswoman, spokesperson, press secretary
governor
mayor
senator
congressman, congresswoman, representative
lawmaker, legislator, member of parliament, mp, deputy, parliamentarian
chief executive, chief executive officer, ceo
chief financial officer, cfo
chairman, chairwoman, chairperson, chair
director general, director-general, secretary general, secretary-general
director
executive director
managing director
founder, co-founder, cofounder
owner, co-owner
leader, party leader
dictator, strongman
king, monarch
queen
prince
princess
pope, pontiff
bishop
archbishop
cardinal
imam
rabbi
pastor, vicar
priest
general, army chief, commander
admiral
colonel
lieutenant
captain, skipper
major
sergeant
officer
police chief, chief of police, commissioner
sheriff
detective, inspector
judge, magistrate
justice, chief justice
prosecutor, attorney general, district attorney
lawyer, attorney, barrister, solicitor
activist, campaigner
analyst
economist
professor, academic
researcher
scientist
historian
physicist
biologist
engineer
astronaut, cosmonaut
doctor, physician, surgeon
nurse
teacher, headteacher, principal
student
author, writer, novelist
poet
journalist, reporter, correspondent
editor, editor-in-chief
columnist, commentator
photographer
blogger
actor
actress
singer, vocalist
musician
rapper
drummer
guitarist
composer
artist, painter
film-maker, filmmaker
producer
comedian
presenter, host, broadcaster
coach, head coach, manager
striker, forward
midfielder
defender
goalkeeper, keeper
quarterback
player
footballer
swimmer
runner
cyclist
boxer
athlete, sprinter
driver
pilot
referee
candidate, nominee
diplomat
official
adviser, advisor, aide
consultant
expert
critic
businessman, businesswoman, entrepreneur
billionaire
banker
trader
farmer
developer
programmer
designer
architect
curator
librarian
archaeologist
head, chief, boss
treasurer
councillor, councilor, councilman, councilwoman
chief of staff
negotiator
soldier
rebel
militant
defector
suspect
victim
witness
survivor
resident
organizer, organiser
volunteer
investigator
coroner, medical examiner
guard, watchman
warden
firefighter, fireman
paramedic
midwife
pharmacist, chemist
dentist
vet, veterinarian
psychologist, psychiatrist, therapist
statistician
meteorologist, forecaster
geologist
astronomer
oceanographer
ecologist
conservationist
anthropologist
sociologist
philosopher
theologian
mathematician
inventor
developer, programmer
hacker
architect
builder, contractor
carpenter, joiner
plumber
electrician
mechanic
farmer, grower
fisherman, fisher
shepherd
baker
chef, cook
waiter, waitress
barber, hairdresser
shopkeeper, grocer
trader, broker
accountant, auditor
investor
insurer
landlord, landlady
tenant
taxi driver, cab driver
lorry driver, truck driver
bus driver
courier
sailor, seaman
conductor, maestro
pianist
violinist
cellist
soprano, mezzo, tenor, baritone
dancer, ballerina
choreographer
playwright, dramatist
screenwriter
sculptor
designer
model
magician
publisher
translator
interpreter
archivist
lecturer
caretaker, janitor
cleaner
receptionist
union leader, union chief
campaign manager
strategist, pollster
lobbyist
ombudsman
auditor general
superintendent
constable, trooper, deputy sheriff
ranger
marshal
defendant, accused
claimant, plaintiff
applicant
patient
bystander
customer
passenger
neighbour, neighbor
parishioner
pensioner
teenager
climber, mountaineer
skier
rower
golfer
tennis player
jockey
racer, racing driver
gymnast
batsman, batter
bowler
pitcher
winger
centre-back, center-back, full-back
fly-half
substitute
team captain
selector
umpire, linesman
"""


def _classes(table: str) -> dict[str, str]:
    rows = [[word.strip() for word in line.split(",")] for line in table.strip().splitlines()]
    return {word: row[0] for row in rows for word in row}


# Office, in lower case, to the office that stands for its class.
OFFICES = _classes(_OFFICES)
LONGEST_OFFICE = max(len(office.split()) for office in OFFICES)

# Offices that in lower case are mostly adjectives: "a major general strike".
ADJECTIVE_OFFICES = frozenset(("major", "general", "principal", "forward"))

# The first of a line is a wider word for the others: "the officer" may be the sergeant.
_WIDER = """
officer, sergeant, detective, captain, lieutenant, colonel, major, police chief, superintendent, constable
minister, foreign minister, finance minister, defense minister
player, striker, midfielder, defender, goalkeeper, winger, centre-back, substitute, footballer
singer, soprano, rapper
scientist, physicist, biologist, geologist, astronomer, ecologist
head, chief executive, chairman, managing director
author, poet, playwright
driver, taxi driver, lorry driver, bus driver
"""
WIDER_OFFICES = {office: wider for office, wider in _classes(_WIDER).items() if office != wider}

# Offices that say the holder's gender.
OFFICE_GENDER: dict[str, Gender] = {
    **dict.fromkeys(
        ("spokesman", "chairman", "congressman", "businessman", "councilman", "king", "prince", "actor"),
        "male",
    ),
    **dict.fromkeys(("pope", "pontiff", "imam"), "male"),
    **dict.fromkeys(
        (
            "spokeswoman",
            "chairwoman",
            "congresswoman",
            "businesswoman",
            "councilwoman",
            "queen",
            "princess",
            "actress",
        ),
        "female",
    ),
}

# Offices also written as titles before a name, so that the model takes them into it: "President Ana Lopes".
TITLES = words(
    """
    president senator governor mayor minister secretary chancellor premier ambassador chairman chairwoman
    judge justice captain colonel general major admiral sergeant lieutenant officer inspector detective
    sheriff commissioner professor doctor coach chief director bishop archbishop cardinal pastor rabbi
    spokesman spokeswoman congressman congresswoman representative councillor former vice deputy acting
    prime foreign defense defence finance interior then late
    """
)
