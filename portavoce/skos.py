"""A user's SKOS thesaurus, read from a file into concepts for the extraction."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from rdflib import RDF, SKOS, Graph, Literal, URIRef

from portavoce.errors import InputError
from portavoce.extract.topics import Concept

FORMATS = {
    ".ttl": "turtle", ".n3": "n3", ".nt": "nt", ".rdf": "xml", ".xml": "xml", ".owl": "xml", ".skos": "xml",
    ".jsonld": "json-ld",
}  # fmt: skip


def read_thesaurus(path: str | Path, *, language: str = "it") -> list[Concept]:
    """The concepts of a SKOS file (Turtle, N-Triples, RDF/XML, JSON-LD by suffix), sorted by IRI.

    Labels are those in ``language``, else those without a language; a concept with neither is left out. Alternative and
    hidden labels count as labels. A file that is missing, broken, or without such concepts is an `InputError`.
    """
    path = Path(path)
    syntax = FORMATS.get(path.suffix.lower())
    if syntax is None:
        raise InputError(f"{path}: {path.suffix or 'no'} suffix; a thesaurus ends in one of {' '.join(FORMATS)}")
    if not path.is_file():
        raise InputError(f"{path}: there is no such thesaurus file")
    graph = Graph()
    try:
        graph.parse(path, format=syntax)
    except Exception as error:  # each of rdflib's parsers raises errors of its own, SAX's and plain ones among them
        raise InputError(f"{path}: not a thesaurus in {syntax}: {error}") from error
    concepts = _concepts(graph, language)
    if not concepts:
        raise InputError(f"{path}: no skos:Concept with a skos:prefLabel in {language!r} or without a language")
    return concepts


def _concepts(graph: Graph, language: str) -> list[Concept]:
    broader: dict[str, set[str]] = defaultdict(set)
    for below, above in graph.subject_objects(SKOS.broader):
        broader[str(below)].add(str(above))
    for above, below in graph.subject_objects(SKOS.narrower):
        broader[str(below)].add(str(above))
    found = {s for s in graph.subjects(RDF.type, SKOS.Concept) if isinstance(s, URIRef)}
    found |= {s for s in graph.subjects(SKOS.prefLabel, None) if isinstance(s, URIRef)}
    found -= set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    out = []
    for concept in sorted(found, key=str):
        preferred = _labels(graph, concept, SKOS.prefLabel, language)
        if not preferred:
            continue
        others = preferred[1:]
        for kind in (SKOS.altLabel, SKOS.hiddenLabel):
            others += [x for x in _labels(graph, concept, kind, language) if x not in others and x != preferred[0]]
        out.append(Concept(str(concept), preferred[0], tuple(others), tuple(sorted(broader[str(concept)]))))
    return out


def _labels(graph: Graph, concept: URIRef, kind: URIRef, language: str) -> list[str]:
    """The labels of a kind in the language, regional forms (it-CH) included, else those without a language."""
    literals = [x for x in graph.objects(concept, kind) if isinstance(x, Literal) and str(x).strip()]
    own = [x for x in literals if (x.language or "").lower().split("-")[0] == language]
    return sorted({str(x).strip() for x in own or [x for x in literals if not x.language]})
