"""Somebody of one article, as it is gathered name by name and role by role."""

from __future__ import annotations

from dataclasses import dataclass, field

from portavoce.records import ActorKind


@dataclass(slots=True)
class InArticleActor:
    """Somebody of an article; ``mentions`` are character offsets, ``tokens`` the head tokens of the same
    mentions, ``members`` the indices of those who are meant together, ``present`` and ``former`` the nouns and
    names of offices that the article gives it, and those that it had once.
    """

    name: str
    kind: ActorKind
    aliases: list[str] = field(default_factory=list)
    number: str = "Sing"
    gender: str = ""
    proper: bool = True
    lemma: str = ""
    members: tuple[int, ...] = ()
    present: set[str] = field(default_factory=set)
    former: set[str] = field(default_factory=set)
    of_country: str | None = None
    mentions: list[tuple[int, int]] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    roles: list[tuple[str, str | None, int, int]] = field(default_factory=list)
    offices: set[str] = field(default_factory=set)
    spoke: bool = False
    place: bool = False
