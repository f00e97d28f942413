"""Names and roles of one article become actors."""

from __future__ import annotations

from portavoce.extract.actors.coreference import Actors


def by_name(actors):
    return {a.name: a for a in actors.actors}


SURNAME = """
    Anna Anna PROPN 3 nsubj B-PER
    Ferri Ferri PROPN 1 flat:name I-PER
    tace tacere VERB 0 root

    Ferri Ferri PROPN 2 nsubj B-PER
    parla parlare VERB 0 root
"""


def test_a_surname_belongs_to_the_full_name(parse):
    actors = Actors(parse(SURNAME))
    assert list(by_name(actors)) == ["Anna Ferri"]
    ferri = actors.actors[0]
    assert (ferri.kind, ferri.gender, ferri.aliases, len(ferri.mentions)) == ("person", "Fem", ["Ferri"], 2)


def test_two_persons_with_one_surname_are_told_apart(parse):
    actors = Actors(
        parse("""
        Anna Anna PROPN 3 nsubj B-PER
        Ferri Ferri PROPN 1 flat:name I-PER
        tace tacere VERB 0 root

        Bruno Bruno PROPN 3 nsubj B-PER
        Ferri Ferri PROPN 1 flat:name I-PER
        parla parlare VERB 0 root

        Ferri Ferri PROPN 2 nsubj B-PER
        ride ridere VERB 0 root
    """)
    )
    assert set(by_name(actors)) == {"Anna Ferri", "Bruno Ferri"}
    assert actors.actors[actors.actor_at[6]].name == "Bruno Ferri"  # the one named last


def test_an_acronym_in_parentheses_is_the_organisation_before_it(parse):
    actors = Actors(
        parse("""
        Il il DET 2 det Definite=Def
        Comitato comitato PROPN 8 nsubj B-ORG
        Acque acqua PROPN 2 flat I-ORG
        Libere libero PROPN 2 flat I-ORG
        ( ( PUNCT 6 punct
        CAL CAL PROPN 2 appos B-ORG
        ) ) PUNCT 6 punct
        tace tacere VERB 0 root

        Il il DET 2 det Definite=Def
        CAL CAL PROPN 3 nsubj B-ORG
        parla parlare VERB 0 root
    """)
    )
    assert actors.actors[actors.actor_at[9]].name == "Comitato Acque Libere"
    assert "CAL" in actors.actors[actors.actor_at[9]].aliases


def test_a_role_before_and_behind_a_name_enters_the_role_table(parse):
    actors = Actors(
        parse("""
        il il DET 2 det Definite=Def
        portavoce portavoce NOUN 7 nsubj
        del di ADP 4 case
        Cremlino Cremlino PROPN 2 nmod B-ORG
        Oleg Oleg PROPN 2 nmod B-PER
        Vanin Vanin PROPN 5 flat:name I-PER
        tace tacere VERB 0 root

        Anna Anna PROPN 7 nsubj B-PER
        Ferri_ Ferri PROPN 1 flat:name I-PER
        , , PUNCT 4 punct
        sindaca sindaca NOUN 1 appos
        di di ADP 6 case
        Trento Trento PROPN 4 nmod B-LOC
        parla parlare VERB 0 root
    """)
    )
    roles = {a.name: [(r, o) for r, o, _, _ in a.roles] for a in actors.actors if a.roles}
    assert roles == {"Oleg Vanin": [("portavoce", "Cremlino")], "Anna Ferri": [("sindaca", "Trento")]}
    text = actors.tokens.text
    _, _, start, end = by_name(actors)["Oleg Vanin"].roles[0]
    assert text[start:end] == "portavoce del Cremlino"


def test_the_role_of_a_copula(parse):
    actors = Actors(
        parse("""
        Ugo Ugo PROPN 4 nsubj B-PER
        è essere AUX 4 cop
        il il DET 4 det Definite=Def
        presidente presidente NOUN 0 root
        del di ADP 6 case
        Pedale Pedale PROPN 4 nmod B-ORG
    """)
    )
    assert [(r, o) for r, o, _, _ in by_name(actors)["Ugo"].roles] == [("presidente", "Pedale")]


def test_a_place_is_no_actor_until_it_speaks(parse):
    actors = Actors(
        parse("""
        Trento Trento PROPN 2 nsubj B-LOC
        tace tacere VERB 0 root
    """)
    )
    assert actors.actors == []
    index = actors.speaking_place(0)
    assert actors.actors[index].name == "Trento"
    assert actors.speaking_place(0) == index


def test_a_capital_speaks_for_the_country_that_the_article_knows(parse):
    table = """
        Mosca Mosca PROPN 2 nsubj B-LOC
        tace tacere VERB 0 root
    """
    unknown = Actors(parse(table))
    assert unknown.actors[unknown.speaking_place(0)].name == "Mosca"
    known = Actors(
        parse(
            table
            + """

        le il DET 2 det Definite=Def
        truppe truppa NOUN 4 nsubj
        russe russo ADJ 2 amod
        tacciono tacere VERB 0 root
    """
        )
    )
    actor = known.actors[known.speaking_place(0)]
    assert (actor.name, actor.kind, actor.aliases) == ("Russia", "country", ["Mosca"])


def test_records_keep_the_order_and_scope_descriptions_to_the_article(parse):
    actors = Actors(parse(SURNAME))
    described = actors.describe(3, 3, 3, kind="group")
    records, mentions, _ = actors.records("a1")
    other, _, _ = actors.records("a2")
    assert [a.name for a in records] == [a.name for a in actors.actors]
    assert records[0].id == other[0].id
    assert records[described].id != other[described].id
    assert len({a.id for a in records}) == len(records)
    assert all(m.text == actors.tokens.text[m.start : m.end] for m in mentions)


def test_a_second_name_belongs_to_whom_the_article_names_by_the_first(parse):
    ratzinger = "Ratzinger Ratzinger PROPN 2 nsubj B-PER\n tace tacere VERB 0 root"
    pope = "Benedetto Benedetto PROPN 3 nsubj B-PER\n XVI XVI PROPN 1 flat:name I-PER\n parla parlare VERB 0 root"
    assert list(by_name(Actors(parse(f"{ratzinger}\n\n{pope}")))) == ["Benedetto XVI"]
    assert list(by_name(Actors(parse(ratzinger)))) == ["Ratzinger"]
