import json

import pytest


def test_a_timeline_is_a_line_an_event(run, news):
    lines = run("timeline", news, "Rossi").stdout.splitlines()
    assert lines[0].split() == ["date", "what", "who", "place", "words"]
    assert len(lines) == 9
    assert lines[5].startswith("2024-03-12  says   Marco Rossi")
    assert lines[5].endswith("[denies] il ponte sul Lario riaprirà prima di giugno")


def test_a_timeline_may_be_narrowed(ask, news):
    found = ask("timeline", news, "Bianchi", "--topic", "riapertura", "--since", "2024-04")
    assert [(e["kind"], e["text"]) for e in found] == [("says", "la riapertura potrebbe slittare")]


def test_a_cut_list_says_so_aside_of_the_answer(run, news):
    result = run("timeline", news, "Rossi", "--limit", "3")
    assert len(result.stdout.splitlines()) == 4
    assert result.stderr == "3 of 8; --limit N shows more, --limit 0 all\n"
    assert run("timeline", news, "Rossi", "--limit", "0").stderr == ""


def test_changes_show_a_turn(run, ask, news):
    lines = run("changes", news, "Rossi", "--topic", "ponte").stdout.splitlines()
    assert ["TURN" in line for line in lines] == [False, False, True, True]
    assert [c["turn"] for c in ask("changes", news, "Rossi", "--topic", "ponte")] == [False, True, True]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        (["--speaks-for", "Italia"], ["Paolo Neri"]), (["--speaks-for", "Roma"], ["Paolo Neri"]), (["--speaks-for", "svizzero"], ["Ursula Keller"]),
        (["--accuses", "Rossi"], ["Anna Bianchi"]), (["--accuses", "Rossi", "--since", "2024-04"], []),
        (["--says-about", "Neri"], ["Ursula Keller"]), (["--says-about", "ponte lario", "--limit", "1"], ["Marco Rossi"]),
    ],
)  # fmt: skip
def test_who(ask, news, question, names):
    assert [w["name"] for w in ask("who", news, *question)] == names


def test_who_answers_for_people_with_places(run, news):
    shown = run("who", news, "--speaks-for", "Italia").stdout.splitlines()
    assert shown[1].split("  ")[0] == "Paolo Neri"
    assert "02-smentita 28–37" in shown[1]
    assert "nobody" in run("who", news, "--accuses", "Keller").stderr


@pytest.mark.parametrize("question", [[], ["--accuses", "Rossi", "--speaks-for", "Italia"]])
def test_who_asks_one_thing(run, news, question):
    assert "ask one of" in run("who", news, *question, code=2).stderr


@pytest.mark.parametrize("question", [("timeline", "Rossini"), ("changes", "Rossini"), ("who", "--accuses", "Rossini")])
def test_an_unknown_name_shows_the_nearest(run, news, question):
    command, *name = question
    shown = run(command, news, *name, code=1).stderr
    assert "nothing here is called 'Rossini'; nearest: Marco Rossi" in shown


def test_answers_from_turtle_are_those_from_records(run, news):
    run("export", news, "-o", "news.ttl", "--profile", "full")
    for question in (
        ("timeline", "Rossi"),
        ("changes", "Rossi", "--topic", "ponte"),
        ("who", "--speaks-for", "Italia"),
    ):
        command, *rest = question
        assert run(command, "news.ttl", *rest).stdout == run(command, news, *rest).stdout


def test_statements_by_words_and_polarity(ask, news):
    assert [s["speaker"] for s in ask("statements", news, "--text", '"senza consultare"')] == ["Anna Bianchi"]
    assert [s["text"] for s in ask("statements", news, "--polarity", "denies")] == [
        "il ponte sul Lario riaprirà prima di giugno"
    ]
    assert len(ask("statements", news, "--topic", "riapertura")) == 3


def test_words_that_are_none_are_told(run, news):
    assert "holds no word" in run("statements", news, "--text", "…", code=1).stderr
    assert "holds no word" in run("timeline", news, "Rossi", "--topic", "…", code=1).stderr


def test_actors_and_topics_may_be_narrowed(ask, news):
    found = ask("actors", news, "--topic", "riapertura")
    assert [(a["name"], a["statements"]) for a in found] == [("Marco Rossi", 2), ("Anna Bianchi", 1)]
    assert {a["name"] for a in ask("actors", news, "--until", "2024-03-04")} == {"Anna Bianchi", "Marco Rossi", "Lecco"}
    (topic,) = ask("topics", news, "--topic", "riap", "--since", "2024-04")
    assert (topic["label"], topic["statements"], topic["evidence"]["article"]) == ("riapertura", 2, "04-riapertura")


def test_every_json_line_has_its_evidence(ask, news):
    for question in (
        ("timeline", "Rossi"),
        ("who", "--says-about", "riapertura"),
        ("actors",),
        ("topics",),
        ("central",),
    ):
        command, *rest = question
        found = ask(command, news, *rest)
        assert found
        for line in found:
            evidence = line["evidence"] if isinstance(line["evidence"], list) else [line["evidence"]]
            assert all(e["article"] and e["spans"] for e in evidence), json.dumps(line)
