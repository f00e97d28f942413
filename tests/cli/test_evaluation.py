import json

import pytest


@pytest.fixture
def spoilt(folder):
    """The records with every second statement dropped and every actor renamed."""
    lines = []
    for line in (folder / "records.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        article["statements"] = [s | {"actor": "Nessuno Davvero"} for s in article["statements"][::2]]
        lines.append(json.dumps(article))
    (folder / "spoilt.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return "spoilt.jsonl"


def test_the_table_breaks_the_figures_down(run):
    shown = run("evaluate", "records.jsonl", "records.jsonl").stdout
    assert "by speaker" in shown
    assert "by cue" in shown
    assert "mistakes" not in shown


def test_mistakes_are_counted_by_class_and_shown_on_request(run, spoilt):
    counted = run("evaluate", "records.jsonl", spoilt).stdout
    shown = run("evaluate", "records.jsonl", spoilt, "--errors", 1).stdout
    assert "\nmissed  " in counted
    assert "    missed   " not in counted
    assert shown.count("    missed   ") == 1
    scores = json.loads(run("evaluate", "records.jsonl", spoilt, "--errors", 2, "--json").stdout)
    missed = scores["errors"]["missed"]
    assert (missed["count"] > 2, len(missed["examples"]), len(scores["mistakes"])) == (True, 2, 2)
    assert sum(error["share"] for error in scores["errors"].values()) == pytest.approx(1)


def test_a_page_is_written_beside_the_table(run, folder, spoilt):
    with_page = run("evaluate", "records.jsonl", spoilt, "--html", "page.html").stdout
    first = (folder / "page.html").read_bytes()
    assert with_page == run("evaluate", "records.jsonl", spoilt).stdout
    assert first.startswith(b"<!DOCTYPE html>")
    run("evaluate", "records.jsonl", spoilt, "--json", "--html", "page.html")
    assert (folder / "page.html").read_bytes() == first


def test_a_page_needs_a_place(run):
    assert (
        "there is no folder" in run("evaluate", "records.jsonl", "records.jsonl", "--html", "no/p.html", code=1).stderr
    )
    assert "name of a file" in run("evaluate", "records.jsonl", "records.jsonl", "--html", "-", code=2).stderr


def test_articles_are_left_out(run):
    lines = run("evaluate", "records.jsonl", "records.jsonl", "--without", "vertice, ponte-1").stdout.splitlines()
    assert lines[0].startswith("1 articles")
    assert "left out on request: vertice, ponte-1" in lines
    assert "no article" in run("evaluate", "records.jsonl", "records.jsonl", "--without", "mai", code=1).stderr


def test_options_of_extraction_need_something_to_extract(run):
    assert "leave one" in run("evaluate", "records.jsonl", "records.jsonl", "--workers", 2, code=2).stderr
    assert "leave one" in run("evaluate", "records.jsonl", "records.jsonl", "--model", "fast", code=2).stderr


@pytest.mark.model
def test_without_a_prediction_it_extracts_from_the_bare_texts(run):
    run("extract", "--again", "records.jsonl", "-o", "found.jsonl", "--model", "fast")
    expected = run("evaluate", "records.jsonl", "found.jsonl").stdout
    assert "1 articles" not in expected
    assert run("evaluate", "records.jsonl", "--model", "fast").stdout == expected
    beside = json.loads(run("evaluate", "records.jsonl", "--model", "fast", "--baselines", "--json").stdout)
    assert list(beside["baselines"]) == ["marks", "marks and verb"]
    assert all("T2" in figures for figures in beside["baselines"].values())
