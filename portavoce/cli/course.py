"""The commands that ask who does something, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from portavoce.cli import tables
from portavoce.cli.asking import ask, conditions, graph_argument, json_lines, limit, load, most, tell_cut
from portavoce.cli.helping import example

if TYPE_CHECKING:
    from portavoce.graph.query.timeline import ChangeAnswer, Event


@click.command()
@graph_argument
@click.argument("actor")
@conditions
@limit()
@json_lines
@example(
    "portavoce timeline news.jsonl Peskov",
    "portavoce timeline news.jsonl Peskov --topic sanzioni --since 2022-01",
)
def timeline(
    graph: str, actor: str, *, since: str | None, until: str | None, topic: str | None, limit: int | None, as_json: bool
) -> None:
    """List what an actor says and does over time, its offices, and what others say of it.

    By the days of the articles, those without a day last. What several articles report as said once stands there once.
    """
    g = load(graph, actors=(actor,))
    found = ask("timeline", g, actor, since=since, until=until, topic=topic, limit=most(limit, all_of_it=as_json))
    if as_json:
        tables.print_json_lines(found)
    else:
        rows = ((e.date or "undated", e.kind, _who(e), _where(e), tables.said(e.text, e.polarity)) for e in found)
        tables.print_table(("date", "what", "who", "place", "words"), rows, long="words")
    tell_cut(found)


def _who(event: Event) -> str:
    if event.kind in {"says", "named"}:
        return event.actors[0] or "(unknown)"
    joined = " → ".join(event.actors) if event.kind == "deed" else ", ".join(event.actors)
    return f"{joined}: {event.what}"


def _where(event: Event) -> str:
    more = f" and {event.articles - 1} more" if event.articles > 1 else ""
    return (event.statement[: tables.SHORT_ID] if event.statement else tables.spot(event.evidence)) + more


@click.command()
@graph_argument
@click.argument("actor")
@conditions
@limit()
@json_lines
@example(
    "portavoce changes news.jsonl Peskov --topic NATO",
)
def changes(
    graph: str, actor: str, *, since: str | None, until: str | None, topic: str | None, limit: int | None, as_json: bool
) -> None:
    """List what an actor says on a topic over time, and what changes.

    Each statement is compared with the latest earlier one on the same topic: whether it asserts or denies, tells, asks or demands, how
    certain it is, of what time it speaks. A denial that follows an assertion, or the other way round, is a turn. Without
    --topic only statements are listed that share a topic with another.
    """
    g = load(graph, actors=(actor,))
    found = ask("changes", g, actor, topic=topic, since=since, until=until, limit=most(limit, all_of_it=as_json))
    if as_json:
        tables.print_json_lines(found)
    else:
        columns = ("date", "id", "worth", "changes", "compared with", "words")
        tables.print_table(columns, ((*_row(c), c.statement.text) for c in found), long="words")
    tell_cut(found)


def _row(change: ChangeAnswer) -> tuple[str, ...]:
    s = change.statement
    worth = [s.polarity, s.act, s.certainty, *([s.tense] if s.tense != "none" else [])]
    changed = [f"{c.before} → {c.after}" for c in change.changes]
    earlier = (change.compared or "")[: tables.SHORT_ID]
    on = f" on {', '.join(change.on)}" if change.on else ""
    turn = "TURN " if change.turn else ""
    return (
        s.evidence.published or "undated", s.id[: tables.SHORT_ID], " ".join(worth), turn + ", ".join(changed), f"{earlier}{on}"
    )  # fmt: skip


@click.command()
@graph_argument
@click.option("--says-about", metavar="NAME", help="Who says something that mentions this actor, or on this topic.")
@click.option("--accuses", metavar="ACTOR", help="Who accuses this actor.")
@click.option(
    "--speaks-for",
    metavar="NAME",
    help="Whose office it is to speak for this body or country, its government or its organs.",
)
@conditions
@limit(20)
@json_lines
@example(
    "portavoce who news.jsonl --speaks-for Russia",
    "portavoce who news.jsonl --accuses Mosca --since 2022-01",
    "portavoce who news.jsonl --says-about Nato --topic Ucraina",
)
def who(
    graph: str, *, says_about: str | None, accuses: str | None, speaks_for: str | None, since: str | None, until: str | None,
    topic: str | None, limit: int | None, as_json: bool,
) -> None:  # fmt: skip
    """List who speaks about somebody, accuses somebody, or speaks for somebody.

    One of the three. Who speaks for a country holds an office for it, its government or the residence by which it is called;
    spokespersons come first, then heads, ministers and envoys. With --topic those who speak on it.
    """
    if sum(name is not None for name in (says_about, accuses, speaks_for)) != 1:
        raise click.UsageError("ask one of --says-about, --accuses and --speaks-for")
    g = load(graph, actors=(says_about, accuses, speaks_for))
    found = ask(
        "who", g, says_about=says_about, accuses=accuses, speaks_for=speaks_for, since=since, until=until, topic=topic,
        limit=most(limit, page=20, all_of_it=as_json),
    )  # fmt: skip
    if as_json:
        tables.print_json_lines(found)
    else:
        how = "for" if speaks_for else "how"
        rows = (
            (w.name, w.count, ", ".join(h for h, _ in w.how) if speaks_for else tables.counts(w.how), _days(w.first, w.last), tables.spot(w.evidence[0]), w.what)
            for w in found
        )  # fmt: skip
        tables.print_table(("who", "times", how, "seen", "latest place", "words"), rows, long="words")
        if not found:
            click.echo("nobody in this graph", err=True)
    tell_cut(found)


def _days(first: str | None, last: str | None) -> str:
    return (first or "") if first == last else f"{first} – {last}"
