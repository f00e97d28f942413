"""A graph written, read and written again: the same bytes, the same graph, whatever the strings and the order."""

from __future__ import annotations

import copy
import random
from itertools import permutations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portavoce.ids import digest
from portavoce.output import rdf_read, read, write
from portavoce.output.terms import clean
from portavoce.records import Span

RDF = ("ttl", "nt", "jsonld")
HOSTILE = st.one_of(
    st.text(max_size=12),
    st.text(
        st.sampled_from(
            "\"'\\\n\r\t\0\x01\x0b\x1f\x7f\x85\u2028\u2029\ufeff\ufffe\uffff\ud800\udfff<>{}|^`%#@.;, àẞ🙂e\u0301"
        ),
        max_size=12,
    ),
    st.sampled_from(
        ["", " […] ", "a […] b", '"""', "\\u0041", "@it", "^^xsd:date", "-r", "%2F", "]]>", "&amp;", "_:b0"]
    ),
)
WORDS = HOSTILE.filter(bool)
SPANS = st.builds(lambda start, text: Span(start, start + len(text), text), st.integers(0, 10**6), WORDS)
SPAN = st.none() | SPANS
LANGUAGE = st.sampled_from(["it", "IT", "it-IT", "zh-Hant", "en-x-lolita", "italiano", "", None, "\"'"])
DATES = st.sampled_from(
    ["2024-02-29", "2023-02-29", "2024-01-01T10:00:00Z", "2024-01-01T10:00:00+01:00", "2024-01-01T10:00:00.5", "1/2/24",
     "2024-01-01T10:00:00+19:00", "0000-00-00", "2024-01-01T25:00:00", "", None]
)  # fmt: skip


@st.composite
def content(draw: st.DrawFn) -> tuple[Span, ...]:
    at, spans = draw(st.integers(0, 50)), []
    for text in draw(st.lists(WORDS, min_size=1, max_size=3)):
        spans.append(Span(at, at + len(text), text))
        at += len(text) + draw(st.integers(0, 9))
    return tuple(spans)


