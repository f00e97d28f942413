"""Running over many articles: order, rejects, several processes, a worker that dies."""

from __future__ import annotations

import os

import pytest

import portavoce
from portavoce.errors import InputError
from portavoce.extract import run
from portavoce.records import Article, Reject, Span, Statement

pytestmark = pytest.mark.model

TEXT = "La ministra Carla Bonfanti ha detto che il porto resterà aperto. «Nessun ritardo», ha aggiunto."


def articles(n):
    return [Article(id=f"a{k}", text=f"{TEXT} Prova numero {k}.", language="it") for k in range(n)]


def test_a_statement_is_found_with_its_speaker_and_topic():
    (article,) = portavoce.extract(articles(1))
    assert isinstance(article, Article)
    first = article.statements[0]
    assert first.text == "il porto resterà aperto"
    assert first.actor == "Carla Bonfanti"
    assert any("porto" in phrase for phrase in first.about)
    assert first.rule
    assert 0 < first.confidence <= 1


def test_records_and_rejects_pass_in_their_place():
    span = Span.of(TEXT, 0, 2)
    record = Article(id="r", text=TEXT, statements=(Statement(id="s", kind="indirect", content=(span,)),))
    reject = Reject(stage="read", reason="broken", path="x.txt")
    out = list(portavoce.extract([reject, *articles(1), record]))
    assert out[0] is reject
    assert out[1].id == "a0"
    assert out[2] is record


@pytest.mark.parametrize(
    ("text", "language", "stage"),
    [("«»…!", "it", "extract"), ("The minister said the bridge would be closed for weeks.", None, "language"),
     ("Der Minister sagte, die Brücke bleibe gesperrt.", "de", "language")],
)  # fmt: skip
def test_what_cannot_be_used_is_a_named_reject(text, language, stage):
    (out,) = portavoce.extract([Article(id="x", text=text, language=language)])
    assert isinstance(out, Reject)
    assert (out.id, out.stage) == ("x", stage)
    assert out.reason


def test_an_article_that_breaks_a_stage_harms_no_other(monkeypatch):
    record = run.Extractor.record

    def breaking(self, article, doc):
        if article.id == "a1":
            raise ZeroDivisionError("by a test")
        return record(self, article, doc)

    monkeypatch.setattr(run.Extractor, "record", breaking)
    out = list(portavoce.extract(articles(3)))
    assert [type(o) for o in out] == [Article, Reject, Article]
    assert out[1].reason == "ZeroDivisionError: by a test"


def test_two_workers_give_what_one_gives():
    many = articles(40)
    assert list(portavoce.extract(many, workers=2)) == list(portavoce.extract(many))


def test_a_killed_worker_loses_nothing(monkeypatch, tmp_path):
    marker = tmp_path / "killed"
    batch = run.extract_batch

    def dying(items, nlp, extractor):
        if any(getattr(i, "id", "") == "a20" for i in items) and not marker.exists():
            marker.touch()
            os._exit(9)
        return batch(items, nlp, extractor)

    monkeypatch.setattr(run, "extract_batch", dying)
    out = list(portavoce.extract(articles(40), workers=2))
    assert marker.exists()
    assert [o.id for o in out] == [f"a{k}" for k in range(40)]


def test_no_workers_is_an_error():
    with pytest.raises(InputError, match="1 or more"):
        list(portavoce.extract(articles(1), workers=0))
