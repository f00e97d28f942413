"""Who stands at a token: the actors that a phrase means, one for each of several joined by "e"."""

from __future__ import annotations

from functools import cached_property

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.actors.name_clusters import abbreviates
from portavoce.extract.actors.names import written
from portavoce.extract.actors.noun_phrases import noun_phrase, without_article
from portavoce.extract.relations.found import Party
from portavoce.extract.relations.grammar import Grammar, preposition
from portavoce.extract.relations.references import References
from portavoce.extract.relations.words import RelationWords
from portavoce.extract.speakers.anaphors import anaphor_of_mention
from portavoce.extract.speakers.descriptions import described_kind, fullest_description
from portavoce.extract.speakers.mentions import SpeakerMention, mention_at
from portavoce.extract.speakers.named import named_by
from portavoce.ids import fold

_ANNOUNCED = 12
"""Tokens behind a plural noun in which the list that it announces begins."""
_MOST = 20
"""Actors of one list that take part in a deed, at most: two lists make as many relations as their product."""
_BACK = 60
"""Tokens before a pronoun in which a group is looked for."""
_ACRONYM = 7
_SHARED = 200
"""Organisations with one first letter that an acronym is compared with, at most."""
_ROW = 9
"""Tokens between two names of a list, at most ("A, 53 anni, e il capitano B")."""
_APPOSED = ("nmod", "appos", "flat", "flat:name", "compound", "conj")
_FOLLOWERS = ("iani", "isti", "esi")
"""Endings of plurals that name the followers of somebody or the people of a place."""
_PEOPLE = ("NOUN", "PROPN", "X")


