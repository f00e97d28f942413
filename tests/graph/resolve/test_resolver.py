"""Who is who among appearances, whatever their order."""

import random

import pytest

from portavoce.graph.judgements import Judgement, Judgements
from portavoce.graph.resolve import Appearance, Gazetteer, identify, resolve
from portavoce.graph.resolve.gazetteer import Entry, Office
from portavoce.ids import actor_id

EMPTY = Gazetteer(())
BY, DAY = {"by": "anna", "when": "2024-05-01T10:00:00Z"}, "2024-05-01"


def appearance(article, name, kind="person", **told):
    form = identify(name, kind=kind, article=article).id
    told.setdefault("names", (name,))
    return Appearance(article, form, name, kind=kind, **told)


def ids(appearances, **options):
    options.setdefault("gazetteer", EMPTY)
    found = resolve(appearances, **options).identities
    return [found[a.article, a.form].id for a in appearances]


def one(*appearances, **options):
    return len(set(ids(list(appearances), **options))) == 1


def test_transliterations_in_two_articles_are_one_actor():
    assert one(appearance("a", "Sergej Lavrov"), appearance("b", "Sergey Lavrov"), appearance("c", "Sergei Lavrov"))


def test_a_surname_means_whom_an_article_of_the_same_days_names_fully():
    full = appearance("a", "Carla Ferri", day="2024-05-01")
    assert one(full, appearance("b", "Ferri", day="2024-05-04"))
    assert not one(full, appearance("b", "Ferri", day="2024-09-04"))
    assert not one(full, appearance("b", "Ferri"))


def test_a_surname_of_two_is_nobody_in_particular():
    one_, other, bare = ids(
        [
            appearance("a", "Carla Ferri", day=DAY),
            appearance("b", "Luca Ferri", day=DAY),
            appearance("c", "Ferri", day=DAY),
        ]
    )
    assert len({one_, other, bare}) == 3
    assert bare == actor_id("Ferri", "c")


def test_a_surname_means_whoever_is_named_far_more_often():
    often = [appearance(f"a{n}", "Carla Ferri") for n in range(20)]
    assert one(*often, appearance("b", "Ferri"))
    assert not one(*often, appearance("b", "Luca Ferri"))


def test_a_womans_and_a_mans_name_are_two_actors():
    assert not one(appearance("a", "Andrea Maria Ferri"), appearance("b", "Maria Ferri"))


def test_a_name_between_two_that_differ_means_the_one_named_more_often():
    names = ["George W. Neri"] * 4 + ["George H. W. Neri", "George Neri"]
    found = ids([appearance(f"a{n}", name) for n, name in enumerate(names)])
    assert found[5] == found[0] != found[4]
    names = ["George W. Neri", "George H. W. Neri", "George Neri"]
    assert len(set(ids([appearance(f"a{n}", name) for n, name in enumerate(names)]))) == 3


def test_father_and_son_stay_two_and_the_bare_surname_is_the_one_who_is_named_so():
    son, father = appearance("a", "Luca Ferri Jr."), appearance("a", "Ferri senior")
    assert not one(son, father)


def test_an_acronym_is_what_another_article_spells_out():
    spelled = appearance("a", "Istituto Lariano Acque", "organization", names=("Istituto Lariano Acque", "ILA"))
    assert one(spelled, appearance("b", "ILA", "organization"))
    assert not one(
        appearance("a", "Istituto Laziale Arte", "organization"), spelled, appearance("b", "ILA", "organization")
    )


def test_descriptions_stay_in_their_article():
    assert not one(appearance("a", "il portavoce"), appearance("b", "il portavoce"))


@pytest.fixture
def known():
    return Gazetteer((
        Entry("Carla Ferri", wikidata="Q1", countries=("Francia",), offices=(Office("Minister of Health", "2020-01-01"),)),
        Entry("Luca Gallo", wikidata="Q2", countries=("Italia",), offices=(Office("Prime Minister", "2019-01-01", "2023-01-01"),)),
        Entry("Paolo Neri", wikidata="Q3", countries=("Italia",), offices=(Office("Senator", "1950-01-01", "1955-01-01"),)),
        Entry("Rita Sala", wikidata="Q4", countries=("Italia",)),
        Entry("Rita Sala", wikidata="Q5", countries=("Italia",)),
    ))  # fmt: skip


def wikidata(a, known):
    return resolve([a], gazetteer=known).identities[a.article, a.form].wikidata


def test_a_known_name_gets_its_wikidata_id_where_its_country_is_spoken_of(known):
    assert wikidata(appearance("a", "Carla Ferri", places=frozenset({"Francia"})), known) == "Q1"
    assert wikidata(appearance("a", "Luca Gallo"), known) == "Q2"


