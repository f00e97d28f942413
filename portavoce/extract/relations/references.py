"""Whom a pronoun, a possessive, a noun or a dropped subject stands for, with the ranking that statements use."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.acts import Attribution, Cue
from portavoce.extract.linear import softmax
from portavoce.extract.relations.grammar import Grammar
from portavoce.extract.relations.words import RelationWords
from portavoce.extract.speakers import Ranking, Speaker
from portavoce.extract.speakers.anaphors import Anaphor, anaphor_of_mention, anaphor_of_null
from portavoce.extract.speakers.antecedent_features import options
from portavoce.extract.speakers.antecedents import office_holder
from portavoce.extract.speakers.cue_view import CueView
from portavoce.extract.speakers.history import Contents, History
from portavoce.extract.speakers.mentions import SpeakerMention

_SURE = 0.5
"""The chance from which a noun, a pronoun or a dropped subject stands for an actor of the article.

From 0.3 to 0.6 all scores on the 60 articles with relations stay within half a point.
"""
_REACH = 60
"""Tokens before a word in which somebody is looked for: a sentence of any length takes linear time."""
_BACK = 8
"""Content spans before a word that are looked at for the one that holds it."""


class References:
    """Resolves what stands for an actor without naming it, in the order of the text: who spoke before counts."""

    def __init__(
        self,
        actors: Actors,
        words: RelationWords,
        grammar: Grammar,
        said: Sequence[tuple[Attribution, Speaker]],
    ) -> None:
        self.actors, self.words, self.grammar = actors, words, grammar
        self.t = actors.tokens
        self.ranking = Ranking.load(actors.language, evidence=self.t.evidence is not None).antecedent
        self.history = History(actors, Contents([attribution for attribution, _ in said]))
        self._said = sorted(said, key=lambda pair: pair[0].cue.first)
        self._noted = 0

    def of_null(self, verb: int) -> tuple[int, str] | None:
        """The actor that a dropped subject means, and how it was found."""
        view = self._view(verb)
        return self._antecedent(view, anaphor_of_null(self.actors, view))

    def of_noun(self, mention: SpeakerMention) -> tuple[int, str] | None:
        """The actor known already that a noun means."""
        return self._antecedent(self._view(mention.head), anaphor_of_mention(self.actors, mention))

    def of_pronoun(self, i: int) -> tuple[int, str] | None:
        """The actor that a personal pronoun of the third person singular means; a clitic at least the person named last."""
        t = self.t
        morph = t.morph[i]
        if morph.get("Number") == "Plur":
            return None
        mention = SpeakerMention(i, i, i, "pronoun", i)
        found = self._antecedent(self._view(i), anaphor_of_mention(self.actors, mention))
        if found is None and morph.get("Clitic") == "Yes" and t.form[i] in self.words.any("him-or-her"):
            before = self.person_before(i, beside=self._doer(i))
            return (before, "named before") if before is not None else None
        return found

    def of_possessive(self, i: int) -> tuple[int, str] | None:
        """The actor that a possessive of the third person means."""
        if self.t.morph[i].get("Number") is None and self.t.form[i] == "loro":
            return None
        anaphor = Anaphor(i, "pronoun", self.t.lemma[i], "Sing", span=(i, i))
        return self._antecedent(self._view(i), anaphor)

    def salient_person(self, i: int) -> int | None:
        """The person whom the article speaks of before a token, else the one that it names most."""
        anaphor = Anaphor(i, "null", "", "Sing")
        found = self._antecedent(self._view(i), anaphor)
        if found is not None and self.actors.actors[found[0]].kind == "person":
            return found[0]
        return self._most_named

    @cached_property
    def _most_named(self) -> int | None:
        people = [k for k, actor in enumerate(self.actors.actors) if actor.kind == "person" and len(actor.tokens) > 1]
        return max(people, key=lambda k: (len(self.actors.actors[k].tokens), -k), default=None)

    def person_before(self, i: int, beside: int | None = None) -> int | None:
        """The person named last in the sentence before a token, leaving out the actor ``beside``."""
        t, a = self.t, self.actors
        for j in range(i - 1, max(t.sentences[t.sent[i]][0], i - _REACH) - 1, -1):
            index = a.actor_at.get(j) if a.name_at[j] >= 0 else None
            if index is not None and index != beside and a.actors[index].kind == "person":
                return index
        return None

    def speaker_at(self, i: int) -> int | None:
        """The actor who says the words at a token."""
        at = self.t.start[i]
        starts, spans = self._contents
        k = bisect_right(starts, at)
        holding = [(end - start, index) for start, end, index in spans[max(0, k - _BACK) : k] if at < end]
        return min(holding)[1] if holding else None

    @cached_property
    def _contents(self) -> tuple[list[int], list[tuple[int, int, int]]]:
        """The contents whose speaker is known, by where they start."""
        spans = sorted((x, y, s.actor) for a, s in self._said if s.actor is not None for x, y in a.content)
        return [start for start, _, _ in spans], spans

    def _antecedent(self, view: CueView, anaphor: Anaphor) -> tuple[int, str] | None:
        candidates, features = options(self.history, view, anaphor)
        if (holder := office_holder(self.actors, anaphor, candidates)) is not None:
            return holder, "office-holder"
        doer = self._doer(anaphor.at) if anaphor.sort != "null" else None
        kept = [n for n in range(len(features)) if n >= len(candidates) or candidates[n] != doer]
        chances = softmax([self.ranking.score(features[n]) for n in kept])
        chance, best = max(zip(chances, (-n for n in kept), strict=True))
        if -best >= len(candidates) or chance < _SURE:
            return None
        return candidates[-best], f"antecedent of {anaphor.sort}"

    def _doer(self, i: int) -> int | None:
        """The actor that the grammar makes the subject of the clause around a phrase: another phrase in it means another."""
        t = self.t
        if t.dep[i] == "det:poss":
            return None
        while t.pos[i] not in ("VERB", "AUX"):
            if t.head[i] == i or t.sent[t.head[i]] != t.sent[i]:
                return None
            i = t.head[i]
        subject = self.grammar.subject(i)
        return self.actors.actor_at.get(subject.at) if subject is not None and subject.at >= 0 else None

    def _view(self, i: int) -> CueView:
        """The place of a word as the ranking of antecedents sees it: as a cue whose content is what follows."""
        t = self.t
        while self._noted < len(self._said) and self._said[self._noted][0].cue.first < i:
            attribution, speaker = self._said[self._noted]
            mention = t.at(speaker.span[0]) if speaker.span else -1
            self.history.note(speaker.actor, attribution.cue.first, mention)
            self._noted += 1
        last = max(i, min(t.right[i], t.sentences[t.sent[i]][1] - 1))
        return CueView(t, Attribution(Cue("verb", i, i, i, t.lemma[i]), (t.span(i, last),), "indirect", "", 1.0))
