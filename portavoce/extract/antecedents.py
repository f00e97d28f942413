"""Who a noun, a pronoun or a dropped subject stands for: the actors known so far and what speaks for each."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from portavoce.extract import act_features
from portavoce.extract.coreference import Actors, InArticleActor
from portavoce.extract.cue_view import CueView
from portavoce.extract.speaker_mentions import Contents, SpeakerMention
from portavoce.extract.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Said:
    """Who made an earlier statement, where, and the head token of the mention that named its speaker (or -1)."""

    actor: int | None
    cue: int
    mention: int = -1


@dataclass(frozen=True, slots=True)
class Anaphor:
    """What is to be resolved at token ``at``: ``sort`` is null, pronoun, person, group, organization, document, other."""

    at: int
    sort: str
    lemma: str
    number: str
    gender: str
    determiner: str
    modifiers: frozenset[str]
    inner: frozenset[int]
    span: tuple[int, int] | None
    office: str = ""
    holders: frozenset[str] = frozenset()
    former: bool = False


def anaphor_of_null(actors: Actors, view: CueView) -> Anaphor:
    """The dropped or implied subject of a cue; a participle with *essere* tells its gender."""
    t, h = actors.tokens, view.cue.head
    gender = ""
    children = t.children[h]
    if (
        t.morph[h].get("VerbForm") == "Part"
        and any(actors.words.classes.get(t.lemma[c]) == "be" for c in children)
        and not view.passive
    ):
        gender = t.morph[h].get("Gender", "")
    return Anaphor(view.cue.first, "null", "", view.number, gender, "", frozenset(), frozenset(), None)


def anaphor_of_mention(actors: Actors, m: SpeakerMention) -> Anaphor:
    """A noun phrase or pronoun as something to be resolved."""
    t, words = actors.tokens, actors.words
    i = m.head
    pronoun = t.pos[i] == "PRON" or words.classes.get(t.form[i], "").startswith("pronoun")
    entry = words.nominal(t, i)
    if pronoun and (m.sort == "partitive" or entry is not None):  # "alcuni dei presenti", "molti"
        pronoun = False
    sort = "pronoun" if pronoun else (entry[0] if entry else "other")
    determiner, number, told = words.agreement(t, m.first, i)
    if sort == "person" and number == "Plur":
        sort = "group"
    if sort == "person" and words.classes.get(t.lemma[i]) == "generic":
        sort = "human"
    modifiers = frozenset(
        t.lemma[j] for j in range(m.first, m.last + 1) if j != i and t.pos[j] in ("NOUN", "PROPN", "ADJ")
    )
    inner = frozenset(actors.actor_at[j] for j in range(m.first, m.last + 1) if j != i and j in actors.actor_at)
    gender = told if sort in ("person", "human", "pronoun") else ""
    if entry and entry[1] == "c" and determiner == "bare":
        gender = ""
    office = words.office(t.lemma[i], sorted(modifiers)) if sort == "person" else ""
    holders = words.held_by(t.lemma[i], sorted(modifiers)) if sort == "person" else frozenset[str]()
    former = any(words.is_former(t, j) for j in range(m.first, m.last + 1))
    return Anaphor(
        m.first,
        sort,
        t.lemma[i],
        number,
        gender,
        determiner,
        modifiers,
        inner,
        (m.first, m.last),
        office,
        holders,
        former,
    )


_REACH = 60
"""Actors that are all looked at; in longer texts only those near by are, so that the time stays linear."""
_STEM = 6
"""Letters by which a noun is the noun of a role."""
_ANY = frozenset({"person", "organization", "country", "group", "document", "unknown"})
_PEOPLE = frozenset({"person", "unknown"})
_KINDS = {
    "person": _PEOPLE, "human": _PEOPLE,
    "organization": frozenset({"organization", "country", "unknown"}),
    "document": frozenset({"document", "organization", "unknown"}),
    "group": frozenset({"group", "organization", "country"}),
}  # fmt: skip


class History:
    """The statements of an article so far, and how often each actor is named."""

    def __init__(self, actors: Actors, contents: Contents) -> None:
        self.actors = actors
        self.contents = contents
        self.said: list[Said] = []
        self._spoken = -1
        self._roles: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
        self.heads: dict[int, list[int]] = {}
        self._timeline: list[tuple[int, int]] = []
        self.times: Counter[int] = Counter()
        self._most = 0
        for index, actor in enumerate(actors.actors):
            self.heads[index] = sorted(actor.tokens)
            if actor.kind == "person":
                self._most = max(self._most, len(actor.tokens))

    def note(self, actor: int | None, cue: int, mention: int = -1) -> None:
        """Add a statement."""
        self.said.append(Said(actor, cue, mention))
        if mention >= 0:
            self._spoken = mention
        if actor is not None:
            self.times[actor] += 1

    def spoken(self) -> int:
        """The head token of the mention that named a speaker last, or -1."""
        return self._spoken

    def within_reach(self, at: int) -> Iterable[int]:
        """The actors that a word at a token may mean: all of an article, the nearest `_REACH` of a very long text."""
        count = len(self.actors.actors)
        if count <= _REACH:
            return range(count)
        if not self._timeline:
            self._timeline = sorted((i, k) for k, actor in enumerate(self.actors.actors) for i in actor.tokens)
        place = bisect_left(self._timeline, (at, 0))
        near = [k for _, k in self._timeline[max(0, place - 4 * _REACH) : place][::-1]]
        near += [k for _, k in self._timeline[place : place + _REACH // 2]]
        said = [s.actor for s in self.said[: -_REACH // 2 : -1] if s.actor is not None]
        return list(dict.fromkeys([*said, *near]))[: 2 * _REACH]

    def places(self, index: int) -> list[int]:
        """The head tokens of an actor's mentions, in text order."""
        known, tokens = self.heads.get(index), self.actors.actors[index].tokens
        if known is None:
            known = self.heads[index] = sorted(tokens)
        for token in tokens[len(known) :]:
            insort(known, token)
        return known

    def roles(self, index: int) -> tuple[frozenset[str], frozenset[str]]:
        """How an actor's roles begin, by up to `_STEM` letters, and how the words in them and in their organisations do."""
        known = self._roles.get(index)
        if known is None:
            roles = {(role.lower(), (org or "").lower()) for role, org, _, _ in self.actors.actors[index].roles}
            known = self._roles[index] = (
                frozenset([role[:n] for role, _ in roles for n in range(_STEM + 1)]),
                frozenset([word[:5] for role, org in roles for word in f"{role} {org}".split()]),
            )
        return known

    def most_named(self, index: int) -> bool:
        return len(self.actors.actors[index].tokens) == self._most > 1


