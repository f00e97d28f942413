"""A graph as blocks of triples: the one description that Turtle, N-Triples and JSON-LD write out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

import networkx as nx

from portavoce.graph.schema import CATEGORY
from portavoce.ids import digest, slug
from portavoce.output import vocabulary as v
from portavoce.output.describe import (
    Attributes,
    Description,
    Properties,
    child,
    evidence,
    kind_of,
    one,
    told_forms,
    value_or_text,
)
from portavoce.output.statement_blocks import mention_blocks, statement_blocks
from portavoce.output.terms import Block, Name, Term, clean, date, decimal, integer, iri, quote_local, text
from portavoce.output.terms import Literal as RdfLiteral

Profile = Literal["core", "full"]

_WIKIDATA_ID = re.compile(r"[QPL][1-9][0-9]*")


def blocks(graph: nx.MultiDiGraph, *, base: str, profile: Profile) -> Iterator[Block]:
    """The graph as blocks in one order, whatever the order the graph was made in: nodes by name, then the data set."""
    about = Description(graph, base=base, full=profile == "full")
    triples = statements = 0
    for node in sorted(graph):
        d = graph.nodes[node]
        kind = kind_of(graph, node)
        statements += kind == "statement"
        for block in _DESCRIBE[kind](about, node, d):
            triples += sum(len(objects) for _, objects in block[1])
            yield block
    for block in _shared(about):
        triples += sum(len(objects) for _, objects in block[1])
        yield block
    yield _dataset(about, profile, triples, statements)


def _article(about: Description, node: str, d: Attributes) -> Iterator[Block]:
    subject, language = about.node(node), about.language(node)
    p: Properties = [(v.A, (v.NEWS_ARTICLE, v.ENTITY) if about.full else (v.NEWS_ARTICLE,))]
    one(p, v.IDENTIFIER, d.get("id"))
    one(p, v.HEADLINE, d.get("title"), language)
    if d.get("url") is not None:
        p.append((v.URL, (RdfLiteral(clean(d["url"]), "anyURI"),)))
    if d.get("published") is not None:
        p.append((v.DATE_PUBLISHED, (date(d["published"]),)))
    if d.get("publisher") is not None:
        p.append((v.PUBLISHER, (_shared_name(about.publishers, "pub", d["publisher"]),)))
    one(p, v.IN_LANGUAGE, d.get("language"))
    one(p, v.TEXT_DIGEST, d.get("text_digest"))
    if d.get("text_length") is not None:
        p.append((v.TEXT_LENGTH, (integer(d["text_length"]),)))
    mentions = sorted(
        ((actor, edge) for _, actor, edge in about.graph.out_edges(node, data=True) if edge["kind"] == "mentions"),
        key=lambda pair: pair[0],
    )
    if mentions:
        p.append((v.MENTIONS, [about.node(actor) for actor, _ in mentions]))
    told_forms(about, p, v.NAMES_COUNTRY, d.get("countries") or ())
    yield subject, p
    if about.full:
        yield from mention_blocks(about, subject, mentions, language)


def _actor(about: Description, node: str, d: Attributes) -> Iterator[Block]:
    subject = about.node(node)
    language = about.shared_language(_said_or_mentioned_in(about.graph, node))
    name, kind = clean(d["name"]), d.get("actor_kind") or "unknown"
    classes: list[Term] = [v.PV_ACTOR]
    if kind in v.ACTOR_CLASSES:
        classes.append(v.ACTOR_CLASSES[kind])
    if about.full:
        classes.append(v.ENTITY if kind == "document" else v.AGENT)
    p: Properties = [(v.A, classes), (v.NAME, (text(name, language),))]
    others = sorted({clean(other) for other in d.get("names") or ()} - {name})
    if others:
        p.append((v.ALTERNATE_NAME, [text(other, language) for other in others]))
    if kind not in v.ACTOR_CLASSES and kind != "unknown":
        one(p, v.ACTOR_KIND, kind)
    if d.get("wikidata") is not None:
        known = _WIKIDATA_ID.fullmatch(d["wikidata"])
        p.append((v.SAME_AS, (Name("wd", d["wikidata"]) if known else text(d["wikidata"]),)))
    one(p, v.OF_COUNTRY, d.get("of_country"))
    yield subject, p
    edges = sorted(
        (
            (edge["kind"], target, key, edge)
            for _, target, key, edge in about.graph.out_edges(node, keys=True, data=True)
        ),
        key=lambda e: e[:3],
    )
    for edge_kind, target, key, edge in edges:
        if edge_kind == "holds":
            yield _membership(about, node, target, key, edge)
        elif edge_kind == "relates":
            yield _relation(about, node, target, key, edge)
        elif edge_kind == "appears" and about.full:
            yield _appearance(about, node, target, edge)


def _said_or_mentioned_in(graph: nx.MultiDiGraph, actor: str) -> Iterator[str]:
    for source, _, kind in graph.in_edges(actor, data="kind"):
        if kind == "mentions":
            yield source
    for _, target, kind in graph.out_edges(actor, data="kind"):
        if kind == "says":
            yield target


def _appearance(about: Description, actor: str, article: str, edge: dict[str, Any]) -> Block:
    """How one article knows an actor, and why it is that actor."""
    subject, language = about.node(actor), about.language(article)
    p: Properties = [(v.A, (v.APPEARANCE,)), (v.APPEARING, (subject,)), (v.REPORTED_IN, (about.node(article),))]
    one(p, v.FORM, edge["form"])
    one(p, v.NAME, edge["name"], language)
    others = sorted({clean(name) for name in edge["names"]} - {clean(edge["name"])})
    if others:
        p.append((v.ALTERNATE_NAME, [text(other, language) for other in others]))
    one(p, v.KIND_TOLD, edge["actor_kind"])
    one(p, v.IDENTIFIER, edge["wikidata"])
    one(p, v.COUNTRY_TOLD, edge["of_country"])
    if edge["roles"]:
        p.append((v.ROLE_WORDS, [text(role, language) for role in sorted(map(clean, edge["roles"]))]))
    one(p, v.IDENTIFIED_BY, edge.get("rule"))
    if edge.get("score") is not None:
        p.append((v.IDENTITY_SCORE, (decimal(edge["score"]),)))
    return child(subject, "w" + digest("appearance", article, edge["form"], length=12)), p


def _membership(about: Description, member: str, organization: str, key: str, edge: dict[str, Any]) -> Block:
    """A role as one article states it, on one day: never a timeless job title."""
    subject, language = about.node(member), about.language(edge.get("article"))
    p: Properties = [(v.A, (v.MEMBERSHIP,)), (v.MEMBER, (subject,))]
    if organization != member:
        p.append((v.IN_ORGANIZATION, (about.node(organization),)))
    if edge.get("role") is not None:
        if about.full:
            p.append((v.WITH_ROLE, (_shared_name(about.roles, "role", edge["role"]),)))
        one(p, v.ROLE_NAME, edge["role"], language)
    one(p, v.ORGANIZATION_NAME, edge.get("organization"), language)
    told_forms(about, p, v.FORM, [edge.get("form")])
    told_forms(about, p, v.ORGANIZATION_FORM, [edge.get("body_form")])
    if edge.get("observed") is not None:
        p.append((v.OBSERVED_ON, (date(edge["observed"]),)))
    if edge.get("article") is not None:
        p.append((v.REPORTED_IN, (about.node(edge["article"]),)))
        if about.full:
            p.append((v.WAS_DERIVED_FROM, (about.node(edge["article"]),)))
    evidence(p, edge.get("evidence") or (), language)
    return child(subject, "r" + key.removeprefix("holds:")), p


def _relation(about: Description, source: str, target: str, key: str, edge: dict[str, Any]) -> Block:
    """What somebody says that one actor did to another: a node of its own, never a bare triple between the two."""
    places = [place for place in (edge.get("statement"), edge.get("article")) if place is not None]
    language = about.language(places[0]) if places else ""
    p: Properties = [(v.A, (v.EVENT, v.PV_REPORTED_RELATION))]
    if places:
        p.append((v.REPORTED_IN, [about.node(place) for place in places]))
    type_: str = edge["type"]
    known = type_ in v.RELATION_TYPES
    p.append((v.EVENT_TYPE, (v.VALUES[type_] if known else _other_relation(about, type_),)))
    p += [(v.SOURCE, (about.node(source),)), (v.TARGET, (about.node(target),))]
    told_forms(about, p, v.SOURCE_FORM, [edge.get("source_form")])
    told_forms(about, p, v.TARGET_FORM, [edge.get("target_form")])
    if edge.get("modality") is not None:
        p.append((v.MODALITY, (value_or_text(edge["modality"], v.MODALITIES),)))
    trigger = edge.get("trigger")
    if trigger is not None:
        one(p, v.TRIGGER, trigger.text, language)
        p.append((v.TRIGGER_START, (integer(trigger.start),)))
    evidence(p, edge.get("evidence") or (), language)
    parent = about.node(places[0] if places else source)
    return child(parent, "e" + key.removeprefix("relates:")), p


def _other_relation(about: Description, type_: str) -> Name:
    name = Name("rel", quote_local(type_))
    about.relation_types[name] = type_
    return name


def _topic(about: Description, node: str, d: Attributes) -> Iterator[Block]:
    scheme = d.get("scheme")
    places = (u for u, _, kind in about.graph.in_edges(node, data="kind") if kind == "about")
    p: Properties = [(v.A, (v.CONCEPT,))]
    one(p, v.PREF_LABEL, d["label"], "" if scheme == CATEGORY else about.shared_language(places))
    if scheme is not None:
        name = Name("scheme", quote_local(scheme))
        about.schemes[name] = scheme
        p.append((v.IN_SCHEME, (name,)))
    concept = d.get("concept")
    if concept is not None and (same := iri(concept)):
        p.append((v.EXACT_MATCH, (same,)))
    elif concept is not None:
        one(p, v.NOTATION, concept)
    if scheme == CATEGORY and d["label"] in v.IPTC:
        p.append((v.CLOSE_MATCH, (Name("", v.IPTC[d["label"]]),)))
    yield about.node(node), p


def _utterance(about: Description, node: str, d: Attributes) -> Iterator[Block]:
    """What several articles report as said once: a claim that appears in statements."""
    copies = sorted(target for _, target, kind in about.graph.out_edges(node, data="kind") if kind == "copy")
    p: Properties = [(v.A, (v.CLAIM,)), (v.COPY_OF, [about.node(copy) for copy in copies])]
    p.append((v.FIRST_COPY, (about.node(d["first"]),)))
    yield about.node(node), p


def _shared_name(shared: dict[Name, str], prefix: str, label: str) -> Name:
    """The name of a node that many share, by the very words: two spellings are two nodes."""
    label = clean(label)
    name = Name(prefix, f"{slug(label)}-{digest(prefix, label, length=8)}")
    shared[name] = label
    return name


def _shared(about: Description) -> Iterator[Block]:
    """Publishers, schemes, roles, other relation types, and in `full` the run, each described once."""
    for name, label in sorted(about.publishers.items()):
        yield name, [(v.A, (v.NEWS_MEDIA,)), (v.NAME, (text(label),))]
    for name, label in sorted(about.relation_types.items()):
        yield name, [(v.A, (v.EVENT_TYPE_CLASS, v.CONCEPT)), (v.PREF_LABEL, (text(label),))]
    for name, label in sorted(about.roles.items()):
        yield name, [(v.A, (v.ROLE,)), (v.PREF_LABEL, (text(label),))]
    for name, label in sorted(about.schemes.items()):
        yield name, [(v.A, (v.CONCEPT_SCHEME,)), (v.PREF_LABEL, (text(label),))]
    if about.full:
        yield from _run(about)


def _run(about: Description) -> Iterator[Block]:
    """The activity that made the statements, without its time: the software's version, the model, the settings."""
    model = about.facts.get("model")
    run = about.run()
    agent, used = Name("", about.base + "software"), Name("", about.base + "model")
    p: Properties = [(v.A, (v.ACTIVITY,)), (v.WAS_ASSOCIATED_WITH, (agent,))]
    if model is not None:
        p.append((v.USED, (used,)))
    one(p, v.CONFIG_DIGEST, about.facts.get("config_digest"))
    yield run, p
    yield (
        agent,
        [
            (v.A, (v.SOFTWARE_AGENT, v.SOFTWARE)),
            (v.NAME, (text("portavoce"),)),
            (v.SOFTWARE_VERSION, (text(about.version),)),
        ],
    )
    if model is not None:
        yield used, [(v.A, (v.ENTITY,)), (v.NAME, (text(str(model)),))]


def _dataset(about: Description, profile: Profile, triples: int, statements: int) -> Block:
    """The data set, last because `full` counts its triples: it tells a reader the base IRI and the profile."""
    used = [Name("", v.VOCABULARIES[p]) for p in ("org", "oa", "prov", "pv", "schema", "sem", "skos")]
    used.sort(key=lambda name: name.local)
    p: Properties = [
        (v.A, (v.DATASET,)),
        (v.PROFILE, (text(profile),)),
        (v.URI_SPACE, (text(about.base),)),
        (v.VOCABULARY, used),
    ]
    if about.full:
        own = sum(len(objects) for _, objects in p) + 2
        p += [(v.ENTITIES, (integer(statements),)), (v.TRIPLES, (integer(triples + own),))]
    return Name("", about.base + "dataset"), p


_DESCRIBE = {
    "actor": _actor,
    "article": _article,
    "statement": statement_blocks,
    "topic": _topic,
    "utterance": _utterance,
}
