"""Reading a user's SKOS file."""

from __future__ import annotations

import pytest

from portavoce.errors import InputError
from portavoce.skos import read_thesaurus

TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix t: <http://example.org/t/> .
t:scheme a skos:ConceptScheme ; skos:prefLabel "sport"@it .
t:1 a skos:Concept ; skos:prefLabel "gara ciclistica"@it, "cycle race"@en ; skos:altLabel "corsa in bicicletta"@it, "race"@en ; skos:broader t:2 .
t:2 a skos:Concept ; skos:prefLabel "ciclismo" .
t:3 a skos:Concept ; skos:prefLabel "football"@en .
t:4 skos:prefLabel "gioco"@it-CH ; skos:narrower t:2 .
"""


def test_turtle_labels_languages_and_hierarchy(tmp_path):
    path = tmp_path / "own.ttl"
    path.write_text(TURTLE, encoding="utf8")
    concepts = read_thesaurus(path)
    assert [(c.id[-1], c.label, c.alternatives) for c in concepts] == [
        ("1", "gara ciclistica", ("corsa in bicicletta",)), ("2", "ciclismo", ()), ("4", "gioco", ()),
    ]  # fmt: skip
    assert concepts[0].broader == ("http://example.org/t/2",)
    assert concepts[1].broader == ("http://example.org/t/4",)


@pytest.mark.parametrize(("suffix", "syntax"), [(".nt", "nt"), (".rdf", "xml"), (".jsonld", "json-ld")])
def test_other_syntaxes_say_the_same(tmp_path, suffix, syntax):
    from rdflib import Graph

    path = tmp_path / "own.ttl"
    path.write_text(TURTLE, encoding="utf8")
    other = tmp_path / f"own{suffix}"
    Graph().parse(path).serialize(other, format=syntax)
    assert read_thesaurus(str(other)) == read_thesaurus(path)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("broken.ttl", "t:1 a skos:Concept", "not a thesaurus"),
        ("broken.rdf", "<rdf:RDF", "not a thesaurus"),
        ("empty.ttl", "", "no skos:Concept"),
        (
            "english.ttl",
            '<http://example.org/1> <http://www.w3.org/2004/02/skos/core#prefLabel> "race"@en .',
            "no skos:Concept",
        ),
        ("list.txt", "ciclismo", "suffix"),
        ("missing.ttl", None, "no such"),
    ],
)
def test_what_is_no_thesaurus_is_an_input_error(tmp_path, name, text, reason):
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf8")
    with pytest.raises(InputError, match=reason):
        read_thesaurus(path)
