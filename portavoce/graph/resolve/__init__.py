"""Who is who: the actors of an article's record, and which actors of many articles are one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portavoce.graph.resolve.appearances import Appearance
    from portavoce.graph.resolve.article import ArticleActors
    from portavoce.graph.resolve.gazetteer import Gazetteer
    from portavoce.graph.resolve.names import KnownName, bare_name, best_name, identify, is_local, known_name
    from portavoce.graph.resolve.resolver import Identity, Resolution, resolve

__all__ = [
    "Appearance", "ArticleActors", "Gazetteer", "Identity", "KnownName", "Resolution", "bare_name", "best_name", "identify",
    "is_local", "known_name", "resolve",
]  # fmt: skip

_HOMES = {
    "Appearance": "appearances", "ArticleActors": "article", "Gazetteer": "gazetteer", "Identity": "resolver",
    "Resolution": "resolver", "resolve": "resolver",
}  # fmt: skip


def __getattr__(name: str) -> Any:  # a question needs names, not all that decides who is who
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'names')}"), name)
    return value
