from pathlib import Path

import networkx as nx
import pytest

from portavoce.errors import RecordError
from portavoce.graph.build import build_graph
from portavoce.graph.schema import (
    CATEGORY,
    EDGE_KINDS,
    NODE_KINDS,
    PHRASE,
    edges_from,
    edges_to,
    holds_key,
    nodes_of,
    relates_key,
    speakers_of,
    topics_of,
)
from portavoce.ids import article_node
from portavoce.records import Article, Reject, Span

ATTRIBUTES = {
    "actor": {"kind", "names", "name", "actor_kind", "wikidata", "of_country"},
    "statement": {
        "kind", "quote_type", "content", "cue", "cue_lemma", "speaker", "actor", "about", "category", "polarity", "certainty",
        "act", "tense", "reported_by", "rule", "confidence", "language", "context",
    },
    "topic": {"kind", "label", "scheme", "concept"},
    "article": {"kind", "id", "title", "url", "published", "publisher", "language", "text_digest", "text_length", "text", "countries"},
    "utterance": {"kind", "first", "copies"},
    "copy": {"kind", "evidence"},
    "says": {"kind", "evidence", "forms"},
    "about": {"kind", "evidence", "rank"},
    "mentions": {"kind", "evidence", "forms"},
    "in": {"kind", "evidence"},
    "holds": {"kind", "form", "body_form", "role", "organization", "article", "observed", "evidence"},
    "relates": {"kind", "source_form", "target_form", "type", "modality", "trigger", "article", "statement", "evidence"},
    "appears": {
        "kind", "form", "name", "names", "actor_kind", "wikidata", "of_country", "roles", "rule", "score", "evidence",
    },
}  # fmt: skip


def minimal(**fields):
    text = fields.pop("text", "Anna Verdi ha detto che piove.")
    return {"id": "m", "text": text, **fields}


def test_every_node_and_edge_has_the_attributes_of_the_schema_and_no_other(graph):
    seen = set()
    for name, data in graph.nodes(data=True):
        assert set(data) == ATTRIBUTES[data["kind"]]
        assert name.split("/")[0] == data["kind"]
        seen.add(data["kind"])
    for _, _, key, data in graph.edges(keys=True, data=True):
        assert set(data) == ATTRIBUTES[data["kind"]]
        assert key.split(":")[0] == data["kind"]
        seen.add(data["kind"])
    assert seen | {"utterance", "copy"} == set(NODE_KINDS) | set(
        EDGE_KINDS
    )  # no two articles of the sample copy each other


def test_the_page_about_the_graph_names_every_attribute():
    page = Path(__file__).resolve().parents[2].joinpath("docs", "graph.md").read_text(encoding="utf-8")
    rows = {row.split("`")[1]: row for row in page.split("## Merging")[0].splitlines() if row.startswith("| `")}
    assert set(rows) == set(ATTRIBUTES)
    missing = {kind: [a for a in names - {"kind"} if f"`{a}`" not in rows[kind]] for kind, names in ATTRIBUTES.items()}
    assert not any(missing.values()), missing


def test_counts_of_the_sample(graph):
    kinds = [data["kind"] for _, data in graph.nodes(data=True)]
    assert (kinds.count("statement"), kinds.count("article"), kinds.count("actor")) == (10, 3, 11)


def test_evidence_stands_in_the_text_that_it_comes_from(graph):
    checked = 0
    for source, target, data in graph.edges(data=True):
        places = [
            data.get("article"),
            source,
            target,
            *(t for n in (source, target) for t, _ in edges_from(graph, n, "in")),
        ]
        text = next(graph.nodes[p]["text"] for p in places if p and graph.nodes[p]["kind"] == "article")
        for span in data["evidence"]:
            assert text[span.start : span.end] == span.text
            checked += 1
    assert checked > 60


def test_one_actor_in_two_articles_is_one_node(graph, node_of):
    articles = {t for s, _ in edges_from(graph, node_of("Russia"), "says") for t, _ in edges_from(graph, s, "in")}
    assert articles == {article_node("ponte-2"), article_node("vertice")}
    assert graph.nodes[node_of("Russia")]["names"] == ("Mosca", "Russia")


def test_what_the_article_calls_the_speaker_stays_on_the_statement(graph, saying):
    assert graph.nodes[saying("il ritiro")]["actor"] == "Mosca"


