"""What long commands share: extraction where it is needed, rejects as they come, progress, and the tally at the end."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import click

from portavoce.records import Article, Reject, Tally


def json_line(data: Any) -> bytes:
    """JSON on one line; characters that UTF-8 cannot hold are escaped."""
    try:
        return json.dumps(data, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(data).encode() + b"\n"


def extracted(
    items: Iterator[Article | Reject], *, model: str | None, workers: int, thesaurus: str | None, again: bool = False
) -> Iterator[Article | Reject]:
    """The articles with their statements; the pipeline is loaded at the first article that has none.

    With ``again`` statements are looked for anew in records too.
    """
    if again:
        items = (item.bare() if isinstance(item, Article) else item for item in items)
    for item in items:
        if isinstance(item, Article) and not item.is_record:
            from portavoce.extract import extract
            from portavoce.extract.annotate import load_pipeline

            concepts = None
            if thesaurus is not None:
                from portavoce.skos import read_thesaurus

                concepts = read_thesaurus(Path(thesaurus))
            nlp = load_pipeline(model)
            yield from extract(chain([item], items), nlp=nlp, workers=workers, thesaurus=concepts)
            return
        yield item


class Run:
    """One run over many articles: counts them, shows where it is, and writes each reject as it comes."""

    def __init__(self, *, rejects: str | None, bar: bool) -> None:
        self._rejects_path = rejects
        self._bar = bar and sys.stderr.isatty()
        self._rejects: BinaryIO | None = None
        self._progress: Any = None
        self._stack = ExitStack()
        self._articles = self._statements = self._latest = 0
        self._stages: Counter[str] = Counter()

    def __enter__(self) -> Self:
        if self._rejects_path is not None:
            from portavoce.output.files import write_atomically

            self._rejects = self._stack.enter_context(write_atomically(self._rejects_path))
        if self._bar:
            from rich.console import Console
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
            self._stack.enter_context(self._progress)
            self._task = self._progress.add_task("reading", total=None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return self._stack.__exit__(kind, error, trace)

    def articles(self, items: Iterable[Article | Reject]) -> Iterator[Article]:
        """The articles among the items, counted; what is a reject is written and counted."""
        for item in items:
            if isinstance(item, Reject):
                self.reject(item)
            else:
                self._articles += 1
                self._latest = len(item.statements)
                self._statements += self._latest
                yield item
            if self._progress is not None:
                self._progress.update(self._task, description=summary(self.tally))

    def reject(self, reject: Reject) -> None:
        """Count a reject and write it to standard error and to the file of rejects."""
        self._stages[reject.stage] += 1
        line = json_line(reject.to_json())
        if self._progress is not None:
            self._progress.console.print(line.decode().rstrip(), markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(line, err=True, nl=False)
        if self._rejects is not None:
            self._rejects.write(line)

    def unread(self, reject: Reject) -> None:
        """Count the latest article as a reject: it was read but does not fit."""
        self._articles -= 1
        self._statements -= self._latest
        self.reject(reject)

    def known(self, articles: int) -> None:
        """Count articles that needed no look: they are where they should be already."""
        self._articles += articles

    @property
    def tally(self) -> Tally:
        return Tally(self._articles, self._statements, dict(sorted(self._stages.items())))

    def exit_code(self, *, strict: bool) -> int:
        """1 when nothing at all could be read, and when anything was rejected and that is too much; else 0."""
        return int(not self._articles or (strict and bool(self._stages)))


def summary(tally: Tally) -> str:
    """A tally in words: 12 articles, 87 statements, 2 rejects (1 language, 1 read)."""
    parts = [_counted(tally.articles, "article"), _counted(tally.statements, "statement")]
    rejects = _counted(sum(tally.rejects.values()), "reject")
    by_stage = ", ".join(f"{n} {stage}" for stage, n in tally.rejects.items())
    return ", ".join([*parts, f"{rejects} ({by_stage})" if by_stage else rejects])


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
