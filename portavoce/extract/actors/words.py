"""The word lists of a language that tell who can speak, and what they tell of a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from portavoce.extract.lang import read_table, read_words
from portavoce.extract.tokens import Tokens

_SHORTEST = 6
"""Letters that a noun must have for its ending to tell that it names a person."""

_PREFIXES = ("neo", "vice", "ex-", "co-")


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """The word lists of a language that tell who can speak."""

    nominals: dict[str, tuple[str, ...]]
    countries: dict[str, str]
    demonyms: dict[str, str]
    metonyms: dict[str, tuple[str, ...]]
    genders: dict[str, str]
    titles: frozenset[str]
    organizations: frozenset[str]
    classes: dict[str, str]
    speech: frozenset[str]
    cue_classes: dict[str, str]
    offices: dict[str, str]
    holders: dict[str, frozenset[str]]
    person_endings: dict[str, str]
    noun_endings: dict[str, tuple[str, ...]]
    determiners: dict[str, tuple[str, ...]]
    stand_ins: dict[str, str]
    second_names: dict[str, str]
    phrases: frozenset[str]
    _guessed: dict[str, tuple[str, ...] | None] = field(default_factory=dict)

    @classmethod
    @cache
    def load(cls, language: str) -> SpeakerWords:
        """The lists of a language, read once."""
        return cls(
            nominals={k: (*v, "", "")[:2] for k, v in read_table(language, "nominals").items()},
            countries={k: v[0] for k, v in read_table(language, "countries").items()},
            demonyms={k: v[0] for k, v in read_table(language, "demonyms").items()},
            metonyms={k: (*v, "")[:2] for k, v in read_table(language, "metonyms").items()},
            genders={k: v[0] for k, v in read_table(language, "given_names").items()},
            titles=read_words(language, "titles"),
            organizations=read_words(language, "organization_words"),
            classes={k: v[0] for k, v in read_table(language, "speaker_words").items()},
            speech=frozenset(k for k, v in read_table(language, "cues").items() if v[0] == "NOUN"),
            holders={k: frozenset(v[0].split("|")) for k, v in read_table(language, "officeholders").items()},
            offices={k: v[0] for k, v in read_table(language, "role_synonyms").items()},
            person_endings={k: v[0] for k, v in read_table(language, "person_endings").items()},
            noun_endings={k: tuple(v[0].split()) for k, v in read_table(language, "noun_endings").items()},
            determiners={k: (*v, "", "", "")[:3] for k, v in read_table(language, "determiners").items()},
            phrases=read_words(language, "cue_phrases.tsv"),
            second_names={k: v[0] for k, v in read_table(language, "second_names").items()},
            stand_ins={k: v[0] for k, v in read_table(language, "stand_ins").items()},
            cue_classes={k: v[1] for k, v in read_table(language, "cues").items() if v[0] == "VERB"},
        )

    def office(self, lemma: str, modifiers: Iterable[str]) -> str:
        """The office that a role noun names, alone or with a word beside it, or nothing."""
        for modifier in modifiers:
            if f"{lemma} {modifier}" in self.offices:
                return self.offices[f"{lemma} {modifier}"]
        return self.offices.get(lemma, "")

    def held_by(self, lemma: str, modifiers: Iterable[str]) -> frozenset[str]:
        """The last names of those known to have held the office that a role noun and the words beside it name."""
        known = [self.holders.get(f"{lemma} {modifier}", frozenset()) for modifier in modifiers]
        return frozenset().union(*known) if any(known) else self.holders.get(lemma, frozenset())

    def all_of(self, class_: str) -> frozenset[str]:
        """The words of a class."""
        return frozenset(word for word, told in self.classes.items() if told == class_)

    def is_former(self, t: Tokens, i: int) -> bool:
        """Whether the word at ``i`` says that somebody is something no more: "ex", "emerito"."""
        return "former" in (self.classes.get(t.form[i]), self.classes.get(t.lemma[i]))

    def nominal(self, t: Tokens, i: int) -> tuple[str, ...] | None:
        """Kind and gender of the noun at ``i`` where it can stand for a source, else None."""
        known = self.nominals.get(t.lemma[i]) or self.nominals.get(t.form[i])
        if known is None and t.pos[i] == "NOUN":
            form = t.form[i]
            if form not in self._guessed:
                self._guessed[form] = self._guess(form)
            known = self._guessed[form]
        return known

    def agreement(self, t: Tokens, first: int, head: int) -> tuple[str, str, str]:
        """Definiteness, number and gender of a noun phrase: its determiners tell them more surely than the parse."""
        definite = number = gender = ""
        start = first - 1 if first and t.pos[first - 1] == "ADP" and t.sent[first - 1] == t.sent[head] else first
        for j in range(start, head):
            known = self.determiners.get(t.form[j])
            if known is not None and (j < first or t.pos[j] in ("DET", "ADJ", "NUM", "ADP", "PRON")):
                definite, number, gender = definite or known[0], number or known[1], gender or known[2]
            elif t.pos[j] == "NUM" and t.form[j] != "1":
                number = number or "Plur"
        morph = t.morph[head]
        return definite or "bare", number or morph.get("Number", ""), gender or morph.get("Gender", "")

    def _guess(self, form: str) -> tuple[str, ...] | None:
        """What a noun is by its ending: the plural of one in the list, or a person ("vignettista", "61enne").

        A prefix that only says since when or in what rank does not count ("neotecnico", "vicecapo").
        """
        prefix = next((p for p in _PREFIXES if form.startswith(p) and len(form) >= len(p) + _SHORTEST), "")
        if prefix:
            within = form[len(prefix) :].lstrip("-")
            return self.nominals.get(within) or self._guess(within)
        singulars = [form]
        for size in (4, 3, 2, 1):
            singulars += [form[:-size] + ending for ending in self.noun_endings.get(form[-size:], ())]
        for word in singulars:
            if word in self.nominals:
                return self.nominals[word]
        for word in singulars:
            if word in self.person_endings or len(word) < _SHORTEST:
                continue
            for size in (5, 4):
                gender = self.person_endings.get(word[-size:], "-")
                if gender != "-":
                    return ("person", gender)
        return None