def antecedents(history: History, anaphor: Anaphor) -> list[int]:
    """The actors that may be meant, by index."""
    actors, out = history.actors, list[int]()
    if anaphor.determiner == "Ind":
        return out  # "un portavoce" is somebody new
    for index in history.within_reach(anaphor.at):
        actor = actors.actors[index]
        if actor.kind not in _KINDS.get(anaphor.sort, _ANY):
            continue
        if anaphor.sort in ("null", "pronoun") and anaphor.gender and actor.gender not in ("", anaphor.gender):
            continue  # a participle or pronoun of the other gender
        if anaphor.sort == "person" and _holds_no_more(actor, anaphor):
            continue  # "il papa" is not the "papa emerito"
        if actor.kind == "country" and not actor.spoke and anaphor.sort in ("null", "pronoun"):
            continue
        out.append(index)
    return out


def _holds_no_more(actor: InArticleActor, anaphor: Anaphor) -> bool:
    """Whether the article says of somebody only that he or she once was what the noun says."""
    named = {anaphor.lemma, anaphor.office} - {""}
    return not anaphor.former and bool(named & actor.former) and not named & actor.present


def _steps(n: int) -> str:
    return str(n) if n < 3 else "3-5" if n < 6 else "6+"


def _named_between(t: Tokens, places: list[int], start: int, end: int) -> bool:
    """Whether one of these tokens begins between two character offsets."""
    at = bisect_left(places, start, key=t.start.__getitem__)
    return at < len(places) and t.start[places[at]] < end


