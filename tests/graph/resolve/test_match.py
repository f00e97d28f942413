"""Scores of two full names, by what speaks for and against them."""

import pytest

from portavoce.graph.resolve.match import SAME, Score, compare_names
from portavoce.graph.resolve.spelling import person_name


def score(a, b):
    return compare_names(person_name(a), person_name(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sergej Lavrov", "Sergey Lavrov"),
        ("Sergej Lavrov", "Sergej Viktorovič Lavrov"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyj"),
        ("Joe Biden", "Joseph Biden"),
        ("Pier Luigi Verdi", "Pierluigi Verdi"),
        ("Carlo Alberto Neri", "Carlo Neri"),
        ("Marco Neri Jr.", "Marco Neri"),
        ("Brindisi Marco Neri", "Marco Neri"),
    ],
)
def test_spellings_of_one_name_are_one_person(a, b):
    assert score(a, b).value >= SAME
    assert score(b, a).value == score(a, b).value


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Anna Verdi", "Luca Verdi"),
        ("Andrea Rossi", "Andrea Rosi"),  # Italian surnames differ by a letter
        ("Mario Sala", "Mario Salla"),
        ("Marco Neri Jr.", "Marco Neri Sr."),
        ("George W. Neri", "George H. W. Neri"),
        ("Maria Teresa Verdi", "Carlo Maria Verdi"),
        ("Bobby Neri", "Bobbi Carla Neri"),
    ],
)
def test_other_persons_are_not_joined(a, b):
    assert score(a, b).value < SAME


def test_a_surname_alone_is_no_full_name():
    assert score("Verdi", "Anna Verdi").features == ()


def test_a_score_names_what_it_is_made_of():
    assert str(score("Joe Biden", "Joseph Biden")) == "surname +0.50, given name in another form +0.36"
    assert Score((("a", 0.5), ("b", -0.2))).value == 0.3
