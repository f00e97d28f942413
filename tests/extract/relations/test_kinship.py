"""What one person is to another, on parses made by hand."""


def test_a_wife_named_behind_the_noun(related):
    """Anna Ferri, moglie di Luca Moro, tace."""
    assert related("""
        Anna Anna PROPN 9 nsubj B-PER
        Ferri_ Ferri PROPN 1 flat:name I-PER
        , , PUNCT 4 punct
        moglie moglie NOUN 1 appos Gender=Fem|Number=Sing
        di di ADP 6 case
        Luca Luca PROPN 4 nmod B-PER
        Moro_ Moro PROPN 6 flat:name I-PER
        , , PUNCT 4 punct
        tace_ tacere VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 9 punct
    """) == [("Anna Ferri", "kin", "Luca Moro", "actual")]


def test_a_lawyer_is_on_somebodys_side(related):
    """Anna Ferri, avvocato di Luca Moro, tace."""
    assert related("""
        Anna Anna PROPN 9 nsubj B-PER
        Ferri_ Ferri PROPN 1 flat:name I-PER
        , , PUNCT 4 punct
        avvocato avvocato NOUN 1 appos Gender=Masc|Number=Sing
        di di ADP 6 case
        Luca Luca PROPN 4 nmod B-PER
        Moro_ Moro PROPN 6 flat:name I-PER
        , , PUNCT 4 punct
        tace_ tacere VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 9 punct
    """) == [("Anna Ferri", "support", "Luca Moro", "actual")]
