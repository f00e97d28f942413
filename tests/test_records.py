"""The interchange record: read with care, written as it was read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portavoce.errors import RecordError
from portavoce.ids import statement_id
from portavoce.records import Article, Reject, Span

TEXT = "Rossi ha detto che piove."


def record(**more):
    return {"id": "a", "text": TEXT, **more}


def statement(**more):
    return {"kind": "indirect", "content": [{"start": 19, "end": 24, "text": "piove"}], **more}


def test_id_and_text_are_enough_for_an_article():
    article = Article.from_json(record())
    assert (article.id, article.text, article.statements, article.is_record) == ("a", TEXT, (), False)


def test_kind_and_content_are_enough_for_a_statement():
    article = Article.from_json(record(statements=[statement()]))
    (found,) = article.statements
    assert found.text == "piove"
    assert found.id == statement_id("a", found.content, None)


def test_a_record_in_which_nothing_was_found_is_a_record():
    assert Article.from_json(record(statements=[])).is_record
    assert not Article.from_json(record(statements=[])).bare().is_record


def test_what_was_read_is_written_again():
    data = record(
        title="Meteo", language="it", url="https://example.org/1", published="2024-01-02", publisher="Il Foglio",
        statements=[statement(
            id="s1", cue={"start": 6, "end": 14, "text": "ha detto"}, speaker={"start": 0, "end": 5, "text": "Rossi"},
            actor="Rossi", actor_id="rossi", actor_ids=["rossi", "verdi"], actor_kind="person", about=["pioggia"], category="weather",
            topics=[{"id": "http://example.org/t", "label": "pioggia"}], polarity="asserts", certainty="certain",
            act="request", tense="future", rule="r", confidence=0.5,
        )],
        actors=[{"id": "rossi", "name": "Rossi", "kind": "person", "aliases": ["R."]}],
        mentions=[{"start": 0, "end": 5, "text": "Rossi", "actor_id": "rossi"}],
        roles=[{"actor_id": "rossi", "role": "sindaco", "organization": None, "evidence": {"start": 0, "end": 5}}],
        relations=[{"source": "rossi", "type": "kin", "target": "rossi", "trigger": {"start": 0, "end": 5},
                    "evidence": {"start": 0, "end": 24}}],
    )  # fmt: skip
    article = Article.from_json(data)
    again = Article.from_json(json.loads(json.dumps(article.to_json())))
    assert again == article
    assert again.statements[0].topics[0].label == "pioggia"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ([], "id and text"),
        ({"id": 3, "text": TEXT}, "id is 3"),
        ({"id": "", "text": TEXT}, "not empty"),
        ({"id": "a", "text": None}, "text is missing"),
        ({"id": "a", "text": 5}, "text is int"),
        (record(title=7), "title"),
        (record(statements={}), "statements is dict"),
        (record(statements=[statement(kind="loud")]), "'loud'"),
        (record(statements=[{"content": [{"start": 19, "end": 24}]}]), "kind is missing"),
        (record(statements=[{"kind": "direct", "content": []}]), "content is empty"),
        (record(statements=[statement(content=[{"start": 19, "end": 99}])]), "do not fit"),
        (record(statements=[statement(content=[{"start": 19, "end": 24, "text": "nevica"}])]), "not 'nevica'"),
        (record(statements=[statement(content=[{"start": 6, "end": 14}, {"start": 0, "end": 5}])]), "out of order"),
        (record(statements=[statement(confidence="high")]), "confidence"),
        (record(statements=[statement(about=[1])]), "about"),
        (record(statements=[statement(actor_ids=["a"])]), "two actors or more"),
        (record(statements=[statement(actor_ids=["a", "a"])]), "two actors or more"),
        (record(statements=[statement(actor_ids=["a", None])]), "must hold ids"),
        (record(statements=[statement(actor_ids="a")]), "actor_ids is str"),
        (record(mentions=[{"start": 0, "end": 5}]), "actor_id is missing"),
        (record(actors=[{"id": "x"}]), "name is missing"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(data, what):
    with pytest.raises(RecordError, match=what):
        Article.from_json(data)


@given(st.text(max_size=40), st.data())
def test_a_span_is_its_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = Span.of(text, start, end)
    assert span.text == text[start:end]
    if start < end:
        assert Span.from_json(span.to_json(), text, "here") == span


def test_booleans_are_no_offsets():
    with pytest.raises(RecordError, match="True"):
        Span.from_json({"start": False, "end": True}, TEXT, "here")


def test_a_reject_says_only_what_it_knows():
    reject = Reject(stage="read", reason="broken", path="x.jsonl", line=3)
    assert reject.to_json() == {"path": "x.jsonl", "line": 3, "stage": "read", "reason": "broken"}
