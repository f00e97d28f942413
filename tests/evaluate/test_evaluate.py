"""The figures of an evaluation, on articles small enough to count by hand."""

import importlib.util
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from portavoce.errors import InputError
from portavoce.evaluate import score, score_files
from portavoce.records import Article, Span, Statement

SHARED = Path(__file__).resolve().parents[3] / "shared"
TEXT = "Verdi ha detto che il ponte è chiuso. «Nessun rischio», ha aggiunto. Per il sindaco «serve tempo»."
NAMED = {
    "che il ponte è chiuso": ("indirect", "Verdi", "Anna Verdi"),
    "Nessun rischio": ("direct", None, "Anna Verdi"),
    "serve tempo": ("mixed", "il sindaco", "sindaco"),
}


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span.of(TEXT, start, start + len(words))


def statement(words: str, **changes) -> Statement:
    kind, speaker, actor = NAMED[words]
    made = Statement(
        id=words, kind=kind, content=(span(words),), speaker=span(speaker) if speaker else None, actor=actor,
        actor_kind="person" if actor == "Anna Verdi" else "unknown", about=("ponte", "rischi"), category="disaster",
    )  # fmt: skip
    return replace(made, **changes)


GOLD = Article("a", TEXT, statements=tuple(map(statement, NAMED)))


def predicted(*statements: Statement) -> list[Article]:
    return [replace(GOLD, statements=statements)]


def test_gold_against_itself_is_perfect():
    scores = score([GOLD], [GOLD])
    wrong = {name: f for name, f in scores.figures.items() if name != "A-mis" and set(f) != {1.0}}
    assert (wrong, scores.figures["A-mis"], scores.mistakes) == ({}, (0.0,), ())


def test_a_missed_and_an_extra_statement_lower_recall_and_precision():
    extra = Statement("x", "indirect", (Span.of(TEXT, 56, 67),), actor="Verdi")
    scores = score([GOLD], predicted(statement("Nessun rischio"), extra))
    assert scores.figures["D-80"] == (1 / 2, 1 / 3, pytest.approx(0.4))
    assert [m.what for m in scores.mistakes] == ["missed", "missed", "extra"]
    assert scores.figures["R80 direct"] == (1.0,)
    assert scores.figures["R80 mixed"] == (0.0,)


def test_a_content_cut_short_is_found_at_a_half_and_a_boundary_mistake():
    cut = statement("che il ponte è chiuso", content=(span("ponte è chiuso"),))
    scores = score([GOLD], predicted(cut))
    assert (scores.counts["found 50"], scores.counts.get("found 80", 0)) == (1, 1)  # the conjunction is no content
    shorter = score([GOLD], predicted(replace(cut, content=(span("è chiuso"),))))
    assert (shorter.counts["found 50"], shorter.counts.get("found 80", 0)) == (1, 0)
    assert [m.what for m in shorter.mistakes] == ["boundary", "missed", "missed"]


def test_a_wrong_actor_counts_against_the_actor_and_the_triple_alone():
    wrong = statement("Nessun rischio", actor="Mario Bianchi")
    scores = score([GOLD], predicted(statement("che il ponte è chiuso"), wrong, statement("serve tempo")))
    assert scores.figures["D-80"][2] == 1.0
    assert scores.figures["A"] == (2 / 3,)
    assert scores.figures["A implicit"] == (0.0,)
    assert scores.figures["A-mis"] == (1 / 3,)
    assert scores.figures["T2"][2] == pytest.approx(2 / 3)
    assert [(m.what, m.predicted_actor) for m in scores.mistakes] == [("actor", "Mario Bianchi")]


def test_silence_about_the_actor_is_not_a_misattribution():
    scores = score([GOLD], predicted(statement("Nessun rischio", actor=None)))
    assert (scores.figures["A"], scores.figures["A-mis"]) == ((0.0,), (0.0,))


def test_an_article_that_the_prediction_lacks_counts_as_empty_and_is_named():
    other = replace(GOLD, id="b")
    scores = score([GOLD, other], [GOLD, replace(GOLD, id="c")])
    assert (scores.missing, scores.unknown, scores.figures["D-ex"][1]) == (("b",), ("c",), 0.5)
    assert "not predicted, counted as without statements: b" in scores.table()


def test_intervals_are_the_same_every_time_and_hold_the_figure():
    articles = [replace(GOLD, id=str(n)) for n in range(12)]
    found = [replace(a, statements=a.statements[: n % 4]) for n, a in enumerate(articles)]
    first, again = score(articles, found), score(articles, found)
    assert first.intervals == again.intervals
    low, high = first.intervals["D-80"]
    assert 0 < low < first.figures["D-80"][2] < high < 1


