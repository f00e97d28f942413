"""Plain text files: the text without its white space at the edges, and a title where the first paragraph is one."""

from __future__ import annotations

import re

from portavoce.errors import InputError
from portavoce.extract.read.decode import cleaned, decoded
from portavoce.records import Article

_TITLE = re.compile(r"([^\n]{1,150})\n[ \t]*\n\s*\S")


def article_of_text(data: bytes, id_: str) -> Article:
    """The article that a plain text is; raises `InputError` for what is no text."""
    if not data.strip():
        raise InputError("is empty")
    text = cleaned(decoded(data))
    first = _TITLE.match(text)
    title = first[1].rstrip() if first else ""
    return Article(id=id_, text=text, title=None if not title or title.endswith(".") else title)
