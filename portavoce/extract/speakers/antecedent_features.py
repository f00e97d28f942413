"""What speaks for each actor that a noun, a pronoun or a dropped subject may stand for, and for nobody of them."""

from __future__ import annotations

from bisect import bisect_left

from portavoce.extract import act_features
from portavoce.extract.actors.actor import InArticleActor
from portavoce.extract.actors.coreference import Actors
from portavoce.extract.speakers.anaphors import Anaphor
from portavoce.extract.speakers.antecedents import (
    is_holder,
    is_spoken_of,
    kinds_meant,
    places_between,
    possible_antecedents,
)
from portavoce.extract.speakers.cue_view import CueView
from portavoce.extract.speakers.history import NEAR, History
from portavoce.extract.tokens import Tokens

_FITS = ("shared", "alone", "other", "none")
"""How well a role fits a noun, best first: with a word of its complement, with none to compare, with another one, not at all."""


def options(history: History, view: CueView, anaphor: Anaphor) -> tuple[list[int], list[list[str]]]:
    """The antecedents of an anaphor with the features of each; last of all those of the phrase itself or of nobody."""
    candidates = [k for k in possible_antecedents(history, anaphor) if not is_spoken_of(history, view, anaphor, k)]
    features = antecedent_features(history, view, anaphor, candidates)
    last = self_features(anaphor, history) if anaphor.may_describe else nobody_features(anaphor, history, view)
    features.append(last + act_features.of_no_antecedent(view.act, anaphor.sort, anaphor.span))
    return candidates, features


def antecedent_features(history: History, view: CueView, anaphor: Anaphor, candidates: list[int]) -> list[list[str]]:
    """Named binary features of each candidate, in the order of ``candidates``."""
    comparison = _Comparison(history, view, anaphor, candidates)
    looks = act_features.of_antecedents(view.act, anaphor.sort, [history.places(index) for index in candidates])
    return [comparison.features(index) + look for index, look in zip(candidates, looks, strict=True)]


