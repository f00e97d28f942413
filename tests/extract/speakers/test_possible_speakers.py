"""Which actor a speaker's phrase or a dropped subject means, with the packaged weights, on parses made by hand."""

from __future__ import annotations

import pytest

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.speakers import find_speakers
from portavoce.extract.speakers.history import Contents, History
from tests.extract.spoken import ANNA, said, speakers


def test_dropped_subject_is_the_last_speaker_across_sentences(after_anna):
    found = after_anna(
        """
        Ha avere AUX 2 aux Number=Sing|Person=3|VerbForm=Fin|Mood=Ind
        aggiunto aggiungere VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part|Tense=Past
        che che SCONJ 5 mark
        i il DET 5 det Definite=Def|Number=Plur
        fiumi fiume NOUN 6 nsubj Gender=Masc|Number=Plur
        calano calare VERB 2 ccomp Number=Plur|Person=3|VerbForm=Fin
        . . PUNCT 2 punct
    """,
        "ha aggiunto",
        "i fiumi calano",
    )
    assert found == [
        ("Anna Ferri", "Anna Ferri"), (None, "Anna Ferri"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("participle", "name"), [("intervenuta/Fem", "Anna Ferri"), ("intervenuto/Masc", "Marco Valli")]
)
def test_a_participle_tells_the_gender_of_a_dropped_subject(after_anna, participle, name):
    # Anna Ferri ha detto che la diga regge. Marco Valli ha detto che il ponte trema. È intervenuta …
    form, gender = participle.split("/")
    found = after_anna(
        f"""
        Marco Marco PROPN 4 nsubj Gender=Masc|Number=Sing B-PER
        Valli Valli PROPN 1 flat:name I-PER
        ha avere AUX 4 aux Number=Sing|Person=3|VerbForm=Fin
        ascoltato ascoltare VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        . . PUNCT 4 punct

        Poi poi ADV 3 advmod
        è essere AUX 3 aux Number=Sing|Person=3|VerbForm=Fin
        {form}_ intervenire VERB 0 root Gender={gender}|Number=Sing|VerbForm=Part
        : : PUNCT 5 punct
        serve servire VERB 3 parataxis Number=Sing|Person=3|VerbForm=Fin
        calma calma NOUN 5 nsubj
        . . PUNCT 3 punct
    """,
        f"è {form}",
        "serve calma",
    )
    assert found[1] == (None, name)


def test_a_nominal_is_resolved_by_the_role_table(who_says):
    assert who_says("""
        il il DET 2 det Definite=Def|Number=Sing
        portavoce portavoce NOUN 7 nsubj Number=Sing
        del di ADP 4 case
        Cremlino Cremlino PROPN 2 nmod B-ORG
        Oleg Oleg PROPN 2 nmod B-PER
        Vanin Vanin PROPN 5 flat:name I-PER
        arriva arrivare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 7 punct

        Il il DET 2 det Definite=Def|Number=Sing
        portavoce portavoce NOUN 4 nsubj Gender=Masc|Number=Sing
    """) == ("Il portavoce", "Oleg Vanin")


def test_a_pronoun_is_the_last_speaker(after_anna):
    found = after_anna(
        """
        Lei lei PRON 3 nsubj Gender=Fem|Number=Sing|Person=3|PronType=Prs
        ha avere AUX 3 aux Number=Sing|Person=3|VerbForm=Fin
        precisato precisare VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 6 mark
        tutto tutto PRON 6 nsubj
        funziona funzionare VERB 3 ccomp Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 3 punct
    """,
        "ha precisato",
        "tutto funziona",
    )
    assert found[1] == ("Lei", "Anna Ferri")


def test_a_metonym_is_the_country(parse):
    t = parse("""
        Le il DET 2 det Definite=Def
        truppe truppa NOUN 4 nsubj Number=Plur
        russe russo ADJ 2 amod
        partono partire VERB 0 root Number=Plur|Person=3|VerbForm=Fin
        . . PUNCT 4 punct

        Mosca Mosca PROPN 3 nsubj B-LOC
        ha avere AUX 3 aux Number=Sing|Person=3|VerbForm=Fin
        annunciato annunciare VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        il il DET 5 det Definite=Def
        ritiro ritiro NOUN 3 obj Gender=Masc|Number=Sing
        . . PUNCT 3 punct
    """)
    assert speakers(t, said(t, "ha annunciato", "il ritiro")) == [("Mosca", "Russia")]


def test_those_who_speak_together_are_one_actor(parse):
    t = parse("""
        Aquanova Aquanova PROPN 5 nsubj B-ORG
        e e CCONJ 3 cc
        Terraviva Terraviva PROPN 1 conj B-ORG
        hanno avere AUX 5 aux Number=Plur|Person=3|VerbForm=Fin
        detto dire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 9 mark
        il il DET 8 det Definite=Def
        lago lago NOUN 9 nsubj Gender=Masc|Number=Sing
        muore morire VERB 5 ccomp Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 5 punct
    """)
    actors = Actors(t)
    found = find_speakers(t, actors, [said(t, "hanno detto", "il lago muore")])[0]
    assert (t.text[slice(*found.span)], found.name, found.kind) == (
        "Aquanova e Terraviva", "Aquanova e Terraviva", "organization",
    )  # fmt: skip


def test_an_indefinite_person_is_somebody_new(after_anna):
    found = after_anna(
        """
        Un uno DET 2 det Definite=Ind|PronType=Art
        portavoce portavoce NOUN 4 nsubj Gender=Masc|Number=Sing
        ha avere AUX 4 aux Number=Sing|Person=3|VerbForm=Fin
        smentito smentire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        il il DET 6 det Definite=Def
        crollo crollo NOUN 4 obj Gender=Masc|Number=Sing
        . . PUNCT 4 punct
    """,
        "ha smentito",
        "il crollo",
    )
    assert found[1] == ("Un portavoce", "portavoce")


def test_one_of_several_is_described_by_the_whole_phrase(who_says):
    assert who_says(
        """
        Uno uno PRON 5 nsubj Gender=Masc|Number=Sing|PronType=Ind
        dei di ADP 3 case Definite=Def|Number=Plur
        passeggeri passeggero NOUN 1 nmod Gender=Masc|Number=Plur
    """,
        "raccontato raccontare",
    ) == ("Uno dei passeggeri", "Uno dei passeggeri")


def test_a_bare_noun_takes_its_fullest_description(parse):
    t = parse("""
        Esce uscire VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        lo il DET 3 det Definite=Def
        studio studio NOUN 1 nsubj Gender=Masc|Number=Sing
        degli di ADP 5 case Definite=Def|Number=Plur
        ornitologi ornitologo NOUN 3 nmod Gender=Masc|Number=Plur
        . . PUNCT 1 punct

        Secondo secondo ADP 3 case
        lo il DET 3 det Definite=Def|Number=Sing
        studio studio NOUN 7 obl Gender=Masc|Number=Sing
        , , PUNCT 3 punct
        i il DET 6 det Definite=Def
        merli merlo NOUN 7 nsubj Gender=Masc|Number=Plur
        tacciono tacere VERB 0 root Number=Plur|Person=3|VerbForm=Fin
        . . PUNCT 7 punct
    """)
    assert speakers(t, said(t, "secondo", "i merli tacciono", kind="prep")) == [
        ("lo studio", "studio degli ornitologi")
    ]


def test_a_person_of_the_other_gender_is_never_the_dropped_subject(after_anna):
    found = after_anna(
        """
        È essere AUX 2 aux Number=Sing|Person=3|VerbForm=Fin
        intervenuto intervenire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        : : PUNCT 4 punct
        basta bastare VERB 2 parataxis Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 2 punct
    """,
        "è intervenuto",
        "basta",
    )
    assert found[1] == (None, None)


def test_only_actors_near_by_are_looked_at_in_a_text_of_many_names(parse):
    names = "".join(
        f"""
        Abc{n:03} Abc{n:03} PROPN 2 nsubj B-ORG
        tace tacere VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 2 punct

        """
        for n in range(400)
    )
    t = parse(names + ANNA)
    history = History(Actors(t), Contents([]))
    near = list(history.within_reach(t.n))
    assert len(near) <= 120
    assert {history.actors.actors[k].name for k in near} >= {"Anna Ferri", "Abc399"}
    assert "Abc000" not in {history.actors.actors[k].name for k in near}


def test_another_word_for_the_same_office(who_says):
    assert who_says("""
        Il il DET 2 det Definite=Def|Number=Sing
        sindaco sindaco NOUN 5 nsubj Gender=Masc|Number=Sing
        Marco Marco PROPN 2 nmod B-PER
        Valli Valli PROPN 3 flat:name I-PER
        incontra incontrare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        Ugo Ugo PROPN 5 obj B-PER
        Neri Neri PROPN 6 flat:name I-PER
        . . PUNCT 5 punct

        Il il DET 3 det Definite=Def|Number=Sing
        primo primo ADJ 3 amod Number=Sing
        cittadino cittadino NOUN 5 nsubj Gender=Masc|Number=Sing
    """) == ("Il primo cittadino", "Marco Valli")


def test_a_known_officeholder_whom_the_article_names(parse):
    t = parse("""
        Peskov Peskov PROPN 3 nsubj B-PER
        ha avere AUX 3 aux Number=Sing|Person=3|VerbForm=Fin
        detto dire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 6 mark
        nulla nulla PRON 6 nsubj
        cambia cambiare VERB 3 ccomp Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 3 punct

        Il il DET 2 det Definite=Def|Number=Sing
        portavoce portavoce NOUN 6 nsubj Gender=Masc|Number=Sing
        del di ADP 4 case Definite=Def
        Cremlino Cremlino PROPN 2 nmod B-ORG
        ha avere AUX 6 aux Number=Sing|Person=3|VerbForm=Fin
        ribadito ribadire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 9 mark
        tutto tutto PRON 9 nsubj
        resta restare VERB 6 ccomp Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 6 punct
    """)
    found = speakers(t, said(t, "ha detto", "nulla cambia"), said(t, "ha ribadito", "tutto resta"))
    assert found == [("Peskov", "Peskov"), ("Il portavoce del Cremlino", "Peskov")]


def test_what_witnesses_say_is_said_by_witnesses(parse):
    t = parse("""
        Secondo secondo ADP 3 case
        alcune alcuno DET 3 det Number=Plur
        testimonianze testimonianza NOUN 6 obl Gender=Fem|Number=Plur
        il il DET 5 det Definite=Def|Number=Sing
        treno treno NOUN 6 nsubj Gender=Masc|Number=Sing
        frenava frenare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 6 punct
    """)
    assert speakers(t, said(t, "secondo", "il treno frenava", kind="prep")) == [("alcune testimonianze", "testimoni")]


def test_a_description_takes_in_what_follows_its_noun(who_says):
    assert who_says("""
        Un uno DET 2 det Definite=Ind|Number=Sing
        pilota pilota NOUN 6 nsubj Number=Sing
        in in ADP 4 case
        pensione pensione NOUN 2 nmod
    """) == ("Un pilota", "pilota in pensione")


@pytest.mark.parametrize("passive", [True, False])
def test_a_passive_without_an_agent_has_nobody_who_says_it(after_anna, passive):
    auxiliaries = """
        È essere AUX 3 aux Number=Sing|Person=3|VerbForm=Fin
        stato essere AUX 3 aux:pass Gender=Masc|Number=Sing|VerbForm=Part
    """ if passive else """
        Non non ADV 3 advmod
        ha avere AUX 3 aux Number=Sing|Person=3|VerbForm=Fin
    """  # fmt: skip
    found = after_anna(
        f"""{auxiliaries.strip()}
        escluso escludere VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 5 mark
        piova piovere VERB 3 ccomp Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 3 punct
    """,
        "escluso",
        "piova",
    )
    assert found[1] == (None, None if passive else "Anna Ferri")


def test_nobody_says_in_marks_what_names_him_but_who_is_named_beside_them(after_anna):
    table = """
        Bruno Bruno PROPN 4 nsubj Gender=Masc|Number=Sing B-PER
        Conti Conti PROPN 1 flat:name I-PER
        non non ADV 4 advmod
        risponde_ rispondere VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 4 punct

        «_ « PUNCT 2 punct
        {name} {name} PROPN 3 nsubj Number=Sing B-PER
        sbaglia_ sbagliare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        »_ » PUNCT 3 punct
        , , PUNCT 7 punct
        ha avere AUX 7 aux Number=Sing|Person=3|VerbForm=Fin
        aggiunto_ aggiungere VERB 3 parataxis Number=Sing|VerbForm=Part
        . . PUNCT 3 punct
    """
    names = {
        name: after_anna(table.format(name=name), "ha aggiunto", f"{name} sbaglia")[1][1] for name in ("Ferri", "Conti")
    }
    assert names == {"Ferri": "Bruno Conti", "Conti": "Anna Ferri"}
