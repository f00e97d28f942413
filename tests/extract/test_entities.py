"""The entities of a document put right, on Docs built by hand."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from portavoce.extract.entities import before_names, given_names, harmonise_entities


@pytest.fixture(scope="module")
def italian() -> Language:
    return spacy.blank("it")


def named(nlp: Language, text: str, ents: list[tuple[int, int, str]], propn: set[str] = frozenset()) -> Doc:
    words = text.split()
    doc = Doc(nlp.vocab, words=words, pos=["PROPN" if w in propn else "X" for w in words])
    doc.ents = [Span(doc, a, b, label=label) for a, b, label in ents]
    return doc


def test_a_surname_after_its_full_name_is_a_person(italian: Language) -> None:
    doc = named(italian, "Anna Bruni parla . Bruni tace .", [(0, 2, "PER")], {"Anna", "Bruni"})
    assert [(e.text, e.label_) for e in harmonise_entities(doc).ents] == [("Anna Bruni", "PER"), ("Bruni", "PER")]


@pytest.mark.parametrize(
    ("second", "label", "head", "kept"),
    [
        ("Council", "ORG", 0, [("Africa Council", "ORG")]),
        ("Rossi", "PER", 0, [("Africa", "LOC"), ("Rossi", "PER")]),  # il presidente del Sudafrica Rossi
        ("Council", "ORG", 2, [("Africa", "LOC"), ("Council", "ORG")]),  # the parse does not put them together
    ],
)
def test_names_that_touch_are_one_unless_the_second_is_a_person(
    italian: Language, second: str, label: str, head: int, kept: list[tuple[str, str]]
) -> None:
    # L'Africa Council avverte.
    doc = Doc(italian.vocab, words=["Africa", second, "avverte", "."], heads=[2, head, 2, 2], deps=["dep"] * 4)
    doc.ents = [Span(doc, 0, 1, label="LOC"), Span(doc, 1, 2, label=label)]
    assert [(e.text, e.label_) for e in harmonise_entities(doc).ents] == kept


@pytest.mark.parametrize(
    ("end", "pos", "kept"),
    [("e", "CCONJ", "Ateneo Nuovo"), ("di", "ADP", "Ateneo Nuovo di"), ("(", "PUNCT", "Ateneo Nuovo"), ("E", "CCONJ", "Ateneo Nuovo E"),
     ("»", "PUNCT", "Ateneo Nuovo »"), ("alto", "ADJ", "Ateneo Nuovo alto")],
)  # fmt: skip
def test_a_name_does_not_end_with_a_conjunction_or_an_opening_mark(
    italian: Language, end: str, pos: str, kept: str
) -> None:
    doc = Doc(italian.vocab, words=["Ateneo", "Nuovo", end, "tace"], pos=["PROPN", "PROPN", pos, "VERB"])
    doc.ents = [Span(doc, 0, 3, label="ORG")]
    assert [e.text for e in harmonise_entities(doc).ents] == [kept]


def test_a_name_that_the_next_one_ends_is_whole(italian: Language) -> None:
    doc = Doc(
        italian.vocab,
        words=["Ateneo", "di", "Borgo", "tace"],
        pos=["PROPN", "ADP", "PROPN", "VERB"],
        heads=[3, 2, 0, 3],
        deps=["x"] * 4,
    )
    doc.ents = [Span(doc, 0, 2, label="ORG"), Span(doc, 2, 3, label="LOC")]
    assert [(e.text, e.label_) for e in harmonise_entities(doc).ents] == [("Ateneo di Borgo", "ORG")]


@pytest.mark.parametrize(
    ("second", "goes_with", "named_too", "kept"),
    [
        ("commercio", 2, [], [("Ateneo di commercio", "ORG")]),
        ("Borgo", 2, [(2, "PER")], [("Ateneo di Borgo", "ORG")]),
        ("Borgo", 0, [(2, "PER")], [("Ateneo di", "ORG"), ("Borgo", "PER")]),
    ],
)
def test_a_name_that_ends_in_a_preposition_goes_on_to_its_noun(
    italian: Language, second: str, goes_with: int, named_too: list[tuple[int, str]], kept: list[tuple[str, str]]
) -> None:
    words, pos = ["Ateneo", "di", second, "tace"], ["PROPN", "ADP", "NOUN", "VERB"]
    doc = Doc(italian.vocab, words=words, pos=pos, heads=[3, goes_with, 3, 3], deps=["x"] * 4)
    doc.ents = [Span(doc, 0, 2, label="ORG"), *(Span(doc, i, i + 1, label=label) for i, label in named_too)]
    assert [(e.text, e.label_) for e in harmonise_entities(doc).ents] == kept


def test_a_name_that_ends_in_a_preposition_takes_in_the_whole_of_the_next(italian: Language) -> None:
    words, heads = ["Casa", "di", "Anna", "Bruni", "tace"], [4, 2, 0, 2, 4]
    doc = Doc(italian.vocab, words=words, pos=["PROPN", "ADP", "PROPN", "PROPN", "VERB"], heads=heads, deps=["x"] * 5)
    doc.ents = [Span(doc, 0, 2, label="ORG"), Span(doc, 2, 4, label="PER")]
    assert [(e.text, e.label_) for e in harmonise_entities(doc).ents] == [("Casa di Anna Bruni", "ORG")]


def test_a_well_known_name_takes_in_what_was_found_of_it(italian: Language) -> None:
    doc = named(italian, "La Procura della Repubblica tace .", [(1, 2, "ORG"), (3, 4, "ORG")])
    assert [(e.text, e.label_) for e in harmonise_entities(doc).ents] == [("Procura della Repubblica", "ORG")]


def test_a_well_known_name_leaves_a_longer_one_alone(italian: Language) -> None:
    doc = named(italian, "Il Nuovo Corriere della Sera Borghese tace .", [(1, 6, "ORG")])
    assert [e.text for e in harmonise_entities(doc).ents] == ["Nuovo Corriere della Sera Borghese"]
    doc = named(italian, "Il Corriere della Sera Borghese tace .", [(3, 5, "ORG")])
    assert [e.text for e in harmonise_entities(doc).ents] == ["Sera Borghese"]


def test_a_verb_is_no_well_known_organisation(italian: Language) -> None:
    doc = Doc(
        italian.vocab,
        words=["Nato", "a", "Bari", ",", "la", "Nato"],
        pos=["VERB", "ADP", "PROPN", "PUNCT", "DET", "PROPN"],
    )
    assert [(e.start, e.text, e.label_) for e in harmonise_entities(doc).ents] == [(5, "Nato", "ORG")]


def test_a_surname_that_is_a_word_stays_one(italian: Language) -> None:
    doc = named(italian, "Anna Monti parla . Monti e valli .", [(0, 2, "PER")], {"Anna"})
    assert [e.text for e in harmonise_entities(doc).ents] == ["Anna Monti"]


def test_a_surname_taken_for_a_place_is_a_person(italian: Language) -> None:
    doc = named(italian, "Anna Bruni parla . Bruni tace .", [(0, 2, "PER"), (4, 5, "LOC")], {"Anna", "Bruni"})
    assert [(e.text, e.label_) for e in harmonise_entities(doc).ents] == [("Anna Bruni", "PER"), ("Bruni", "PER")]


def test_a_name_with_one_label_has_it_everywhere(italian: Language) -> None:
    text = "La Nuova Arca tace ; la Nuova Arca vola ; Arca e Nuova ."
    doc = named(italian, text, [(1, 3, "ORG")], {"Nuova", "Arca"})
    assert [(e.start, e.text, e.label_) for e in harmonise_entities(doc).ents] == [
        (1, "Nuova Arca", "ORG"),
        (6, "Nuova Arca", "ORG"),
    ]


def test_a_name_with_two_labels_changes_nothing(italian: Language) -> None:
    doc = named(italian, "Arca e Arca e Arca .", [(0, 1, "ORG"), (2, 3, "LOC")], {"Arca"})
    assert [(e.start, e.label_) for e in harmonise_entities(doc).ents] == [(0, "ORG"), (2, "LOC")]


@pytest.mark.parametrize("before", ["in", "nella", "città di", "Provincia di"])
def test_a_person_where_places_stand_is_a_place(italian: Language, before: str) -> None:
    text = f"Piove {before} Valdoro . Valdoro dorme ."
    start = len(before.split()) + 1
    doc = named(italian, text, [(start, start + 1, "PER"), (start + 2, start + 3, "PER")])
    assert [e.label_ for e in harmonise_entities(doc).ents] == ["LOC", "LOC"]


def test_a_person_among_places_is_a_place(italian: Language) -> None:
    doc = named(italian, "Lecce , Valdoro e Bari .", [(0, 1, "LOC"), (2, 3, "PER"), (4, 5, "LOC")])
    assert [e.label_ for e in harmonise_entities(doc).ents] == ["LOC", "LOC", "LOC"]


def test_an_acronym_is_no_person(italian: Language) -> None:
    doc = named(italian, "Parla UGX , tace UGX .", [(1, 2, "PER"), (4, 5, "PER")])
    assert [e.label_ for e in harmonise_entities(doc).ents] == ["ORG", "ORG"]


def test_a_longer_name_with_an_article_is_no_person(italian: Language) -> None:
    doc = named(italian, "Parla il capo della Nuova Arca .", [(4, 6, "PER")])
    assert [e.label_ for e in harmonise_entities(doc).ents] == ["ORG"]


@pytest.mark.parametrize("before", ["di", "a", "figlio di", "per"])
def test_a_person_where_persons_stand_stays_one(italian: Language, before: str) -> None:
    start = len(before.split()) + 1
    doc = named(italian, f"Parla {before} Valdoro .", [(start, start + 1, "PER")])
    assert [e.label_ for e in harmonise_entities(doc).ents] == ["PER"]


def test_the_surname_of_a_full_name_is_no_place(italian: Language) -> None:
    doc = named(italian, "Anna Bruni crede in Bruni .", [(0, 2, "PER"), (4, 5, "PER")])
    assert [e.label_ for e in harmonise_entities(doc).ents] == ["PER", "PER"]


def test_no_entities_no_change(italian: Language) -> None:
    assert harmonise_entities(named(italian, "piove a valle", [])).ents == ()


def found(doc: Doc) -> list[tuple[str, str]]:
    return [(e.text, e.label_) for e in harmonise_entities(doc).ents]


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("sindaco di", "Valdoro"),
        ("nata a", "Valdoro"),
        ("Tribunale di", "Valdoro"),
        ("fiume", "Valdoro"),
        ("via", "via Valdoro"),
    ],
)
def test_a_person_after_what_places_have_is_a_place(italian: Language, before: str, name: str) -> None:
    start = len(before.split())
    assert found(named(italian, f"{before} Valdoro", [(start, start + 1, "PER")])) == [(name, "LOC")]


def test_a_given_name_after_a_pair_stays_a_person(italian: Language) -> None:
    assert found(named(italian, "Al centro di Sara", [(3, 4, "PER")])) == [("Sara", "PER")]


@pytest.mark.parametrize("name", ["A7", "kw", "Xy", "il solito", "E 45"])
def test_what_no_person_is_called_is_none(italian: Language, name: str) -> None:
    assert found(named(italian, f"Ecco {name} .", [(1, 1 + len(name.split()), "PER")])) == []


def test_a_verb_that_opens_a_sentence_is_no_given_name(italian: Language) -> None:
    doc = named(italian, "Conclude Bruni : tutto vero", [(0, 2, "PER")])
    assert found(doc) == [("Bruni", "PER")]
    doc = named(italian, "Bice Bruni : tutto vero", [(0, 2, "PER")])
    assert found(doc) == [("Bice Bruni", "PER")]


@pytest.mark.parametrize("label", ["LOC", "ORG"])
def test_a_given_name_alone_is_a_person(italian: Language, label: str) -> None:
    assert found(named(italian, "Torna Vanessa .", [(1, 2, label)])) == [("Vanessa", "PER")]


@pytest.mark.parametrize(
    ("before", "whole"), [("San", False), ("via", True), ("nella", False), ("provincia di", True), ("Liceo", False)]
)
def test_a_given_name_of_a_place_is_none(italian: Language, before: str, *, whole: bool) -> None:
    start = len(before.split())
    name = f"{before} Vanessa" if whole else "Vanessa"
    assert found(named(italian, f"{before} Vanessa .", [(start, start + 1, "LOC")])) == [(name, "LOC")]


def test_a_capital_is_no_given_name() -> None:
    assert "Sofia" not in given_names()
    assert "Vanessa" in given_names()


def test_a_given_name_and_what_follows_is_a_person(italian: Language) -> None:
    assert found(named(italian, "Poi Anna D'Orsi Bruni tace .", [])) == [("Anna D'Orsi Bruni", "PER")]
    assert found(named(italian, "Poi Anna tace .", [])) == []
    assert found(named(italian, "Poi Anna RESTA .", [])) == []
    assert found(named(italian, "In via Anna Bruni .", [])) == []


def test_a_missed_name_ends_where_an_entity_begins(italian: Language) -> None:
    assert found(named(italian, "Poi Anna Bruni Bari .", [(3, 4, "LOC")])) == [("Anna Bruni", "PER"), ("Bari", "LOC")]


def test_most_mentions_as_another_kind_outvote_a_person(italian: Language) -> None:
    doc = named(italian, "Arca , Arca , Arca .", [(0, 1, "ORG"), (2, 3, "PER"), (4, 5, "ORG")])
    assert [label for _, label in found(doc)] == ["ORG"] * 3
    doc = named(italian, "Arca , Arca .", [(0, 1, "ORG"), (2, 3, "PER")])
    assert [label for _, label in found(doc)] == ["ORG", "PER"]
    doc = named(italian, "Anna , Anna , Anna .", [(0, 1, "ORG"), (2, 3, "PER"), (4, 5, "ORG")])
    assert [label for _, label in found(doc)] == ["PER"] * 3


def test_a_second_time_changes_nothing(italian: Language) -> None:
    text = "Conclude Bruni : Anna Bruni torna a Bari . Vanessa e il sindaco di Valdoro ."
    doc = named(italian, text, [(0, 2, "PER"), (7, 8, "LOC"), (9, 10, "LOC"), (14, 15, "PER")])
    once = found(doc)
    assert once == [("Bruni", "PER"), ("Anna Bruni", "PER"), ("Bari", "LOC"), ("Vanessa", "PER"), ("Valdoro", "LOC")]
    assert found(doc) == once


def test_the_lists_are_lower_case() -> None:
    for kind in ("places", "organisations", "given"):
        assert all(word == word.lower() and word.count(" ") < 2 for word in before_names(kind))


@pytest.mark.parametrize(
    ("text", "ents", "found"),
    [
        ("a Scarperia ( FI ) piove", [(1, 2, "LOC"), (3, 4, "ORG")], [("Scarperia", "LOC"), ("FI", "LOC")]),
        ("a Scarperia ( FI ) piove", [(1, 2, "LOC")], [("Scarperia", "LOC"), ("FI", "LOC")]),
        ("la FI ( PD ) vince", [(1, 2, "ORG"), (3, 4, "ORG")], [("FI", "ORG"), ("PD", "ORG")]),
        ("Anna Bruni ( PD ) vince", [(0, 2, "PER"), (3, 4, "ORG")], [("Anna Bruni", "PER"), ("PD", "ORG")]),
        ("il deputato ( FI ) tace", [(3, 4, "ORG")], [("FI", "ORG")]),
        ("sulla A14 piove", [(1, 2, "ORG")], [("A14", "LOC")]),
    ],
)  # fmt: skip
def test_codes_of_provinces_and_roads_are_places(
    italian: Language, text: str, ents: list[tuple[int, int, str]], found: list[tuple[str, str]]
) -> None:
    assert [(e.text, e.label_) for e in harmonise_entities(named(italian, text, ents)).ents] == found


@pytest.mark.parametrize(
    ("text", "ents", "kept"),
    [
        ("Hamas tace", [(0, 1, "LOC")], [("Hamas", "ORG")]),
        ("parla la Banca d'Italia", [(3, 4, "LOC")], [("Banca d'Italia", "ORG")]),
        ("in Forza Italia si litiga", [], [("Forza Italia", "ORG")]),
        ("la Forza Italia Giovani", [(1, 4, "PER")], [("Forza Italia Giovani", "PER")]),
        ("passa un uragano : uragano Gino e poi Gino", [(5, 6, "LOC"), (8, 9, "PER")], []),
        ("il comune tace", [(1, 2, "ORG")], []),
        ("la Chiesa tace", [(1, 2, "ORG")], [("Chiesa", "ORG")]),
        ("il ministro della Difesa", [(3, 4, "ORG")], []),
        ("il ministro degli Affari Europei", [(3, 5, "ORG")], []),
        ("il presidente degli Affari Europei", [(3, 5, "ORG")], [("Affari Europei", "ORG")]),
        ("nel castello di Valdoro", [(3, 4, "LOC")], [("castello di Valdoro", "LOC")]),
        ("nelle isole Valdoro", [(2, 3, "LOC")], [("isole Valdoro", "LOC")]),
        ("nel borgo di Valdoro", [(3, 4, "LOC")], [("Valdoro", "LOC")]),
        ("nella Valdoro settentrionale", [(1, 2, "LOC")], [("Valdoro settentrionale", "LOC")]),
        ("Arca isole Valdoro", [(0, 2, "ORG"), (2, 3, "LOC")], [("Arca isole", "ORG"), ("Valdoro", "LOC")]),
    ],
)
def test_word_lists_put_entities_right(
    italian: Language, text: str, ents: list[tuple[int, int, str]], kept: list[tuple[str, str]]
) -> None:
    assert found(named(italian, text, ents)) == kept


@pytest.mark.parametrize(
    ("pos", "ents", "kept"),
    [
        (["DET", "NOUN", "ADJ", "VERB"], [], "governo russo"),
        (["DET", "NOUN", "NOUN", "VERB"], [(1, 2, "ORG")], "governo"),
        (["DET", "NOUN", "ADJ", "VERB"], [(1, 4, "ORG")], "governo russo tace"),
        (["DET", "VERB", "ADJ", "VERB"], [], None),
    ],
)
def test_an_institution_has_no_capital(
    italian: Language, pos: list[str], ents: list[tuple[int, int, str]], kept: str | None
) -> None:
    doc = Doc(italian.vocab, words=["il", "governo", "russo", "tace"], pos=pos)
    doc.ents = [Span(doc, a, b, label=label) for a, b, label in ents]
    assert found(doc) == ([(kept, "ORG")] if kept else [])
