"""The articles written for training are what their markup says, and break no rule that a program can see."""

from __future__ import annotations

import pytest

from training.articles import build
from training.articles.markup import SourceError

SOURCE = """\
id: esempio-001
category: economy

I conti del Comune

«[[c1|Non c'è un euro]]», [[k1|ha detto]] [[s1|il sindaco Ugo Bo]], «[[c1|e non ci sarà]]». [[k2|Ha aggiunto]] che [[c2|Bo resta]].
===
1 direct | Ugo Bo | person | euro
2 indirect | Ugo Bo | person | Bo | category=politics
PER: Ugo Bo; Bo
"""


def test_a_source_becomes_a_record_with_entities() -> None:
    record = build.article(SOURCE)
    first, second = record["statements"]
    assert [c["text"] for c in first["content"]] == ["Non c'è un euro", "e non ci sarà"]
    assert (first["cue"]["text"], first["speaker"]["text"], first["category"]) == (
        "ha detto",
        "il sindaco Ugo Bo",
        "economy",
    )
    assert (second["speaker"], second["category"]) == (None, "politics")
    assert [(e["text"], e["label"]) for e in record["entities"]] == [("Ugo Bo", "PER"), ("Bo", "PER")]
    assert all(record["text"][e["start"] : e["end"]] == e["text"] for e in record["entities"])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("PER: Ugo Bo; Bo", "PER: Ugo Bo; Rho", "not in the text"),
        ("2 indirect", "3 indirect", "statement 2 expected"),
        ("che [[c2|Bo resta]]", "[[c2|che Bo resta]]", "introducing word"),
        ("[[c2|Bo resta]].", "[[c2|Bo resta.]]", "stop"),
        ("| euro", "| a; b; c; d", "one to three"),
        ("1 direct | Ugo Bo", "1 direct | Ugo Boh", "not stand in the text"),
        ("[[k2|Ha aggiunto]]", "[[k3|Ha aggiunto]]", "k3: marked"),
    ],
)
def test_a_source_that_breaks_a_rule_is_told(old: str, new: str, told: str) -> None:
    assert old in SOURCE
    with pytest.raises(SourceError, match=told):
        build.article(SOURCE.replace(old, new))


def test_all_sources_hold_and_are_as_many_as_the_documentation_says() -> None:
    articles = build.build()
    statements = [s for a in articles for s in a["statements"]]
    assert (len(articles), len(statements)) == (505, 3012)
    told = (build.SOURCE.parent / "README.md").read_text(encoding="utf-8")
    assert "505 Italian news articles with 3,012 annotated statements" in told
    assert all(a["text"][e["start"] : e["end"]] == e["text"] for a in articles for e in a["entities"])