class Parties:
    """The parties of one article."""

    def __init__(
        self,
        actors: Actors,
        words: RelationWords,
        grammar: Grammar,
        references: References,
    ) -> None:
        self.actors, self.words, self.grammar, self.references = actors, words, grammar, references
        self.t = actors.tokens
        self._known: dict[int, list[Party]] = {}

    # -- who -------------------------------------------------------------------------------------------------------

    def of(self, i: int, *, owners: bool = False) -> list[Party]:
        """The actors that the phrase around a token means; with ``owners`` whose a thing is, where it means a thing."""
        key = -1 - i if owners else i
        if key not in self._known:
            self._known[key] = []  # a phrase inside itself means nobody
            self._known[key] = self._found(i, owners=owners)
        return self._known[key]

    def owners(self, i: int) -> list[Party]:
        """Whose a thing is: behind "di", or by a possessive."""
        t = self.t
        if t.lemma[i] in self.words.any("no-thing"):
            return []  # "all'interno della Nato"
        for c in t.children[i]:
            if (
                t.dep[c].split(":", 1)[0] in ("nmod", "obl")
                and c > i
                and preposition(t, c) == "di"
                and (found := self.of(c))
            ):
                return found
        sustained = [c for c in t.children[i] if t.dep[c] == "acl" and self.grammar.clause(c).passive]
        if found := [p for c in sustained for agent in self.grammar.clause(c).agents() for p in self.of(agent)]:
            return found  # "la proposta sostenuta dal governo"
        after = next((j for j in range(i + 1, min(i + 6, t.n)) if t.pos[j] not in ("ADJ", "ADV", "DET", "ADP")), -1)
        if after > i and t.sent[after] == t.sent[i] and preposition(t, after) == "di" and (found := self.of(after)):
            return found  # "violato i sistemi del Parlamento", whatever the parser hangs it on
        for c in t.children[i]:
            if t.dep[c] == "det:poss" and (party := self.possessor(c)):
                return [party]
        return []

    def of_subject(self, verb: int) -> list[Party]:
        """Who does what a verb says."""
        subject = self.grammar.subject(verb)
        if subject is None:
            return []
        return self.of(subject.at, owners=True) if subject.at >= 0 else self.of_dropped(subject.verb)

    def of_dropped(self, verb: int) -> list[Party]:
        """Whom the dropped subject of a verb means: in somebody's words the speaker for "io", else an antecedent."""
        t = self.t
        clause = self.grammar.clause(verb)
        morph = t.morph[clause.finite] if clause.finite >= 0 else {}
        if morph.get("Person") in ("1", "2"):
            return self.of_speaker(verb) if morph["Person"] == "1" and morph.get("Number") == "Sing" else []
        found = self._resolved(self.references.of_null(verb), verb)
        return found if morph.get("Number") != "Plur" or (found and found[0].kind != "person") else []

    def of_speaker(self, i: int) -> list[Party]:
        """Who says the words at a token."""
        index = self.references.speaker_at(i)
        return [self.known(index, i, "speaker")] if index is not None else []

    def _resolved(self, found: tuple[int, str] | None, at: int) -> list[Party]:
        return [self.known(found[0], at, found[1])] if found is not None else []

    def _found(self, i: int, *, owners: bool) -> list[Party]:
        t = self.t
        if t.form[i] in self.words.relatives:
            noun = self.grammar.antecedent(i)
            return self.of(noun, owners=owners) if noun >= 0 else []
        if t.pos[i] in ("DET", "NUM"):
            i = next((c for c in t.children[i] if t.pos[c] in ("NOUN", "PROPN") and not preposition(t, c)), i)
        head = t.head[i]
        if t.dep[i] in ("appos", "nmod") and head < i and self._explains(i, head):
            return self.of(head)
        out: list[Party] = []
        for m in self._members(i):
            party = self._one(m)
            found = [party] if party is not None else self.owners(m) if owners else []
            out += [p for p in found if all(p.name != q.name for q in out)]
        return out

    def _explains(self, i: int, head: int) -> bool:
        """Whether a plural behind a comma says who several named before are: "A e B, i coniugi accusati"."""
        t, a = self.t, self.actors
        if preposition(t, i) or a.name_at[head] < 0 or a.name_at[i] >= 0 or not self.is_plural(i):
            return False
        return any(t.form[j] == "," for j in range(head, i)) and len(self.of(head)) > 1

    def _members(self, i: int) -> list[int]:
        """The heads of the phrases joined to the one at ``i``, itself first; names behind a plural title instead of it."""
        t, a = self.t, self.actors
        if listed := self._listed_behind(i):
            return listed[:_MOST]
        heads = [i]
        after = next((c for c in t.children[i] if c > i and a.name_at[c] >= 0 and t.dep[c] in _APPOSED), -1)
        if i + 1 < t.n and t.sent[i + 1] == t.sent[i] and self.is_person(i + 1) and a.name_at[i + 1] >= 0:
            after = i + 1  # wherever the parser hangs it: "la solidarietà dei ministri A e B"
        if (
            after >= 0
            and i not in a.actor_at
            and self.is_plural(i)
            and not preposition(t, after)
            and self.is_person(after)
        ):
            heads = [after]
        queue = [i, *heads]
        for h in queue:
            for c in t.children[h]:
                if t.dep[c] == "conj" and t.pos[c] in (*_PEOPLE, "PRON") and c > h and c not in queue:
                    if any(t.pos[j] == "VERB" and a.name_at[j] < 0 for j in range(h + 1, c)) and t.pos[c] != "PROPN":
                        continue
                    heads.append(c)
                    queue.append(c)
            if len(heads) >= _MOST:
                break
        return list(dict.fromkeys(heads))[:_MOST]

    def _listed_behind(self, i: int) -> list[int]:
        """The names that a plural noun announces: behind a colon ("tre giurati: A, B e C") or behind "come"."""
        t, a = self.t, self.actors
        if t.pos[i] != "NOUN" or a.name_at[i] >= 0 or i in a.actor_at or not self.is_plural(i):
            return []
        end = t.sentences[t.sent[i]][1]
        for j in range(i + 1, min(i + _ANNOUNCED, end)):
            if t.form[j] == ":" or t.form[j] in self.words.any("such-as"):
                found = self.named_in_row(j + 1, strict=t.form[j] != ":")
                return [k for k in found if t.form[j] != ":" or self.is_person(k)] if len(found) > 1 else []
            if t.pos[j] in ("VERB", "AUX") and t.form[j] not in self.words.participles:
                break
        return []

    def named_in_row(self, start: int, *, strict: bool = True) -> list[int]:
        """The names that stand one after the other from a token on, with nothing but commas, "e", titles and ages between."""
        t, a = self.t, self.actors
        out: list[int] = []
        j, gap, end = start, 0, t.sentences[t.sent[start]][1] if start < t.n else start
        while j < end and gap < _ROW:
            k = a.name_at[j]
            if k >= 0:
                out.append(j)
                j, gap = a.names[k].last + 1, 0
                continue
            if (
                t.pos[j] in ("VERB", "AUX", "SCONJ")
                or t.form[j] in (".", ";", ")")
                or (strict and out and t.pos[j] == "ADP")
            ):
                break
            gap += 1
            j += 1
        return out

    def name_behind(self, i: int) -> Party | None:
        """A person behind a noun and a comma, with titles between ("sindaco di A, dott. Mario Rossi")."""
        t, a = self.t, self.actors
        _, last = noun_phrase(t, a.words, i)
        j = last + 1
        if self.is_plural(i) or j >= t.n or t.form[j] != ",":
            return None
        j += 1
        while j < t.n and j < last + 6 and (t.form[j] in a.words.titles or t.form[j] == "." or t.pos[j] == "DET"):
            j += 1
        if j < t.n and t.sent[j] == t.sent[i] and a.name_at[j] >= 0 and self.is_person(j):
            after = a.names[a.name_at[j]].last + 1
            if after >= t.n or t.pos[after] in ("PUNCT", "VERB", "AUX"):
                return self.known(a.actor_at[j], j, "apposition")
        role = a.role_at.get(j) if j < t.n and t.sent[j] == t.sent[i] else None
        if role is not None and role.name[0] > j:  # "la madre di A, la cantante B"
            return self.known(role.actor, role.name[0], "apposition")
        return None

    def listed(self, start: int) -> list[Party]:
        """The persons named one after the other from a token on, with nothing but commas, "e", titles and ages between."""
        a = self.actors
        found = [j for j in self.named_in_row(start) if self.is_person(j)]
        return [Party(a.actors[a.actor_at[j]].name, "person", j, "listed", a.actor_at[j]) for j in found]

    def is_plural(self, i: int) -> bool:
        """Whether the phrase around a noun is plural, by its article as well."""
        first, _ = noun_phrase(self.t, self.actors.words, i)
        return self.actors.words.agreement(self.t, first, i)[1] == "Plur"

    def is_person(self, i: int) -> bool:
        """Whether an actor of the article stands at a token that is a person."""
        index = self.actors.actor_at.get(i)
        return index is not None and self.actors.actors[index].kind == "person"

    def known(self, index: int, at: int, how: str) -> Party:
        """An actor of the article as a party; a country under its usual name."""
        actor = self.actors.actors[index]
        if actor.kind == "country":
            index = self.actors.country(self.actors.words.countries.get(actor.name, actor.name))
            actor = self.actors.actors[index]
        return Party(actor.name, actor.kind, at, how, index)

    def _one(self, i: int) -> Party | None:
        t, a = self.t, self.actors
        if t.pos[i] == "PRON":
            return self._pronoun(i)
        k = a.name_at[i]
        if k >= 0 and i not in a.actor_at and a.is_place(i):
            return self._place(i)
        if i in a.actor_at and k >= 0:
            return self.known(a.actor_at[i], i, "name")
        mention = mention_at(a, i)
        if mention is None:
            following = a.name_at[i + 1] if i + 1 < t.n else -1
            if following >= 0 and i + 1 in a.actor_at and t.pos[i] in _PEOPLE:
                return self.known(a.actor_at[i + 1], i + 1, "name")
            if i in a.actor_at:
                return self.known(a.actor_at[i], i, "role")
            return None
        named = named_by(a, mention)
        if named is not None and named.index is not None:
            return self.known(named.index, i, named.rule)
        return self._noun(mention)

    def place(self, i: int) -> Party | None:
        """The place named at a token as the town or region that it is, not as the capital that stands for a state."""
        a = self.actors
        k = a.name_at[i]
        if k < 0 or not a.is_place(i):
            return None
        name = a.names[k]

        def make() -> int:
            return a.describe(i, name.first, name.last, kind="organization", proper=True, name=name.text)

        return Party(name.text, "organization", i, "place", None, make)

    def _place(self, i: int) -> Party:
        a = self.actors
        name = a.place_name(i)
        return Party(name, "organization", i, "place", None, lambda: a.speaking_place(i))

    def country_of(self, i: int) -> Party:
        """The country of an adjective ("l'attacco russo")."""
        return self.country(self.actors.words.demonyms[self.t.lemma[i]], i)

    def country(self, name: str, at: int = -1) -> Party:
        """A country by its name."""
        a = self.actors
        return Party(name, "country", at, "country", None, lambda: a.country(name))

    # -- nouns and pronouns --------------------------------------------------------------------------------------------

    def _noun(self, m: SpeakerMention) -> Party | None:
        """Whom a common noun means: an actor known already, or the group, body or office-holder that it describes."""
        t, a = self.t, self.actors
        i, lemma = m.head, t.lemma[m.head]
        if lemma in self.words.any("transparent"):
            for c in t.below(i, "nmod"):
                if preposition(t, c) == "di" and (inner := self.of(c)):
                    return inner[0]
        if lemma in self.words.nouns and (lemma not in self.words.any("body") or m.last > i):
            return None
        entry = a.words.nominal(t, i)
        kind = entry[0] if entry else "group" if lemma in self.words.any("group") else ""
        if not kind and (lemma in self.words.roles or lemma in self.words.kin):
            kind = "person"
        if not kind and t.form[i].endswith(_FOLLOWERS):
            kind = "group"
        if kind not in ("person", "organization", "group") or lemma in self.words.any("no-actor"):
            return None
        definite, number, _ = a.words.agreement(t, m.first, i)
        plural = number == "Plur"
        counted = any(t.pos[j] == "NUM" for j in range(m.first, i))
        if definite == "Ind" or (definite == "bare" and not plural and kind == "person"):
            return None
        if kind == "person" and not plural and (behind := self.name_behind(i)):
            return behind
        anaphor = anaphor_of_mention(a, m)
        if counted and definite != "Def" and not (kind != "person" and anaphor.modifiers):
            return None
        if not plural or definite == "Def":
            known = self._resolved(self.references.of_noun(m), i)
            if known:
                return known[0]
        if kind == "person" and not plural and not anaphor.modifiers:
            return None
        if (
            kind == "organization"
            and not plural
            and not anaphor.modifiers
            and (index := self._named_like(i)) is not None
        ):
            return self.known(index, i, "same noun")
        first, last = fullest_description(a, m, anaphor)
        while first < last and t.pos[first] == "ADP":
            first += 1
        head = i if first <= i <= last else first  # the fullest phrase may stand elsewhere
        for j in range(head + 1, last + 1):
            if a.name_at[j] >= 0 and self.is_person(j) and t.pos[j - 1] not in ("ADP", "DET"):
                last = j - 1
                break
        name = without_article(t, a.words, first, last)
        described = described_kind(a, i, plural=plural) if entry else "group"
        return Party(name, described, i, "description", None, lambda: a.describe(i, first, last, kind=described))

    def _named_like(self, i: int) -> int | None:
        """The one organisation whose name begins with the noun ("la Corte" where the article names "Corte dei conti")."""
        t = self.t
        word = fold(t.form[i])
        if len(word) <= _ACRONYM and (written(t, i).isupper() or t.pos[i] == "PROPN"):
            near = self._organizations.get(word[:1], [])[:_SHARED]
            short = [k for k in near if " " in self._name(k) and abbreviates(word, self._name(k))]
            if len(short) == 1:
                return short[0]
        found = self._organizations.get(word, [])
        return found[0] if len(found) == 1 else None

    def _name(self, index: int) -> str:
        return self.actors.actors[index].name

    @cached_property
    def _organizations(self) -> dict[str, list[int]]:
        """The organisations that have a name, by its first word and by its first letter."""
        out: dict[str, list[int]] = {}
        for k, actor in enumerate(self.actors.actors):
            if actor.proper and actor.kind == "organization" and (words := fold(actor.name).split(" ", 1)):
                for key in {words[0], words[0][:1]}:
                    out.setdefault(key, []).append(k)
        return out

    def _pronoun(self, i: int) -> Party | None:
        t = self.t
        morph = t.morph[i]
        if morph.get("PronType") in ("Ind", "Int", "Neg", "Tot") or t.form[i] in self.words.any("no-actor"):
            return None
        if morph.get("Person") in ("1", "2") or t.form[i] in ("mi", "me", "io"):
            found = self.of_speaker(i) if t.form[i] in ("mi", "me", "io") else []
            return found[0] if found else None
        if t.form[i] in self.words.any("them"):
            return self._group_before(i)
        found = self._resolved(self.references.of_pronoun(i), i)
        return found[0] if found else None

    def _group_before(self, i: int) -> Party | None:
        """The group named last in the sentence before "li", that is not its subject."""
        t = self.t
        subject = self.grammar.subject(t.head[i])
        for j in range(i - 1, max(t.sentences[t.sent[i]][0], i - _BACK) - 1, -1):
            if t.pos[j] == "NOUN" and (subject is None or j != subject.at) and self.is_plural(j):
                found = [p for p in self.of(j) if p.kind == "group"]
                if found:
                    return found[0]
        return None

    def possessor(self, i: int) -> Party | None:
        """Whom the possessive at a token means."""
        first = self.t.form[i] in self.words.any("first-person")
        found = self.of_speaker(i) if first else self._resolved(self.references.of_possessive(i), i)
        return found[0] if found else None
