from itertools import combinations

import networkx as nx
import pytest

from portavoce.graph.project import actor_network
from portavoce.output.report.picture import HEIGHT, LETTER, WIDTH, picture_of


def network(pairs, **edge):
    made = nx.MultiDiGraph()
    for a, b in pairs:
        for n in (a, b):
            made.add_node(n, name=f"Nome di {n}", actor_kind="person")
        made.add_edge(a, b, "mentions", **({"kind": "mentions", "weight": 1, "statements": ("s",)} | edge))
    return made


def test_everybody_has_a_place_in_the_box(bridge):
    picture = picture_of(actor_network(bridge, shared_topics=False), most=30)
    assert len(picture.dots) == picture.total == 8
    assert all(0 < d.x < WIDTH and 0 < d.y < HEIGHT for d in picture.dots)
    ends = {(d.x, d.y) for d in picture.dots}
    assert {(t.x1, t.y1) for t in picture.lines} | {(t.x2, t.y2) for t in picture.lines} <= ends


def test_labels_lie_free_of_each_other():
    picture = picture_of(network([(f"n{i}", f"n{(i * 5 + 1) % 30}") for i in range(30)]), most=30)
    assert len(picture.dots) == 30
    hidden = [
        (a.label, b.label)
        for a, b in combinations(picture.dots, 2)
        if abs(a.y - b.y) < 12 and abs(a.x - b.x) < LETTER * (len(a.label) + len(b.label)) / 2 - 10
    ]
    assert hidden == []


def test_the_picture_does_not_hang_on_the_order_of_the_network(bridge):
    made = actor_network(bridge, shared_topics=False)
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(made.nodes(data=True))))
    turned.add_edges_from(reversed(list(made.edges(keys=True, data=True))))
    assert picture_of(made, most=30) == picture_of(turned, most=30)


def test_those_with_most_ties_are_shown_and_the_others_counted():
    picture = picture_of(network([("hub", f"n{i}") for i in range(20)] + [("far", "away")]), most=5)
    assert (len(picture.dots), picture.total) == (5, 23)
    assert picture.dots[0].node == "hub"


def test_around_one_actor_are_its_neighbours():
    picture = picture_of(network([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]), most=10, around="b")
    assert {d.node for d in picture.dots} == {"a", "b", "c"}
    assert picture.total == 2


@pytest.mark.parametrize(
    ("types", "feeling"), [(("accuse",), "conflict"), (("consult", "support"), "cooperation"), (("accuse", "consult", "assault"), "conflict"), (("defeat",), "office")]
)  # fmt: skip
def test_a_line_looks_like_most_of_the_deeds(types, feeling):
    made = network([("a", "b")])
    made.add_edge("a", "b", "relates", kind="relates", weight=len(types), types=types, edges=("k",))
    (line,) = picture_of(made, most=5).lines
    assert line.feeling == feeling
    assert ", ".join(types) in line.title


def test_a_network_of_nobody_is_an_empty_picture():
    assert picture_of(nx.MultiDiGraph(), most=5).dots == ()
    assert picture_of(network([("a", "b")]), most=5, around="x").dots == ()
