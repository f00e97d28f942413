"""Who holds which office where, who belongs to a body, and whose a body is."""

from __future__ import annotations

from collections.abc import Iterator

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.actors.noun_phrases import noun_phrase
from portavoce.extract.relations.bodies import Bodies
from portavoce.extract.relations.clause import preposition
from portavoce.extract.relations.found import Found, Party, people
from portavoce.extract.relations.grammar import Grammar
from portavoce.extract.relations.modality import modality_of
from portavoce.extract.relations.parties import Parties
from portavoce.extract.relations.words import RelationWords
from portavoce.extract.tokens import Tokens
from portavoce.records import Modality


class Offices:
    """Finds offices, memberships and owners in one article."""

    def __init__(self, actors: Actors, words: RelationWords, grammar: Grammar, parties: Parties) -> None:
        self.actors, self.words, self.grammar, self.parties = actors, words, grammar, parties
        self.known, self.lists = parties.known, parties.lists
        self.bodies = Bodies(actors, words, parties)
        self.t: Tokens = actors.tokens

    def at(self, i: int) -> Iterator[Found]:
        """Which office, membership or ownership the word at a token tells."""
        t = self.t
        if t.pos[i] not in ("NOUN", "PROPN", "ADJ"):
            return
        if self.actors.name_at[i] >= 0:
            yield from self._owner(i)
        elif self.words.kin_of(t.form[i], t.lemma[i]):
            return  # kinship.py reads these
        elif self.bodies.sort(i):
            yield from self._office(i)
            yield from self._members(i)
        else:
            yield from self._owner(i)

    def _office(self, i: int) -> Iterator[Found]:
        holders = self._holders(i)
        if not holders:
            return
        bodies, last = self.bodies.of(i, min((p.at for p in holders if p.at > i), default=-1))
        start = self.t.sentences[self.t.sent[i]][0]
        first = i - 1 if i > start and self.actors.words.is_former(self.t, i - 1) else i
        for holder in holders:
            for body in bodies:
                if body.index is None or body.index != holder.index:
                    words = self.t.words(first, last)
                    yield Found("role", holder, body, (first, last), self._modality(i), "office", words)
                    if self._appointed(i):
                        yield Found(
                            "agree",
                            body,
                            holder,
                            (self.t.head[i],) * 2,
                            modality_of(self.grammar, self.words, self.t.head[i]),
                            "appointed",
                        )

    def _modality(self, i: int) -> Modality:
        """An office beside a name is actual; one that is said of somebody is as the verb says."""
        t, head = self.t, self.t.head[i]
        if t.below(i, "cop"):
            return modality_of(self.grammar, self.words, i)
        if t.lemma[head] in self.words.any("become") and t.pos[head] in ("VERB", "AUX"):
            return modality_of(self.grammar, self.words, head)
        return "actual"

    def _appointed(self, i: int) -> bool:
        """Whether somebody is put into the office without a word of who does it: "è stato eletto presidente della Camera"."""
        t, head = self.t, self.t.head[i]
        if t.lemma[head] not in self.words.any("appoint"):
            return False
        clause = self.grammar.clause(head)
        return clause.passive and not any(self.parties.of(c) for c in clause.agents())

    def _holders(self, i: int) -> list[Party]:
        """Who holds the office: the name behind the noun or before it, the subject of a copula or of "è stato eletto"."""
        t, a = self.t, self.actors
        role = a.role_at.get(i) or (
            a.role_at.get(i - 1) if i and t.form[i - 1] in a.words.titles else None
        )  # "l'ex premier"
        if role is not None and self._of_next_office(i, role.name[0]):
            return []
        if role is not None:
            actor = a.actors[role.actor]
            first = Party(actor.name, actor.kind, role.name[0], "role", role.actor)
            return [first, *self.lists.listed(role.name[0])[1:]] if self.lists.is_plural(i) else [first]
        if behind := self.lists.name_behind(i):
            return [behind]
        if self.lists.is_plural(i):
            named = self._named_behind(i)
            if named:
                return named
        for c in t.children[i]:
            if t.dep[c] == "appos" and c in a.actor_at and a.name_at[c] >= 0:
                return people(self.parties.of(c))
        if t.dep[i] == "appos" and t.head[i] < i:
            found = people(self.parties.of(t.head[i]))
            return found[:1]
        if t.below(i, "cop"):
            return people(self.parties.of_subject(i))
        head = t.head[i]
        if (
            head != i
            and t.lemma[head] in self.words.any("become")
            and t.dep[i] in ("xcomp", "obj", "obl", "nsubj", "nsubj:pass")
        ):
            clause = self.grammar.clause(head)
            if t.lemma[head] in self.words.any("appoint") and not clause.passive:
                return people(p for c in clause.objects if c != i for p in self.parties.of(c))
            subject = self.grammar.subject(head)
            if subject is not None and subject.at != i:
                return people(self.parties.of_subject(head))
            if subject is not None and subject.at == i:
                return people(self.parties.of_dropped(head))
        return [p for p in self.parties.of(i) if p.how == "office-holder"]

    def _named_behind(self, i: int) -> list[Party]:
        """The persons listed behind a plural office: right behind it, behind a colon or in brackets."""
        t, a = self.t, self.actors
        _, last = noun_phrase(t, a.words, i)
        for start in range(i + 1, last + 2):
            if start < t.n and a.name_at[start] >= 0 and self.known.is_person(start) and t.pos[start - 1] != "ADP":
                return self.lists.listed(start)
        return [p for p in self.parties.of(i) if p.kind == "person" and p.how == "name"]

    def _of_next_office(self, i: int, name: int) -> bool:
        """Whether a name behind a comma belongs to another office between ("il capo di A e il presidente di B, Rossi")."""
        t = self.t
        return any(
            t.pos[j] == "CCONJ" and j + 2 < name and t.pos[j + 1] == "DET" and self.bodies.sort(j + 2)
            for j in range(i + 1, name)
        )

    def _members(self, i: int) -> Iterator[Found]:
        """A group that belongs to a named body: "gli azionisti della Fiat"."""
        t = self.t
        if t.lemma[i] not in self.words.any("membership") or not self.lists.is_plural(i):
            return
        group = [p for p in self.parties.of(i) if p.kind == "group"]
        if not group:
            return
        bodies, last = self.bodies.of(i, -1)
        for body in bodies:
            if body.kind == "organization" and body.how == "name":
                yield Found(
                    "role",
                    group[0],
                    body,
                    (i, i),
                    modality_of(self.grammar, self.words, i),
                    "members",
                    t.words(i, last),
                )

    def _owner(self, i: int) -> Iterator[Found]:
        """A body that is somebody's: "la Tesla di Elon Musk", "il partito di Rossi"."""
        t, a = self.t, self.actors
        lemma = t.lemma[i]
        if a.name_at[i] >= 0:
            index = a.actor_at.get(i)
            if index is None or a.actors[index].kind != "organization" or a.names[a.name_at[i]].first != i:
                return
        elif lemma not in self.words.any("owned"):
            return
        for c in t.children[i]:
            if (
                t.dep[c].startswith("nmod")
                and preposition(t, c) == "di"
                and self.known.is_person(c)
                and a.name_at[c] >= 0
            ):
                for body in self.parties.of(i)[:1]:
                    if body.how == "description":
                        continue
                    for owner in self.parties.of(c)[:1]:
                        if body.kind != "person":
                            yield Found("role", owner, body, (i, i), "actual", "owner")  # no word says what office
