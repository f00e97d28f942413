"""Who speaks, with the packaged weights, on parses made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portavoce.errors import PipelineError
from portavoce.extract.antecedents import History
from portavoce.extract.attribution import Attribution, Cue
from portavoce.extract.coreference import Actors
from portavoce.extract.linear import Linear
from portavoce.extract.speaker_mentions import Contents
from portavoce.extract.speakers import Ranking, find_speakers


def said(t, cue, content, *, kind="verb", nth=0):
    """The attribution of ``content`` (words of the text) to the cue that is written ``cue``."""
    start = t.text.index(content)
    if cue is None:
        head = t.at(start)
        return Attribution(Cue("none", head, head, head, ""), ((start, start + len(content)),), "direct", "test", 1.0)
    words = cue.lower().split()
    firsts = [i for i in range(t.n) if t.form[i : i + len(words)] == words]
    first = firsts[nth]
    last = first + len(words) - 1
    head = first if kind == "prep" else last
    return Attribution(
        Cue(kind, head, first, last, t.lemma[head]), ((start, start + len(content)),), "indirect", "test", 1.0
    )


def speakers(t, *attributions, ranking=None):
    """The likeliest speakers, however unsure: the threshold is another matter."""
    actors = Actors(t)
    ranking = ranking or replace(Ranking.load("it"), threshold=0.0)
    found = find_speakers(t, actors, attributions, ranking=ranking)
    return [(t.text[slice(*s.span)] if s.span else None, s.name) for s in found]


ANNA = """
    Anna Anna PROPN 4 nsubj Gender=Fem|Number=Sing B-PER
    Ferri Ferri PROPN 1 flat:name I-PER
    ha avere AUX 4 aux Number=Sing|Person=3|VerbForm=Fin|Mood=Ind
    detto dire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part|Tense=Past
    che che SCONJ 7 mark
    la il DET 7 det Definite=Def|Number=Sing
    diga diga NOUN 8 nsubj Gender=Fem|Number=Sing
    regge reggere VERB 4 ccomp Number=Sing|Person=3|VerbForm=Fin
    . . PUNCT 4 punct
