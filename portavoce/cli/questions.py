"""The commands that ask a graph."""

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
    since,
    tell_cut,
    until,
)
from portavoce.cli.helping import example

if TYPE_CHECKING:
    from portavoce.graph.query.answers import StatementAnswer

KINDS = ("direct", "indirect", "mixed")
POLARITIES = ("asserts", "denies", "open")


@click.command()
@graph_argument
@click.option("--from", "speaker", metavar="ACTOR", help="Said by this actor.")
@click.option(
    "--about",
    "--topic",
    "about",
    metavar="WORDS",
    help="On this: each word begins a word of the topics or the content.",
)
@click.option(
    "--text", metavar="WORDS", help='In these words: each begins a word of the content; those in "…" follow each other.'
)
@click.option("--mentions", metavar="ACTOR", help="Naming this actor.")
@click.option("--kind", type=click.Choice(KINDS), help="Only quotes of this kind.")
@click.option("--polarity", type=click.Choice(POLARITIES), help="Only what is asserted, denied or left open.")
@since
@until
@click.option("--once", is_flag=True, help="What several articles report as said once: only where it stood first.")
@limit()
@json_lines
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated values instead of a table.")
@example(
    'portavoce statements news.jsonl --from Peskov --about "sanzioni russia"',
    "portavoce statements news.jsonl --text '\"garanzie di sicurezza\"' --polarity denies",
    "portavoce statements news.ttl --mentions Nato --since 2022-01 --json",
)
def statements(
    graph: str, *, speaker: str | None, about: str | None, text: str | None, mentions: str | None, kind: str | None,
    polarity: str | None, since: str | None, until: str | None, once: bool, limit: int | None, as_json: bool, as_csv: bool,
) -> None:  # fmt: skip
    """List who says what about what.

    All conditions must hold. Names match without accents and case, by surname, and by aliases that the articles give.
    """
    if as_json and as_csv:
        raise click.UsageError("--json and --csv are two ways to write the same: choose one")
    g = load(graph, actors=(speaker, mentions))
    found = ask(
        "statements", g, speaker=speaker, about=about, text=text, mentions=mentions, kind=kind, polarity=polarity, since=since, until=until,
        once=once, limit=most(limit, all_of_it=as_json or as_csv),
    )  # fmt: skip
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
            "polarity",
            "article",
            "published",
            "confidence",
        )
        tables.print_csv(columns, (
            (s.id, s.speaker, s.kind, s.text, "; ".join(s.about), "; ".join(s.topics), s.category, "; ".join(s.mentions),
             s.polarity, s.evidence.article, s.evidence.published, s.confidence)
            for s in found
        ))  # fmt: skip
    else:
        rows = (
            (
                s.id[: tables.SHORT_ID],
                s.speaker or "(unknown)",
                tables.said(s.text, s.polarity),
                _topic(s),
                s.evidence.published,
            )
            for s in found
        )
        tables.print_table(("id", "speaker", "says", "topic", "date"), rows, long="says")
    tell_cut(found)


@click.command()
@graph_argument
@conditions
@limit()
@json_lines
@example(
    "portavoce actors news.jsonl --limit 20",
    "portavoce actors news.jsonl --topic gas --since 2022-01",
)
def actors(
    graph: str, *, since: str | None, until: str | None, topic: str | None, limit: int | None, as_json: bool
) -> None:
    """List who speaks and who is spoken of, with counts, roles and topics.

    Statements count every article that reports something; utterances count what several articles report as said once only once;
    relations count what an actor does to others and they to it.
    """
    g = load(graph)
    found = ask("actors", g, since=since, until=until, topic=topic, limit=most(limit, all_of_it=as_json))
    if as_json:
        tables.print_json_lines(found)
    else:
        columns = ("actor", "kind", "statements", "utterances", "mentioned", "relations", "articles", "topics", "roles")
        rows = (
            (a.name, a.kind, a.statements, a.utterances, a.mentioned, a.relations, a.articles, ", ".join(a.topics[:3]), tables.some_of(a.roles))
            for a in found
        )  # fmt: skip
        tables.print_table(columns, rows, long="roles")
    tell_cut(found)


@click.command()
@graph_argument
@click.argument("actor", required=False, metavar="[ACTOR]")
@since
@until
@limit()
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
    g = load(graph, actors=(actor,))
    found = ask("roles", g, actor, since=since, until=until, limit=most(limit, all_of_it=as_json))
    if as_json:
        tables.print_json_lines(found)
        tell_cut(found)
        return
    rows = (
        (r.name, r.role, r.organization, r.first if r.first == r.last else f"{r.first} – {r.last}", r.articles, tables.place(r.evidence[0]))
        for r in found
    )  # fmt: skip
    tables.print_table(("actor", "role", "at", "seen", "articles", "first place"), rows, long="first place")
    tell_cut(found)


@click.command()
@graph_argument
@since
@until
@click.option("--topic", metavar="WORDS", help="Only topics of these words: each begins a word of the label.")
@limit()
@json_lines
@example(
    "portavoce topics news.jsonl --json",
    "portavoce topics news.jsonl --topic gas --since 2022-01",
)
def topics(
    graph: str, *, since: str | None, until: str | None, topic: str | None, limit: int | None, as_json: bool
) -> None:
    """List what is spoken about, with counts and who speaks on it.

    Scheme 'phrase' are words of the articles, 'category' the 17 subjects of IPTC, others concepts of a thesaurus.
    """
    g = load(graph)
    found = ask("topics", g, since=since, until=until, topic=topic, limit=most(limit, all_of_it=as_json))
    if as_json:
        tables.print_json_lines(found)
    else:
        rows = ((t.label, t.scheme, t.statements, tables.some_of(t.speakers, total=t.speakers_total)) for t in found)
        tables.print_table(("topic", "scheme", "statements", "speakers"), rows, long="speakers")
    tell_cut(found)


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
    answer = ask("show", load(graph), statement)
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
