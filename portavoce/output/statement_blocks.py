"""Statements in RDF: the statement itself, its topics in order, its mentions, and in `full` its place in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from portavoce.graph.places import form_at
from portavoce.output import vocabulary as v
from portavoce.output.describe import (
    SEPARATOR,
    Attributes,
    Description,
    Properties,
    child,
    evidence,
    offsets,
    one,
    told_forms,
    value_or_text,
)
from portavoce.output.terms import Block, Name, Term, decimal, integer, text
from portavoce.records import Span


def statement_blocks(about: Description, node: str, d: Attributes) -> Iterator[Block]:
    """The blocks of a statement and of its sub-nodes."""
    graph, subject, language = about.graph, about.node(node), about.language(node)
    says = [(u, edge) for u, _, edge in graph.in_edges(node, data=True) if edge["kind"] == "says"]
    speakers = sorted(speaker for speaker, _ in says)
    targets: dict[str, list[tuple[str, dict[str, Any]]]] = {"about": [], "mentions": [], "in": []}
    for _, target, edge in graph.out_edges(node, data=True):
        if edge["kind"] in targets:
            targets[edge["kind"]].append((target, edge))
    topics = sorted(targets["about"], key=lambda pair: pair[0])
    mentions = sorted(targets["mentions"], key=lambda pair: pair[0])
    articles = sorted(target for target, _ in targets["in"])
    content: tuple[Span, ...] = d["content"]
    phrases: tuple[str, ...] = d.get("about") or ()

    p: Properties = [(v.A, _classes(about, content))]
    one(p, v.TEXT, SEPARATOR.join(s.text for s in content), language)
    _language(about, p, d, articles, language)
    _objects(p, v.SPEAKER, about, speakers)
    if about.full:
        heard = [s for s in speakers if graph.nodes[s].get("actor_kind") in ("person", "organization")]
        _objects(p, v.SPOKEN_BY, about, heard)
    told_forms(about, p, v.SPEAKER_FORM, (form_at(f)[0] for _, edge in says for f in edge.get("forms") or ()))
    one(p, v.ACTOR_NAME, d.get("actor"))
    _mark(p, v.SPEAKER_MENTION, v.SPEAKER_START, d.get("speaker"), language)
    _objects(p, v.ABOUT, about, [topic for topic, _ in topics])
    if phrases or topics:
        p.append((v.TOPICS_IN_ORDER, (child(subject, "a"),)))
    _objects(p, v.MENTIONS, about, [actor for actor, _ in mentions])
    _objects(p, v.IS_PART_OF, about, articles)
    for predicate, attribute, known in (
        (v.QUOTE_TYPE, "quote_type", v.QUOTE_TYPES),
        (v.POLARITY, "polarity", v.POLARITIES),
        (v.CERTAINTY, "certainty", v.CERTAINTIES),
        (v.ACT, "act", v.ACTS),
        (v.TENSE, "tense", v.TENSES),
    ):
        if d.get(attribute) is not None:
            p.append((predicate, (value_or_text(d[attribute], known),)))
    _mark(p, v.CUE, v.CUE_START, d.get("cue"), language)
    one(p, v.CUE_LEMMA, d.get("cue_lemma"))
    one(p, v.CATEGORY, d.get("category"))
    if d.get("reported_by") is not None:
        p.append((v.REPORTED_BY, (about.node(d["reported_by"]),)))
    one(p, v.RULE, d.get("rule"))
    if d.get("confidence") is not None:
        p.append((v.CONFIDENCE, (decimal(d["confidence"]),)))
    offsets(p, content)
    if about.full:
        _place(about, p, subject, d, articles)
    yield subject, p
    if phrases or topics:
        yield child(subject, "a"), _topics_in_order(about, phrases, topics, language)
    yield from mention_blocks(about, subject, mentions + (topics if about.full else []), language)
    if about.full:
        yield from _segment_blocks(about, subject, d, articles)


def mention_blocks(
    about: Description, parent: Name, edges: Sequence[tuple[str, dict[str, Any]]], language: str
) -> Iterator[Block]:
    """One numbered node for each place where a text names an actor or topic, from the evidence of the edges."""
    number = 0
    for target, edge in edges:
        for span in edge.get("evidence") or ():
            number += 1
            p: Properties = [(v.A, (v.PV_MENTION,)), (v.MENTIONED, (about.node(target),)), (v.REPORTED_IN, (parent,))]
            evidence(p, (span,), language)
            places = map(form_at, edge.get("forms") or ())
            told_forms(about, p, v.FORM, (form for form, *at in places if at == [span.start, span.end]))
            yield child(parent, f"m{number}"), p


def _classes(about: Description, content: Sequence[Span]) -> tuple[Term, ...]:
    if not about.full:
        return (v.PV_STATEMENT, v.QUOTATION)
    if len(content) > 1:  # an interrupted quote is no one stretch of text: its segments are the specific resources
        return (v.PV_STATEMENT, v.QUOTATION, v.ENTITY)
    return (v.PV_STATEMENT, v.QUOTATION, v.SPECIFIC_RESOURCE, v.ENTITY)


def _language(about: Description, p: Properties, d: Attributes, articles: Sequence[str], tag: str) -> None:
    """Add the language where the text's tag and the article do not tell it."""
    language = d.get("language")
    if language is None:
        return
    of_article = about.graph.nodes[articles[0]].get("language") if articles else None
    told = of_article if (of_article or "").lower() == tag else tag
    if not tag or told != language:
        one(p, v.IN_LANGUAGE, language)


