"""The commands that make something: records from articles, graphs from either, one format from another."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Literal

import click

from portavoce.cli.helping import example
from portavoce.cli.running import Run, extracted, json_line, summary

FORMATS = ("ttl", "nt", "jsonld", "jsonl", "graphml", "gexf")
Profile = Literal["core", "full"]
Command = Callable[..., Any]

inputs_argument = click.argument(
    "inputs", nargs=-1, required=True, metavar="INPUT...", type=click.Path(allow_dash=True)
)


def reading_options(command: Command) -> Command:
    """The options of commands that read articles."""
    for option in reversed((
        click.option("--workers", type=click.IntRange(min=1), default=1, metavar="N", help="Processes that work side by side."),
        click.option("--model", metavar="NAME", help="The pipeline: 'encoder' (the default), 'fast' (five times as fast, less sure), or another spaCy pipeline by its name or path."),
        click.option("--thesaurus", type=click.Path(), metavar="FILE", help="A SKOS file whose concepts become topics."),
        click.option("--published", metavar="DATE", help="Date (YYYY-MM-DD) of the articles that carry none."),
        click.option("--rejects", type=click.Path(), metavar="FILE", help="Write what could not be used there too, as JSON lines."),
        click.option("--strict", is_flag=True, help="Exit with 1 when anything was rejected."),
    )):  # fmt: skip
        command = option(command)
    return command


def writing_options(command: Command) -> Command:
    """The options of commands that write a graph."""
    for option in reversed((
        click.option("-o", "--output", required=True, metavar="FILE", help="Where to; the suffix is the format. '-' is standard output."),
        click.option("--format", "form", type=click.Choice(FORMATS), help="The format where no suffix tells; Turtle (ttl) for '-'."),
        click.option("--profile", type=click.Choice(["core", "full"]), help="How much RDF to write a statement.  [default: core]"),
        click.option("--base", metavar="IRI", help="What the names of nodes hang under in RDF."),
    )):  # fmt: skip
        command = option(command)
    return command


@click.command()
@inputs_argument
@click.option(
    "-o",
    "--output",
    default="-",
    metavar="FILE",
    help="Where to write the records (.jsonl).  [default: standard output]",
)
@click.option("--again", is_flag=True, help="Look for statements anew in records that carry some.")
@reading_options
@click.pass_context
@example(
    "portavoce extract articles/ -o records.jsonl --workers 2 --rejects rejects.jsonl",
    "cat article.txt | portavoce extract - --published 2024-05-01",
)
def extract(
    ctx: click.Context, inputs: tuple[str, ...], *, output: str, again: bool, workers: int, model: str | None,
    thesaurus: str | None, published: str | None, rejects: str | None, strict: bool,
) -> None:  # fmt: skip
    """Find the statements in articles: one record a line.

    INPUT is a file of plain text, HTML or JSON lines (id, text and optionally title, url, published, publisher, language), a
    folder of such, or '-' for standard input. What cannot be used goes to standard error as a JSON line that says why; the rest
    is done. Records pass unchanged, unless --again is given.
    """
    from portavoce.extract.read import read_articles
    from portavoce.output.files import write_atomically

    found = read_articles(inputs, published=published)
    items = extracted(found, model=model, workers=workers, thesaurus=thesaurus, again=again)
    with Run(rejects=rejects, bar=_bar(output)) as run:
        try:
            with write_atomically(output) as stream:
                for article in run.articles(items):
                    stream.write(json_line(article.to_json()))
                _stop_when_empty(run)
        except _Empty:
            pass
    _finish(ctx, run, strict=strict)


@click.command()
@inputs_argument
@writing_options
@click.option(
    "--gazetteer",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Actors that you know, as CSV or JSON lines: name, and optionally kind, aliases, wikidata, of_country, gender, born, offices. Kept beside the output.",
)
@click.option(
    "--judgements",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="A log of decisions about who is who, besides the one beside the output (NAME.judgements.jsonl), to which its lines are added.",
)
@reading_options
@click.pass_context
@example(
    "portavoce build articles/ -o news.jsonl",
    "portavoce build records.jsonl more/ -o news.ttl --profile full",
    "portavoce build records.jsonl -o news.jsonl --gazetteer council.csv",
    "portavoce build today/ -o news.db",
)
def build(
    ctx: click.Context, inputs: tuple[str, ...], *, output: str, form: str | None, profile: Profile | None, base: str | None,
    gazetteer: tuple[str, ...], judgements: str | None, workers: int, model: str | None, thesaurus: str | None, published: str | None,
    rejects: str | None, strict: bool,
) -> None:  # fmt: skip
    """Build a graph from articles or records.

    INPUT is what 'extract' takes, and records that it gave; both may be mixed, in any order. The suffix of the output names its
    format: .jsonl (records, which keep the articles' text), .ttl, .nt and .jsonld (RDF), .graphml and .gexf (for other programs).
    The first four can be asked questions, and so can a corpus (.db): an SQLite file to which each run adds, article by article.
    An article that is there already changes nothing, and what was added stays when the run is broken off.

    Actors that are one across articles become one. Decisions of 'review', 'merge' and 'split' that stand beside the output are heeded,
    and so is the gazetteer that an earlier run kept there, when no other is given.
    """
    from portavoce.extract.read import read_articles
    from portavoce.graph.build import build_graph
    from portavoce.graph.judgements import Judgements
    from portavoce.graph.resolve import Gazetteer
    from portavoce.output import write
    from portavoce.output.beside import gazetteer_beside, judgements_beside, keep_gazetteer, keep_judgements
    from portavoce.output.formats import format_of, is_corpus

    if is_corpus(output, form):
        from portavoce.cli.corpus import add_to_corpus

        run = add_to_corpus(
            output, read_articles(inputs, published=published), gazetteer=gazetteer, judgements=judgements,
            options={"model": model, "workers": workers, "thesaurus": thesaurus}, rejects=rejects, bar=_bar(output),
        )  # fmt: skip
        _finish(ctx, run, strict=strict)
    form = _format(output, form)
    format_of(output, form)  # an unknown suffix is told before the work, not after
    items = extracted(read_articles(inputs, published=published), model=model, workers=workers, thesaurus=thesaurus)
    with Run(rejects=rejects, bar=_bar(output)) as run:
        known = Gazetteer.read(gazetteer) if gazetteer else gazetteer_beside(output)
        decisions = judgements_beside(output)
        if judgements:
            decisions = decisions.plus(*Judgements.read(judgements).lines)
        graph = build_graph(run.articles(items), on_reject=run.unread, gazetteer=known, judgements=decisions)
    if run.tally.articles:
        keep_gazetteer(output, known)
        keep_judgements(output, decisions)
        write(graph, output, profile=profile, base=base, format=form)
    _finish(ctx, run, strict=strict)


@click.command()
@click.argument("graph", type=click.Path(allow_dash=True))
@writing_options
@example(
    "portavoce export news.jsonl -o news.ttl",
    "portavoce export news.ttl -o - --format nt | sort | head",
)
def export(graph: str, *, output: str, form: str | None, profile: Profile | None, base: str | None) -> None:
    """Write a graph in another format.

    GRAPH is a .db, .jsonl, .ttl, .nt or .jsonld file that portavoce wrote, or '-' for records on standard input. RDF carries no text
    of the articles, so that records (.jsonl) cannot be made from it. Decisions and a gazetteer that stand beside GRAPH are kept
    beside the output too.
    """
    from portavoce.output import READABLE, format_of, read, write
    from portavoce.output.beside import carry

    form = _format(output, form)
    suffix = format_of(output, form)
    write(read(graph, format="jsonl" if graph == "-" else None), output, profile=profile, base=base, format=form)
    if graph != "-" and suffix in READABLE:
        carry(graph, output)


class _Empty(Exception):  # noqa: N818 - not an error: it keeps an empty file from being written
    pass


def _stop_when_empty(run: Run) -> None:
    if not run.tally.articles:
        raise _Empty


def _format(output: str, form: str | None) -> str | None:
    return form or ("ttl" if output == "-" else None)


def _bar(output: str) -> bool:
    return output != "-" or not sys.stdout.isatty()


def _finish(ctx: click.Context, run: Run, *, strict: bool) -> None:
    click.echo(summary(run.tally), err=True)
    if not run.tally.articles:
        click.echo("nothing could be read, so nothing was written; the lines above say why", err=True)
    ctx.exit(run.exit_code(strict=strict))
