"""The commands that ask what stands between actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from portavoce.cli import tables
from portavoce.cli.asking import (
    ask,
    conditions,
    graph_argument,
    json_document,
    json_lines,
    limit,
    load,
    most,
    tell_cut,
)
from portavoce.cli.helping import example

if TYPE_CHECKING:
    from portavoce.graph.query.answers import Hop, RelationsAnswer
    from portavoce.graph.query.compare import CompareAnswer, Side

LINES = 10
CHAINS = 3


@click.command()
@graph_argument
@click.argument("actor")
@click.argument("other", required=False, metavar="[ACTOR]")
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="TYPE",
    help="Only relations of this type, such as accuse; may be repeated.",
)
@conditions
@limit(LINES, of="lines of each kind")
@json_document
@example(
    "portavoce relations news.jsonl Blinken Lavrov",
    'portavoce relations news.jsonl "Palazzo Chigi" --json',
    "portavoce relations news.jsonl Russia --type accuse --type threaten",
)
def relations(
    graph: str, actor: str, other: str | None, *, types: tuple[str, ...], since: str | None, until: str | None,
    topic: str | None, limit: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Show what stands between two actors, or one and all others.

    What they say about each other and on which topics, what one does to the other, roles, statements of others that name both,
    common topics, and who else has to do with both; each line with the article and the characters that say so.
    """
    g = load(graph, actors=(actor, other))
    shown = most(limit, page=LINES, all_of_it=as_json)
    answer = ask("relations", g, actor, other, types=types, since=since, until=until, topic=topic, limit=shown)
    if as_json:
        tables.print_json(answer)
        return
    title = f"{answer.a} and {answer.b}" if answer.b else f"{answer.a} and others"
    click.echo(click.style(tables.visible(title), bold=True))
    for told in _overview(answer):
        click.echo(f"  {tables.visible(told)}")
    if not answer.lines:
        click.echo("  nothing in this graph connects them directly; 'portavoce path' looks for a chain")
    for line in answer.lines:
        tables.print_line(line)
    cut = [f"{shown} of {total:,} {kind}" for kind, total in answer.totals if shown is not None and shown < total]
    if cut:
        click.echo(f"{', '.join(cut)}; --limit N shows more, --limit 0 all", err=True)


def _overview(answer: RelationsAnswer) -> list[str]:
    lines = [
        f"{source} mentions {target} in {count} statement{'s' * (count != 1)}"
        for source, target, count in answer.mentions[:LINES]
    ]
    if len(answer.mentions) > LINES:
        lines.append(f"and {len(answer.mentions) - LINES} more who mention or are mentioned")
    deeds = [
        f"{d.source} → {d.target}: {d.type}{'' if d.modality == 'actual' else f' ({d.modality})'} × {d.count}"
        for d in answer.deeds
        if answer.b or d.count > 1
    ]
    if deeds:
        lines.append(f"told of them: {tables.some_of(deeds, most=LINES)}")
    if answer.common_topics:
        lines.append(f"both speak about: {tables.some_of(answer.common_topics, most=LINES)}")
    if answer.between:
        names = [f"{b.name} ({b.with_a} + {b.with_b})" for b in answer.between]
        lines.append(f"between them: {tables.some_of(names)}")
    return lines


@click.command()
@graph_argument
@click.argument("a")
@click.argument("b")
@conditions
@limit(CHAINS, of="chains")
@json_document
@example(
    "portavoce path news.jsonl Biden Lavrov",
    "portavoce path news.jsonl Biden Lavrov --topic NATO --limit 1",
)
def path(
    graph: str, a: str, b: str, *, since: str | None, until: str | None, topic: str | None, limit: int | None, as_json: bool
) -> None:  # fmt: skip
    """Show the shortest chains of evidence from one actor to another.

    Every step is a statement of one that mentions the other, a role, a deed that an article tells, or the country that is known
    to be somebody's. Chains over persons come before chains of as many steps over countries, of which everybody speaks, and of these
    the chains whose steps are told most often.
    """
    g = load(graph, actors=(a, b))
    answer = ask("path", g, a, b, since=since, until=until, topic=topic, limit=most(limit, page=CHAINS) or MANY_CHAINS)
    if as_json:
        tables.print_json(answer)
        return
    if not answer.connected:
        click.echo(f"no chain of evidence connects {tables.visible(answer.a)} and {tables.visible(answer.b)}")
        return
    told: set[Hop] = set()
    for hops in (answer.hops, *answer.others):
        chain = " – ".join(map(tables.visible, [answer.a, *(hop.target for hop in hops)]))
        click.echo(click.style(chain, bold=True))
        for hop in hops:
            if hop not in told:
                tables.print_line(hop.line)
        told.update(hops)


