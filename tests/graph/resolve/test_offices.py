"""Offices in the words of a record."""

import pytest

from portavoce.graph.resolve.offices import offices_of
from portavoce.records import Article

TEXT = (
    "Il ministro degli Esteri russo Ivan Gurov e il premier cinese Li Mo. Il portavoce del Cremlino ha detto che piove."
)


def mark(words):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def offices(**record):
    article = Article.from_json({"id": "a", "text": TEXT, **record})
    return [(o.holder, o.role, o.organization, o.country, o.evidence.text) for o in offices_of(article)]


@pytest.mark.parametrize(
    ("role", "organization", "words", "expected"),
    [
        ("ministro", "Esteri", "ministro degli Esteri russo", ("ministro degli Esteri russo", None, "Russia")),
        ("premier cinese", None, "premier cinese", ("premier cinese", None, "Cina")),
        ("portavoce", "Cremlino", "portavoce del Cremlino", ("portavoce", "Cremlino", None)),
        ("cantante russo", None, "russo", ("cantante russo", None, None)),
    ],
)
def test_a_role_is_held_at_a_body_or_for_a_country(role, organization, words, expected):
    told = {"actor_id": "Ivan Gurov", "role": role, "organization": organization, "evidence": mark(words)}
    assert offices(roles=[told]) == [("Ivan Gurov", *expected, words)]


def said(**fields):
    return {"kind": "indirect", "content": [mark("piove")], "actor": "Pavel Orlov", "actor_kind": "person", **fields}


def test_who_is_called_by_an_office_holds_it():
    assert offices(statements=[said(speaker=mark("Il portavoce del Cremlino"))]) == [
        ("Pavel Orlov", "portavoce", "Cremlino", None, "Il portavoce del Cremlino")
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"speaker": mark("Il portavoce del Cremlino"), "actor": "il portavoce"},  # nobody with a name
        {"speaker": mark("Il portavoce del Cremlino"), "actor_kind": "organization"},
        {"speaker": mark("Ivan Gurov"), "actor": "Ivan Gurov"},
        {"speaker": mark("russo Ivan Gurov"), "actor": "Ivan Gurov"},
        {"speaker": mark("portavoce del Cremlino")},
        {},
    ],
)
def test_names_and_those_without_a_name_hold_no_office(fields):
    assert offices(statements=[said(**fields)]) == []


@pytest.mark.parametrize("words", ["Il portavoce del Cremlino", "portavoce"])
def test_an_office_is_told_once(words):
    told = {"actor_id": "Pavel Orlov", "role": "portavoce", "organization": "Cremlino", "evidence": mark(words)}
    assert len(offices(roles=[told], statements=[said(speaker=mark("Il portavoce del Cremlino"))])) == 1


def test_an_office_of_another_in_the_words_for_a_speaker_takes_nothing_from_him():
    told = {"actor_id": "Ivan Gurov", "role": "capo", "organization": None, "evidence": mark("Cremlino")}
    assert len(offices(roles=[told], statements=[said(speaker=mark("Il portavoce del Cremlino"))])) == 2