def _objects(p: Properties, predicate: Name, about: Description, nodes: Sequence[str]) -> None:
    if nodes:
        p.append((predicate, [about.node(node) for node in nodes]))


def _mark(p: Properties, words: Name, start: Name, span: Span | None, language: str) -> None:
    """Add a span as its words and where they start; the end follows from the length."""
    if span is not None:
        one(p, words, span.text, language)
        p.append((start, (integer(span.start),)))


def _topics_in_order(
    about: Description, phrases: Sequence[str], topics: Sequence[tuple[str, dict[str, Any]]], language: str
) -> Properties:
    """An rdf:Seq: at each place the article's words for a topic and the topics that were found for it."""
    places: dict[int, list[Term]] = {}
    for rank, phrase in enumerate(phrases):
        places.setdefault(rank, []).append(text(phrase, language))
    for topic, edge in topics:
        places.setdefault(edge.get("rank") or 0, []).append(about.node(topic))
    p: Properties = [(v.A, (v.SEQ,))]
    p.extend((Name("rdf", f"{v.RDF_MEMBER}{rank + 1}"), terms) for rank, terms in sorted(places.items()))
    return p


def _place(about: Description, p: Properties, subject: Name, d: Attributes, articles: Sequence[str]) -> None:
    """Add where the statement stands in the article, and how it came from there."""
    sources = [about.node(article) for article in articles]
    if len(d["content"]) == 1:
        if sources:
            p.append((v.HAS_SOURCE, sources))
        p.append((v.HAS_SELECTOR, (child(subject, "p"), child(subject, "q"))))
    else:
        p.append((v.SEGMENT, [child(subject, f"s{n}") for n in range(1, len(d["content"]) + 1)]))
    if sources:
        p.append((v.WAS_QUOTED_FROM if d.get("quote_type") == "direct" else v.WAS_DERIVED_FROM, sources))
    p.append((v.WAS_GENERATED_BY, (about.run(),)))


def _segment_blocks(about: Description, subject: Name, d: Attributes, articles: Sequence[str]) -> Iterator[Block]:
    """The selectors of the content, under a specific resource of its own for each segment of an interrupted quote."""
    content: tuple[Span, ...] = d["content"]
    context: tuple[tuple[str, str], ...] = d.get("context") or ()
    for n, span in enumerate(content):
        resource = subject if len(content) == 1 else child(subject, f"s{n + 1}")
        place, quote = child(resource, "p"), child(resource, "q")
        if resource is subject:
            place, quote = child(subject, "p"), child(subject, "q")
        else:
            p: Properties = [(v.A, (v.SPECIFIC_RESOURCE,)), (v.POSITION, (integer(n + 1),))]
            _objects(p, v.HAS_SOURCE, about, articles)
            p.append((v.HAS_SELECTOR, (place, quote)))
            yield resource, p
        at: Properties = [(v.A, (v.POSITION_SELECTOR,))]
        offsets(at, (span,))
        yield place, at
        words: Properties = [(v.A, (v.QUOTE_SELECTOR,))]
        one(words, v.EXACT, span.text)
        if n < len(context):
            one(words, v.PREFIX, context[n][0])
            one(words, v.SUFFIX, context[n][1])
        yield quote, words
