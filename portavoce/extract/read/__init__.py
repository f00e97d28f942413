"""Reading: files, folders and standard input in, one `Article` or one named `Reject` out for each thing found there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from portavoce.errors import InputError
from portavoce.extract.read.files import found_in
from portavoce.extract.read.language import SUPPORTED, detect_language, primary_subtag, unsupported_reason
from portavoce.ids import text_digest
from portavoce.records import Article, Reject

__all__ = ["SUPPORTED", "detect_language", "read_articles"]

_LETTER = re.compile(r"[^\W\d_]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_articles(
    inputs: Iterable[str | Path], *, published: str | None = None, stdin: BinaryIO | None = None
) -> Iterator[Article | Reject]:
    """The articles of files, folders and ``-`` (what ``stdin`` holds), each in its turn, and a reject for all that is none.

    ``published`` dates the articles that carry no date. An article that comes twice is given once; its id with another
    text is a reject. Raises `InputError` at once when ``published`` is no ISO date.
    """
    if published is not None:
        published = _iso_date(published)
    return _read(inputs, published, stdin)


def _read(inputs: Iterable[str | Path], published: str | None, stdin: BinaryIO | None) -> Iterator[Article | Reject]:
    seen: dict[str, str] = {}
    for found in found_in(inputs, stdin):
        if isinstance(found, Reject):
            yield found
            continue
        article, path, line = found
        problem = _problem(article)
        digest = text_digest(article.text)
        if problem is None and article.id in seen:
            if seen[article.id] == digest:
                continue  # the same article again
            problem = "read", "another text was read under the same id"
        if problem is None:
            seen[article.id] = digest
            language = primary_subtag(article.language or "") or detect_language(article.text)
            if language not in SUPPORTED and not article.is_record:
                problem = "language", unsupported_reason(language)
        if problem is not None:
            yield Reject(*problem, id=article.id, path=path, line=line)
            continue
        yield replace(article, language=language, published=article.published or published)


def _problem(article: Article) -> tuple[str, str] | None:
    """The stage and the reason why an article cannot be used, whatever its language."""
    if article.is_record:
        return None
    if not article.text.strip():
        return "read", "the text is empty"
    if not _LETTER.search(article.text):
        return "read", "the text holds no letters"
    return None


def _iso_date(text: str) -> str:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise InputError(f"{text!r} is no date; write it as YYYY-MM-DD")
