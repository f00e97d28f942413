"""The table of what each stage adds."""

from __future__ import annotations

from itertools import pairwise

from portavoce.extract.attribution.choice import AttributionModel
from tests.extract.conftest import parse, parse_doc, vocab  # noqa: F401 - fixtures
from training.ablation import by_lists, rows

REPORT = """
    Neri Neri PROPN 2 nsubj B-PER
    dice dire VERB 0 root Number=Sing|Person=3|VerbForm=Fin
    che che SCONJ 4 mark
    piove piovere VERB 2 ccomp Number=Sing|Person=3|VerbForm=Fin
    . . PUNCT 2 punct

    Neri Neri PROPN 2 nsubj B-PER
    compra comprare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
    pane pane NOUN 2 obj
    . . PUNCT 2 punct
"""


def test_the_lists_alone_take_what_nearly_always_reports(parse):  # noqa: F811 - the fixture
    t = parse(REPORT)
    found = by_lists(AttributionModel.load("it")).attributions(t)
    assert [[t.text[a:b] for a, b in x.content] for x in found] == [["piove"]]


def test_each_row_adds_one_thing():
    made = list(rows())
    assert [name.startswith("+") for name, *_ in made] == [False, *[True] * (len(made) - 1)]
    assert [evidence for *_, evidence in made] == sorted(evidence for *_, evidence in made)
    assert all((a[1], a[2]) != (b[1], b[2]) for a, b in pairwise(made))
