"""EuroVoc and other concepts found in hand-parsed sentences."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from portavoce.extract.topics.thesaurus import EUROVOC, Concept, LabelRules, Thesaurus, load_eurovoc


@pytest.fixture(scope="module")
def eurovoc():
    return Thesaurus(load_eurovoc("it"), LabelRules.load("it"))


def found(thesaurus, t):
    return [(t.text[m.start : m.end], m.concept.label) for m in thesaurus.matches(t)]


def test_plural_and_articulated_preposition_find_the_label(eurovoc, parse):
    """Le guerre civili riducono i redditi delle famiglie: civil wars cut household incomes."""
    t = parse(
        """
        Le il DET 2 det
        guerre guerra NOUN 4 nsubj
        civili civile ADJ 2 amod
        riducono ridurre VERB 0 root
        i il DET 6 det
        redditi reddito NOUN 4 obj
        delle di ADP 8 case
        famiglie famiglia NOUN 6 nmod
        """
    )
    assert found(eurovoc, t) == [
        ("guerre civili", "guerra civile"),
        ("redditi delle famiglie", "reddito delle famiglie"),
    ]


def test_one_word_must_be_a_noun(eurovoc, parse):
    """Gli scioperi sono legali; lui sciopero (verb): only the noun is the concept."""
    noun = "Gli il DET 2 det\nscioperi sciopero NOUN 4 nsubj\nsono essere AUX 4 cop\nlegali legale ADJ 0 root"
    verb = "Io io PRON 2 nsubj\nsciopero sciopero VERB 0 root\ndomani domani ADV 2 advmod"
    assert found(eurovoc, parse(noun)) == [("scioperi", "sciopero")]
    assert found(eurovoc, parse(verb)) == []


def test_words_that_only_look_alike_are_not_matched(eurovoc, parse):
    """Una parte del partito e lo stato delle cose: 'parte', 'stato' say too little; 'partita' is no 'partito'."""
    t = parse(
        """
        La il DET 2 det
        parte parte NOUN 6 nsubj
        e e CCONJ 5 cc
        lo il DET 5 det
        stato stato NOUN 2 conj
        contano contare VERB 0 root
        """
    )
    assert found(eurovoc, t) == []


@pytest.mark.parametrize(
    ("entity", "expected"),
    [("B-LOC", [("Italia", "Italia")]), ("B-PER", [])],
)
def test_a_person_called_like_a_country_is_no_country(eurovoc, parse, entity, expected):
    """Italia ha vinto: Italy, or a woman called so."""
    t = parse(f"Italia Italia PROPN 3 nsubj {entity}\nha avere AUX 3 aux\nvinto vincere VERB 0 root")
    assert found(eurovoc, t) == expected


def test_a_name_is_not_cut(eurovoc, parse):
    """La Banca d'Italia tace: the central bank is neither a bank nor Italy."""
    t = parse(
        """
        La il DET 2 det
        Banca banca PROPN 5 nsubj B-ORG
        d'_ di ADP 4 case I-ORG
        Italia Italia PROPN 2 nmod I-ORG
        tace tacere VERB 0 root
        """
    )
    assert found(eurovoc, t) == []


def test_an_acronym_needs_its_capitals(eurovoc, parse):
    """La NATO, ma non il bambino nato: NATO, but not 'born'."""
    assert found(eurovoc, parse("NATO NATO PROPN 2 nsubj\ntace tacere VERB 0 root")) == [("NATO", "NATO")]
    assert found(eurovoc, parse("nato nato NOUN 2 nsubj\ntace tacere VERB 0 root")) == []


def test_longest_label_wins_and_sentences_are_not_crossed(eurovoc, parse):
    """Colpo di Stato; 'colpo' . 'Stato' in two sentences is nothing."""
    one = "Un un DET 2 det\ncolpo colpo NOUN 0 root\ndi di ADP 4 case\nStato stato NOUN 2 nmod"
    two = "Un un DET 2 det\ncolpo colpo NOUN 0 root\n. . PUNCT 2 punct\n\nStato stato NOUN 0 root"
    assert found(eurovoc, parse(one)) == [("colpo di Stato", "colpo di Stato")]
    assert found(eurovoc, parse(two)) == []