@st.composite
def graphs(draw: st.DrawFn) -> nx.MultiDiGraph:
    """A graph after docs/graph.md with hostile strings in every attribute."""
    g = nx.MultiDiGraph()
    articles = [f"article/{digest(str(n))}" for n in range(draw(st.integers(1, 2)))]
    for n, node in enumerate(articles):
        text = draw(HOSTILE)
        g.add_node(
            node, kind="article", id=f"{n}{draw(HOSTILE)}", title=draw(st.none() | HOSTILE), url=draw(st.none() | HOSTILE),
            published=draw(DATES), publisher=draw(st.none() | WORDS), language=draw(LANGUAGE), text_digest=digest(text, length=64),
            text_length=len(text), text=text, countries=draw(st.sampled_from([(), ("Francia", "Italia")])),
        )  # fmt: skip
    actors = [
        f"actor/{draw(st.sampled_from(['a', 'b-c', 'x.y.', 'é/', '-']))}-{n:08x}"
        for n in range(draw(st.integers(0, 3)))
    ]
    for node in actors:
        names = draw(st.lists(WORDS, min_size=1, max_size=3, unique=True))
        g.add_node(
            node, kind="actor", names=tuple(sorted(names)), name=names[0],
            actor_kind=draw(st.sampled_from(["person", "organization", "country", "group", "document", "unknown"])),
            wikidata=draw(st.sampled_from([None, "Q1", "Q0", "non so"])), of_country=draw(st.none() | WORDS),
        )  # fmt: skip
    topics = [f"topic/t-{n:08x}" for n in range(draw(st.integers(0, 3)))]
    for node in topics:
        g.add_node(
            node, kind="topic", label=draw(HOSTILE), scheme=draw(st.sampled_from(["phrase", "category", "eurovoc", "http://x.example/a#"])),
            concept=draw(st.sampled_from([None, "http://eurovoc.europa.eu/1", "http://[bad", "urn:x-y:z", "nessuno è"])),
        )  # fmt: skip
    statements = [f"statement/{digest('s', str(n))}" for n in range(draw(st.integers(0, 3)))]
    for n, node in enumerate(statements):
        article, spans = draw(st.sampled_from(articles)), draw(content())
        g.add_node(
            node, kind="statement", quote_type=draw(st.sampled_from(["direct", "indirect", "mixed"])), content=spans, cue=draw(SPAN),
            cue_lemma=draw(st.none() | WORDS), speaker=draw(SPAN), actor=draw(st.none() | WORDS), about=tuple(draw(st.lists(HOSTILE, max_size=3))),
            category=draw(st.none() | WORDS), polarity=draw(st.sampled_from(["asserts", "denies", "open"])),
            certainty=draw(st.sampled_from(["certain", "reported", "possible"])), act=draw(st.sampled_from(["statement", "question", "request"])),
            tense=draw(st.sampled_from(["past", "present", "future", "none"])), reported_by=draw(st.sampled_from([None, *statements[:n]])),
            rule=draw(st.none() | WORDS), confidence=draw(st.none() | st.floats(0, 1)), language=g.nodes[article]["language"],
            context=tuple((draw(HOSTILE), draw(HOSTILE)) for _ in spans),
        )  # fmt: skip
        g.add_edge(node, article, "in", kind="in", evidence=spans)
        said_at = g.nodes[node]["speaker"] or g.nodes[node]["cue"] or spans[0]
        for actor in draw(st.lists(st.sampled_from(actors), max_size=2, unique=True)) if actors else ():
            g.add_edge(actor, node, "says", kind="says", evidence=(said_at,))
        for topic in topics:
            if draw(st.booleans()):
                g.add_edge(node, topic, "about", kind="about", evidence=evidence(draw), rank=draw(st.integers(0, 4)))
        for actor in actors:
            if draw(st.booleans()):
                g.add_edge(node, actor, "mentions", kind="mentions", evidence=evidence(draw))
                g.add_edge(article, actor, "mentions", kind="mentions", evidence=evidence(draw))
    for actor in actors:
        article = draw(st.sampled_from(articles))
        if draw(st.booleans()):
            form, spans = draw(st.sampled_from(["rossi-0a", "x y-0b", "é/-0c"])), evidence(draw)
            forms = {"forms": tuple(sorted({f"{form} {s.start}-{s.end}" for s in spans}))} if spans else {}
            g.add_edge(article, actor, "mentions", kind="mentions", evidence=spans, **forms)
            names = tuple(sorted(set(draw(st.lists(WORDS, max_size=2)))))
            g.add_edge(
                actor, article, f"appears:{form}", kind="appears", form=form, name=(name := draw(WORDS)), names=tuple(sorted({name, *names})),
                actor_kind=draw(st.sampled_from(["person", "unknown"])), wikidata=draw(st.none() | WORDS), of_country=draw(st.none() | WORDS),
                roles=tuple(sorted(set(draw(st.lists(WORDS, max_size=2))))), rule=draw(WORDS), score=draw(st.sampled_from([1.0, 0.35])),
                evidence=spans,
            )  # fmt: skip
    for u, v in permutations([*actors, *actors[:1]], 2):
        article, key = draw(st.sampled_from(articles)), digest(u, v, length=12)
        if draw(st.booleans()):
            g.add_edge(
                u, v, f"holds:{key}", kind="holds", role=draw(WORDS), organization=draw(st.none() | WORDS), article=article,
                observed=draw(DATES), evidence=(draw(SPANS),),
            )  # fmt: skip
        if draw(st.booleans()):
            g.add_edge(
                u, v, f"relates:{key}", kind="relates", type=draw(st.sampled_from(["accuse", "sposa di", "a/b"])),
                modality=draw(st.sampled_from(["actual", "planned", "possible", "denied"])), trigger=draw(SPANS), article=article,
                statement=draw(st.sampled_from([None, *statements])), evidence=(draw(SPANS),),
            )  # fmt: skip
    return g


def evidence(draw: st.DrawFn) -> tuple[Span, ...]:
    return tuple(sorted(set(draw(st.lists(SPANS, max_size=2)))))


def as_written(graph: nx.MultiDiGraph, profile: str) -> tuple[dict[str, Any], dict[Any, Any]]:
    """What a file in the profile keeps of the graph: no texts, four places, and in `core` less of the evidence."""

    def kept(value: Any) -> Any:
        if isinstance(value, str):
            return clean(value)
        if isinstance(value, Span):
            return Span(value.start, value.end, clean(value.text))
        if isinstance(value, tuple):
            return tuple(kept(v) for v in value)
        return round(value, 4) if isinstance(value, float) else value

    nodes = {n: {k: kept(v) for k, v in d.items()} for n, d in graph.nodes(data=True)}
    edges = {e[:3]: {k: kept(v) for k, v in e[3].items()} for e in graph.edges(keys=True, data=True)}
    for d in nodes.values():
        if d["kind"] == "article":
            d["text"] = None
        if d["kind"] == "statement" and profile == "core":
            d["context"] = ()
        if d["kind"] == "actor":
            d["names"] = tuple(sorted(set(d["names"])))
        if d["kind"] == "article" and profile == "core":
            d["countries"] = ()
    edges = {e: d for e, d in edges.items() if profile == "full" or d["kind"] != "appears"}
    for d in edges.values() if profile == "core" else ():
        for name in ("forms", "form", "body_form", "source_form", "target_form"):
            d.pop(name, None)
    for (u, _, _), d in edges.items():
        if d["kind"] in ("mentions", "about"):
            core_has = d["kind"] == "mentions" and u.startswith("statement/")
            d["evidence"] = tuple(sorted(set(d["evidence"]))) if profile == "full" or core_has else ()
    return nodes, edges


