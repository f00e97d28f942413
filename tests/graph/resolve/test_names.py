import csv
from dataclasses import replace
from importlib.resources import files

import pytest

from portavoce.errors import RecordError
from portavoce.graph.resolve import ArticleActors, bare_name, best_name, identify, is_local, known_name
from portavoce.ids import actor_id, fold
from portavoce.records import Actor, Article, Mention, Role, Span, Statement


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Sergio Rossi", "Sergio Rossi"),
        ("il presidente Sergio Rossi", "Sergio Rossi"),
        ("l'ex vice premier Luigi Verdi", "Luigi Verdi"),
        ("On. Bianchi", "Bianchi"),
        ("MINISTRO ROSSI", "ROSSI"),
        ("la Nato", "Nato"),
        # what only looks like a title stays
        ("La Russa", "La Russa"),
        ("Il Giornale", "Il Giornale"),
        ("d'Alema", "d'Alema"),
        ("Presidente del Consiglio", "Presidente del Consiglio"),
        ("ministro", "ministro"),
        ("il ministro degli Esteri", "ministro degli Esteri"),
        ("Papa Francesco", "Papa Francesco"),
        ("", ""),
        ("«»", "«»"),
    ],
)
def test_titles_and_determiners_come_off_in_front_of_a_name(name, bare):
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    "name",
    ["testimoni", "il portavoce", "Presidente del Consiglio", "Governo", "i medici", "I medici", "10 consiglieri",
     "portavoce di Anna Verdi", "polizia", "studio pubblicato su Nature", "23enne", "ministro dei Trasporti", "…"],
)  # fmt: skip
def test_descriptions_are_local(name):
    assert is_local(name)


@pytest.mark.parametrize(
    "name",
    ["Anna Verdi", "governo cinese", "polizia tedesca", "Polizia di Stato", "partito Democratico", "d'Alema", "al Jazeera",
     "Il Giornale", "Codacons", "presidente Anna Verdi", "Studio Aperto", "Procura di Milano", "TMZ"],
)  # fmt: skip
def test_names_are_not_local(name):
    assert not is_local(name)


def test_one_person_has_one_id_in_all_articles_however_spelt():
    forms = ["Nicolás Maduro", "NICOLAS MADURO", "il presidente Nicolas Maduro", "Nicolás  Maduro"]
    assert {identify(form, article=f"a{n}").id for n, form in enumerate(forms)} == {actor_id("Nicolás Maduro")}


def test_a_description_is_somebody_else_in_another_article():
    assert identify("testimoni", article="a").id != identify("testimoni", article="b").id
    assert identify("i testimoni", article="a").id == identify("Testimoni", article="a").id


@pytest.mark.parametrize(
    ("alias", "canonical"),
    [("Usa", "Stati Uniti"), ("gli Stati Uniti d'America", "Stati Uniti"), ("ONU", "Nazioni Unite"), ("Ue", "Unione europea"),
     ("Bielorussia", "Bielorussia"), ("Vaticano", "Santa Sede")],
)  # fmt: skip
def test_states_and_institutions_are_joined(alias, canonical):
    assert identify(alias, article="a").id == actor_id(canonical)
    assert identify(alias, article="a").aliases == (canonical,)


def test_an_institution_belongs_to_its_country():
    kremlin = identify("il Cremlino", article="a")
    assert (kremlin.kind, kremlin.of_country) == ("organization", "Russia")


@pytest.mark.parametrize(
    ("kind", "name"),
    [("country", "Russia"), ("organization", "Russia"), ("person", "Mosca"), ("unknown", "Mosca"), ("group", "Mosca")],
)
def test_a_capital_speaks_for_its_state_only_as_a_country_or_an_organisation(kind, name):
    assert identify("Mosca", kind=kind, article="a").id == actor_id(name)


def test_a_football_club_is_no_capital():
    assert identify("Roma", kind="organization", article="a").id == actor_id("Roma")
    assert identify("Roma", kind="country", article="a").id == actor_id("Italia")


def test_the_table_of_names_is_sound():
    """No alias twice, every canonical name is its own alias, kinds and conditions exist, ids of Wikidata look so and name one thing."""
    text = files("portavoce.graph").joinpath("gazetteer", "bodies.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t"))
    assert sum(row["alias"] == row["canonical"] and row["kind"] == "country" for row in rows) >= 190
    aliases = [fold(row["alias"]) for row in rows]
    assert sorted(set(aliases)) == sorted(aliases)
    kinds = {row["canonical"]: (row["kind"], row["wikidata"], row["of_country"]) for row in rows}
    for row in rows:
        assert (row["kind"], row["wikidata"], row["of_country"]) == kinds[row["canonical"]]
        assert known_name(row["canonical"]).canonical == row["canonical"]
        assert row["kind"] in {"country", "organization", "person"}
        assert set(row["when"].split()) <= {"country", "organization"}
        assert not row["wikidata"] or (row["wikidata"][0] == "Q" and row["wikidata"][1:].isdigit())
        assert not row["of_country"] or kinds[row["of_country"]][0] == "country"
    ids = [wikidata for _, wikidata, _ in kinds.values() if wikidata]
    assert len(ids) == len(set(ids))


