"""The command that measures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from portavoce.cli.helping import example
from portavoce.cli.running import Run, extracted

if TYPE_CHECKING:
    from portavoce.records import Article


@click.command()
@click.argument("gold", type=click.Path())
@click.argument("predicted", type=click.Path(), required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of a table.")
@click.option(
    "--errors",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Show the first N mistakes of each class as well.",
)
@click.option("--html", type=click.Path(), metavar="FILE", help="Write a page there that shows both in the texts.")
@click.option("--baselines", is_flag=True, help="Show beside the figures what two simple ideas reach.")
@click.option(
    "--variants", is_flag=True, help="Extract from the texts in other typographies too, and show how figures move."
)
@click.option("--without", metavar="ID,ID...", help="Leave the articles of these ids out.")
@click.option("--model", metavar="NAME", help="The pipeline that extracts and parses, as for 'extract'.")
@click.option(
    "--workers", type=click.IntRange(min=1), default=1, metavar="N", help="Processes that extract side by side."
)
@example(
    "portavoce evaluate gold.jsonl",
    "portavoce evaluate gold.jsonl --model fast --baselines",
    "portavoce evaluate gold.jsonl --variants",
    "portavoce evaluate gold.jsonl predicted.jsonl --errors 5 --html differences.html",
)
def evaluate(
    gold: str, predicted: str | None, *, as_json: bool, errors: int, html: str | None, baselines: bool, variants: bool,
    without: str | None, model: str | None, workers: int,
) -> None:  # fmt: skip
    """Compare predicted statements with annotated ones.

    GOLD and PREDICTED are files of records (.jsonl) over the same texts; without PREDICTED the statements are extracted anew
    from the bare texts of GOLD. The table shows how many statements were found (D), attributed to the right actor (A, T2) and
    given the right topic, with 95 % intervals over articles; then the same by the way in which the speaker is given and by the
    kind of cue, how far confidence can be believed, and what goes wrong, by class.
    """
    from portavoce.evaluate import html_page, leave_out, read_records, score
    from portavoce.output.files import write_atomically

    if html == "-":
        raise click.UsageError("--html needs the name of a file: standard output is taken by the table")
    if predicted is not None and (workers > 1 or (model is not None and not baselines)):
        raise click.UsageError(
            "--model and --workers are for extraction, and PREDICTED is given: leave one of them out"
        )
    if variants and (predicted is not None or baselines or errors or html is not None):
        raise click.UsageError(
            "--variants extracts by itself and shows nothing else: give GOLD, --without, --json, --model and --workers alone"
        )
    left_out = [id_ for part in (without or "").split(",") if (id_ := part.strip())]
    wanted = read_records(gold)
    kept = leave_out(wanted, left_out)
    if variants:
        _show_variants(kept, model, workers, as_json=as_json)
        return
    found = _extracted(kept, model, workers) if predicted is None else read_records(predicted)
    scores = score(wanted, found, without=left_out)
    beside = {}
    if baselines:
        from portavoce.evaluate.baselines import baselines as predicted_by

        beside = {name: score(kept, simple) for name, simple in predicted_by(kept, model=model).items()}
    if html is not None:
        with write_atomically(html) as stream:
            stream.write(html_page(kept, found, scores).encode())
    shown = scores.first(errors)
    if as_json:
        out = shown.to_json() | {"baselines": {name: other.figures_json() for name, other in beside.items()}}
        click.echo(json.dumps(out, ensure_ascii=False, indent=2))
    else:
        click.echo(shown.table(beside))


def _show_variants(gold: list[Article], model: str | None, workers: int, *, as_json: bool) -> None:
    from portavoce.evaluate import score
    from portavoce.evaluate.variants import VARIANTS, variant, variant_table

    scores = {"as it is": score(gold, _extracted(gold, model, workers))}
    for name, change in VARIANTS.items():
        changed = variant(gold, change)
        scores[name] = score(changed, _extracted(changed, model, workers))
    if as_json:
        shown = {name: these.figures_json() for name, these in scores.items()}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        click.echo(variant_table(scores))


def _extracted(gold: list[Article], model: str | None, workers: int) -> list[Article]:
    bare = (article.bare() for article in gold)
    with Run(rejects=None, bar=True) as run:
        return list(run.articles(extracted(bare, model=model, workers=workers, thesaurus=None)))
