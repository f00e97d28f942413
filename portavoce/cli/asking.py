"""What commands that ask a graph share: its loading, their conditions, and how much they tell."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeVar

import click

from portavoce.cli import tables

if TYPE_CHECKING:
    import networkx as nx

    from portavoce.graph.query.answers import Listing
    from portavoce.graph.store import Corpus

Function = TypeVar("Function", bound=Callable[..., Any])

PAGE = 40
"""Rows of a table where nobody asks for more or fewer."""

graph_argument = click.argument("graph", type=click.Path(allow_dash=True))
json_lines = click.option("--json", "as_json", is_flag=True, help="JSON lines, one object a line, instead of a table.")
json_document = click.option("--json", "as_json", is_flag=True, help="One JSON document instead of text.")
since = click.option("--since", metavar="DATE", help="In articles of this day or later (YYYY, YYYY-MM or YYYY-MM-DD).")
until = click.option("--until", metavar="DATE", help="In articles of this day or earlier.")
topic = click.option(
    "--topic", metavar="WORDS", help="On this topic: each word begins a word of the topics or the content."
)


def limit(page: int = PAGE, *, of: str = "rows") -> Callable[[Function], Function]:
    """The option that says how much is told: a page of it for people, all for programs, unless somebody says so."""
    told = f"At most N {of}, 0 for all. [default: {page}; all with --json]"
    return click.option("--limit", type=click.IntRange(min=0), metavar="N", help=told)


def conditions(function: Function) -> Function:
    """``--since``, ``--until`` and ``--topic``."""
    return reduce(lambda wrapped, option: option(wrapped), (topic, until, since), function)


def most(asked: int | None, *, page: int = PAGE, all_of_it: bool = False) -> int | None:
    """How much is told at most: what is asked for, else a page, or all of it for programs; None is all."""
    if asked is None:
        return None if all_of_it else page
    return asked or None


def load(path: str, *, actors: tuple[str | None, ...] = ()) -> nx.MultiDiGraph | Corpus:
    """The graph in a file, or the corpus, which is read as far as a question needs; standard input holds records.

    Who is taken for a name among the ``actors`` of the question that means several is said on standard error.
    """
    from portavoce.output import read
    from portavoce.output.formats import is_corpus, open_corpus

    found = open_corpus(path) if is_corpus(path) else read(path, format="jsonl" if path == "-" else None)
    for name in filter(None, actors):
        tell_others(found, name)
    return found


def load_whole(path: str, *, actors: tuple[str | None, ...] = ()) -> nx.MultiDiGraph:
    """The whole graph in a file, of a corpus too; names of the question that mean several are told as `load` tells them."""
    from portavoce.graph.store import Corpus

    found = load(path, actors=actors)
    if isinstance(found, Corpus):
        with found:
            return found.graph()
    return found


def ask(question: str, of: nx.MultiDiGraph | Corpus, *args: Any, **conditions: Any) -> Any:
    """The answer to a question of `portavoce.graph.query`, by its name."""
    from portavoce.graph import query
    from portavoce.graph.store import Corpus

    if isinstance(of, Corpus):
        with of:
            return of.ask(question, *args, **conditions)
    return getattr(query, question)(of, *args, **conditions)


def tell_others(of: nx.MultiDiGraph | Corpus, name: str) -> None:
    """Say on standard error who was taken when a name means several; a name that means nobody is the question's affair."""
    from portavoce.errors import UnknownNameError
    from portavoce.graph.query import find_actor
    from portavoce.graph.store import Corpus

    try:
        match = of.look_for(name) if isinstance(of, Corpus) else find_actor(of, name)
    except UnknownNameError:
        return
    if match and match.others:
        others = tables.some_of([f"{tables.visible(o.name)} ({o.statements})" for o in match.others])
        click.echo(f"'{name}' is taken for {tables.visible(match.name)}; it also fits {others}", err=True)


def tell_cut(found: Listing[Any]) -> None:
    """Say on standard error that a list is cut."""
    if found.left:
        click.echo(f"{len(found):,} of {found.total:,}; --limit N shows more, --limit 0 all", err=True)
