"""Who does what a verb or noun tells, and to whom, as the grammar of the sentence has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.relations.clause import Clause, preposition
from portavoce.extract.relations.found import Party
from portavoce.extract.relations.grammar import Grammar
from portavoce.extract.relations.parties import Parties
from portavoce.extract.relations.words import NounFrame, RelationWords, VerbFrame
from portavoce.extract.tokens import Tokens
from portavoce.ids import fold

_REACH = 14
"""Tokens behind a verb in which a phrase that the parser hung elsewhere may be its object."""

Sides = tuple[list[Party], list[Party]]


class Arguments:
    """Finds the arguments of the verbs and nouns of one article."""

    def __init__(self, actors: Actors, words: RelationWords, grammar: Grammar, parties: Parties) -> None:
        self.actors, self.words, self.grammar, self.parties = actors, words, grammar, parties
        self.t: Tokens = actors.tokens

    # -- of a verb -----------------------------------------------------------------------------------------------------

    def of_verb(self, v: int, clause: Clause, frame: VerbFrame) -> Sides:
        """Who does it and to whom, as the frame of the verb has it."""
        if clause.passive:
            sources = self.all_of(clause.agents())
            if frame.type == "aid":  # "trasportato da Cuba": where from
                sources = [p for p in sources if p.kind != "country" and p.how != "place"] or self._hospital(clause)
            targets = self.patients(v, frame) if frame.object and sources else []
            if sources and not targets and frame.prepositions:
                targets = self._oblique(clause, frame)
            return sources, targets
        targets = self._direct(v, clause, frame) if frame.object else []
        if not targets and frame.prepositions:
            targets = self._oblique(clause, frame)
        if not targets:
            targets = self._toward(v)
        return (self.doers(v, clause, targets), targets) if targets else ([], [])

    def _hospital(self, clause: Clause) -> list[Party]:
        """The hospital that somebody is taken to, which cares for them ("ricoverato al Policlinico")."""
        found = self.all_of(clause.obliques(frozenset({"a", "in", "presso"})))
        return [p for p in found if fold(p.name).split(" ", 1)[0] in self.words.any("hospital")]

    def doers(self, v: int, clause: Clause, targets: list[Party]) -> list[Party]:
        """Who does what an active verb says."""
        t = self.t
        if clause.subjects and clause.subjects[0] in {p.at for p in targets}:
            head = t.head[v]
            if head != v and t.dep[v] in ("advcl", "conj", "ccomp", "parataxis") and t.pos[head] == "VERB":
                above = self.parties.of_subject(head)
                if len(above) == 1 and t.morph[clause.finite].get("Number") == "Sing":
                    return above
            return self.parties.of_dropped(v)
        return self.parties.of_subject(v)

    def patients(self, v: int, frame: VerbFrame) -> list[Party]:
        """To whom it is done in the passive: the subject, or the phrase behind the verb that the parser does not make it."""
        subject = self.grammar.subject(v)
        if subject is not None and subject.at >= 0:
            return self.parties.of(subject.at, owners=frame.owner)
        behind = self._bare_behind(v, over_phrases=True)
        if behind:
            return behind
        return self.parties.of_dropped(subject.verb) if subject is not None else []

    def _direct(self, v: int, clause: Clause, frame: VerbFrame) -> list[Party]:
        """The direct objects; without one a lone subject behind the verb, or the nearest bare phrase behind it."""
        found = self.all_of(clause.objects, owners=frame.owner)
        if found or clause.objects:
            return found
        behind = [c for c in clause.subjects if c > v]
        if behind and len(clause.subjects) == 1 and clause.finite >= 0:
            return self.parties.of(behind[0], owners=frame.owner)
        return self._bare_behind(v)

    def _bare_behind(self, v: int, *, over_phrases: bool = False) -> list[Party]:
        """Whom the first phrase without a preposition behind a verb means, before any other verb."""
        t = self.t
        end = min(v + (2 * _REACH if over_phrases else _REACH), t.sentences[t.sent[v]][1])
        for i in range(v + 1, end):
            if (
                t.pos[i] in ("VERB", "AUX", "SCONJ")
                or t.form[i] in (";", ":")
                or (t.dep[i].startswith("nsubj") and t.head[i] != v)
            ):
                break
            if t.pos[i] not in ("NOUN", "PROPN") or t.dep[i] in ("flat", "flat:name") or self._under_preposition(i):
                continue
            if t.dep[i] == "conj" and not any(t.dep[c] == "det" for c in t.children[i]):
                continue
            if found := self.parties.of(i):
                return found
        return []

    def _under_preposition(self, i: int) -> bool:
        """Whether a preposition governs a phrase: its own, or that of the noun which it modifies."""
        t = self.t
        while True:
            if preposition(t, i):
                return True
            head = t.head[i]
            if (
                head >= i
                or t.pos[head] not in ("NOUN", "PROPN")
                or t.dep[i] not in ("nmod", "amod", "compound", "flat:name", "appos")
                or any(t.form[j] == "," for j in range(head, i))
            ):
                return False
            i = head

    def _oblique(self, clause: Clause, frame: VerbFrame) -> list[Party]:
        t = self.t
        out: list[Party] = []
        for c in clause.obliques(frozenset(frame.prepositions)):
            if not self.scene(c) and not (t.dep[c].startswith("nsubj") and not preposition(t, c)):
                found = self.parties.of(c, owners=True)
                if frame.type == "consult":  # "ha detto a Lisbona": a place, not to whom
                    found = [p for p in found if p.how != "place"]
                out += [p for p in found if all(p.name != q.name for q in out)]
        return out

    def _toward(self, i: int) -> list[Party]:
        """Whom "nei confronti di X", "ai danni di X" beside a verb or noun names."""
        t = self.t
        for c in t.children[i]:
            if (
                t.lemma[c] in self.words.any("toward")
                and preposition(t, c) in ("in", "a")
                and (found := self.parties.owners(c))
            ):
                return found
        return []

    # -- of a noun -----------------------------------------------------------------------------------------------------

    def of_noun(self, i: int, frame: NounFrame) -> tuple[list[Party], list[Party], list[Party]]:
        """Who does what a noun names, to whom, and who take part alike."""
        t = self.t
        sources: list[Party] = []
        targets: list[Party] = []
        several: list[Party] = []
        for c in t.children[i]:
            base, case = t.dep[c].split(":", 1)[0], preposition(t, c)
            if base in ("nmod", "obl") and c > i:
                if t.lemma[c] == "parte" and case == "da":
                    sources += self.parties.owners(c)
                elif case in ("tra", "fra"):
                    several += self.parties.of(c)
                elif case == "di":
                    found = [p for p in self.parties.of(c) if frame.genitive != "target" or p.how != "place"]
                    (
                        several if frame.genitive == "each" else targets if frame.genitive == "target" else sources
                    ).extend(found)
                elif case in frame.prepositions and not self.scene(c):
                    targets += self.parties.of(c, owners=frame.genitive != "each")
            elif t.dep[c] == "det:poss" and (party := self.parties.possessor(c)):
                sources.append(party)
            elif base == "amod" and t.lemma[c] in self.actors.words.demonyms and frame.genitive != "target":
                sources.append(self.parties.known.country_of(c))
            elif t.dep[c] == "acl" and self.grammar.clause(c).passive:
                agents = self.all_of(self.grammar.clause(c).agents())
                (targets if t.lemma[c] in self.words.any("receive") else sources).extend(agents)
        if frame.genitive == "each" and not several and not targets:
            several += self._named_beside(i)
        targets = targets or self._toward(i)
        self._of_verb_above(i, frame, sources, targets, several)
        return sources, targets, several

    def _named_beside(self, i: int) -> list[Party]:
        """Two and more persons named right behind a noun: "la coppia A e B"."""
        t, a = self.t, self.actors
        j = i + 1
        if j >= t.n or a.name_at[j] < 0 or t.sent[j] != t.sent[i]:
            return []
        return self.parties.of(j)

    def _of_verb_above(
        self, i: int, frame: NounFrame, sources: list[Party], targets: list[Party], several: list[Party]
    ) -> None:
        """Add what the verb says that a noun is an object or complement of."""
        t, above = self.t, i
        while t.dep[above] in ("nmod", "conj") and t.head[above] != above and t.pos[t.head[above]] in ("NOUN", "PROPN"):
            if preposition(t, above) == "con" and t.head[above] in self.actors.actor_at:
                break
            above = t.head[above]
        if preposition(t, above) == "con" and frame.type in ("support", "aid", "cooperate") and sources and not targets:
            targets += self._accompanied(above)
            return
        verb = t.head[above]
        if verb == above or t.pos[verb] not in ("VERB", "AUX") or t.sent[verb] != t.sent[i]:
            return
        clause = self.grammar.clause(verb)
        is_object, is_patient = above in clause.objects, clause.passive and above in clause.subjects
        if not is_object and not is_patient:
            if not sources and not (several and targets) and self._is_doing_of_subject(above, frame, targets):
                (several if frame.genitive == "each" else sources).extend(self.parties.of_subject(verb))
            return
        if not targets and frame.genitive != "target":
            prepositions = (
                frame.prepositions if frame.genitive == "each" else frame.prepositions - {"con", "tra", "fra"}
            )
            for c in clause.obliques(prepositions):
                if c != above and not self.scene(c):
                    targets += self.parties.of(c, owners=frame.genitive != "each")
        doers = self.all_of(clause.agents()) if is_patient else self.parties.of_subject(verb)
        if t.lemma[verb] in self.words.any("receive"):
            targets += [] if targets else doers
        elif frame.genitive == "each":
            if t.lemma[verb] in self.words.any("may"):  # "A e B chiedono a C un incontro": with C, not with each other
                asked = [p for c in clause.obliques(frozenset({"a"})) if c != above for p in self.parties.of(c)]
                targets += [] if targets else asked
                doers = doers if targets else []
            several += [] if several else doers
        elif not sources:
            sources += doers

    def _is_doing_of_subject(self, i: int, frame: NounFrame, targets: list[Party]) -> bool:
        """Whether a complement names what the subject does: "dopo l'incontro con X", "con l'acquisto di Y"."""
        case = preposition(self.t, i)
        if not targets or not case:
            return False
        return frame.genitive == "each" or (frame.genitive == "target" and case in self.words.any("by-means"))

    def _accompanied(self, i: int) -> list[Party]:
        """Whom "con l'appoggio di X" stands beside: the actor before it, else the subject of the clause."""
        t, head = self.t, self.t.head[i]
        if head in self.actors.actor_at:
            return self.parties.of(head)
        while t.pos[head] not in ("VERB", "AUX") and t.head[head] != head:
            head = t.head[head]
        return self.parties.of_subject(head) if t.pos[head] in ("VERB", "AUX") else []

    def together(self, i: int) -> Sides:
        """Who does something, and together with whom ("insieme a X")."""
        t = self.t
        phrase = (
            t.head[i]
            if t.dep[i] == "case"
            else next((c for c in t.children[i] if preposition(t, c) in ("a", "con")), -1)
        )
        if phrase < 0:
            return [], []
        verb = phrase
        while t.pos[verb] not in ("VERB", "AUX") and t.head[verb] != verb:
            verb = t.head[verb]
        if t.pos[verb] not in ("VERB", "AUX"):
            return [], []
        clause = self.grammar.clause(verb)
        company = self.parties.of(phrase)
        doers = (
            self.all_of(c for c in clause.agents() if c != phrase) if clause.passive else self.parties.of_subject(verb)
        )
        names = {p.name for p in company}
        return [p for p in doers if p.name not in names], company

    # -- what both have ------------------------------------------------------------------------------------------------

    def all_of(self, heads: Iterable[int], *, owners: bool = False) -> list[Party]:
        """The parties of several phrases."""
        return [p for c in heads for p in self.parties.of(c, owners=owners)]

    def scene(self, i: int) -> bool:
        """Whether a phrase is the place where something happens."""
        return preposition(self.t, i) == "in" and self.actors.is_place(i)

    def pairs(self, sources: list[Party], targets: list[Party]) -> Iterator[tuple[Party, Party]]:
        """Each source with each target that is somebody else; of those that stand on both sides of a deed none does it to the other."""
        both = {p.name for p in sources} & {p.name for p in targets}
        if len(both) > 1:
            sources = [p for p in sources if p.name not in both]
        for source in sources:
            for target in targets:
                if source.name != target.name:
                    yield source, target

    def each_other(self, several: list[Party]) -> Iterator[tuple[Party, Party]]:
        """Each of several with each other one."""
        for one in several:
            for other in several:
                if one.name != other.name:
                    yield one, other
