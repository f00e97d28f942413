"""Which halves of a quote belong to one attribution."""

from __future__ import annotations

import pytest

from portavoce.extract.acts import Attribution, Cue
from portavoce.extract.attribution.interrupted import with_both_halves

HALVES = """
    « « PUNCT 3 punct
    Il il DET 3 det
    conto_ conto NOUN 6 nsubj
    »_ » PUNCT 3 punct
    , , PUNCT 6 punct
    dice dire VERB 0 root VerbForm=Fin
    Ferri_ Ferri PROPN 6 nsubj B-PER
    , , PUNCT 6 punct
    « « PUNCT 11 punct
    non non ADV 11 advmod
    torna_ tornare VERB 6 ccomp VerbForm=Fin
    »_ » PUNCT 11 punct
    . . PUNCT 6 punct
"""  # «The bill», says Ferri, «does not add up».

CUE_LAST = """
    « « PUNCT 3 punct
    Il il DET 3 det
    conto_ conto NOUN 7 nsubj
    »_ » PUNCT 3 punct
    , , PUNCT 7 punct
    ha avere AUX 7 aux
    detto dire VERB 0 root VerbForm=Part
    « « PUNCT 10 punct
    non non ADV 10 advmod
    torna_ tornare VERB 7 ccomp VerbForm=Fin
    »_ » PUNCT 10 punct
    . . PUNCT 7 punct
"""  # «The bill», he said «does not add up».


def said(t, content):
    return [t.text[a:b] for a, b in content]


def one(t, *words: str, head: int = 5) -> Attribution:
    """An attribution by the cue *dice* whose content is the stretches between the given words, both included."""
    spans = []
    for part in words:
        first, last = part.split("…")
        spans.append((t.text.index(first), t.text.index(last) + len(last)))
    return Attribution(Cue("verb", head, head, head, "dire"), tuple(spans), "direct", "verb-cue/after", 0.9)


@pytest.mark.parametrize("half", ["Il…conto", "non…torna"])
def test_either_half_brings_the_other(parse, half):
    t = parse(HALVES)
    (found,) = with_both_halves(t, [one(t, half)])
    assert said(t, found.content) == ["Il conto", "non torna"]


def test_a_cue_right_before_the_second_half_needs_no_pause(parse):
    t = parse(CUE_LAST)
    (found,) = with_both_halves(t, [one(t, "Il…conto", head=6)])
    assert said(t, found.content) == ["Il conto", "non torna"]


def test_who_speaks_right_before_the_second_half_needs_one(parse):
    t = parse(
        HALVES.replace("    , , PUNCT 6 punct\n    « « PUNCT 11", "    « « PUNCT 11").replace("11 punct", "10 punct")
    )
    (found,) = with_both_halves(t, [one(t, "Il…conto")])
    assert said(t, found.content) == ["Il conto"]


def test_the_other_half_stays_where_it_is_somebody_elses(parse):
    t = parse(HALVES)
    found = with_both_halves(t, [one(t, "non…torna"), one(t, "Il…conto")])
    assert [said(t, a.content) for a in found] == [["non torna"], ["Il conto"]]


def test_a_capital_begins_another_quote(parse):
    t = parse(HALVES.replace("    non non ADV", "    Non non ADV"))
    (found,) = with_both_halves(t, [one(t, "Il…conto")])
    assert said(t, found.content) == ["Il conto"]


def test_behind_a_full_stop_the_next_quote_is_another_statement(parse):
    t = parse(HALVES.replace("    , , PUNCT 6 punct\n    « « PUNCT 11", "    . . PUNCT 6 punct\n    « « PUNCT 11"))
    (found,) = with_both_halves(t, [one(t, "Il…conto", "non…torna")])
    assert said(t, found.content) == ["Il conto"]
