"""The terms that the files use: ours are defined in pv.ttl, the others' exist, and the shapes hold."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx
import pyshacl
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from portavoce.output import vocabulary as v
from portavoce.output import write
from portavoce.output.terms import Name
from portavoce.records import CATEGORIES

PV = rdflib.Namespace(v.VOCABULARIES["pv"])

# Read in the published ontologies and checked for what they mean and for their domains and ranges.
CHECKED = {
    "schema": "Quotation Claim appearance firstAppearance NewsArticle Person Organization Country NewsMediaOrganization SoftwareApplication text about "
    "mentions isPartOf inLanguage spokenByCharacter name alternateName sameAs identifier headline url datePublished "
    "publisher roleName position softwareVersion",
    "oa": "SpecificResource TextPositionSelector TextQuoteSelector start end exact prefix suffix hasSource hasSelector",
    "prov": "Entity Agent Activity SoftwareAgent wasQuotedFrom wasDerivedFrom wasGeneratedBy wasAssociatedWith used",
    "org": "Membership Role member organization role",
    "skos": "Concept ConceptScheme prefLabel inScheme exactMatch closeMatch notation",
    "sem": "Event EventType eventType",
    "void": "Dataset uriSpace triples entities vocabulary",
    "rdf": "type Seq",
}


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(str(files("portavoce.output").joinpath("pv.ttl")))


def written(graph: nx.MultiDiGraph, tmp_path: Path, profile: Any) -> rdflib.Graph:
    graph.graph |= {"model": "it_portavoce 0.1", "config_digest": "abc"}
    write(graph, tmp_path / "g.ttl", profile=profile)
    return rdflib.Graph().parse(tmp_path / "g.ttl")


def terms_of(graph: rdflib.Graph) -> set[str]:
    found = set(graph.predicates()) | set(graph.objects(None, RDF.type)) | set(graph.objects())
    return {str(term) for term in found if isinstance(term, rdflib.URIRef)}


def named_terms() -> list[Name]:
    return [value for value in vars(v).values() if isinstance(value, Name)] + list(v.VALUES.values())


def test_every_named_term_of_ours_is_defined_with_labels_in_two_languages_and_a_comment(ontology: rdflib.Graph) -> None:
    ours = {name.local for name in named_terms() if name.prefix == "pv"}
    assert len(ours) > 50
    for local in ours:
        assert {label.language for label in ontology.objects(PV[local], RDFS.label)} == {"en", "it"}, local
        assert (PV[local], RDFS.comment, None) in ontology, local
        assert (PV[local], RDF.type, None) in ontology, local


def test_the_ontology_defines_nothing_that_no_file_uses(ontology: rdflib.Graph) -> None:
    defined = {str(s).removeprefix(PV) for s in ontology.subjects(RDFS.isDefinedBy, rdflib.URIRef(PV))}
    used = {name.local for name in named_terms() if name.prefix == "pv"}
    assert defined - used == {"QuoteType", "Polarity", "Certainty", "Act", "Tense", "Modality", "relationTypes"}


def test_every_named_term_of_others_is_one_that_was_checked() -> None:
    others = {name for name in named_terms() if name.prefix in CHECKED}
    assert {(name.prefix, name.local) for name in others} == {
        (p, t) for p, terms in CHECKED.items() for t in terms.split()
    }


@pytest.mark.parametrize("prefix", ["schema", "prov", "org", "skos", "void"])
def test_the_checked_terms_stand_in_the_ontologies_that_rdflib_ships(prefix: str) -> None:
    shipped = {"schema": rdflib.SDO, "prov": rdflib.PROV, "org": rdflib.ORG, "skos": SKOS, "void": rdflib.VOID}[prefix]
    assert str(shipped) == v.VOCABULARIES[prefix]
    assert [term for term in CHECKED[prefix].split() if term not in shipped] == []


@pytest.mark.parametrize("profile", ["core", "full"])
def test_files_hold_no_term_that_is_not_named_in_the_vocabulary(
    graph: nx.MultiDiGraph, tmp_path: Path, profile: Any
) -> None:
    known = {v.VOCABULARIES[name.prefix] + name.local for name in named_terms() if name.prefix}
    known |= {f"{RDF}_{n}" for n in range(1, 9)} | {v.VOCABULARIES[p] for p in v.VOCABULARIES}
    outside = ("http://eurovoc.europa.eu/1000", "http://cv.iptc.org/newscodes/mediatopic/11000000")
    terms = {
        term for term in terms_of(written(graph, tmp_path, profile))
        if not term.startswith((v.DEFAULT_BASE, v.VOCABULARIES["wd"])) and term not in outside
    }  # fmt: skip
    assert len(terms) > 40
    assert terms <= known


@pytest.mark.parametrize("profile", ["core", "full"])
def test_files_fit_the_shapes(graph: nx.MultiDiGraph, tmp_path: Path, profile: Any) -> None:
    shapes = rdflib.Graph().parse(str(files("portavoce.output").joinpath("shapes.ttl")))
    conforms, _, report = pyshacl.validate(written(graph, tmp_path, profile), shacl_graph=shapes)
    assert conforms, report


@pytest.mark.parametrize(
    "update",
    [
        "DELETE { ?s a <https://schema.org/Quotation> } WHERE { ?s a <https://schema.org/Quotation> }",
        "INSERT { ?s <https://schema.org/articleBody> 'corpo' } WHERE { ?s a <https://schema.org/NewsArticle> }",
        "INSERT { ?s <https://schema.org/spokenByCharacter> ?c } WHERE { ?s a <https://w3id.org/portavoce/ns#Statement> . ?c a <https://schema.org/Country> }",
        "INSERT { ?s a <http://www.w3.org/ns/org#Role> } WHERE { ?s a <http://www.w3.org/ns/org#Membership> }",
        "DELETE { ?s ?p ?o } WHERE { ?s <https://w3id.org/portavoce/ns#quoteType> ?o ; ?p ?o }",
    ],
)
def test_the_shapes_find_what_is_wrong(graph: nx.MultiDiGraph, tmp_path: Path, update: str) -> None:
    data = written(graph, tmp_path, "full")
    data.update(update)
    shapes = rdflib.Graph().parse(str(files("portavoce.output").joinpath("shapes.ttl")))
    assert not pyshacl.validate(data, shacl_graph=shapes)[0]


def test_a_country_that_speaks_is_a_speaker_and_no_character(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    russia, statement = "actor/russia-0c", "statement/" + "3" * 20
    graph.add_edge(russia, statement, "says", kind="says", evidence=graph.nodes[statement]["content"])
    data = written(graph, tmp_path, "full")
    subject = rdflib.URIRef(v.DEFAULT_BASE + statement)
    assert data.value(subject, PV.speaker) == rdflib.URIRef(v.DEFAULT_BASE + russia)
    assert (subject, rdflib.SDO.spokenByCharacter, None) not in data


def test_nothing_belongs_to_two_disjoint_classes(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    """PROV: Activity and Entity; ORG: Role and Membership; SKOS: Concept and ConceptScheme."""
    data = written(graph, tmp_path, "full")
    entities = set(data.subjects(RDF.type, rdflib.PROV.Entity)) | set(data.subjects(rdflib.PROV.wasDerivedFrom))
    assert not entities & set(data.subjects(RDF.type, rdflib.PROV.Activity))
    assert not set(data.subjects(RDF.type, rdflib.ORG.Role)) & set(data.subjects(RDF.type, rdflib.ORG.Membership))
    assert not set(data.subjects(RDF.type, SKOS.Concept)) & set(data.subjects(RDF.type, SKOS.ConceptScheme))


@pytest.mark.parametrize("profile", ["core", "full"])
def test_properties_stand_on_the_classes_that_the_ontology_gives_them(
    graph: nx.MultiDiGraph, tmp_path: Path, profile: Any, ontology: rdflib.Graph
) -> None:
    data, checked = written(graph, tmp_path, profile), 0
    supers = {rdflib.SDO.Quotation: rdflib.SDO.CreativeWork, rdflib.SDO.NewsArticle: rdflib.SDO.CreativeWork}
    for s, p, o in data:
        classes = {c: set(data.objects(node, RDF.type)) for c, node in ((RDFS.domain, s), (RDFS.range, o))}
        for side, found in classes.items():
            expected = ontology.value(p, side)
            if expected is None or (p, RDF.type, None) not in ontology:
                continue
            checked += 1
            if side == RDFS.range and isinstance(o, rdflib.Literal):
                assert (o.datatype or rdflib.XSD.string) == expected, (s, p, o)
            elif side == RDFS.range and str(o).startswith(PV):
                assert (o, RDF.type, expected) in ontology, (s, p, o)
            else:
                assert expected in found | {supers.get(c) for c in found}, (s, p, o)
    assert checked > 40


def test_each_category_has_its_media_topic() -> None:
    assert tuple(v.IPTC) == CATEGORIES
    assert v.IPTC["weather"].endswith("/17000000")


def test_object_properties_have_iris_and_datatype_properties_literals(
    graph: nx.MultiDiGraph, tmp_path: Path, ontology: rdflib.Graph
) -> None:
    for _, p, o in written(graph, tmp_path, "full"):
        if (p, RDF.type, OWL.ObjectProperty) in ontology:
            assert isinstance(o, rdflib.URIRef), (p, o)
        if (p, RDF.type, OWL.DatatypeProperty) in ontology:
            assert isinstance(o, rdflib.Literal), (p, o)
