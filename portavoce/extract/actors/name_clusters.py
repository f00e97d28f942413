"""Which names of an article are one actor: a surname and the full name, an acronym and what it stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portavoce.extract.actors.acronyms import abbreviates, is_acronym, spelled_out_acronyms
from portavoce.extract.actors.actor import InArticleActor
from portavoce.extract.actors.names import Name, folded
from portavoce.extract.actors.noun_phrases import phrase_head
from portavoce.extract.actors.words import SpeakerWords
from portavoce.extract.tokens import Tokens
from portavoce.ids import fold
from portavoce.records import ActorKind

_SHARED = 200
"""Clusters that share a word or an initial, at most: keeps the time linear in a text of a million names."""
_KINDS: dict[str, ActorKind] = {"PER": "person", "ORG": "organization"}


def name_kind(names: Sequence[Name], words: SpeakerWords) -> str:
    """The kind that most of the mentions of one written name suggest: PER, ORG, LOC, or nothing."""
    count: Counter[str] = Counter()
    for name in names:
        count[name.kind] += 1 if name.kind else 0
        if name.titled and not (name.kind == "ORG" and len(name.words) == 1 and is_acronym(name.text)):
            count["PER"] += 2
    if len(names[0].words) > 1 and names[0].words[0] in words.genders:
        count["PER"] += 1
    return min(count, key=lambda kind: (-count[kind], kind)) if any(count.values()) else ""


@dataclass(slots=True)
class LongerNames:
    """The clusters made so far, of longer names first, by what a shorter name could share with them."""

    generic: frozenset[tuple[str, ...]]
    saints: frozenset[str] = frozenset()
    keys: dict[int, tuple[str, ...]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    by_last: dict[str, list[int]] = field(default_factory=dict)
    people_by_word: dict[str, list[int]] = field(default_factory=dict)
    others_by_first: dict[str, list[int]] = field(default_factory=dict)
    others_by_letter: dict[str, list[int]] = field(default_factory=dict)

    def add(self, index: int, key: tuple[str, ...], name: str, *, person: bool, doubtful: bool) -> None:
        """Remember a cluster under the folded words of its name; at most `_SHARED` share a place."""
        if key[0] in self.saints:
            return  # "San Francesco" is not the Francesco whom the article calls by that name alone
        self.keys[index], self.names[index] = key, name
        places: list[tuple[dict[str, list[int]], str]] = []
        if person or doubtful:
            places.append((self.by_last, key[-1]))
        if person and len(key) > 1:
            places += [(self.people_by_word, word) for word in dict.fromkeys(key)]
        if not person:
            places.append((self.others_by_first, key[0]))
            if len(key) > 1:
                places.append((self.others_by_letter, key[0][:1]))
        for table, word in places:
            known = table.setdefault(word, [])
            if len(known) < _SHARED:
                known.append(index)

    def matching(self, s: tuple[str, ...], kind: str) -> list[int]:
        """The clusters made so far, of longer names, that a shorter name may belong to."""
        n, keys = len(s), self.keys
        ends = self.by_last.get(s[-1], [])
        if kind != "LOC":
            out = [a for a in ends if len(keys[a]) > n and keys[a][-n:] == s]
            if out:
                return out
        if kind in ("PER", ""):
            if n == 1:
                out = self.people_by_word.get(s[0], [])
                if len(out) == 1 and len(keys[out[0]]) > 1:
                    return out
                if out:
                    return []
            out = [a for a in ends if len(keys[a]) > n > 1 and set(s) <= set(keys[a])]
            if out:
                return out
        if kind != "LOC" and s not in self.generic:
            out = [a for a in self.others_by_first.get(s[0], ()) if len(keys[a]) > n and keys[a][:n] == s]
            if out:
                return out[:1]
        if n == 1 and 1 < len(s[0]) <= 7:
            for a in self.others_by_letter.get(s[0][0], ()):
                if abbreviates(s[0], self.names[a]):
                    return [a]
        return []


class NamedActors:
    """The actors that the names of an article make, the places among them.

    ``of_name`` gives for each name the index of its actor, ``actor_at`` the index for each token of a name.
    """

    def __init__(self, tokens: Tokens, words: SpeakerWords, names: Sequence[Name], name_at: Sequence[int]) -> None:
        self.tokens, self.words, self.names = tokens, words, names
        self.actors: list[InArticleActor] = []
        self.of_name = [-1] * len(names)
        self.actor_at: dict[int, int] = {}
        self._expansions = spelled_out_acronyms(tokens, words, names, name_at)
        self._index: dict[tuple[str, bool], int] = {}
        self._full: dict[int, list[int]] = {}
        self._cluster()

    def _cluster(self) -> None:
        """Put the names that are one actor together: surname and full name, acronym and what it stands for."""
        surfaces: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for k, name in enumerate(self.names):
            surfaces[tuple([folded(w) for w in name.words])].append(k)
        kinds = {s: name_kind([self.names[k] for k in ks], self.words) for s, ks in surfaces.items()}
        longer = LongerNames(frozenset((folded(w),) for w in self.words.organizations), self.words.all_of("saint"))
        second = self._second_names(surfaces)
        order = sorted(surfaces, key=lambda s: (s in second, -len(s), surfaces[s][0]))
        for s in order:
            kind = kinds[s]
            found = [self.of_name[surfaces[second[s]][0]]] if s in second else longer.matching(s, kind)
            if not found:
                actor = self._new_actor(surfaces[s], kind)
                index = self._index.setdefault((fold(actor.name), True), len(self.actors))
                if index == len(self.actors):
                    self.actors.append(actor)
                    longer.add(index, s, actor.name, person=actor.kind == "person", doubtful=kind == "")
                found = [index]
            for k in surfaces[s]:
                self.of_name[k] = self._nearest(found, k) if len(found) > 1 else found[0]
                self._add_name(k)

    def _second_names(self, surfaces: Mapping[tuple[str, ...], list[int]]) -> dict[tuple[str, ...], tuple[str, ...]]:
        """The written names of those whom the article names also by the name by which they are known, with that name."""
        known = self.words.second_names
        pairs = ((s, known.get(self.names[ks[0]].text)) for s, ks in surfaces.items())
        keys = {s: tuple([folded(w) for w in name.split()]) for s, name in pairs if name}
        return {s: key for s, key in keys.items() if key in surfaces}

    def _new_actor(self, ks: list[int], kind: str) -> InArticleActor:
        """The actor of a cluster's first names, all written alike, by the kind that their mentions suggest."""
        name = self.names[ks[0]]
        text = name.text
        expansion = next((self._expansions[k] for k in ks if k in self._expansions), None)
        metonym = self.words.metonyms.get(text)
        actor = InArticleActor(text, "country" if text in self.words.countries else _KINDS.get(kind, "unknown"))
        if metonym and metonym[0] == "institution":
            actor.kind, actor.of_country = "organization", metonym[1] or None
        if expansion:
            actor.name, actor.kind = expansion, "organization"
        actor.place = actor.kind == "unknown" and kind == "LOC"
        if actor.kind == "person":
            actor.gender = {"m": "Masc", "f": "Fem"}.get(self.words.genders.get(name.words[0], ""), "")
        return actor

    def _nearest(self, candidates: list[int], k: int) -> int:
        """Of several actors who share a surname, the one named last before the name ``k``, else the first one.

        Those with a given name that the lists know go first.
        """
        people = [a for a in candidates if self.actors[a].kind == "person"] or candidates
        candidates = [a for a in people if self.actors[a].name.split()[0] in self.words.genders] or people
        at = self.names[k].first
        before = [(self._last_before(a, at), -a) for a in candidates]
        return -max(before)[1]

    def _last_before(self, index: int, at: int) -> int:
        """The last mention of an actor's full name before a token, or -1."""
        places = self._full.get(index)
        if places is None:
            places = self._full[index] = sorted(self.actors[index].tokens)
        n = bisect_left(places, at)
        return places[n - 1] if n else -1

    def _add_name(self, k: int) -> None:
        t, name = self.tokens, self.names[k]
        actor = self.actors[self.of_name[k]]
        actor.mentions.append(t.span(name.first, name.last))
        actor.tokens.append(phrase_head(t, name.first, name.last))
        text = name.text
        if text != actor.name and text not in actor.aliases:
            actor.aliases.append(text)
        for i in range(name.first, name.last + 1):
            self.actor_at[i] = self.of_name[k]
        if actor.kind == "person" and not actor.gender and name.first:
            det = name.first - 1
            if t.pos[det] == "DET" and t.morph[det].get("Definite") == "Def":
                actor.gender = t.morph[det].get("Gender", "")
