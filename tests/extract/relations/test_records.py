"""Relations and roles as records, on parses made by hand."""

from dataclasses import replace

import pytest

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.relations import find_relations, relation_records, with_bodies
from portavoce.records import Role, Span, Statement

TABLE = """
    Luca Luca PROPN 5 nsubj B-PER
    Moro_ Moro PROPN 1 flat:name I-PER
    , , PUNCT 4 punct
    presidente presidente NOUN 1 appos Number=Sing
    accusa accusare VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
    Anna Anna PROPN 5 obj B-PER
    Ferri_ Ferri PROPN 6 flat:name I-PER
    . . PUNCT 5 punct

    Anna Anna PROPN 2 nsubj B-PER
    accusa accusare VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
    la il DET 4 det Definite=Def|Number=Sing
    Svezia_ Svezia PROPN 2 obj B-LOC
    . . PUNCT 2 punct
"""


@pytest.fixture
def made(parse):
    t = parse(TABLE)
    actors = Actors(t)
    return t, actors, find_relations(actors, [], [])


def said(t, words):
    start = t.text.index(words)
    return Statement(id=words[:4], kind="indirect", content=(Span.of(t.text, start, start + len(words)),))


def test_a_relation_has_its_words_and_its_sentence(made):
    t, actors, found = made
    first, second = relation_records(t, actors, found, [])
    assert [f.type for f, _, _ in found] == ["accuse", "accuse"]
    assert (first.source, first.type, first.target) == ("Luca Moro", "accuse", "Anna Ferri")
    assert first.trigger.text == "accusa"
    assert first.evidence.text == "Luca Moro, presidente accusa Anna Ferri."
    assert (second.source, second.target, second.statement) == ("Anna Ferri", "Svezia", None)
    for relation in (first, second):
        for span in (relation.trigger, relation.evidence):
            assert t.text[span.start : span.end] == span.text


def test_the_smallest_statement_around_the_words_reports_it(made):
    t, actors, found = made
    inner, outer = said(t, "Anna accusa la Svezia"), said(t, "Ferri. Anna accusa la Svezia.")
    first, second = relation_records(t, actors, found, [outer, inner])
    assert (first.statement, second.statement) == (None, inner.id)


def test_a_relation_is_told_once(parse):
    t = parse(TABLE + "\n" + TABLE)
    assert len(find_relations(Actors(t), [], [])) == 2


def test_a_role_gets_the_body_that_a_relation_tells(parse):
    """Luca Moro, presidente della Croce Verde."""
    t = parse("""
        Luca Luca PROPN 0 root B-PER
        Moro_ Moro PROPN 1 flat:name I-PER
        , , PUNCT 4 punct
        presidente presidente NOUN 1 appos Number=Sing
        della di ADP 6 case Definite=Def
        Croce Croce PROPN 4 nmod B-ORG
        Verde_ Verde PROPN 6 flat:name I-ORG
        . . PUNCT 1 punct
    """)
    actors = Actors(t)
    found = find_relations(actors, [], [])
    known, _, roles = actors.records("x")
    ids = [a.id for a in known]
    (role,) = with_bodies(t, actors, ids, roles, found)
    assert (role.role, role.organization, role.evidence.text) == ("presidente", "Croce Verde", "presidente")
    bare = Role("other", "sindaco", None, Span.of(t.text, 0, 4))
    assert bare in with_bodies(t, actors, ids, [bare], found)


FORMER = """
    Luca Luca PROPN 0 root B-PER
    Moro_ Moro PROPN 1 flat:name I-PER
    , , PUNCT 5 punct
    ex ex ADJ 5 amod
    presidente presidente NOUN 1 appos Number=Sing
    della di ADP 6 case Definite=Def
    Croce Croce PROPN 5 nmod B-ORG
    Verde_ Verde PROPN 7 flat:name I-ORG
    . . PUNCT 1 punct
"""


@pytest.mark.parametrize("words", ["ex", "ex presidente"])
def test_who_was_something_is_it_no_more(parse, made, words):
    t = parse(FORMER)
    actors = Actors(t)
    ids = [a.id for a in actors.records("x")[0]]
    presides = replace(made[2][0][0], type="role", role="presidente", trigger=(4, 4))
    start = t.text.index("ex ")
    former = Role(ids[0], words, None, Span.of(t.text, start, start + len(words)))
    (role,) = with_bodies(t, actors, ids, [former], [(presides, 0, 1)])
    assert (role.role, role.organization, role.evidence.text) == ("ex presidente", "Croce Verde", "ex presidente")


def test_of_two_roles_in_the_same_words_the_longer_is_told(parse):
    t = parse(FORMER)
    inner, outer = (
        Role("luca", w, None, Span.of(t.text, t.text.index(w), t.text.index(w) + len(w)))
        for w in ("presidente", "ex presidente")
    )
    assert with_bodies(t, Actors(t), [], [inner, outer], []) == (outer,)
