"""The gate: extraction is as good as it was. And the gate's own promise: worse extraction does not pass it."""

import json
from dataclasses import replace

import gate
import pytest

from portavoce.evaluate import score

SHARED_GOLD = gate.SHARED / "gold" / "dev.jsonl"


@pytest.fixture(scope="module")
def own():
    return gate.Corpus.of(gate.OWN_GOLD)


@pytest.fixture(scope="module")
def pinned():
    return json.loads(gate.FLOORS.read_text(encoding="utf-8"))


def test_the_gold_is_the_one_that_the_floors_were_measured_on(own, pinned):
    assert gate.changed_pins(own, pinned) == []
    assert len(own.articles) >= 20
    assert sum(len(article.statements) for article in own.articles) >= 150
    assert set(pinned["scores"]) == set(gate.NAMES)


@pytest.mark.model
@pytest.mark.slow
def test_figures_on_the_own_gold_hold_their_floors(own, pinned, quality_line):
    figures = gate.today(gate.measure(own))
    quality_line("tests/gold", figures, pinned["scores"])
    assert gate.shortfalls(figures, pinned["scores"]) == []


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.skipif(not SHARED_GOLD.is_file(), reason="no ../shared beside the checkout: its gold is not scored")
def test_figures_on_the_shared_gold_hold_their_floors(quality_line):
    floors = json.loads((gate.SHARED / "floors.json").read_text(encoding="utf-8"))["main-job"]["dev"]
    figures = gate.today(gate.measure(gate.Corpus.of(SHARED_GOLD)), tuple(name.removesuffix(" max") for name in floors))
    quality_line("../shared/gold/dev", figures, floors)
    assert gate.shortfalls(figures, floors) == []


def damaged(article, *, every, **changes):
    kept = [replace(s, **changes) if changes else None for s in article.statements]
    pairs = zip(article.statements, kept, strict=True)
    return replace(
        article, statements=tuple(s for n, (old, new) in enumerate(pairs) if (s := new if n % every == 0 else old))
    )


@pytest.mark.parametrize(
    ("changes", "fallen"),
    [
        ({}, {"D-50", "D-80", "T2"}),
        ({"actor": "Nessuno Davvero"}, {"A", "T2"}),
        ({"about": ()}, {"About"}),
        ({"category": None}, {"Category"}),
    ],
    ids=["dropped", "wrong actor", "no topics", "no category"],
)
def test_a_worse_prediction_does_not_pass(own, changes, fallen):
    """Every third statement is dropped or spoilt; floors stand one point under what the gold itself scores."""
    floors = gate.moved(gate.today(score(own.articles, own.articles)), {}, margin=1.0, lower=False)
    worse = gate.today(score(own.articles, [damaged(article, every=3, **changes) for article in own.articles]))
    assert {line.split(":")[0] for line in gate.shortfalls(worse, floors)} == fallen


def test_a_floor_from_above_is_kept_from_above():
    assert gate.shortfalls({"A-mis": 12.0}, {"A-mis max": 14}) == []
    assert gate.shortfalls({"A-mis": 15.0}, {"A-mis max": 14}) == ["A-mis max: 15.0 against a floor of 14"]


def test_another_corpus_is_noticed(own, pinned):
    changed = replace(own, articles=own.articles[1:], sha256="0" * 64)
    assert len(gate.changed_pins(changed, pinned)) == 4


def test_floors_go_down_only_on_request():
    figures, floors = {"D-50": 60.0, "A": 80.0}, {"D-50": 65.0, "A": 70.0}
    assert gate.moved(figures, floors, margin=0.5, lower=False) == {"D-50": 65.0, "A": 79.5}
    assert gate.moved(figures, floors, margin=0.5, lower=True) == {"D-50": 59.5, "A": 79.5}


def test_phenomena_are_counted_apart(own):
    perfect = gate.by_phenomenon(gate.OWN_GOLD, list(own.articles))
    assert len(perfect) >= 20
    assert all(hits == whole > 0 for hits, whole in perfect.values())
    none = gate.by_phenomenon(gate.OWN_GOLD, [])
    assert {name: whole for name, (_, whole) in perfect.items()} == {name: whole for name, (_, whole) in none.items()}
    assert sum(hits for hits, _ in none.values()) == 0
