"""Who holds which office where, on parses made by hand."""

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.relations import find_relations


def test_a_minister_of_a_country_by_its_adjective(related):
    """Il ministro degli Esteri polacco Luca Moro tace."""
    assert related("""
        Il il DET 2 det Definite=Def|Number=Sing
        ministro ministro NOUN 8 nsubj Gender=Masc|Number=Sing
        degli di ADP 4 case Definite=Def
        Esteri estero NOUN 2 nmod
        polacco polacco ADJ 2 amod Gender=Masc|Number=Sing
        Luca Luca PROPN 2 nmod B-PER
        Moro Moro PROPN 6 flat:name I-PER
        tace_ tacere VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 8 punct
    """) == [("Luca Moro", "role", "Polonia", "actual")]


def test_a_body_behind_the_office(related):
    """Luca Moro, presidente della Croce Verde, tace."""
    assert related("""
        Luca Luca PROPN 9 nsubj B-PER
        Moro_ Moro PROPN 1 flat:name I-PER
        , , PUNCT 4 punct
        presidente presidente NOUN 1 appos Number=Sing
        della di ADP 6 case Definite=Def
        Croce Croce PROPN 4 nmod B-ORG
        Verde_ Verde PROPN 6 flat:name I-ORG
        , , PUNCT 4 punct
        tace_ tacere VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 9 punct
    """) == [("Luca Moro", "role", "Croce Verde", "actual")]


def test_a_mayor_of_a_capital_is_not_a_countrys(related):
    """Il sindaco di Varsavia Luca Moro ha visto la Polonia."""
    found = related("""
        Il il DET 2 det Definite=Def|Number=Sing
        sindaco sindaco NOUN 8 nsubj Gender=Masc|Number=Sing
        di di ADP 4 case
        Varsavia Varsavia PROPN 2 nmod B-LOC
        Luca Luca PROPN 2 nmod B-PER
        Moro Moro PROPN 5 flat:name I-PER
        ha avere AUX 8 aux Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        lodato lodare VERB 0 root Tense=Past|VerbForm=Part
        la il DET 10 det Definite=Def|Number=Sing
        Polonia_ Polonia PROPN 8 obj B-LOC
        . . PUNCT 8 punct
    """)
    assert ("Luca Moro", "role", "Varsavia", "actual") in found
    assert ("Luca Moro", "support", "Polonia", "actual") in found


def test_whoever_is_elected_gets_the_office(related):
    """Luca Moro è stato eletto presidente della Croce Verde."""
    found = related("""
        Luca Luca PROPN 5 nsubj:pass B-PER
        Moro Moro PROPN 1 flat:name I-PER
        è essere AUX 5 aux Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        stato essere AUX 5 aux:pass VerbForm=Part
        eletto eleggere VERB 0 root Number=Sing|Tense=Past|VerbForm=Part
        presidente presidente NOUN 5 xcomp Number=Sing
        della di ADP 8 case Definite=Def
        Croce Croce PROPN 6 nmod B-ORG
        Verde_ Verde PROPN 8 flat:name I-ORG
        . . PUNCT 5 punct
    """)
    assert found == [("Croce Verde", "agree", "Luca Moro", "actual"), ("Luca Moro", "role", "Croce Verde", "actual")]


def test_several_jurors_behind_a_colon(related):
    """La giuria, composta da tre giurati: Anna Ferri, Luca Moro e Piero Neri."""
    found = related("""
        La il DET 2 det Definite=Def|Number=Sing
        giuria_ giuria NOUN 0 root Number=Sing
        , , PUNCT 4 punct
        composta comporre VERB 2 acl Number=Sing|Tense=Past|VerbForm=Part
        da da ADP 7 case
        tre tre NUM 7 nummod
        giurati_ giurato NOUN 4 obl:agent Gender=Masc|Number=Plur
        : : PUNCT 9 punct
        Anna Anna PROPN 7 appos B-PER
        Ferri_ Ferri PROPN 9 flat:name I-PER
        , , PUNCT 12 punct
        Luca Luca PROPN 9 conj B-PER
        Moro Moro PROPN 12 flat:name I-PER
        e e CCONJ 15 cc
        Piero Piero PROPN 9 conj B-PER
        Neri_ Neri PROPN 15 flat:name I-PER
        . . PUNCT 2 punct
    """)
    assert found == [(name, "role", "giuria", "actual") for name in ("Anna Ferri", "Luca Moro", "Piero Neri")]


