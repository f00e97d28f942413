"""Every mistake falls into one class, shown on a pair of records for each."""

from dataclasses import replace
from typing import get_args

import pytest

from portavoce.evaluate.mistakes import ERROR_CLASSES, Comparison, ErrorClass
from portavoce.records import Article, Span, Statement

TEXT = (
    "La preside Rosa Neri ha detto che la palestra nuova riapre lunedì e che i corsi serali ripartono in aprile. "
    "«Abbiamo aspettato troppo», ha aggiunto. Per il bidello «servono altre due caldaie nuove». Fuori piove."
)
WHOLE = "la palestra nuova riapre lunedì e che i corsi serali ripartono in aprile"
FIRST, SECOND = "la palestra nuova riapre lunedì", "i corsi serali ripartono in aprile"
WAITED, BOILERS = "Abbiamo aspettato troppo", "servono altre due caldaie nuove"


def span(words):
    start = TEXT.index(words)
    return Span.of(TEXT, start, start + len(words))


def said(*contents, kind="indirect", speaker="La preside Rosa Neri", actor="Rosa Neri", actor_kind="person"):
    return Statement(
        id=contents[0], kind=kind, content=tuple(map(span, contents)), speaker=span(speaker) if speaker else None,
        actor=actor, actor_kind=actor_kind,
    )  # fmt: skip


def errors(gold, predicted):
    return [m.error for m in Comparison(Article("a", TEXT, statements=tuple(gold)), predicted).mistakes()]


IMPLICIT = said(WAITED, kind="direct", speaker=None)
CASES = {
    "nothing predicted": ([said(WHOLE)], [], ["missed"]),
    "predicted too short": ([said(WHOLE)], [said(FIRST[:16])], ["missed under .5", "extra overlap"]),
    "missed inside of another": (
        [said(WHOLE), said("in aprile", kind="mixed")], [said(WHOLE)], ["missed in another"],
    ),
    "predicted in two": ([said(WHOLE)], [said(FIRST), said(SECOND)], ["split or merged", "extra overlap", "extra overlap"]),
    "a long part and a short one": (
        [said(WHOLE)], [said(WHOLE[:45]), said("ripartono in aprile")], ["split or merged", "extra overlap"],
    ),
    "two predicted as one": ([said(FIRST), said(SECOND)], [said(WHOLE)], ["split or merged", "split or merged", "extra overlap"]),
    "a short one swallowed": ([said(WHOLE[:66]), said("in aprile")], [said(WHOLE)], ["split or merged"]),
    "predicted twice": ([said(WHOLE)], [said(WHOLE), said(WHOLE)], ["extra overlap"]),
    "starts late": ([said(WHOLE)], [said(WHOLE[25:])], ["boundary left"]),
    "ends early": ([said(WHOLE)], [said(WHOLE[:45])], ["boundary right"]),
    "starts late and ends early": ([said(WHOLE)], [said(WHOLE[9:60])], ["boundary both"]),
    "leaves the middle out": ([said(WHOLE)], [said("la palestra nuova", SECOND)], ["boundary inside"]),
    "nearly right": ([said(WHOLE)], [said(WHOLE[3:])], []),
    "nothing there": ([], [said("Fuori piove")], ["extra"]),
    "another name for the mention": ([said(WHOLE)], [said(WHOLE, actor="Ugo Bo")], ["wrong actor, right mention"]),
    "another mention": (
        [said(WHOLE)], [said(WHOLE, speaker="il bidello", actor="bidello")], ["wrong actor, wrong mention"],
    ),
    "no mention": ([said(WHOLE)], [said(WHOLE, speaker=None, actor="bidello")], ["wrong actor, wrong mention"]),
    "another antecedent": ([IMPLICIT], [replace(IMPLICIT, actor="bidello")], ["wrong antecedent"]),
    "an actor out of nothing": ([replace(IMPLICIT, actor=None)], [IMPLICIT], ["actor not in gold"]),
    "no actor": ([IMPLICIT], [replace(IMPLICIT, actor=None)], ["actor missing"]),
    "another kind": ([said(BOILERS, kind="mixed")], [said(BOILERS, kind="direct")], ["wrong kind"]),
    "several at once": (
        [said(WHOLE)], [said(WHOLE[25:], kind="direct", actor=None)], ["boundary left", "actor missing", "wrong kind"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("gold", "predicted", "expected"), CASES.values(), ids=CASES)
def test_a_difference_has_its_class(gold, predicted, expected):
    assert errors(gold, predicted) == expected


def test_every_class_has_its_case():
    assert {error for *_, expected in CASES.values() for error in expected} == set(ERROR_CLASSES)
    assert tuple(ERROR_CLASSES) == get_args(ErrorClass)


def test_a_nested_pair_that_is_found_is_neither_split_nor_merged():
    outer, inner = said(WHOLE), said(SECOND, kind="mixed")
    assert errors([outer, inner], [outer, inner]) == []
    assert errors([outer, inner], [said(WHOLE[25:]), inner]) == ["boundary left"]


def test_a_mistake_knows_its_statements():
    gold = Article("a", TEXT, statements=(said(WHOLE), IMPLICIT))
    found = Comparison(gold, [said("Fuori piove"), replace(IMPLICIT, actor=None)])
    assert [(m.what, m.gold, m.predicted) for m in found.mistakes()] == [
        ("actor", 1, 1), ("missed", 0, None), ("extra", None, 0),
    ]  # fmt: skip
