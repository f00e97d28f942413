"""Relations against gold ones, counted by hand, and with the figures of the reference scorer."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from portavoce.evaluate import score
from portavoce.records import Actor, Article, Relation, Span

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
TEXT = "La Polonia accusa la Svezia. Luca Moro incontra Anna Ferri, presidente della Croce Verde."
HERE = Span.of(TEXT, 0, 28)


def relation(source: str, type_: str, target: str) -> Relation:
    return Relation(source, type_, target, HERE, HERE)


ARTICLE = Article(
    "a", TEXT, extracted=True,
    relations=(
        relation("Polonia", "accuse", "Svezia"), relation("Luca Moro", "consult", "Anna Ferri"),
        relation("Anna Ferri", "role", "Croce Verde"),
    ),
)  # fmt: skip


def figures(*relations: Relation, **changes):
    return score([ARTICLE], [replace(ARTICLE, relations=relations, **changes)]).figures


def test_gold_against_itself_is_perfect():
    found = figures(*ARTICLE.relations)
    assert [found[name] for name in ("Pair", "Typed", "Action", "Role")] == [(1.0, 1.0, 1.0)] * 4


def test_another_type_is_the_right_pair():
    found = figures(relation("Polonia", "reject", "Svezia"))
    assert (found["Pair"], found["Typed"]) == ((1.0, 1 / 3, 0.5), (0.0, 0.0, 0.0))


@pytest.mark.parametrize(("type_", "right"), [("consult", 1.0), ("accuse", 0.0)])
def test_only_what_both_take_part_in_may_be_turned_round(type_, right):
    turned = relation("Svezia" if type_ == "accuse" else "Ferri", type_, "Polonia" if type_ == "accuse" else "Moro")
    assert figures(turned)["Typed"][0] == right


def test_ids_mean_the_names_of_their_actors():
    people = (Actor("moro-1", "Luca Moro"), Actor("ferri-2", "Anna Ferri"))
    assert figures(relation("moro-1", "consult", "ferri-2"), actors=people)["Typed"][0] == 1.0


def test_a_gold_without_relations_has_no_figures_of_them():
    bare = replace(ARTICLE, relations=())
    assert "Pair" not in score([bare], [ARTICLE]).figures


@pytest.mark.skipif(not GOLD.is_dir(), reason="no ../shared beside the checkout: the reference scorer stays unread")
def test_the_figures_are_those_of_the_reference_scorer(monkeypatch):
    """A prediction made from the gold by dropping, turning, retyping and renaming gets the same figures from both."""
    monkeypatch.syspath_prepend(str(GOLD))
    spec = importlib.util.spec_from_file_location("reference_relations", GOLD / "score_relations.py")
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    sys.modules.pop("score", None)
    told = [json.loads(line) for line in (GOLD / "dev_relations.jsonl").read_text(encoding="utf-8").splitlines()]
    lines = (GOLD / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {a["id"]: a["text"] for a in map(json.loads, lines)}
    rng = random.Random(7)
    spoilt = [{"id": a["id"], "relations": [new for r in a["relations"] if (new := changed(r, rng))]} for a in told]
    theirs = reference.score(told, {a["id"]: a for a in spoilt})
    ours = score([placed(a, texts) for a in told], [placed(a, texts) for a in spoilt]).figures
    assert sum(len(a["relations"]) for a in told) > 400
    assert 0.2 < theirs["Typed"][2] < theirs["Pair"][2] < 0.9
    assert {name: ours[name] for name in theirs} == theirs


def changed(told: dict[str, str], rng: random.Random) -> dict[str, str] | None:
    chance = rng.random()
    if chance < 0.2:
        return None
    if chance < 0.4:
        return told | {"type": rng.choice(["consult", "role", "accuse"])}
    if chance < 0.5:
        return told | {"source": told["target"], "target": told["source"]}
    if chance < 0.6:
        return told | {"source": "Nessun Altro"}
    return told | {"source": told["source"].split()[-1]}


def placed(article: dict, texts: dict[str, str]) -> Article:
    text = texts[article["id"]]
    here = Span.of(text, 0, 1)
    relations = tuple(Relation(r["source"], r["type"], r["target"], here, here) for r in article["relations"])
    return Article(article["id"], text, relations=relations, extracted=True)
