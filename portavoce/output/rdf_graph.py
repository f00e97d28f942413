"""From the triples of a file that we wrote back to the graph: `blocks`, read backwards."""

from __future__ import annotations

from typing import Any

import networkx as nx

from portavoce.errors import GraphFileError
from portavoce.graph.places import form_at, place_of
from portavoce.graph.schema import appears_key
from portavoce.output import vocabulary as v
from portavoce.output.rdf_read import Index
from portavoce.output.rdf_subjects import Subject, Subjects
from portavoce.output.terms import Name, unquote_local
from portavoce.records import Span

_KIND_OF_CLASS = {class_: kind for kind, class_ in v.ACTOR_CLASSES.items()}


def graph_of(index: Index, where: str) -> nx.MultiDiGraph:
    """The graph that the triples describe; raises `GraphFileError` when they are not a graph of portavoce."""
    return _Reader(Subjects(index, where)).graph()


class _Reader:
    def __init__(self, subjects: Subjects) -> None:
        self.subjects = subjects
        self.made = nx.MultiDiGraph(profile=subjects.profile, base=subjects.base)
        self.mentions: dict[tuple[str, str], list[Span]] = {}
        self.forms: dict[tuple[str, str], set[str]] = {}
        self.actors_of: dict[tuple[str, str], list[str]] = {}
        for s in subjects.values():
            if s.is_a(v.APPEARANCE):
                for article in s.names(v.REPORTED_IN):
                    self.actors_of.setdefault((article, s.text(v.FORM) or ""), []).extend(s.names(v.APPEARING))

    def graph(self) -> nx.MultiDiGraph:
        by_class: dict[Name, list[Subject]] = {}
        for subject in self.subjects.values():
            for class_ in _READ:
                if subject.is_a(class_):
                    by_class.setdefault(class_, []).append(subject)
        for class_, read in _READ.items():
            for subject in by_class.get(class_, ()):
                read(self, subject)
        for node, kind in self.made.nodes(data="kind"):
            if kind is None:
                raise GraphFileError(
                    f"{self.subjects.where} refers to {node} and does not describe it: a part of the file is missing"
                )
        self.made.graph.update(self.subjects.run())
        return self.made

    def mention(self, s: Subject) -> None:
        for place in s.names(v.REPORTED_IN):
            for named in s.names(v.MENTIONED):
                spans = s.spans(v.EVIDENCE)
                self.mentions.setdefault((place, named), []).extend(spans)
                places = {place_of(form.text, span) for form in s.values(v.FORM) for span in spans}
                self.forms.setdefault((place, named), set()).update(places)

    def evidence(self, place: str, named: str) -> tuple[Span, ...]:
        return tuple(sorted(set(self.mentions.get((place, named), ()))))

    def mentioned(self, place: str, named: str) -> dict[str, Any]:
        """The attributes of an edge that mentions an actor; the forms only where the file tells them."""
        forms = self.forms.get((place, named))
        told = {"forms": tuple(sorted(forms))} if forms else {}
        return {"kind": "mentions", "evidence": self.evidence(place, named)} | told

    def article(self, s: Subject) -> None:
        node = s.node
        publisher = next(iter(self.subjects.described(s.iris(v.PUBLISHER))), None)
        lengths = s.numbers(v.TEXT_LENGTH)
        self.made.add_node(
            node, kind="article", id=s.text(v.IDENTIFIER), title=s.text(v.HEADLINE), url=s.text(v.URL),
            published=s.text(v.DATE_PUBLISHED), publisher=publisher.text(v.NAME) if publisher else None,
            language=s.text(v.IN_LANGUAGE), text_digest=s.text(v.TEXT_DIGEST),
            text_length=lengths[0] if lengths else None, text=None, countries=s.texts(v.NAMES_COUNTRY),
        )  # fmt: skip
        for actor in s.names(v.MENTIONS):
            self.made.add_edge(node, actor, "mentions", **self.mentioned(node, actor))

    def actor(self, s: Subject) -> None:
        kinds = [kind for class_, kind in _KIND_OF_CLASS.items() if s.is_a(class_)]
        names = s.texts(v.NAME, v.ALTERNATE_NAME)
        if not names:
            raise s.wrong("the actor has no schema:name")
        self.made.add_node(
            s.node, kind="actor", names=names, name=s.text(v.NAME) or names[0],
            actor_kind=kinds[0] if kinds else s.text(v.ACTOR_KIND) or "unknown",
            wikidata=(s.text(v.SAME_AS) or "").removeprefix(v.VOCABULARIES["wd"]) or None,
            of_country=s.text(v.OF_COUNTRY),
        )  # fmt: skip

    def topic(self, s: Subject) -> None:
        if s.is_a(v.EVENT_TYPE_CLASS):
            return
        scheme = s.one_name(v.IN_SCHEME)
        self.made.add_node(
            s.node, kind="topic", label=s.text(v.PREF_LABEL) or "",
            scheme=scheme.removeprefix("scheme/") if scheme is not None else None,
            concept=s.text(v.EXACT_MATCH) or s.text(v.NOTATION),
        )  # fmt: skip

    def statement(self, s: Subject) -> None:
        node, articles = s.node, s.names(v.IS_PART_OF)
        content = s.spans(v.TEXT)
        if not content:
            raise s.wrong("the statement has no oa:start")
        cue, speaker = s.mark(v.CUE, v.CUE_START), s.mark(v.SPEAKER_MENTION, v.SPEAKER_START)
        phrases, ranks = self._topics_in_order(s)
        self.made.add_node(
            node, kind="statement", quote_type=s.term(v.QUOTE_TYPE), content=content, cue=cue,
            cue_lemma=s.text(v.CUE_LEMMA), speaker=speaker, actor=s.text(v.ACTOR_NAME), about=phrases,
            category=s.text(v.CATEGORY), polarity=s.term(v.POLARITY), certainty=s.term(v.CERTAINTY),
            act=s.term(v.ACT), tense=s.term(v.TENSE),
            reported_by=s.one_name(v.REPORTED_BY), rule=s.text(v.RULE), confidence=s.number(v.CONFIDENCE),
            language=self._language(s, articles), context=self._context(s),
        )  # fmt: skip
        said_at = speaker or cue or content[0]
        forms = tuple(place_of(form, said_at) for form in s.texts(v.SPEAKER_FORM))
        speakers = s.names(v.SPEAKER)
        for actor in speakers:
            own = forms if len(speakers) == 1 else tuple(f for f in forms if self._is_form_of(f, articles, actor))
            self.made.add_edge(actor, node, "says", kind="says", evidence=(said_at,), **self.told(forms=own))
        for topic in s.names(v.ABOUT):
            self.made.add_edge(
                node, topic, "about", kind="about", evidence=self.evidence(node, topic), rank=ranks.get(topic, 0)
            )
        for actor in s.names(v.MENTIONS):
            self.made.add_edge(node, actor, "mentions", **self.mentioned(node, actor))
        for article in articles:
            self.made.add_edge(node, article, "in", kind="in", evidence=content)

    def _is_form_of(self, place: str, articles: list[str], actor: str) -> bool:
        """Whether a form at a place of an article is an actor: of several who speak together each has its own."""
        form = form_at(place)[0]
        return any(actor in self.actors_of.get((article, form), ()) for article in articles)

    def _topics_in_order(self, s: Subject) -> tuple[tuple[str, ...], dict[str, int]]:
        """The article's phrases in their order, and the rank of each topic."""
        phrases, ranks, member = {}, {}, v.VOCABULARIES["rdf"] + v.RDF_MEMBER
        for iri in s.iris(v.TOPICS_IN_ORDER):
            for predicate, values in self.subjects[iri].properties.items() if iri in self.subjects else ():
                number = predicate.removeprefix(member)
                for value in values if number != predicate and number.isdecimal() else ():
                    if value.is_iri:
                        ranks[s.name(value.text)] = int(number) - 1
                    else:
                        phrases[int(number)] = value.text
        return tuple(phrase for _, phrase in sorted(phrases.items())), ranks

    def _language(self, s: Subject, articles: list[str]) -> str | None:
        told = s.text(v.IN_LANGUAGE)
        tag = value.language if (value := s.value(v.TEXT)) else ""
        if told is not None or not tag:
            return told
        of_article = self.made.nodes[articles[0]].get("language") if articles and articles[0] in self.made else None
        return of_article if of_article is not None and of_article.lower() == tag else tag

    def _context(self, s: Subject) -> tuple[tuple[str, str], ...]:
        """What stands before and after each content span, from its quote selector; `full` has it, `core` has none."""
        segments = self.subjects.described(s.iris(v.SEGMENT))
        segments.sort(key=lambda segment: segment.numbers(v.POSITION))
        context = []
        for resource in segments or [s]:
            for iri in resource.iris(v.HAS_SELECTOR):
                selector = self.subjects.get(iri)
                if selector and (prefix := selector.text(v.PREFIX)) is not None:
                    context.append((prefix, selector.text(v.SUFFIX) or ""))
        return tuple(context)

    def utterance(self, s: Subject) -> None:
        node, copies, first = s.node, s.names(v.COPY_OF), s.one_name(v.FIRST_COPY)
        if first is None or not copies:
            raise s.wrong("the claim lacks schema:appearance or schema:firstAppearance")
        self.made.add_node(node, kind="utterance", first=first, copies=len(copies))
        for copy in copies:
            content = self.made.nodes[copy].get("content", ()) if copy in self.made else ()
            self.made.add_edge(node, copy, "copy", kind="copy", evidence=content)

    def membership(self, s: Subject) -> None:
        member = s.one_name(v.MEMBER)
        if member is None:
            raise s.wrong("the org:Membership has no org:member")
        self.made.add_edge(
            member, s.one_name(v.IN_ORGANIZATION) or member, "holds:" + self._key(s, s.iris(v.MEMBER)[0], "-r"),
            kind="holds", role=s.text(v.ROLE_NAME), organization=s.text(v.ORGANIZATION_NAME),
            article=s.one_name(v.REPORTED_IN), observed=s.text(v.OBSERVED_ON), evidence=s.spans(v.EVIDENCE),
            **self.told(form=s.text(v.FORM), body_form=s.text(v.ORGANIZATION_FORM)),
        )  # fmt: skip

    def appearance(self, s: Subject) -> None:
        actor, article, form = s.one_name(v.APPEARING), s.one_name(v.REPORTED_IN), s.text(v.FORM)
        if actor is None or article is None or form is None:
            raise s.wrong("the appearance lacks pv:appearing, pv:reportedIn or pv:form")
        score = s.number(v.IDENTITY_SCORE)
        self.made.add_edge(
            actor, article, appears_key(form), kind="appears", form=form, name=s.text(v.NAME) or "", names=s.texts(v.NAME, v.ALTERNATE_NAME),
            actor_kind=s.text(v.KIND_TOLD) or "unknown", wikidata=s.text(v.IDENTIFIER), of_country=s.text(v.COUNTRY_TOLD),
            roles=s.texts(v.ROLE_WORDS), rule=s.text(v.IDENTIFIED_BY) or "name", score=1.0 if score is None else score,
            evidence=self._places_of(form, article, actor),
        )  # fmt: skip

    def _places_of(self, form: str, article: str, actor: str) -> tuple[Span, ...]:
        """Where a form stands in an article, from the mentions that were read before."""
        there = self.forms.get((article, actor), ())
        return tuple(span for span in self.evidence(article, actor) if place_of(form, span) in there)

    def told(self, **attributes: Any) -> dict[str, Any]:
        """The attributes that a file of this profile tells: `core` leaves out what each article calls its actors."""
        return {name: value for name, value in attributes.items() if value}

    def relation(self, s: Subject) -> None:
        source, target = s.one_name(v.SOURCE), s.one_name(v.TARGET)
        if source is None or target is None:
            raise s.wrong("the relation lacks pv:source or pv:target")
        places = s.names(v.REPORTED_IN)
        statement = next((p for p in places if p.startswith("statement/")), None)
        parent = next((iri for iri in [*s.iris(v.REPORTED_IN), *s.iris(v.SOURCE)] if s.iri.startswith(iri + "-e")), "")
        type_ = s.term(v.EVENT_TYPE) or ""
        if type_.startswith(self.subjects.base):
            type_ = s.name(type_).removeprefix("relation/")
        self.made.add_edge(
            source, target, "relates:" + self._key(s, parent, "-e"), kind="relates", type=type_,
            modality=s.term(v.MODALITY), trigger=s.mark(v.TRIGGER, v.TRIGGER_START),
            article=next((p for p in places if p != statement), None), statement=statement,
            evidence=s.spans(v.EVIDENCE), **self.told(source_form=s.text(v.SOURCE_FORM), target_form=s.text(v.TARGET_FORM)),
        )  # fmt: skip

    def _key(self, s: Subject, parent: str, mark: str) -> str:
        """The edge's key, which stands behind the parent's name in a sub-node's."""
        return unquote_local(s.iri.removeprefix(parent + mark)) if parent else s.node


_READ = {
    v.PV_MENTION: _Reader.mention,
    v.NEWS_ARTICLE: _Reader.article,
    v.PV_ACTOR: _Reader.actor,
    v.CONCEPT: _Reader.topic,
    v.PV_STATEMENT: _Reader.statement,
    v.MEMBERSHIP: _Reader.membership,
    v.APPEARANCE: _Reader.appearance,
    v.CLAIM: _Reader.utterance,
    v.PV_REPORTED_RELATION: _Reader.relation,
}  # in this order: mentions before the edges they are evidence of, articles before the statements in them
