"""What verbs and nouns say that one actor does to another: candidates, and the choice among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portavoce.extract.coreference import Actors
from portavoce.extract.linear import Linear
from portavoce.extract.relations.arguments import Argument, Arguments
from portavoce.extract.relations.found import Found
from portavoce.extract.relations.grammar import Grammar
from portavoce.extract.relations.modality import modality_of
from portavoce.extract.relations.parties import Parties
from portavoce.extract.relations.words import NounFrame, RelationWords, VerbFrame
from portavoce.extract.tokens import Tokens


@dataclass(slots=True)
class Candidate:
    """A deed that a word may tell: its type, who may do it to whom, the word's tokens, and what speaks for it."""

    type: str
    source: Argument
    target: Argument
    at: int
    trigger: tuple[int, int]
    clause: int
    rule: str
    features: list[str]


class Deeds:
    """Finds the deeds of one article."""

    def __init__(self, actors: Actors, words: RelationWords, grammar: Grammar, parties: Parties) -> None:
        self.actors, self.words, self.grammar = actors, words, grammar
        self.arguments = Arguments(actors, words, grammar, parties)
        self.parties = parties
        self.t: Tokens = actors.tokens

    def candidates(self) -> Iterator[Candidate]:
        """All that may be a deed, in the order of the words that tell it."""
        t = self.t
        for i in range(t.n):
            if t.pos[i] in ("VERB", "AUX", "ADJ"):
                verb = self.words.verb(t.form[i], t.lemma[i])
                if verb is not None and (t.pos[i] != "ADJ" or t.form[i] in self.words.participles):
                    yield from self._verb(i, verb)
            elif t.pos[i] in ("NOUN", "PROPN", "ADV", "ADP") and self.actors.name_at[i] < 0:
                frame = self.words.nouns.get(t.lemma[i])
                if frame is not None:
                    yield from self._noun(i, frame)

    # -- verbs -----------------------------------------------------------------------------------------------------

    def _verb(self, v: int, verb: str) -> Iterator[Candidate]:
        clause = self.grammar.clause(v)
        frames = [
            f
            for f in self.words.verbs[verb]
            if (not f.nouns or clause.has_noun(f.nouns)) and (not f.reflexive or clause.reflexive)
        ]
        phrases = [f for f in frames if f.nouns]
        for frame in phrases or frames:
            if frame.mutual:
                yield from self._mutual(v, frame)
                continue
            passive = clause.passive
            sources = self.arguments.doers(v, clause, passive=passive and frame.object)
            targets = self.arguments.sufferers(v, clause, frame, passive=passive)
            about = [
                f"verb:{'passive' if passive else 'active'}", f"form={self.t.morph[v].get('VerbForm', '')}:{self.t.dep[v].split(':', 1)[0]}",
                f"frames={min(len(frames), 3)}", f"pos={self.t.pos[v]}", f"reflexive={frame.reflexive}:{clause.reflexive}",
            ]  # fmt: skip
            for source, target in _pairs(sources, targets):
                one, other = (target, source) if frame.inverse else (source, target)
                best = _best(sources), _best(targets)
                yield self._candidate(frame.type, one, other, v, self._trigger(v, frame), v, f"verb/{target.by}", about, best)

    def _mutual(self, v: int, frame: VerbFrame) -> Iterator[Candidate]:
        for doer in self.arguments.doers(v, self.grammar.clause(v), passive=False):
            if len(doer.parties) > 1:
                yield self._candidate(frame.type, doer, doer, v, self._trigger(v, frame), v, "verb/mutual", ["mutual"])

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

    def _noun(self, i: int, frame: NounFrame) -> Iterator[Candidate]:
        t = self.t
        about = ["noun", f"genitive={frame.genitive}", f"noun-dep={t.dep[i].split(':', 1)[0]}"]
        at = self._clause_of(i)
        if frame.genitive == "each":
            for group in self.arguments.several(i):
                yield self._candidate(frame.type, group, group, i, (i, i), at, "noun/mutual", ["mutual", *about])
        sources, targets = self.arguments.of_noun(i, frame)
        for source, target in _pairs(sources, targets):
            best = _best(sources), _best(targets)
            yield self._candidate(frame.type, source, target, i, (i, i), at, f"noun/{target.by}", about, best)
        if frame.genitive == "each" and not targets:
            for source in sources:
                if len(source.parties) > 1 and source.by.startswith("doer"):
                    yield self._candidate(frame.type, source, source, i, (i, i), at, "noun/mutual", ["mutual", *about])

    def _clause_of(self, i: int) -> int:
        t, above = self.t, i
        while t.pos[above] not in ("VERB", "AUX") and t.head[above] != above and t.sent[t.head[above]] == t.sent[i]:
            above = t.head[above]
        return above if t.pos[above] in ("VERB", "AUX") and t.dep[i] in ("obj", "nsubj:pass", "nsubj", "obl") else i

    def _candidate(
        self,
        type_: str,
        source: Argument,
        target: Argument,
        at: int,
        trigger: tuple[int, int],
        clause: int,
        rule: str,
        about: Sequence[str],
        best: tuple[str, str] = ("-", "-"),
    ) -> Candidate:
        word = "n" if self.t.pos[at] in ("NOUN", "PROPN") else "v"
        f = [f"type={type_}", *about, f"{word}s-of={source.by}|{best[0]}", f"{word}t-of={target.by}|{best[1]}"]
        f += [f"{word}s:{x}" for x in source.features] + [f"{word}t:{x}" for x in target.features]
        f += [f"{word}:{source.by}+{target.by}", f"{type_}:s={source.parties[0].kind}", f"{type_}:t={target.parties[0].kind}"]
        f += [f"kinds={source.parties[0].kind}+{target.parties[0].kind}", f"word={type_}:{self.t.lemma[at]}"]
        if source.head >= 0 and target.head >= 0:
            order = "".join(x for _, x in sorted(((source.head, "s"), (target.head, "t"), (at, "_"))))
            f += [f"{word}order={order}:{'pass' if 'verb:passive' in about else 'act'}"]
        return Candidate(type_, source, target, at, trigger, clause, rule, f)

    # -- the choice ------------------------------------------------------------------------------------------------

    def chosen(self, model: Linear, threshold: float) -> Iterator[Found]:
        """The deeds that are likely enough; of several who may do one thing to somebody the likeliest."""
        for c in choose(((c, model.probability(c.features)) for c in self.candidates()), threshold):
            yield from self.found(c)

    def found(self, c: Candidate) -> Iterator[Found]:
        """The deeds of a candidate: one for each who does it and each to whom it is done."""
        modality = modality_of(self.grammar, self.words, c.clause)
        for n, source in enumerate(c.source.parties):
            for m, target in enumerate(c.target.parties):
                if c.source is not c.target or n != m:
                    yield Found(c.type, source, target, c.trigger, modality, c.rule)


