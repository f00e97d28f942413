"""The command that measures."""

from __future__ import annotations

import json

import click

from portavoce.cli.helping import example


@click.command()
@click.argument("gold", type=click.Path())
@click.argument("predicted", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of a table.")
@click.option(
    "--errors",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Show the first N mistakes of each class as well.",
)
@click.option("--html", type=click.Path(), metavar="FILE", help="Write a page there that shows both in the texts.")
@example(
    "portavoce extract --again gold.jsonl -o predicted.jsonl",
    "portavoce evaluate gold.jsonl predicted.jsonl --errors 5",
    "portavoce evaluate gold.jsonl predicted.jsonl --html differences.html",
)
def evaluate(gold: str, predicted: str, *, as_json: bool, errors: int, html: str | None) -> None:
    """Compare predicted statements with annotated ones.

    GOLD and PREDICTED are files of records (.jsonl) over the same texts. The table shows how many statements were found (D),
    attributed to the right actor (A, T2) and given the right topic, with 95 % intervals over articles; then the same by the
    way in which the speaker is given and by the kind of cue, and what goes wrong, by class.
    """
    from portavoce.evaluate import html_page, read_records, score
    from portavoce.output.files import write_atomically

    if html == "-":
        raise click.UsageError("--html needs the name of a file: standard output is taken by the table")
    wanted, found = read_records(gold), read_records(predicted)
    scores = score(wanted, found)
    if html is not None:
        with write_atomically(html) as stream:
            stream.write(html_page(wanted, found, scores).encode())
    shown = scores.first(errors)
    click.echo(json.dumps(shown.to_json(), ensure_ascii=False, indent=2) if as_json else shown.table())
