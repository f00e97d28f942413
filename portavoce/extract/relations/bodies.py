"""What an office belongs to: the body, place or country beside it, else the town or country that the article speaks of."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.actors.noun_phrases import noun_phrase
from portavoce.extract.relations.clause import preposition
from portavoce.extract.relations.found import Party
from portavoce.extract.relations.parties import Parties
from portavoce.extract.relations.words import RelationWords

_SHORTEST = 4
"""Letters that a word must have to be taken for the name of a body for its capital alone."""


class Bodies:
    """Finds in one article what offices belong to."""

    def __init__(self, actors: Actors, words: RelationWords, parties: Parties) -> None:
        self.actors, self.words, self.parties, self.known = actors, words, parties, parties.known
        self.t = actors.tokens

    def sort(self, i: int) -> str:
        """The sort of what an office belongs to, as the list of offices has it, or nothing; a secretary "di Stato" serves a state."""
        t = self.t
        sort = self.words.roles.get(t.lemma[i]) or self.words.roles.get(t.form[i], "")
        if sort == "body" and i + 2 < t.n and t.pos[i + 1] == "ADP" and t.lemma[i + 2] in self.words.any("department"):
            return "state" if t.lemma[i + 2] in self.words.any("state") else sort
        return sort

    def of(self, i: int, name: int) -> tuple[list[Party], int]:
        """What an office belongs to, and the last token of its words; ``name`` is where its holder stands, -1 where not behind it."""
        t, a = self.t, self.actors
        sort = self.sort(i)
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
                country = self.known.country(a.words.demonyms[lemma])
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
                out = [self.known.country(found_country)]
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
            party = self.known.place(j) or party
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
        party = self.known.place(at) if at is not None else None
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
