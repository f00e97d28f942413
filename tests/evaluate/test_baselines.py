"""The two baselines on a sentence parsed by hand: simple ideas, done as their names say."""

import spacy
from spacy.tokens import Doc

from portavoce.evaluate.baselines import marks_and_nearest_name, marks_and_verb
from portavoce.extract.attribution.cues import CueLexicon
from portavoce.extract.tokens import Tokens

LEXICON = CueLexicon.load("it")
VOCAB = spacy.blank("it").vocab


def parsed(rows):
    """Tokens of (word, space, lemma, part of speech, head, relation, entity)."""
    words, spaces, lemmas, pos, heads, deps, ents = zip(*rows, strict=True)
    return Tokens(Doc(VOCAB, words=words, spaces=spaces, lemmas=lemmas, pos=pos, heads=heads, deps=deps, ents=ents))


def quote(words, *, verb, subject):
    """«…», <verb> <subject> . Anna Neri tace, as a parse would have it."""
    inside = [(w, True, w, "NOUN", len(words) + 3, "obj", "O") for w in words]
    inside[-1] = (words[-1], False, *inside[-1][2:])
    says = len(words) + 3
    return parsed([
        ("«", False, "«", "PUNCT", says, "punct", "O"), *inside, ("»", False, "»", "PUNCT", says, "punct", "O"),
        (",", True, ",", "PUNCT", says, "punct", "O"), (verb, True, verb, "VERB", says, "ROOT", "O"),
        (subject, False, subject, "PROPN", says, "nsubj", "B-PER"), (".", True, ".", "PUNCT", says, "punct", "O"),
        ("Aldo", True, "Aldo", "PROPN", says + 5, "nsubj", "B-PER"), ("Ferri", True, "Ferri", "PROPN", says + 3, "flat", "I-PER"),
        ("tace", False, "tacere", "VERB", says + 5, "ROOT", "O"), (".", False, ".", "PUNCT", says + 5, "punct", "O"),
    ])  # fmt: skip


LONG = ["ponte", "nuovo", "senza", "pedaggio"]


def test_marks_take_the_nearest_name_in_its_fullest_form():
    (found,) = marks_and_nearest_name(quote(LONG, verb="dire", subject="Ferri"), LEXICON)
    assert (found.text, found.speaker.text, found.actor) == ("ponte nuovo senza pedaggio", "Ferri", "Aldo Ferri")


def test_marks_around_fewer_words_are_nothing():
    assert list(marks_and_nearest_name(quote(LONG[:3], verb="dire", subject="Ferri"), LEXICON)) == []


def test_marks_beside_a_listed_verb_are_its_subjects():
    (found,) = marks_and_verb(quote(LONG[:2], verb="dire", subject="Ferri"), LEXICON)
    assert (found.text, found.cue.text, found.actor) == ("ponte nuovo", "dire", "Aldo Ferri")


def test_marks_beside_another_verb_are_nothing():
    assert list(marks_and_verb(quote(LONG, verb="dormire", subject="Ferri"), LEXICON)) == []
