"""The command that measures."""

from __future__ import annotations

import json

import click

from portavoce.cli.helping import example


@click.command()
@click.argument("gold", type=click.Path())
@click.argument("predicted", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of a table.")
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="Show the first N mistakes as well.")
@example(
    "portavoce extract --again gold.jsonl -o predicted.jsonl",
    "portavoce evaluate gold.jsonl predicted.jsonl --errors 20",
)
def evaluate(gold: str, predicted: str, *, as_json: bool, errors: int) -> None:
    """Compare predicted statements with annotated ones.

    GOLD and PREDICTED are files of records (.jsonl) over the same texts. The table shows how many statements were found (D),
    attributed to the right actor (A, T2) and given the right topic, with 95 % intervals over articles.
    """
    from portavoce.evaluate import score_files

    scores = score_files(gold, predicted, errors=errors)
    click.echo(json.dumps(scores.to_json(), ensure_ascii=False, indent=2) if as_json else scores.table())
