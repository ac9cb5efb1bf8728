"""Places below and above countries: the cities of the world, states and provinces, continents and regions."""

import unicodedata
from functools import cache
from importlib.resources import files

# Regions, continents, states and provinces as news names them, one name an entry. Written by hand.
_REGIONS = """
Africa, America, Americas, Antarctica, Arctic, Asia, Europe, Oceania, North America, South America, Latin America,
Central America, Central Asia, Southeast Asia, East Asia, South Asia, Eastern Europe, Western Europe, Middle East,
Scandinavia, Balkans, Caribbean, Caucasus, Crimea, Siberia, Sahel, Sahara, Maghreb, Levant, Himalayas, Alps, Andes,
Pyrenees, Rockies, Appalachia, Midwest, New England, Silicon Valley, Wall Street,
Atlantic, Pacific, Mediterranean, Baltic, Adriatic, Black Sea, Red Sea, South China Sea, Persian Gulf, Gulf of Mexico,
Amazon Basin, Nile, Danube, Rhine, Thames, Mekong, Kashmir, Tibet, Xinjiang, Catalonia, Basque Country, Bavaria,
Saxony, Tuscany, Sicily, Sardinia, Lombardy, Normandy, Brittany, Provence, Corsica, Andalusia, Galicia, Flanders,
Wallonia, Donbas, Donetsk, Luhansk, Chechnya, Dagestan, Transnistria, Abkhazia, South Ossetia, Nagorno-Karabakh,
Gaza, Gaza Strip, West Bank, Golan Heights, Sinai, Darfur, Helmand, Punjab, Sindh, Balochistan, Gujarat, Kerala,
Tamil Nadu, Maharashtra, Uttar Pradesh, Bihar, Assam, West Bengal, Rajasthan, Karnataka, Okinawa, Hokkaido, Fukushima,
Guangdong, Sichuan, Hubei, Yunnan, Inner Mongolia, Java, Sumatra, Bali, Borneo, Aceh, Papua, Mindanao, Luzon,
England, Scotland, Wales, Northern Ireland, Cornwall, Devon, Kent, Essex, Sussex, Surrey, Yorkshire, Lancashire,
Merseyside, Cumbria, Norfolk, Suffolk, Hampshire, Dorset, Somerset, Ulster, Hong Kong, Macau, Puerto Rico, Guam,
Greenland, Bermuda, Gibraltar, Isle of Man, Jersey, Guernsey, Falkland Islands, Cayman Islands, French Guiana,
Guadeloupe, Martinique, New Caledonia, Western Sahara, Somaliland, Kurdistan, Congo, Korea, Korean Peninsula,
Soviet Union, USSR, Yugoslavia, Czechoslovakia, East Germany, West Germany,
Ontario, Quebec, Nova Scotia, New Brunswick, Manitoba, British Columbia, Prince Edward Island, Saskatchewan, Alberta,
Newfoundland, Labrador, Yukon, Nunavut, Northwest Territories, New South Wales, Victoria, Queensland, South Australia,
Western Australia, Tasmania, Northern Territory, Australian Capital Territory,
New York, New York City, Washington D.C., Washington DC, Los Angeles, L.A., San Francisco, Manhattan, Brooklyn,
Queens, Bronx, Staten Island, Harlem, Hollywood, Long Island, Westminster, Whitehall, Brussels, Geneva, The Hague
"""

# States of the United States and their Associated Press abbreviations ("Springfield, Ill."). The shortest postal
# ones are left out: "OR", "IN" and "ME" are words.
_STATES = """
Alabama, Ala.; Alaska; Arizona, Ariz.; Arkansas, Ark.; California, Calif.; Colorado, Colo.; Connecticut, Conn.;
Delaware, Del.; Florida, Fla.; Georgia, Ga.; Hawaii; Idaho; Illinois, Ill.; Indiana, Ind.; Iowa; Kansas, Kan.;
Kentucky, Ky.; Louisiana, La.; Maine; Maryland, Md.; Massachusetts, Mass.; Michigan, Mich.; Minnesota, Minn.;
Mississippi, Miss.; Missouri, Mo.; Montana, Mont.; Nebraska, Neb.; Nevada, Nev.; New Hampshire, N.H.;
New Jersey, N.J.; New Mexico, N.M.; North Carolina, N.C.; North Dakota, N.D.; Ohio; Oklahoma, Okla.; Oregon, Ore.;
Pennsylvania, Pa.; Rhode Island, R.I.; South Carolina, S.C.; South Dakota, S.D.; Tennessee, Tenn.; Texas;
Utah; Vermont, Vt.; Virginia, Va.; West Virginia, W.Va.; Wisconsin, Wis.; Wyoming, Wyo.; District of Columbia, D.C.
"""

STATES = frozenset(name.strip() for name in _STATES.replace(";", ",").split(","))
REGIONS = frozenset(name.strip() for name in _REGIONS.split(",")) | STATES


@cache
def cities() -> frozenset[str]:
    """Return the cities of 100,000 people and more, folded; facts from GeoNames (CC BY 4.0)."""
    lines = files("app.nlp.data").joinpath("cities.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def is_city(name: str) -> bool:
    """Whether a city of 100,000 people and more is called so, diacritics or not: `Zürich`, `Zurich`."""
    return _fold(name) in cities()


def is_region(name: str) -> bool:
    """Whether a continent, region, state or province is called so: `Calif.`, `Bavaria`."""
    return name in REGIONS or name + "." in REGIONS


def _fold(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
