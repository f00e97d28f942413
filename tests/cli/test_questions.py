import csv
import io
import json

import pytest


def test_statements_for_people_in_a_pipe_are_aligned_with_the_words_last(run):
    lines = run("statements", "records.jsonl").stdout.splitlines()
    assert lines[0].split() == ["id", "speaker", "topic", "date", "says"]
    assert len(lines) == 11
    says = lines[0].index("says")
    assert lines[1][says:] == "il ponte sul Lario resterà chiuso fino a maggio"
    assert "La sicurezza viene prima di tutto […] e Anna Bianchi lo sa bene" in lines[2]


def test_statements_for_programs_are_json_lines(ask):
    found = ask("statements", "records.jsonl", "--from", "bianchi")
    assert [s["text"] for s in found] == ["«il ministro Rossi ha deciso senza consultare i comuni»"]
    assert found[0]["evidence"]["spans"][0]["start"] == 272


def test_statements_for_spreadsheets_are_csv(run):
    rows = list(csv.DictReader(io.StringIO(run("statements", "records.jsonl", "--csv").stdout)))
    assert len(rows) == 10
    assert rows[2]["text"].startswith("«il ministro")
    assert rows[2]["about"] == "comuni; ponte sul Lario"
    assert rows[2]["mentions"] == "Marco Rossi"


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--from", "Rossi"], 2),
        (["--about", "ponte"], 2),
        (["--mentions", "Mosca"], 2),
        (["--kind", "direct"], 1),
        (["--since", "2024-03-05"], 3),
        (["--until", "2024-03-04"], 4),
        (["--limit", "3"], 3),
        (["--from", "Rossi", "--kind", "mixed"], 0),
    ],
)
def test_conditions(ask, options, count):
    assert len(ask("statements", "records.jsonl", *options)) == count


def test_one_way_to_write_at_a_time(run):
    assert "choose one" in run("statements", "records.jsonl", "--json", "--csv", code=2).stderr


def test_a_name_that_fits_several_is_told_aside_of_the_answer(run):
    result = run("statements", "records.jsonl", "--from", "Rossi", "--json")
    assert "'Rossi' is taken for Marco Rossi; it also fits Paolo Rossi (1)" in result.stderr
    assert "taken" not in result.stdout


@pytest.mark.parametrize("args", [("statements", "--from"), ("statements", "--mentions"), ("relations",)])
def test_an_unknown_name_shows_the_nearest_and_the_way_on(run, args):
    command, *option = args
    shown = run(command, "records.jsonl", *option, "Biancki", code=1).stderr
    assert "nothing here is called 'Biancki'; nearest: Anna Bianchi" in shown
    assert "portavoce actors GRAPH" in shown
    assert "Traceback" not in shown


def test_a_wrong_date_is_told(run):
    assert "'ieri' is no date" in run("statements", "records.jsonl", "--since", "ieri", code=1).stderr


def test_actors(run, ask):
    assert run("actors", "records.jsonl", "--limit", "1").stdout.splitlines()[1].split() == [
        "Marco", "Rossi", "person", "2", "2", "2", "1", "2", "chiusura,", "opera", "pubblica,", "ponte", "sul", "Lar…", "ministro", "delle", "Infrastrutture",
    ]  # fmt: skip
    assert [a["name"] for a in ask("actors", "records.jsonl")][:2] == ["Marco Rossi", "Russia"]


def test_topics_name_some_speakers_and_count_the_others(run, ask):
    first = run("topics", "records.jsonl", "--limit", "1").stdout.splitlines()[1]
    assert first.startswith("politics  category  8           Marco Rossi, ")
    assert first.endswith(" and 2 more")
    topic = ask("topics", "records.jsonl", "--limit", "1")[0]
    assert (len(topic["speakers"]), topic["speakers_total"]) == (7, 7)


def test_relations_show_each_line_with_its_place(run):
    shown = run("relations", "records.jsonl", "Bianchi", "Marco Rossi").stdout
    assert shown.startswith("Anna Bianchi and Marco Rossi\n  Anna Bianchi mentions Marco Rossi in 1 statement\n")
    assert "both speak about: ponte sul Lario" in shown
    assert (
        "relation  Anna Bianchi → Marco Rossi: consult, ha incontrato\n    Anna Bianchi ha incontrato a Roma il ministro Marco Rossi\n"
        in shown
    )
    assert "ponte-2, 2024-03-06, characters 27–84" in shown
    assert "together  Anna Bianchi + Marco Rossi: Paolo Rossi says" in shown


