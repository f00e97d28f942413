"""The corpus on disk from the command line: articles go in, and out again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from portavoce.cli.helping import example
from portavoce.cli.running import Run, extracted
from portavoce.errors import RecordError
from portavoce.records import Article, Reject


def add_to_corpus(
    path: str, items: Iterable[Article | Reject], *, gazetteer: tuple[str, ...], judgements: str | None,
    options: dict[str, Any], rejects: str | None, bar: bool,
) -> Run:  # fmt: skip
    """Add articles to the corpus in a file, which is made where there is none; what is there already is not read again."""
    from portavoce.graph.judgements import Judgements
    from portavoce.graph.resolve import Gazetteer
    from portavoce.output.formats import open_corpus

    known = Gazetteer.read(gazetteer) if gazetteer else None
    decisions = Judgements.read(judgements) if judgements else None
    with open_corpus(path, create=True) as corpus, Run(rejects=rejects, bar=bar) as run:

        def unknown(found: Iterable[Article | Reject]) -> Iterator[Article | Reject]:
            for item in found:
                try:
                    if isinstance(item, Article) and not item.is_record and corpus.holds(item):
                        run.known(1)
                        continue
                except RecordError as error:
                    yield Reject(stage="build", reason=str(error), id=item.id if isinstance(item, Article) else None)
                    continue
                yield item

        articles = run.articles(extracted(unknown(items), **options))
        for _ in corpus.add(articles, model=options["model"], on_reject=run.unread):
            pass
        if known is not None:
            corpus.keep_gazetteer(known)
        if decisions is not None:
            corpus.judge(*decisions.lines)
        corpus.settle()
    return run


@click.command()
@click.argument("corpus", metavar="CORPUS", type=click.Path(exists=True, dir_okay=False))
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@example(
    "portavoce remove news.db 2024-05-01-ponte",
)
def remove(corpus: str, articles: tuple[str, ...]) -> None:
    """Take articles out of a corpus, with all that only they say.

    CORPUS is a .db file; ARTICLE is an article's id, as the answers of other commands give it. All of them go, or none. Decisions
    about who is who stay.
    """
    from portavoce.output.formats import is_corpus, open_corpus

    if not is_corpus(corpus):
        raise click.UsageError("only a corpus (.db) gives articles back; other files are built again without them")
    with open_corpus(corpus) as opened:
        count = opened.remove(articles)
        click.echo(f"{count} article{'s' * (count != 1)} removed, {len(opened):,} left", err=True)
