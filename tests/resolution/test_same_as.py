import pytest

from app.errors import BadTable
from app.resolution.same_as import read_same_as

TABLE = """\
qid\ttype\tlabel\taliases
Q101\tperson\tAda Okafor\tAda K. Okafor|Okafor
Q102\tperson\tBo Lund\t
Q103\tperson\tBo Lund
Q104\torganization\tThe Acmé Corporation\tACME
Q105\tplace\tPorto\tOporto
""".splitlines(keepends=True)


@pytest.mark.parametrize(
    ("entity_type", "name", "aliases", "qid"),
    [
        ("person", "ADA OKAFOR", (), "Q101"),
        ("person", "Mayor Okafor", ("Ada K. Okafor",), "Q101"),
        ("person", "Okafor", (), None),  # one word
        ("person", "Bo Lund", (), None),  # two bear it
        ("organization", "Acme Corp.", (), "Q104"),
        ("place", "Oporto", (), "Q105"),
        ("organization", "Porto", (), None),  # another type
        ("place", "Harbour", ("Lisbon",), None),
    ],
)
def test_a_name_that_one_id_bears_is_matched(entity_type, name, aliases, qid):
    match = read_same_as(TABLE).find(entity_type, name, aliases)
    assert (match and match.qid) == qid


def test_aliases_that_disagree_match_nothing():
    table = read_same_as(["Q1\tplace\tPorto", "Q2\tplace\tLisbon"])
    assert table.find("place", "The city", ("Porto", "Lisbon")) is None


@pytest.mark.parametrize(
    "line", ["Q1\tplace", "1\tplace\tPorto", "Q1\tghost\tPorto", "Q1\tplace\tPorto\ta\tb"]
)
def test_a_line_that_is_none_is_refused_with_its_number(line):
    with pytest.raises(BadTable, match="Line 2"):
        read_same_as(["Q1\tplace\tPorto", line])