def test_an_interrupted_quote_is_one_statement_in_two_spans(graph, saying):
    node = saying("La sicurezza")
    assert [span.text for span in graph.nodes[node]["content"]] == [
        "La sicurezza viene prima di tutto", "e Anna Bianchi lo sa bene",
    ]  # fmt: skip
    (edge,) = [data for _, data in edges_from(graph, node, "in")]
    assert edge["evidence"] == graph.nodes[node]["content"]


def test_context_is_what_stands_around_the_content(graph):
    for _, data in nodes_of(graph, "statement"):
        assert len(data["context"]) == len(data["content"])
        assert all(len(before) <= 32 and len(after) <= 32 for before, after in data["context"])
    vertice = graph.nodes[article_node("vertice")]["text"]
    (first,) = [
        d for _, d in nodes_of(graph, "statement") if d["content"][0].text == "le forniture di gas continueranno"
    ]
    start, end = first["content"][0].start, first["content"][0].end
    assert first["context"] == ((vertice[:start][-32:], vertice[end : end + 32]),)


def test_the_speakers_mention_is_evidence_else_the_cue_else_the_content():
    text = "Anna Verdi ha detto che piove. Nevica."
    content = {"start": 24, "end": 29}
    said = [
        {"kind": "indirect", "content": [content], "cue": {"start": 11, "end": 19}, "speaker": {"start": 0, "end": 10}, "actor": "Anna Verdi"},
        {"kind": "indirect", "content": [{"start": 31, "end": 37}], "cue": {"start": 14, "end": 19}, "actor": "Anna Verdi"},
        {"kind": "indirect", "content": [{"start": 31, "end": 35}], "actor": "Anna Verdi"},
    ]  # fmt: skip
    graph = build_graph([minimal(text=text, statements=said)])
    evidence = sorted(data["evidence"][0].text for _, _, data in graph.edges(data=True) if data["kind"] == "says")
    assert evidence == ["Anna Verdi", "Nevi", "detto"]


def test_nobody_says_a_statement_without_an_actor():
    graph = build_graph([minimal(statements=[{"kind": "indirect", "content": [{"start": 24, "end": 29}]}])])
    ((statement, _),) = nodes_of(graph, "statement")
    assert speakers_of(graph, statement) == ()
    assert list(nodes_of(graph, "actor")) == []


def test_topics_come_in_rank_phrases_before_concepts_before_the_category(graph, saying):
    topics = [graph.nodes[t] for t in topics_of(graph, saying("il ponte sul Lario"))]
    assert [(t["label"], t["scheme"], t["concept"]) for t in topics] == [
        ("ponte sul Lario", PHRASE, None), ("chiusura", PHRASE, None),
        ("opera pubblica", "eurovoc", "http://eurovoc.europa.eu/3015"), ("politics", CATEGORY, None),
    ]  # fmt: skip


def test_evidence_of_a_topic_is_the_phrase_in_the_content_else_nearby_else_nothing(graph, saying):
    found = {
        graph.nodes[t]["label"]: d["evidence"] for t, d in edges_from(graph, saying("il ponte sul Lario"), "about")
    }
    assert [span.text for span in found["ponte sul Lario"]] == ["ponte sul Lario"]
    assert found["chiusura"] == found["opera pubblica"] == found["politics"] == ()
    near = {graph.nodes[t]["label"]: d["evidence"] for t, d in edges_from(graph, saying("«il ministro"), "about")}
    assert [span.text for span in near["ponte sul Lario"]] == ["Ponte sul Lario", "ponte sul Lario"]  # title and lead
    assert [span.text for span in near["comuni"]] == ["comuni"]


@pytest.mark.parametrize(
    ("id_", "scheme", "concept"),
    [
        ("http://publications.europa.eu/resource/authority/data-theme/TRAN", "data-theme", True),
        ("https://example.org/temi/ponti", "https://example.org/temi/", True),
        ("urn:temi:ponti", "urn:temi:", True),
        ("eurovoc:3015", "eurovoc", False),
        ("ponti", "thesaurus", False),
    ],
)
def test_the_scheme_of_a_concept_comes_from_its_id(id_, scheme, concept):
    said = {"kind": "indirect", "content": [{"start": 24, "end": 29}], "topics": [{"id": id_, "label": "ponti"}]}
    graph = build_graph([minimal(statements=[said])])
    ((_, topic),) = nodes_of(graph, "topic")
    assert (topic["scheme"], topic["concept"]) == (scheme, id_ if concept else None)