"""


def test_subject_before_the_verb(parse):
    t = parse(ANNA)
    assert speakers(t, said(t, "ha detto", "la diga regge")) == [("Anna Ferri", "Anna Ferri")]


def test_inversion_leaves_place_and_addressee_out(parse):
    # «Vinceremo», ha detto ai cronisti il sindaco Marco Valli a Torino.
    t = parse("""
        «_ « PUNCT 2 punct
        Vinceremo_ vincere VERB 6 ccomp Number=Plur|Person=1|VerbForm=Fin
        »_ » PUNCT 2 punct
        , , PUNCT 2 punct
        ha avere AUX 6 aux Number=Sing|Person=3|VerbForm=Fin
        detto dire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        ai a ADP 8 case Definite=Def|Number=Plur
        cronisti cronista NOUN 6 obl Gender=Masc|Number=Plur
        il il DET 10 det Definite=Def|Number=Sing
        sindaco sindaco NOUN 6 nsubj Gender=Masc|Number=Sing
        Marco Marco PROPN 10 nmod B-PER
        Valli Valli PROPN 11 flat:name I-PER
        a a ADP 14 case
        Torino_ Torino PROPN 6 obl B-LOC
        . . PUNCT 6 punct
    """)
    assert speakers(t, said(t, "ha detto", "Vinceremo")) == [("il sindaco Marco Valli", "Marco Valli")]


def test_dropped_subject_is_the_last_speaker_across_sentences(parse):
    t = parse(
        ANNA
        + """

        Ha avere AUX 2 aux Number=Sing|Person=3|VerbForm=Fin|Mood=Ind
        aggiunto aggiungere VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part|Tense=Past
        che che SCONJ 5 mark
        i il DET 5 det Definite=Def|Number=Plur
        fiumi fiume NOUN 6 nsubj Gender=Masc|Number=Plur
        calano calare VERB 2 ccomp Number=Plur|Person=3|VerbForm=Fin
        . . PUNCT 2 punct
    """
    )
    assert speakers(t, said(t, "ha detto", "la diga regge"), said(t, "ha aggiunto", "i fiumi calano")) == [
        ("Anna Ferri", "Anna Ferri"), (None, "Anna Ferri"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("participle", "name"), [("intervenuta/Fem", "Anna Ferri"), ("intervenuto/Masc", "Marco Valli")]
)
def test_a_participle_tells_the_gender_of_a_dropped_subject(parse, participle, name):
    # Anna Ferri ha detto che la diga regge. Marco Valli ha detto che il ponte trema. È intervenuta …
    form, gender = participle.split("/")
    t = parse(
        ANNA
        + f"""

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
    """
    )
    attributions = [said(t, "ha detto", "la diga regge"), said(t, f"è {form}", "serve calma")]
    assert speakers(t, *attributions)[1] == (None, name)


def test_a_nominal_is_resolved_by_the_role_table(parse):
    t = parse("""
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
        ha avere AUX 4 aux Number=Sing|Person=3|VerbForm=Fin
        detto dire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 7 mark
        i il DET 7 det Definite=Def|Number=Plur
        colloqui colloquio NOUN 8 nsubj Number=Plur
        continuano continuare VERB 4 ccomp Number=Plur|Person=3|VerbForm=Fin
        . . PUNCT 4 punct
    """)
    assert speakers(t, said(t, "ha detto", "i colloqui continuano")) == [("Il portavoce", "Oleg Vanin")]


def test_a_pronoun_is_the_last_speaker(parse):
    t = parse(
        ANNA
        + """

        Lei lei PRON 3 nsubj Gender=Fem|Number=Sing|Person=3|PronType=Prs
        ha avere AUX 3 aux Number=Sing|Person=3|VerbForm=Fin
        precisato precisare VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 6 mark
        tutto tutto PRON 6 nsubj
        funziona funzionare VERB 3 ccomp Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 3 punct
    """
    )
    found = speakers(t, said(t, "ha detto", "la diga regge"), said(t, "ha precisato", "tutto funziona"))
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


def test_secondo(parse):
    t = parse("""
        Secondo secondo ADP 3 case
        i il DET 3 det Definite=Def|Number=Plur
        geologi geologo NOUN 7 obl Gender=Masc|Number=Plur
        , , PUNCT 3 punct
        la il DET 6 det Definite=Def
        frana frana NOUN 7 nsubj Gender=Fem|Number=Sing
        avanza avanzare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 7 punct
    """)
    assert speakers(t, said(t, "secondo", "la frana avanza", kind="prep")) == [("i geologi", "geologi")]


def test_the_possessor_of_a_cue_noun(parse):
    # L'annuncio di Marco Valli: la fabbrica riapre.
    t = parse("""
        L'_ il DET 2 det Definite=Def
        annuncio annuncio NOUN 0 root Gender=Masc|Number=Sing
        di di ADP 4 case
        Marco Marco PROPN 2 nmod B-PER
        Valli_ Valli PROPN 4 flat:name I-PER
        : : PUNCT 9 punct
        la il DET 8 det Definite=Def
        fabbrica fabbrica NOUN 9 nsubj Gender=Fem|Number=Sing
        riapre riaprire VERB 2 parataxis Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 2 punct
    """)
    assert speakers(t, said(t, "annuncio", "la fabbrica riapre", kind="noun")) == [("Marco Valli", "Marco Valli")]


def test_the_agent_of_a_passive(parse):
    # La chiusura è stata annunciata dal ministro Marco Valli.
    t = parse("""
        La il DET 2 det Definite=Def
        chiusura chiusura NOUN 5 nsubj:pass Gender=Fem|Number=Sing
        è essere AUX 5 aux Number=Sing|Person=3|VerbForm=Fin
        stata essere AUX 5 aux:pass Gender=Fem|Number=Sing|VerbForm=Part
        annunciata annunciare VERB 0 root Gender=Fem|Number=Sing|VerbForm=Part
        dal da ADP 7 case Definite=Def|Number=Sing
        ministro ministro NOUN 5 obl:agent Gender=Masc|Number=Sing
        Marco Marco PROPN 7 nmod B-PER
        Valli_ Valli PROPN 8 flat:name I-PER
        . . PUNCT 5 punct
    """)
    assert speakers(t, said(t, "è stata annunciata", "La chiusura")) == [("ministro Marco Valli", "Marco Valli")]


def test_the_antecedent_of_a_relative_pronoun(parse):
    # Arriva Marco Valli, che ha detto che il ponte regge.
    t = parse("""
        Arriva arrivare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        Marco Marco PROPN 1 nsubj B-PER
        Valli_ Valli PROPN 2 flat:name I-PER
        , , PUNCT 7 punct
        che che PRON 7 nsubj PronType=Rel
        ha avere AUX 7 aux Number=Sing|Person=3|VerbForm=Fin
        detto dire VERB 2 acl:relcl Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 11 mark
        il il DET 10 det Definite=Def
        ponte ponte NOUN 11 nsubj Gender=Masc|Number=Sing
        regge reggere VERB 7 ccomp Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 1 punct
    """)
    assert speakers(t, said(t, "ha detto", "il ponte regge")) == [("Marco Valli", "Marco Valli")]


def test_the_name_speaks_where_it_stands_in_apposition(parse):
    t = parse("""
        Il il DET 2 det Definite=Def
        ministro ministro NOUN 8 nsubj Gender=Masc|Number=Sing
        , , PUNCT 4 punct
        Marco Marco PROPN 2 appos B-PER
        Valli_ Valli PROPN 4 flat:name I-PER
        , , PUNCT 4 punct
        ha avere AUX 8 aux Number=Sing|Person=3|VerbForm=Fin
        detto dire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 12 mark
        il il DET 11 det Definite=Def
        ponte ponte NOUN 12 nsubj Gender=Masc|Number=Sing
        regge reggere VERB 8 ccomp Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 8 punct
    """)
    assert speakers(t, said(t, "ha detto", "il ponte regge")) == [("Marco Valli", "Marco Valli")]


def test_who_stands_before_a_colon(parse):
    # Marco Valli: «Il ponte regge».
    t = parse("""
        Marco Marco PROPN 7 nsubj B-PER
        Valli_ Valli PROPN 1 flat:name I-PER
        : : PUNCT 7 punct
        «_ « PUNCT 7 punct
        Il il DET 6 det Definite=Def
        ponte ponte NOUN 7 nsubj Gender=Masc|Number=Sing
        regge_ reggere VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        »_ » PUNCT 7 punct
        . . PUNCT 7 punct
    """)
    assert speakers(t, said(t, ":", "Il ponte regge", kind="colon")) == [("Marco Valli", "Marco Valli")]


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


def test_each_of_two_nested_statements_has_its_own_speaker(parse):
    # Anna Ferri riferisce che Marco Valli ha promesso che la diga regge.
    t = parse("""
        Anna Anna PROPN 3 nsubj B-PER
        Ferri Ferri PROPN 1 flat:name I-PER
        riferisce riferire VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        che che SCONJ 8 mark
        Marco Marco PROPN 8 nsubj B-PER
        Valli Valli PROPN 5 flat:name I-PER
        ha avere AUX 8 aux Number=Sing|Person=3|VerbForm=Fin
        promesso promettere VERB 3 ccomp Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 12 mark
        la il DET 11 det Definite=Def
        diga diga NOUN 12 nsubj Gender=Fem|Number=Sing
        regge_ reggere VERB 8 ccomp Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 3 punct
    """)
    outer = said(t, "riferisce", "Marco Valli ha promesso che la diga regge")
    inner = said(t, "ha promesso", "la diga regge")
    assert speakers(t, outer, inner) == [("Anna Ferri", "Anna Ferri"), ("Marco Valli", "Marco Valli")]


SOURCELESS = """
    È essere AUX 3 aux Number=Sing|Person=3|VerbForm=Fin
    stato essere AUX 3 aux:pass Gender=Masc|Number=Sing|VerbForm=Part
    affermato affermare VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
    che che SCONJ 7 mark
    il il DET 6 det Definite=Def
    lago lago NOUN 7 nsubj Gender=Masc|Number=Sing
    muore_ morire VERB 3 ccomp Number=Sing|Person=3|VerbForm=Fin
    . . PUNCT 3 punct
