"""Names and phrases that count as the same, and those that do not."""

import pytest

from portavoce.evaluate.compare import same_actor, topics_matched


@pytest.mark.parametrize(
    ("gold", "predicted", "person", "same"),
    [
        ("Anna Verdi", "anna verdi", True, True),
        ("Anna Verdi", "Verdi", True, True),
        ("Anna Verdi", "Anna", True, False),
        ("Niccolò Però", "Nicolò Pero", True, False),
        ("Perù", "Peru", False, True),
        ("Nazioni Unite", "le Nazioni Unite", False, True),
        ("NATO", "NATO Response Force", False, True),
        ("ministro dell'Interno", "il ministro dell'Interno", False, True),
        ("comitato dei genitori della scuola", "genitori del comitato", False, True),
        ("comitato", "portavoce nazionale aggiunto ed emerito nominato comitato", False, False),
        ("il", "la", False, False),
        ("Verdi", "Bianchi", True, False),
    ],
)
def test_two_names_are_one_actor(gold, predicted, person, same):
    assert same_actor(gold, predicted, person=person) is same
    assert same_actor(predicted, gold, person=person) is same


@pytest.mark.parametrize(
    ("gold", "predicted", "matched"),
    [
        (["bilancio regionale"], ["bilanci"], 1),
        (["bilancio regionale"], ["bilancia"], 1),
        (["tasse", "tasse locali"], ["tasse"], 1),
        (["tasse", "scuola"], ["scuola elementare", "tassa sui rifiuti"], 1),
        (["tasse", "scuola"], ["scuole", "tasse"], 1),
        (["tasse"], ["sanità", "scuola", "sport", "tasse"], 0),
        (["ponte"], ["il ponte sul fiume che resta chiuso da mesi"], 0),
        (["G7"], ["vertice del G7"], 0),
        (["G7"], ["g7"], 1),
        ([], ["ponte"], 0),
        (["ponte"], [], 0),
    ],
)
def test_phrases_match_one_to_one(gold, predicted, matched):
    assert topics_matched(gold, predicted) == matched