def test_a_statement_mentions_whom_its_content_names_and_the_article_everybody(graph, saying, node_of):
    assert {a for a, _ in edges_from(graph, saying("Anna Bianchi e"), "mentions")} == {
        node_of("Anna Bianchi"),
        node_of("Marco Rossi"),
    }
    in_article = {graph.nodes[a]["name"] for a, _ in edges_from(graph, article_node("ponte-2"), "mentions")}
    assert {"Stati Uniti", "Russia", "Giulia Verdi", "Paolo Rossi"} <= in_article
    assert not list(edges_from(graph, saying("il ritiro"), "mentions"))


def test_a_mention_that_sticks_out_of_the_content_is_not_in_it():
    said = {"kind": "indirect", "content": [{"start": 5, "end": 29}], "actor": "x"}
    mention = {"start": 0, "end": 10, "actor_id": "Anna Verdi"}
    graph = build_graph([minimal(statements=[said], mentions=[mention])])
    assert [graph.nodes[s]["kind"] for s, _, d in graph.edges(data=True) if d["kind"] == "mentions"] == ["article"]


def test_a_role_leads_to_its_organisation_or_back_to_its_holder(graph, node_of):
    ((body, edge),) = edges_from(graph, node_of("Anna Bianchi"), "holds")
    assert (graph.nodes[body]["name"], edge["role"], edge["observed"]) == ("Comune di Lecco", "sindaca", "2024-03-04")
    ((own, edge),) = edges_from(graph, node_of("Marco Rossi"), "holds")
    assert own == node_of("Marco Rossi")
    assert edge["organization"] is None


def test_keys_are_functions_of_ends_and_attributes(graph):
    """A reader of another format makes the same keys from what the file holds."""
    checked = 0
    for source, target, key, data in graph.edges(keys=True, data=True):
        if data["kind"] in {"holds", "relates"}:
            assert key == (holds_key if data["kind"] == "holds" else relates_key)(source, target, data)
            checked += 1
    assert checked == 5


def test_a_relation_names_its_trigger_and_place(graph, node_of):
    ((target, edge),) = edges_from(graph, node_of("Anna Bianchi"), "relates")
    assert target == node_of("Marco Rossi")
    assert (edge["type"], edge["trigger"].text, edge["article"]) == (
        "consult",
        "ha incontrato",
        article_node("ponte-2"),
    )
    assert list(edges_to(graph, target, "relates")) == [(node_of("Anna Bianchi"), edge)]


def test_a_nested_statement_points_to_the_outer_one():
    text = "Il Corriere scrive che Anna Verdi nega."
    said = [
        {"id": "fuori", "kind": "indirect", "content": [{"start": 23, "end": 38}], "actor": "Il Corriere"},
        {"id": "dentro", "kind": "indirect", "content": [{"start": 34, "end": 38}], "actor": "Anna Verdi", "reported_by": "fuori"},
    ]  # fmt: skip
    graph = build_graph([minimal(text=text, statements=said)])
    outer, inner = (
        next(n for n, d in nodes_of(graph, "statement") if d["actor"] == actor)
        for actor in ("Il Corriere", "Anna Verdi")
    )
    assert graph.nodes[inner]["reported_by"] == outer
    assert len(outer.removeprefix("statement/")) == 20


def test_ids_that_are_no_hashes_do_not_tie_two_versions_of_an_article_together():
    said = [
        {"id": "s1", "kind": "indirect", "content": [{"start": 24, "end": 29}]},
        {"id": "s1", "kind": "indirect", "content": [{"start": 0, "end": 4}]},
    ]
    graph = build_graph([minimal(statements=[s]) for s in said])
    assert len(list(nodes_of(graph, "statement"))) == 2


def test_a_hash_given_as_id_is_kept():
    graph = build_graph(
        [minimal(statements=[{"id": "0a" * 12, "kind": "indirect", "content": [{"start": 24, "end": 29}]}])]
    )
    assert f"statement/{'0a' * 12}" in graph


