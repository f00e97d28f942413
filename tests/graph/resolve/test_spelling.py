"""Names of persons in parts, and spellings that sound the same."""

import pytest

from portavoce.graph.resolve.spelling import alike_given, gender_of, person_name, sound
from portavoce.ids import fold


@pytest.mark.parametrize(
    "spellings",
    [
        "Sergej Sergei Sergey Serghei",
        "Zelensky Zelenskyy Zelenskij Zelenskiy",
        "Lukashenko Lukašenko",
        "Juščenko Yushchenko",
        "Janukovyč Yanukovych",
        "Zacharova Zakharova",
        "Dmitrij Dmitry Dmitri Dmitriy",
        "Turčynov Turchynov Turcinov",
        "Netanyahu Netanjahu",
        "Assad Asad",
        "Poroshenko Porošenko",
    ],
)
def test_transliterations_of_one_name_sound_alike(spellings):
    assert len({sound(fold(word)) for word in spellings.split()}) == 1


@pytest.mark.parametrize("pair", ["Rossi Bianchi", "Monti Conti", "Putin Puten", "Renzi Ranzi", "Merkel Markel"])
def test_other_names_sound_otherwise(pair):
    one, other = pair.split()
    assert sound(fold(one)) != sound(fold(other))


@pytest.mark.parametrize(
    ("name", "given", "surname", "suffix"),
    [
        ("Anna Verdi", ("anna",), ("verdi",), ""),
        ("Verdi", (), ("verdi",), ""),
        ("Di Marco", (), ("di", "marco"), ""),
        ("Luca Di Marco", ("luca",), ("di", "marco"), ""),
        ("D'Angelo", (), ("d", "angelo"), ""),
        ("Ursula von der Leyen", ("ursula",), ("von", "der", "leyen"), ""),
        ("John R. Smith Jr.", ("john", "r"), ("smith",), "jr"),
        ("Smith senior", (), ("smith",), "sr"),
    ],
)
def test_a_name_has_given_names_and_a_surname_with_its_particles(name, given, surname, suffix):
    parts = person_name(name)
    assert (parts.given, parts.surname, parts.suffix) == (given, surname, suffix)


def test_signs_are_no_name():
    assert person_name("«…»") is None


def test_short_forms_and_other_languages_are_the_same_given_name():
    assert alike_given("joe", "joseph")
    assert alike_given("vladimir", "volodymyr")
    assert alike_given("beppe", "giuseppe")
    assert not alike_given("carlo", "carla")


def test_the_given_name_tells_man_and_woman():
    assert gender_of(person_name("Anna Verdi")) == "f"
    assert gender_of(person_name("Luca Verdi")) == "m"
    assert gender_of(person_name("Verdi")) == ""