MANY_CHAINS = 100
"""What is as good as all chains: their number grows with the network beyond what anybody reads."""


@click.command()
@graph_argument
@click.argument("actor")
@conditions
@limit(20)
@json_lines
@example(
    "portavoce neighbours news.jsonl Lavrov",
    "portavoce neighbours news.jsonl Nato --topic Ucraina --json",
)
def neighbours(
    graph: str, actor: str, *, since: str | None, until: str | None, topic: str | None, limit: int | None, as_json: bool
) -> None:
    """List with whom an actor has to do, and how.

    Statements of the actor that mention the neighbour (says) and the other way round (named), what the actor does (→) and what is done
    to it (←), offices, and the best proof: a deed before an office before words.
    """
    g = load(graph, actors=(actor,))
    found = ask(
        "neighbours", g, actor, since=since, until=until, topic=topic, limit=most(limit, page=20, all_of_it=as_json)
    )
    if as_json:
        tables.print_json_lines(found)
    else:
        rows = (
            (n.name, n.weight, n.says, n.named, ", ".join(n.deeds), ", ".join(n.roles), f"{tables.spot(n.line.evidence)}: {n.line.text}")
            for n in found
        )  # fmt: skip
        tables.print_table(("neighbour", "ties", "says", "named", "deeds", "roles", "proof"), rows, long="proof")
    tell_cut(found)


@click.command()
@graph_argument
@click.argument("a")
@click.argument("b")
@conditions
@limit(LINES, of="statements of each")
@json_document
@example(
    "portavoce compare news.jsonl Peskov Blinken --topic NATO",
    "portavoce compare news.jsonl Rossi Bianchi --since 2024",
)
def compare(
    graph: str, a: str, b: str, *, since: str | None, until: str | None, topic: str | None, limit: int | None, as_json: bool
) -> None:  # fmt: skip
    """Show what two actors say on a topic, side by side.

    Without --topic, on the topics that both speak about. Pairs of statements on one topic of which one asserts and the other denies are
    named at the end.
    """
    g = load(graph, actors=(a, b))
    shown = most(limit, page=LINES, all_of_it=as_json)
    answer = ask("compare", g, a, b, topic=topic, since=since, until=until, limit=shown)
    if as_json:
        tables.print_json(answer)
        return
    tables.print_columns([(_head(side), _column(side)) for side in (answer.a, answer.b)])
    for line in _verdict(answer):
        click.echo(tables.visible(line))
    cut = [
        f"{len(s.statements)} of {s.total:,} of {s.name}" for s in (answer.a, answer.b) if len(s.statements) < s.total
    ]
    if cut:
        click.echo(f"{', '.join(map(tables.visible, cut))}; --limit N shows more, --limit 0 all", err=True)


def _head(side: Side) -> str:
    return f"{side.name}: {tables.counts(side.polarity) or 'nothing'}"


def _column(side: Side) -> list[str]:
    return [
        f"{s.evidence.published or 'undated'} · {s.id[: tables.SHORT_ID]} · {tables.said(s.text, s.polarity)}"
        for s in side.statements
    ]


def _verdict(answer: CompareAnswer) -> list[str]:
    lines = [f"both speak about: {tables.some_of(answer.common, most=LINES)}"] if answer.common else []
    lines += [
        f"opposed on {', '.join(o.on)}: {o.a[: tables.SHORT_ID]} and {o.b[: tables.SHORT_ID]}" for o in answer.opposed
    ]
    silent = [side.name for side in (answer.a, answer.b) if not side.total]
    on = f"on {answer.topic!r}" if answer.topic else "on a topic of the other"
    return lines + [f"{name} says nothing {on} in this graph" for name in silent]
