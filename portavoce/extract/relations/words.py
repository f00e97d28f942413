"""The word lists of a language that tell what somebody does to, or is to, somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from portavoce.extract.lang import read_table


@dataclass(frozen=True, slots=True)
class VerbFrame:
    """What a verb tells: a relation's type and where its target stands.

    ``nouns`` must stand beside the verb ("prendere di mira"); the target is the object (or, ``owner``, whose the object is)
    or stands under one of ``prepositions``; ``reflexive`` verbs need their pronoun, and by ``mutual`` ones a plural
    subject does it to one another. ``inverse`` makes the subject the target.
    """

    type: str
    nouns: frozenset[str]
    object: bool
    owner: bool
    prepositions: tuple[str, ...]
    reflexive: bool
    mutual: bool
    inverse: bool


@dataclass(frozen=True, slots=True)
class NounFrame:
    """What a noun tells: a relation's type, whose phrase stands behind "di", and the prepositions before the target."""

    type: str
    genitive: str
    prepositions: frozenset[str]


@dataclass(frozen=True, slots=True)
class RelationWords:
    """The word lists about relations of one language."""

    verbs: dict[str, tuple[VerbFrame, ...]]
    participles: dict[str, str]
    forms: dict[str, str]
    nouns: dict[str, NounFrame]
    roles: dict[str, str]
    kin: dict[str, tuple[str, str]]
    classes: dict[str, frozenset[str]]

    @classmethod
    @cache
    def load(cls, language: str) -> RelationWords:
        """The lists of a language, read once."""
        verbs: dict[str, tuple[VerbFrame, ...]] = {}
        participles: dict[str, str] = {}
        forms: dict[str, str] = {}
        for key, row in read_table(language, "relation_verbs").items():
            verb, *nouns = key.split()
            frames = tuple(_frame(text, frozenset(nouns)) for text in row[0].split(";"))
            verbs[verb] = (*verbs.get(verb, ()), *frames)
            for form in _participles(verb, row[1] if len(row) > 1 else ""):
                participles.setdefault(form, verb)
            for form in _finite(verb):
                forms.setdefault(form, verb)
        ordered = {verb: tuple(sorted(frames, key=lambda f: not f.nouns)) for verb, frames in verbs.items()}
        classes: dict[str, set[str]] = {}
        for word, row in read_table(language, "relation_words").items():
            for name in row[0].split():
                classes.setdefault(name, set()).add(word)
        return cls(
            verbs=ordered,
            participles=participles,
            forms=forms,
            nouns={
                noun: NounFrame(row[0], row[1], frozenset(row[2].split()) - {"-"})
                for noun, row in read_table(language, "relation_nouns").items()
            },
            roles={noun: row[0] for noun, row in read_table(language, "relation_roles").items()},
            kin={noun: (row[0], row[1]) for noun, row in read_table(language, "relation_kin").items()},
            classes={name: frozenset(words) for name, words in classes.items()},
        )

    def verb(self, form: str, lemma: str) -> str | None:
        """The verb of the list that a word is a form of: by its lemma, or by a form that a lemmatiser may not know."""
        return lemma if lemma in self.verbs else self.participles.get(form) or self.forms.get(form)

    def kin_of(self, form: str, lemma: str) -> tuple[str, str] | None:
        """What a noun of the list of kin says, and whether it joins each of several with the others."""
        return self.kin.get(lemma) or self.kin.get(form)

    def any(self, class_: str) -> frozenset[str]:
        """The words of a class."""
        return self.classes.get(class_, frozenset())

    @property
    def relatives(self) -> frozenset[str]:
        return self.any("relative")

    @property
    def reflexives(self) -> frozenset[str]:
        return self.any("reflexive")

    @property
    def object_control(self) -> frozenset[str]:
        return self.any("object-control")


_ENDINGS = {
    "are": ("ato", "a ano ò arono ava avano erà eranno erebbe erebbero i ino ando"),
    "ere": ("uto", "e ono é ette erono ettero eva evano erà eranno erebbe erebbero a ano endo"),
    "ire": ("ito", "e ono ì irono iva ivano irà iranno irebbe irebbero a ano isce iscono isca iscano endo"),
}
"""The participle and the forms of the third person of regular verbs: what a lemmatiser errs on is found by its form."""


def _participles(verb: str, irregular: str) -> tuple[str, ...]:
    """The four forms of the past participle of a verb; one that is irregular is given."""
    regular = _ENDINGS.get(verb[-3:])
    participle = irregular or (verb[:-3] + regular[0] if regular else "")
    return tuple(participle[:-1] + vowel for vowel in "oaie") if participle else ()


def _finite(verb: str) -> tuple[str, ...]:
    regular = _ENDINGS.get(verb[-3:])
    return tuple(verb[:-3] + ending for ending in regular[1].split()) if regular else ()


_FLAGS = frozenset({"obj", "obj+", "si", "each", "from"})


def _frame(text: str, nouns: frozenset[str]) -> VerbFrame:
    type_, *rest = text.split()
    return VerbFrame(
        type=type_, nouns=nouns, object="obj" in rest or "obj+" in rest, owner="obj+" in rest,
        prepositions=tuple(p for p in rest if p not in _FLAGS), reflexive="si" in rest, mutual="each" in rest,
        inverse="from" in rest,
    )  # fmt: skip
