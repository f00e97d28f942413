"""One utterance in many articles: copies of what one actor said on one occasion, by the characters that they share.

Copies are told by their shingles (runs of characters of the folded text): MinHash finds the pairs that are compared at all, the share
of common shingles decides. Never one utterance: what has other negations or other numbers, another speaker, or days far apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from zlib import crc32

from portavoce.graph.resolve import words
from portavoce.graph.resolve.clusters import Clusters
from portavoce.graph.resolve.profiles import ordinal
from portavoce.ids import digest, fold

ALIKE = 0.6
"""Share of common shingles from which on two statements are copies; the smaller may lack a fifth of the larger at the ends."""

INSIDE = 0.85
"""Share of the smaller one's shingles that the larger holds, from which on a shortened copy is one."""

SHORTEST = 30
"""Characters under which a content is too common to be told from another of the same words."""

NEAR = 7
"""Days between two articles with the same utterance, at most; where a day is not known, nothing speaks against."""

SHINGLE = 5
BANDS, ROWS = 12, 2
_SEEDS = tuple(0x9E3779B1 * (n + 1) & 0xFFFFFFFF for n in range(BANDS * ROWS))
_NEGATIONS = words.negations()
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Said:
    """What is compared of a statement: its node, speaker, article, day, words and polarity; its `signature` if it is known already."""

    node: str
    speaker: str
    article: str
    day: str | None
    text: str
    polarity: str
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Statements of different articles that are copies of one utterance, and the first of them."""

    id: str
    first: str
    statements: tuple[str, ...]


def utterances(statements: Iterable[Said]) -> Iterator[Utterance]:
    """The utterances that stand in several articles, in the order of their ids; the same for every order of statements."""
    by_speaker: dict[str, list[Said]] = {}
    for said in sorted(statements, key=lambda s: s.node):
        if len(said.text) >= SHORTEST:
            by_speaker.setdefault(said.speaker, []).append(said)
    found = [u for group in by_speaker.values() if len(group) > 1 for u in of_one_speaker(group)]
    yield from sorted(found, key=lambda u: u.id)


def of_one_speaker(group: list[Said]) -> Iterator[Utterance]:
    """The utterances of one speaker, from statements of `SHORTEST` characters or more in the order of their nodes."""
    told = {said.node: said for said in group}
    clusters: Clusters[str] = Clusters()
    for a, b in sorted(_candidates(group)):
        if _is_copy(told[a], told[b]):
            clusters.unite(a, b)
    for members in clusters.sets(sorted(told)).values():
        copies = [told[node] for node in members]
        if len({copy.article for copy in copies}) > 1:
            first = min(copies, key=lambda s: (s.day is None, s.day or "", s.article, s.node))
            nodes = tuple(sorted(copy.node for copy in copies))
            yield Utterance(digest("utterance", *nodes), first.node, nodes)


def _candidates(group: list[Said]) -> set[tuple[str, str]]:
    """The pairs that share a band of their MinHash; of a band that many share, each with the next few."""
    bands: dict[tuple[int, bytes], list[Said]] = {}
    width = ROWS * 4
    for said in group:
        own = said.signature or signature(said.text)
        for band in range(BANDS):
            bands.setdefault((band, own[band * width : (band + 1) * width]), []).append(said)
    pairs = set()
    for members in bands.values():
        if len(members) < 2:
            continue
        ordered = sorted(members, key=lambda s: (s.day or "", s.node))
        for n, a in enumerate(ordered):
            for b in ordered[n + 1 : n + 9]:
                if a.article != b.article:
                    pairs.add((min(a.node, b.node), max(a.node, b.node)))
    return pairs


def _is_copy(a: Said, b: Said) -> bool:
    one, other = ordinal(a.day), ordinal(b.day)
    if one is not None and other is not None and abs(one - other) > NEAR:
        return False
    if a.polarity != b.polarity or _marks(a.text) != _marks(b.text):
        return False
    x, y = _shingles(a.text), _shingles(b.text)
    common = len(x & y)
    return common >= ALIKE * len(x | y) or common >= INSIDE * min(len(x), len(y))


@lru_cache(maxsize=4096)
def _marks(text: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """The negations and the numbers of a text, counted."""
    told = re.findall(r"[^\W\d_]+", text.lower())
    return Counter(w for w in map(fold, told) if w in _NEGATIONS), Counter(_NUMBER.findall(text))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


@lru_cache(maxsize=4096)
def _shingles(text: str) -> frozenset[str]:
    plain = _plain(text)
    return frozenset(plain[n : n + SHINGLE] for n in range(max(1, len(plain) - SHINGLE + 1)))


def signature(text: str) -> bytes:
    """The MinHash of a text: four bytes for each of its `BANDS` times `ROWS` hashes."""
    import numpy as np

    plain = _plain(text)
    if plain.isascii() and len(plain) >= SHINGLE:  # the same checksums, all shingles at once
        letters, table = np.frombuffer(plain.encode(), dtype=np.uint8), _crc_table()
        hashes = np.full(len(letters) - SHINGLE + 1, 0xFFFFFFFF, dtype=np.uint32)
        for n in range(SHINGLE):
            hashes = table[(hashes ^ letters[n : n + len(hashes)]) & 0xFF] ^ (hashes >> 8)
        hashes = ~hashes
    else:
        hashes = np.array([crc32(s.encode("utf-8", "surrogatepass")) for s in _shingles(text)], dtype=np.uint32)
    seeds = np.array(_SEEDS, dtype=np.uint32)
    mixed = (hashes[None, :] ^ seeds[:, None]) * np.uint32(0x85EBCA6B)
    found: bytes = mixed.min(axis=1).astype("<u4").tobytes()
    return found


@cache
def _crc_table() -> Any:
    """What a byte does to a CRC-32."""
    import numpy as np

    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ np.uint32(0xEDB88320), table >> 1)
    return table
