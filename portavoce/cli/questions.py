"""The commands that ask a graph."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from portavoce.cli import tables
from portavoce.cli.helping import example

if TYPE_CHECKING:
    import networkx as nx

    from portavoce.graph.query.answers import StatementAnswer

KINDS = ("direct", "indirect", "mixed")

graph_argument = click.argument("graph", type=click.Path(allow_dash=True))
json_lines = click.option("--json", "as_json", is_flag=True, help="JSON lines, one object a line, instead of a table.")
json_document = click.option("--json", "as_json", is_flag=True, help="One JSON document instead of text.")
limit = click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N of them.")


def load(path: str) -> nx.MultiDiGraph:
    """The graph in a file; standard input holds records."""
    from portavoce.output import read

    return read(path, format="jsonl" if path == "-" else None)


@click.command()
@graph_argument
@click.option("--from", "speaker", metavar="ACTOR", help="Said by this actor.")
@click.option("--about", metavar="WORDS", help="On this: each word begins a word of the topics or the content.")
@click.option("--mentions", metavar="ACTOR", help="Naming this actor.")
@click.option("--kind", type=click.Choice(KINDS), help="Only quotes of this kind.")
@click.option("--since", metavar="DATE", help="In articles of this day or later (YYYY, YYYY-MM or YYYY-MM-DD).")
@click.option("--until", metavar="DATE", help="In articles of this day or earlier.")
@click.option("--once", is_flag=True, help="What several articles report as said once: only where it stood first.")
@limit
@json_lines
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated values instead of a table.")
@example(
    'portavoce statements news.jsonl --from Peskov --about "sanzioni russia"',
    "portavoce statements news.ttl --mentions Nato --since 2022-01 --json",
)
def statements(
    graph: str, *, speaker: str | None, about: str | None, mentions: str | None, kind: str | None, since: str | None,
    until: str | None, once: bool, limit: int | None, as_json: bool, as_csv: bool,
) -> None:  # fmt: skip
    """List who says what about what.

    All conditions must hold. Names match without accents and case, by surname, and by aliases that the articles give.
    """
    from portavoce.graph.query import statements as ask

    if as_json and as_csv:
        raise click.UsageError("--json and --csv are two ways to write the same: choose one")
    g = load(graph)
    for name in filter(None, (speaker, mentions)):
        _tell_others(g, name)
    found = list(
        islice(
            ask(g, speaker=speaker, about=about, mentions=mentions, kind=kind, since=since, until=until, once=once),
            limit,
        )
    )
    if as_json:
        tables.print_json_lines(found)
    elif as_csv:
        columns = (
            "id",
            "speaker",
            "kind",
            "text",
            "about",
            "topics",
            "category",
            "mentions",
            "article",
            "published",
            "confidence",
        )
        tables.print_csv(columns, (
            (s.id, s.speaker, s.kind, s.text, "; ".join(s.about), "; ".join(s.topics), s.category, "; ".join(s.mentions),
             s.evidence.article, s.evidence.published, s.confidence)
            for s in found
        ))  # fmt: skip
    else:
        rows = (
            (s.id[: tables.SHORT_ID], s.speaker or "(unknown)", s.text, _topic(s), s.evidence.published) for s in found
        )
        tables.print_table(("id", "speaker", "says", "topic", "date"), rows, long="says")


@click.command()
@graph_argument
@limit
@json_lines
@example(
    "portavoce actors news.jsonl --limit 20",
)
def actors(graph: str, *, limit: int | None, as_json: bool) -> None:
    """List who speaks and who is spoken of, with counts and roles.

    Statements count every article that reports something; utterances count what several articles report as said once only once;
    relations count what an actor does to others and they to it.
    """
    from portavoce.graph.query import actors as ask

    found = list(islice(ask(load(graph)), limit))
    if as_json:
        tables.print_json_lines(found)
        return
    rows = (
        (a.name, a.kind, a.statements, a.utterances, a.mentioned, a.relations, a.articles, tables.some_of(a.roles))
        for a in found
    )
    tables.print_table(
        ("actor", "kind", "statements", "utterances", "mentioned", "relations", "articles", "roles"), rows, long="roles"
    )


@click.command()
@graph_argument
@click.argument("actor", required=False, metavar="[ACTOR]")
@click.option("--since", metavar="DATE", help="Seen in articles of this day or later (YYYY, YYYY-MM or YYYY-MM-DD).")
@click.option("--until", metavar="DATE", help="Seen in articles of this day or earlier.")
@limit
@json_lines
@example(
    "portavoce roles news.jsonl Mosca --since 2022-01 --until 2022-01",
    "portavoce roles news.jsonl Lavrov",
)
def roles(
    graph: str, actor: str | None, *, since: str | None, until: str | None, limit: int | None, as_json: bool
) -> None:
    """List who held which office, and when that was seen.

    ACTOR is somebody with offices, an organisation where they are held, or a country: then the offices at its government and its
    other bodies count too. An article tells of an office on its own day; since when and until when it was held, no article says.
    """
    from portavoce.graph.query import roles as ask

    g = load(graph)
    if actor is not None:
        _tell_others(g, actor)
    found = list(islice(ask(g, actor, since=since, until=until), limit))
    if as_json:
        tables.print_json_lines(found)
        return
    rows = (
        (r.name, r.role, r.organization, r.first if r.first == r.last else f"{r.first} – {r.last}", r.articles, tables.place(r.evidence[0]))
        for r in found
    )  # fmt: skip
    tables.print_table(("actor", "role", "at", "seen", "articles", "first place"), rows, long="first place")


@click.command()
@graph_argument
@limit
@json_lines
@example(
    "portavoce topics news.jsonl --json",
)
def topics(graph: str, *, limit: int | None, as_json: bool) -> None:
    """List what is spoken about, with counts and who speaks on it.

    Scheme 'phrase' are words of the articles, 'category' the 17 subjects of IPTC, others concepts of a thesaurus.
    """
    from portavoce.graph.query import topics as ask

    found = list(islice(ask(load(graph)), limit))
    if as_json:
        tables.print_json_lines(found)
        return
    rows = ((t.label, t.scheme, t.statements, tables.some_of(t.speakers)) for t in found)
    tables.print_table(("topic", "scheme", "statements", "speakers"), rows, long="speakers")


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
@json_document
@example(
    "portavoce relations news.jsonl Blinken Lavrov",
    'portavoce relations news.jsonl "Palazzo Chigi" --json',
    "portavoce relations news.jsonl Russia --type accuse --type threaten",
)
def relations(graph: str, actor: str, other: str | None, *, types: tuple[str, ...], as_json: bool) -> None:
    """Show what stands between two actors, or one and all others.

    What they say about each other and on which topics, what one does to the other, roles, statements of others that name both,
    and common topics; each line with the article and the characters that say so.
    """
    from portavoce.graph.query import relations as ask

    g = load(graph)
    for name in filter(None, (actor, other)):
        _tell_others(g, name)
    answer = ask(g, actor, other, types=types)
    if as_json:
        tables.print_json(answer)
        return
    title = f"{answer.a} and {answer.b}" if answer.b else f"{answer.a} and others"
    click.echo(click.style(tables.visible(title), bold=True))
    for source, target, count in answer.mentions:
        click.echo(
            f"  {tables.visible(source)} mentions {tables.visible(target)} in {count} statement{'s' * (count != 1)}"
        )
    if answer.common_topics:
        click.echo(f"  both speak about: {', '.join(map(tables.visible, answer.common_topics))}")
    if not answer.lines:
        click.echo("  nothing in this graph connects them directly; 'portavoce path' looks for a chain")
    for line in answer.lines:
        tables.print_line(line)


@click.command()
@graph_argument
@click.argument("a")
@click.argument("b")
@json_document
@example(
    "portavoce path news.jsonl Biden Lavrov",
)
def path(graph: str, a: str, b: str, *, as_json: bool) -> None:
    """Show the shortest chain of evidence from one actor to another.

    Every step is a statement of one that mentions the other, a role, or a deed that an article tells.
    """
    from portavoce.graph.query import path as ask

    g = load(graph)
    for name in (a, b):
        _tell_others(g, name)
    answer = ask(g, a, b)
    if as_json:
        tables.print_json(answer)
        return
    if not answer.connected:
        click.echo(f"no chain of evidence connects {tables.visible(answer.a)} and {tables.visible(answer.b)}")
        return
    click.echo(
        click.style(" – ".join(map(tables.visible, [answer.a, *(hop.target for hop in answer.hops)])), bold=True)
    )
    for hop in answer.hops:
        tables.print_line(hop.line)


@click.command()
@graph_argument
@click.argument("statement")
@json_document
@example(
    "portavoce show news.jsonl 7c21d0aa",
)
def show(graph: str, statement: str, *, as_json: bool) -> None:
    """Show a statement in its passage, with rule and confidence.

    STATEMENT is an id as the other commands print it, or its beginning. On a terminal the passage is in colour; elsewhere
    ⟦…⟧ marks the content, _…_ the cue and *…* the speaker. Only .jsonl files carry the passage.
    """
    from portavoce.graph.query import show as ask

    answer = ask(load(graph), statement)
    if as_json:
        tables.print_json(answer)
        return
    s = answer.statement
    tables.print_passage(answer.passage)
    if answer.hint:
        click.echo(answer.hint)
    click.echo()
    given = f' (here "{s.actor}")' if s.actor and s.actor != s.speaker else ""
    confidence = None if s.confidence is None else f"{s.confidence:.2f}"
    facts = (
        ("speaker", f"{s.speaker or '(unknown)'}{given}"), ("kind", s.kind), ("cue", s.cue), ("about", ", ".join(s.about)),
        ("topics", ", ".join(s.topics)), ("category", s.category), ("mentions", ", ".join(s.mentions)),
        ("polarity", s.polarity), ("certainty", s.certainty), ("act", s.act), ("tense", s.tense), ("reported by", s.reported_by), ("rule", s.rule),
        ("confidence", confidence), ("also in", ", ".join(copy[: tables.SHORT_ID] for copy in s.copies)), ("article", s.evidence.title), ("place", tables.place(s.evidence)), ("url", s.url), ("id", s.id),
    )  # fmt: skip
    for name, value in facts:
        if value:
            click.echo(f"{name:12}{tables.visible(value)}")
    for line in answer.relations:
        click.echo(f"{'reports':12}{tables.visible(f'{line.source} → {line.target}: {line.what}, {line.trigger}')}")


def _topic(statement: StatementAnswer) -> str:
    return ", ".join(statement.about) or ", ".join(statement.topics) or statement.category or ""


def _tell_others(graph: nx.MultiDiGraph, name: str) -> None:
    """Say on standard error who was taken when a name means several."""
    from portavoce.graph.query import find_actor

    match = find_actor(graph, name)
    if match.others:
        others = tables.some_of([f"{tables.visible(o.name)} ({o.statements})" for o in match.others])
        click.echo(f"'{name}' is taken for {tables.visible(match.name)}; it also fits {others}", err=True)
