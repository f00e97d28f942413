"""From forms to actors and back: the graph of what single articles say, and the graph in which one actor is one node.

Every edge that touches an actor remembers the form under which its article knows it, so that who is who can be decided
anew whenever graphs are merged, and the decision is the same as if all articles had come together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from portavoce.graph.judgements import Judgements
from portavoce.graph.places import form_at
from portavoce.graph.resolve import Appearance, Gazetteer, Identity, best_name, resolve
from portavoce.graph.resolve.names import bare_name
from portavoce.graph.resolve.resolver import Resolution
from portavoce.graph.schema import ACTOR, APPEARS, HOLDS, IN, MENTIONS, RELATES, SAYS, Attributes, actor_node, local_id

Nodes = Mapping[str, Attributes]
Edge = tuple[str, str, str, Attributes]

_DERIVED = ("rule", "score")
_FORMS_OF_ENDS = {HOLDS: ("form", "body_form"), RELATES: ("source_form", "target_form"), APPEARS: ("form", "")}


def unresolved(edges: Iterable[Edge]) -> Iterable[Edge]:
    """The same edges between forms instead of actors; an edge without forms (of a `core` file) stays as it is."""
    for source, target, key, edge in edges:
        if (forms := edge.get("forms")) and edge["kind"] in (SAYS, MENTIONS):
            by_form: dict[str, list[str]] = defaultdict(list)
            for place in forms:
                by_form[form_at(place)[0]].append(place)
            for form, places in by_form.items():
                at = {form_at(place)[1:] for place in places}
                evidence = tuple(span for span in edge["evidence"] if (span.start, span.end) in at)
                ends = (actor_node(form), target) if edge["kind"] == SAYS else (source, actor_node(form))
                yield (*ends, key, {**edge, "evidence": evidence, "forms": tuple(places)})
            continue
        names = _FORMS_OF_ENDS.get(edge["kind"], ("", ""))
        one, other = (edge.get(name) if name else None for name in names)
        told = {name: value for name, value in edge.items() if name not in _DERIVED}
        yield actor_node(one) if one else source, actor_node(other) if other else target, key, told


class Actors:
    """The actors of a graph of forms, resolved: which node each form is in each article, and what is known of the nodes."""

    def __init__(
        self,
        nodes: Nodes,
        edges: list[Edge],
        *,
        gazetteer: Gazetteer | None = None,
        judgements: Judgements | None = None,
    ) -> None:
        self._appears = [(target, edge) for _, target, _, edge in edges if edge["kind"] == APPEARS]
        self._articles = {target for target, _ in self._appears}
        self.resolution: Resolution = resolve(
            appearances_of(nodes, edges), gazetteer=gazetteer, judgements=judgements
        )  # fmt: skip
        self._identity = self.resolution.identities

    def node(self, form_node: str, article: str | None) -> str:
        """The actor's node for the node of a form in an article."""
        found = self._identity.get((local_id(article), local_id(form_node))) if article else None
        return actor_node(found.id) if found else form_node

    def identity(self, article: str, form: str) -> Identity | None:
        return self._identity.get((article, form))

    def nodes(self) -> dict[str, Attributes]:
        """The attributes of every actor that appears in an article."""
        told: dict[str, list[tuple[str, Attributes, Identity]]] = defaultdict(list)
        for article, edge in self._appears:
            if (found := self._identity.get((local_id(article), edge["form"]))) is not None:
                told[actor_node(found.id)].append((article, edge, found))
        return {node: _attributes(local_id(node), appearances) for node, appearances in told.items()}


def appearances_of(nodes: Nodes, edges: list[Edge]) -> list[Appearance]:
    """What resolution reads of a graph of forms."""
    out = []
    for _, article, _, edge in edges:
        if edge["kind"] != APPEARS:
            continue
        d = nodes.get(article, {})
        out.append(
            Appearance(
                article=local_id(article), form=edge["form"], name=edge["name"], names=tuple(edge["names"]),
                kind=edge["actor_kind"], wikidata=edge["wikidata"], of_country=edge["of_country"], roles=tuple(edge["roles"]),
                places=frozenset(d.get("countries") or ()), day=d.get("published"),
            )
        )  # fmt: skip
    return out


def _attributes(id_: str, told: list[tuple[str, Attributes, Identity]]) -> Attributes:
    names = {name for _, edge, _ in told for name in edge["names"] if name.strip()} or {e["name"] for _, e, _ in told}
    names |= {found.name for _, _, found in told if found.name}
    identities = [found for _, _, found in told]
    kinds = Counter(edge["actor_kind"] for _, edge, _ in told if edge["actor_kind"] != "unknown")
    countries = sorted({edge["of_country"] for _, edge, _ in told if edge["of_country"]})
    known = sorted({country for found in identities if len(found.countries) == 1 for country in found.countries})
    wikidata = sorted({found.wikidata for found in identities if found.wikidata})
    return {
        "kind": ACTOR, "names": tuple(sorted(names)), "name": _name(id_, told, names),
        "actor_kind": min(kinds, key=lambda k: (-kinds[k], k)) if kinds else "unknown",
        "wikidata": wikidata[0] if wikidata else None, "of_country": (countries or known or [None])[0],
    }  # fmt: skip


def _name(id_: str, told: list[tuple[str, Attributes, Identity]], names: set[str]) -> str:
    """The name to show: that of the form in most articles, of those that are more than a surname where there are any."""
    forms: dict[str, list[str]] = defaultdict(list)
    for _, edge, _ in told:
        forms[edge["form"]].append(edge["name"])
    if len(forms) == 1:
        return best_name(next(iter(forms)), names) if next(iter(forms)) == id_ else best_name(id_, names)
    full = {form for form, given in forms.items() if len(bare_name(given[0]).split()) > 1} or set(forms)
    form = min(full, key=lambda f: (-len(forms[f]), -len(bare_name(forms[f][0])), f))
    return best_name(form, {*forms[form], *names})


def resolved_edges(edges: list[Edge], actors: Actors) -> Iterable[Edge]:
    """Edges of a graph of forms between actors; the rule and score of each appearance stand on its edge."""
    article_of = {source: target for source, target, _, edge in edges if edge["kind"] == IN}
    for source, target, key, edge in edges:
        kind = edge["kind"]
        if kind == SAYS:
            yield actors.node(source, article_of.get(target)), target, key, edge
        elif kind == MENTIONS:
            yield source, actors.node(target, article_of.get(source, source)), key, edge
        elif kind in (HOLDS, RELATES):
            place = edge["article"]
            yield actors.node(source, place), actors.node(target, place), key, edge
        elif kind == APPEARS:
            found = actors.identity(local_id(target), edge["form"])
            why: dict[str, Any] = {"rule": found.rule, "score": found.score} if found else {}
            yield actors.node(source, target), target, key, {**edge, **why}
        else:
            yield source, target, key, edge