def test_a_title_without_a_body_is_no_role(related):
    """Il professor Luca Moro tace."""
    assert (
        related("""
        Il il DET 2 det Definite=Def|Number=Sing
        professore professore NOUN 5 nsubj Gender=Masc|Number=Sing
        Luca Luca PROPN 2 nmod B-PER
        Moro Moro PROPN 3 flat:name I-PER
        tace_ tacere VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 5 punct
    """)
        == []
    )


def test_a_president_of_nothing_named_is_no_countrys(related):
    """Luca Moro, presidente, loda la Svezia."""
    assert related("""
        Luca Luca PROPN 6 nsubj B-PER
        Moro_ Moro PROPN 1 flat:name I-PER
        , , PUNCT 4 punct
        presidente_ presidente NOUN 1 appos Number=Sing
        , , PUNCT 4 punct
        loda lodare VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        la il DET 8 det Definite=Def|Number=Sing
        Svezia_ Svezia PROPN 6 obj B-LOC
        . . PUNCT 6 punct
    """) == [("Luca Moro", "support", "Svezia", "actual")]


def test_an_owner(related):
    """La Ferretti di Luca Moro tace: a company that is somebody's."""
    assert related("""
        La il DET 2 det Definite=Def|Number=Sing
        Ferretti Ferretti PROPN 6 nsubj B-ORG
        di di ADP 4 case
        Luca Luca PROPN 2 nmod B-PER
        Moro Moro PROPN 4 flat:name I-PER
        tace_ tacere VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 6 punct
    """) == [("Luca Moro", "role", "Ferretti", "actual")]


def test_a_body_that_no_list_knows(related):
    """Il presidente della Coldifrutta Luca Moro tace."""
    assert related("""
        Il il DET 2 det Definite=Def|Number=Sing
        presidente presidente NOUN 7 nsubj Number=Sing
        della di ADP 4 case Definite=Def
        Coldifrutta coldifrutta NOUN 2 nmod
        Luca Luca PROPN 2 nmod B-PER
        Moro Moro PROPN 5 flat:name I-PER
        tace_ tacere VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 7 punct
    """) == [("Luca Moro", "role", "Coldifrutta", "actual")]


def test_what_a_minister_deals_with_is_no_body(related):
    """Il ministro delle Ferrovie Luca Moro tace."""
    assert [
        target
        for _, type_, target, _ in related("""
        Il il DET 2 det Definite=Def|Number=Sing
        ministro ministro NOUN 7 nsubj Number=Sing
        delle di ADP 4 case Definite=Def
        Ferrovie ferrovia NOUN 2 nmod
        Luca Luca PROPN 2 nmod B-PER
        Moro Moro PROPN 5 flat:name I-PER
        tace_ tacere VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 7 punct
    """)
        if type_ == "role"
    ] == ["Italia"]


def test_the_place_behind_a_rulers_name(related):
    """Il principe Aldo III di Monaco tace."""
    assert related("""
        Il il DET 2 det Definite=Def|Number=Sing
        principe principe NOUN 7 nsubj Gender=Masc|Number=Sing
        Aldo Aldo PROPN 2 nmod B-PER
        III III ADJ 3 amod I-PER
        di di ADP 6 case
        Monaco Monaco PROPN 2 nmod B-LOC
        tace_ tacere VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 7 punct
    """) == [("Aldo III", "role", "Monaco", "actual")]


def test_who_was_something_is_told_with_the_word_that_says_so(parse):
    """L'ex ministro polacco Luca Moro tace."""
    actors = Actors(
        parse("""
        L'_ il DET 3 det Definite=Def|Number=Sing
        ex ex ADJ 3 amod
        ministro ministro NOUN 7 nsubj Gender=Masc|Number=Sing
        polacco polacco ADJ 3 amod Gender=Masc|Number=Sing
        Luca Luca PROPN 3 nmod B-PER
        Moro Moro PROPN 5 flat:name I-PER
        tace_ tacere VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 7 punct
    """)
    )
    ((found, *_),) = find_relations(actors, [], [])
    assert (found.type, found.role, found.target.name) == ("role", "ex ministro polacco", "Polonia")
    assert [role for a in actors.actors for role, *_ in a.roles] == ["ex ministro polacco"]


def test_an_owner_holds_no_office_of_that_name(parse):
    """La Tessile di Luca Moro chiude."""
    actors = Actors(
        parse("""
        La il DET 2 det Definite=Def|Number=Sing
        Tessile Tessile PROPN 6 nsubj B-ORG
        di di ADP 4 case
        Luca Luca PROPN 2 nmod B-PER
        Moro Moro PROPN 4 flat:name I-PER
        chiude chiudere VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 6 punct
    """)
    )
    ((found, *_),) = find_relations(actors, [], [])
    assert (found.source.name, found.target.name, found.role) == ("Luca Moro", "Tessile", None)
