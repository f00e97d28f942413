"""What stands in a Turtle file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import networkx as nx
import pytest
import rdflib

from portavoce.errors import InputError
from portavoce.output import write
from portavoce.output.ntriples import escaped
from portavoce.output.terms import (
    Literal,
    checked_base,
    clean,
    date,
    decimal,
    iri,
    language_tag,
    quote_local,
    unquote_local,
)

PV = rdflib.Namespace("https://w3id.org/portavoce/ns#")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
BASE = "https://example.org/portavoce/"
S1 = rdflib.URIRef(BASE + "statement/" + "1" * 20)


def turtle(graph: nx.MultiDiGraph, tmp_path: Path, **options: str) -> str:
    write(graph, tmp_path / "g.ttl", **options)  # type: ignore[arg-type]
    return (tmp_path / "g.ttl").read_text(encoding="utf-8")


def test_a_statement_in_core_says_who_what_and_where(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    data = rdflib.Graph().parse(data=turtle(graph, tmp_path))
    speaker = data.value(S1, PV.speaker)
    assert str(data.value(speaker, rdflib.SDO.name)) == "Anna Rossi"
    assert data.value(S1, rdflib.SDO.text).language == "it"  # type: ignore[union-attr]
    assert data.value(S1, PV.confidence).toPython() == Decimal("0.9125")  # type: ignore[union-attr]
    starts, ends = (sorted(int(o) for o in data.objects(S1, p)) for p in (OA.start, OA.end))  # type: ignore[call-overload]
    assert list(zip(starts, ends, strict=True)) == [(33, 53), (74, 103)]


def test_the_content_of_a_statement_is_never_a_triple_between_actors(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    data = rdflib.Graph().parse(data=turtle(graph, tmp_path, profile="full"))
    actors = set(data.subjects(rdflib.RDF.type, PV.Actor))
    assert len(actors) == 4
    assert [t for t in data if t[0] in actors and t[2] in actors] == []


def test_an_interrupted_quote_has_one_specific_resource_a_segment_in_order(
    graph: nx.MultiDiGraph, tmp_path: Path
) -> None:
    data = rdflib.Graph().parse(data=turtle(graph, tmp_path, profile="full"))
    assert (S1, rdflib.RDF.type, OA.SpecificResource) not in data
    segments = sorted(data.objects(S1, PV.segment), key=lambda s: int(data.value(s, rdflib.SDO.position)))  # type: ignore[arg-type]
    words = [
        data.value(q, OA.exact)
        for s in segments
        for q in data.objects(s, OA.hasSelector)
        if (q, OA.exact, None) in data
    ]
    assert [str(w) for w in words] == ["Il bilancio è solido", 'e la "Russia" minaccia\nArezzo']
    assert all(w.language is None for w in words if isinstance(w, rdflib.Literal))


def test_only_direct_quotes_are_quoted_from_the_article(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    data = rdflib.Graph().parse(data=turtle(graph, tmp_path, profile="full"))
    assert set(data.subjects(rdflib.PROV.wasQuotedFrom)) == {S1}
    derived = {s for s in data.subjects(rdflib.PROV.wasDerivedFrom) if "statement" in str(s)}
    assert {str(s)[-1] for s in derived} == {"2", "3"}


def test_the_body_of_an_article_is_in_no_file(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    for form in ("ttl", "nt", "jsonld", "graphml", "gexf"):
        write(graph, tmp_path / f"g.{form}", profile="full")
        assert "poi ha aggiunto: «e" not in (tmp_path / f"g.{form}").read_text(encoding="utf-8")


def test_there_are_no_blank_nodes_and_full_counts_its_triples(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    data = rdflib.Graph().parse(data=turtle(graph, tmp_path, profile="full"))
    assert not [t for t in data for node in t if isinstance(node, rdflib.BNode)]
    assert [int(o) for o in data.objects(None, rdflib.VOID.triples)] == [len(data)]  # type: ignore[call-overload]


def test_subjects_come_by_name_and_names_are_short(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    text = turtle(graph, tmp_path)
    blocks = [line.split(" ")[0] for line in text.splitlines() if line[:1].isalpha()]
    nodes = [b for b in blocks if b.startswith(("act:", "art:", "st:", "top:")) and b.count("-r") + b.count("-e") == 0]
    assert len(nodes) > 10
    assert [b.split(":")[0] for b in nodes] == sorted(
        (b.split(":")[0] for b in nodes), key=["act", "art", "st", "top"].index
    )


def test_another_base_is_used_and_recorded(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    text = turtle(graph, tmp_path, base="https://dati.example.it/")
    assert "@prefix st: <https://dati.example.it/statement/> ." in text
    assert 'void:uriSpace "https://dati.example.it/"' in text


@pytest.mark.parametrize("base", ["dati", "https://x.example", "https://x y/", "", "https://x.example/<>/"])
def test_a_base_that_makes_no_iris_is_refused(base: str) -> None:
    with pytest.raises(InputError, match="base IRI"):
        checked_base(base)


def test_literals_are_escaped() -> None:
    assert escaped('a"b\\c\nd\u2028e\0') == 'a\\"b\\\\c\\nd\\u2028e\\u0000'
    assert escaped("è «🙂»") == "è «🙂»"


def test_unpaired_surrogates_become_replacement_characters_of_the_same_length() -> None:
    assert clean("a\ud800b\udfff\ud83d") == "a\ufffdb\ufffd\ufffd"


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("2024-02-29", "date"), ("2023-02-29", ""), ("2024-01-01T10:00:00Z", "dateTime"), ("1 gennaio", ""),
        ("2024-01-01T10:00:00+01:00", "dateTime"), ("2024-01-01T10:00:00+19:00", ""), ("20240101", ""), ("", ""),
    ],
)  # fmt: skip
def test_dates_have_a_datatype_only_when_they_are_dates(value: str, datatype: str) -> None:
    assert date(value) == Literal(value, datatype)


@pytest.mark.parametrize(
    ("number", "digits"), [(0.91, "0.91"), (1.0, "1.0"), (1e-9, "0.0"), (0.12345, "0.1235"), (-0.0, "0.0")]
)
def test_decimals_have_one_to_four_places(number: float, digits: str) -> None:
    assert decimal(number).value == digits


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(InputError):
        decimal(number)


@pytest.mark.parametrize("local", ["a-1b", "perché no", "a/b%2Fc", '<>"\\^`{|}', "è\u2028"])
def test_local_names_are_quoted_and_unquoted(local: str) -> None:
    quoted = quote_local(local)
    assert iri(f"https://example.org/{quoted}")
    assert unquote_local(quoted) == local


def test_only_tags_that_every_parser_takes_are_language_tags() -> None:
    assert [language_tag(t) for t in ("it", "IT-it", "zh-Hant", "italiano", None, "x-y")] == [
        "it",
        "it-it",
        "zh-hant",
        "",
        "",
        "",
    ]
