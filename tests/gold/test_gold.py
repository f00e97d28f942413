"""The project's own gold is what its sources say, complete, and unchanged since its counts were pinned."""

import importlib.util
import json
import re
import sys
from pathlib import Path

import pytest

from portavoce.records import CATEGORIES, Article

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs" / "gold.md"


def _load_build():
    spec = importlib.util.spec_from_file_location("gold_build", HERE / "build.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


build = _load_build()
ALL = (*build.STATEMENT_PHENOMENA, *build.TRAP_PHENOMENA)


@pytest.fixture(scope="module")
def articles():
    return [json.loads(line) for line in build.GOLD.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def pinned():
    return json.loads(build.FLOORS.read_text(encoding="utf-8"))["gold"]


def test_gold_is_what_the_sources_give():
    assert build.GOLD.read_text(encoding="utf-8") == build.serialized(build.build())


def test_counts_and_digest_are_the_pinned_ones(articles, pinned):
    assert build.counts(articles) == pinned


def test_there_is_enough_of_everything(articles, pinned):
    assert pinned["articles"] == len(articles) >= 24
    assert pinned["statements"] >= 160
    assert pinned["categories"].keys() == set(CATEGORIES)
    assert pinned["phenomena"].keys() == set(ALL)
    assert sum(not a["statements"] for a in articles) >= 2


@pytest.mark.parametrize("phenomenon", ALL)
def test_every_phenomenon_has_three_cases(phenomenon, pinned):
    assert pinned["phenomena"][phenomenon] >= 3


def test_every_article_loads_as_a_record_and_keeps_its_statements(articles):
    assert len({a["id"] for a in articles}) == len(articles)
    for data in articles:
        article = Article.from_json(data)
        assert [s.id for s in article.statements] == [s["id"] for s in data["statements"]]
        assert len({s.id for s in article.statements}) == len(article.statements)
        assert {s.reported_by for s in article.statements} - {None} <= {s.id for s in article.statements}


def test_articles_are_short_and_told_in_paragraphs(articles):
    for a in articles:
        assert a["text"].startswith(a["title"] + "\n\n")
        assert 45 <= len(a["text"].split()) <= 220, a["id"]


def test_traps_stand_outside_every_statement(articles):
    traps = [(a, t) for a in articles for t in a["traps"]]
    assert len(traps) >= 30
    for a, t in traps:
        assert a["text"][t["start"] : t["end"]] == t["text"]
        for s in a["statements"]:
            assert all(c["end"] <= t["start"] or t["end"] <= c["start"] for c in s["content"])


def test_docs_explain_every_phenomenon_and_no_other():
    rows = re.findall(r"^\| `([a-z-]+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(ALL)


def test_the_example_of_the_docs_is_valid_markup():
    (example,) = re.findall(r"```text\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    got = build.article(example)
    assert [s["actor"] for s in got["statements"]] == ["Ugo Bo"]
    assert [t["phenomenon"] for t in got["traps"]] == ["nickname"]


HEAD = "id: x\ncategory: economy\n\nI conti\n\n"


def test_markup_becomes_offsets():
    got = build.article(
        HEAD + "«[[c1|A noi]]», [[k1|ha detto]] [[s1|il conte Ugo Bo]], «[[c1|basta]]».\n"
        "===\n1 direct | Ugo Bo | person | conti | split, inversion, guillemets\n"
    )
    (statement,) = got["statements"]
    assert got["text"] == "I conti\n\n«A noi», ha detto il conte Ugo Bo, «basta»."
    assert statement["content"] == [
        {"start": 10, "end": 15, "text": "A noi"},
        {"start": 45, "end": 50, "text": "basta"},
    ]
    assert statement["cue"] == {"start": 18, "end": 26, "text": "ha detto"}
    assert statement["speaker"]["text"] == "il conte Ugo Bo"
    assert (statement["category"], statement["polarity"]) == ("economy", "asserts")


BODY = "[[s1|Ugo Bo]] [[k1|ha detto]] che [[c1|i conti tornano]]."
LINE = "1 indirect | Ugo Bo | person | conti | -"


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        (BODY.replace("]].", "."), LINE, "never closed"),
        (BODY + "]]", LINE, "without"),
        (BODY + " [[c2|E poi]].", LINE, "c2"),
        (BODY, LINE.replace("1 ", "2 "), "content"),
        (BODY, LINE.replace("indirect", "direct"), "no marks around"),
        (BODY, LINE.replace("indirect", "mixed"), "no marks inside"),
        (BODY, LINE.replace("conti", "tasse"), "does not stand in the text"),
        (BODY, LINE.replace("Ugo", "Ada"), "does not stand in the text"),
        (BODY, LINE.replace("| -", "| sorpresa"), "no phenomenon"),
        (BODY, LINE.replace("| -", "| dropped-subject"), "claimed wrongly"),
        (BODY, LINE.replace("| -", "| secondo"), "claimed wrongly"),
        (BODY, LINE.replace("| -", "| category=gossip"), "no category"),
        (BODY.replace("che [[c1|", "[[c1|che "), LINE, "introducing word"),
        (BODY.replace("]].", ".]]"), LINE, "space or a stop"),
        (BODY.replace("i conti", "i [[n:scare|conti]]"), LINE, "stands inside a statement"),
        (BODY + " [[n:boh|Ecco]].", LINE, "no kind of trap"),
    ],
)
def test_a_source_that_breaks_a_rule_is_an_error(body, line, message):
    assert build.article(f"{HEAD}{BODY}\n===\n{LINE}\n")["statements"]
    with pytest.raises(build.SourceError, match=message):
        build.article(f"{HEAD}{body}\n===\n{line}\n")
