"""review, merge and split: decisions are written beside the graph and hold when it is built again."""

import json

from portavoce.graph.judgements import Judgements


def article(id_, name):
    text = f"{name} ha detto che il molo è chiuso."
    said = {
        "kind": "indirect",
        "content": [{"start": len(name) + 18 - 1, "end": len(text) - 1}],
        "actor": name,
        "actor_kind": "person",
    }
    return json.dumps({"id": id_, "text": text, "statements": [said]}) + "\n"


def made(folder, run, *names):
    lines = [article(f"a{n}", name) for n, name in enumerate(names)]
    folder.joinpath("riva.jsonl").write_text("".join(lines), encoding="utf-8")
    run("build", "riva.jsonl", "-o", "news.jsonl")


def names(ask):
    return sorted(a["name"] for a in ask("actors", "news.jsonl"))


def test_merge_writes_a_decision_and_the_graph_and_undo_takes_both_back(folder, run, ask):
    made(folder, run, "Ada Riva", "Berta Costa")
    result = run("merge", "news.jsonl", "Ada Riva", "Berta Costa", "--by", "anna", "--note", "sposata")
    assert "decision" in result.stdout
    assert names(ask) == ["Berta Costa"]
    (line,) = Judgements.read(folder / "news.judgements.jsonl").lines
    assert (line.verdict, line.by, line.note) == ("same", "anna", "sposata")
    run("build", "riva.jsonl", "-o", "news.jsonl")
    assert names(ask) == ["Berta Costa"]
    run("review", "news.jsonl", "--undo", "last")
    assert names(ask) == ["Ada Riva", "Berta Costa"]
    run("review", "news.jsonl", "--undo", "last", code=1)


def test_split_takes_an_article_out(folder, run, ask):
    made(folder, run, "Ada Riva", "Ada Riva")
    run("split", "news.jsonl", "Ada Riva", "--article", "a1")
    assert names(ask) == ["Ada Riva", "Ada Riva"]


def test_split_without_what_is_taken_out_says_what_there_is(folder, run):
    made(folder, run, "Ada Riva", "Ada Riva")
    assert "Ada Riva (a0); Ada Riva (a1)" in run("split", "news.jsonl", "Ada Riva", code=1).output


def test_a_review_goes_on_where_it_stopped(folder, run, ask):
    made(folder, run, "Andrea Riva", "Andrea Rivva", "Luca Moro", "Luca Morro")
    first = run("review", "news.jsonl", stdin="y\nq\n")
    assert "1 of 2: Andrea Riva – Andrea Rivva" in first.output
    assert "surname sounds alike" in first.output
    second = run("review", "news.jsonl", stdin="u\n")
    assert "1 of 1: Luca Moro – Luca Morro" in second.output
    assert "there is nothing to decide" in run("review", "news.jsonl").output
    assert len(names(ask)) == 3
    log = run("review", "news.jsonl", "--log").output
    assert "same" in log
    assert "unsure" in log


def test_pairs_are_listed_as_json(folder, run, ask):
    made(folder, run, "Andrea Riva", "Andrea Rivva")
    (pair,) = ask("review", "news.jsonl")
    assert {pair["left"]["name"], pair["right"]["name"]} == {"Andrea Riva", "Andrea Rivva"}


def test_a_turtle_file_of_the_core_profile_says_what_to_do(folder, run):
    made(folder, run, "Ada Riva", "Berta Costa")
    run("export", "news.jsonl", "-o", "news.ttl")
    assert "build again" in run("merge", "news.ttl", "Ada Riva", "Berta Costa", code=1).output


def test_a_users_gazetteer_is_kept_beside_the_graph(folder, run, ask):
    folder.joinpath("own.csv").write_text("name,wikidata,aliases\nAda Riva,Q1,Ada Costa\n", encoding="utf-8")
    made(folder, run, "Ada Riva", "Ada Costa")
    assert len(names(ask)) == 2
    run("build", "riva.jsonl", "-o", "news.jsonl", "--gazetteer", "own.csv")
    (actor,) = ask("actors", "news.jsonl")
    assert (actor["wikidata"], actor["names"]) == ("Q1", ["Ada Costa", "Ada Riva"])
    run("build", "riva.jsonl", "-o", "news.jsonl")
    assert len(names(ask)) == 1
    assert "colour" in run("build", "riva.jsonl", "-o", "x.jsonl", "--gazetteer", wrong(folder), code=1).output


def wrong(folder):
    folder.joinpath("wrong.csv").write_text("name,colour\nAda,red\n", encoding="utf-8")
    return "wrong.csv"


def test_what_is_kept_beside_a_graph_is_no_article(folder, run):
    folder.joinpath("in").mkdir()
    folder.joinpath("in", "riva.jsonl").write_text(article("a", "Ada Riva"), encoding="utf-8")
    folder.joinpath("in", "news.judgements.jsonl").write_text("{}\n", encoding="utf-8")
    folder.joinpath("in", "news.gazetteer.jsonl").write_text("{}\n", encoding="utf-8")
    assert "1 article, 1 statement, 0 rejects" in run("build", "in", "-o", "x.jsonl").output


def test_decisions_of_another_log_are_kept_beside_the_output(folder, run, ask):
    made(folder, run, "Ada Riva", "Berta Costa")
    run("merge", "news.jsonl", "Ada Riva", "Berta Costa", "--by", "anna")
    log = folder / "news.judgements.jsonl"
    for _ in range(2):
        run("build", "riva.jsonl", "-o", "other.jsonl", "--judgements", log.name)
        assert [a["name"] for a in ask("actors", "other.jsonl")] == ["Berta Costa"]
    assert (folder / "other.judgements.jsonl").read_bytes() == log.read_bytes()


def test_a_log_that_is_not_there_is_told(folder, run):
    made(folder, run, "Ada Riva")
    result = run("build", "riva.jsonl", "-o", "other.jsonl", "--judgements", "missing.jsonl", code=2)
    assert "missing.jsonl" in result.output


def test_decisions_hold_in_an_export(folder, run, ask):
    made(folder, run, "Ada Riva", "Berta Costa")
    run("merge", "news.jsonl", "Ada Riva", "Berta Costa", "--by", "anna")
    run("export", "news.jsonl", "-o", "copy.jsonl")
    assert [a["name"] for a in ask("actors", "copy.jsonl")] == ["Berta Costa"]


def test_the_users_actors_are_known_in_an_export(folder, run, ask):
    folder.joinpath("own.csv").write_text("name,wikidata\nAda Riva,Q42\n", encoding="utf-8")
    folder.joinpath("riva.jsonl").write_text(article("a0", "Ada Riva"), encoding="utf-8")
    run("build", "riva.jsonl", "-o", "news.jsonl", "--gazetteer", "own.csv")
    run("export", "news.jsonl", "-o", "copy.jsonl")
    assert (folder / "copy.gazetteer.jsonl").read_bytes() == (folder / "news.gazetteer.jsonl").read_bytes()
    run("export", "news.jsonl", "-o", "other.graphml")
    assert not (folder / "other.gazetteer.jsonl").exists()


def test_taking_back_a_decision_on_a_core_file_says_that_it_must_be_built_again(folder, run):
    made(folder, run, "Ada Riva", "Berta Costa")
    run("merge", "news.jsonl", "Ada Riva", "Berta Costa", "--by", "anna")
    run("build", "riva.jsonl", "-o", "news.ttl")
    before = (folder / "news.ttl").read_bytes()
    assert "build it again" in run("review", "news.ttl", "--undo", "last").output
    assert (folder / "news.ttl").read_bytes() == before
