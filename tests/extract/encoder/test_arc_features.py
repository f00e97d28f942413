"""What the grammar around an arc tells: prepositions, auxiliaries, clitics, voice, and where a head stands."""

from __future__ import annotations

import pytest

from portavoce.extract.encoder.arc_features import Arc, Auxiliaries, Doubt, Sentence, Tagged, distance, label_features

ITALIAN = Auxiliaries("it")


def sentence(*rows: str) -> Sentence:
    """A sentence of rows `word POS lemma head features`, heads counted from 1, 0 for the root."""
    cells = [row.split() for row in rows]
    tagged = Tagged(
        [c[0] for c in cells],
        [c[1] for c in cells],
        [c[4] if len(c) > 4 else "" for c in cells],
        [c[2].replace("_", " ") for c in cells],
    )
    return Sentence(tagged, [int(c[3]) - 1 for c in cells], ITALIAN)


PASSIVE = sentence(
    "La DET il 2", "legge NOUN legge 5 Gender=Fem|Number=Sing", "è AUX essere 5 Mood=Ind|Number=Sing|Person=3|VerbForm=Fin",
    "stata AUX essere 5 VerbForm=Part", "approvata VERB approvare 0 Gender=Fem|Number=Sing|VerbForm=Part",
    "dal ADP da_il 7", "Senato PROPN Senato 5",
)  # fmt: skip


def test_a_word_knows_its_preposition_and_its_auxiliaries():
    assert PASSIVE.case(6) == "da"
    assert PASSIVE.case(1) == "-"
    assert PASSIVE.group(4) == ("essere+been", "")


@pytest.mark.parametrize(
    ("rows", "verb", "voice"),
    [
        (("Il DET il 2", "treno NOUN treno 4", "è AUX essere 4", "arrivato VERB arrivare 0 VerbForm=Part"), 3, "beB"),
        (("È AUX essere 2", "punito VERB punire 0 VerbForm=Part", "così ADV così 2"), 1, "beH"),
        (("Viene AUX venire 2", "punito VERB punire 0 VerbForm=Part"), 1, "passiveH"),
        (("Va AUX andare 2", "fatto VERB fare 0 VerbForm=Part"), 1, "goH"),
        (("Ha AUX avere 2", "punito VERB punire 0 VerbForm=Part"), 1, "active"),
        (("Si PRON si 3", "è AUX essere 3", "alzato VERB alzare 0 VerbForm=Part"), 2, "reflexiveH"),
        (("Si PRON si 2", "applica VERB applicare 0 Person=3|VerbForm=Fin", "la DET il 4", "norma NOUN norma 2"), 1, "siH3Fin"),
        (("una DET un 2", "norma NOUN norma 0", "stabilita VERB stabilire 2 VerbForm=Part"), 2, "bareH"),
        (("Canta VERB cantare 0 VerbForm=Fin",), 0, "other"),
        (("Bene ADV bene 0",), 0, "none"),
    ],
)  # fmt: skip
def test_the_voice_of_a_verb_shows_in_its_auxiliaries(rows, verb, voice):
    assert sentence(*rows).voice(verb) == voice


def test_a_verb_in_si_may_carry_its_clitic():
    s = sentence("Può AUX potere 2", "eseguirsi VERB eseguire 0 VerbForm=Inf", "ovunque ADV ovunque 2")
    assert s.group(1) == ("potere", "-")
    assert s.voice(1) == "siHInf"


@pytest.mark.parametrize(("verb", "kind"), [("arrivare", "B"), ("finire", "E"), ("punire", "H")])
def test_verbs_are_told_apart_by_the_auxiliary_of_their_perfect(verb, kind):
    assert ITALIAN.kind(verb) == kind


def test_an_arc_knows_side_distance_and_agreement():
    arc = Arc(PASSIVE, 1, 4)
    assert (arc.kinds, arc.steps, arc.agreement) == ("NOUNLVERB", 3, "11-")
    assert Arc(PASSIVE, 4, -1).kinds == "VERBLROOT"
    assert [distance(n) for n in (1, -3, 5, 8, 40)] == [1, 3, 4, 5, 6]


def test_the_label_of_an_agent_sees_passive_and_preposition():
    features = label_features(PASSIVE, 6, 4)
    assert "VpassiveHPROPNRVERB da" in features
    assert len(features) == len(set(features))


def test_every_word_has_as_many_features_as_another():
    sizes = {len(label_features(PASSIVE, i, PASSIVE.heads[i])) for i in range(len(PASSIVE)) if PASSIVE.heads[i] >= 0}
    assert len(sizes) == 1


ATTACHED = sentence(
    "Legge VERB leggere 0", "il DET il 3", "libro NOUN libro 1", "di ADP di 5", "storia NOUN storia 3", "a ADP a 7", "Bari PROPN Bari 3"
)  # fmt: skip
LABELS = ["ROOT", "det", "obj", "case", "nmod", "case", "nmod"]


def test_heads_in_doubt_are_seen_from_the_first_reading():
    doubt = Doubt(ATTACHED, LABELS, 6, [2, 4, 0, -1], ["nmod", "nmod", "obl", "ROOT"])
    same, below, above, root = doubt.features()
    assert "r1samenmod" in same
    assert "r1belownmod" in below
    assert "r1aboveobl" in above
    assert "r1elseROOT" in root
    assert {len(same), len(below), len(above), len(root)} == {len(same)}
    assert "n2Falsenmoda" in same


def test_an_arc_that_would_cross_others_is_seen():
    s = sentence("A NOUN a 3", "B NOUN b 4", "C VERB c 0", "D NOUN d 3")
    doubt = Doubt(s, ["obj", "obl", "ROOT", "obl"], 0, [2, 1], ["obj", "nmod"])
    over, near = doubt.features()
    assert "x1obj" in over  # B hangs on D, beyond C
    assert "x0nmod" in near
