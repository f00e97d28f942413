"""Who held which office, where, and when it was seen: never without the date and the words of the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portavoce.graph.query.answers import Listing, RoleAnswer, actor_name, evidence_in
from portavoce.graph.query.names import find_actor
from portavoce.graph.query.selection import check_date, within
from portavoce.graph.schema import ACTOR, HOLDS, Attributes, actor_node, local_id, nodes_of

if TYPE_CHECKING:
    import networkx as nx


def roles(
    graph: nx.MultiDiGraph, actor: str | None = None, *, since: str | None = None, until: str | None = None,
    limit: int | None = None,
) -> Listing[RoleAnswer]:  # fmt: skip
    """The offices of an actor, those at an organisation, or those at a country and its organisations; all without a name.

    ``since`` and ``until`` are days, months or years (both included) of the articles that tell of the office; an article
    without a date tells of none of them. Raises `UnknownNameError` for an actor that the graph does not hold.
    """
    chosen = _around(graph, actor_node(find_actor(graph, actor).id)) if actor is not None else None
    for date in (since, until):
        check_date(date)
    found: dict[tuple[str, str, str], list[Attributes]] = {}
    for holder, body, edge in graph.edges(data=True):
        if edge["kind"] != HOLDS or ((since or until) and not within(edge["observed"], since, until)):
            continue
        if chosen is None or holder in chosen or body in chosen:
            found.setdefault((holder, edge["role"], body), []).append(edge)
    answers = [_answer(graph, *key, edges) for key, edges in found.items()]
    answers.sort(key=lambda a: (not a.first, a.first or "", a.name, a.role, a.organization or "", a.id))
    return Listing(answers[:limit], len(answers))


def _around(graph: nx.MultiDiGraph, node: str) -> set[str]:
    """An actor, and for a country what belongs to it, persons aside: an office abroad is none of their country's."""
    around = {node}
    if graph.nodes[node]["actor_kind"] == "country":
        names = set(graph.nodes[node]["names"])
        around.update(
            other
            for other, d in nodes_of(graph, ACTOR)
            if d["of_country"] in names and d["actor_kind"] not in ("person", "unknown", "group")
        )
    return around


def _answer(graph: nx.MultiDiGraph, holder: str, role: str, body: str, edges: list[Attributes]) -> RoleAnswer:
    edges = sorted(edges, key=lambda e: (not e["observed"], e["observed"] or "", e["article"], e["evidence"]))
    days = sorted(e["observed"] for e in edges if e["observed"])
    words = next((e["organization"] for e in edges if e["organization"]), None)
    return RoleAnswer(
        id=local_id(holder), name=actor_name(graph, holder), role=role,
        organization=actor_name(graph, body) if body != holder else words, organization_id=local_id(body) if body != holder else None,
        first=days[0] if days else None, last=days[-1] if days else None, articles=len({e["article"] for e in edges}),
        evidence=tuple(evidence_in(graph, e["article"], e["evidence"]) for e in edges),
    )  # fmt: skip
