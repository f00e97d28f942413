"""Whom a common noun means: an actor known already, or the group, body or office-holder that it describes."""

from __future__ import annotations

from functools import cached_property

from portavoce.extract.actors.acronyms import abbreviates
from portavoce.extract.actors.coreference import Actors
from portavoce.extract.actors.names import written
from portavoce.extract.actors.noun_phrases import without_article
from portavoce.extract.relations.found import Party
from portavoce.extract.relations.known import Known
from portavoce.extract.relations.lists import Lists
from portavoce.extract.relations.references import References
from portavoce.extract.relations.words import RelationWords
from portavoce.extract.speakers.anaphors import anaphor_of_mention
from portavoce.extract.speakers.descriptions import described_kind, fullest_description
from portavoce.extract.speakers.mentions import SpeakerMention
from portavoce.ids import fold

_ACRONYM = 7
"""Letters of the longest acronym."""
_SHARED = 200
"""Organisations with one first letter that an acronym is compared with, at most."""
_FOLLOWERS = ("iani", "isti", "esi")
"""Endings of plurals that name the followers of somebody or the people of a place."""


class Nouns:
    """The common nouns of one article."""

    def __init__(
        self, actors: Actors, words: RelationWords, references: References, known: Known, lists: Lists
    ) -> None:
        self.actors, self.words, self.references, self.known, self.lists = actors, words, references, known, lists
        self.t = actors.tokens

    def of(self, m: SpeakerMention) -> Party | None:
        """Whom a common noun means: an actor known already, or the group, body or office-holder that it describes."""
        t, a = self.t, self.actors
        i, lemma = m.head, t.lemma[m.head]
        if lemma in self.words.nouns and (lemma not in self.words.any("body") or m.last > i):
            return None
        entry = a.words.nominal(t, i)
        kind = entry[0] if entry else "group" if lemma in self.words.any("group") else ""
        if not kind and (lemma in self.words.roles or lemma in self.words.kin):
            kind = "person"
        if not kind and t.form[i].endswith(_FOLLOWERS):
            kind = "group"
        if kind not in ("person", "organization", "group") or lemma in self.words.any("no-actor"):
            return None
        definite, number, _ = a.words.agreement(t, m.first, i)
        plural = number == "Plur"
        counted = any(t.pos[j] == "NUM" for j in range(m.first, i))
        if definite == "Ind" or (definite == "bare" and not plural and kind == "person"):
            return None
        if kind == "person" and not plural and (behind := self.lists.name_behind(i)):
            return behind
        anaphor = anaphor_of_mention(a, m)
        if counted and definite != "Def" and not (kind != "person" and anaphor.modifiers):
            return None
        if not plural or definite == "Def":
            known = self.references.of_noun(m)
            if known is not None:
                return self.known.actor(known[0], i, known[1])
        if kind == "person" and not plural and not anaphor.modifiers:
            return None
        if (
            kind == "organization"
            and not plural
            and not anaphor.modifiers
            and (index := self._named_like(i)) is not None
        ):
            return self.known.actor(index, i, "same noun")
        first, last = fullest_description(a, m, anaphor)
        while first < last and t.pos[first] == "ADP":
            first += 1
        head = i if first <= i <= last else first  # the fullest phrase may stand elsewhere
        for j in range(head + 1, last + 1):
            if a.name_at[j] >= 0 and self.known.is_person(j) and t.pos[j - 1] not in ("ADP", "DET"):
                last = j - 1
                break
        name = without_article(t, a.words, first, last)
        described = described_kind(a, i, plural=plural) if entry else "group"
        return Party(name, described, i, "description", None, lambda: a.describe(i, first, last, kind=described))

    def _named_like(self, i: int) -> int | None:
        """The one organisation whose name begins with the noun ("la Corte" where the article names "Corte dei conti")."""
        t = self.t
        word = fold(t.form[i])
        if len(word) <= _ACRONYM and (written(t, i).isupper() or t.pos[i] == "PROPN"):
            near = self._organizations.get(word[:1], [])[:_SHARED]
            short = [k for k in near if " " in self._name(k) and abbreviates(word, self._name(k))]
            if len(short) == 1:
                return short[0]
        found = self._organizations.get(word, [])
        return found[0] if len(found) == 1 else None

    def _name(self, index: int) -> str:
        return self.actors.actors[index].name

    @cached_property
    def _organizations(self) -> dict[str, list[int]]:
        """The organisations that have a name, by its first word and by its first letter."""
        out: dict[str, list[int]] = {}
        for k, actor in enumerate(self.actors.actors):
            if actor.proper and actor.kind == "organization" and (words := fold(actor.name).split(" ", 1)):
                for key in {words[0], words[0][:1]}:
                    out.setdefault(key, []).append(k)
        return out
