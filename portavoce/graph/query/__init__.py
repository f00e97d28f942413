"""Questions to a graph; every answer carries its evidence."""

from portavoce.graph.query.listing import actors, topics
from portavoce.graph.query.names import find_actor
from portavoce.graph.query.paths import path
from portavoce.graph.query.relations import relations
from portavoce.graph.query.roles import roles
from portavoce.graph.query.show import show
from portavoce.graph.query.statements import statements

__all__ = ["actors", "find_actor", "path", "relations", "roles", "show", "statements", "topics"]
