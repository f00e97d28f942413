"""A corpus on the command line: built in steps, asked, decided about, exported, and taken from."""

import json
import shutil
import sqlite3

import pytest
from click.testing import CliRunner

from portavoce.cli import main
from tests.cli.conftest import RECORDS


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with news.db and news.jsonl, both built of the records."""
    folder = tmp_path_factory.mktemp("built")
    for name in ("news.db", "news.jsonl"):
        result = CliRunner().invoke(main, ["build", str(RECORDS), "-o", str(folder / name)], catch_exceptions=False)
        assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def corpus(folder, built):
    """The corpus in the working folder, with news.jsonl beside it."""
    shutil.copytree(built, folder, dirs_exist_ok=True)
    return "news.db"


QUESTIONS = [
    ["statements"], ["statements", "--from", "Rossi"], ["statements", "--about", "ponte", "--json"], ["statements", "--csv", "--limit", "2"],
    ["actors"], ["actors", "--json"], ["roles"], ["roles", "Rossi"], ["topics"], ["topics", "--json"], ["relations", "Rossi"],
    ["relations", "Rossi", "Bianchi"], ["path", "Rossi", "Russia"], ["timeline", "Rossi"], ["changes", "Rossi"], ["neighbours", "Rossi"],
    ["compare", "Rossi", "Bianchi"], ["who", "--says-about", "Rossi"], ["who", "--speaks-for", "Russia"], ["central"],
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_a_corpus_answers_as_its_records_do(run, corpus, question):
    command, *args = question
    one, other = run(command, corpus, *args), run(command, "news.jsonl", *args)
    assert one.stdout == other.stdout
    assert one.stderr == other.stderr


def test_show_has_the_passage(run, ask, corpus):
    id_ = ask("statements", corpus)[0]["id"]
    assert run("show", corpus, id_[:8]).stdout == run("show", "news.jsonl", id_[:8]).stdout
    assert "⟦" in run("show", corpus, id_[:8]).stdout


@pytest.mark.parametrize("profile", ["core", "full"])
def test_a_corpus_exports_what_its_records_do(run, corpus, folder, profile):
    run("export", corpus, "-o", "one.ttl", "--profile", profile)
    run("export", "news.jsonl", "-o", "other.ttl", "--profile", profile)
    assert (folder / "one.ttl").read_bytes() == (folder / "other.ttl").read_bytes()
    run("export", corpus, "-o", "again.jsonl")
    assert (folder / "again.jsonl").read_bytes() == (folder / "news.jsonl").read_bytes()


def test_articles_are_added_in_steps(run, folder):
    lines = (folder / "records.jsonl").read_text(encoding="utf-8").splitlines()
    run("build", "-", "-o", "news.db", stdin=lines[2])
    run("build", "-", "-o", "news.db", stdin="\n".join(lines[:2]))
    again = run("build", "records.jsonl", "-o", "news.db")
    assert "3 articles, 10 statements" in again.stderr
    run("build", "records.jsonl", "-o", "whole.db")
    assert run("export", "news.db", "-o", "-").stdout == run("export", "whole.db", "-o", "-").stdout


def test_an_article_that_is_there_with_another_text_is_a_reject(run, corpus, folder):
    record = json.loads((folder / "records.jsonl").read_text(encoding="utf-8").splitlines()[0])
    for given in (
        {"id": record["id"], "text": "Altro.", "statements": []},
        {"id": record["id"], "text": "Altro testo del tutto."},
    ):
        result = run("build", "-", "-o", corpus, stdin=json.dumps(given), code=1)
        assert "two different texts" in result.stderr
    assert "3 articles" in run("build", "records.jsonl", "-o", corpus).stderr


def test_articles_that_are_there_are_not_read_again(run, corpus, folder):
    """No pipeline is loaded for the bare text of an article whose record is there."""
    record = json.loads((folder / "records.jsonl").read_text(encoding="utf-8").splitlines()[0])
    bare = {name: record.get(name) for name in ("id", "title", "text", "language", "url", "published", "publisher")}
    result = run("build", "-", "-o", corpus, "--model", "no-such-pipeline", stdin=json.dumps(bare))
    assert "1 article, 0 statements, 0 rejects" in result.stderr


def test_decisions_go_into_the_corpus(run, ask, corpus, folder):
    told = run("merge", corpus, "Marco Rossi", "Paolo Rossi", "--by", "anna").stdout
    assert "in news.db" in told
    assert not list(folder.glob("news.judgements.jsonl"))
    assert ask("actors", corpus)[0]["statements"] == 3
    assert "anna" in run("review", corpus, "--log").stdout
    run("export", corpus, "-o", "decided.jsonl")
    assert ask("actors", "decided.jsonl") == ask("actors", corpus)
    run("review", corpus, "--undo", "last")
    assert ask("actors", corpus)[0]["statements"] == 2
    run(
        "split",
        corpus,
        "Marco Rossi",
        "--article",
        ask("statements", corpus, "--from", "Marco Rossi")[0]["evidence"]["article"],
    )
    assert "different" in run("review", corpus, "--log").stdout


def test_articles_are_removed(run, ask, corpus):
    article = ask("statements", corpus)[0]["evidence"]["article"]
    assert "1 article removed, 2 left" in run("remove", corpus, article).stderr
    assert article not in {s["evidence"]["article"] for s in ask("statements", corpus)}
    assert f"holds no article '{article}'" in run("remove", corpus, article, code=1).stderr
    assert "only a corpus" in run("remove", "news.jsonl", article, code=2).stderr


def test_a_corpus_is_not_written_like_other_formats(run, corpus):
    assert "'portavoce build' adds to" in run("export", "news.jsonl", "-o", "other.db", code=1).stderr


def test_the_tables_can_be_read_by_others(corpus, folder):
    db = sqlite3.connect(folder / corpus)
    views = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    assert len(views) == 5
    for view in views:
        assert db.execute(f"SELECT count(*) FROM {view}").fetchone()[0] > 0, view
    assert db.execute("SELECT count(*) FROM statements_fts WHERE statements_fts MATCH 'ponte'").fetchone()[0] == 2
    assert db.execute("SELECT version FROM runs").fetchone()
    db.close()
