"""Names beside a noun: several joined by "e", listed behind a colon or one after the other, or one behind a comma."""

from __future__ import annotations

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.actors.noun_phrases import noun_phrase
from portavoce.extract.relations.clause import preposition
from portavoce.extract.relations.found import Party
from portavoce.extract.relations.known import Known
from portavoce.extract.relations.words import RelationWords

PEOPLE = ("NOUN", "PROPN", "X")
_ANNOUNCED = 12
"""Tokens behind a plural noun in which the list that it announces begins."""
_MOST = 20
"""Actors of one list that take part in a deed, at most: two lists make as many relations as their product."""
_ROW = 9
"""Tokens between two names of a list, at most ("A, 53 anni, e il capitano B")."""
_APPOSED = ("nmod", "appos", "flat", "flat:name", "compound", "conj")


class Lists:
    """The lists of one article."""

    def __init__(self, actors: Actors, words: RelationWords, known: Known) -> None:
        self.actors, self.words, self.known = actors, words, known
        self.t = actors.tokens

    def is_plural(self, i: int) -> bool:
        """Whether the phrase around a noun is plural, by its article as well."""
        first, _ = noun_phrase(self.t, self.actors.words, i)
        return self.actors.words.agreement(self.t, first, i)[1] == "Plur"

    def members(self, i: int) -> list[int]:
        """The heads of the phrases joined to the one at ``i``, itself first; names behind a plural title instead of it."""
        t, a = self.t, self.actors
        if listed := self._listed_behind(i):
            return listed[:_MOST]
        heads = [i]
        after = next((c for c in t.children[i] if c > i and a.name_at[c] >= 0 and t.dep[c] in _APPOSED), -1)
        if i + 1 < t.n and t.sent[i + 1] == t.sent[i] and self.known.is_person(i + 1) and a.name_at[i + 1] >= 0:
            after = i + 1  # wherever the parser hangs it: "la solidarietà dei ministri A e B"
        if (
            after >= 0
            and i not in a.actor_at
            and self.is_plural(i)
            and not preposition(t, after)
            and self.known.is_person(after)
        ):
            heads = [after]
        queue = [i, *heads]
        for h in queue:
            for c in t.children[h]:
                if t.dep[c] == "conj" and t.pos[c] in (*PEOPLE, "PRON") and c > h and c not in queue:
                    if any(t.pos[j] == "VERB" and a.name_at[j] < 0 for j in range(h + 1, c)) and t.pos[c] != "PROPN":
                        continue
                    heads.append(c)
                    queue.append(c)
            if len(heads) >= _MOST:
                break
        return list(dict.fromkeys(heads))[:_MOST]

    def _listed_behind(self, i: int) -> list[int]:
        """The names that a plural noun announces: behind a colon ("tre giurati: A, B e C") or behind "come"."""
        t, a = self.t, self.actors
        if t.pos[i] != "NOUN" or a.name_at[i] >= 0 or i in a.actor_at or not self.is_plural(i):
            return []
        end = t.sentences[t.sent[i]][1]
        for j in range(i + 1, min(i + _ANNOUNCED, end)):
            if t.form[j] == ":" or t.form[j] in self.words.any("such-as"):
                found = self._in_row(j + 1, strict=t.form[j] != ":")
                return [k for k in found if t.form[j] != ":" or self.known.is_person(k)] if len(found) > 1 else []
            if t.pos[j] in ("VERB", "AUX") and t.form[j] not in self.words.participles:
                break
        return []

    def listed(self, start: int) -> list[Party]:
        """The persons named one after the other from a token on, with nothing but commas, "e", titles and ages between."""
        a = self.actors
        found = [j for j in self._in_row(start) if self.known.is_person(j)]
        return [Party(a.actors[a.actor_at[j]].name, "person", j, "listed", a.actor_at[j]) for j in found]

    def name_behind(self, i: int) -> Party | None:
        """A person behind a noun and a comma, with titles between ("sindaco di A, dott. Mario Rossi")."""
        t, a = self.t, self.actors
        _, last = noun_phrase(t, a.words, i)
        j = last + 1
        if self.is_plural(i) or j >= t.n or t.form[j] != ",":
            return None
        j += 1
        while j < t.n and j < last + 6 and (t.form[j] in a.words.titles or t.form[j] == "." or t.pos[j] == "DET"):
            j += 1
        if j < t.n and t.sent[j] == t.sent[i] and a.name_at[j] >= 0 and self.known.is_person(j):
            after = a.names[a.name_at[j]].last + 1
            if after >= t.n or t.pos[after] in ("PUNCT", "VERB", "AUX"):
                return self.known.actor(a.actor_at[j], j, "apposition")
        role = a.role_at.get(j) if j < t.n and t.sent[j] == t.sent[i] else None
        if role is not None and role.name[0] > j:  # "la madre di A, la cantante B"
            return self.known.actor(role.actor, role.name[0], "apposition")
        return None

    def _in_row(self, start: int, *, strict: bool = True) -> list[int]:
        """The names that stand one after the other from a token on, with nothing but commas, "e", titles and ages between."""
        t, a = self.t, self.actors
        out: list[int] = []
        j, gap, end = start, 0, t.sentences[t.sent[start]][1] if start < t.n else start
        while j < end and gap < _ROW:
            k = a.name_at[j]
            if k >= 0:
                out.append(j)
                j, gap = a.names[k].last + 1, 0
                continue
            if (
                t.pos[j] in ("VERB", "AUX", "SCONJ")
                or t.form[j] in (".", ";", ")")
                or (strict and out and t.pos[j] == "ADP")
            ):
                break
            gap += 1
            j += 1
        return out
