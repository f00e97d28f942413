"""Answers for people: tables as wide as the terminal, plain aligned columns for pipes, passages with their marks."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from portavoce.graph.query.answers import Answer, Evidence, Piece, RelationLine

SHORT_ID = 8  # hex digits of a statement's id in tables; enough for `show` in graphs of any usual size
PLACES = frozenset({"place", "latest place", "strongest tie"})  # columns that prove something: of no use when cut
WIDEST = 40  # characters of a cell of plain text; `--json` has all of them

_HARMFUL = re.compile("[\\s\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_MARKS = {"": "{}", "content": "⟦{}⟧", "cue": "_{}_", "speaker": "*{}*"}
_STYLES: dict[str, dict[str, Any]] = {
    "": {}, "content": {"fg": "green", "bold": True}, "cue": {"fg": "yellow"}, "speaker": {"fg": "cyan", "bold": True},
}  # fmt: skip


def visible(text: str) -> str:
    """The text on one line, without characters that steer a terminal."""
    return _HARMFUL.sub(" ", text).strip()


def said(text: str, polarity: str | None) -> str:
    """The words of a statement, with a mark in front where it denies them or leaves them open."""
    return text if polarity in {None, "asserts"} else f"[{polarity}] {text}"


def counts(counted: Iterable[tuple[str, int]]) -> str:
    """Counts in words: asserts 3, denies 1."""
    return ", ".join(f"{what} {n}" for what, n in counted)


def on_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, long: str | None = None) -> None:
    """A table on a terminal, aligned text elsewhere; there the column named ``long`` comes last, uncut as places are."""
    cells = [[visible("" if cell is None else str(cell)) for cell in row] for row in rows]
    if on_terminal():
        _print_rich(columns, cells, long)
        return
    order = sorted(range(len(columns)), key=lambda n: columns[n] == long)
    lines = [[line[n] for n in order] for line in [list(columns), *cells]]
    whole = [columns[n] in PLACES for n in order[:-1]]
    lines = [[*(c if w else _shortened(c) for c, w in zip(some, whole, strict=True)), last] for *some, last in lines]
    widths = [*(max(len(line[n]) for line in lines) for n in range(len(columns) - 1)), 0]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _shortened(cell: str) -> str:
    return cell if len(cell) <= WIDEST else f"{cell[: WIDEST - 1]}…"


def some_of(names: Sequence[str], *, most: int = 5, total: int | None = None) -> str:
    """The first names, and how many more there are of a total, of which the names may be the first."""
    count = len(names) if total is None else total
    more = f" and {count - most:,} more" if count > most else ""
    return ", ".join(names[:most]) + more


def _print_rich(columns: Sequence[str], cells: list[list[str]], long: str | None) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        table.add_column(name, overflow="fold", ratio=3 if name == long else None)
    for line in cells:
        table.add_row(*(Text(cell) for cell in line))
    Console().print(table)


def print_columns(columns: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Texts under their heads: side by side on a terminal, one head after the other elsewhere."""
    heads = [visible(head) for head, _ in columns]
    texts = [[visible(text) for text in column] for _, column in columns]
    if not on_terminal():
        for head, column in zip(heads, texts, strict=True):
            click.echo("\n".join([head, *(f"  {text}" for text in column)]))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True, leading=1)
    for head in heads:
        table.add_column(Text(head), overflow="fold", ratio=1)
    for row in zip_longest(*texts, fillvalue=""):
        table.add_row(*map(Text, row))
    Console().print(table)


def print_json_lines(answers: Iterable[Answer]) -> None:
    """One JSON object a line."""
    for answer in answers:
        click.echo(json.dumps(answer.to_json(), ensure_ascii=False))


def print_json(answer: Answer) -> None:
    """One JSON document."""
    click.echo(json.dumps(answer.to_json(), ensure_ascii=False, indent=2))


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Comma-separated values with a line of names."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)


def print_line(line: RelationLine) -> None:
    """One thing between two actors, what says so, and where."""
    ends = {
        "says": f"{line.source} → {line.target}",
        "relation": f"{line.source} → {line.target}",
        "role": f"{line.source}, {line.target}" if line.source != line.target else line.source,
        "together": f"{line.source} + {line.target}",
        "topic": line.source,
        "belongs": f"{line.source}, {line.target}",
    }
    by = f"{line.what or 'somebody'} says" if line.kind == "together" else line.what
    if line.kind == "relation" and line.trigger:
        by = f"{line.what}, {line.trigger}"
    click.echo(f"{click.style(line.kind, bold=True)}  {visible(ends[line.kind])}: {visible(by)}")
    topics = f"  [{', '.join(map(visible, line.topics))}]" if line.topics else ""
    click.echo(f"    {visible(said(line.text, line.polarity))}{topics}")
    where = place(line.evidence) + (f"  statement {line.statement[:SHORT_ID]}" if line.statement else "")
    click.echo(click.style(f"    {where}", dim=True))


def place(evidence: Evidence) -> str:
    """Article, date and offsets of a piece of evidence."""
    spans = ", ".join(f"{span.start}–{span.end}" for span in evidence.spans)
    dated = f", {visible(evidence.published)}" if evidence.published else ""
    return f"{visible(evidence.article)}{dated}" + (f", characters {spans}" if spans else "")


def spot(evidence: Evidence) -> str:
    """Article and first offsets of a piece of evidence, for tables that tell the day elsewhere."""
    first = f" {evidence.spans[0].start}–{evidence.spans[0].end}" if evidence.spans else ""
    return f"{visible(evidence.article)}{first}"


def print_passage(pieces: Iterable[Piece]) -> None:
    """A passage with its marks: in colour on a terminal, with signs elsewhere."""
    colour = on_terminal()
    parts = []
    for piece in pieces:
        text = _HARMFUL.sub(" ", piece.text)
        parts.append(click.style(text, **_STYLES[piece.part]) if colour else _MARKS[piece.part].format(text))
    click.echo("".join(parts))
