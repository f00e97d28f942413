"""Who is who comes out the same however a corpus is split, ordered, written to files and merged."""

import random

import pytest

from portavoce.graph.build import build_graph
from portavoce.graph.judgements import Judgement, Judgements
from portavoce.graph.merge import merge
from portavoce.graph.resolve import identify
from portavoce.output import read, write

NAMES = (
    ("Sergej Rivov", "person"), ("Sergey Rivov", "person"), ("Rivov", "person"), ("ministro Rivov", "person"), ("Ada Moro", "person"), ("Ida Moro", "person"),
    ("Moro", "person"), ("Andrea Sala", "person"), ("Andrea Salla", "person"), ("Sala", "person"), ("Istituto Lariano Acque", "organization"),
    ("ILA", "organization"), ("governo tedesco", "organization"), ("governo di Berlino", "organization"), ("Russia", "country"), ("Mosca", "country"),
    ("Silvio Berlusconi", "person"), ("Berlusconi", "person"), ("il portavoce", "person"), ("Bruno Neri", "person"), ("Bruno A. Neri", "person"),
)  # fmt: skip


def corpus(count, rng):
    out = []
    for n in range(count):
        told, text = [], ""
        for name, kind in rng.sample(NAMES, 4):
            start = len(text)
            text += f"{name} ha detto che il molo {n} è chiuso. "
            content = text.index("il molo", start)
            told.append({
                "kind": "indirect", "content": [{"start": content, "end": len(text) - 2}], "actor": name, "actor_kind": kind,
                "speaker": {"start": start, "end": start + len(name)},
            })  # fmt: skip
        spans = [t["speaker"] | {"actor_id": t["actor"]} for t in told]
        role = {
            "actor_id": told[0]["actor"],
            "role": "portavoce",
            "organization": told[1]["actor"],
            "evidence": spans[0],
        }
        del role["evidence"]["actor_id"]
        out.append({
            "id": f"a{n}", "text": text, "language": "it", "published": f"2024-0{n % 9 + 1}-1{n % 7}", "statements": told, "roles": [role],
            "mentions": [t["speaker"] | {"actor_id": t["actor"]} for t in told],
        })  # fmt: skip
    return out


def form(name):
    return identify(name, kind="person", article="x").id


DECISIONS = Judgements([
    Judgement.of(form("Andrea Sala"), form("Andrea Salla"), "same", by="anna", when="1"),
    Judgement.of(form("Bruno Neri"), form("Bruno A. Neri"), "different", by="anna", when="2"),
])  # fmt: skip


def turtle(graph, path, profile="full"):
    write(graph, path, profile=profile)
    return path.read_bytes()


@pytest.mark.parametrize("through", ["memory", "jsonl", "ttl"])
def test_ten_splits_and_orders_give_the_same_turtle(tmp_path, through):
    articles = corpus(40, random.Random(7))
    whole = turtle(build_graph(articles, judgements=DECISIONS), tmp_path / "whole.ttl")
    for seed in range(10):
        rng = random.Random(seed)
        rng.shuffle(articles)
        cuts = sorted(rng.sample(range(1, len(articles)), rng.randint(1, 5)))
        parts = [articles[a:b] for a, b in zip([0, *cuts], [*cuts, len(articles)], strict=True)]
        graphs = [build_graph(part, judgements=DECISIONS) for part in parts]
        if through != "memory":
            for n, graph in enumerate(graphs):
                write(graph, tmp_path / f"{n}.{through}", profile="full")
            graphs = [read(tmp_path / f"{n}.{through}") for n in range(len(graphs))]
        assert turtle(merge(*graphs, judgements=DECISIONS), tmp_path / "merged.ttl") == whole


def test_decisions_show_in_the_graph():
    graph = build_graph(corpus(40, random.Random(7)), judgements=DECISIONS)
    names = [set(d["names"]) for _, d in graph.nodes(data=True) if d["kind"] == "actor"]
    assert any({"Andrea Sala", "Andrea Salla"} <= n for n in names)
    assert not any({"Bruno Neri", "Bruno A. Neri"} <= n for n in names)
    assert any({"Sergej Rivov", "Sergey Rivov"} <= n for n in names)
    assert any({"governo tedesco", "governo di Berlino"} <= n for n in names)


def test_each_appearance_says_why_it_is_its_actor():
    graph = build_graph(corpus(40, random.Random(7)))
    told = [d for _, _, d in graph.edges(data=True) if d["kind"] == "appears" and d["name"] == "Sergey Rivov"]
    assert told
    assert {d["rule"] for d in told} == {"surname +0.50, given name transliterated +0.42"}
    assert {d["score"] for d in told} == {0.92}
