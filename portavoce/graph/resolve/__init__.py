"""Who is who: the actors of an article's record, and which actors of many articles are one."""

from portavoce.graph.resolve.appearances import Appearance
from portavoce.graph.resolve.article import ArticleActors
from portavoce.graph.resolve.gazetteer import Gazetteer
from portavoce.graph.resolve.names import KnownName, bare_name, best_name, identify, is_local, known_name
from portavoce.graph.resolve.resolver import Identity, Resolution, resolve

__all__ = [
    "Appearance", "ArticleActors", "Gazetteer", "Identity", "KnownName", "Resolution", "bare_name", "best_name", "identify",
    "is_local", "known_name", "resolve",
]  # fmt: skip
