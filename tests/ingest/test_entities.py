"""Which stored entities a new article may name."""

from app.db.engine import writing
from app.ingest.entities import find_candidates
from tests.factories import add_article, make_annotated


def candidate_named(engine, name, annotated):
    with writing(engine) as connection:
        [found] = [each for each in find_candidates(connection, annotated) if each.name == name]
    return found


def test_a_candidate_with_a_common_name_comes_with_the_company_it_keeps(engine):
    text = "John Smith met Ada Okafor in Lisbon."
    add_article(engine, make_annotated(text, people=("John Smith", "Ada Okafor")))
    found = candidate_named(engine, "John Smith", make_annotated("John Smith left.", people=("John Smith",)))
    assert found.company == {"john smith", "ada okafor"}


def test_company_is_not_looked_up_for_rarer_names(engine):
    add_article(engine, make_annotated("Ada Okafor met John Smith.", people=("John Smith", "Ada Okafor")))
    found = candidate_named(engine, "Ada Okafor", make_annotated("Ada Okafor left.", people=("Ada Okafor",)))
    assert found.company == frozenset()