class _Comparison:
    """The candidates of one anaphor, and what each is compared with: the others and the statements before."""

    def __init__(self, history: History, view: CueView, anaphor: Anaphor, candidates: list[int]) -> None:
        self.history, self.view, self.anaphor = history, view, anaphor
        self.t, self.actors = history.actors.tokens, history.actors.actors
        self.shape = f"{anaphor.determiner}:{min(len(anaphor.modifiers), 1)}"
        self.last_said = history.said[-1] if history.said else None
        self.before_said = history.said[-2] if len(history.said) > 1 else None
        self.quoted = self.t.quote[self.t.at(view.content[0][0])] >= 0
        self.place = {index: _last_place(history, anaphor, index) for index in candidates}
        self.places_of_kind: dict[str, list[int]] = {}
        for index, place in self.place.items():
            self.places_of_kind.setdefault(self.actors[index].kind, []).append(place)
        for places in self.places_of_kind.values():
            places.sort(reverse=True)
        people = [self.actors[index] for index in candidates if self.actors[index].kind == "person"]
        self.times_named = sorted((len(person.tokens) for person in people), reverse=True)

    def features(self, index: int) -> list[str]:
        """Named binary features of one candidate."""
        actor, place, sort = self.actors[index], self.place[index], self.anaphor.sort
        f = [f"{sort}:bias"]
        if any([places_between(self.t, self.history.places(index), *span) for span in self.view.content]):
            f.append(f"{sort}:own-content:{self.quoted}")  # who speaks is rarely named by name in what is said
        f += [f"{sort}:seen=later"] if place < 0 else self._where_named(actor, place)
        f += self._what_said(index, place)
        f += self._how_named(actor, index)
        f += self._how_often_spoken(actor, index)
        if actor.tokens and self.t.para[self.history.places(index)[0]] == 0:
            f.append(f"{sort}:headline")
        f += self._agreement(actor)
        return f + self._noun(actor, index) if self.anaphor.lemma else f

    def _spoke_last(self, index: int) -> bool:
        return self.last_said is not None and self.last_said.actor == index

    def _where_named(self, actor: InArticleActor, place: int) -> list[str]:
        """Where a candidate was named last, and how many of its kind were named since."""
        t, at, sort, kind = self.t, self.anaphor.at, self.anaphor.sort, self.view.cue.kind
        gap = t.sent[at] - t.sent[place]
        near = min(gap, 2)
        relation = _relation(self.history.actors, place)
        same_paragraph = t.para[at] == t.para[place]
        in_content = self.history.contents.holds(t.start[place])
        f = [f"{sort}:sentences={_steps(gap)}", f"{sort}:dep={relation}:{near}"]
        if same_paragraph:
            f.append(f"{sort}:paragraph")
        if in_content:
            f.append(f"{sort}:in-content:{min(gap, 1)}")
        alike = self.places_of_kind[actor.kind]
        rank = alike.index(place)
        f += [
            f"{sort}:{self.shape}:recent={actor.kind}:{min(rank, 2)}:{near}",
            f"{sort}:recent-dep={actor.kind}:{min(rank, 2)}:{relation}", f"{sort}:only={len(alike) == 1}:{actor.kind}:{self.shape}",
            f"{sort}:place={relation}:{near}:{same_paragraph}:{in_content}",
        ]  # fmt: skip
        if sort == "null":
            form = t.morph[self.view.cue.head].get("VerbForm", "")
            f.append(f"null:form={kind}:{form}:{near}:{relation}")
            f.append(f"null:first={kind}:{_first_of_sentence(t, place)}:{near}")
        f.append(f"{sort}:recent={actor.kind}:{min(rank, 3)}")
        return f

    def _what_said(self, index: int, place: int) -> list[str]:
        """Whether a candidate made the last statements, and whether it was named since."""
        t, at, sort, last, f = self.t, self.anaphor.at, self.anaphor.sort, self.last_said, list[str]()
        if last is not None and self._spoke_last(index):
            f.append(f"{sort}:said-last={_steps(max(t.sent[at] - t.sent[last.cue], 0))}:{self.view.cue.kind}")
            f.append(f"{sort}:said-last")
            if t.para[at] == t.para[last.cue]:
                f.append(f"{sort}:said-last-paragraph:{self.view.cue.kind}")
            if place > last.cue:
                f.append(f"{sort}:said-last-and-named")
        elif last is not None and place > last.cue:
            f.append(f"{sort}:named-since:{_relation(self.history.actors, place)}")
        if self.before_said is not None and self.before_said.actor == index:
            f.append(f"{sort}:said-before")
        return f

    def _how_named(self, actor: InArticleActor, index: int) -> list[str]:
        """What kind of actor a candidate is, and how often the article names it."""
        sort, count = self.anaphor.sort, len(actor.tokens)
        f = [f"{sort}:kind={actor.kind}:{'proper' if actor.proper else 'described'}", f"{sort}:count={_steps(count)}"]
        if self.history.most_named(index):
            f.append(f"{sort}:most-named")
        if actor.kind == "person":
            more = self.times_named.index(count)
            f.append(f"{sort}:{self.shape}:frequency={min(more, 3)}:{len(self.times_named) > 3}")
        return f

    def _how_often_spoken(self, actor: InArticleActor, index: int) -> list[str]:
        """How many of the statements before are a candidate's."""
        sort, times, f = self.anaphor.sort, self.history.times[index], list[str]()
        if self.anaphor.lemma:
            f.append(f"{sort}:{self.shape}:said={self._spoke_last(index)}:{min(times, 2)}")
        f.append(f"{sort}:said-times={min(times, 4)}")
        if times > 1 and 2 * times > len(self.history.said):
            f.append(f"{sort}:main-speaker:{self.anaphor.determiner}:{bool(actor.roles)}")
        return f

    def _agreement(self, actor: InArticleActor) -> list[str]:
        """Whether a candidate is of the gender and number that the words tell."""
        sort, gender, number, f = self.anaphor.sort, self.anaphor.gender, self.anaphor.number, list[str]()
        if gender and actor.gender:
            f.append(f"{sort}:gender={gender == actor.gender}")
        if number and actor.number:
            f.append(f"{sort}:number={number}:{number == actor.number}")
        return f

    def _noun(self, actor: InArticleActor, index: int) -> list[str]:
        """How well a noun and the words beside it fit what the article calls a candidate."""
        anaphor, sort, f = self.anaphor, self.anaphor.sort, list[str]()
        if index in anaphor.inner:
            f.append(f"{sort}:inside:{actor.kind}")
        if actor.lemma == anaphor.lemma:
            f.append(f"{sort}:same-noun")
            words = frozenset(actor.name.lower().split())
            if anaphor.modifiers and not any(m in words for m in anaphor.modifiers):
                f.append(f"{sort}:same-noun-other")
        elif not actor.proper:
            f.append(f"{sort}:other-noun")
        if anaphor.lemma in actor.name.lower().split():
            f.append(f"{sort}:noun-in-name")
        if anaphor.office and actor.offices:
            f.append(f"{sort}:office={anaphor.office in actor.offices}")
        if anaphor.holders and actor.proper:
            f.append(f"{sort}:holder={is_holder(actor, anaphor)}")
        fits = _role_fits(self.history, anaphor, index)
        if fits != "none":
            return [*f, f"{sort}:role={fits}"]
        modified = min(len(anaphor.modifiers), 2)
        role = "another" if self.history.roles(index).beginnings else "none"
        return [
            *f, f"{sort}:role={role}:{min(modified, 1)}", f"{sort}:no-role:{modified}:{self._spoke_last(index)}",
            f"{sort}:no-role:{anaphor.determiner}",
        ]  # fmt: skip


