"""The command line: thin, every heavy import inside the command that needs it."""

from __future__ import annotations

import sys
from typing import Any

import click

from portavoce import __version__
from portavoce.cli.between import compare, neighbours, path, relations
from portavoce.cli.corpus import remove
from portavoce.cli.course import changes, timeline, who
from portavoce.cli.evaluation import evaluate
from portavoce.cli.helping import example
from portavoce.cli.judging import merge, review, split
from portavoce.cli.making import build, export, extract
from portavoce.cli.network import central, communities
from portavoce.cli.questions import actors, roles, show, statements, topics
from portavoce.cli.reporting import report
from portavoce.errors import PipelineError, PortavoceError, UnknownNameError

INTERRUPTED = 130  # what shells report for a program that Ctrl-C ended


class Commands(click.Group):
    """The group of commands: in the order of work, known errors as one clear message, Ctrl-C without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="backslashreplace")  # a terminal of another encoding is no reason to stop
        try:
            return super().invoke(ctx)
        except PortavoceError as error:
            raise click.ClickException(f"{error}{_what_next(error)}") from error
        except KeyboardInterrupt:
            click.echo("interrupted; nothing half-written is left", err=True)
            ctx.exit(INTERRUPTED)


def _what_next(error: PortavoceError) -> str:
    if isinstance(error, UnknownNameError):
        return (
            "\n'portavoce actors GRAPH' lists all actors, 'portavoce statements GRAPH' all statements with their ids."
        )
    if isinstance(error, PipelineError):
        return "\nWithout --model the pipeline that comes with portavoce is used."
    return ""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="portavoce")
@example(
    "portavoce build articles/ -o news.jsonl",
    "portavoce statements news.jsonl --from Peskov --about sanzioni",
    "portavoce relations news.jsonl Rossi Bianchi",
    "portavoce export news.jsonl -o news.ttl",
)
def main() -> None:
    """Who said what about what, from Italian news articles.

    Articles become records of attributed statements (extract), records become a graph (build), and the graph answers
    questions about who speaks of whom and of what.
    """


for command in (
    extract,
    build,
    remove,
    export,
    statements,
    actors,
    roles,
    topics,
    timeline,
    changes,
    who,
    relations,
    compare,
    path,
    neighbours,
    central,
    communities,
    show,
    report,
    review,
    merge,
    split,
    evaluate,
):
    main.add_command(command)
