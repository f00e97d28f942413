"""What one person is to another by a noun: relative, partner, lawyer."""

from __future__ import annotations

from collections.abc import Iterator

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.relations.clause import preposition
from portavoce.extract.relations.found import Found, Party, people
from portavoce.extract.relations.parties import Parties
from portavoce.extract.relations.words import RelationWords
from portavoce.extract.speakers.mentions import mention_at
from portavoce.extract.tokens import Tokens


class Kinship:
    """Finds in one article whose relative, partner or lawyer somebody is."""

    def __init__(self, actors: Actors, words: RelationWords, parties: Parties) -> None:
        self.actors, self.words, self.parties = actors, words, parties
        self.known, self.lists = parties.known, parties.lists
        self.t: Tokens = actors.tokens

    def at(self, i: int) -> Iterator[Found]:
        """Who is related to whom by what the word at a token says."""
        t = self.t
        if t.pos[i] not in ("NOUN", "PROPN", "ADJ") or self.actors.name_at[i] >= 0:
            return
        kin = self.words.kin_of(t.form[i], t.lemma[i])
        if kin is None:
            return
        type_, each = kin
        relatives = self._relatives(i)
        whose = self._whose(i)
        if len(relatives) > 1 and each == "each" and not whose:
            for n, one in enumerate(relatives):
                for other in relatives[n + 1 :]:
                    yield self._related(i, type_, one, other)
            return
        if not whose and relatives and type_ == "kin":
            whose = self._beside(i, relatives)
        for relative in relatives:
            for other in whose:
                if relative.name != other.name:
                    yield self._related(i, type_, relative, other)

    def _whose(self, i: int) -> list[Party]:
        """Whose family a noun names: behind "di", or by a possessive, which means the person named last before it."""
        t = self.t
        for c in t.children[i]:
            if t.dep[c].startswith("nmod") and preposition(t, c) == "di":
                return people(self.parties.of(c)) or self._somebody(c)
        for c in t.children[i]:
            if t.dep[c] == "det:poss":
                party = self._person_before(c) or self.parties.possessor(c)
                return [party] if party and party.kind == "person" else []
        return []

    def _somebody(self, i: int) -> list[Party]:
        """Whom a noun means that says only man, woman or child: "l'avvocato dell'uomo"."""
        a = self.actors
        mention = mention_at(a, i) if a.words.classes.get(self.t.lemma[i]) == "generic" else None
        found = self.parties.references.of_noun(mention) if mention else None
        if found is None or a.actors[found[0]].kind != "person":
            return []
        return [self.known.actor(found[0], i, found[1])]

    def _person_before(self, i: int) -> Party | None:
        index = self.parties.references.person_before(i)
        return self.known.actor(index, i, "named before") if index is not None else None

    def _related(self, i: int, type_: str, one: Party, other: Party) -> Found:
        return Found(type_, one, other, (i, i), "actual", "kin")

    def _relatives(self, i: int) -> list[Party]:
        """Who the relatives are: named right behind the noun, before it, by a copula, or behind its complement and a comma."""
        t, a = self.t, self.actors
        j = i + 1
        while j < t.n and j < i + 4 and (t.pos[j] == "ADJ" or t.form[j] in ("(", ",")):
            j += 1
        if j < t.n and t.sent[j] == t.sent[i] and a.name_at[j] >= 0 and self.known.is_person(j):
            return self.lists.listed(j) if self.lists.is_plural(i) else self.lists.listed(j)[:1]
        if self.lists.is_plural(i) and len(named := [p for p in self.parties.of(i) if p.how == "name"]) > 1:
            return named
        if bracketed := self._before_bracket(i):
            return [bracketed]
        if t.dep[i] == "appos" and t.head[i] < i:
            found = people(self.parties.of(t.head[i]))
            if found:
                return found if self.lists.is_plural(i) else found[:1]
        if t.below(i, "cop"):
            return people(self.parties.of_subject(i))
        if not any(t.dep[c].startswith("nmod") and preposition(t, c) == "di" for c in t.children[i]):
            return []
        if behind := self.lists.name_behind(i):
            return [behind]
        if t.pos[i - 1] in ("PUNCT", "CCONJ", "ADV") and (before := self._person_before(i)):
            return [before]
        return []

    def _before_bracket(self, i: int) -> Party | None:
        """The person right before the bracket that opens with the noun: "Anna Ferri (la cugina di Moro)"."""
        t, a = self.t, self.actors
        j = i - 1 if t.pos[i - 1] != "DET" else i - 2
        if j < 1 or t.form[j] != "(" or t.sent[j] != t.sent[i] or not self.known.is_person(j - 1):
            return None
        return self.known.actor(a.actor_at[j - 1], j - 1, "name")

    def _beside(self, i: int, relatives: list[Party]) -> list[Party]:
        """Whose relative stands there without a word that says so: the person joined to it, else the one spoken of before."""
        names = {p.name for p in relatives}
        if self.t.dep[i] == "conj":
            found = [p for p in self.parties.of(self.t.head[i])[:1] if p.kind == "person" and p.name not in names]
            if found:
                return found
        index = self.parties.references.salient_person(i)
        party = self.known.actor(index, i, "salient") if index is not None else None
        return [party] if party and party.name not in names else []
