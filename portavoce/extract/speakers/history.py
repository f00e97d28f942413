"""What an article has told up to a place in it: who said what where, and who is named where and how often."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from portavoce.extract.actors.actor import InArticleActor
from portavoce.extract.actors.coreference import Actors
from portavoce.extract.actors.noun_phrases import modifiers, noun_phrase
from portavoce.extract.acts import Attribution

NEAR = 60
"""Actors that are all looked at; in longer texts only those near by are, so that the time stays linear."""
_STEM = 6
"""Letters by which a noun is the noun of a role."""
_SHARED = 5
"""Letters in which a word beside a noun and one beside a role agree."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who made an earlier statement, at which cue, and the head token of the mention that named its speaker (or -1)."""

    actor: int | None
    cue: int
    mention: int = -1


class Contents:
    """The content spans of an article's attributions, asked character by character."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self.spans = sorted({span for a in attributions for span in a.content})
        self._starts = [a for a, _ in self.spans]

    def holds(self, offset: int) -> bool:
        """Whether a character stands in any content."""
        return any(offset < end for _, end in self._begun(offset))

    def part(self, phrase: tuple[int, int], other: int) -> bool:
        """Whether a phrase is a part of a content in which a certain character does not stand."""
        return any(
            phrase[1] <= end and end - start > phrase[1] - phrase[0] and not start <= other < end
            for start, end in self._begun(phrase[0])
        )

    def _begun(self, offset: int) -> list[tuple[int, int]]:
        k = bisect_right(self._starts, offset)
        return self.spans[max(0, k - 3) : k]


@dataclass(frozen=True, slots=True)
class RoleWords:
    """An actor's roles, cut short so that a noun is compared with them.

    ``beginnings`` are those of the roles, of every length up to `_STEM` letters; ``words`` those in the roles and in the
    names of their organisations, by up to `_SHARED` letters.
    """

    beginnings: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, actor: InArticleActor) -> Self:
        roles = {(role.lower(), (organization or "").lower()) for role, organization, _, _ in actor.roles}
        return cls(
            frozenset([role[:n] for role, _ in roles for n in range(_STEM + 1)]),
            frozenset([word[:_SHARED] for role, body in roles for word in f"{role} {body}".split()]),
        )

    def begin_with(self, noun: str) -> bool:
        """Whether a noun is that of one of the roles."""
        return noun[:_STEM] in self.beginnings

    def share(self, beside: Iterable[str]) -> bool:
        """Whether one of the words beside a noun stands in a role or in the name of its organisation."""
        return any(word[:_SHARED] in self.words for word in beside)


class History:
    """The statements of an article so far, how many of them each actor made (``times``), and where each is named."""

    def __init__(self, actors: Actors, contents: Contents) -> None:
        self.actors = actors
        self.contents = contents
        self.said: list[Said] = []
        self.times: Counter[int] = Counter()
        self._spoken = -1
        self._roles: dict[int, RoleWords] = {}
        self._places: dict[int, list[int]] = {}
        self._timeline: list[tuple[int, int]] = []
        self._most = max((len(actor.tokens) for actor in actors.actors if actor.kind == "person"), default=0)

    def note(self, actor: int | None, cue: int, mention: int = -1) -> None:
        """Add a statement."""
        self.said.append(Said(actor, cue, mention))
        if mention >= 0:
            self._spoken = mention
        if actor is not None:
            self.times[actor] += 1

    def spoken(self) -> int:
        """The head token of the mention that named a speaker last, or -1."""
        return self._spoken

    def within_reach(self, at: int) -> Iterable[int]:
        """The actors that a word at a token may mean: all of an article, the nearest `NEAR` of a very long text."""
        count = len(self.actors.actors)
        if count <= NEAR:
            return range(count)
        if not self._timeline:
            self._timeline = sorted((i, k) for k, actor in enumerate(self.actors.actors) for i in actor.tokens)
        place = bisect_left(self._timeline, (at, 0))
        near = [k for _, k in self._timeline[max(0, place - 4 * NEAR) : place][::-1]]
        near += [k for _, k in self._timeline[place : place + NEAR // 2]]
        said = [s.actor for s in self.said[: -NEAR // 2 : -1] if s.actor is not None]
        return list(dict.fromkeys([*said, *near]))[: 2 * NEAR]

    def places(self, index: int) -> list[int]:
        """The head tokens of an actor's mentions, in text order."""
        known, tokens = self._places.get(index), self.actors.actors[index].tokens
        if known is None:
            known = self._places[index] = sorted(tokens)
        for token in tokens[len(known) :]:
            insort(known, token)
        return known

    def roles(self, index: int) -> RoleWords:
        """The words of the roles that the article gives an actor."""
        known = self._roles.get(index)
        if known is None:
            known = self._roles[index] = RoleWords.of(self.actors.actors[index])
        return known

    def tells_apart(self, index: int, beside: frozenset[str]) -> bool:
        """Whether the words beside a noun are others than those beside it wherever it described an actor before."""
        t, words = self.actors.tokens, self.actors.words
        told = frozenset().union(*(modifiers(t, i, *noun_phrase(t, words, i)) for i in self.places(index)))
        return bool(beside and told) and not beside & told

    def most_named(self, index: int) -> bool:
        """Whether an actor is named as often as the person who is named most, and more than once."""
        return len(self.actors.actors[index].tokens) == self._most > 1
