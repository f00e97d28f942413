"""Counting how often rules are right."""

from dataclasses import replace

import pytest

from portavoce.records import Article, Span, Statement

TEXT = "Neri ha detto che il ponte è chiuso. Po ha detto che piove."
counted = pytest.importorskip("training.rules").counted


def said(words, actor, rule=None):
    start = TEXT.index(words)
    return Statement(words, "indirect", (Span.of(TEXT, start, start + len(words)),), actor=actor, rule=rule)


def test_a_rule_is_right_where_it_is_found_and_its_actor_where_it_is_the_one():
    gold = Article("a", TEXT, statements=(said("il ponte è chiuso", "Neri"), said("piove", "Po")))
    rule = "verb-cue/after/ccomp…sentence"
    found = (
        said("il ponte è chiuso", "Neri", f"{rule}+name"),
        said("piove", "Neri", f"{rule}+antecedent of null"),
        said("Neri", None, "marks-alone+nobody for null"),
    )
    counts = counted([gold], [replace(gold, statements=found)])
    both = {"predicted": 2, "found": 2, "actor known": 2, "actor right": 1}
    assert counts["begins"]["ccomp"] == counts["whole"][rule] == both
    assert counts["speaker"]["antecedent"] == {"predicted": 1, "found": 1, "actor known": 1, "actor right": 0}
    assert counts["cue"]["marks-alone"]["predicted"] == 1
    assert counts["cue"]["noun-cue"]["predicted"] == 0
