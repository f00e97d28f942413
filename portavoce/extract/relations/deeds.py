"""What verbs and nouns say that one actor does to another."""

from __future__ import annotations

from collections.abc import Iterator

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.relations.arguments import Arguments
from portavoce.extract.relations.found import Found, Party
from portavoce.extract.relations.grammar import Grammar
from portavoce.extract.relations.modality import modality_of
from portavoce.extract.relations.parties import Parties
from portavoce.extract.relations.words import NounFrame, RelationWords, VerbFrame
from portavoce.extract.tokens import Tokens
from portavoce.ids import fold

_TOGETHER = "cooperate"


class Deeds:
    """Finds the deeds of one article."""

    def __init__(self, actors: Actors, words: RelationWords, grammar: Grammar, parties: Parties) -> None:
        self.actors, self.words, self.grammar, self.parties = actors, words, grammar, parties
        self.arguments = Arguments(actors, words, grammar, parties)
        self.t: Tokens = actors.tokens

    def at(self, i: int) -> Iterator[Found]:
        """What the word at a token says that somebody does."""
        t = self.t
        taken_for_verb = t.pos[i] == "VERB" and i > 0 and t.pos[i - 1] == "DET"  # "la richiesta"
        frame = self._noun_frame(i) if taken_for_verb or t.pos[i] in ("NOUN", "PROPN") else None
        if frame is not None:
            if self.actors.name_at[i] < 0:
                yield from self._noun(i, frame)
        elif t.pos[i] in ("VERB", "AUX") or (t.pos[i] == "ADJ" and t.form[i] in self.words.participles):
            verb = self.words.verb(t.form[i], t.lemma[i])
            if verb is not None:
                yield from self._verb(i, verb)
        elif t.form[i] in self.words.any("together"):
            for one, other in self.arguments.pairs(*self.arguments.together(i)):
                yield self._of(_TOGETHER, one, other, (i, i), clause=i, rule="together")

    def _noun_frame(self, i: int) -> NounFrame | None:
        """What the noun at a token tells, where the parser may have taken it for a verb ("la richiesta")."""
        return self.words.nouns.get(self.t.lemma[i]) or self.words.nouns.get(self.t.form[i])

    # -- verbs -----------------------------------------------------------------------------------------------------

    def _verb(self, v: int, verb: str) -> Iterator[Found]:
        clause = self.grammar.clause(v)
        frames = [
            f
            for f in self.words.verbs[verb]
            if (not f.nouns or clause.has_noun(f.nouns)) and f.reflexive == clause.reflexive
        ]
        phrases = [f for f in frames if f.nouns]
        done = False
        for frame in phrases or frames:
            if frame.mutual:
                if not done:
                    yield from self._mutual(v, frame)
                continue
            for source, target in self.arguments.pairs(*self.arguments.of_verb(v, clause, frame)):
                if frame.type == "retreat" and target.kind == "person":
                    continue  # "ha lasciato la moglie": no withdrawal
                done = True
                one, other = (target, source) if frame.inverse else (source, target)
                yield self._of(frame.type, one, other, self._trigger(v, frame), clause=v, rule="verb")

    def _mutual(self, v: int, frame: VerbFrame) -> Iterator[Found]:
        """What several do to one another: "si sono incontrati"."""
        yield from self._each(self.parties.of_subject(v), frame.type, self._trigger(v, frame), v, "verb/mutual")

    def _each(
        self, several: list[Party], type_: str, trigger: tuple[int, int], clause: int, rule: str
    ) -> Iterator[Found]:
        for one, other in self.arguments.each_other(several):
            yield self._of(type_, one, other, trigger, clause=clause, rule=rule)

    def _trigger(self, v: int, frame: VerbFrame) -> tuple[int, int]:
        """The verb with its auxiliaries right before it, or up to the noun that makes a phrase with it."""
        t, clause = self.t, self.grammar.clause(v)
        first = last = v
        for c in sorted(clause.auxiliaries, reverse=True):
            if c == first - 1:
                first = c
        ends = [c for c in clause.children if t.lemma[c] in frame.nouns or t.form[c] in frame.nouns]
        if ends:
            first, last = min(first, *ends), max(last, *ends)
        return first, last

    # -- nouns -----------------------------------------------------------------------------------------------------

    def _noun(self, i: int, frame: NounFrame) -> Iterator[Found]:
        sources, targets, several = self.arguments.of_noun(i, frame)
        clause = self._clause_of(i)
        if frame.genitive == "each":
            if targets:
                for one, other in self.arguments.pairs(several or sources, targets):
                    yield self._of(frame.type, one, other, (i, i), clause=clause, rule="noun")
                    yield self._of(frame.type, other, one, (i, i), clause=clause, rule="noun")
            else:
                yield from self._each(several, frame.type, (i, i), clause, "noun/mutual")
            return
        for one, other in self.arguments.pairs(sources, targets):
            yield self._of(frame.type, one, other, (i, i), clause=clause, rule="noun")

    def _clause_of(self, i: int) -> int:
        """The verb that says whether what a noun names is so, or the noun itself."""
        t, above = self.t, i
        while t.pos[above] not in ("VERB", "AUX") and t.head[above] != above and t.sent[t.head[above]] == t.sent[i]:
            above = t.head[above]
        return above if t.pos[above] in ("VERB", "AUX") and t.dep[i] in ("obj", "nsubj:pass", "nsubj", "obl") else i

    def _of(self, type_: str, one: Party, other: Party, trigger: tuple[int, int], *, clause: int, rule: str) -> Found:
        if type_ == "accuse" and self._sentences(one, trigger):
            type_ = "coerce"
        return Found(type_, one, other, trigger, modality_of(self.grammar, self.words, clause), rule)

    def _sentences(self, source: Party, trigger: tuple[int, int]) -> bool:
        """Whether a court condemns: that is a sentence, not a reproach."""
        words = {self.t.lemma[j] for j in range(trigger[0], trigger[1] + 1)}
        return bool(words & self.words.any("sentence")) and bool(
            set(fold(source.name).split()) & self.words.any("court")
        )
