"""Web pages: the article in them, with the title, date, site and address that they state."""

from __future__ import annotations

import logging
import re

from portavoce.errors import InputError
from portavoce.extract.read.decode import cleaned, decoded
from portavoce.records import Article

_DATES = {
    "original_date": True,
    "extensive_search": False,
    "max_date": "2199-12-31",
}  # no guess, nothing hangs on today


def article_of_html(data: bytes, id_: str) -> Article:
    """The article in a page, its headline as the first paragraph; raises `InputError` for a page without one."""
    if not data.strip():
        raise InputError("is empty")
    page = _prepared(cleaned(decoded(data, markup=True)))
    found = _extracted(page)
    if found is None:
        raise InputError("is a page without article text")
    text, title, date, site, url = found
    if title and not _same_start(text, title):
        text = f"{title}\n\n{text}"
    return Article(id=id_, text=text, title=title, url=url, published=date, publisher=site)


def _extracted(page: str) -> tuple[str, str | None, str | None, str | None, str | None] | None:
    """Text, title, date, site and address, or None when there is no text."""
    import trafilatura

    for name in ("trafilatura", "htmldate"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())  # else their warnings reach the terminal
    try:
        document = trafilatura.bare_extraction(
            page, include_comments=False, include_tables=False, with_metadata=True, date_extraction_params=_DATES
        )
    except Exception as error:  # whatever a broken page does to the parser, the other articles go on
        raise InputError(f"is a page that cannot be parsed ({type(error).__name__})") from error
    if document is None or isinstance(document, dict):
        return None
    text = "\n\n".join(line for line in map(str.strip, cleaned(document.text or "").split("\n")) if line)
    title = " ".join(cleaned(document.title or "").split()) or None
    return (text, title, document.date, document.sitename, document.url) if text else None


def _prepared(page: str) -> str:
    """The page with the marks that browsers draw for ``<q>``, and without the declaration of an encoding it no longer has."""
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page, count=1)
    return re.sub(r"</q\s*>", "”", re.sub(r"<q(?:\s[^>]*)?>", "“", page, flags=re.IGNORECASE), flags=re.IGNORECASE)


def _same_start(text: str, title: str) -> bool:
    """Whether the first paragraph is the title already, whole or without the name of the site."""
    first, head = (" ".join(re.findall(r"\w+", s.casefold())) for s in (text.partition("\n")[0], title))
    return bool(first) and (first.startswith(head) or head.startswith(first))
