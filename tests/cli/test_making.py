import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest

from portavoce.errors import PipelineError
from portavoce.graph import build as graph_build
from portavoce.output import read, write

ROOT = Path(__file__).resolve().parents[2]


def rejects_in(text):
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_records_pass_through_extract_as_they_are_without_a_pipeline(run, folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    result = run("extract", "records.jsonl", "-o", "out.jsonl")
    assert result.stderr == "3 articles, 10 statements, 0 rejects\n"
    given = [json.loads(line) for line in (folder / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    made = [json.loads(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [m["id"] for m in made] == [g["id"] for g in given]
    assert [[s["content"] for s in m["statements"]] for m in made] == [
        [s["content"] for s in g["statements"]] for g in given
    ]


def test_extract_writes_to_standard_output_by_default(run):
    lines = run("extract", "records.jsonl").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["ponte-1", "ponte-2", "vertice"]


def test_what_extract_writes_is_what_it_read_byte_for_byte_the_second_time(run, folder):
    run("extract", "records.jsonl", "-o", "one.jsonl")
    run("extract", "one.jsonl", "-o", "two.jsonl")
    assert (folder / "one.jsonl").read_bytes() == (folder / "two.jsonl").read_bytes()


def test_a_record_in_which_nothing_was_found_is_not_looked_at_again(run, folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    (folder / "none.jsonl").write_text('{"id": "n", "text": "Piove da ieri.", "statements": []}\n', encoding="utf-8")
    assert run("extract", "none.jsonl", "-o", "out.jsonl").stderr == "1 article, 0 statements, 0 rejects\n"


@pytest.mark.model
def test_again_looks_for_statements_anew(run, folder):
    run("extract", "--again", "records.jsonl", "-o", "out.jsonl")
    made = [json.loads(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    rules = [s["rule"] for m in made for s in m["statements"]]
    assert len(made) == 3
    assert rules
    assert all(rules)


def test_rejects_are_named_on_standard_error_and_in_the_file_and_the_rest_is_done(run, folder):
    (folder / "bad.jsonl").write_text('not json\n{"id": 3}\n')
    result = run(
        "extract", "missing.txt", "bad.jsonl", "records.jsonl", "-o", "out.jsonl", "--rejects", "rejects.jsonl"
    )
    told = rejects_in(result.stderr)
    assert told == rejects_in((folder / "rejects.jsonl").read_text())
    assert len(told) == 3
    assert all(reject["reason"] and reject["stage"] for reject in told)
    assert [reject["line"] for reject in told if "bad.jsonl" in reject["path"]] == [1, 2]
    assert result.stderr.splitlines()[-1].startswith("3 articles, 10 statements, 3 rejects (")
    assert len((folder / "out.jsonl").read_text().splitlines()) == 3


@pytest.mark.parametrize("command", [("extract",), ("build",)])
def test_strict_turns_a_reject_into_exit_code_1_after_all_is_done(run, folder, command):
    run(*command, "missing.txt", "records.jsonl", "-o", "out.jsonl", "--strict", code=1)
    assert len((folder / "out.jsonl").read_text().splitlines()) == 3
    run(*command, "records.jsonl", "-o", "out.jsonl", "--strict")


@pytest.mark.parametrize("command", [("extract",), ("build",)])
def test_when_nothing_can_be_read_nothing_is_written(run, folder, command):
    (folder / "old.jsonl").write_text("old")
    (folder / "empty").mkdir()
    result = run(*command, "missing.txt", "empty", "-o", "old.jsonl", "--rejects", "rejects.jsonl", code=1)
    assert "nothing could be read" in result.stderr
    assert (folder / "old.jsonl").read_text() == "old"
    assert len(rejects_in((folder / "rejects.jsonl").read_text())) == 2


def test_a_record_that_points_nowhere_is_a_reject_of_build(run, folder):
    record = {"id": "m", "text": "Piove.", "mentions": [{"start": 0, "end": 5, "actor_id": "anna-0a1b2c3d"}],
              "statements": [{"kind": "indirect", "content": [{"start": 0, "end": 5}]}]}  # fmt: skip
    (folder / "bad.jsonl").write_text(json.dumps(record))
    result = run("build", "bad.jsonl", "records.jsonl", "-o", "out.jsonl")
    assert [(r["id"], r["stage"]) for r in rejects_in(result.stderr)] == [("m", "build")]
    assert result.stderr.splitlines()[-1] == "3 articles, 10 statements, 1 reject (1 build)"


@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld", "jsonl", "graphml", "gexf"])
def test_build_writes_the_format_of_the_suffix(run, folder, graph_of_records, suffix):
    run("build", "records.jsonl", "-o", f"out.{suffix}")
    write(graph_of_records, folder / f"expected.{suffix}")
    assert (folder / f"out.{suffix}").read_bytes() == (folder / f"expected.{suffix}").read_bytes()
    assert [p.name for p in folder.iterdir() if p.name.startswith(".")] == []


@pytest.fixture
def graph_of_records(folder):
    return read(folder / "records.jsonl")


def test_build_gives_the_same_bytes_whatever_the_order(run, folder):
    lines = (folder / "records.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "turned.jsonl").write_text("".join(reversed(lines)), encoding="utf-8")
    (folder / "half.jsonl").write_text(lines[0], encoding="utf-8")
    run("build", "records.jsonl", "-o", "a.ttl")
    run("build", "turned.jsonl", "-o", "b.ttl")
    run("build", "half.jsonl", "turned.jsonl", "-o", "c.ttl")
    assert (folder / "a.ttl").read_bytes() == (folder / "b.ttl").read_bytes() == (folder / "c.ttl").read_bytes()


def test_profile_and_base_reach_the_file(run, folder):
    run("build", "records.jsonl", "-o", "full.ttl", "--profile", "full", "--base", "https://example.org/notizie/")
    run("build", "records.jsonl", "-o", "core.ttl")
    assert "https://example.org/notizie/" in (folder / "full.ttl").read_text(encoding="utf-8")
    assert len((folder / "full.ttl").read_bytes()) > 1.5 * len((folder / "core.ttl").read_bytes())


def test_a_dash_is_standard_output_in_the_format_asked_for(run, folder):
    run("build", "records.jsonl", "-o", "a.nt")
    assert run("build", "records.jsonl", "-o", "-", "--format", "nt").stdout_bytes == (folder / "a.nt").read_bytes()
    run("build", "records.jsonl", "-o", "a.ttl")
    assert run("export", "records.jsonl", "-o", "-").stdout_bytes == (folder / "a.ttl").read_bytes()


def test_export_round_trips(run, folder):
    run("build", "records.jsonl", "-o", "a.ttl")
    run("export", "a.ttl", "-o", "b.nt")
    run("export", "b.nt", "-o", "c.ttl")
    assert (folder / "a.ttl").read_bytes() == (folder / "c.ttl").read_bytes()


def test_records_cannot_be_made_of_a_file_without_texts(run, folder):
    run("build", "records.jsonl", "-o", "a.ttl")
    assert run("export", "a.ttl", "-o", "b.jsonl", code=1).stderr.startswith("Error: ")
    assert not (folder / "b.jsonl").exists()


@pytest.mark.parametrize("command", [("build", "records.jsonl"), ("export", "records.jsonl")])
def test_an_unknown_suffix_is_told_before_the_work(run, monkeypatch, command):
    monkeypatch.setattr(graph_build, "build_graph", None)  # would fail if it were reached
    assert ".ttl" in run(*command, "-o", "out.xyz", code=1).stderr


@pytest.mark.parametrize(
    "command", [("extract", "records.jsonl"), ("build", "records.jsonl"), ("export", "records.jsonl")]
)
def test_a_folder_that_is_not_there_is_told(run, command):
    assert run(*command, "-o", "nowhere/out.jsonl", code=1).stderr.startswith(
        "Error: nowhere/out.jsonl cannot be written"
    )


def test_a_wrong_date_of_publication_is_told(run):
    assert run("extract", "records.jsonl", "--published", "ieri", code=1).stderr.startswith("Error: ")


def test_workers_are_at_least_one(run):
    assert run("extract", "records.jsonl", "--workers", "0", code=2)


def test_a_pipeline_that_is_not_there_says_what_to_do(run, folder, monkeypatch):
    def fail(name):
        raise PipelineError(f"there is no pipeline {name!r}")

    monkeypatch.setattr(import_module("portavoce.extract.annotate"), "load_pipeline", fail)
    (folder / "a.txt").write_text("Il ministro Rossi ha detto che il ponte sarà chiuso.", encoding="utf-8")
    shown = run("extract", "a.txt", "-o", "out.jsonl", "--model", "nessuna", code=1).stderr
    assert "there is no pipeline 'nessuna'" in shown
    assert "Without --model" in shown
    assert not (folder / "out.jsonl").exists()


def test_evaluate_compares_files(run):
    assert "T2" in run("evaluate", "records.jsonl", "records.jsonl").stdout
    scores = json.loads(run("evaluate", "records.jsonl", "records.jsonl", "--json").stdout)
    assert scores["D-80"] == [1, 1, 1]
    assert run("evaluate", "records.jsonl", "missing.jsonl", code=1).stderr.startswith("Error: missing.jsonl")


def test_a_closed_pipe_ends_quietly(folder):
    (folder / "many.jsonl").write_text(
        "".join(
            json.dumps({"id": str(n), "text": "Piove. " * 500, "statements": [{"kind": "indirect", "content": [{"start": 0, "end": 5}]}]}) + "\n"
            for n in range(200)
        )
    )  # fmt: skip
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "portavoce", "statements", "many.jsonl", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
    assert process.stdout.readline().startswith(b"{")
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(timeout=60)


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_ctrl_c_is_told_and_leaves_nothing_half_written(folder):
    os.mkfifo(folder / "slow.jsonl")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "portavoce", "extract", "records.jsonl", "slow.jsonl", "-o", "out.jsonl"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env,
        # what a shell runs in the background ignores the signal, and so would what that starts
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )  # fmt: skip
    for _ in range(600):
        if list(folder.glob(".portavoce-*")):
            break
        time.sleep(0.05)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr.splitlines()[-1].startswith(b"interrupted")
    assert b"Traceback" not in stderr
    assert sorted(p.name for p in folder.iterdir()) == ["records.jsonl", "slow.jsonl"]
