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

# Offices and occupations, in lower case.
_OFFICES = """
academic, accountant, accused, activist, actor, actress, admiral, adviser, advisor, aide, ambassador,
analyst, anthropologist, applicant, archaeologist, archbishop, architect, archivist, army chief, artist,
astronaut, astronomer, athlete, attorney, attorney general, auditor, auditor general, author, baker,
ballerina, banker, barber, baritone, barrister, batsman, batter, billionaire, biologist, bishop, blogger,
boss, bowler, boxer, broadcaster, broker, builder, bus driver, businessman, businesswoman, bystander, cab
driver, campaign manager, campaigner, candidate, captain, cardinal, caretaker, carpenter, cellist,
center-back, centre-back, ceo, cfo, chair, chairman, chairperson, chairwoman, chancellor, chancellor of the
exchequer, chef, chemist, chief, chief envoy, chief executive, chief executive officer, chief financial
officer, chief justice, chief of police, chief of staff, choreographer, claimant, cleaner, climber,
co-founder, co-owner, coach, cofounder, colonel, columnist, comedian, commander, commentator, commissioner,
composer, conductor, congressman, congresswoman, conservationist, constable, consultant, contractor, cook,
coroner, correspondent, cosmonaut, councillor, councilman, councilor, councilwoman, courier, critic,
curator, customer, cyclist, dancer, defector, defence chief, defence minister, defence secretary, defendant,
defender, defense chief, defense minister, defense secretary, dentist, deputy, deputy sheriff, designer,
detective, developer, dictator, diplomat, director, director general, director-general, district attorney,
doctor, dramatist, driver, drummer, ecologist, economist, editor, editor-in-chief, electrician, engineer,
entrepreneur, envoy, executive director, expert, farmer, film-maker, filmmaker, finance minister,
firefighter, fireman, fisher, fisherman, fly-half, footballer, forecaster, foreign minister, foreign
secretary, forward, founder, full-back, general, geologist, goalkeeper, golfer, governor, grocer, grower,
guard, guitarist, gymnast, hacker, hairdresser, head, head coach, head of government, head of state,
headteacher, historian, host, imam, inspector, insurer, interpreter, inventor, investigator, investor,
janitor, jockey, joiner, journalist, judge, justice, keeper, king, landlady, landlord, lawmaker, lawyer,
leader, lecturer, legislator, librarian, lieutenant, linesman, lobbyist, lorry driver, maestro, magician,
magistrate, major, manager, managing director, marshal, mathematician, mayor, mechanic, medical examiner,
member of parliament, meteorologist, mezzo, midfielder, midwife, militant, minister, model, monarch,
mountaineer, mp, musician, negotiator, neighbor, neighbour, nominee, novelist, nurse, oceanographer,
officer, official, ombudsman, organiser, organizer, owner, painter, paramedic, parishioner, parliamentarian,
party leader, passenger, pastor, patient, pensioner, pharmacist, philosopher, photographer, physician,
physicist, pianist, pilot, pitcher, plaintiff, player, playwright, plumber, poet, police chief, pollster,
pontiff, pope, premier, presenter, president, press secretary, priest, prime minister, prince, princess,
principal, producer, professor, programmer, prosecutor, psychiatrist, psychologist, publisher, quarterback,
queen, rabbi, racer, racing driver, ranger, rapper, rebel, receptionist, referee, reporter, representative,
researcher, resident, rower, runner, sailor, scientist, screenwriter, sculptor, seaman, secretary, secretary
general, secretary of state, secretary-general, selector, senator, sergeant, shepherd, sheriff, shopkeeper,
singer, skier, skipper, sociologist, soldier, solicitor, soprano, spokesman, spokesperson, spokeswoman,
sprinter, statistician, strategist, striker, strongman, student, substitute, superintendent, surgeon,
survivor, suspect, swimmer, taxi driver, teacher, team captain, teenager, tenant, tennis player, tenor,
theologian, therapist, top diplomat, trader, translator, treasurer, treasury secretary, trooper, truck
driver, umpire, union chief, union leader, vet, veterinarian, vicar, vice president, vice-president, victim,
violinist, vocalist, volunteer, waiter, waitress, warden, watchman, winger, witness, writer
"""
_OFFICE_GENDER: dict[str, Gender] = {
    **dict.fromkeys(
        words("actor businessman chairman congressman councilman imam king pontiff pope prince spokesman"),
        "male",
    ),
    **dict.fromkeys(
        words("actress businesswoman chairwoman congresswoman councilwoman princess queen spokeswoman"),
        "female",
    ),
}

# Office, in lower case, to the gender it tells of its holder.
OFFICES: dict[str, Gender | None] = {
    office.strip(): _OFFICE_GENDER.get(office.strip()) for office in _OFFICES.split(",")
}
LONGEST_OFFICE = max(len(office.split()) for office in OFFICES)

# Offices that in lower case are mostly adjectives: "a major general strike".
ADJECTIVE_OFFICES = frozenset(("major", "general", "principal", "forward"))

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