def differences(found: dict[Any, Any], expected: dict[Any, Any]) -> list[Any]:
    wrong = [("only in one", name) for name in found.keys() ^ expected.keys()]
    for name in found.keys() & expected.keys():
        one, other = found[name], expected[name]
        wrong += [
            (name, k, one.get(k), other.get(k)) for k in one.keys() | other.keys() if one.get(k, 0) != other.get(k, 0)
        ]
    return wrong


def shuffled(graph: nx.MultiDiGraph, seed: int) -> nx.MultiDiGraph:
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))
    random.Random(seed).shuffle(nodes)
    random.Random(seed + 1).shuffle(edges)
    other = nx.MultiDiGraph(**graph.graph)
    other.add_nodes_from((n, dict(reversed(d.items()))) for n, d in nodes)
    other.add_edges_from(edges)
    return other


def without_pyoxigraph(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyoxigraph", None)


FEW = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("profile", ["core", "full"])
@pytest.mark.parametrize("form", RDF)
@FEW
@given(g=graphs())
def test_any_graph_survives_a_file(g: nx.MultiDiGraph, form: str, profile: Any, tmp_path: Path) -> None:
    first, second = tmp_path / f"1.{form}", tmp_path / f"2.{form}"
    write(g, first, profile=profile)
    back = read(first)
    nodes, edges = as_written(g, profile)
    assert differences(dict(back.nodes(data=True)), nodes) == []
    assert differences({e[:3]: e[3] for e in back.edges(keys=True, data=True)}, edges) == []
    assert back.graph["profile"] == profile
    write(back, second)
    assert second.read_bytes() == first.read_bytes()


@pytest.mark.parametrize("form", RDF)
@FEW
@given(g=graphs(), seed=st.integers(0, 99))
def test_the_order_of_the_graph_never_shows(g: nx.MultiDiGraph, seed: int, form: str, tmp_path: Path) -> None:
    write(g, tmp_path / f"1.{form}", profile="full")
    write(shuffled(g, seed), tmp_path / f"2.{form}", profile="full")
    assert (tmp_path / f"1.{form}").read_bytes() == (tmp_path / f"2.{form}").read_bytes()


@pytest.mark.parametrize("profile", ["core", "full"])
def test_through_all_formats_and_back(graph: nx.MultiDiGraph, profile: Any, tmp_path: Path) -> None:
    write(graph, tmp_path / "0.ttl", profile=profile, base="https://dati.example.it/notizie#")
    for n, form in enumerate(("nt", "jsonld", "ttl"), start=1):
        before = ("ttl", "nt", "jsonld")[n - 1]
        write(read(tmp_path / f"{n - 1}.{before}"), tmp_path / f"{n}.{form}")
    assert (tmp_path / "3.ttl").read_bytes() == (tmp_path / "0.ttl").read_bytes()


@pytest.mark.parametrize("profile", ["core", "full"])
@pytest.mark.parametrize("form", RDF)
@settings(FEW, max_examples=8)
@given(g=graphs())
def test_rdflib_reads_what_pyoxigraph_reads(g: nx.MultiDiGraph, form: str, profile: Any, tmp_path: Path) -> None:
    path = tmp_path / f"g.{form}"
    write(g, path, profile=profile)
    with path.open("rb") as one, path.open("rb") as two:
        strict = set(rdf_read._with_pyoxigraph(one, form, "g"))
        lenient = set(rdf_read._with_rdflib(two, form, "g"))
    assert strict == lenient


def test_reading_without_pyoxigraph_gives_the_same_graph(
    graph: nx.MultiDiGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(graph, tmp_path / "g.ttl", profile="full")
    with_it = read(tmp_path / "g.ttl")
    without_pyoxigraph(monkeypatch)
    without = read(tmp_path / "g.ttl")
    assert nx.utils.graphs_equal(with_it, without)
    assert with_it.graph == without.graph


def test_a_core_file_asked_for_full_writes_what_it_has(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    write(graph, tmp_path / "core.ttl")
    write(read(tmp_path / "core.ttl"), tmp_path / "full.ttl", profile="full")
    back = read(tmp_path / "full.ttl")
    assert back.graph["profile"] == "full"
    assert as_written(back, "full") == as_written(graph, "core")


def test_the_run_is_kept_in_full_when_another_version_writes_again(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    graph = copy.deepcopy(graph)
    graph.graph |= {"version": "0.0.7", "model": "it_portavoce 0.1", "config_digest": "abc"}
    write(graph, tmp_path / "1.ttl", profile="full")
    back = read(tmp_path / "1.ttl")
    assert {k: back.graph[k] for k in ("version", "model", "config_digest")} == graph.graph
    write(back, tmp_path / "2.ttl")
    assert (tmp_path / "1.ttl").read_bytes() == (tmp_path / "2.ttl").read_bytes()
