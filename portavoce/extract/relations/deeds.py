"""What verbs and nouns say that one actor does to another."""

from __future__ import annotations

from collections.abc import Iterator

from portavoce.extract.coreference import Actors
from portavoce.extract.relations.found import Found
from portavoce.extract.relations.grammar import Clause, Grammar, preposition
from portavoce.extract.relations.modality import modality_of
from portavoce.extract.relations.parties import Parties, Party
from portavoce.extract.relations.words import NounFrame, RelationWords, VerbFrame
from portavoce.extract.tokens import Tokens

_COMPANY = frozenset({"con", "tra", "fra"})


class Deeds:
    """Finds the deeds of one article."""

    def __init__(self, actors: Actors, words: RelationWords, grammar: Grammar, parties: Parties) -> None:
        self.actors, self.words, self.grammar, self.parties = actors, words, grammar, parties
        self.t: Tokens = actors.tokens

    def __iter__(self) -> Iterator[Found]:
        t = self.t
        for i in range(t.n):
            verb = self.words.verb(t.form[i], t.lemma[i]) if t.pos[i] in ("VERB", "AUX", "ADJ") else None
            if verb is not None and (t.pos[i] != "ADJ" or any(t.dep[c] == "obl:agent" for c in t.children[i])):
                yield from self._verb(i, verb)
            elif t.pos[i] in ("NOUN", "PROPN") and self.actors.name_at[i] < 0:
                frame = self.words.nouns.get(t.lemma[i])
                if frame is not None:
                    yield from self._noun(i, frame)

    # -- verbs -----------------------------------------------------------------------------------------------------

    def _verb(self, v: int, verb: str) -> Iterator[Found]:
        clause = self.grammar.clause(v)
        done = False
        for frame in self.words.verbs[verb]:
            if frame.nouns and not clause.has_noun(frame.nouns):
                continue
            if frame.reflexive and not clause.reflexive:
                continue
            if done and frame.object:
                continue
            for found in self._framed(v, clause, frame):
                done = True
                yield found

    def _framed(self, v: int, clause: Clause, frame: VerbFrame) -> Iterator[Found]:
        t = self.t
        if frame.object and clause.passive:
            sources = [p for c in clause.agents() for p in self.parties.of(c)]
            subject = self.grammar.subject(v)
            targets = self._objects([subject.at], frame) if subject and subject.at >= 0 else []
            if subject and subject.at < 0:
                targets = self.parties.of_dropped(subject.verb)
            yield from self._pairs(v, frame, sources, targets, "passive")
            return
        if frame.mutual:
            yield from self._mutual(v, clause, frame)
        targets = []
        how = "object"
        if frame.object and not (clause.reflexive and not frame.reflexive):
            targets = self._objects(self._direct(v, clause), frame)
        if not targets and frame.prepositions:
            how = "oblique"
            for c in clause.obliques(frozenset(frame.prepositions)):
                if self._may_be_target(c, preposition(t, c)):
                    targets += self.parties.of(c, owners=frame.owner)
        if targets:
            yield from self._pairs(v, frame, self._doers(v, clause, targets), targets, how)

    def _direct(self, v: int, clause: Clause) -> list[int]:
        """The direct objects; a lone subject behind a verb that needs an object is one ("quando incontrerà il ministro")."""
        t = self.t
        if clause.objects:
            return clause.objects
        behind = [c for c in clause.subjects if c > v and t.dep[c] == "nsubj"]
        if behind and len(clause.subjects) == 1 and clause.finite >= 0:
            return behind
        return []

    def _doers(self, v: int, clause: Clause, targets: list[Party]) -> list[Party]:
        t = self.t
        if clause.subjects and clause.subjects[0] in {p.at for p in targets}:
            head = t.head[v]
            if t.dep[v] in ("advcl", "conj") and head != v and t.pos[head] == "VERB":
                above = self.parties.of_subject(head)
                if above and len(above) == 1 and t.morph[clause.finite].get("Number") == "Sing":
                    return above
            return self.parties.of_dropped(v)
        if clause.passive:
            return [p for c in clause.agents() for p in self.parties.of(c)]
        return self.parties.of_subject(v)

    def _objects(self, heads: list[int], frame: VerbFrame) -> list[Party]:
        """The actors that are the object; where a thing is, and the verb allows it, whose thing it is."""
        return [p for c in heads if self._may_be_target(c, "") for p in self.parties.of(c, owners=frame.owner)]

    def _may_be_target(self, i: int, case: str) -> bool:
        """Whether a phrase may be done something to: not a place where something happens."""
        return not (case == "in" and self.actors.is_place(i))

    def _mutual(self, v: int, clause: Clause, frame: VerbFrame) -> Iterator[Found]:
        several = self.parties.of_subject(v)
        if len(several) < 2 or any(self.parties.of(c) for c in clause.obliques(_COMPANY)):
            return
        for n, one in enumerate(several):
            for other in several[n + 1 :]:
                yield self._found(v, frame.type, one, other, "mutual", v)
                yield self._found(v, frame.type, other, one, "mutual", v)

    def _pairs(
        self, v: int, frame: VerbFrame, sources: list[Party], targets: list[Party], how: str
    ) -> Iterator[Found]:
        for source in sources:
            for target in targets:
                one, other = (target, source) if frame.inverse else (source, target)
                yield self._found(v, frame.type, one, other, f"verb/{how}", v, frame.nouns)

    def _found(
        self, v: int, type_: str, source: Party, target: Party, rule: str, clause: int, nouns: frozenset[str] = frozenset()
    ) -> Found:
        return Found(type_, source, target, self._trigger(v, nouns), modality_of(self.grammar, self.words, clause), rule)

    def _trigger(self, v: int, nouns: frozenset[str]) -> tuple[int, int]:
        """The verb with its auxiliaries right before it, or up to the noun that makes a phrase with it."""
        t, clause = self.t, self.grammar.clause(v)
        first = last = v
        for c in sorted(clause.auxiliaries, reverse=True):
            if c == first - 1:
                first = c
        ends = [c for c in clause.children if t.lemma[c] in nouns or t.form[c] in nouns]
        if ends:
            first, last = min(first, *ends), max(last, *ends)
        return first, last

    # -- nouns -----------------------------------------------------------------------------------------------------

    def _noun(self, i: int, frame: NounFrame) -> Iterator[Found]:
        t = self.t
        sources: list[Party] = []
        targets: list[Party] = []
        several: list[Party] = []
        for c in t.children[i]:
            base = t.dep[c].split(":", 1)[0]
            case = preposition(t, c)
            if base in ("nmod", "obl") and case == "di" and c > i:
                found = self.parties.of(c)
                if frame.genitive == "each":
                    several += found
                elif frame.genitive == "target" or (t.lemma[c] in self.words.any("by")):
                    targets += found
                else:
                    sources += found
            elif base in ("nmod", "obl") and t.lemma[c] == "parte" and case == "da":
                sources += self.parties.owners(c)
            elif base in ("nmod", "obl") and case in frame.prepositions:
                found = self.parties.of(c, owners=frame.genitive != "each")
                if case in ("tra", "fra"):
                    several += found
                else:
                    targets += found
            elif base in ("nmod", "obl") and t.lemma[c] in self.words.any("toward"):
                targets += self.parties.owners(c)
            elif base == "det" and t.dep[c] == "det:poss" and not sources:
                party = self.parties.possessor(c)
                sources += [party] if party else []
            elif base == "amod" and t.lemma[c] in self.actors.words.demonyms and frame.genitive != "target":
                sources += [self._of_country(c)]
        yield from self._joined(i, frame, sources, targets, several)

    def _of_country(self, i: int) -> Party:
        a = self.actors
        country = a.words.demonyms[self.t.lemma[i]]
        return Party(country, "country", i, "demonym", None, lambda: a.country(country))

    def _joined(
        self, i: int, frame: NounFrame, sources: list[Party], targets: list[Party], several: list[Party]
    ) -> Iterator[Found]:
        """The relations of a noun, completed with what the verb that it is an object of says."""
        t = self.t
        above = i
        while t.dep[above] == "nmod" and preposition(t, above) == "di" and t.head[above] != above:
            above = t.head[above]
        verb = t.head[above]
        governed = verb != above and t.pos[verb] in ("VERB", "AUX") and t.sent[verb] == t.sent[i]
        at = verb if governed else i
        if governed:
            clause = self.grammar.clause(verb)
            is_object = t.dep[above] == "obj" or above in clause.objects
            is_patient = t.dep[above] in ("nsubj:pass",) or (clause.passive and above in clause.subjects)
            if is_object or is_patient:
                if not targets:
                    for c in clause.obliques(frame.prepositions - _COMPANY):
                        if c != above:
                            targets += self.parties.of(c)
                doers = [p for c in clause.agents() for p in self.parties.of(c)] if is_patient else []
                if is_object:
                    doers = self.parties.of_subject(verb)
                if t.lemma[verb] in self.words.any("receive"):
                    targets = targets or doers
                elif frame.genitive == "each":
                    several = several or doers
                    if frame.prepositions & _COMPANY:
                        for c in clause.obliques(frozenset({"con"})):
                            targets += [p for p in self.parties.of(c) if p.at not in {q.at for q in targets}]
                elif not sources:
                    sources = doers
        rule = "noun/verb" if governed else "noun"
        if frame.genitive == "each":
            if targets:
                for one in several or sources:
                    for other in targets:
                        yield self._noted(i, at, frame, one, other, rule)
            else:
                for n, one in enumerate(several):
                    for other in several[n + 1 :]:
                        yield self._noted(i, at, frame, one, other, rule)
                        yield self._noted(i, at, frame, other, one, rule)
            return
        for one in sources:
            for other in targets:
                yield self._noted(i, at, frame, one, other, rule)

    def _noted(self, i: int, at: int, frame: NounFrame, one: Party, other: Party, rule: str) -> Found:
        return Found(frame.type, one, other, (i, i), modality_of(self.grammar, self.words, at), rule)
