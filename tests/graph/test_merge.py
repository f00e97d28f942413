"""Graphs of parts of a corpus and the graph of the whole agree, whatever is split, repeated or turned round."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portavoce.errors import RecordError
from portavoce.graph.build import build_graph
from portavoce.graph.merge import merge
from portavoce.records import Actor, Article, Mention, Relation, Role, Span, Statement, TopicRef

TEXTS = {
    "a1": "Anna Verdi e la Russia hanno parlato di pace, e Mosca tace da giorni.",
    "a2": "Il ministro Mario Rossi ha detto che gli Usa e Anna Verdi lo sanno.",
    "a3": "Secondo alcuni testimoni la presidente Verdi non c'era.",
}
NAMES = (
    "Anna Verdi", "ANNA VERDI", "presidente Anna Verdi", "Anna Vèrdi", "Russia", "Mosca", "Usa", "Stati Uniti", "alcuni testimoni",
    "testimoni", "Testimoni", "Mario Rossi", "Rossi", "il portavoce", "governo cinese", "Corriere", "…", " ",
)  # fmt: skip
KINDS = ("person", "organization", "country", "group", "document", "unknown")
IDS = ("x1", "x2")

names, kinds = st.sampled_from(NAMES), st.sampled_from(KINDS)
dates = st.sampled_from((None, "2024-03-04", "2024-03-05"))


@st.composite
def spans(draw, text):
    start = draw(st.integers(0, len(text) - 1))
    return Span.of(text, start, draw(st.integers(start + 1, len(text))))


@st.composite
def statements(draw, article_id):
    text = TEXTS[article_id]
    content = draw(spans(text))
    return Statement(
        id=draw(st.sampled_from(("s1", "s2", "s3"))), kind=draw(st.sampled_from(("direct", "indirect", "mixed"))),
        content=(content,), cue=draw(st.none() | spans(text)), speaker=draw(st.none() | spans(text)),
        actor=draw(st.none() | names), actor_id=draw(st.none() | st.sampled_from(IDS)), actor_kind=draw(kinds),
        wikidata=draw(st.sampled_from((None, "Q1", "Q2"))),
        about=tuple(draw(st.lists(st.sampled_from(("pace", "Pace", "la pace", "giorni")), max_size=3))),
        topics=tuple(draw(st.lists(st.builds(TopicRef, st.sampled_from(("t:1", "http://eurovoc.europa.eu/1")), st.just("pace")), max_size=2))),
        category=draw(st.sampled_from((None, "politics", "conflict"))), polarity=draw(st.sampled_from(("asserts", "denies", "open"))),
        act=draw(st.sampled_from(("statement", "request"))), tense=draw(st.sampled_from(("past", "none"))),
        reported_by=draw(st.sampled_from((None, "ab" * 10))), rule=draw(st.sampled_from((None, "r1", "r2"))),
        confidence=draw(st.sampled_from((None, 0.5, 0.75))),
    )  # fmt: skip


@st.composite
def articles(draw):
    id_ = draw(st.sampled_from(sorted(TEXTS)))
    text = TEXTS[id_]
    actors = tuple(
        Actor(i, draw(names), draw(kinds), tuple(draw(st.lists(names, max_size=2))), None, draw(st.sampled_from((None, "Russia"))))
        for i in IDS
    )  # fmt: skip
    who = st.sampled_from((*IDS, *NAMES))
    mentions = draw(st.lists(st.tuples(spans(text), who), max_size=4))
    return Article(
        id=id_, text=text, title=draw(st.sampled_from((None, "Pace", "Guerra"))), published=draw(dates), language="it",
        statements=tuple(draw(st.lists(statements(id_), max_size=3))), actors=actors,
        mentions=tuple(Mention(s.start, s.end, s.text, actor) for s, actor in mentions),
        roles=tuple(draw(st.lists(st.builds(Role, who, st.sampled_from(("capo", "portavoce")), st.none() | names, spans(text)), max_size=2))),
        relations=tuple(
            draw(st.lists(
                st.builds(Relation, who, st.sampled_from(("accuse", "aid")), who, spans(text), spans(text),
                          st.sampled_from(("actual", "denied")), st.sampled_from((None, "ab" * 10))),
                max_size=2,
            ))
        ),
    )  # fmt: skip


corpora = st.lists(articles(), max_size=4)


def assert_same(a, b):
    assert dict(a.nodes(data=True)) == dict(b.nodes(data=True))
    assert {e[:3]: e[3] for e in a.edges(keys=True, data=True)} == {e[:3]: e[3] for e in b.edges(keys=True, data=True)}
    assert list(a.nodes) == list(b.nodes)
    assert list(a.edges(keys=True)) == list(b.edges(keys=True))


@given(corpora, corpora)
@settings(deadline=None, derandomize=True, max_examples=60)
def test_the_graph_of_all_is_the_merge_of_the_graphs_of_parts(a, b):
    assert_same(build_graph([*a, *b]), merge(build_graph(a), build_graph(b)))


@given(corpora, corpora)
@settings(deadline=None, derandomize=True, max_examples=25)
def test_merging_is_commutative_and_idempotent(a, b):
    one, other = build_graph(a), build_graph(b)
    assert_same(merge(one, other), merge(other, one))
    assert_same(merge(one, one), one)
    assert_same(merge(one, build_graph([])), one)
    both = merge(one, other)
    assert_same(merge(both, one), both)


@given(corpora, corpora, corpora)
@settings(deadline=None, derandomize=True, max_examples=25)
def test_merging_is_associative(a, b, c):
    x, y, z = map(build_graph, (a, b, c))
    assert_same(merge(merge(x, y), z), merge(x, merge(y, z)))
    assert_same(merge(x, y, z), merge(merge(x, y), z))


@given(corpora.flatmap(lambda corpus: st.tuples(st.just(corpus), st.permutations(corpus))))
@settings(deadline=None, derandomize=True, max_examples=25)
def test_the_order_of_articles_does_not_show(corpora_):
    corpus, permuted = corpora_
    assert_same(build_graph(corpus), build_graph(permuted))


@given(corpora)
@settings(deadline=None, derandomize=True, max_examples=25)
def test_records_travel_through_json(corpus):
    assert_same(build_graph([article.to_json() for article in corpus]), build_graph(corpus))


@pytest.fixture
def two():
    text = "Anna Verdi ha detto che piove."
    said = {"kind": "indirect", "content": [{"start": 24, "end": 29}], "actor": "Anna Verdi"}
    full = {
        "id": "m",
        "text": text,
        "title": "Pioggia",
        "statements": [{**said, "actor_kind": "person", "confidence": 0.5}],
    }
    bare = {
        "id": "m",
        "text": text,
        "published": "2024-03-04",
        "statements": [{**said, "actor": "ANNA VERDI", "rule": "r"}],
    }
    return build_graph([full]), build_graph([bare])


def test_what_one_graph_does_not_know_the_other_adds(two):
    merged = merge(*two)
    (article,) = [d for _, d in merged.nodes(data=True) if d["kind"] == "article"]
    assert (article["title"], article["published"]) == ("Pioggia", "2024-03-04")
    (statement,) = [d for _, d in merged.nodes(data=True) if d["kind"] == "statement"]
    assert (statement["rule"], statement["confidence"]) == ("r", 0.5)
    (actor,) = [d for _, d in merged.nodes(data=True) if d["kind"] == "actor"]
    assert (actor["names"], actor["name"], actor["actor_kind"]) == (
        ("ANNA VERDI", "Anna Verdi"),
        "Anna Verdi",
        "person",
    )


def test_merging_makes_a_new_graph(two):
    one, other = two
    before = dict(one.nodes(data=True))
    merged = merge(one, other)
    for _, data in merged.nodes(data=True):
        data["kind"] = "changed"
    assert dict(one.nodes(data=True)) == before
    assert all(data["kind"] != "changed" for _, data in other.nodes(data=True))


def test_a_graph_from_a_file_without_texts_takes_them_from_the_other(two):
    one, _ = two
    bare = one.copy()
    for _, data in bare.nodes(data=True):
        if data["kind"] == "article":
            data["text"] = None
        if data["kind"] == "statement":
            data["context"] = ()
    assert_same(merge(bare, one), one)
    assert nx.utils.graphs_equal(merge(one, bare), one)


def test_what_a_file_said_of_itself_is_kept():
    one, other = nx.MultiDiGraph(profile="core", base="https://example.org/"), nx.MultiDiGraph(profile="full")
    assert merge(one, other).graph == merge(other, one).graph == {"profile": "core", "base": "https://example.org/"}


def test_one_article_with_two_texts_cannot_be_merged():
    with pytest.raises(RecordError, match="two different texts"):
        merge(build_graph([{"id": "m", "text": "Uno."}]), build_graph([{"id": "m", "text": "Due."}]))
