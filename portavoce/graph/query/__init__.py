"""Questions to a graph; every answer carries its evidence."""

from portavoce.graph.query.compare import compare
from portavoce.graph.query.listing import actors, topics
from portavoce.graph.query.names import find_actor
from portavoce.graph.query.network import central, communities, neighbours
from portavoce.graph.query.paths import path
from portavoce.graph.query.relations import relations
from portavoce.graph.query.roles import roles
from portavoce.graph.query.show import show
from portavoce.graph.query.statements import statements
from portavoce.graph.query.timeline import changes, timeline
from portavoce.graph.query.who import who

__all__ = [
    "actors", "central", "changes", "communities", "compare", "find_actor", "neighbours", "path", "relations", "roles", "show",
    "statements", "timeline", "topics", "who",
]  # fmt: skip
