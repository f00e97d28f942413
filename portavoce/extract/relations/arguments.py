"""Who may do what a verb or noun tells, and to whom: by the grammar, and by standing near where the parser may err."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from portavoce.extract.coreference import Actors
from portavoce.extract.relations.grammar import Clause, Grammar, preposition
from portavoce.extract.relations.parties import Parties, Party
from portavoce.extract.relations.phrases import Phrase, Phrases
from portavoce.extract.relations.words import NounFrame, RelationWords, VerbFrame
from portavoce.extract.tokens import Tokens

_NEAR = 3
"""Phrases on each side of a word that are looked at where the grammar names others or none."""
_CHAIN = 3
_OTHER = ("a", "di", "per", "con", "contro", "su", "da", "verso")


@dataclass(slots=True)
class Argument:
    """A phrase that may take part: its head (-1 where the subject is dropped), whom it means, and what speaks for it."""

    head: int
    parties: list[Party]
    by: str
    features: list[str] = field(default_factory=list)


class Arguments:
    """Finds the arguments of the verbs and nouns of one article."""

    def __init__(self, actors: Actors, words: RelationWords, grammar: Grammar, parties: Parties) -> None:
        self.actors, self.words, self.grammar, self.parties = actors, words, grammar, parties
        self.t: Tokens = actors.tokens
        self.phrases = Phrases(actors)

    # -- of a verb -----------------------------------------------------------------------------------------------------

    def doers(self, v: int, clause: Clause, *, passive: bool) -> list[Argument]:
        """Who may do what a verb says."""
        found: dict[int, Argument] = {}
        if passive:
            for c in clause.agents():
                self._add(found, c, "agent", v)
            self._near(found, v, ("da",), "da")
            self._near(found, v, ("di", "a", "in"), "other")
        else:
            subject = self.grammar.subject(v)
            if subject is not None and subject.at >= 0:
                own = "subject" if subject.at in clause.children else "subject-above"
                self._add(found, subject.at, own, v)
            elif subject is not None:
                dropped = self.parties.of_dropped(subject.verb)
                if dropped:
                    found[-1] = Argument(-1, dropped, "dropped", self._features(-1, v, dropped, "dropped"))
            self._near(found, v, ("",), "bare")
            self._near(found, v, ("di", "da"), "other")
            if clause.subjects and clause.subjects[0] > v:
                dropped = self._above_or_dropped(v, clause)
                if dropped:
                    found[-1] = Argument(-1, dropped, "dropped-vs", self._features(-1, v, dropped, "dropped-vs"))
        self._salient(found, v)
        return list(found.values())

    def _above_or_dropped(self, v: int, clause: Clause) -> list[Party]:
        """The subject that a verb drops, where the phrase that the parser calls its subject is its object."""
        t, head = self.t, self.t.head[v]
        if head != v and t.dep[v] in ("advcl", "conj", "ccomp", "parataxis") and t.pos[head] == "VERB":
            above = self.parties.of_subject(head)
            if len(above) == 1 and t.morph[clause.finite].get("Number") == "Sing":
                return above
        return self.parties.of_dropped(v)

    def sufferers(self, v: int, clause: Clause, frame: VerbFrame, *, passive: bool) -> list[Argument]:
        """To whom it may be done, as the frame of the verb has it."""
        t = self.t
        found: dict[int, Argument] = {}
        if frame.object and passive:
            subject = self.grammar.subject(v)
            if subject is not None and subject.at >= 0:
                self._add(found, subject.at, "patient", v, owners=frame.owner)
            elif subject is not None and (dropped := self.parties.of_dropped(subject.verb)):
                found[-1] = Argument(-1, dropped, "patient-dropped", self._features(-1, v, dropped, "patient-dropped"))
            self._near(found, v, ("",), "bare", owners=frame.owner)
            self._salient(found, v)
        elif frame.object and not (clause.reflexive and not frame.reflexive):
            for c in clause.objects:
                self._add(found, c, "object", v, owners=frame.owner)
            behind = [c for c in clause.subjects if c > v]
            for c in behind:
                self._add(found, c, "subject-behind", v, owners=frame.owner)
            self._near(found, v, ("",), "bare", owners=frame.owner)
            self._near(found, v, _OTHER, "other", after=True)
            self._salient(found, v)
        if frame.prepositions and not (frame.object and passive):
            wanted = frozenset(frame.prepositions)
            for c in clause.obliques(wanted):
                if not self._scene(c):
                    self._add(found, c, f"oblique:{preposition(t, c) or 'clitic'}", v, owners=True)
            self._near(found, v, frame.prepositions, "case", owners=True)
            self._salient(found, v)
        for c in clause.children:
            if t.lemma[c] in self.words.any("toward") and preposition(t, c) in ("in", "a"):
                for p in self.parties.owners(c)[:1]:
                    found.setdefault(p.at, Argument(p.at, self.parties.owners(c), "toward", self._features(p.at, v, [p], "toward")))
        return list(found.values())

    # -- of a noun -----------------------------------------------------------------------------------------------------

    def of_noun(self, i: int, frame: NounFrame) -> tuple[list[Argument], list[Argument]]:
        """Who may do what a noun names, and to whom."""
        t = self.t
        sources: dict[int, Argument] = {}
        targets: dict[int, Argument] = {}
        for c in t.children[i]:
            base, case = t.dep[c].split(":", 1)[0], preposition(t, c)
            if base in ("nmod", "obl") and c > i:
                if t.lemma[c] == "parte" and case == "da":
                    self._of_owner(sources, c, "by", i)
                elif t.lemma[c] in self.words.any("toward") and case in ("in", "a"):
                    self._of_owner(targets, c, "toward", i)
                elif case == "di":
                    self._add(targets if frame.genitive == "target" else sources, c, "genitive", i)
                elif case in frame.prepositions:
                    self._add(targets, c, f"case:{case}", i, owners=frame.genitive != "each")
            elif t.dep[c] == "det:poss" and (party := self.parties.possessor(c)):
                sources[c] = Argument(c, [party], "possessive", self._features(c, i, [party], "possessive"))
            elif base == "amod" and t.lemma[c] in self.actors.words.demonyms and frame.genitive != "target":
                country = self.of_country(c)
                sources[c] = Argument(c, [country], "demonym", self._features(c, i, [country], "demonym"))
        self._near(targets, i, tuple(frame.prepositions), "case", owners=frame.genitive != "each")
        if frame.genitive == "target":
            self._near(targets, i, ("di",), "genitive-near", after=True)
        else:
            self._near(sources, i, ("di",), "genitive-near", after=True)
        self._near(sources, i, ("da",), "da", after=True)
        self._of_verb_above(i, frame, sources, targets)
        self._near(sources, i, ("",), "bare")
        self._near(targets, i, ("", *_OTHER), "other")
        self._salient(sources, i)
        self._salient(targets, i)
        return list(sources.values()), list(targets.values())

    def _of_verb_above(
        self, i: int, frame: NounFrame, sources: dict[int, Argument], targets: dict[int, Argument]
    ) -> None:
        """Add what the verb says that a noun is an object or complement of."""
        t, above = self.t, i
        while t.dep[above] in ("nmod", "conj") and t.head[above] != above and t.pos[t.head[above]] in ("NOUN", "PROPN"):
            above = t.head[above]
        verb = t.head[above]
        if verb == above or t.pos[verb] not in ("VERB", "AUX") or t.sent[verb] != t.sent[i]:
            return
        clause = self.grammar.clause(verb)
        is_object = above in clause.objects
        is_patient = clause.passive and above in clause.subjects
        receive = t.lemma[verb] in self.words.any("receive") or self.words.verb(t.form[verb], t.lemma[verb]) in self.words.any("receive")
        side = "direct" if above == i else "through"
        kind = "object" if is_object else "patient" if is_patient else "subject" if above in clause.subjects else "oblique"
        for doer in self.doers(verb, clause, passive=is_patient):
            if doer.by in ("da", "bare"):
                continue
            place = targets if receive else sources
            by = f"{'receiver' if receive else 'doer'}-{kind}-{side}"
            if doer.head not in place:
                place[doer.head] = Argument(doer.head, doer.parties, by, self._features(doer.head, i, doer.parties, by))
        if (is_object or is_patient) and frame.genitive != "target":
            for c in clause.obliques(frame.prepositions):
                if c != above and not self._scene(c):
                    self._add(targets, c, f"of-verb:{preposition(t, c)}", i, owners=True)

    # -- what both have ------------------------------------------------------------------------------------------------

    def _of_owner(self, found: dict[int, Argument], c: int, by: str, v: int) -> None:
        owners = self.parties.owners(c)
        if owners:
            found[owners[0].at] = Argument(owners[0].at, owners, by, self._features(owners[0].at, v, owners, by))

    def _add(self, found: dict[int, Argument], c: int, by: str, v: int, *, owners: bool = False) -> None:
        parties = self.parties.of(c, owners=owners)
        if parties and c not in found:
            found[c] = Argument(c, parties, by, self._features(c, v, parties, by))

    def _salient(self, found: dict[int, Argument], v: int) -> None:
        """Add whom the article speaks of, where no word of the sentence may name an argument."""
        for n, (by, party) in enumerate(self.parties.salient(v)):
            same = next((x for x in found.values() if any(p.name == party.name for p in x.parties)), None)
            if same is not None:
                same.features.append(f"salient={by}")
            else:
                found[-2 - n] = Argument(-2 - n, [party], by, self._features(-1, v, [party], by))

    def _near(
        self, found: dict[int, Argument], v: int, cases: tuple[str, ...], by: str, *, owners: bool = False, after: bool = False
    ) -> None:
        """Add the phrases under these prepositions that stand nearest, whatever the parser hangs them on."""
        t = self.t
        phrases = self.phrases.of(t.sent[v])
        before = [p for p in reversed(phrases) if p.head < v]
        behind = [p for p in phrases if p.head > v]
        for side, ordered in (("after", behind), ("before", before)):
            if side == "before" and after:
                continue
            taken = 0
            for p in ordered:
                if taken >= _NEAR:
                    break
                if not self._fits(p, cases) or self._scene(p.head):
                    continue
                parties = self.parties.of(p.head, owners=owners)
                if not parties:
                    continue
                taken += 1
                place = f"near={side}:{taken}:{by}"
                if p.head in found:
                    found[p.head].features.append(place)
                else:
                    found[p.head] = Argument(p.head, parties, by, [*self._features(p.head, v, parties, by), place])

    def _fits(self, p: Phrase, cases: tuple[str, ...]) -> bool:
        t = self.t
        if p.case in cases:
            return t.form[p.head] not in self.words.relatives or "" in cases
        return not p.case and "a" in cases and t.pos[p.head] == "PRON" and t.dep[p.head] == "iobj"

    def _scene(self, i: int) -> bool:
        """Whether a phrase is the place where something happens."""
        return preposition(self.t, i) == "in" and self.actors.is_place(i)

    def of_country(self, i: int) -> Party:
        """The country of an adjective ("l'attacco russo")."""
        a = self.actors
        country = a.words.demonyms[self.t.lemma[i]]
        return Party(country, "country", i, "demonym", None, lambda: a.country(country))

    def _features(self, i: int, v: int, parties: list[Party], by: str) -> list[str]:
        """Named binary features of a phrase as an argument of the word at ``v``."""
        t, party = self.t, parties[0]
        f = [f"by={by}", f"kind={party.kind}", f"how={party.how}", f"several={len(parties) > 1}"]
        if i < 0:
            return f
        f.append(f"case={preposition(t, i) or '-'}")
        side = "before" if i < v else "after"
        low, high = sorted((i, v))
        verbs = sum([t.pos[j] in ("VERB", "AUX") for j in range(low + 1, high)])
        gap = high - low
        f += [
            f"dep={t.dep[i]}", f"path={self._path(v, i)}", f"verbs={side}:{min(verbs, 3)}",
            f"gap={side}:{'1-2' if gap < 3 else '3-5' if gap < 6 else '6-10' if gap < 11 else '11-20' if gap < 21 else '21+'}",
            f"by-verbs={by}:{min(verbs, 2)}", f"quote={t.quote[i] == t.quote[v]}",
        ]  # fmt: skip
        if any(t.form[j] in (";", ":") for j in range(low, high)):
            f.append("break")
        return f

    def _path(self, v: int, i: int) -> str:
        """The relations up from the word and down to the phrase, at most `_CHAIN` each."""
        t = self.t
        up: list[int] = [v]
        while t.head[up[-1]] != up[-1] and len(up) <= _CHAIN:
            up.append(t.head[up[-1]])
        down: list[str] = []
        for _ in range(_CHAIN + 1):
            if i in up:
                return "".join([f"{t.dep[n]}<" for n in up[: up.index(i)]]) + "".join([f">{d}" for d in reversed(down)])
            if t.head[i] == i:
                break
            down.append(t.dep[i])
            i = t.head[i]
        return "far"

    def several(self, i: int) -> Iterator[Argument]:
        """Phrases beside a noun that name several who take part alike: under "tra", or under "di" where there are two."""
        t = self.t
        for c in t.children[i]:
            if t.dep[c].split(":", 1)[0] in ("nmod", "obl") and preposition(t, c) in ("tra", "fra", "di"):
                parties = self.parties.of(c)
                if len(parties) > 1:
                    yield Argument(c, parties, f"several:{preposition(t, c)}")
