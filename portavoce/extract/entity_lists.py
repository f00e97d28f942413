"""Entities that word lists put right: codes of provinces and roads, well-known organisations, institutions, whole names of places.

The lists follow what KIND's Wikinews train calls an entity, and the rules were counted there. With them F of all its entities rose from
85.0 to 86.2 (`encoder`, documents of fourteen sentences), and on its dev part, measured at the end, from 81.3 to 82.1; with well-known
organisations found whole, and names that end in a preposition finished (`entities`), to 86.6 and 82.6.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Span, Token

from portavoce.extract.lang import read_words

LANGUAGE = "it"
PERSONS = frozenset({"PER", "PERSON"})
_ROAD = re.compile(r"(?:A|E|SS|SP|SR)\d{1,3}")
_OF = frozenset({"di", "del", "dello", "della", "dell'", "dei", "degli", "delle", "d'"})


def plain_word(token: Token) -> str:
    """Return a token's text in small letters, its apostrophe straight."""
    return str(token.text.lower().replace("’", "'"))


def coded(doc: Doc, ents: list[Span]) -> list[Span]:
    """Return the entities with the codes of provinces behind a place, in brackets, and those of roads as places: *(FI)*, *A14*.

    Behind a person or an organisation it is a party's name: 64 of 65 in KIND's Wikinews train.
    """
    codes = read_words(LANGUAGE, "province_codes")
    no_places = {ent.end for ent in ents if ent.label_ in PERSONS or ent.label_ == "ORG"}
    found = {
        token.i for token in doc[2:-1]
        if token.text in codes and doc[token.i - 1].text == "(" and doc[token.i + 1].text == ")" and doc[token.i - 2].text[:1].isupper()
        and token.i - 1 not in no_places
    }  # fmt: skip
    found |= {ent.start for ent in ents if len(ent) == 1 and _ROAD.fullmatch(ent.text)}
    kept = [ent for ent in ents if not any(i in found for i in range(ent.start, ent.end))]
    return sorted([*kept, *(Span(doc, i, i + 1, label="LOC") for i in found)], key=lambda ent: ent.start)


def known_organisations(doc: Doc, ents: list[Span]) -> list[Span]:
    """Return the entities with well-known organisations labelled as such, whole, wherever they are no part of a longer name."""
    standing = {i: ent for ent in ents for i in range(ent.start, ent.end)}
    for name in _organisations_in(doc):
        places = range(name.start, name.end)
        if all(name.start <= standing[i].start and standing[i].end <= name.end for i in places if i in standing):
            standing |= dict.fromkeys(places, name)
    return sorted({ent.start: ent for ent in standing.values()}.values(), key=lambda ent: ent.start)


def _organisations_in(doc: Doc) -> Iterator[Span]:
    """The well-known organisations of a text in order, of those with one beginning the longer first; none is a verb (*Nato a Bari*)."""
    names = _organisations()
    for token in doc:
        for name in names.get(token.text, ()) if token.pos_ != "VERB" else ():
            span = doc.char_span(token.idx, token.idx + len(name), label="ORG")
            if span is not None and span.text == name:
                yield span


@cache
def _organisations(language: str = LANGUAGE) -> dict[str, list[str]]:
    """Return the well-known organisations by their first word, the longer names first."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(read_words(language, "organisations"), key=lambda name: (-len(name), name)):
        found[name.split(" ", 1)[0]].append(name)
    return dict(found)


def _taken(doc: Doc, ents: list[Span]) -> bytearray:
    """Return a byte a token, and one more: whether it stands in an entity."""
    taken = bytearray(len(doc) + 1)
    for ent in ents:
        taken[ent.start : ent.end] = b"\x01" * len(ent)
    return taken


def without_common_words(doc: Doc, ents: list[Span]) -> list[Span]:
    """Return the entities without what is no name: *Sandy* behind *uragano*, *comune* and *Difesa* alone, what a minister is of.

    In KIND's Wikinews train none of 16 storms is an entity, none of 123 such words alone, and of 104 fields of a ministry 8 are.
    """
    common, storms, ministers = (read_words(LANGUAGE, name) for name in ("no_names", "before_storms", "before_fields"))
    blown = {ent.text for ent in ents if ent.start and plain_word(doc[ent.start - 1]) in storms}

    def is_field(ent: Span) -> bool:
        if ent.label_ != "ORG" or ent.start < 2:
            return False
        return plain_word(doc[ent.start - 1]) in _OF and plain_word(doc[ent.start - 2]) in ministers

    return [
        ent for ent in ents
        if ent.text not in blown and not (len(ent) == 1 and plain_word(ent[0]) in common) and not is_field(ent)
    ]  # fmt: skip


def whole_places(doc: Doc, ents: list[Span]) -> list[Span]:
    """Return the entities, places with the noun that belongs to their name, and the adjective behind: *provincia di Bari*, *Italia centrale*.

    In KIND's Wikinews train the noun belongs to it in 421 of 446, the adjective in 15 of 15.
    """
    nouns, adjectives = read_words(LANGUAGE, "place_nouns"), read_words(LANGUAGE, "place_adjectives")
    taken = _taken(doc, ents)
    made = []
    for ent in ents:
        start, end = ent.start, ent.end
        if ent.label_ == "LOC" and ent[0].text[:1].isupper():
            start -= _words_of_its_noun(doc, start, nouns)
            end += end < len(doc) and doc[end].text in adjectives
        if any(taken[start : ent.start]) or any(taken[ent.end : end]):
            start, end = ent.start, ent.end
        made.append(Span(doc, start, end, label=ent.label_))
    return made


def _words_of_its_noun(doc: Doc, start: int, nouns: frozenset[str]) -> int:
    """Return how many words before a place's name belong to it: the noun, with *di* or without."""
    if start > 1 and plain_word(doc[start - 1]) in _OF and f"{plain_word(doc[start - 2])} di" in nouns:
        return 2
    return int(start > 0 and plain_word(doc[start - 1]) in nouns)


def with_institutions(doc: Doc, ents: list[Span]) -> list[Span]:
    """Return the entities with the institutions that a word in small letters names, with the adjective behind it: *governo russo*.

    So are 326 of 398 in KIND's Wikinews train, and the adjective belongs to them in 85 of 89.
    """
    names = read_words(LANGUAGE, "institutions")
    made = [ent for ent in ents if not (len(ent) == 1 and ent.text in names)]
    taken = _taken(doc, made)
    for token in doc:
        if token.text in names and token.pos_ == "NOUN" and not taken[token.i]:
            end = token.i + 1
            end += end < len(doc) and doc[end].pos_ == "ADJ" and doc[end].text.islower() and not taken[end]
            made.append(Span(doc, token.i, end, label="ORG"))
    return sorted(made, key=lambda ent: ent.start)
