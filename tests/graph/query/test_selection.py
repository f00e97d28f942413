import pytest

from portavoce.errors import InputError
from portavoce.graph.query.selection import TextSearch, selected
from portavoce.graph.schema import nodes_of
from portavoce.records import Span


def kinds(graph, kind):
    return {d["id"] if kind == "article" else n for n, d in nodes_of(graph, kind)}


def test_without_conditions_it_is_the_graph_itself(graph):
    assert selected(graph) is graph


def test_days_leave_their_articles_and_all_actors(gas):
    part = selected(gas, since="2024-01-10", until="2024-01")
    assert kinds(part, "article") == {"b"}
    assert kinds(part, "actor") == kinds(gas, "actor")
    assert len(kinds(part, "statement")) == 3
    assert {d["modality"] for *_, d in part.edges(data=True) if d["kind"] == "relates"} == {"planned"}
    assert all(n in part and d["kind"] for n, d in part.nodes(data=True))


def test_a_topic_leaves_statements_and_what_names_it(gas):
    part = selected(gas, topic="GASDOTTI"[:-1])
    assert len(kinds(part, "statement")) == 4
    assert [d["kind"] for *_, d in part.edges(data=True) if d["kind"] in {"relates", "holds"}] == []
    assert [d["type"] for *_, d in selected(gas, topic="accus").edges(data=True) if d["kind"] == "relates"] == [
        "accuse"
    ] * 3


def test_the_graph_itself_stays_as_it_is(gas):
    before = (gas.number_of_nodes(), gas.number_of_edges())
    selected(gas, since="2024-02", topic="diga")
    assert (gas.number_of_nodes(), gas.number_of_edges()) == before


@pytest.mark.parametrize("conditions", [{"since": "ieri"}, {"until": "2024-1"}, {"topic": " … "}, {"topic": ""}])
def test_what_is_no_date_and_no_topic_is_told(graph, conditions):
    with pytest.raises(InputError):
        selected(graph, **conditions)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gasdotto chiuso", True), ("chiu GAS", True), ('"resta chiuso"', True), ('"chiuso resta"', False), ('"resta chiu"', False),
        ('gasd "resta chiuso"', True), ("aperto", False), ("chiuso aperto", False),
    ],
)  # fmt: skip
def test_words_of_the_content(text, found):
    assert TextSearch(text).finds((Span(0, 11, "Il gasdotto"), Span(20, 32, "resta chiuso"))) is found


def test_a_search_for_no_word_is_an_error():
    with pytest.raises(InputError, match="no word"):
        TextSearch('""')
