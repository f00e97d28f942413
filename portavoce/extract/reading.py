"""An article as the stages read it: letters composed, one kind of apostrophe, lines joined and not in capitals; and the way back.

Pipelines, word lists and weights know *città* in four characters more or less, and paragraphs that run on. Texts out of
mail break their lines at a fixed width, texts out of some readers have letters and accents apart, and some papers set their headlines in
capitals. Such a text is read in another form, and every span of the record is then moved to where it stands in the text that came, which stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

from portavoce.extract.capitals import without_capitals
from portavoce.ids import statement_id
from portavoce.records import Article, Mention, Span, Statement

_NARROWEST, _WIDEST = 40, 100  # columns of wrapped text
_FEWEST = 3  # line breaks that show a width
_FULL, _LOWER = 0.9, 0.25  # share of lines that have no room for the next word, and of lines that go on in lower case
_FIRST_WORD = re.compile(r"\S+")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")
_LINE_BREAK = re.compile(r"(?<=\S)[ \t]*\n(?=[^\S\n]*\S)")


@dataclass(frozen=True, slots=True)
class Reading:
    """An article to read in place of ``original``; ``back`` has for each place in its text that in the original one."""

    original: Article
    article: Article
    back: tuple[int, ...] | None = None

    @classmethod
    def of(cls, article: Article) -> Reading:
        """The reading of an article: the article itself, unless lines are wrapped or in capitals, letters decomposed, apostrophes curved."""
        text, back = article.text, None
        if not unicodedata.is_normalized("NFC", text):
            text, back = _composed(text)
        text = unwrapped(_APOSTROPHE.sub("'", text))
        title = _APOSTROPHE.sub("'", unicodedata.normalize("NFC", article.title)) if article.title else article.title
        text, title = without_capitals(text, title)
        if text == article.text and title == article.title:
            return cls(article, article)
        return cls(article, replace(article, text=text, title=title), back)

    def restored(self, record: Article) -> Article:
        """What was found in the reading, on the text of the original: its offsets, its words, its ids."""
        if self.article is self.original:
            return record
        statements = [self._statement(s) for s in record.statements]
        renamed = {old.id: new.id for old, new in zip(record.statements, statements, strict=True)}
        return replace(
            record,
            text=self.original.text,
            title=self.original.title,
            statements=tuple(replace(s, reported_by=renamed.get(s.reported_by or "")) for s in statements),
            mentions=tuple(self._mention(m) for m in record.mentions),
            roles=tuple(replace(r, evidence=self._span(r.evidence)) for r in record.roles),
            relations=tuple(
                replace(
                    r,
                    trigger=self._span(r.trigger),
                    evidence=self._span(r.evidence),
                    statement=renamed.get(r.statement or ""),
                )
                for r in record.relations
            ),
        )

    def _span(self, span: Span) -> Span:
        start, end = (span.start, span.end) if self.back is None else (self.back[span.start], self.back[span.end])
        return Span.of(self.original.text, start, end)

    def _mention(self, mention: Mention) -> Mention:
        span = self._span(Span(mention.start, mention.end, mention.text))
        return Mention(span.start, span.end, span.text, mention.actor_id)

    def _statement(self, s: Statement) -> Statement:
        content = tuple(map(self._span, s.content))
        cue = self._span(s.cue) if s.cue else None
        return replace(
            s,
            id=statement_id(self.original.id, content, cue),
            content=content,
            cue=cue,
            speaker=self._span(s.speaker) if s.speaker else None,
        )


def _composed(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with each letter and its accents in one character where there is one, and where each stood."""
    starts = [i for i, c in enumerate(text) if i == 0 or not unicodedata.combining(c)]
    parts, back = [], []
    for start, end in pairwise([*starts, len(text)]):
        part = unicodedata.normalize("NFC", text[start:end])
        parts.append(part)
        back += [min(start + k, end) for k in range(len(part))]
    return "".join(parts), (*back, len(text))


def unwrapped(text: str) -> str:
    """The text with a space for each line break inside a paragraph, when its lines are wrapped at one width; as long as before.

    They are when nearly no line has room for the first word of the next one, and some lines go on in lower case.
    """
    breaks = list(_LINE_BREAK.finditer(text))
    if len(breaks) < _FEWEST:
        return text
    longest = lower = 0
    room = []
    for m in breaks:
        start = text.rfind("\n", 0, m.end() - 1) + 1
        following = _FIRST_WORD.search(text, m.end())
        width = m.start() - start
        longest = max(longest, width)
        room.append((m.end() - 1, width + 1 + (len(following[0]) if following else 0)))
        lower += following is not None and following[0][0].islower()
    if not _NARROWEST <= longest <= _WIDEST:
        return text
    full = [at for at, needed in room if needed > longest]
    if len(full) < _FULL * len(breaks) or lower < _LOWER * len(breaks):
        return text
    out = list(text)
    for at in full:
        out[at] = " "
    return "".join(out)
