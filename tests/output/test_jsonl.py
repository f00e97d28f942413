"""Records rebuilt from a graph: they build the same graph again."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import orjson
import pytest

from portavoce.errors import GraphFileError
from portavoce.graph.build import build_graph
from portavoce.graph.merge import merge
from portavoce.output import read, write
from portavoce.output.jsonl import records_of
from portavoce.records import Article

ONE = (
    "Il ministro Carlo Bianchi ha detto che la manovra è pronta. «Nessun taglio», ha aggiunto il ministro, "
    "«alle scuole». Secondo gli Stati Uniti la manovra è un rischio. La manovra, per Bianchi, non cambia."
)
TWO = "Bianchi ha negato i tagli. «La Russia minaccia l'Italia», ha detto il portavoce del Ministero dell'Economia."


def mark(text: str, words: str, start: int = 0) -> dict[str, object]:
    at = text.index(words, start)
    return {"start": at, "end": at + len(words), "text": words}


def records() -> list[Article]:
    one = {
        "id": "uno", "text": ONE, "title": "La manovra", "language": "it", "url": "https://giornale.example/1",
        "published": "2024-10-01", "publisher": "Il Giornale dell'Esempio",
        "statements": [
            {"kind": "indirect", "content": [mark(ONE, "la manovra è pronta")], "cue": mark(ONE, "ha detto"), "cue_lemma": "dire",
             "speaker": mark(ONE, "Il ministro Carlo Bianchi"), "actor": "Carlo Bianchi", "actor_id": "a1", "actor_kind": "person",
             "about": ["la manovra", "la Manovra", "scuole"], "category": "economy", "rule": "verb", "confidence": 0.87654321,
             "topics": [{"id": "http://eurovoc.europa.eu/77", "label": "bilancio dello Stato"},
                        {"id": "http://eurovoc.europa.eu/77", "label": "bilancio dello Stato"},
                        {"id": "mio:3", "label": "scuola"}, {"id": "senza", "label": "fisco"}]},
            {"id": "s2", "kind": "direct", "content": [mark(ONE, "Nessun taglio"), mark(ONE, "alle scuole")], "cue": mark(ONE, "ha aggiunto"),
             "speaker": mark(ONE, "il ministro"), "actor": "Carlo Bianchi", "actor_id": "a1", "actor_kind": "person", "polarity": "denies"},
            {"kind": "indirect", "content": [mark(ONE, "la manovra è un rischio")], "cue": mark(ONE, "Secondo"), "speaker": mark(ONE, "gli Stati Uniti"),
             "actor": "Stati Uniti", "actor_id": "a2", "actor_kind": "country", "reported_by": "s2", "certainty": "possible"},
        ],
        "actors": [{"id": "a1", "name": "Carlo Bianchi", "kind": "person", "aliases": ["Bianchi", "il ministro Carlo Bianchi"]},
                   {"id": "a2", "name": "Stati Uniti", "kind": "country"}],
        "mentions": [{**mark(ONE, "Carlo Bianchi"), "actor_id": "a1"}, {**mark(ONE, "Stati Uniti"), "actor_id": "a2"},
                     {**mark(ONE, "Bianchi", 120), "actor_id": "a1"}],
        "roles": [{"actor_id": "a1", "role": "ministro", "organization": None, "evidence": mark(ONE, "Il ministro Carlo Bianchi")}],
    }  # fmt: skip
    two = {
        "id": "due", "text": TWO, "language": "it", "published": None,
        "statements": [
            {"kind": "direct", "content": [mark(TWO, "La Russia minaccia l'Italia")], "cue": mark(TWO, "ha detto"), "cue_lemma": "dire",
             "speaker": mark(TWO, "il portavoce del Ministero dell'Economia"), "actor": "il portavoce", "actor_id": "p", "actor_kind": "person",
             "about": ["Russia"]},
        ],
        "actors": [{"id": "p", "name": "il portavoce", "kind": "person", "aliases": []}, {"id": "r", "name": "Russia", "kind": "country"},
                   {"id": "i", "name": "Italia", "kind": "country"}, {"id": "b", "name": "Carlo Bianchi", "kind": "person", "aliases": ["Bianchi"]}],
        "mentions": [{**mark(TWO, "Russia"), "actor_id": "r"}, {**mark(TWO, "Italia"), "actor_id": "i"}, {**mark(TWO, "Bianchi"), "actor_id": "b"}],
        "roles": [{"actor_id": "p", "role": "portavoce", "organization": "Ministero dell'Economia",
                   "evidence": mark(TWO, "il portavoce del Ministero dell'Economia")}],
        "relations": [{"source": "r", "type": "threaten", "target": "i", "trigger": mark(TWO, "minaccia"),
                       "evidence": mark(TWO, "La Russia minaccia l'Italia"), "modality": "actual", "statement": None}],
    }  # fmt: skip
    return [Article.from_json(one), Article.from_json(two)]


def test_records_to_graph_to_records_to_graph_is_the_same_graph(tmp_path: Path) -> None:
    graph = build_graph(records())
    assert graph.number_of_nodes() > 15
    write(graph, tmp_path / "g.jsonl")
    again = read(tmp_path / "g.jsonl")
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {e[:3]: e[3] for e in again.edges(keys=True, data=True)} == {
        e[:3]: e[3] for e in graph.edges(keys=True, data=True)
    }
    write(again, tmp_path / "h.jsonl")
    assert (tmp_path / "h.jsonl").read_bytes() == (tmp_path / "g.jsonl").read_bytes()


def test_a_graph_of_parts_writes_the_records_of_the_whole(tmp_path: Path) -> None:
    one, two = records()
    write(merge(build_graph([two]), build_graph([one])), tmp_path / "parts.jsonl")
    write(build_graph([one, two]), tmp_path / "whole.jsonl")
    assert (tmp_path / "parts.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_the_turtle_of_the_records_file_is_that_of_the_records(tmp_path: Path) -> None:
    graph = build_graph(records())
    write(graph, tmp_path / "g.jsonl")
    write(graph, tmp_path / "1.ttl", profile="full")
    write(read(tmp_path / "g.jsonl"), tmp_path / "2.ttl", profile="full")
    assert (tmp_path / "1.ttl").read_bytes() == (tmp_path / "2.ttl").read_bytes()


def test_the_records_hold_what_the_article_said(tmp_path: Path) -> None:
    found = {article.id: article for article in records_of(build_graph(records()))}
    first, second, _ = sorted(found["uno"].statements, key=lambda s: s.content)
    assert (first.actor, first.about, first.confidence) == (
        "Carlo Bianchi",
        ("la manovra", "la Manovra", "scuole"),
        0.87654321,
    )
    assert [topic.label for topic in first.topics] == ["bilancio dello Stato"] * 2 + ["scuola", "fisco"]
    assert second.text == "Nessun taglio […] alle scuole"
    assert [(r.role, r.organization) for r in found["due"].roles] == [("portavoce", "Ministero dell'Economia")]
    ids = {actor.id for actor in found["due"].actors}
    assert {found["due"].relations[0].source, found["due"].relations[0].target} <= ids


def test_keys_stand_in_order_and_articles_by_id(tmp_path: Path) -> None:
    write(build_graph(records()), tmp_path / "g.jsonl")
    lines = [orjson.loads(line) for line in (tmp_path / "g.jsonl").read_bytes().splitlines()]
    assert [line["id"] for line in lines] == ["due", "uno"]
    assert list(lines[0]) == list(records()[0].to_json())


def test_unpaired_surrogates_do_not_stop_the_writer(tmp_path: Path) -> None:
    write(build_graph([Article("x", "perché \ud800 no")]), tmp_path / "g.jsonl")
    assert orjson.loads((tmp_path / "g.jsonl").read_bytes())["text"] == "perché \ufffd no"


def test_a_turtle_file_makes_no_records(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    write(graph, tmp_path / "g.ttl")
    with pytest.raises(GraphFileError, match="holds no article text"):
        write(read(tmp_path / "g.ttl"), tmp_path / "g.jsonl")
    assert not (tmp_path / "g.jsonl").exists()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2"),
        ('{"id": 3}', "id is 3"),
        ('{"id": "a", "text": "b", "statements": [{"kind": "direct", "content": []}]}', "content is empty"),
    ],
)
def test_a_line_that_is_no_record_is_named(line: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "g.jsonl").write_text('{"id": "x", "text": "y"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(GraphFileError, match=message) as caught:
        read(tmp_path / "g.jsonl")
    assert "line 2" in str(caught.value)


def test_one_id_with_two_texts_is_named_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "g.jsonl").write_text('{"id": "x", "text": "y"}\n{"id": "x", "text": "z"}\n', encoding="utf-8")
    with pytest.raises(GraphFileError, match=r"g\.jsonl.*two different texts"):
        read(tmp_path / "g.jsonl")
