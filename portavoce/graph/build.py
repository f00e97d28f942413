"""Records into one graph; the schema is in docs/graph.md."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import networkx as nx

from portavoce.errors import RecordError
from portavoce.graph.judgements import Judgements
from portavoce.graph.merge import Parts
from portavoce.graph.places import place_of
from portavoce.graph.resolve import ArticleActors, Gazetteer
from portavoce.graph.schema import (
    ABOUT,
    APPEARS,
    ARTICLE,
    CATEGORY,
    HOLDS,
    IN,
    MENTIONS,
    PHRASE,
    RELATES,
    SAYS,
    STATEMENT,
    TOPIC,
    Attributes,
    actor_node,
    appears_key,
    holds_key,
    is_hash,
    local_id,
    relates_key,
    statement_node,
    topic_node,
)
from portavoce.ids import article_node, text_digest, topic_id
from portavoce.records import Article, Mention, Reject, Span, Statement, TopicRef

CONTEXT = 32  # characters before and after a content span that find it again in a changed text
NEIGHBOURHOOD = 1000  # characters around the content in which a phrase is looked for that the content does not hold

_THESAURI = {
    "http://eurovoc.europa.eu/": "eurovoc",
    "http://publications.europa.eu/resource/authority/data-theme/": "data-theme",
}  # names by which these are known, by the beginning of their concepts' IRIs


def build_graph(
    records: Iterable[Article | Mapping[str, Any] | Reject],
    *,
    on_reject: Callable[[Reject], None] | None = None,
    gazetteer: Gazetteer | None = None,
    judgements: Judgements | None = None,
) -> nx.MultiDiGraph:
    """The graph of all records, whatever their order; rejects are passed over.

    Who is who is decided by names, a ``gazetteer`` (that of the package where none is given) and people's ``judgements``.

    A dictionary that is no record, a reference to an actor that its record does not hold, and an id that comes with two
    texts raise `RecordError`, or go to ``on_reject`` when it is given and leave no trace in the graph.
    """
    parts = Parts(gazetteer=gazetteer, judgements=judgements)
    for record in records:
        if isinstance(record, Reject):
            continue
        try:
            add_article(parts, record if isinstance(record, Article) else Article.from_json(record))
        except RecordError as error:
            if on_reject is None:
                raise
            id_ = record.id if isinstance(record, Article) else record.get("id")
            on_reject(Reject(stage="build", reason=str(error), id=id_ if isinstance(id_, str) else None))
    return parts.graph()


def add_article(parts: Parts, article: Article) -> None:
    """Add all that one article says to the parts of a graph; raises `RecordError` before anything is added."""
    actors, statements = ArticleActors(article), _StatementNodes(article)
    place = article_node(article.id)
    parts.add_node(place, {
        "kind": ARTICLE, "id": article.id, "title": article.title, "url": article.url, "published": article.published,
        "publisher": article.publisher, "language": article.language, "text_digest": text_digest(article.text),
        "text_length": len(article.text), "text": article.text, "countries": tuple(sorted(actors.places)),
    })  # fmt: skip
    named = (m for m in article.mentions if m.actor_id not in actors.joint)
    mentions = sorted((m, actor_node(actors.of(m.actor_id))) for m in named)
    starts = [mention.start for mention, _ in mentions]
    for mention, actor in mentions:
        _add_mention(parts, place, actor, mention)
    for statement in article.statements:
        node = statement_node(article.id, statement)
        _add_statement(parts, article, statement, node, reported_by=statements.of(statement.reported_by))
        said_at = statement.speaker or statement.cue or statement.content[0]
        for speaker in actors.speakers(statement):
            said = {"kind": SAYS, "evidence": (said_at,), "forms": (place_of(speaker, said_at),)}
            parts.add_edge(actor_node(speaker), node, SAYS, said)
        for span in statement.content:
            for mention, actor in mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]:
                if mention.end <= span.end:
                    _add_mention(parts, node, actor, mention)
    _add_roles(parts, article, actors, place)
    _add_relations(parts, article, actors, statements)
    places: dict[str, set[Span]] = {}
    for mention, actor in mentions:
        places.setdefault(actor, set()).add(Span(mention.start, mention.end, mention.text))
    for found in actors.appearances():
        evidence = tuple(sorted(places.get(actor_node(found.form), ())))
        edge = {
            "kind": APPEARS, "form": found.form, "name": found.name, "names": found.names, "actor_kind": found.kind,
            "wikidata": found.wikidata, "of_country": found.of_country, "roles": found.roles, "evidence": evidence,
        }  # fmt: skip
        parts.add_edge(actor_node(found.form), place, appears_key(found.form), edge)


def _add_mention(parts: Parts, source: str, actor: str, mention: Mention) -> None:
    span = Span(mention.start, mention.end, mention.text)
    edge = {"kind": MENTIONS, "evidence": (span,), "forms": (place_of(local_id(actor), span),)}
    parts.add_edge(source, actor, MENTIONS, edge)


class _StatementNodes:
    """The nodes of an article's statements by the ids that its record gives them."""

    def __init__(self, article: Article) -> None:
        self._by_id = {s.id: statement_node(article.id, s) for s in reversed(article.statements)}
        for reference in (*(s.reported_by for s in article.statements), *(r.statement for r in article.relations)):
            if reference and reference not in self._by_id and not is_hash(reference):
                raise RecordError(f"the article {article.id!r} has no statement with the id {reference!r}")

    def of(self, reference: str | None) -> str | None:
        """The node that an id means; a hash may be that of a statement which another record of the article holds."""
        return (self._by_id.get(reference) or f"{STATEMENT}/{reference}") if reference else None


