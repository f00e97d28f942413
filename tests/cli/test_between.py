import json

import pytest

from portavoce.cli import tables


def test_two_side_by_side(run, news):
    shown = run("compare", news, "Rossi", "Bianchi", "--topic", "riapertura").stdout.splitlines()
    assert shown[0] == "Marco Rossi: asserts 1, denies 1"
    assert shown[3] == "Anna Bianchi: asserts 1"
    assert shown[-1].startswith("opposed on riapertura: ")


def test_side_by_side_on_a_terminal(run, news, monkeypatch):
    monkeypatch.setattr(tables, "on_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("compare", news, "Rossi", "Bianchi", "--topic", "riapertura").stdout.splitlines()
    assert any("Marco Rossi" in line and "Anna Bianchi" in line for line in lines)
    assert max(map(len, lines)) <= 80


def test_who_is_silent_is_told(run, news):
    shown = run("compare", news, "Rossi", "Keller", "--topic", "soldi").stdout
    assert "Ursula Keller: nothing" in shown
    assert "Ursula Keller says nothing on 'soldi' in this graph" in shown


def test_comparison_for_programs_is_one_document(run, news):
    answer = json.loads(run("compare", news, "Rossi", "Bianchi", "--json").stdout)
    assert (answer["a"]["name"], answer["common"]) == ("Marco Rossi", ["ponte sul Lario", "riapertura"])


def test_relations_count_deeds_and_are_cut_by_kind(run, news):
    result = run("relations", news, "Bianchi", "Rossi", "--limit", "1")
    assert "told of them: Anna Bianchi → Marco Rossi: accuse × 1" in result.stdout
    assert "1 of 3 relation, 1 of 2 topic" in result.stderr
    answer = json.loads(run("relations", news, "Bianchi", "Rossi", "--json").stdout)
    assert {(d["type"], d["modality"]) for d in answer["deeds"]} == {
        ("accuse", "actual"),
        ("support", "actual"),
        ("consult", "planned"),
    }
    assert answer["totals"] == [["says", 1], ["relation", 3], ["topic", 2]]


def test_who_stands_between_two(run, news):
    assert "between them: Anna Bianchi (4 + 1)" in run("relations", news, "Rossi", "Neri").stdout


def test_several_chains_are_shown_once_each(run, news):
    shown = run("path", news, "Rossi", "Keller").stdout.splitlines()
    assert shown[0] == "Marco Rossi – Anna Bianchi – Paolo Neri – Ursula Keller"
    assert len(set(shown)) == len(shown)
    assert run("path", news, "Rossi", "Keller", "--until", "2024-03-12").stdout.startswith("no chain of evidence")


def test_neighbours(run, ask, news):
    assert [n["name"] for n in ask("neighbours", news, "Bianchi")] == ["Marco Rossi", "Lecco", "Paolo Neri"]
    result = run("neighbours", news, "Bianchi", "--limit", "1")
    assert "→ accuse, → support, ← consult" in result.stdout
    assert result.stderr.startswith("1 of 3")


def test_the_network(run, ask, news):
    assert ask("central", news, "--by", "betweenness", "--limit", "1")[0]["name"] == "Paolo Neri"
    assert [c["size"] for c in ask("communities", news)] == [3, 3, 2]
    assert "91 %" in run("communities", news).stdout


@pytest.mark.parametrize("command", [("central",), ("communities",), ("neighbours", "Bianchi"), ("compare", "Rossi", "Bianchi"), ("path", "Rossi", "Keller")])  # fmt: skip
def test_turtle_answers_as_records_do(run, news, command):
    run("export", news, "-o", "news.ttl", "--profile", "full")
    name, *rest = command
    assert run(name, "news.ttl", *rest).stdout == run(name, news, *rest).stdout