def test_relations_of_one_type(run):
    shown = run("relations", "records.jsonl", "Bianchi", "--type", "consult").stdout
    assert shown.splitlines()[1] == "relation  Anna Bianchi → Marco Rossi: consult, ha incontrato"
    assert "nothing in this graph" in run("relations", "records.jsonl", "Bianchi", "--type", "accuse").stdout


def test_relations_for_programs_are_one_document(run):
    answer = json.loads(run("relations", "records.jsonl", "Russia", "--json").stdout)
    assert answer["b"] is None
    assert {line["source"] for line in answer["lines"]} == {"Stati Uniti", "Piet Janssen"}


def test_two_who_have_nothing_to_do_with_each_other(run):
    assert "nothing in this graph connects them directly" in run("relations", "records.jsonl", "Verdi", "Nato").stdout


def test_a_path_names_its_stations_and_proofs(run):
    lines = run("path", "records.jsonl", "Nato", "Usa").stdout.splitlines()
    assert lines[0] == "Nato – Piet Janssen – Russia – Stati Uniti"
    assert lines[1] == "role  Piet Janssen, Nato: portavoce"
    assert json.loads(run("path", "records.jsonl", "Nato", "Usa", "--json").stdout)["connected"]


def test_no_path_is_an_answer(run):
    assert "no chain of evidence connects Giulia Verdi and Nato" in run("path", "records.jsonl", "Verdi", "Nato").stdout


def test_show_marks_the_passage(run, ask):
    (statement,) = ask("statements", "records.jsonl", "--from", "Bianchi")
    shown = run("show", "records.jsonl", statement["id"][:8]).stdout
    assert (
        "*Anna Bianchi*, _ha risposto_ che ⟦«il ministro Rossi ha deciso senza consultare i comuni»⟧. Secondo" in shown
    )
    assert "rule        verb-cue/ccomp\nconfidence  0.90\n" in shown
    answer = json.loads(run("show", "records.jsonl", statement["id"], "--json").stdout)
    assert answer["statement"]["id"] == statement["id"]


def test_show_tells_what_the_article_calls_the_speaker(run, ask):
    (statement,) = ask("statements", "records.jsonl", "--about", "delegazione")
    assert 'Russia (here "Mosca")' in run("show", "records.jsonl", statement["id"]).stdout


def test_show_of_turtle_tells_where_the_passage_is(run, ask):
    run("export", "records.jsonl", "-o", "graph.ttl")
    (statement,) = ask("statements", "graph.ttl", "--from", "Bianchi")
    shown = run("show", "graph.ttl", statement["id"]).stdout
    assert "⟦«il ministro Rossi ha deciso senza consultare i comuni»⟧" in shown
    assert "ask the .jsonl" in shown


@pytest.mark.parametrize(
    "args", [("statements",), ("actors",), ("relations", "Bianchi", "Marco Rossi"), ("path", "Nato", "Usa")]
)
def test_turtle_answers_as_records_do(run, args):
    run("export", "records.jsonl", "-o", "graph.ttl", "--profile", "full")
    command, *rest = args
    assert run(command, "graph.ttl", *rest).stdout == run(command, "records.jsonl", *rest).stdout


def test_records_may_come_from_standard_input(run, folder):
    assert len(run("actors", "-", stdin=(folder / "records.jsonl").read_bytes()).stdout.splitlines()) == 12


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("missing.jsonl", None, "missing.jsonl cannot be read"),
        ("broken.jsonl", "{", "broken.jsonl, line 1"),
        ("broken.ttl", "@prefix", "broken.ttl"),
        ("graph.xyz", "", "does not know a format"),
        ("graph.gexf", "", "is for other programs"),
    ],
)
def test_a_file_that_is_no_graph_is_named(run, folder, name, content, reason):
    if content is not None:
        (folder / name).write_text(content)
    result = run("actors", name, code=1)
    assert result.stderr.startswith("Error: ")
    assert reason in result.stderr


def test_what_steers_a_terminal_does_not_reach_it(run, folder):
    text = "\x1b[31mAnna\u202e Verdi ha detto che piove\x07 forte."
    said = {"kind": "indirect", "content": [{"start": text.index("piove"), "end": len(text) - 1}], "actor": text[:16]}
    (folder / "bad.jsonl").write_text(json.dumps({"id": "m\x1b", "text": text, "statements": [said]}))
    for args in (("statements", "bad.jsonl"), ("actors", "bad.jsonl"), ("relations", "bad.jsonl", "Verdi")):
        shown = run(*args).stdout
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)
