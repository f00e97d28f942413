"""What people decide about who is who: pairs worth a look, and actors named by a person turned into judgements on forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from portavoce.errors import InputError
from portavoce.graph.identity import appearances_of, unresolved
from portavoce.graph.judgements import Judgements, Verdict
from portavoce.graph.query.names import find_actor
from portavoce.graph.resolve import Gazetteer, resolve
from portavoce.graph.schema import APPEARS, IN, SAYS, Attributes, actor_node, edges_from, local_id

EXAMPLES = 2  # statements that show who somebody is


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two actors of a pair: what the graph says of the form that stands for it."""

    form: str
    name: str
    names: tuple[str, ...]
    articles: int
    roles: tuple[str, ...]
    wikidata: str | None
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair that a person had better judge: both sides, the score with its features, and the number of pairs of articles."""

    left: Side
    right: Side
    score: float
    features: str
    weight: int


def proposals(
    graph: nx.MultiDiGraph, *, gazetteer: Gazetteer | None = None, judgements: Judgements | None = None
) -> list[Proposal]:
    """The pairs that no judgement speaks of, those first on which most hangs; raises `InputError` for a `core` file."""
    forms = _Forms(graph)
    edges = list(unresolved(graph.edges(keys=True, data=True)))
    found = resolve(appearances_of(graph.nodes, edges), gazetteer=gazetteer, judgements=judgements).doubts
    return [
        Proposal(forms.side(d.left), forms.side(d.right), d.score.value, str(d.score), d.weight)
        for d in found
        if forms.knows(d.left) and forms.knows(d.right)
    ]


def pairs_to_join(graph: nx.MultiDiGraph, one: str, other: str) -> list[tuple[str, str]]:
    """The pairs of forms whose verdict "same" makes one actor of two, named as `find_actor` understands names."""
    forms = _Forms(graph)
    left, right = (forms.references(actor_node(find_actor(graph, name).id)) for name in (one, other))
    if set(left) & set(right):
        raise InputError(f"{one!r} and {other!r} are one actor already; 'portavoce split' takes it apart")
    return [(left[0], reference) for reference in right] + [(right[0], reference) for reference in left[1:]]


def pairs_to_part(
    graph: nx.MultiDiGraph, actor: str, *, names: Sequence[str] = (), articles: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """The pairs of forms whose verdict "different" takes some names, or some articles, out of an actor.

    Raises `InputError` when nothing or everything would be taken out.
    """
    forms = _Forms(graph)
    node = actor_node(find_actor(graph, actor).id)
    by_form = forms.of(node)
    wanted = {name.casefold() for name in names}
    moved = {
        form: [a for a, edge in there if wanted & {n.casefold() for n in edge["names"]} or _is_one_of(graph, a, articles)]
        for form, there in by_form.items()
    }  # fmt: skip
    out = {form: places for form, places in moved.items() if places}
    stay = [form for form, places in moved.items() if len(places) < len(by_form[form])]
    if not out or not stay:
        called = "; ".join(
            sorted({f"{e['name']} ({graph.nodes[a]['id']})" for there in by_form.values() for a, e in there})
        )
        raise InputError(f"name with --name or --article what is another actor, and leave something: {called[:400]}")
    taken = [
        form if len(places) == len(by_form[form]) and form not in stay else f"{form}@{local_id(place)}"
        for form, places in sorted(out.items())
        for place in (places[:1] if len(places) == len(by_form[form]) else places)
    ]
    return [(reference, form) for reference in taken for form in sorted(stay)]


def _is_one_of(graph: nx.MultiDiGraph, article: str, wanted: Sequence[str]) -> bool:
    return graph.nodes[article]["id"] in wanted or local_id(article) in wanted


class _Forms:
    """The forms of a graph by the actors that they are, and back."""

    def __init__(self, graph: nx.MultiDiGraph) -> None:
        self.graph = graph
        self._of: dict[str, dict[str, list[tuple[str, Attributes]]]] = defaultdict(lambda: defaultdict(list))
        self._actors: dict[str, set[str]] = defaultdict(set)
        for actor, article, edge in graph.edges(data=True):
            if edge["kind"] == APPEARS:
                self._of[actor][edge["form"]].append((article, edge))
                self._actors[edge["form"]].add(actor)
        if not self._of:
            raise InputError(
                "the file no longer tells what each article calls its actors; "
                "decide in the .jsonl or in a Turtle file of --profile full, or build again: the log of decisions is read"
            )

    def of(self, actor: str) -> dict[str, list[tuple[str, Attributes]]]:
        """The forms of an actor with the articles and edges of each, the form in most articles first."""
        forms = self._of[actor]
        return {f: sorted(forms[f], key=lambda p: p[0]) for f in sorted(forms, key=lambda f: (-len(forms[f]), f))}

    def references(self, actor: str) -> list[str]:
        """What stands for an actor in judgements: a form that is nobody else's, else the form in each of its articles."""
        return [
            reference
            for form, there in self.of(actor).items()
            for reference in ([form] if len(self._actors[form]) == 1 else [f"{form}@{local_id(a)}" for a, _ in there])
        ]

    def knows(self, reference: str) -> bool:
        return reference.partition("@")[0] in self._actors

    def side(self, reference: str) -> Side:
        """What the graph says of a form, or of a form in one article."""
        form, _, article = reference.partition("@")
        actors = sorted(self._actors[form])
        told = [(a, e) for actor in actors for a, e in self._of[actor][form] if not article or local_id(a) == article]
        names = sorted({name for _, edge in told for name in edge["names"]})
        articles = {a for a, _ in told}
        return Side(
            reference, min((e["name"] for _, e in told), default=form), tuple(names), len(articles),
            tuple(sorted({role for _, edge in told for role in edge["roles"]})),
            next((w for actor in actors if (w := self.graph.nodes[actor]["wikidata"])), None), tuple(self._said(actors, articles)),
        )  # fmt: skip

    def _said(self, actors: Iterable[str], articles: set[str]) -> list[str]:
        said = sorted(
            " ".join(span.text for span in self.graph.nodes[statement]["content"])
            for actor in actors
            for statement, _ in edges_from(self.graph, actor, SAYS)
            if any(article in articles for article, _ in edges_from(self.graph, statement, IN))
        )
        return said[:EXAMPLES]


VERDICTS: dict[str, Verdict] = {"y": "same", "n": "different", "u": "unsure"}
"""What the keys of a review stand for."""