def test_recall_and_actors_are_broken_down_by_the_gold():
    gold = replace(
        GOLD,
        statements=(
            statement("che il ponte è chiuso", cue=span("ha detto")),
            statement("Nessun rischio", cue=span("ha aggiunto")),
            statement("serve tempo", cue=span("Per")),
        ),
    )
    wrong = statement("che il ponte è chiuso", content=(span("è chiuso"),), actor="sindaco")
    scores = score([gold], predicted(wrong, statement("Nessun rischio")))
    by_speaker, by_cue = scores.breakdowns["by speaker"], scores.breakdowns["by cue"]
    assert {name: (c.gold, c.actor_known) for name, c in by_speaker.items() if c.gold} == {
        "name": (1, 1), "nominal": (1, 0), "dropped": (1, 1),
    }  # fmt: skip
    assert by_speaker["name"].figures == {"R50": 1.0, "R80": 0.0, "A": 0.0}
    assert by_speaker["dropped"].figures == {"R50": 1.0, "R80": 1.0, "A": 1.0}
    assert by_cue["verb"].figures == {"R50": 1.0, "R80": 0.5, "A": 0.5}
    assert (by_cue["preposition"].gold, by_cue["preposition"].figures["R50"], by_cue["colon"].gold) == (1, 0.0, 0)
    assert [line.split()[:3] for line in scores.table().splitlines() if line.startswith("verb")] == [
        ["verb", "2", "100.0"]
    ]


def test_direct_quotes_in_marks_have_a_recall_of_their_own():
    dashed = replace(GOLD, id="b", text=TEXT.replace("«Nessun rischio»", "– Nessun rischio "))
    scores = score([GOLD, dashed], predicted(statement("Nessun rischio")))
    assert (scores.counts["gold direct"], scores.counts["gold in marks"]) == (2, 1)
    assert (scores.figures["R80 direct"], scores.figures["R80 in marks"]) == ((0.5,), (1.0,))


def test_confidence_is_compared_with_what_is_right():
    """Right are .9 (of two at .9), and .35 is wrong by its actor: .5 · .4 + .5 · .35 over both bins, weighted."""
    found = predicted(
        statement("che il ponte è chiuso", confidence=0.9),
        statement("serve tempo", confidence=0.9, content=(span("tempo"),)),
        statement("Nessun rischio", confidence=0.35, actor="Mario Bianchi"),
    )
    scores = score([GOLD], found)
    held = [b for b in scores.calibration if b.predicted]
    assert len(scores.calibration) == 10
    assert [(b.low, b.predicted, b.confidence, b.right) for b in held] == [(0.3, 1, 0.35, 0.0), (0.9, 2, 0.9, 0.5)]
    assert scores.figures["ECE"][0] == pytest.approx((1 * 0.35 + 2 * 0.4) / 3)
    assert "0.9–1.0                2        90.0    50.0" in scores.table()


def test_without_confidence_there_is_no_calibration():
    scores = score([GOLD], [GOLD])
    assert ("ECE" in scores.figures, scores.calibration) == (False, ())
    assert "by confidence" not in scores.table()


def test_articles_are_left_out_on_request():
    other = replace(GOLD, id="b", statements=())
    scores = score([GOLD, other], [GOLD, replace(GOLD, id="b")], without=["b"])
    assert (scores.articles, scores.figures["D-ex"], scores.unknown) == (1, (1.0, 1.0, 1.0), ())
    assert "left out on request: b" in scores.table()
    with pytest.raises(InputError, match="with the id c"):
        score([GOLD], [GOLD], without=["c"])


def test_baselines_stand_beside_the_figures():
    rows = score([GOLD], [GOLD]).table({"marks": score([GOLD], predicted(statement("serve tempo")))}).splitlines()
    assert rows[1].split() == ["P", "R", "F1", "95", "%", "marks"]
    assert next(row for row in rows if row.startswith("D-80")).split()[-1] == "50.0"


def test_each_breakdown_adds_up_to_all():
    articles = [replace(GOLD, id=str(n)) for n in range(5)]
    scores = score(articles, [replace(a, statements=a.statements[: n % 4]) for n, a in enumerate(articles)])
    for classes in scores.breakdowns.values():
        assert sum(c.gold for c in classes.values()) == scores.counts["gold"]
        assert sum(c.figures["R80"] * c.gold for c in classes.values()) == pytest.approx(scores.counts["found 80"])
        for c in classes.values():
            assert all(low <= c.figures[name] <= high for name, (low, high) in c.intervals.items())


def test_a_class_has_its_interval_over_draws_that_hold_it():
    others = [replace(GOLD, id=str(n), statements=GOLD.statements[:1]) for n in range(9)]
    dropped = score([GOLD, *others], [GOLD, *others]).breakdowns["by speaker"]["inherited"]
    assert (dropped.gold, dropped.intervals["R80"]) == (1, (1.0, 1.0))


