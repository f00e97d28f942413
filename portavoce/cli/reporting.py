"""The command that writes a page."""

from __future__ import annotations

import click

from portavoce.cli.asking import conditions, graph_argument, load_whole
from portavoce.cli.helping import example


@click.command()
@graph_argument
@click.option("--actor", metavar="ACTOR", help="On this actor alone.")
@conditions
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N",
    help="At most N statements of each speaker. [default: 8; 60 of an actor alone]",
)  # fmt: skip
@click.option("-o", "--output", required=True, metavar="FILE", help="The page, an .html file; - is standard output.")
@example(
    "portavoce report news.jsonl -o report.html",
    "portavoce report news.jsonl --actor Peskov --since 2022-01 -o peskov.html",
)
def report(
    graph: str,
    *,
    actor: str | None,
    since: str | None,
    until: str | None,
    topic: str | None,
    limit: int | None,
    output: str,
) -> None:
    """Write one page about a graph, or about an actor in it.

    The network as a picture, statements over time, speakers, topics, what actors do to each other, and statements in their passage with
    what was found highlighted. The page needs no network and no script; it tells how much it leaves out.
    """
    from portavoce.output import write_atomically
    from portavoce.output.report import Limits, report_page

    g = load_whole(graph, actors=(actor,))
    limits = Limits(statements=limit or (60 if actor else 8))
    page = report_page(g, actor=actor, since=since, until=until, topic=topic, limits=limits)
    with write_atomically(output) as stream:
        stream.write(page.encode())
    if output != "-":
        click.echo(f"{output}: {len(page.encode()) / 1000:,.0f} kB", err=True)
