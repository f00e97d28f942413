"""Several who say one thing together: an edge from each of them, in every format, and found by every name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portavoce.graph.build import build_graph
from portavoce.graph.merge import merge
from portavoce.graph.query import relations, statements
from portavoce.graph.schema import nodes_of, speakers_of
from portavoce.output import read, write
from portavoce.records import Article

TEXT = (
    "Anna Rossi e Marco Bianchi hanno detto che il ponte di Lecco resterà chiuso. Bianchi ha aggiunto che serve tempo."
)


def span(words: str, start: int = 0) -> dict[str, object]:
    at = TEXT.index(words, start)
    return {"start": at, "end": at + len(words), "text": words}


def record(id_: str = "ponte", **fields: object) -> dict[str, object]:
    rossi, bianchi = "anna-rossi-00000001", "marco-bianchi-00000002"
    joint = "anna-rossi-marco-bianchi-00000003"
    return {
        "id": id_, "text": TEXT, "language": "it", "published": "2024-03-05",
        "statements": [
            {
                "kind": "indirect", "content": [span("che il ponte di Lecco resterà chiuso")], "cue": span("hanno detto"),
                "speaker": span("Anna Rossi e Marco Bianchi"), "actor": "Anna Rossi e Marco Bianchi", "actor_id": joint,
                "actor_ids": [rossi, bianchi], "actor_kind": "group", "confidence": 0.9,
            },
            {
                "kind": "indirect", "content": [span("che serve tempo")], "cue": span("ha aggiunto"),
                "speaker": span("Bianchi", 60), "actor": "Marco Bianchi", "actor_id": bianchi, "actor_kind": "person",
            },
        ],
        "actors": [
            {"id": rossi, "name": "Anna Rossi", "kind": "person"},
            {"id": bianchi, "name": "Marco Bianchi", "kind": "person", "aliases": ["Bianchi"]},
            {"id": joint, "name": "Anna Rossi e Marco Bianchi", "kind": "group"},
        ],
        "mentions": [
            {**span("Anna Rossi"), "actor_id": rossi}, {**span("Marco Bianchi"), "actor_id": bianchi},
            {**span("Anna Rossi e Marco Bianchi"), "actor_id": joint}, {**span("Bianchi", 60), "actor_id": bianchi},
        ],
    } | fields  # fmt: skip


def names(graph) -> list[str]:
    return sorted(d["name"] for _, d in nodes_of(graph, "actor"))


def together(graph) -> str:
    (found,) = [node for node, d in nodes_of(graph, "statement") if d["actor"] == "Anna Rossi e Marco Bianchi"]
    return found


def test_each_of_them_says_it_and_there_is_no_third():
    graph = build_graph([record()])
    assert names(graph) == ["Anna Rossi", "Marco Bianchi"]
    assert [graph.nodes[s]["name"] for s in speakers_of(graph, together(graph))] == ["Anna Rossi", "Marco Bianchi"]


@pytest.mark.parametrize("name", ["Rossi", "Marco Bianchi"])
def test_a_question_finds_it_for_each(name):
    graph = build_graph([record()])
    first = statements(graph, speaker=name)[0]
    assert first.text == "che il ponte di Lecco resterà chiuso"
    assert (first.speaker, first.speaker_id, len(first.speaker_ids)) == ("Anna Rossi, Marco Bianchi", None, 2)
    assert first.actor == "Anna Rossi e Marco Bianchi"


def test_what_two_say_is_no_word_of_one_about_the_other():
    assert [line.kind for line in relations(build_graph([record()]), "Rossi", "Bianchi").lines] == []


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "jsonl"])
@pytest.mark.parametrize("profile", ["core", "full"])
def test_it_comes_back_from_every_file(tmp_path: Path, form: str, profile: str):
    graph = build_graph([record()])
    file = tmp_path / f"g.{form}"
    write(graph, file, profile=profile)
    back = read(file)
    assert [back.nodes[s]["name"] for s in speakers_of(back, together(back))] == ["Anna Rossi", "Marco Bianchi"]
    again = tmp_path / f"again.{form}"
    write(back, again, profile=profile)
    assert again.read_bytes() == file.read_bytes()


def test_each_keeps_its_form_in_a_full_file(tmp_path: Path):
    graph = build_graph([record()])
    write(graph, tmp_path / "g.ttl", profile="full")
    back = read(tmp_path / "g.ttl")
    says = [(u, e["forms"]) for u, _, e in graph.in_edges(together(graph), data=True) if e["kind"] == "says"]
    assert [(u, e["forms"]) for u, _, e in back.in_edges(together(back), data=True) if e["kind"] == "says"] == says
    assert len({forms for _, forms in says}) == 2


def test_the_record_keeps_the_one_name_and_the_ids_of_both(tmp_path: Path):
    write(build_graph([record()]), tmp_path / "g.jsonl")
    article = Article.from_json(json.loads((tmp_path / "g.jsonl").read_text(encoding="utf-8")))
    first, second = article.statements
    assert first.actor == "Anna Rossi e Marco Bianchi"
    assert first.actor_kind == "group"
    assert first.actor_id in {a.id for a in article.actors}
    assert first.actor_id not in first.actor_ids
    assert set(first.actor_ids) < {a.id for a in article.actors}
    assert second.actor_id in first.actor_ids
    assert second.actor_ids == ()


def test_the_order_in_which_they_are_named_counts_for_nothing():
    ids = record()["statements"][0]["actor_ids"]
    turned = record()
    turned["statements"][0]["actor_ids"] = ids[::-1]
    one, other = build_graph([record()]), build_graph([turned])
    assert dict(one.nodes(data=True)) == dict(other.nodes(data=True))
    assert sorted(one.edges(keys=True)) == sorted(other.edges(keys=True))


def test_a_copy_in_another_article_is_one_utterance_of_the_same_two():
    graph = merge(build_graph([record("uno")]), build_graph([record("due", published="2024-03-06")]))
    (utterance,) = [d for _, d in nodes_of(graph, "utterance")]
    assert utterance["copies"] == 2
    assert names(graph) == ["Anna Rossi", "Marco Bianchi"]


def test_who_is_also_meant_as_one_stays_an_actor():
    both = record()
    both["statements"][1] |= {
        "actor": "Anna Rossi e Marco Bianchi", "actor_id": both["statements"][0]["actor_id"], "actor_kind": "group",
    }  # fmt: skip
    assert names(build_graph([both])) == ["Anna Rossi", "Anna Rossi e Marco Bianchi", "Marco Bianchi"]
