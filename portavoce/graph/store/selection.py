"""The part of a graph that a question needs: what is meant, and how it is taken from a corpus or from a graph in memory."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from portavoce.graph.query.names import FOUND, find_actor
from portavoce.graph.query.selection import SELECTED, begin, check_date, is_about, within
from portavoce.graph.query.statements import in_order
from portavoce.graph.schema import (
    APPEARS,
    ARTICLE,
    COPY,
    ELSEWHERE,
    HOLDS,
    MENTIONS,
    RELATES,
    SAYS,
    STATEMENT,
    Attributes,
    actor_node,
    article_of,
    edges_from,
    edges_to,
    nodes_of,
)
from portavoce.ids import fold

if TYPE_CHECKING:
    import networkx as nx

    from portavoce.graph.part import Part
    from portavoce.graph.query.answers import ActorMatch
    from portavoce.graph.store.corpus import Corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Statements that meet all conditions, with all that stands around them; without conditions, everything.

    ``actors`` are names as users write them: statements that one of them says or that mention one, and the deeds and offices
    in which one stands. ``speaker`` and ``mentions`` name who says the statement, and who is mentioned in it. Each word of
    ``topic`` begins a word of the statement's topics or content. ``since`` and ``until`` are dates of articles, both
    inclusive, as YYYY, YYYY-MM or YYYY-MM-DD. ``limit`` leaves the first statements by date (none last), article and place.
    The articles come without their texts unless ``texts`` asks for them.
    """

    actors: tuple[str, ...] = ()
    speaker: str | None = None
    mentions: str | None = None
    topic: str | None = None
    kind: str | None = None
    polarity: str | None = None
    since: str | None = None
    until: str | None = None
    limit: int | None = None
    texts: bool = False

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return all(not getattr(self, f.name) for f in fields(self) if f.name != "texts")

    @property
    def names(self) -> tuple[str, ...]:
        """All names of actors in it."""
        return tuple(dict.fromkeys(filter(None, (*self.actors, self.speaker, self.mentions))))

    @property
    def words(self) -> list[str]:
        """The folded words of the topic."""
        return fold(self.topic).split() if self.topic else []

    def check(self) -> None:
        """Raise `InputError` for a date of another form."""
        for date in (self.since, self.until):
            check_date(date)


def select(corpus: Corpus, selection: Selection, *, whole: bool = True) -> Part:
    """The part of a corpus's graph that a selection means; less than the ``whole`` of it is enough for questions."""
    from portavoce.graph.store.acts import ACTS
    from portavoce.graph.store.choosing import choose
    from portavoce.graph.store.conditions import Conditions
    from portavoce.graph.store.reading import Reading

    selection.check()
    keys, found = corpus.meant(selection.names)
    conditions = Conditions.of(corpus.db, selection, [*keys.values()])
    reading = Reading(corpus.db, choose(conditions, selection, keys), conditions)
    asked = [keys[name] for name in selection.actors]
    for acts in ACTS.values():
        reading.tell_of(acts, asked)
    if not asked:
        reading.tell_around()
    if whole:
        reading.read_appearances(asked)
    part = reading.part(keys.values(), texts=selection.texts)
    part.graph.update(about(selection, found))
    return part


def about(selection: Selection, found: dict[str, ActorMatch]) -> dict[str, object]:
    """What a part says of itself: who is meant by its names, and for which days and words it was taken."""
    return {FOUND: found, SELECTED: (selection.since, selection.until, tuple(selection.words))}


