import pytest

from portavoce.errors import InputError, UnknownNameError
from portavoce.graph.build import build_graph
from portavoce.graph.query import actors, roles


def article(id_, day, text, name, words, *, organization=None, role=None):
    start = text.index(words)
    told = {
        "actor_id": "x",
        "role": role or words,
        "organization": organization,
        "evidence": {"start": start, "end": start + len(words)},
    }
    return {
        "id": id_,
        "text": text,
        "published": day,
        "actors": [{"id": "x", "name": name, "kind": "person"}],
        "roles": [told],
    }


@pytest.fixture
def offices():
    return build_graph([
        article("a", "2024-01-05", "Il ministro degli Esteri russo Ivan Gurov tace.", "Ivan Gurov", "ministro degli Esteri russo", organization="Esteri", role="ministro"),
        article("b", "2024-01-20", "Pavel Orlov, portavoce del Cremlino, tace.", "Pavel Orlov", "portavoce del Cremlino", organization="Cremlino", role="portavoce"),
        article("c", "2024-03-02", "Pavel Orlov, portavoce del Cremlino, parla.", "Pavel Orlov", "portavoce del Cremlino", organization="Cremlino", role="portavoce"),
        article("d", None, "La sindaca Rita Sala tace.", "Rita Sala", "sindaca"),
    ])  # fmt: skip


def found(answers):
    return [(a.name, a.role, a.organization, a.first, a.last) for a in answers]


def test_who_answered_for_a_country_in_a_month(offices):
    assert found(roles(offices, "Mosca", since="2024-01", until="2024-01")) == [
        ("Ivan Gurov", "ministro degli Esteri russo", "Russia", "2024-01-05", "2024-01-05"),
        ("Pavel Orlov", "portavoce", "Cremlino", "2024-01-20", "2024-01-20"),
    ]
    assert found(roles(offices, "Russia", since="2024-02")) == [
        ("Pavel Orlov", "portavoce", "Cremlino", "2024-03-02", "2024-03-02")
    ]


def test_an_office_seen_twice_is_one_with_its_first_and_last_day(offices):
    (orlov,) = roles(offices, "Cremlino")
    assert (orlov.first, orlov.last, orlov.articles) == ("2024-01-20", "2024-03-02", 2)
    assert [e.spans[0].text for e in orlov.evidence] == ["portavoce del Cremlino"] * 2


def test_somebodys_offices_and_all_offices(offices):
    assert found(roles(offices, "Sala")) == [("Rita Sala", "sindaca", None, None, None)]
    assert len(roles(offices)) == 3


def test_an_office_without_a_date_was_seen_on_no_day(offices):
    assert roles(offices, "Sala", since="1900") == []


def test_names_and_dates_that_are_none_are_told(offices):
    with pytest.raises(UnknownNameError):
        roles(offices, "Nessuno")
    with pytest.raises(InputError):
        roles(offices, since="gennaio")


def test_a_list_of_actors_names_a_body_that_the_words_of_the_office_do_not_name(offices):
    told = {a.name: a.roles for a in actors(offices)}
    assert told["Ivan Gurov"] == ("ministro degli Esteri russo",)
    assert told["Pavel Orlov"] == ("portavoce, Cremlino",)
