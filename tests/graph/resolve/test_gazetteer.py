"""The gazetteer of the package and the user's own entries."""

import json

import pytest

from portavoce.errors import InputError
from portavoce.graph.resolve import Gazetteer
from portavoce.graph.resolve.gazetteer import Office, read_entries
from portavoce.graph.resolve.names import known_name
from portavoce.graph.resolve.spelling import person_name


def test_the_package_knows_office_holders_with_countries_and_days():
    (lavrov,) = Gazetteer.default().exact(person_name("Sergej Lavrov"))
    assert (lavrov.name, lavrov.wikidata, lavrov.countries) == ("Sergej Lavrov", "Q58217", ("Russia",))
    assert lavrov.rank_on("2022-01-21") == 1
    assert lavrov in Gazetteer.default().sounding(person_name("Sergei Lavrov"))
    assert lavrov in Gazetteer.default().of_surname(("lavrov",))


def test_every_entry_of_the_package_is_sound():
    """Ids look like ids and name one entry, countries are those of the table of names for all but territories."""
    entries = Gazetteer.default().entries
    assert len(entries) > 6000
    ids = [e.wikidata for e in entries if e.wikidata]
    assert len(set(ids)) == len(ids)
    assert all(id_[0] == "Q" and id_[1:].isdigit() for id_ in ids)
    countries = [c for e in entries for c in e.countries]
    known = [c for c in countries if (k := known_name(c, "country")) and k.canonical == c]
    assert len(known) > 0.98 * len(countries)
    assert all(e.gender in ("", "m", "f") for e in entries)


def test_an_office_is_held_from_its_first_to_its_last_day():
    office = Office("Minister of Health", "2020-01-01", "2021-01-01")
    assert office.held_on("2020-06-01")
    assert not office.held_on("2021-06-01")
    assert Office("Minister of Health", "2020-01-01").held_on("2030-01-01")
    assert not Office("Minister of Health").held_on("2020-06-01")
    assert (Office("Prime Minister").rank, office.rank, Office("Shadow Minister").rank, Office("Clerk").rank) == (
        2,
        1,
        0,
        0,
    )


def test_users_add_csv_and_json_lines(tmp_path):
    csv, jsonl = tmp_path / "own.csv", tmp_path / "own.jsonl"
    csv.write_text(
        "name,kind,aliases,wikidata,of_country\nPro Loco Bellano,organization,Pro Loco|La Pro,Q1,Italia\n", "utf-8"
    )
    offices = ["sindaca@2020-01-01@"]
    jsonl.write_text(json.dumps({"name": "Rita Sala", "offices": offices, "aliases": ["Sala Rita"]}) + "\n", "utf-8")
    body, person = (*read_entries(str(csv)), *read_entries(str(jsonl)))
    assert (body.kind, body.aliases, body.wikidata, body.own) == ("organization", ("Pro Loco", "La Pro"), "Q1", True)
    assert (person.kind, person.offices) == ("person", (Office("sindaca", "2020-01-01"),))
    gazetteer = Gazetteer.read([str(csv), str(jsonl)])
    assert gazetteer.bodies("la Pro Loco") == [body]
    assert gazetteer.exact(person_name("Sala Rita")) == [person]
    written = tmp_path / "again.jsonl"
    written.write_text("".join(json.dumps(e.to_json()) + "\n" for e in (body, person)), "utf-8")
    assert read_entries(str(written)) == [body, person]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("name,colour\nA,red\n", "colour"), ("name,kind\nA,robot\n", "robot"), ("name\n \n", "name is missing"), ("name,wikidata\nA,42\n", "42"), ("name,gender\nA,donna\n", "donna")],
)  # fmt: skip
def test_what_is_wrong_in_a_users_file_is_named(tmp_path, text, reason):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        read_entries(str(path))