def part_of(graph: nx.MultiDiGraph, selection: Selection) -> nx.MultiDiGraph:
    """The part of a graph in memory that a selection means."""
    import networkx as nx

    selection.check()
    found = {name: find_actor(graph, name) for name in selection.names}
    nodes = {name: actor_node(match.id) for name, match in found.items()}
    asked = {nodes[name] for name in selection.actors}
    statements = _statements(graph, selection, nodes)
    articles = {article_of(graph, s) for s in statements}
    part = nx.MultiDiGraph(**graph.graph)
    kept: dict[str, Attributes] = {node: graph.nodes[node] for node in nodes.values()}
    kept.update((node, graph.nodes[node]) for node in statements | articles)
    edges = []
    for source, target, key, edge in graph.edges(keys=True, data=True):
        if not _stays(graph, (source, target, edge), selection, statements, around=(articles, asked)):
            continue
        edges.append((source, target, key, edge))
        if edge["kind"] in (HOLDS, RELATES) and (place := edge["article"]) in graph:
            kept.setdefault(place, graph.nodes[place])
        for end in (source, target):
            outside = graph.nodes[end]["kind"] == STATEMENT and end not in statements
            kept.setdefault(end, {"kind": ELSEWHERE} if outside else graph.nodes[end])
    part.add_nodes_from((node, _node(kept[node], texts=selection.texts)) for node in sorted(kept))
    part.add_edges_from((s, t, key, dict(edge)) for s, t, key, edge in edges)
    part.graph.update(about(selection, found))
    return part


def _node(attributes: Attributes, *, texts: bool) -> Attributes:
    return dict(attributes) if texts or attributes["kind"] != ARTICLE else {**attributes, "text": None}


def _statements(graph: nx.MultiDiGraph, selection: Selection, nodes: dict[str, str]) -> set[str]:
    chosen = {node for node, _ in nodes_of(graph, STATEMENT)}
    if selection.speaker:
        chosen &= {s for s, _ in edges_from(graph, nodes[selection.speaker], SAYS)}
    if selection.mentions:
        chosen &= {s for s, _ in edges_to(graph, nodes[selection.mentions], MENTIONS)}
    if selection.actors:
        asked = {nodes[name] for name in selection.actors}
        chosen &= {s for a in asked for s, _ in edges_from(graph, a, SAYS)} | {
            s for a in asked for s, _ in edges_to(graph, a, MENTIONS)
        }
    if selection.kind:
        chosen = {s for s in chosen if graph.nodes[s]["quote_type"] == selection.kind}
    if selection.polarity:
        chosen = {s for s in chosen if graph.nodes[s]["polarity"] == selection.polarity}
    if selection.since or selection.until:
        chosen = {
            s
            for s in chosen
            if within(graph.nodes[article_of(graph, s)]["published"], selection.since, selection.until)
        }
    if selection.topic:
        chosen = {s for s in chosen if is_about(graph, s, selection.words)}
    return chosen if selection.limit is None else set(in_order(graph, list(chosen))[: selection.limit])


def _stays(
    graph: nx.MultiDiGraph, ends: tuple[str, str, Attributes], selection: Selection, statements: set[str], *,
    around: tuple[set[str], set[str]],
) -> bool:  # fmt: skip
    articles, asked = around
    source, target, edge = ends
    kind = edge["kind"]
    if kind in (HOLDS, RELATES):
        if asked:
            day = graph.nodes[edge["article"]]["published"] if edge["article"] in graph else None
            dated = not (selection.since or selection.until) or within(day, selection.since, selection.until)
            words = selection.words
            told = not words or begin(words, (span.text for span in edge["evidence"])) or _reported(graph, edge, words)
            return dated and told and bool(asked & {source, target})
        return edge["article"] in articles
    if kind == APPEARS:
        return target in articles and (not asked or source in asked)
    if kind == MENTIONS and source not in statements:
        return source in articles and (not asked or target in asked)
    if kind == SAYS:
        return target in statements
    if kind == COPY:
        day = graph.nodes[article_of(graph, target)]["published"]
        if (selection.since or selection.until) and not within(day, selection.since, selection.until):
            return False
        if selection.topic and not is_about(graph, target, selection.words):
            return False
        return any(s in statements for s, _ in edges_from(graph, source, COPY))
    return source in statements


def _reported(graph: nx.MultiDiGraph, edge: Attributes, words: list[str]) -> bool:
    """Whether a statement on the topic reports a deed."""
    statement = edge.get("statement")
    return statement is not None and statement in graph and is_about(graph, statement, words)
