"""The commands that ask the network of all actors."""

from __future__ import annotations

import click

from portavoce.cli import tables
from portavoce.cli.asking import ask, conditions, graph_argument, json_lines, limit, load, most, tell_cut
from portavoce.cli.helping import example

MEASURES = ("pagerank", "degree", "betweenness")


@click.command()
@graph_argument
@click.option(
    "--by", type=click.Choice(MEASURES), default="pagerank", show_default=True, help="The measure that makes the order."
)
@conditions
@limit(20)
@json_lines
@example(
    "portavoce central news.jsonl",
    "portavoce central news.jsonl --by betweenness --topic gas",
)
def central(
    graph: str, *, by: str, since: str | None, until: str | None, topic: str | None, limit: int | None, as_json: bool
) -> None:
    """List who stands in the middle of the network of actors.

    Degree counts the others with whom somebody has to do, ties how often; PageRank is high for those of whom those speak who are
    spoken of; betweenness for those over whom the shortest ways between others lead.
    """
    g = load(graph)
    found = ask(
        "central", g, by=by, since=since, until=until, topic=topic, limit=most(limit, page=20, all_of_it=as_json)
    )
    if as_json:
        tables.print_json_lines(found)
    else:
        rows = (
            (c.name, c.kind, c.degree, c.ties, f"{c.pagerank:.4f}", f"{c.betweenness:.4f}", c.closest, c.evidence and tables.spot(c.evidence))
            for c in found
        )  # fmt: skip
        columns = ("actor", "kind", "degree", "ties", "pagerank", "betweenness", "closest to", "place")
        tables.print_table(columns, rows, long="place")
    tell_cut(found)


@click.command()
@graph_argument
@conditions
@limit(10, of="communities")
@json_lines
@example(
    "portavoce communities news.jsonl --since 2022",
)
def communities(
    graph: str, *, since: str | None, until: str | None, topic: str | None, limit: int | None, as_json: bool
) -> None:
    """List groups of actors who have more to do with each other than with others.

    With their best connected actors, the topics on which these speak, the share of ties that stays inside, and the proof of the
    strongest of these.
    """
    g = load(graph)
    found = ask("communities", g, since=since, until=until, topic=topic, limit=most(limit, page=10, all_of_it=as_json))
    if as_json:
        tables.print_json_lines(found)
    else:
        rows = (
            (c.size, f"{100 * c.inside:.0f} %", tables.some_of(c.topics, most=3), tables.spot(c.line.evidence), tables.some_of(c.actors))
            for c in found
        )  # fmt: skip
        tables.print_table(("size", "inside", "topics", "strongest tie", "actors"), rows, long="actors")
    tell_cut(found)
