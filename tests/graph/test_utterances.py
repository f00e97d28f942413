"""Copies of one utterance across articles, and what is none."""

import random

import pytest

from portavoce.graph.build import build_graph
from portavoce.graph.merge import merge
from portavoce.graph.query import actors, show, statements
from portavoce.graph.utterances import Said, utterances
from portavoce.output import read, write

WORDS = "Il molo di levante resterà chiuso fino a settembre, poi si vedrà con il demanio"


def said(n, text=WORDS, *, speaker="a", article=None, day="2024-05-01", polarity="asserts"):
    return Said(f"statement/{n}", speaker, article or f"article/{n}", day, text, polarity)


def found(*statements_):
    return [set(u.statements) for u in utterances(statements_)]


def test_the_same_words_in_two_articles_are_one_utterance():
    assert found(said(1), said(2)) == [{"statement/1", "statement/2"}]


@pytest.mark.parametrize(
    "text",
    ["Il molo di levante resterà chiuso fino a settembre, poi si vedrà", "«Il molo di levante RESTERÀ chiuso fino a settembre; poi si vedrà con il demanio»",
     "che il molo di levante resterà chiuso fino a settembre e poi si vedrà con il demanio"],
)  # fmt: skip
def test_shortened_and_retouched_copies_are_one_utterance(text):
    assert len(found(said(1), said(2, text))) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"text": WORDS.replace("resterà", "non resterà")},
        {"text": WORDS.replace("settembre", "settembre senza rinvii")},
        {"text": WORDS + " entro 3 giorni"},
        {"speaker": "b"},
        {"day": "2024-06-01"},
        {"polarity": "denies"},
        {"article": "article/1"},
        {"text": "La spiaggia di ponente riaprirà domani, lo ha deciso la giunta"},
    ],
)
def test_other_negations_numbers_speakers_and_days_are_other_utterances(other):
    assert found(said(1), said(2, **other)) == []


def test_numbers_are_compared():
    text = "I feriti nel crollo del molo sono {} e nessuno è grave"
    assert found(said(1, text.format(14)), said(2, text.format(15))) == []
    assert len(found(said(1, text.format(14)), said(2, text.format(14)))) == 1


def test_a_few_words_are_nobodys_copy():
    assert found(said(1, "Vedremo"), said(2, "Vedremo")) == []


def test_without_a_day_nothing_speaks_against():
    assert len(found(said(1, day=None), said(2))) == 1


def test_the_first_day_is_the_first_appearance():
    (utterance,) = utterances([said(1, day="2024-05-03"), said(2, day="2024-05-01"), said(3, day=None)])
    assert utterance.first == "statement/2"


def test_the_order_of_statements_never_shows():
    many = [said(n, WORDS + " " + "x" * (n % 3) * 9, day=f"2024-05-0{n % 9 + 1}") for n in range(60)]
    expected = list(utterances(many))
    for seed in range(5):
        random.Random(seed).shuffle(many)
        assert list(utterances(many)) == expected


def article(id_, day, text="Ada Moro ha detto che il molo di levante resterà chiuso fino a settembre."):
    content = {"start": text.index("il molo"), "end": len(text) - 1}
    return {
        "id": id_,
        "text": text,
        "language": "it",
        "published": day,
        "statements": [{"kind": "indirect", "content": [content], "actor": "Ada Moro", "actor_kind": "person"}],
    }


def test_counts_go_both_ways_and_the_first_is_shown(tmp_path):
    graph = merge(
        build_graph([article("b", "2024-05-02")]), build_graph([article("a", "2024-05-03"), article("c", "2024-09-01")])
    )
    (moro,) = actors(graph)
    assert (moro.statements, moro.utterances) == (3, 2)
    assert [s.evidence.article for s in statements(graph, once=True)] == ["b", "c"]
    first = statements(graph)[0]
    assert len(first.copies) == 1
    assert show(graph, first.id).statement.copies == first.copies
    for profile in ("core", "full"):
        write(graph, tmp_path / "g.ttl", profile=profile)
        back = read(tmp_path / "g.ttl")
        assert [(n, d) for n, d in back.nodes(data=True) if d["kind"] == "utterance"] == [
            (n, d) for n, d in graph.nodes(data=True) if d["kind"] == "utterance"
        ]
        assert merge(back).number_of_edges() == back.number_of_edges()
    write(graph, tmp_path / "g.jsonl")
    assert dict(read(tmp_path / "g.jsonl").nodes(data=True)) == dict(graph.nodes(data=True))
