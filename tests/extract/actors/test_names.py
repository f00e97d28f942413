"""Proper names, on parses made by hand."""

from __future__ import annotations

import pytest

from portavoce.extract.actors.names import find_names
from portavoce.extract.actors.words import SpeakerWords

WORDS = SpeakerWords.load("it")


@pytest.fixture
def names(parse):
    """The names in a parsed table, each with its kind."""
    return lambda table: [(n.text, n.kind) for n in find_names(parse(table), WORDS)]


def test_titles_are_no_part_of_a_name(names):
    assert names("""
        Il il DET 3 det Definite=Def
        Presidente presidente NOUN 3 nmod B-PER
        Carla Carla PROPN 5 nsubj I-PER
        Dorigo Dorigo PROPN 3 flat:name I-PER
        tace tacere VERB 0 root
    """) == [("Carla Dorigo", "PER")]


def test_a_name_cut_short_by_the_recogniser_is_completed(names):
    assert names("""
        Tace tacere VERB 0 root
        Marco Marco PROPN 1 nsubj B-PER
        Valli_ Valli PROPN 2 flat:name
        . . PUNCT 1 punct
    """) == [("Marco Valli", "PER")]


def test_a_capitalised_run_that_the_recogniser_missed_is_a_name(names):
    assert names("""
        Ha avere AUX 2 aux
        parlato parlare VERB 0 root
        ieri ieri ADV 2 advmod
        Giulia Giulia PROPN 2 nsubj
        Ferri Ferri PROPN 4 flat:name
    """) == [("Giulia Ferri", "PER")]


def test_the_first_word_of_a_sentence_is_no_name(names):
    assert not names("""
        Piove piovere VERB 0 root
        molto molto ADV 1 advmod
    """)


def test_a_country_before_a_person_is_a_name_of_its_own(names):
    assert names("""
        Tace tacere VERB 0 root
        Italia Italia PROPN 1 nsubj B-PER
        Rossi Rossi PROPN 2 flat:name I-PER
    """) == [("Italia", "LOC"), ("Rossi", "PER")]


@pytest.mark.parametrize(("word", "kind"), [("Francia", "LOC"), ("Cremlino", "ORG"), ("Mosca", "LOC")])
def test_lists_know_countries_and_seats(names, word, kind):
    assert names(f"""
        Tace tacere VERB 0 root
        {word} {word} PROPN 1 nsubj B-PER
    """) == [(word, kind)]


def test_a_first_name_that_stands_alone_elsewhere_is_no_party_of_the_full_name(names):
    assert ("Lucinio Sarni", "PER") in names("""
        Tace tacere VERB 0 root
        Lucinio Lucinio PROPN 1 nsubj B-PER
        Sarni Sarni PROPN 2 flat:name I-PER

        Esce uscire VERB 0 root
        Lucinio Lucinio PROPN 1 nsubj B-PER

        Parla parlare VERB 0 root
        Carla Carla PROPN 1 nsubj B-PER
        Sarni Sarni PROPN 2 flat:name I-PER
    """)


def test_a_surname_of_two_entities_is_one_name(names):
    assert names("""
        La La PROPN 3 nsubj B-PER
        Spina Spina PROPN 1 flat:name B-PER
        tace tacere VERB 0 root
    """) == [("La Spina", "PER")]


def test_a_pronoun_or_an_article_is_no_name(names):
    assert ("Egli", "PER") not in names("""
        Piove piovere VERB 0 root
        . . PUNCT 1 punct

        Egli egli PROPN 2 nsubj B-PER
        tace tacere VERB 0 root
    """)


def test_a_surname_that_is_also_a_noun_needs_its_full_name(names):
    assert not names("""
        Tace tacere VERB 0 root
        Conte conte PROPN 1 nsubj B-PER
    """)
    assert names("""
        Parla parlare VERB 0 root
        Ugo Ugo PROPN 1 nsubj B-PER
        Conte Conte PROPN 2 flat:name I-PER

        Tace tacere VERB 0 root
        Conte conte PROPN 1 nsubj B-PER
    """) == [("Ugo Conte", "PER"), ("Conte", "PER")]


@pytest.mark.parametrize("word", ["FIFA", "Consob", "Vaticano", "Hezbollah"])
def test_a_body_that_has_a_name_is_no_noun_for_any_body(names, word):
    assert [
        text
        for text, _ in names(f"""
        La il DET 2 det Definite=Def
        {word} {word.lower()} PROPN 3 nsubj B-ORG
        tace tacere VERB 0 root
    """)
    ] == [word]