def test_the_best_name_is_full_correctly_spelt_and_without_titles():
    names = ["Maduro", "NICOLAS MADURO", "Nicolas Maduro", "Nicolás Maduro", "il presidente Nicolás Maduro"]
    assert best_name(actor_id("Nicolás Maduro"), names) == "Nicolás Maduro"


def test_the_best_name_of_a_state_is_its_canonical_one():
    assert best_name(actor_id("Russia"), ["Federazione Russa", "Mosca", "Russia"]) == "Russia"


def test_an_alias_never_beats_a_name_that_makes_the_id():
    """A record rebuilt under its best name must give the same actor again."""
    names = ["Commissione parlamentare antimafia", "Antimafia"]
    assert best_name(actor_id("Antimafia"), names) == "Antimafia"
    local = actor_id("testimoni", "a1")
    assert best_name(local, ["Testimoni Oculari Del Fatto", "Testimoni", "i testimoni"]) == "Testimoni"
    assert identify(best_name(local, ["Testimoni", "i testimoni"]), article="a1").id == local


TEXT = "Anna Verdi, presidente della Rete, e Luigi Neri hanno parlato."
ANNA = Span(0, 10, "Anna Verdi")


def article(**fields):
    return Article(id="a1", text=TEXT, **fields)


def statement(**fields):
    return Statement(id="ab" * 10, kind="indirect", content=(Span(38, 48, TEXT[38:48]),), **fields)


def test_references_by_id_and_by_name_mean_the_same_actor():
    actors = ArticleActors(article(actors=(Actor("x", "Anna Verdi", "person", ("Verdi",)),)))
    assert actors.of("x") == actors.of("Anna Verdi") == actors.of("la presidente Verdi") == actor_id("Anna Verdi")


def test_a_statement_without_actor_has_no_speaker():
    actors = ArticleActors(article(statements=(statement(),)))
    assert actors.speakers(statement()) == ()
    assert list(actors.named()) == []


def test_the_name_that_the_article_gives_is_kept_beside_the_canonical_one():
    said = statement(actor="Mosca", actor_kind="country")
    (actor,) = ArticleActors(article(statements=(said,))).named()
    assert (actor.name, actor.aliases, actor.kind, actor.wikidata) == ("Mosca", ("Russia",), "country", "Q159")


def test_what_the_statements_know_of_an_actors_kind_decides_where_the_list_does_not():
    said = statement(actor="Mosca", actor_id="m", actor_kind="country")
    actors = ArticleActors(article(actors=(Actor("m", "Mosca"),), statements=(said,)))
    assert actors.speakers(said) == (actor_id("Russia"),)


@pytest.mark.parametrize(
    "fields",
    [
        {"mentions": (Mention(0, 10, "Anna Verdi", "anna-verdi-0a1b2c3d"),)},
        {"roles": (Role("anna-verdi-0a1b2c3d", "presidente", None, ANNA),)},
    ],
)
def test_an_id_that_the_record_does_not_hold_is_an_error(fields):
    with pytest.raises(RecordError, match="'a1' has no actor with the id 'anna-verdi-0a1b2c3d'"):
        ArticleActors(article(**fields))


def test_a_roles_organisation_is_an_organisation_unless_the_table_knows_better():
    actors = ArticleActors(
        article(roles=(Role("Anna Verdi", "presidente", "Rete", ANNA), Role("Anna Verdi", "ministra", "Mosca", ANNA)))
    )
    kinds = {actor.id: actor.kind for actor in actors.named()}
    assert kinds[actor_id("Rete")] == "organization"
    assert kinds[actor_id("Russia")] == "country"


def test_an_actor_that_is_only_listed_is_not_named():
    """Nothing in the article would prove it."""
    listed = (Actor("x", "Anna Verdi", "person"), Actor("y", "Luigi Neri", "person"))
    actors = ArticleActors(article(actors=listed, mentions=(Mention(0, 10, "Anna Verdi", "x"),)))
    assert [actor.name for actor in actors.named()] == ["Anna Verdi"]


def test_a_name_that_is_somebodys_only_with_its_title():
    said = statement(actor="Francesco", actor_id="f", actor_kind="person", speaker=Span(0, 14, "Papa Francesco"))
    told = Article(id="a1", text="Papa Francesco e Luigi Neri hanno parlato, nessun altro.", statements=(said,))
    assert ArticleActors(told).speakers(said) == (actor_id("Papa Francesco"),)
    bare = replace(told, text="Ieri Francesco e Luigi Neri hanno parlato, nessun altro.")
    alone = replace(said, speaker=Span(5, 14, "Francesco"))
    assert ArticleActors(replace(bare, statements=(alone,))).speakers(alone) == (actor_id("Francesco"),)


def test_a_role_is_a_title_too():
    francis, role = Actor("f", "Francesco", "person"), Role("f", "papa", None, Span(0, 4, "Anna"))
    assert ArticleActors(article(actors=(francis,), roles=(role,))).of("f") == actor_id("Papa Francesco")
    mayor = replace(role, role="sindaco")
    assert ArticleActors(article(actors=(francis,), roles=(mayor,))).of("f") == actor_id("Francesco")