@pytest.mark.parametrize(
    "fields",
    [
        {"statements": [{"kind": "indirect", "content": [{"start": 24, "end": 29}], "reported_by": "s9"}]},
        {
            "relations": [
                {
                    "source": "Anna Verdi",
                    "type": "aid",
                    "target": "Usa",
                    "trigger": {"start": 0, "end": 4},
                    "evidence": {"start": 0, "end": 4},
                    "statement": "s9",
                }
            ]
        },
    ],
)
def test_a_statement_that_the_record_does_not_hold_is_an_error(fields):
    with pytest.raises(RecordError, match="no statement with the id 's9'"):
        build_graph([minimal(**fields)])


def test_the_roles_date_and_the_statements_language_are_those_of_the_article():
    """Also when only another record of the article knows them."""
    said = {"kind": "indirect", "content": [{"start": 24, "end": 29}]}
    role = {"actor_id": "Anna Verdi", "role": "capo", "evidence": {"start": 0, "end": 10}}
    graph = build_graph([minimal(statements=[said], roles=[role]), minimal(published="2024-03-04", language="it")])
    assert [d["language"] for _, d in nodes_of(graph, "statement")] == ["it"]
    assert [d["observed"] for _, _, d in graph.edges(data=True) if d["kind"] == "holds"] == ["2024-03-04"]


def test_dictionaries_and_articles_give_the_same_graph_and_rejects_are_passed_over(records, graph):
    articles = [Article.from_json(record) for record in records]
    assert nx.utils.graphs_equal(build_graph([*articles, Reject(stage="read", reason="empty")]), graph)


def test_order_does_not_show_not_even_in_the_order_of_nodes(records, graph):
    turned = build_graph(reversed(records))
    assert nx.utils.graphs_equal(turned, graph)
    assert list(turned.nodes) == list(graph.nodes)
    assert list(turned.edges(keys=True)) == list(graph.edges(keys=True))


def test_the_same_record_twice_counts_once(records, graph):
    assert nx.utils.graphs_equal(build_graph(records + records), graph)


def test_one_id_with_two_texts_is_an_error():
    with pytest.raises(RecordError, match="'m' comes with two different texts"):
        build_graph([minimal(), minimal(text="Altro testo.")])


def test_with_on_reject_a_bad_record_is_named_and_leaves_no_trace(records, graph):
    rejects = []
    dangling = minimal(mentions=[{"start": 0, "end": 10, "actor_id": "anna-0a1b2c3d"}])
    conflict = {**records[0], "text": "Altro.", "statements": [], "mentions": [], "roles": [], "relations": []}
    built = build_graph([*records, dangling, conflict, {"id": "t"}, {"id": 3}], on_reject=rejects.append)
    assert nx.utils.graphs_equal(built, graph)
    assert [(r.stage, r.id) for r in rejects] == [("build", "m"), ("build", "ponte-1"), ("build", "t"), ("build", None)]
    assert all(r.reason for r in rejects)


def test_the_text_and_its_digest_are_on_the_article(graph):
    for _, data in nodes_of(graph, "article"):
        assert data["text_length"] == len(data["text"])
        assert len(data["text_digest"]) == 64


def test_spans_and_values_are_plain(graph):
    """What the graph holds can be copied, compared and pickled: no record behind a node."""
    plain = (str, int, float, type(None), Span)

    def check(value):
        if isinstance(value, tuple):
            for item in value:
                check(item)
        else:
            assert isinstance(value, plain)

    for _, data in graph.nodes(data=True):
        for value in data.values():
            check(value)
    for _, _, data in graph.edges(data=True):
        for value in data.values():
            check(value)


def test_time_grows_linearly_with_the_number_of_statements():
    """Ten times the statements and mentions in one article take about ten times as long, not a hundred."""
    from time import process_time

    def seconds(n):
        sentence = "Anna Verdi ha detto che piove. "
        statements = [
            {"kind": "indirect", "content": [{"start": k * 31 + 24, "end": k * 31 + 29}], "actor": "Anna Verdi", "about": ["neve"]}
            for k in range(n)
        ]  # fmt: skip
        mentions = [{"start": k * 31, "end": k * 31 + 10, "actor_id": "Anna Verdi"} for k in range(n)]
        article = Article.from_json({"id": "m", "text": sentence * n, "statements": statements, "mentions": mentions})
        start = process_time()
        build_graph([article])
        return process_time() - start

    seconds(100)
    assert seconds(3000) < 40 * max(seconds(300), 0.002)
