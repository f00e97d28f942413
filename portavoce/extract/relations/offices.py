"""Who holds which office where, who belongs to a body, and whose a body is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.actors.noun_phrases import noun_phrase
from portavoce.extract.relations.found import Found, Party
from portavoce.extract.relations.grammar import Grammar, preposition
from portavoce.extract.relations.modality import modality_of
from portavoce.extract.relations.parties import Parties
from portavoce.extract.relations.words import RelationWords
from portavoce.extract.tokens import Tokens
from portavoce.records import Modality

_APPOSED = ("nmod", "appos", "flat", "flat:name", "compound", "conj", "parataxis", "dep")
_CLOSE = (",", "(", "-", "–")
_SHORTEST = 4
"""Letters that a word must have to be taken for the name of a body for its capital alone."""


class Offices:
    """Finds offices, memberships and owners in one article."""

    def __init__(self, actors: Actors, words: RelationWords, grammar: Grammar, parties: Parties) -> None:
        self.actors, self.words, self.grammar, self.parties = actors, words, grammar, parties
        self.t: Tokens = actors.tokens

    def at(self, i: int) -> Iterator[Found]:
        """Which office, membership or ownership the word at a token tells."""
        t = self.t
        if t.pos[i] not in ("NOUN", "PROPN", "ADJ"):
            return
        if self.actors.name_at[i] >= 0:
            yield from self._owner(i)
        elif self.words.kin_of(t.form[i], t.lemma[i]):
            return  # kinship.py reads these
        elif self._sort(i):
            yield from self._office(i)
            yield from self._members(i)
        else:
            yield from self._owner(i)

    def _sort(self, i: int) -> str:
        """What an office belongs to as the list of offices has it; a secretary "di Stato" serves a state."""
        t = self.t
        sort = self.words.roles.get(t.lemma[i]) or self.words.roles.get(t.form[i], "")
        if sort == "body" and i + 2 < t.n and t.pos[i + 1] == "ADP" and t.lemma[i + 2] in self.words.any("department"):
            return "state" if t.lemma[i + 2] in self.words.any("state") else sort
        return sort

    # -- offices -------------------------------------------------------------------------------------------------------

    def _office(self, i: int) -> Iterator[Found]:
        holders = self._holders(i)
        if not holders:
            return
        bodies, last = self._bodies(i, min((p.at for p in holders if p.at > i), default=-1))
        start = self.t.sentences[self.t.sent[i]][0]
        first = i - 1 if i > start and self.actors.words.is_former(self.t, i - 1) else i
        for holder in holders:
            for body in bodies:
                if body.index is None or body.index != holder.index:
                    words = self.t.words(first, last)
                    yield Found("role", holder, body, (first, last), self._modality(i), "office", words)
                    if self._appointed(i):
                        yield Found(
                            "agree",
                            body,
                            holder,
                            (self.t.head[i],) * 2,
                            modality_of(self.grammar, self.words, self.t.head[i]),
                            "appointed",
                        )

    def _modality(self, i: int) -> Modality:
        """An office beside a name is actual; one that is said of somebody is as the verb says."""
        t, head = self.t, self.t.head[i]
        if t.below(i, "cop"):
            return modality_of(self.grammar, self.words, i)
        if t.lemma[head] in self.words.any("become") and t.pos[head] in ("VERB", "AUX"):
            return modality_of(self.grammar, self.words, head)
        return "actual"

    def _appointed(self, i: int) -> bool:
        """Whether somebody is put into the office without a word of who does it: "è stato eletto presidente della Camera"."""
        t, head = self.t, self.t.head[i]
        if t.lemma[head] not in self.words.any("appoint"):
            return False
        clause = self.grammar.clause(head)
        return clause.passive and not any(self.parties.of(c) for c in clause.agents())

    def _holders(self, i: int) -> list[Party]:
        """Who holds the office: the name behind the noun or before it, the subject of a copula or of "è stato eletto"."""
        t, a = self.t, self.actors
        role = a.role_at.get(i) or (
            a.role_at.get(i - 1) if i and t.form[i - 1] in a.words.titles else None
        )  # "l'ex premier"
        if role is not None and self._of_next_office(i, role.name[0]):
            return []
        if role is not None:
            actor = a.actors[role.actor]
            first = Party(actor.name, actor.kind, role.name[0], "role", role.actor)
            return [first, *self.parties.listed(role.name[0])[1:]] if self.parties.is_plural(i) else [first]
        if behind := self.parties.name_behind(i):
            return [behind]
        if self.parties.is_plural(i):
            named = self._named_behind(i)
            if named:
                return named
        for c in t.children[i]:
            if t.dep[c] == "appos" and c in a.actor_at and a.name_at[c] >= 0:
                return [p for p in self.parties.of(c) if p.kind == "person"]
        if t.dep[i] == "appos" and t.head[i] < i:
            found = [p for p in self.parties.of(t.head[i]) if p.kind == "person"]
            return found[:1]
        if t.below(i, "cop"):
            return [p for p in self.parties.of_subject(i) if p.kind == "person"]
        head = t.head[i]
        if (
            head != i
            and t.lemma[head] in self.words.any("become")
            and t.dep[i] in ("xcomp", "obj", "obl", "nsubj", "nsubj:pass")
        ):
            clause = self.grammar.clause(head)
            if t.lemma[head] in self.words.any("appoint") and not clause.passive:
                return [p for c in clause.objects if c != i for p in self.parties.of(c) if p.kind == "person"]
            subject = self.grammar.subject(head)
            if subject is not None and subject.at != i:
                return [p for p in self.parties.of_subject(head) if p.kind == "person"]
            if subject is not None and subject.at == i:
                return [p for p in self.parties.of_dropped(head) if p.kind == "person"]
        return [p for p in self.parties.of(i) if p.how == "office-holder"]

    def _named_behind(self, i: int) -> list[Party]:
        """The persons listed behind a plural office: right behind it, behind a colon or in brackets."""
        t, a = self.t, self.actors
        _, last = noun_phrase(t, a.words, i)
        for start in range(i + 1, last + 2):
            if start < t.n and a.name_at[start] >= 0 and self.parties.is_person(start) and t.pos[start - 1] != "ADP":
                return self.parties.listed(start)
        return [p for p in self.parties.of(i) if p.kind == "person" and p.how == "name"]

    def _of_next_office(self, i: int, name: int) -> bool:
        """Whether a name behind a comma belongs to another office between ("il capo di A e il presidente di B, Rossi")."""
        t = self.t
        return any(
            t.pos[j] == "CCONJ" and j + 2 < name and t.pos[j + 1] == "DET" and self._sort(j + 2)
            for j in range(i + 1, name)
        )

    def _bodies(self, i: int, name: int) -> tuple[list[Party], int]:
        """What an office belongs to, and the last token of the office's words."""
        t, a = self.t, self.actors
        sort = self._sort(i)
        _, last = noun_phrase(t, a.words, i)
        if name > i:
            last = min(last, name - 1)
            last = (
                max(last, min(name - 1, i + 14)) if all(t.form[j] not in (",", "(") for j in range(i, name)) else last
            )
        out: list[Party] = []
        country: Party | None = None
        end = last
        j = i + 1
        while j <= last:
            k = a.name_at[j]
            if k >= 0:
                party = self._named_body(j, sort)
                if party is not None and all(party.name != p.name for p in out):
                    out.append(party)
                    end = min(end, j - 1) if not out[1:] else end
                j = a.names[k].last + 1
                continue
            lemma = t.lemma[j]
            if lemma in a.words.demonyms and t.pos[j] in ("ADJ", "NOUN", "PROPN"):
                country = self.parties.country(a.words.demonyms[lemma])
            elif (
                not out
                and t.pos[j] in ("NOUN", "PROPN")
                and t.pos[j - 1] in ("ADP", "DET", "ADJ")
                and lemma not in self.words.any("department")
            ):
                out += [p for p in self.parties.of(j) if p.kind not in ("person", "document")][:1] or (
                    self._unknown(j) if sort != "state" or t.lemma[i] in self.words.any("of-anything") else []
                )
                j = max(j, noun_phrase(t, a.words, j)[1]) if out else j
            j += 1
        if not out or out[0].kind == "group":
            out += self._behind(i, last)
        if not out and t.lemma[i] in self.words.any("of-town"):
            out += self._town()
        while end > i and t.pos[end] in ("ADP", "DET", "PUNCT", "CCONJ"):
            end -= 1
        if not out and name > i and (place := self._place_behind(name)):
            out = [place]
        if not out and country is not None and sort in ("state", "local"):
            out = [country]
        if not out and sort == "state":
            found_country = self._country_of_article(i, last, titled=name > i)
            if found_country:
                out = [self.parties.country(found_country)]
        return out, max(i, end)

    def _place_behind(self, name: int) -> Party | None:
        """The place that a ruler's name has behind it: "il principe Ranieri di Monaco"."""
        t, a = self.t, self.actors
        j = a.names[a.name_at[name]].last + 2
        if j >= t.n or t.sent[j] != t.sent[name] or a.name_at[j] < 0 or t.form[j - 1] not in self.words.any("of"):
            return None
        return next((p for p in self.parties.of(j) if p.kind == "country" or p.how == "place"), None)

    def _named_body(self, j: int, sort: str) -> Party | None:
        """The body or place that a name inside the words of an office names."""
        t, a = self.t, self.actors
        k = a.name_at[j]
        name = a.names[k]
        if t.lemma[j] in self.words.any("department") or t.form[j] in self.words.any("department"):
            return None
        after = t.pos[name.first - 1] in ("ADP", "DET")
        found = self.parties.of(j)
        party = found[0] if found else None
        if party is None or party.kind == "person":
            return None
        if party.how == "place" and sort != "state":
            party = self.parties.place(j) or party
        if party.how == "place" and sort == "body" and not after:
            return None
        return party

    def _unknown(self, j: int) -> list[Party]:
        """The body of one capitalised word that no list and no pipeline knows: "il presidente della Coldiretti"."""
        t, a = self.t, self.actors
        word = t.text[t.start[j] : t.end[j]]
        if not word[:1].isupper() or word.isupper() or a.words.nominal(t, j) or t.pos[j - 1] not in ("ADP", "DET"):
            return []
        if t.lemma[j] in a.words.demonyms or t.lemma[j] in self.words.any("department") or len(word) < _SHORTEST:
            return []
        return [
            Party(
                word,
                "organization",
                j,
                "name",
                None,
                lambda: a.describe(j, j, j, kind="organization", proper=True, name=word),
            )
        ]

    def _behind(self, i: int, last: int) -> list[Party]:
        """The body under "presso", "a", "in" behind the words of an office ("primario presso l'ospedale", "capogruppo alla Camera")."""
        t = self.t
        for c in t.children[i]:
            if (
                c > last
                and t.dep[c].split(":", 1)[0] in ("nmod", "obl")
                and preposition(t, c) in ("presso", "a", "in", "per")
            ):
                found = [p for p in self.parties.of(c) if p.kind in ("organization", "country") and p.how != "place"]
                if preposition(t, c) == "a":  # "candidato alla presidenza": an office, no body
                    found = [p for p in found if p.how != "description"]
                if found:
                    return found[:1]
        return []

    def _town(self) -> list[Party]:
        """The town of an office that the article does not name beside it."""
        at = self._first_town
        party = self.parties.place(at) if at is not None else None
        return [party] if party else []

    @cached_property
    def _first_town(self) -> int | None:
        """Where the town is named first that the article names most, its offices counting more; None where two are even."""
        a = self.actors
        count: Counter[str] = Counter()
        places: dict[str, int] = {}
        for name in a.names:
            if a.is_place(name.first):
                count[name.text] += 3 if self._beside_town_office(name.first) else 1
                places.setdefault(name.text, name.first)
        if not count:
            return None
        (best, n), *others = count.most_common(2)
        return None if others and others[0][1] == n else places[best]

    def _beside_town_office(self, i: int) -> bool:
        t = self.t
        return i > 1 and t.pos[i - 1] == "ADP" and t.lemma[i - 2] in self.words.any("of-town")

    @cached_property
    def _countries(self) -> Counter[str]:
        """How often the article names each country, by its name or by its adjective."""
        t, a = self.t, self.actors
        count: Counter[str] = Counter()
        for name in a.names:
            if name.text in a.words.countries:
                count[a.words.countries[name.text]] += 2
        for lemma, pos in zip(t.lemma, t.pos, strict=True):
            if pos in ("ADJ", "NOUN") and lemma in a.words.demonyms:
                count[a.words.demonyms[lemma]] += 1
        return count

    def _country_of_article(self, i: int, last: int, *, titled: bool) -> str | None:
        """The country whose office is meant where the article does not say it beside the office.

        A president may be anything's: of another country where it is a title and the article names that country most.
        """
        text = " ".join(self.t.form[i : last + 1])
        home = next(iter(self.words.any("home-country")), None)
        if text in self.words.any("home-office"):
            return home
        if not self._countries:
            return home if self.t.lemma[i] not in self.words.any("of-anything") else None
        (first, n), *others = self._countries.most_common(2)
        if others and others[0][1] == n:
            return None
        if self.t.lemma[i] in self.words.any("of-anything") and (not titled or first == home):
            return None
        return first

    def _members(self, i: int) -> Iterator[Found]:
        """A group that belongs to a named body: "gli azionisti della Fiat"."""
        t = self.t
        if t.lemma[i] not in self.words.any("membership") or not self.parties.is_plural(i):
            return
        group = [p for p in self.parties.of(i) if p.kind == "group"]
        if not group:
            return
        bodies, last = self._bodies(i, -1)
        for body in bodies:
            if body.kind == "organization" and body.how == "name":
                yield Found(
                    "role",
                    group[0],
                    body,
                    (i, i),
                    modality_of(self.grammar, self.words, i),
                    "members",
                    t.words(i, last),
                )

    # -- owners --------------------------------------------------------------------------------------------------------

    def _owner(self, i: int) -> Iterator[Found]:
        """A body that is somebody's: "la Tesla di Elon Musk", "il partito di Rossi"."""
        t, a = self.t, self.actors
        lemma = t.lemma[i]
        if a.name_at[i] >= 0:
            index = a.actor_at.get(i)
            if index is None or a.actors[index].kind != "organization" or a.names[a.name_at[i]].first != i:
                return
        elif lemma not in self.words.any("owned"):
            return
        for c in t.children[i]:
            if (
                t.dep[c].startswith("nmod")
                and preposition(t, c) == "di"
                and self.parties.is_person(c)
                and a.name_at[c] >= 0
            ):
                for body in self.parties.of(i)[:1]:
                    if body.how == "description":
                        continue
                    for owner in self.parties.of(c)[:1]:
                        if body.kind != "person":
                            yield Found("role", owner, body, (i, i), "actual", "owner")  # no word says what office
