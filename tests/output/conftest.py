"""A small graph after docs/graph.md, made by hand: two articles, an interrupted quote, a role, two relations."""

from __future__ import annotations

import networkx as nx
import pytest

from portavoce.records import Span

ONE = "article/" + "a" * 20
TWO = "article/" + "b" * 20
S1, S2, S3 = ("statement/" + c * 20 for c in "123")
ROSSI, COMUNE, RUSSIA, TESTIMONI = (
    "actor/anna-rossi-0a",
    "actor/comune-di-arezzo-0b",
    "actor/russia-0c",
    "actor/testimoni-0d",
)
BILANCIO, POLITICS, FINANCE = "topic/bilancio-1a", "topic/politics-1b", "topic/finanze-pubbliche-1c"

TEXT = (
    'La sindaca Anna Rossi ha detto: «Il bilancio è solido», poi ha aggiunto: «e la "Russia" minaccia\nArezzo». '
    "Secondo i testimoni non è vero."
)


def span(words: str, start: int = 0) -> Span:
    at = TEXT.index(words, start)
    return Span.of(TEXT, at, at + len(words))


def make_graph() -> nx.MultiDiGraph:
    g = nx.MultiDiGraph()
    g.add_node(
        ONE, kind="article", id="2024/bilancio.txt", title='«Il bilancio è solido»: parla "la sindaca"',
        url="https://giornale.example/a?b=1&c=è", published="2024-03-05", publisher="Il Corriere dell'Esempio", language="it",
        text_digest="0" * 64, text_length=len(TEXT), text=TEXT, countries=("Italia", "Russia"),
    )  # fmt: skip
    g.add_node(
        TWO, kind="article", id="due", title=None, url=None, published="2024-03-06T10:00:00Z", publisher=None, language=None,
        text_digest="1" * 64, text_length=4, text="boh.", countries=(),
    )  # fmt: skip
    for node, name, names, kind, wikidata, country in (
        (ROSSI, "Anna Rossi", ("Anna Rossi", "Rossi", "la sindaca"), "person", None, None),
        (COMUNE, "Comune di Arezzo", ("Comune di Arezzo",), "organization", "Q13378", "Italia"),
        (RUSSIA, "Russia", ("Mosca", "Russia"), "country", "Q159", None),
        (TESTIMONI, "i testimoni", ("i testimoni",), "group", None, None),
    ):
        g.add_node(node, kind="actor", names=names, name=name, actor_kind=kind, wikidata=wikidata, of_country=country)
    for node, label, scheme, concept in (
        (BILANCIO, "il bilancio", "phrase", None),
        (POLITICS, "politics", "category", None),
        (FINANCE, "finanze pubbliche", "eurovoc", "http://eurovoc.europa.eu/1000"),
    ):
        g.add_node(node, kind="topic", label=label, scheme=scheme, concept=concept)
    first, second = span("Il bilancio è solido"), span('e la "Russia" minaccia\nArezzo')
    common = {"kind": "statement", "language": "it"}
    g.add_node(
        S1, **common, quote_type="direct", content=(first, second), cue=span("ha detto"), cue_lemma="dire",
        speaker=span("Anna Rossi"), actor="Anna Rossi", about=("Il bilancio", "la Russia"), category="politics",
        polarity="asserts", certainty="certain", act="statement", tense="present", reported_by=None, rule="direct/verb", confidence=0.9125,
        context=(("ha detto: «", "», poi"), (": «", "». Secondo")),
    )  # fmt: skip
    denied = span("non è vero")
    g.add_node(
        S2, **common, quote_type="indirect", content=(denied,), cue=span("Secondo"), cue_lemma="secondo",
        speaker=span("i testimoni"), actor="i testimoni", about=(), category=None, polarity="denies", certainty="reported",
        act="question", tense="past",
        reported_by=S1, rule="secondo", confidence=1.0, context=(("i testimoni ", "."),),
    )  # fmt: skip
    g.add_node(
        S3, kind="statement", language=None, quote_type="mixed", content=(Span(0, 3, "boh"),), cue=None, cue_lemma=None,
        speaker=None, actor=None, about=(), category=None, polarity="open", certainty="possible", reported_by=None,
        act="request", tense="none",
        rule=None, confidence=None, context=(("", "."),),
    )  # fmt: skip
    g.add_edge(
        ROSSI, ONE, "appears:rossi-0e", kind="appears", form="rossi-0e", name="Anna Rossi", names=("Anna Rossi", "Rossi"),
        actor_kind="person", wikidata="Q1", of_country="Italia", roles=("La sindaca",), rule="surname +0.50, given name +0.50", score=1.0,
        evidence=(span("Anna Rossi"),),
    )  # fmt: skip
    at = span("Anna Rossi")
    g.add_edge(ROSSI, S1, "says", kind="says", evidence=(at,), forms=(f"rossi-0e {at.start}-{at.end}",))
    g.add_edge(TESTIMONI, S2, "says", kind="says", evidence=(span("i testimoni"),))
    g.add_edge(S1, BILANCIO, "about", kind="about", evidence=(span("Il bilancio"),), rank=0)
    g.add_edge(S1, FINANCE, "about", kind="about", evidence=(), rank=2)
    g.add_edge(S1, POLITICS, "about", kind="about", evidence=(), rank=3)
    g.add_edge(S1, RUSSIA, "mentions", kind="mentions", evidence=(span("Russia"),))
    g.add_edge(ONE, RUSSIA, "mentions", kind="mentions", evidence=(span("Russia"),))
    g.add_edge(
        ONE, ROSSI, "mentions", kind="mentions", evidence=(at,), forms=(f"rossi-0e {at.start}-{at.end}",)
    )  # fmt: skip
    for statement, article in ((S1, ONE), (S2, ONE), (S3, TWO)):
        g.add_edge(statement, article, "in", kind="in", evidence=g.nodes[statement]["content"])
    g.add_edge(
        ROSSI, COMUNE, "holds:0123456789ab", kind="holds", role="sindaca", organization="Arezzo", article=ONE,
        observed="2024-03-05", evidence=(span("La sindaca Anna Rossi"),), form="rossi-0e", body_form="arezzo-0f",
    )  # fmt: skip
    g.add_edge(
        TESTIMONI, TESTIMONI, "holds:ba9876543210", kind="holds", role="testimoni", organization=None, article=ONE,
        observed=None, evidence=(span("i testimoni"),),
    )  # fmt: skip
    g.add_edge(
        RUSSIA, COMUNE, "relates:00000000000e", kind="relates", type="threaten", modality="actual", trigger=span("minaccia"),
        article=ONE, statement=S1, evidence=(second,),
    )  # fmt: skip
    g.add_edge(
        ROSSI, TESTIMONI, "relates:00000000000f", kind="relates", type="sorella di", modality="possible",
        trigger=span("vero"), article=ONE, statement=None, evidence=(denied,),
    )  # fmt: skip
    return g


@pytest.fixture
def graph() -> nx.MultiDiGraph:
    return make_graph()
