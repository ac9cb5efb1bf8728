import pytest

from app.countries import COUNTRIES, country_of, nation_of


def test_no_name_belongs_to_two_countries():
    names = [alias for country in COUNTRIES for alias in (country.name, *country.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "country"), [("the U.S.", "United States"), ("us", None), ("Holland", "Netherlands")]
)
def test_country_is_told_by_any_of_its_names(name, country):
    assert country_of(name) == country


@pytest.mark.parametrize("word", ["Chile", "Chilean", "Chileans"])
def test_nation_is_told_by_name_and_adjective(word):
    assert nation_of(word) == "Chile"


@pytest.mark.parametrize(("capital", "country"), [("Lisbon", "Portugal"), ("Pyongyang", "North Korea")])
def test_nation_is_told_by_its_capital(capital, country):
    assert nation_of(capital) == country


def test_every_row_of_the_table_is_one_country():
    assert {"North Korea", "North Macedonia", "Norway"} <= {country.name for country in COUNTRIES}
