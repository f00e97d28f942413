"""How well predicted statements agree with gold ones: detection, attribution, topics, each with its uncertainty."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import orjson

from portavoce.errors import InputError, RecordError
from portavoce.evaluate.count import count_article
from portavoce.evaluate.mistakes import Mistake
from portavoce.evaluate.page import html_page
from portavoce.evaluate.scores import Scores, scores_of
from portavoce.records import Article, Relation

__all__ = ["Mistake", "Scores", "html_page", "leave_out", "read_records", "score", "score_files"]


def score(gold: Sequence[Article], predicted: Sequence[Article], *, without: Collection[str] = ()) -> Scores:
    """The agreement of predicted statements with gold ones over all gold articles but those whose ids are in ``without``.

    A gold article that the prediction lacks counts as one without statements and is named in ``missing``; a predicted
    one that the gold lacks is named in ``unknown`` and counts for nothing. Where a gold article has relations, those of all articles
    are scored too. Raises `InputError` when an article comes
    twice, when the two texts of an article differ, when there is no gold, or none of an id to leave out.
    """
    _by_id(gold, "gold")
    found = _by_id(predicted, "predicted")
    wanted = {article.id: article for article in leave_out(gold, without)}
    found = {id_: article for id_, article in found.items() if id_ not in without}
    if not wanted:
        raise InputError("the gold holds no article")
    counted = []
    for id_, article in wanted.items():
        other = found.get(id_, replace(article, statements=(), relations=()))
        if other.text != article.text:
            raise InputError(f"article {id_!r}: the predicted text is not the gold text, so that offsets mean nothing")
        counted.append(count_article(article, other.statements, _named(other)))
    return scores_of(
        counted,
        missing=tuple(id_ for id_ in wanted if id_ not in found),
        unknown=tuple(id_ for id_ in found if id_ not in wanted),
        without=tuple(dict.fromkeys(without)),
    )


def _named(article: Article) -> list[Relation]:
    """The relations of a record, both sides by their names, also where it refers to them by ids."""
    names = {actor.form or actor.id: actor.name for actor in reversed(article.actors)}
    names |= {actor.id: actor.name for actor in reversed(article.actors)}
    return [
        replace(r, source=names.get(r.source, r.source), target=names.get(r.target, r.target))
        for r in article.relations
    ]


def leave_out(articles: Sequence[Article], ids: Collection[str]) -> list[Article]:
    """The articles but those of these ids; an id that none of them has is an `InputError`."""
    unknown = sorted(set(ids) - {article.id for article in articles})
    if unknown:
        raise InputError(f"there is no article to leave out with the id {', '.join(unknown)}")
    return [article for article in articles if article.id not in ids]


def score_files(gold_path: str | Path, predicted_path: str | Path, *, errors: int = 0) -> Scores:
    """`score` on two files of records (JSONL; ``-`` is standard input), with the first ``errors`` mistakes kept."""
    return score(read_records(gold_path), read_records(predicted_path)).first(errors)


def read_records(path: str | Path) -> list[Article]:
    """The articles of a file of records (JSONL; ``-`` is standard input); raises `InputError` where one does not fit."""
    return list(_read(path))


def _by_id(articles: Sequence[Article], role: str) -> dict[str, Article]:
    out: dict[str, Article] = {}
    for article in articles:
        if article.id in out:
            raise InputError(f"article {article.id!r} comes twice among the {role} ones")
        out[article.id] = article
    return out


def _read(path: str | Path) -> Iterator[Article]:
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            yield Article.from_json(orjson.loads(line))
        except orjson.JSONDecodeError as error:
            raise InputError(f"{path}, line {number}: not JSON: {error}") from error
        except RecordError as error:
            raise InputError(f"{path}, line {number}: {error}") from error