def choose(candidates: Iterable[tuple[Candidate, float]], threshold: float) -> list[Candidate]:
    """Of candidates with their chances those that are taken: of each word and type the likeliest source of each target."""
    best: dict[tuple[int, str, int], tuple[float, Candidate]] = {}
    for c, chance in candidates:
        if c.type == "role":
            if not (by_grammar(c.source) and by_grammar(c.target)):
                continue
            chance = 1.0
        key = (c.at, c.type, c.target.head)
        if chance >= threshold and (key not in best or chance > best[key][0]):
            best[key] = (chance, c)
    return [c for _, c in best.values()]


_GUESSED = frozenset({"bare", "da", "other", "case", "genitive-near", "previous", "headline", "most-named", "speaker"})
"""Ways in which a phrase is an argument without the grammar saying so."""


def by_grammar(argument: Argument) -> bool:
    """Whether the grammar of the sentence makes a phrase an argument."""
    return argument.by not in _GUESSED


def _best(arguments: Sequence[Argument]) -> str:
    """How the surest of several arguments was found."""
    return next((a.by.split(":", 1)[0] for a in arguments if by_grammar(a)), "guessed")


def _pairs(sources: Iterable[Argument], targets: Sequence[Argument]) -> Iterator[tuple[Argument, Argument]]:
    for source in sources:
        for target in targets:
            if source.head != target.head and not {p.name for p in source.parties} & {p.name for p in target.parties}:
                yield source, target
