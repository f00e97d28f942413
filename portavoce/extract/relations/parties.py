"""Who stands at a token: the actors that a phrase means, one for each of several joined by "e"."""

from __future__ import annotations

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.relations.clause import preposition
from portavoce.extract.relations.found import Party
from portavoce.extract.relations.grammar import Grammar
from portavoce.extract.relations.known import Known
from portavoce.extract.relations.lists import PEOPLE, Lists
from portavoce.extract.relations.nouns import Nouns
from portavoce.extract.relations.references import References
from portavoce.extract.relations.words import RelationWords
from portavoce.extract.speakers.mentions import mention_at
from portavoce.extract.speakers.named import named_by

_BACK = 60
"""Tokens before a pronoun in which a group is looked for."""


class Parties:
    """The parties of one article."""

    def __init__(self, actors: Actors, words: RelationWords, grammar: Grammar, references: References) -> None:
        self.actors, self.words, self.grammar, self.references = actors, words, grammar, references
        self.t = actors.tokens
        self.known = Known(actors)
        self.lists = Lists(actors, words, self.known)
        self._nouns = Nouns(actors, words, references, self.known, self.lists)
        self._at: dict[int, list[Party]] = {}

    def of(self, i: int, *, owners: bool = False) -> list[Party]:
        """The actors that the phrase around a token means; with ``owners`` whose a thing is, where it means a thing."""
        key = -1 - i if owners else i
        if key not in self._at:
            self._at[key] = []  # a phrase inside itself means nobody
            self._at[key] = self._found(i, owners=owners)
        return self._at[key]

    def of_subject(self, verb: int) -> list[Party]:
        """Who does what a verb says."""
        subject = self.grammar.subject(verb)
        if subject is None:
            return []
        return self.of(subject.at, owners=True) if subject.at >= 0 else self.of_dropped(subject.verb)

    def of_dropped(self, verb: int) -> list[Party]:
        """Whom the dropped subject of a verb means: in somebody's words the speaker for "io", else an antecedent."""
        t = self.t
        clause = self.grammar.clause(verb)
        morph = t.morph[clause.finite] if clause.finite >= 0 else {}
        if morph.get("Person") in ("1", "2"):
            return self.of_speaker(verb) if morph["Person"] == "1" and morph.get("Number") == "Sing" else []
        found = self._resolved(self.references.of_null(verb), verb)
        return found if morph.get("Number") != "Plur" or (found and found[0].kind != "person") else []

    def of_speaker(self, i: int) -> list[Party]:
        """Who says the words at a token."""
        index = self.references.speaker_at(i)
        return [self.known.actor(index, i, "speaker")] if index is not None else []

    def owners(self, i: int) -> list[Party]:
        """Whose a thing is: behind "di", or by a possessive."""
        t = self.t
        if t.lemma[i] in self.words.any("no-thing"):
            return []  # "all'interno della Nato"
        for c in t.children[i]:
            if (
                t.dep[c].split(":", 1)[0] in ("nmod", "obl")
                and c > i
                and preposition(t, c) == "di"
                and (found := self.of(c))
            ):
                return found
        sustained = [c for c in t.children[i] if t.dep[c] == "acl" and self.grammar.clause(c).passive]
        if found := [p for c in sustained for agent in self.grammar.clause(c).agents() for p in self.of(agent)]:
            return found  # "la proposta sostenuta dal governo"
        after = next((j for j in range(i + 1, min(i + 6, t.n)) if t.pos[j] not in ("ADJ", "ADV", "DET", "ADP")), -1)
        if after > i and t.sent[after] == t.sent[i] and preposition(t, after) == "di" and (found := self.of(after)):
            return found  # "violato i sistemi del Parlamento", whatever the parser hangs it on
        for c in t.children[i]:
            if t.dep[c] == "det:poss" and (party := self.possessor(c)):
                return [party]
        return []

    def possessor(self, i: int) -> Party | None:
        """Whom the possessive at a token means."""
        first = self.t.form[i] in self.words.any("first-person")
        found = self.of_speaker(i) if first else self._resolved(self.references.of_possessive(i), i)
        return found[0] if found else None

    def _found(self, i: int, *, owners: bool) -> list[Party]:
        t = self.t
        if t.form[i] in self.words.relatives:
            noun = self.grammar.antecedent(i)
            return self.of(noun, owners=owners) if noun >= 0 else []
        if t.pos[i] in ("DET", "NUM"):
            i = next((c for c in t.children[i] if t.pos[c] in ("NOUN", "PROPN") and not preposition(t, c)), i)
        head = t.head[i]
        if t.dep[i] in ("appos", "nmod") and head < i and self._explains(i, head):
            return self.of(head)
        out: list[Party] = []
        for m in self.lists.members(i):
            party = self._one(m)
            found = [party] if party is not None else self.owners(m) if owners else []
            out += [p for p in found if all(p.name != q.name for q in out)]
        return out

    def _explains(self, i: int, head: int) -> bool:
        """Whether a plural behind a comma says who several named before are: "A e B, i coniugi accusati"."""
        t, a = self.t, self.actors
        if preposition(t, i) or a.name_at[head] < 0 or a.name_at[i] >= 0 or not self.lists.is_plural(i):
            return False
        return any(t.form[j] == "," for j in range(head, i)) and len(self.of(head)) > 1

    def _one(self, i: int) -> Party | None:
        t, a = self.t, self.actors
        if t.pos[i] == "PRON":
            return self._pronoun(i)
        k = a.name_at[i]
        if k >= 0 and i not in a.actor_at and a.is_place(i):
            return self.known.speaking_place(i)
        if i in a.actor_at and k >= 0:
            return self.known.actor(a.actor_at[i], i, "name")
        mention = mention_at(a, i)
        if mention is None:
            following = a.name_at[i + 1] if i + 1 < t.n else -1
            if following >= 0 and i + 1 in a.actor_at and t.pos[i] in PEOPLE:
                return self.known.actor(a.actor_at[i + 1], i + 1, "name")
            if i in a.actor_at:
                return self.known.actor(a.actor_at[i], i, "role")
            return None
        named = named_by(a, mention)
        if named is not None and named.index is not None:
            return self.known.actor(named.index, i, named.rule)
        return self._whole(mention.head) or self._nouns.of(mention)

    def _whole(self, i: int) -> Party | None:
        """Whom a noun means by the noun under its "di": the deputies for "la maggioranza dei deputati"."""
        if self.t.lemma[i] in self.words.any("transparent"):
            for c in self.t.below(i, "nmod"):
                if preposition(self.t, c) == "di" and (inner := self.of(c)):
                    return inner[0]
        return None

    def _pronoun(self, i: int) -> Party | None:
        t = self.t
        morph = t.morph[i]
        if morph.get("PronType") in ("Ind", "Int", "Neg", "Tot") or t.form[i] in self.words.any("no-actor"):
            return None
        if morph.get("Person") in ("1", "2") or t.form[i] in ("mi", "me", "io"):
            found = self.of_speaker(i) if t.form[i] in ("mi", "me", "io") else []
            return found[0] if found else None
        if t.form[i] in self.words.any("them"):
            return self._group_before(i)
        found = self._resolved(self.references.of_pronoun(i), i)
        return found[0] if found else None

    def _group_before(self, i: int) -> Party | None:
        """The group named last in the sentence before "li", that is not its subject."""
        t = self.t
        subject = self.grammar.subject(t.head[i])
        for j in range(i - 1, max(t.sentences[t.sent[i]][0], i - _BACK) - 1, -1):
            if t.pos[j] == "NOUN" and (subject is None or j != subject.at) and self.lists.is_plural(j):
                found = [p for p in self.of(j) if p.kind == "group"]
                if found:
                    return found[0]
        return None

    def _resolved(self, found: tuple[int, str] | None, at: int) -> list[Party]:
        return [self.known.actor(found[0], at, found[1])] if found is not None else []