def _add_statement(parts: Parts, article: Article, statement: Statement, node: str, *, reported_by: str | None) -> None:
    parts.add_node(node, {
        "kind": STATEMENT, "quote_type": statement.kind, "content": statement.content, "cue": statement.cue,
        "cue_lemma": statement.cue_lemma, "speaker": statement.speaker, "actor": statement.actor or None,
        "about": statement.about, "category": statement.category, "polarity": statement.polarity,
        "certainty": statement.certainty, "act": statement.act, "tense": statement.tense, "reported_by": reported_by,
        "rule": statement.rule, "confidence": statement.confidence, "language": article.language,
        "context": tuple(_context(article.text, span) for span in statement.content),
    })  # fmt: skip
    parts.add_edge(node, article_node(article.id), IN, {"kind": IN, "evidence": statement.content})
    for rank, (topic, attributes) in enumerate(_topics(statement)):
        parts.add_node(topic, attributes)
        label = "" if attributes["scheme"] == CATEGORY else attributes["label"]
        evidence = _occurrences(label, article.text, statement.content)
        parts.add_edge(node, topic, ABOUT, {"kind": ABOUT, "evidence": evidence, "rank": rank})


def _topics(statement: Statement) -> Iterator[tuple[str, Attributes]]:
    for phrase in statement.about:
        if phrase.strip():
            yield _topic(phrase, PHRASE, None)
    for ref in statement.topics:
        scheme, concept = _scheme(ref)
        yield _topic(ref.label, scheme, concept)
    if statement.category:
        yield _topic(statement.category, CATEGORY, None)


def _topic(label: str, scheme: str, concept: str | None) -> tuple[str, Attributes]:
    node = topic_node(topic_id(label, concept or scheme))
    return node, {"kind": TOPIC, "label": label, "scheme": scheme, "concept": concept}


def _scheme(ref: TopicRef) -> tuple[str, str | None]:
    """The thesaurus that a concept belongs to, and its IRI when it has one."""
    for start, name in _THESAURI.items():
        if ref.id.startswith(start):
            return name, ref.id
    if "://" in ref.id or ref.id.startswith("urn:"):
        return re.sub(r"[^/#:]*$", "", ref.id), ref.id
    return (ref.id.partition(":")[0] if ":" in ref.id else "thesaurus"), None


def _context(text: str, span: Span) -> tuple[str, str]:
    return text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]


def _occurrences(phrase: str, text: str, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """Where a phrase stands in the content, else its nearest neighbourhood in the article."""
    if not (words := phrase.split()):
        return ()
    pattern = _phrase(tuple(words))
    inside = [Span.of(text, *m.span()) for span in content for m in pattern.finditer(text, span.start, span.end)]
    if inside:
        return tuple(sorted(set(inside)))
    start, end = max(0, content[0].start - NEIGHBOURHOOD), content[-1].end + NEIGHBOURHOOD
    return tuple(Span.of(text, *m.span()) for m in pattern.finditer(text, start, end))


@lru_cache(maxsize=16384)
def _phrase(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE)


def _add_roles(parts: Parts, article: Article, actors: ArticleActors, place: str) -> None:
    for role in actors.offices:
        holder = actor_node(actors.of(role.holder))
        found = actors.of_body(role)
        body = actor_node(found) if found else holder
        edge = {
            "kind": HOLDS, "form": local_id(holder), "body_form": local_id(body), "role": role.role, "organization": role.organization, "article": place,
            "observed": article.published, "evidence": (role.evidence,),
        }  # fmt: skip
        parts.add_edge(holder, body, holds_key(holder, body, edge), edge)


def _add_relations(parts: Parts, article: Article, actors: ArticleActors, statements: _StatementNodes) -> None:
    for relation in article.relations:
        source, target = actor_node(actors.of(relation.source)), actor_node(actors.of(relation.target))
        statement, place = statements.of(relation.statement), article_node(article.id)
        edge = {
            "kind": RELATES, "source_form": local_id(source), "target_form": local_id(target), "type": relation.type, "modality": relation.modality, "trigger": relation.trigger,
            "article": place, "statement": statement, "evidence": (relation.evidence,),
        }  # fmt: skip
        parts.add_edge(source, target, relates_key(source, target, edge), edge)