def antecedent_features(history: History, view: CueView, anaphor: Anaphor, candidates: list[int]) -> list[list[str]]:
    """Named binary features of each candidate, in the order of ``candidates``."""
    actors, t = history.actors, history.actors.tokens
    at, sort = anaphor.at, anaphor.sort
    last_said = history.said[-1] if history.said else None
    before_said = history.said[-2] if len(history.said) > 1 else None
    last_seen: list[int] = []
    for index in candidates:
        places = history.places(index)
        k = bisect_left(places, at) - 1
        while k >= 0 and anaphor.span and anaphor.span[0] <= places[k] <= anaphor.span[1]:
            k -= 1
        last_seen.append(places[k] if k >= 0 else -1)
    seen: dict[str, list[int]] = {}
    for place, index in zip(last_seen, candidates, strict=True):
        seen.setdefault(actors.actors[index].kind, []).append(place)
    for places in seen.values():
        places.sort(reverse=True)
    out = []
    kind = view.cue.kind
    shape = f"{anaphor.determiner}:{min(len(anaphor.modifiers), 1)}"
    kinds = Counter(actors.actors[index].kind for index in candidates)
    frequent = sorted(
        (len(actors.actors[k].tokens) for k in candidates if actors.actors[k].kind == "person"), reverse=True
    )
    form = t.morph[view.cue.head].get("VerbForm", "")
    quoted = t.quote[t.at(view.content[0][0])] >= 0
    for index, place in zip(candidates, last_seen, strict=True):
        actor = actors.actors[index]
        f = [f"{sort}:bias"]
        if any([_named_between(t, history.places(index), *span) for span in view.content]):
            f.append(f"{sort}:own-content:{quoted}")  # who speaks is rarely named by name in what is said
        if place < 0:
            f.append(f"{sort}:seen=later")
        else:
            gap = t.sent[at] - t.sent[place]
            f.append(f"{sort}:sentences={_steps(gap)}")
            f.append(f"{sort}:dep={_relation(actors, place)}:{min(gap, 2)}")
            if t.para[at] == t.para[place]:
                f.append(f"{sort}:paragraph")
            if history.contents.holds(t.start[place]):
                f.append(f"{sort}:in-content:{min(gap, 1)}")
            rank = seen[actor.kind].index(place)
            relation = _relation(actors, place)
            f += [
                f"{sort}:{shape}:recent={actor.kind}:{min(rank, 2)}:{min(gap, 2)}",
                f"{sort}:recent-dep={actor.kind}:{min(rank, 2)}:{relation}", f"{sort}:only={kinds[actor.kind] == 1}:{actor.kind}:{shape}",
                f"{sort}:place={relation}:{min(gap, 2)}:{t.para[at] == t.para[place]}:{history.contents.holds(t.start[place])}",
            ]  # fmt: skip
            if sort == "null":
                f.append(f"null:form={kind}:{form}:{min(gap, 2)}:{relation}")
                f.append(f"null:first={kind}:{_first_of_sentence(t, place)}:{min(gap, 2)}")
            f.append(f"{sort}:recent={actor.kind}:{min(rank, 3)}")
        if last_said is not None:
            gap = t.sent[at] - t.sent[last_said.cue]
            if last_said.actor == index:
                f.append(f"{sort}:said-last={_steps(max(gap, 0))}:{kind}")
                f.append(f"{sort}:said-last")
                if t.para[at] == t.para[last_said.cue]:
                    f.append(f"{sort}:said-last-paragraph:{kind}")
                if place > last_said.cue:
                    f.append(f"{sort}:said-last-and-named")
            elif place > last_said.cue:
                f.append(f"{sort}:named-since:{_relation(actors, place)}")
        if before_said is not None and before_said.actor == index:
            f.append(f"{sort}:said-before")
        f.append(f"{sort}:kind={actor.kind}:{'proper' if actor.proper else 'described'}")
        count = len(actor.tokens)
        f.append(f"{sort}:count={_steps(count)}")
        if history.most_named(index):
            f.append(f"{sort}:most-named")
        if actor.kind == "person":
            f.append(f"{sort}:{shape}:frequency={min(frequent.index(count), 3)}:{len(frequent) > 3}")
        if anaphor.lemma:
            spoke = last_said is not None and last_said.actor == index
            f.append(f"{sort}:{shape}:said={spoke}:{min(history.times[index], 2)}")
        times = history.times[index]
        f.append(f"{sort}:said-times={min(times, 4)}")
        if times > 1 and 2 * times > len(history.said):
            f.append(f"{sort}:main-speaker:{anaphor.determiner}:{bool(actor.roles)}")
        if actor.tokens and t.para[history.places(index)[0]] == 0:
            f.append(f"{sort}:headline")
        if anaphor.gender and actor.gender:
            f.append(f"{sort}:gender={anaphor.gender == actor.gender}")
        if anaphor.number and actor.number:
            f.append(f"{sort}:number={anaphor.number}:{anaphor.number == actor.number}")
        if anaphor.lemma:
            f += _noun_features(history, anaphor, index, spoke=last_said is not None and last_said.actor == index)
        out.append(f)
    looks = act_features.of_antecedents(view.act, sort, [history.places(index) for index in candidates])
    return [f + look for f, look in zip(out, looks, strict=True)]


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


_FITS = ("shared", "alone", "other", "none")
"""How well a role fits a noun, best first: with a word of its complement, with none to compare, with another one, not at all."""


def _role_fits(history: History, anaphor: Anaphor, index: int) -> str:
    """How well the roles of an actor fit a noun with its complement, one of `_FITS`."""
    roles, words = history.roles(index)
    if anaphor.lemma[:_STEM] not in roles:
        return "none"
    if any(m[:5] in words for m in anaphor.modifiers):
        return "shared"
    return "alone" if len(words) == 1 or not anaphor.modifiers else "other"


def _noun_features(history: History, anaphor: Anaphor, index: int, *, spoke: bool) -> list[str]:
    actor, sort, f = history.actors.actors[index], anaphor.sort, list[str]()
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
        f.append(f"{sort}:holder={actor.name.rsplit(' ', 1)[-1] in anaphor.holders}")
    fits = _role_fits(history, anaphor, index)
    if fits != "none":
        f.append(f"{sort}:role={fits}")
    else:
        roles, _ = history.roles(index)
        modified = min(len(anaphor.modifiers), 2)
        f.append(f"{sort}:role={'another' if roles else 'none'}:{min(modified, 1)}")
        f.append(f"{sort}:no-role:{modified}:{spoke}")
        f.append(f"{sort}:no-role:{anaphor.determiner}")
    return f


def self_features(anaphor: Anaphor, history: History) -> list[str]:
    """Named binary features of saying that the phrase names nobody known: it is a description of its own."""
    sort = anaphor.sort
    roles = history.actors.role_counts[anaphor.lemma]
    actors = history.actors
    places = actors.nouns().get(anaphor.lemma, [])
    k = bisect_left(places, anaphor.at)
    kinds = _KINDS.get(sort, _ANY)
    known = sum([a.kind in kinds and a.proper for a in actors.actors[:_REACH]])
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
