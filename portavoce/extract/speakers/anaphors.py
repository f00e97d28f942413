"""What is to be resolved: a noun phrase, a pronoun or a dropped subject, with what the sentence tells of whom it means."""

from __future__ import annotations

from dataclasses import dataclass

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.actors.noun_phrases import modifiers
from portavoce.extract.speakers.cue_view import CueView
from portavoce.extract.speakers.mentions import SpeakerMention


@dataclass(frozen=True, slots=True)
class Anaphor:
    """What is to be resolved at token ``at``, which its phrase ``span`` (None: no words of its own) begins with.

    ``sort`` is null (a dropped subject), pronoun, person, human (any person: "l'uomo"), group, organization, document or
    other; ``determiner`` is Def, Ind, Dem or bare. ``modifiers`` are the lemmas beside the noun, ``inner`` the actors named inside the phrase, ``office`` what the noun names, ``holders`` the last names of
    those who are known to have held it; ``former`` says that the phrase is of somebody who is it no longer, ``is_somebodys`` that it
    tells whose the person is ("l'agente dell'attore"), ``are_persons`` that it means several, ``is_free`` that it means whoever does
    something: "chi".
    """

    at: int
    sort: str
    lemma: str
    number: str
    gender: str = ""
    determiner: str = ""
    modifiers: frozenset[str] = frozenset()
    inner: frozenset[int] = frozenset()
    span: tuple[int, int] | None = None
    office: str = ""
    holders: frozenset[str] = frozenset()
    former: bool = False
    is_somebodys: bool = False
    are_persons: bool = False
    is_free: bool = False

    @property
    def may_describe(self) -> bool:
        """Whether the words may be a description of somebody new: those of a noun phrase."""
        return self.span is not None and self.sort != "pronoun"


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
    return Anaphor(view.cue.first, "null", "", view.number, gender)


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
    are_persons = sort == "person" and number == "Plur"
    if are_persons:
        sort = "group"
    if sort == "person" and words.classes.get(t.lemma[i]) == "generic":
        sort = "human"
    beside = modifiers(t, i, m.first, m.last)
    inner = frozenset(actors.actor_at[j] for j in range(m.first, m.last + 1) if j != i and j in actors.actor_at)
    gender = told if sort in ("person", "human", "pronoun") else ""
    if entry and (entry[1] == "e" or (entry[1] == "c" and determiner == "bare")):
        gender = ""
    office = words.office(t.lemma[i], sorted(beside)) if sort == "person" else ""
    holders = words.held_by(t.lemma[i], sorted(beside)) if sort == "person" else frozenset[str]()
    former = any(words.is_former(t, j) for j in range(m.first, m.last + 1))
    span = (m.first, m.last)
    is_somebodys = sort in ("person", "human") and any(_is_somebody(actors, c, m) for c in t.below(i, "nmod"))
    is_free = words.classes.get(t.form[i]) == "free_relative"
    return Anaphor(
        m.first, sort, t.lemma[i], number, gender, determiner, beside, inner, span, office, holders, former,
        is_somebodys, are_persons, is_free,
    )  # fmt: skip


def _is_somebody(actors: Actors, c: int, m: SpeakerMention) -> bool:
    """Whether a complement inside of a phrase is one certain person without a name."""
    t, words = actors.tokens, actors.words
    if not m.head < c <= m.last or c in actors.actor_at:
        return False
    return (words.nominal(t, c) or ("",))[0] == "person" and words.agreement(t, c, c)[:2] == ("Def", "Sing")