"""


def test_nobody_speaks_in_a_sourceless_passive(parse):
    t = parse(SOURCELESS)
    assert speakers(t, said(t, "è stato affermato", "il lago muore")) == [(None, None)]


def test_below_the_threshold_the_actor_stays_open(parse):
    t = parse(ANNA)
    packaged = Ranking.load("it")
    strict = Ranking(packaged.mention, packaged.antecedent, packaged.sure, 1.01)
    actors = Actors(t)
    found = find_speakers(t, actors, [said(t, "ha detto", "la diga regge")], ranking=strict)[0]
    assert (found.name, found.kind, found.actor) == (None, "unknown", None)
    assert found.rule.endswith("unsure")
    assert t.text[slice(*found.span)] == "Anna Ferri"


def test_an_article_without_statements_has_no_speakers(parse):
    t = parse(ANNA)
    assert find_speakers(t, Actors(t), []) == []


def test_weights_decide(parse):
    t = parse(ANNA)
    nobody = Ranking(Linear({"null=verb:act": 9.0}), Linear({"nobody:null:verb": 9.0}), Linear({}), 0.0)
    assert speakers(t, said(t, "ha detto", "la diga regge"), ranking=nobody) == [(None, None)]


def test_a_language_without_weights_is_refused():
    with pytest.raises((PipelineError, FileNotFoundError)):
        Ranking.load("xx")


def test_an_indefinite_person_is_somebody_new(parse):
    t = parse(
        ANNA
        + """

        Un uno DET 2 det Definite=Ind|PronType=Art
        portavoce portavoce NOUN 4 nsubj Gender=Masc|Number=Sing
        ha avere AUX 4 aux Number=Sing|Person=3|VerbForm=Fin
        smentito smentire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        il il DET 6 det Definite=Def
        crollo crollo NOUN 4 obj Gender=Masc|Number=Sing
        . . PUNCT 4 punct
    """
    )
    found = speakers(t, said(t, "ha detto", "la diga regge"), said(t, "ha smentito", "il crollo"))
    assert found[1] == ("Un portavoce", "portavoce")


def test_one_of_several_is_described_by_the_whole_phrase(parse):
    t = parse("""
        Uno uno PRON 5 nsubj Gender=Masc|Number=Sing|PronType=Ind
        dei di ADP 3 case Definite=Def|Number=Plur
        passeggeri passeggero NOUN 1 nmod Gender=Masc|Number=Plur
        ha avere AUX 5 aux Number=Sing|Person=3|VerbForm=Fin
        raccontato raccontare VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 9 mark
        il il DET 8 det Definite=Def
        pullman pullman NOUN 9 nsubj Gender=Masc|Number=Sing
        sbandava sbandare VERB 5 ccomp Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 5 punct
    """)
    assert speakers(t, said(t, "ha raccontato", "il pullman sbandava")) == [
        ("Uno dei passeggeri", "Uno dei passeggeri")
    ]


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


def test_a_title_before_its_name_is_no_party_of_its_own(parse):
    # Il segretario del Partito Verde Marco Valli ha detto …
    t = parse("""
        Il il DET 2 det Definite=Def
        segretario segretario NOUN 9 nsubj Gender=Masc|Number=Sing
        del di ADP 4 case Definite=Def
        Partito partito PROPN 2 nmod B-ORG
        Verde verde PROPN 4 flat I-ORG
        Marco Marco PROPN 4 flat B-PER
        Valli Valli PROPN 6 flat:name I-PER
        ha avere AUX 9 aux Number=Sing|Person=3|VerbForm=Fin
        detto dire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 13 mark
        il il DET 12 det Definite=Def
        ponte ponte NOUN 13 nsubj Gender=Masc|Number=Sing
        regge reggere VERB 9 ccomp Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 9 punct
    """)
    assert speakers(t, said(t, "ha detto", "il ponte regge")) == [
        ("Il segretario del Partito Verde Marco Valli", "Marco Valli")
    ]


def test_a_person_of_the_other_gender_is_never_the_dropped_subject(parse):
    t = parse(
        ANNA
        + """

        È essere AUX 2 aux Number=Sing|Person=3|VerbForm=Fin
        intervenuto intervenire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        : : PUNCT 4 punct
        basta bastare VERB 2 parataxis Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 2 punct
    """
    )
    found = speakers(t, said(t, "ha detto", "la diga regge"), said(t, "è intervenuto", "basta"))
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


def test_another_word_for_the_same_office(parse):
    t = parse("""
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
        ha avere AUX 5 aux Number=Sing|Person=3|VerbForm=Fin
        detto dire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 8 mark
        i il DET 8 det Definite=Def|Number=Plur
        cantieri cantiere NOUN 9 nsubj Number=Plur
        chiudono chiudere VERB 5 ccomp Number=Plur|Person=3|VerbForm=Fin
        . . PUNCT 5 punct
    """)
    assert speakers(t, said(t, "ha detto", "i cantieri chiudono")) == [("Il primo cittadino", "Marco Valli")]


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


TWICE = """
    Anna Anna PROPN 4 nsubj Gender=Fem|Number=Sing B-PER
    Ferri Ferri PROPN 1 flat:name I-PER
    ha avere AUX 4 aux Number=Sing|Person=3|VerbForm=Fin|Mood=Ind
    visto vedere VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part|Tense=Past
    Marco Marco PROPN 4 obj B-PER
    Valli Valli PROPN 5 flat:name I-PER
    e e CCONJ 9 cc
    ha avere AUX 9 aux Number=Sing|Person=3|VerbForm=Fin|Mood=Ind
    detto dire VERB 4 conj Gender=Masc|Number=Sing|VerbForm=Part|Tense=Past
    che che SCONJ 12 mark
    tutto tutto PRON 12 nsubj
    regge reggere VERB 9 ccomp Number=Sing|Person=3|VerbForm=Fin
    . . PUNCT 4 punct