def test_a_conjunction_does_not_make_a_label(eurovoc, parse):
    """Politica e dell'informazione is not 'politica dell'informazione'."""
    t = parse(
        """
        politica politica NOUN 0 root
        e e CCONJ 4 cc
        dell'_ di ADP 4 case
        informazione informazione NOUN 1 conj
        """
    )
    assert ("politica dell'informazione") not in [label for _, label in found(eurovoc, t)]


def test_synonyms_lead_to_the_concept(eurovoc, parse):
    """Il terremoto: the concept is called 'sisma'."""
    t = parse("Il il DET 2 det\nterremoto terremoto NOUN 3 nsubj\ncontinua continuare VERB 0 root")
    assert found(eurovoc, t) == [("terremoto", "sisma")]


def test_own_concepts_and_their_broader_ones(parse):
    """A user's thesaurus with alternative labels and a chain of broader concepts."""
    own = [
        Concept("http://example.org/t/1", "gara ciclistica", ("corsa in bicicletta",), ("http://example.org/t/2",)),
        Concept("http://example.org/t/2", "ciclismo", (), ("http://example.org/t/3",)),
        Concept("http://example.org/t/3", "parte", ()),
    ]
    thesaurus = Thesaurus(own, LabelRules.load("it", stop_labels=False))
    t = parse(
        "corse corsa NOUN 4 nsubj\nin in ADP 3 case\nbicicletta bicicletta NOUN 1 nmod\npiacciono piacere VERB 0 root"
    )
    assert found(thesaurus, t) == [("corse in bicicletta", "gara ciclistica")]
    assert [c.label for c in thesaurus.broader("http://example.org/t/1")] == ["ciclismo", "parte"]
    assert found(thesaurus, parse("parte parte NOUN 0 root")) == [("parte", "parte")]


def test_every_synonym_and_stop_label_names_a_concept():
    concepts = load_eurovoc("it")
    labels = {c.label for c in concepts}
    alternatives = {a for c in concepts for a in c.alternatives}
    assert len(concepts) == len({c.id for c in concepts}) == 7382
    assert {"USA", "terremoto"} <= alternatives
    assert not alternatives & labels


def test_themes_of_a_concept(eurovoc):
    """Sciopero belongs to the theme of society; an unknown concept to none."""
    strike = next(c.id for c in eurovoc.concepts if c.label == "guerra civile")
    assert strike.startswith(EUROVOC)
    assert all(
        theme.id.startswith("http://publications.europa.eu/resource/authority/data-theme/")
        for theme in eurovoc.themes(strike)
    )
    assert [theme.label for theme in eurovoc.themes(strike)] == ["Governo e settore pubblico"]
    assert eurovoc.themes("http://example.org/none") == ()
    assert eurovoc.broader("http://example.org/none") == ()
    assert "http://example.org/none" not in eurovoc


def test_a_label_does_not_begin_with_a_verb(eurovoc, parse):
    """La notizia fu comunicata alla stampa: told to the press, not a press release."""
    t = parse(
        """
        La il DET 2 det
        notizia notizia NOUN 4 nsubj:pass
        fu essere AUX 4 aux:pass
        comunicata comunicare VERB 0 root
        alla a ADP 6 case
        stampa stampa NOUN 4 obl
        """
    )
    assert found(eurovoc, t) == []


def test_a_private_aeroplane_is_no_tourism(eurovoc, parse):
    """Un aereo da turismo è caduto: the longer label of the word list wins."""
    t = parse(
        """
        Un uno DET 2 det
        aereo aereo NOUN 6 nsubj
        da da ADP 4 case
        turismo turismo NOUN 2 nmod
        è essere AUX 6 aux
        caduto cadere VERB 0 root
        """
    )
    assert found(eurovoc, t) == [("aereo da turismo", "aereo")]


def test_judged_matches_are_counted_as_the_documentation_says():
    """docs/topics.md states the precision that the judged draws give."""
    lines = (Path(__file__).parent / "topics_judged.tsv").read_text(encoding="utf8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    right = Counter(row[0] for row in rows if row[5] == "right")
    assert Counter(row[0] for row in rows) == {"1": 200, "2": 200}
    assert right == {"1": 182, "2": 190}
    assert all(len(row) == (7 if row[5] == "wrong" else 6) for row in rows)