def _last_place(history: History, anaphor: Anaphor, index: int) -> int:
    """The head token of an actor's last mention before an anaphor and outside of its phrase, or -1."""
    places = history.places(index)
    k = bisect_left(places, anaphor.at) - 1
    while k >= 0 and anaphor.span and anaphor.span[0] <= places[k] <= anaphor.span[1]:
        k -= 1
    return places[k] if k >= 0 else -1


def _steps(n: int) -> str:
    return str(n) if n < 3 else "3-5" if n < 6 else "6+"


def _relation(actors: Actors, i: int) -> str:
    """The relation of a mention to its governor; a name takes that of the role it hangs on ("il premier X")."""
    t = actors.tokens
    if t.head[i] in actors.role_at and t.dep[i] in ("nmod", "flat", "appos", "flat:name", "compound"):
        i = t.head[i]
    return t.dep[i].split(":", 1)[0]


def _first_of_sentence(t: Tokens, i: int) -> str:
    """Whether a mention opens its sentence, stands before its main verb, or later."""
    start = t.sentences[t.sent[i]][0]
    if i - start < 4:
        return "opens"
    return "before" if not any(t.pos[j] == "VERB" for j in range(start, i)) else "later"


def _role_fits(history: History, anaphor: Anaphor, index: int) -> str:
    """How well the roles of an actor fit a noun with its complement, one of `_FITS`."""
    roles = history.roles(index)
    if not roles.begin_with(anaphor.lemma):
        return "none"
    if roles.share(anaphor.modifiers):
        return "shared"
    return "alone" if len(roles.words) == 1 or not anaphor.modifiers else "other"


def self_features(anaphor: Anaphor, history: History) -> list[str]:
    """Named binary features of saying that the phrase names nobody known: it is a description of its own."""
    sort = anaphor.sort
    roles = history.actors.role_counts[anaphor.lemma]
    actors = history.actors
    places = actors.nouns().get(anaphor.lemma, [])
    k = bisect_left(places, anaphor.at)
    kinds = kinds_meant(anaphor)
    known = sum([a.kind in kinds and a.proper for a in actors.actors[:NEAR]])
    spoke = history.said[-1].actor if history.said else None
    fits = spoke is not None and actors.actors[spoke].kind in kinds
    modified = min(len(anaphor.modifiers), 1)
    near = [i for i in history.within_reach(anaphor.at) if actors.actors[i].proper and actors.actors[i].kind in kinds]
    best = min((_role_fits(history, anaphor, i) for i in near), key=_FITS.index, default="none")
    return [
        f"self:{sort}:fits={best}:{modified}", f"self:{sort}:fits={best}:{modified}:{anaphor.determiner}",
        f"self:{sort}:{anaphor.determiner}:{modified}:before={min(k, 2)}", f"self:{sort}:{anaphor.determiner}:{modified}:known={min(known, 3)}",
        f"self:{sort}:{anaphor.determiner}:{modified}:last-fits={fits}", f"self:{sort}:{anaphor.determiner}:roles={min(roles, 1)}:{modified}",
        f"self:headline={actors.tokens.para[anaphor.at] == 0}:{sort}",
        f"self:{sort}", f"self:{sort}:{anaphor.determiner}", f"self:{sort}:{anaphor.number}",
        f"self:{sort}:modified={min(len(anaphor.modifiers), 2)}:{anaphor.determiner}", f"self:{sort}:inner={bool(anaphor.inner)}",
        f"self:{sort}:roles={min(roles, 2)}", f"self:lemma={anaphor.lemma}",
        f"self:{sort}:said={bool(history.said)}",
    ]  # fmt: skip


def nobody_features(anaphor: Anaphor, history: History, view: CueView) -> list[str]:
    """Named binary features of saying that nobody can tell who is meant."""
    t, sort, kind = history.actors.tokens, anaphor.sort, view.cue.kind
    gap = "none"
    if history.said:
        gap = _steps(max(0, t.sent[anaphor.at] - t.sent[history.said[-1].cue]))
        if history.said[-1].actor is None:
            gap = "nobody"
    impersonal = any(t.dep[c].startswith("expl") for c in t.children[view.cue.head])
    return [
        f"nobody:{sort}:{kind}", f"nobody:{sort}:{kind}:passive={view.passive}", f"nobody:{sort}:gap={gap}",
        f"nobody:{sort}:expl={impersonal}", f"nobody:{sort}:{kind}:number={view.number}", f"nobody:lemma={view.cue.lemma}",
    ]  # fmt: skip
