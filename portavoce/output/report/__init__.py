"""A graph as one page to read: who speaks, of whom, on what, when, and the words that prove it.

The page needs nothing but itself: no script, no font, nothing from elsewhere. Every text in it goes through one template
whose values are escaped, and stands in what `portavoce.markup` lets a page hold.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import networkx as nx

from portavoce.markup import POLICY, STYLE, showable, web_address
from portavoce.output.report.content import Limits, report_of

if TYPE_CHECKING:
    import jinja2


def report_page(
    graph: nx.MultiDiGraph, *, actor: str | None = None, since: str | None = None, until: str | None = None,
    topic: str | None = None, limits: Limits | None = None,
) -> str:  # fmt: skip
    """The page of a graph, or of one actor in it; the same graph gives the same page.

    ``since``, ``until`` and ``topic`` narrow what is told as they do in questions. The size is bounded by ``limits``, and
    where they cut something the page says so. Raises `UnknownNameError` for an actor that the graph does not hold,
    `InputError` for a date or a topic that is none.
    """
    limits = limits or Limits(statements=60 if actor else 8)
    report = report_of(graph, actor=actor, since=since, until=until, topic=topic, limits=limits)
    return _template().render(report=report, policy=POLICY, style=STYLE)


@cache
def _template() -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, finalize=_plain, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters["address"] = web_address
    environment.filters["counted"] = _counted
    return environment.from_string(files(__name__).joinpath("report.html.jinja").read_text(encoding="utf-8"))


def _plain(value: Any) -> Any:
    """What stands in the page for a value of the template: nothing for None, and only what a page may hold."""
    if value is None:
        return ""
    return showable(value) if type(value) is str else value


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


__all__ = ["Limits", "report_page"]