"""


def test_the_mentions_of_an_actor_count_together(parse):
    # Marco Valli is the likeliest mention; Anna Ferri, and the dropped subject that means her, are likelier together
    t = parse(TWICE)
    weights = Ranking(
        Linear({"sort=verb:name-person": 0.0, "agrees-dep=obj:?": 0.3, "null=verb:act": 0.0}),
        Linear({"null:dep=nsubj:0": 9.0}), Linear({}), 0.0,
    )  # fmt: skip
    assert speakers(t, said(t, "ha detto", "tutto regge"), ranking=weights)[0][1] == "Anna Ferri"


def test_the_confidence_is_what_its_model_says(parse):
    t = parse(ANNA)
    packaged = Ranking.load("it")
    doubtful = Ranking(packaged.mention, packaged.antecedent, Linear({}, -2.0), 0.0)
    found = find_speakers(t, Actors(t), [said(t, "ha detto", "la diga regge")], ranking=doubtful)[0]
    assert found.confidence == pytest.approx(0.119, abs=0.001)


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


def test_a_preposition_taken_for_a_verb_is_read_by_its_form(parse):
    t = parse("""
        Secondo secondo VERB 6 advcl
        i il DET 3 det Definite=Def|Number=Plur
        medici medico NOUN 1 nsubj Gender=Masc|Number=Plur
        la il DET 5 det Definite=Def|Number=Sing
        febbre febbre NOUN 6 nsubj Gender=Fem|Number=Sing
        cala calare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 6 punct
    """)
    assert speakers(t, said(t, "secondo", "la febbre cala")) == [("i medici", "medici")]


def test_a_description_takes_in_what_follows_its_noun(parse):
    t = parse("""
        Un uno DET 2 det Definite=Ind|Number=Sing
        pilota pilota NOUN 6 nsubj Number=Sing
        in in ADP 4 case
        pensione pensione NOUN 2 nmod
        ha avere AUX 6 aux Number=Sing|Person=3|VerbForm=Fin
        detto dire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 9 mark
        tutto tutto PRON 9 nsubj
        regge reggere VERB 6 ccomp Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 6 punct
    """)
    assert speakers(t, said(t, "ha detto", "tutto regge")) == [("Un pilota", "pilota in pensione")]
