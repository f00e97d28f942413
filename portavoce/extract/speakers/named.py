"""The actor that a phrase names outright: by a name, a role beside it, a title or an apposition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.speakers.mentions import SpeakerMention


@dataclass(frozen=True, slots=True)
class Named:
    """An actor named outright: its index, or how to add it, the tokens that name it, and by which rule."""

    index: int | None
    make: Callable[[], int] | None
    first: int
    last: int
    rule: str

    def settle(self) -> int:
        """The actor's index; it is added to the article's actors where it is not there yet."""
        return self.make() if self.make else self.index  # type: ignore[return-value]


def named_by(actors: Actors, mention: SpeakerMention) -> Named | None:
    """The actor that a phrase names outright: by a name, a title with its name, an apposition."""
    t, i = actors.tokens, mention.head
    k = actors.name_at[i]
    if k >= 0:
        name = actors.names[k]
        if mention.last > name.last and name.words[0] in actors.words.organizations:

            def described() -> int:
                return actors.describe(i, name.first, mention.last, kind="organization", proper=True)

            return Named(None, described, mention.first, mention.last, "name")
        index = actors.actor_at.get(i)
        if index is None:
            if not actors.is_place(i):
                return None
            return Named(None, lambda: actors.speaking_place(i), mention.first, mention.last, "place")
        last = name.last if actors.actors[index].kind == "person" else mention.last
        return Named(index, None, mention.first, last, "name")
    role = actors.role_at.get(i)
    if role is not None:
        if role.by_comma and role.name[0] > i:
            return Named(role.actor, None, *role.name, "apposition")
        return Named(role.actor, None, mention.first, mention.last, "role")
    for c in t.children[i]:
        if t.dep[c] != "appos" or c not in actors.actor_at or not _may_name(actors, i, actors.actor_at[c]):
            continue
        k, titled = actors.name_at[c], actors.role_at.get(c)
        if k >= 0:
            return Named(actors.actor_at[c], None, actors.names[k].first, actors.names[k].last, "apposition")
        if titled is not None and titled.name[0] > c:  # "il direttore, padre Rossi"
            return Named(titled.actor, None, *titled.name, "apposition")
    for j in range(i + 1, mention.last + 1):
        k = actors.name_at[j]
        if k >= 0 and actors.names[k].first == j and t.pos[j - 1] not in ("ADP", "DET", "CCONJ", "PUNCT", "VERB"):
            index = actors.actor_at.get(j)
            if index is not None and _may_name(actors, i, index):
                return Named(index, None, mention.first, mention.last, "title")
    return None


def _may_name(actors: Actors, i: int, index: int) -> bool:
    """Whether a name beside a noun can be who the noun means: not in "il governo Rossi"."""
    entry = actors.words.nominal(actors.tokens, i)
    if entry is None:
        return actors.actors[index].kind == "person"
    if entry[0] not in ("organization", "person", "document"):
        return False
    return (entry[0] == "person") == (actors.actors[index].kind == "person")
