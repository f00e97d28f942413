"""Ids that are a function of what they name, so that a re-run changes nothing and shards agree."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

_PARTICLES = frozenset(
    "il lo la l i gli le di d del dello della dell dei degli delle the un uno una e".split()
)  # articles and prepositions that differ between two spellings of one name

_WORDS = re.compile(r"[^\W_]+")


class Placed(Protocol):
    """Anything with a start and an end in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def digest(*parts: str, length: int = 20) -> str:
    """The first ``length`` hex digits of a hash of the parts; parts are told apart, so ("ab", "c") is not ("a", "bc")."""
    h = hashlib.blake2b(digest_size=32)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        h.update(len(raw).to_bytes(8, "big") + raw)
    return h.hexdigest()[:length]


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name without accents, case, punctuation and particles: the key under which two spellings are one."""
    if not name.isascii():
        plain = unicodedata.normalize("NFKD", name)
        name = plain if plain.isascii() else "".join([c for c in plain if c < "\u0300" or not unicodedata.combining(c)])
    words = _WORDS.findall(name.casefold())
    return " ".join([w for w in words if w not in _PARTICLES] or words)


def slug(name: str, *, length: int = 48) -> str:
    """A readable ASCII form of a name for an id: lower case, hyphens, at most ``length`` characters."""
    ascii_ = fold(name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")[:length].rstrip("-") or "x"


def article_node(article_id: str) -> str:
    """The graph's name for an article."""
    return f"article/{digest('article', article_id)}"


def statement_id(article_id: str, content: Iterable[Placed], cue: Placed | None) -> str:
    """The id of a statement: a hash of its article, content spans and cue."""
    spans = ",".join(f"{s.start}-{s.end}" for s in content)
    return digest("statement", article_id, spans, f"{cue.start}-{cue.end}" if cue else "")


def actor_id(name: str, scope: str = "") -> str:
    """The id of an actor: a slug of the folded name and a short hash of name and scope.

    ``scope`` is empty for names that mean the same in every article, and the article's id for those that do not
    ("il portavoce", "i testimoni").
    """
    key = fold(name)
    return f"{slug(name)}-{digest('actor', key, scope, length=8)}"


def topic_id(label: str, scheme: str = "") -> str:
    """The id of a topic: a slug of the folded label and a short hash of label and scheme."""
    return f"{slug(label)}-{digest('topic', fold(label), scheme, length=8)}"


def text_digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, hex: names the version of an article that offsets count in."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