def test_no_id_where_country_role_or_years_contradict(known):
    assert wikidata(appearance("a", "Carla Ferri", places=frozenset({"Brasile"})), known) is None
    assert wikidata(appearance("a", "Paolo Neri", day="2024-05-01"), known) is None
    assert wikidata(appearance("a", "Rita Sala"), known) is None, "two have the name"
    assert wikidata(appearance("a", "Rita Sala", wikidata="Q9"), known) == "Q9", "the record's own"
    elsewhere = appearance("a", "Carla Ferri", places=frozenset({"Francia"}), wikidata="Q9")
    assert wikidata(elsewhere, known) == "Q9"


def test_a_role_that_no_office_holder_has_speaks_against_the_entry():
    gazetteer = Gazetteer(
        (Entry("Luca Gallo", wikidata="Q2", countries=("Italia",), offices=(Office("Deputy Minister"),)),)
    )
    assert wikidata(appearance("a", "Luca Gallo", roles=("sottosegretario",)), gazetteer) == "Q2"
    assert wikidata(appearance("a", "Luca Gallo", roles=("attaccante",)), gazetteer) is None


def test_the_surname_of_a_head_of_government_is_enough_where_nothing_contradicts(known):
    assert wikidata(appearance("a", "Gallo", roles=("il premier",), day="2021-05-01"), known) == "Q2"
    assert wikidata(appearance("a", "Gallo", roles=("attaccante",)), known) is None
    assert wikidata(appearance("a", "Ferri", places=frozenset({"Francia"})), known) is None


def test_judgements_win_over_scores():
    a, b = appearance("a", "Anna Verdi"), appearance("b", "Carla Ferri")
    same = Judgements([Judgement.of(a.form, b.form, "same", **BY)])
    assert one(a, b, judgements=same)
    c = appearance("c", "Sergej Lavrov")
    d = appearance("d", "Sergey Lavrov")
    assert one(c, d)
    apart = Judgements([Judgement.of(c.form, d.form, "different", **BY)])
    assert not one(c, d, judgements=apart)


def test_a_judgement_on_one_article_leaves_the_others():
    a, b, c = (appearance(x, "Anna Verdi") for x in "abc")
    apart = Judgements([Judgement.of(f"{c.form}@c", a.form, "different", **BY)])
    found = ids([a, b, c], judgements=apart)
    assert found[0] == found[1] != found[2]


def test_a_surname_is_judged_like_any_other_name():
    a, b = appearance("a", "Carla Ferri"), appearance("b", "Ferri")
    assert one(a, b, judgements=Judgements([Judgement.of(a.form, b.form, "same", **BY)]))
    often = [appearance(f"a{n}", "Carla Ferri", day=DAY) for n in range(5)]
    bare = appearance("b", "Ferri", day=DAY)
    assert one(*often, bare)
    assert not one(*often, bare, judgements=Judgements([Judgement.of(bare.form, often[0].form, "different", **BY)]))


def test_doubts_are_named_with_their_reasons_and_judged_pairs_are_not_asked_again():
    a, b = appearance("a", "Andrea Rossi"), appearance("b", "Andrea Rosi")
    (doubt,) = resolve([a, b], gazetteer=EMPTY).doubts
    assert {doubt.left, doubt.right} == {a.form, b.form}
    assert "surname sounds alike" in str(doubt.score)
    unsure = Judgements([Judgement.of(a.form, b.form, "unsure", **BY)])
    assert resolve([a, b], gazetteer=EMPTY, judgements=unsure).doubts == []


def test_the_order_of_appearances_never_shows():
    names = [
        "Anna Verdi", "Verdi", "Sergej Lavrov", "Sergey Lavrov", "Lavrov", "Luca Ferri", "Ferri", "Marco Ferri", "ILA", "Carlo Rossi",
        "Carla Rossi", "Rossi", "C. Rossi", "George W. Neri", "George Neri", "George H. W. Neri", "Neri", "Silvio Berlusconi", "Berlusconi",
    ]  # fmt: skip
    rng = random.Random(4)
    all_ = {
        (f"a{n % 40}", name): appearance(f"a{n % 40}", name, day=f"2024-05-{n % 28 + 1:02}", places=frozenset({"Italia", "Russia"}))
        for n in range(200)
        for name in [rng.choice(names)]
    }  # fmt: skip
    appearances = list(all_.values())
    expected = resolve(appearances).identities
    for _ in range(5):
        rng.shuffle(appearances)
        again = resolve(appearances)
        assert again.identities == expected


def test_words_before_a_name_make_nobody_else_of_it():
    assert one(appearance("a", "Silvio Berlusconi"), appearance("b", "Arcore Silvio Berlusconi"))
    assert not one(appearance("a", "Silvio Berlusconi"), appearance("b", "Paolo Silvio Berlusconi"))


def test_a_surname_whose_letters_one_article_swaps_is_one():
    assert one(appearance("a", "Dadullah"), appearance("a", "Dudallah"))
    assert not one(appearance("a", "Dadullah"), appearance("b", "Dudallah"))
    assert not one(appearance("a", "Martini"), appearance("a", "Martino"))
    assert not one(appearance("a", "Marsi"), appearance("a", "Misra"))
