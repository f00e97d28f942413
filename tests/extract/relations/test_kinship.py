"""What one person is to another, on parses made by hand."""

import pytest


@pytest.mark.parametrize(
    ("noun", "gender", "type_"), [("moglie", "Fem", "kin"), ("avvocato", "Masc", "support")]
)  # fmt: skip
def test_a_wife_is_family_and_a_lawyer_on_somebodys_side(related, noun, gender, type_):
    """Anna Ferri, moglie di Luca Moro, tace."""
    assert related(f"""
        Anna Anna PROPN 9 nsubj B-PER
        Ferri_ Ferri PROPN 1 flat:name I-PER
        , , PUNCT 4 punct
        {noun} {noun} NOUN 1 appos Gender={gender}|Number=Sing
        di di ADP 6 case
        Luca Luca PROPN 4 nmod B-PER
        Moro_ Moro PROPN 6 flat:name I-PER
        , , PUNCT 4 punct
        tace_ tacere VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 9 punct
    """) == [("Anna Ferri", type_, "Luca Moro", "actual")]


def test_a_relative_in_brackets_is_whoever_stands_before_them(related):
    """Tacciono Marco Valli e Anna Ferri (cugina di Luca Moro)."""
    assert related("""
        Tacciono tacere VERB 0 root Mood=Ind|Number=Plur|Person=3|VerbForm=Fin
        Marco Marco PROPN 1 nsubj B-PER
        Valli Valli PROPN 2 flat:name I-PER
        e e CCONJ 5 cc
        Anna Anna PROPN 2 conj B-PER
        Ferri Ferri PROPN 5 flat:name I-PER
        ( ( PUNCT 8 punct
        cugina cugina NOUN 2 appos Gender=Fem|Number=Sing
        di di ADP 10 case
        Luca Luca PROPN 8 nmod B-PER
        Moro_ Moro PROPN 10 flat:name I-PER
        )_ ) PUNCT 8 punct
        . . PUNCT 1 punct
    """) == [("Anna Ferri", "kin", "Luca Moro", "actual")]


def test_a_relative_named_behind_a_role(related):
    """Parla la madre di Luca Moro, la cantante Anna Ferri."""
    assert related("""
        Parla parlare VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        la il DET 3 det Definite=Def|Number=Sing
        madre madre NOUN 1 nsubj Gender=Fem|Number=Sing
        di di ADP 5 case
        Luca Luca PROPN 3 nmod B-PER
        Moro_ Moro PROPN 5 flat:name I-PER
        , , PUNCT 9 punct
        la il DET 9 det Definite=Def|Number=Sing
        cantante cantante NOUN 3 appos Number=Sing
        Anna Anna PROPN 9 nmod B-PER
        Ferri_ Ferri PROPN 10 flat:name I-PER
        . . PUNCT 1 punct
    """) == [("Anna Ferri", "kin", "Luca Moro", "actual")]
