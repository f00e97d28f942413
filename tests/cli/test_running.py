import json
from importlib import import_module

import pytest

from portavoce.cli.running import Run, extracted, json_line, summary
from portavoce.records import Article, Reject, Span, Statement, Tally

SAID = Statement("ab" * 10, "indirect", (Span(0, 5, "Piove"),))
RECORD = Article("r", "Piove.", statements=(SAID,))
FRESH = Article("f", "Nevica.")
REJECT = Reject(stage="read", reason="empty", path="x.txt")


@pytest.fixture
def extraction(monkeypatch):
    """An extraction that gives every article one statement, and remembers what it was called with."""
    calls = []

    def extract(articles, *, nlp, workers, thesaurus):
        calls.append((nlp, workers, thesaurus))
        for a in articles:
            fresh = isinstance(a, Article) and not a.is_record
            yield Article(a.id, a.text, statements=(SAID,)) if fresh else a

    monkeypatch.setattr(import_module("portavoce.extract"), "extract", extract)
    monkeypatch.setattr(import_module("portavoce.extract.annotate"), "load_pipeline", lambda name: f"nlp {name}")
    monkeypatch.setattr(import_module("portavoce.skos"), "read_thesaurus", lambda path: [path.name])
    return calls


def test_articles_are_extracted_in_their_place(extraction):
    items = [REJECT, RECORD, FRESH, RECORD, FRESH, REJECT]
    out = list(extracted(iter(items), model="m", workers=2, thesaurus="temi.ttl"))
    assert [getattr(o, "id", None) for o in out] == [None, "r", "f", "r", "f", None]
    assert all(o.is_record for o in out if isinstance(o, Article))
    assert extraction == [("nlp m", 2, ["temi.ttl"])]


def test_without_a_fresh_article_nothing_is_loaded(extraction):
    assert list(extracted(iter([RECORD, REJECT]), model="m", workers=1, thesaurus="temi.ttl")) == [RECORD, REJECT]
    assert extraction == []


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(12, 87, {"language": 1, "read": 1}), "12 articles, 87 statements, 2 rejects (1 language, 1 read)"),
        (Tally(1, 1, {"read": 1}), "1 article, 1 statement, 1 reject (1 read)"),
        (Tally(1200, 0), "1,200 articles, 0 statements, 0 rejects"),
    ],
)
def test_the_tally_in_words(tally, words):
    assert summary(tally) == words


@pytest.mark.parametrize(
    ("items", "strict", "code"),
    [([RECORD], False, 0), ([RECORD], True, 0), ([RECORD, REJECT], False, 0), ([RECORD, REJECT], True, 1), ([REJECT], False, 1), ([], False, 1)],
)  # fmt: skip
def test_exit_codes(items, strict, code):
    with Run(rejects=None, bar=False) as run:
        list(run.articles(items))
    assert run.exit_code(strict=strict) == code


def test_a_reject_goes_to_standard_error_and_to_the_file(tmp_path, capsys):
    path = tmp_path / "rejects.jsonl"
    with Run(rejects=str(path), bar=False) as run:
        assert list(run.articles([REJECT, RECORD])) == [RECORD]
    expected = {"path": "x.txt", "stage": "read", "reason": "empty"}
    assert json.loads(capsys.readouterr().err) == json.loads(path.read_text()) == expected
    assert run.tally == Tally(1, 1, {"read": 1})


def test_an_article_that_does_not_fit_after_all_is_counted_as_a_reject_only(capsys):
    with Run(rejects=None, bar=False) as run:
        for _ in run.articles([RECORD]):
            run.unread(REJECT)
    assert run.tally == Tally(0, 0, {"read": 1})


@pytest.mark.parametrize(("text", "line"), [("perché", '"perché"'), ("\ud800", '"\\ud800"'), ("a\nb", '"a\\nb"')])
def test_json_is_one_line_of_utf_8(text, line):
    assert json_line(text) == line.encode() + b"\n"
