"""Who is who in one article: names and the roles beside them become actors with the fullest name that the article gives."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from portavoce.extract.mentions import (
    Name,
    SpeakerWords,
    find_names,
    folded,
    noun_phrase,
    without_article,
)
from portavoce.extract.tokens import Tokens
from portavoce.ids import actor_id, fold
from portavoce.records import Actor, ActorKind, Mention, Role, Span

_BRIDGE = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "DET", "NUM", "X"})
_REACH = 14
"""Tokens between a role noun and the name it belongs to, at most ("il ministro dei beni e delle attività culturali X")."""


@dataclass(slots=True)
class RoleNoun:
    """A role noun at token ``head`` ("premier") with the lemmas that narrow it down ("cinese") and whose role it is."""

    head: int
    lemma: str
    modifiers: frozenset[str]
    actor: int
    phrase: tuple[int, int]
    by_comma: bool
    name: tuple[int, int]


@dataclass(slots=True)
class InArticleActor:
    """Somebody of an article; ``mentions`` are character offsets, ``tokens`` the head tokens of the same mentions."""

    name: str
    kind: ActorKind
    aliases: list[str] = field(default_factory=list)
    number: str = "Sing"
    gender: str = ""
    proper: bool = True
    lemma: str = ""
    of_country: str | None = None
    mentions: list[tuple[int, int]] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    roles: list[tuple[str, str | None, int, int]] = field(default_factory=list)
    spoke: bool = False
    place: bool = False


class Actors:
    """The actors of one parsed article.

    ``actor_at`` gives the index of the actor that the name or role noun at a token stands for; ``name_at`` the name
    (as an index into ``names``) that holds a token, or -1; ``role_at`` the role noun at a token, ``role_of_name`` the role
    noun before the name that begins at a token. A place that is no
    country is no actor until it speaks (`speaking_place`); describing somebody who has no name (`describe`) adds an
    actor. No two actors have the same id, and `records` keeps their order.
    """

    def __init__(self, tokens: Tokens, language: str = "it", title: str | None = None) -> None:
        self.tokens = tokens
        self.language = language
        self.words = SpeakerWords.load(language)
        self.title = title
        self.actors: list[InArticleActor] = []
        self.names: list[Name] = find_names(tokens, self.words)
        self.actor_at: dict[int, int] = {}
        self.name_at: list[int] = [-1] * tokens.n
        for k, name in enumerate(self.names):
            self.name_at[name.first : name.last + 1] = [k] * (name.last + 1 - name.first)
        self.role_at: dict[int, RoleNoun] = {}
        self.role_of_name: dict[int, int] = {}
        self._index: dict[tuple[str, bool], int] = {}
        self._place_at: dict[int, InArticleActor] = {}
        self._nouns: dict[str, list[int]] | None = None
        self._cluster()
        self._find_roles()
        self._settle()

    # -- names -----------------------------------------------------------------------------------------------------

    def _cluster(self) -> None:
        """Put the names that are one actor together: surname and full name, acronym and what it stands for."""
        surfaces: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for k, name in enumerate(self.names):
            surfaces[tuple([folded(w) for w in name.words])].append(k)
        self._expansions = self._parentheses()
        votes = {s: self._votes(s, ks) for s, ks in surfaces.items()}
        self._of_name: list[int] = [-1] * len(self.names)
        by_last: dict[str, list[int]] = defaultdict(list)
        by_first: dict[str, list[int]] = defaultdict(list)
        keys: list[tuple[str, ...]] = []
        order = sorted(surfaces, key=lambda s: (-len(s), surfaces[s][0]))
        for s in order:
            kind = votes[s]
            found = self._antecedents(s, kind, by_last, by_first, keys)
            if not found:
                actor = self._new_actor(surfaces[s], kind)
                index = self._index.setdefault((fold(actor.name), True), len(self.actors))
                if index == len(self.actors):
                    self.actors.append(actor)
                    keys.append(s)
                if self.actors[index].kind == "person" or kind == "":
                    by_last[s[-1]].append(index)
                by_first[s[0]].append(index)
                found = [index]
            for k in surfaces[s]:
                self._of_name[k] = self._nearest(found, k) if len(found) > 1 else found[0]
                self._add_name(k)

    def _votes(self, surface: tuple[str, ...], ks: list[int]) -> str:
        """The kind of name that most of its mentions suggest."""
        count: Counter[str] = Counter()
        for k in ks:
            name = self.names[k]
            count[name.kind] += 1 if name.kind else 0
            if name.titled:
                count["PER"] += 2
        if len(surface) > 1 and self.names[ks[0]].words[0] in self.words.genders:
            count["PER"] += 1
        return min(count, key=lambda kind: (-count[kind], kind)) if any(count.values()) else ""

    def _parentheses(self) -> dict[int, str]:
        """For each acronym in parentheses, the index of its name and the phrase before it that it stands for."""
        t, out = self.tokens, {}
        for k, name in enumerate(self.names):
            i = name.first
            acronym = name.text.replace(".", "")
            if not (i > 1 and t.form[i - 1] == "(" and name.last + 1 < t.n and t.form[name.last + 1] == ")"):
                continue
            if len(name.words) > 1 or not 2 <= len(acronym) <= 8 or sum(c.isupper() for c in acronym) < 2:
                if len(acronym) != 2 or not acronym[0].isupper():
                    continue
            first = self._spelled_out(acronym, i - 2)
            if first is not None:
                out[k] = without_article(t, self.words, first, i - 2)
        return out

    def _spelled_out(self, acronym: str, last: int) -> int | None:
        """Where the phrase that ends at ``last`` and spells the acronym's letters begins."""
        t, left = self.tokens, [c.lower() for c in acronym if c.isalpha()]
        for i in range(last, max(-1, last - 12), -1):
            if t.sent[i] != t.sent[last] or t.pos[i] == "PUNCT":
                break
            if left and folded(t.form[i])[:1] == left[-1] and t.pos[i] not in ("ADP", "DET", "CCONJ"):
                left.pop()
                if not left:
                    return i
        previous = self.name_at[last]
        if previous >= 0 and len(self.names[previous].words) > 1:
            return self.names[previous].first
        head = last
        while t.head[head] != head and t.sent[t.head[head]] == t.sent[last] and t.right[t.head[head]] <= last + 3:
            head = t.head[head]
            if t.pos[head] == "NOUN" and noun_phrase(t, self.words, head)[1] == last:
                break
        entry = self.words.nominal(t, head)
        if head < last and entry and entry[0] == "organization" and noun_phrase(t, self.words, head)[1] == last:
            return head
        return None

    def _antecedents(
        self,
        s: tuple[str, ...],
        kind: str,
        by_last: dict[str, list[int]],
        by_first: dict[str, list[int]],
        keys: list[tuple[str, ...]],
    ) -> list[int]:
        """The clusters made so far, of longer names, that a shorter name may belong to."""
        n = len(s)
        text = " ".join(s)
        out = [a for a in by_last.get(s[-1], ()) if len(keys[a]) > n and keys[a][-n:] == s]
        if out and kind not in ("LOC",):
            return out
        if kind in ("PER", "") and n == 1:
            out = [
                a for ks in by_first.values() for a in ks
                if len(keys[a]) > 1 and self.actors[a].kind == "person" and (s[0] in keys[a])
            ]  # fmt: skip
            if out:
                return out if len(out) == 1 else []
        if kind in ("PER", "") and n > 1:
            out = [a for a in by_last.get(s[-1], ()) if len(keys[a]) > n and set(s) <= set(keys[a])]
            if out:
                return out
        if kind in ("ORG", "", "PER") and n >= 1:
            out = [a for a in by_first.get(s[0], ()) if len(keys[a]) > n and keys[a][:n] == s
                   and self.actors[a].kind != "person"]  # fmt: skip
            if out and text not in {folded(w) for w in self.words.organizations}:
                return out[:1]
        if n == 1 and 1 < len(text) <= 7:
            for a, key in enumerate(keys):
                if len(key) > 1 and self.actors[a].kind != "person" and _abbreviates(text, self.actors[a].name):
                    return [a]
        return []

    def _new_actor(self, ks: list[int], kind: str) -> InArticleActor:
        name = self.names[ks[0]]
        text = name.text
        expansion = next((self._expansions[k] for k in ks if k in self._expansions), None)
        country = self.words.countries.get(text)
        metonym = self.words.metonyms.get(text)
        actor_kind: ActorKind
        if country:
            actor_kind = "country"
        elif kind == "PER":
            actor_kind = "person"
        elif kind == "LOC":
            actor_kind = "unknown"
        elif kind == "ORG":
            actor_kind = "organization"
        else:
            actor_kind = "unknown"
        actor = InArticleActor(name=text, kind=actor_kind)
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
        given = [a for a in candidates if self.actors[a].name.split()[0] in self.words.genders]
        candidates = given or candidates
        before = [
            (max([i for i in self.actors[a].tokens if i < self.names[k].first], default=-1), a) for a in candidates
        ]
        return max(before, key=lambda pair: (pair[0], -pair[1]))[1]

    def _add_name(self, k: int) -> None:
        t, name = self.tokens, self.names[k]
        actor = self.actors[self._of_name[k]]
        actor.mentions.append(t.span(name.first, name.last))
        actor.tokens.append(name.first)
        text = name.text
        if text != actor.name and text not in actor.aliases:
            actor.aliases.append(text)
        for i in range(name.first, name.last + 1):
            self.actor_at[i] = self._of_name[k]
        if actor.kind == "person" and not actor.gender and name.first:
            det = name.first - 1
            if t.pos[det] == "DET" and t.morph[det].get("Definite") == "Def":
                actor.gender = t.morph[det].get("Gender", "")

    # -- roles -----------------------------------------------------------------------------------------------------

    def _find_roles(self) -> None:
        t, words = self.tokens, self.words
        pos, form = t.pos, t.form
        for i in range(t.n):
            if pos[i] not in ("NOUN", "PROPN", "ADJ") or self.name_at[i] >= 0:
                continue
            entry = words.nominals.get(t.lemma[i]) or words.nominals.get(form[i])
            if entry is None or entry[0] != "person" or t.morph[i].get("Number") == "Plur":
                continue
            found = self._name_after(i) or self._name_before(i) or self._name_of_copula(i)
            if found is None:
                continue
            k, last, by_comma = found
            index = self._of_name[k]
            actor = self.actors[index]
            if actor.kind not in ("person", "unknown"):
                continue
            actor.kind, actor.place = "person", False
            name = self.names[k]
            if entry[1] in ("f", "m") and not actor.gender:
                actor.gender = "Fem" if entry[1] == "f" else "Masc"
            modifiers = frozenset(
                t.lemma[j] for j in range(i + 1, last + 1) if pos[j] in ("NOUN", "PROPN", "ADJ")
            )
            name = self.names[k]
            if name.first > i:
                if name.first in self.role_of_name:
                    continue  # "il segretario del partito e ministro X": the first role holds the rest
                self.role_of_name[name.first] = i
            self.role_at[i] = RoleNoun(i, t.lemma[i], modifiers, index, (i, last), by_comma, (name.first, name.last))
            self.actor_at[i] = index
            actor.roles.append((*self._role_words(i, last), t.start[i], t.end[last]))

    def _name_after(self, i: int) -> tuple[int, int, bool] | None:
        """The name that stands after a role noun ("il premier cinese X", "il ministro, X, ha"), with the role's end."""
        t = self.tokens
        fallback: tuple[int, int, bool] | None = None
        j = i + 1
        limit = min(t.n, i + _REACH)
        while j < limit and t.sent[j] == t.sent[i]:
            k = self.name_at[j]
            if k >= 0:
                name = self.names[k]
                last_pos = t.pos[j - 1]
                if last_pos not in ("ADP", "DET"):
                    if self.actors[self._of_name[k]].kind == "person":
                        return k, j - 1, False
                    if j == i + 1 and not name.kind and len(name.text) > 3:
                        fallback = k, j - 1, False
                j = name.last + 1
                continue
            if t.form[j] == "(" and ")" in t.form[j : j + 8]:
                j = t.form.index(")", j) + 1  # "il leader dei Greci indipendenti (ANEL), X"
                continue
            if t.form[j] == "," and j + 1 < limit and self.name_at[j + 1] >= 0:
                k = self.name_at[j + 1]
                after = self.names[k].last + 1
                closed = after >= t.n or t.form[after] in (",", ".", ";", ":", ")", "(") or t.pos[after] in ("VERB", "AUX")
                return (k, j - 1, True) if closed and self._may_be_person(k) else fallback
            if t.pos[j] not in _BRIDGE and not (t.pos[j] == "CCONJ" and self._inside_phrase(j)):
                return fallback
            j += 1
        return fallback

    def _inside_phrase(self, j: int) -> bool:
        """Whether a conjunction joins two parts of one office ("beni e attività culturali")."""
        t = self.tokens
        return j + 1 < t.n and self.name_at[j + 1] < 0 and t.pos[j + 1] in ("NOUN", "ADJ", "ADP")

    def _name_before(self, i: int) -> tuple[int, int, bool] | None:
        """The name that a role noun explains ("X, premier cinese", "X (segretario del Pd)"), with the role's end."""
        t = self.tokens
        j = i - 1
        while j > 0 and t.sent[j] == t.sent[i] and t.pos[j] in ("DET", "ADJ", "ADV", "NUM", "NOUN") and i - j < 4:
            j -= 1
        if j <= 0 or t.form[j] not in (",", "(", "-", "–") or t.sent[j] != t.sent[i]:
            return None
        k = self.name_at[j - 1]
        if k < 0 or not self._may_be_person(k):
            return None
        return k, noun_phrase(t, self.words, i)[1], True

    def _name_of_copula(self, i: int) -> tuple[int, int, bool] | None:
        """The name that is said to be what the noun says ("X è il sindaco di Y"), with the role's end."""
        t = self.tokens
        if not t.below(i, "cop"):
            return None
        for c in t.below(i, "nsubj"):
            k = self.name_at[c]
            if k >= 0 and self._may_be_person(k):
                return k, noun_phrase(t, self.words, i)[1], True
        return None

    def _may_be_person(self, k: int) -> bool:
        name = self.names[k]
        return self.actors[self._of_name[k]].kind == "person" or name.kind in ("PER", "")

    def _role_words(self, head: int, last: int) -> tuple[str, str | None]:
        t = self.tokens
        organization = None
        end = last
        for j in range(head + 1, last + 1):
            k = self.name_at[j]
            if k >= 0 and t.pos[j - 1] in ("ADP", "DET"):
                organization = t.words(j, max(j, min(last, self.names[k].last)))
                end = j - 1
                while end > head and t.pos[end] in ("ADP", "DET"):
                    end -= 1
                break
        return " ".join(t.words(head, end).split()), organization

    # -- what is known in the end ------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Names that nobody gave a kind are organisations; capitals of countries that the article names are countries."""
        t = self.tokens
        for actor in self.actors:
            metonym = self.words.metonyms.get(actor.name)
            if metonym and metonym[0] == "capital" and actor.kind != "person":
                actor.of_country = metonym[1]
            if actor.kind == "unknown" and not actor.place:
                actor.kind = "organization"
        self._countries = {self.words.countries[a.name] for a in self.actors if a.name in self.words.countries}
        self._countries |= {
            self.words.demonyms[lemma] for lemma, pos in zip(t.lemma, t.pos, strict=True)
            if pos in ("ADJ", "NOUN") and lemma in self.words.demonyms
        }  # fmt: skip

        kept = [k for k, actor in enumerate(self.actors) if not actor.place]
        new = {old: k for k, old in enumerate(kept)}
        self._place_at = {i: self.actors[k] for i, k in self.actor_at.items() if k not in new}
        self.actor_at = {i: new[k] for i, k in self.actor_at.items() if k in new}
        for role in self.role_at.values():
            role.actor = new[role.actor]
        self.actors = [self.actors[k] for k in kept]
        self._index = {(fold(actor.name), True): k for k, actor in enumerate(self.actors)}

    def speaking_place(self, i: int) -> int | None:
        """The actor that speaks where the place named at ``i`` does: for a capital its country, if the article knows it."""
        place = self._place_at.get(i)
        if place is None:
            return None
        metonym = self.words.metonyms.get(place.name)
        country = metonym[1] if metonym and metonym[1] in self._countries else None
        index = self._add(
            InArticleActor(
                name=country or place.name, kind="country" if country else "organization",
                aliases=[place.name, *place.aliases] if country else list(place.aliases), of_country=place.of_country,
            ),
        )  # fmt: skip
        for span, token in zip(place.mentions, place.tokens, strict=True):
            if span not in self.actors[index].mentions:
                self.actors[index].mentions.append(span)
                self.actors[index].tokens.append(token)
        return index

    def _add(self, actor: InArticleActor) -> int:
        """The index of an actor, added where the article has none of that name yet."""
        if actor.kind == "country":
            for k, other in enumerate(self.actors):
                if self.words.countries.get(other.name) == actor.name:
                    other.aliases += [a for a in actor.aliases if a not in other.aliases]
                    return k
        key = (fold(actor.name), actor.proper)
        index = self._index.setdefault(key, len(self.actors))
        if index == len(self.actors):
            self.actors.append(actor)
        return index

    def describe(self, head: int, first: int, last: int, *, kind: ActorKind, proper: bool = False) -> int:
        """The actor that a phrase describes, added where the article has not described it in the same words before."""
        t = self.tokens
        plural = t.morph[head].get("Number") == "Plur"
        index = self._add(
            InArticleActor(
                name=without_article(t, self.words, first, last), kind=kind, number="Plur" if plural else "Sing",
                proper=proper, lemma=t.lemma[head], gender=t.morph[head].get("Gender", ""),
            )
        )  # fmt: skip
        self.note_mention(index, head, first, last)
        return index

    def join(self, members: Iterable[int], name: str, span: tuple[int, int], head: int) -> int:
        """The actor that several who speak together make ("PACE e Amnesty International")."""
        kinds = {self.actors[m].kind for m in members}
        kind: ActorKind = next(iter(kinds)) if kinds in ({"organization"}, {"country"}, {"document"}) else "group"
        index = self._add(InArticleActor(name=name, kind=kind, number="Plur", proper=False))
        if span not in self.actors[index].mentions:
            self.actors[index].mentions.append(span)
            self.actors[index].tokens.append(head)
        return index

    def nouns(self) -> dict[str, list[int]]:
        """Where each noun stands that can be a source, by lemma."""
        if self._nouns is None:
            t, self._nouns = self.tokens, defaultdict(list)
            for i in range(t.n):
                if t.pos[i] == "NOUN" and t.lemma[i] in self.words.nominals:
                    self._nouns[t.lemma[i]].append(i)
        return self._nouns

    def note_mention(self, index: int, head: int, first: int, last: int) -> None:
        """Remember that a phrase stands for an actor."""
        actor, span = self.actors[index], self.tokens.span(first, last)
        if span not in actor.mentions:
            actor.mentions.append(span)
            actor.tokens.append(head)

    def records(self, article_id: str) -> tuple[tuple[Actor, ...], tuple[Mention, ...], tuple[Role, ...]]:
        """The actors in the order of ``actors``, their mentions and roles; a description is this article's own actor."""
        text = self.tokens.text
        actors: list[Actor] = []
        mentions: set[Mention] = set()
        roles: set[Role] = set()
        for actor in self.actors:
            id_ = actor_id(actor.name, "" if actor.proper else article_id)
            actors.append(Actor(id_, actor.name, actor.kind, tuple(sorted(set(actor.aliases))), None, actor.of_country))
            mentions |= {Mention(a, b, text[a:b], id_) for a, b in actor.mentions}
            roles |= {Role(id_, role, org, Span.of(text, a, b)) for role, org, a, b in actor.roles}
        ordered = sorted(roles, key=lambda r: (r.evidence, r.actor_id, r.role))
        return tuple(actors), tuple(sorted(mentions)), tuple(ordered)


def _abbreviates(acronym: str, name: str) -> bool:
    """Whether a folded acronym takes all capitalised words of a name by their first letter, and some of the others."""
    words = name.replace("'", " ").replace("’", " ").split()
    every = folded("".join([w[0] for w in words]))
    capital = folded("".join([w[0] for w in words if not w[0].islower()]))
    return _within(acronym, every) and _within(capital, acronym)


def _within(short: str, long: str) -> bool:
    """Whether the letters of one word stand in another in their order."""
    letters = iter(long)
    return all(c in letters for c in short)