def test_mistakes_are_counted_by_class():
    actor = statement("Nessun rischio", actor="Mario Bianchi", kind="mixed")
    scores = score([GOLD], predicted(statement("che il ponte è chiuso"), actor))
    counted = {name: (e.count, len(e.examples)) for name, e in scores.errors.items() if e.count}
    assert counted == {"missed": (1, 1), "wrong antecedent": (1, 1), "wrong kind": (1, 1)}
    assert scores.errors["missed"].share == pytest.approx(1 / 3)
    assert {mistake.error for mistake in scores.mistakes} == set(counted)
    short = scores.first(0)
    assert (short.mistakes, short.errors["missed"].count, short.errors["missed"].examples) == ((), 1, ())


def test_keys_that_others_read_stay():
    as_json = score([GOLD], predicted(statement("Nessun rischio", kind="mixed"))).to_json()
    assert {"D-50", "T2", "A", "intervals", "counts", "articles", "missing", "unknown", "mistakes"} < set(as_json)
    assert list(as_json)[-5:] == ["by speaker", "by cue", "errors", "calibration", "without"]
    kept = {"what", "article", "kind", "gold_actor", "predicted_actor", "cue", "text"}
    assert all(kept < set(mistake) for mistake in as_json["mistakes"])
    assert [set(c) for c in as_json["by cue"].values()] == [{"gold", "actor known", "R50", "R80", "A", "intervals"}] * 5


@pytest.mark.parametrize(
    ("gold", "found", "complaint"),
    [
        ([], [GOLD], "no article"),
        ([GOLD, GOLD], [], "twice among the gold"),
        ([GOLD], [GOLD, GOLD], "twice among the predicted"),
        ([GOLD], [Article("a", TEXT + " ")], "not the gold text"),
    ],
)
def test_what_cannot_be_compared_is_refused(gold, found, complaint):
    with pytest.raises(InputError, match=complaint):
        score(gold, found)


def test_files_are_scored_and_the_first_mistakes_kept(tmp_path):
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    gold.write_text(json.dumps(GOLD.to_json()) + "\n\n", encoding="utf-8")
    found.write_text(json.dumps(replace(GOLD, statements=()).to_json()) + "\n", encoding="utf-8")
    assert len(score_files(gold, found, errors=2).mistakes) == 2
    scores = score_files(gold, found)
    assert scores.mistakes == ()
    as_json = json.loads(json.dumps(scores.to_json()))
    assert (as_json["D-50"], as_json["A"], as_json["counts"]["gold"]) == ([0.0, 0.0, 0.0], 0.0, 3)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [("no", "line 2: not JSON"), ('{"id": "b"}', "line 2: text is missing"), (None, "missing.jsonl")],
)
def test_a_bad_file_is_named_with_its_line(tmp_path, line, complaint):
    gold = tmp_path / ("gold.jsonl" if line else "missing.jsonl")
    if line:
        gold.write_text(json.dumps(GOLD.to_json()) + f"\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=complaint):
        score_files(gold, gold)


@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared beside the checkout: the reference scorer stays unread")
def test_the_figures_are_those_of_the_reference_scorer():
    """A prediction made from the gold by dropping, cutting, moving and renaming gets the same figures from both."""
    spec = importlib.util.spec_from_file_location("reference", SHARED / "gold" / "score.py")
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    gold = [json.loads(line) for line in (SHARED / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    found = spoilt(gold, random.Random(5))
    theirs, counts, _ = reference.score(gold, {a["id"]: a for a in found})
    ours = score([Article.from_json(a) for a in gold], [Article.from_json(a) for a in found])
    assert counts["gold"] > 500
    assert counts["d80"] < counts["d50"] < counts["gold"]
    assert {name: f for name, f in ours.figures_json().items() if name in theirs} == {
        name: list(f) if isinstance(f, tuple) else f for name, f in theirs.items()
    }
    assert list(ours.figures) == [*theirs, "R80 in marks"]  # no confidence was given


def spoilt(gold, rng):
    found = []
    for article in gold:
        actors = [s["actor"] for s in article["statements"]]
        statements = []
        for statement in article["statements"]:
            chance, changed = rng.random(), json.loads(json.dumps(statement))
            if chance < 0.15:
                continue
            if chance < 0.5:
                first = changed["content"][0]
                first["start"] += rng.randrange(first["end"] - first["start"])
                first["text"] = article["text"][first["start"] : first["end"]]
            if rng.random() < 0.4:
                changed["actor"] = rng.choice([*actors, (statement["actor"] or "x").split()[-1], None])
            if rng.random() < 0.3:
                changed["speaker"] = changed["content"][-1]
            if rng.random() < 0.4:
                changed["about"] = rng.sample(["governo", "elezioni politiche", "sicurezza", *changed["about"]], k=2)
            if rng.random() < 0.3:
                changed["category"], changed["kind"] = "politics", "mixed"
            statements += [changed, statement] if rng.random() < 0.1 else [changed]
        if rng.random() < 0.95:
            found.append(article | {"statements": statements})
    return found
