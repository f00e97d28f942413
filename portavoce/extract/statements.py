"""Doc → statements: the stages joined for one article, each statement with its rule and confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.attribution.choice import AttributionModel
from portavoce.extract.relations import find_relations, relation_records, with_bodies
from portavoce.extract.speakers import find_speakers
from portavoce.extract.tokens import Tokens
from portavoce.extract.topics import Concept, Topics
from portavoce.extract.worth import with_reporters, worth
from portavoce.ids import statement_id
from portavoce.records import Actor, Article, Span, Statement


def together(actors: Actors, known: Sequence[Actor], index: int | None) -> tuple[str, ...]:
    """The ids of the several who are one speaker, or none."""
    members = actors.actors[index].members if index is not None else ()
    ids = tuple(dict.fromkeys(known[m].id for m in members))
    return ids if len(ids) > 1 else ()


class Extractor:
    """Everything that one language needs to turn a parsed article into a record; holds no state between articles."""

    def __init__(self, language: str = "it", *, thesaurus: list[Concept] | None = None) -> None:
        self.language = language
        self.topics = Topics.load(language, thesaurus=thesaurus)

    def record(self, article: Article, doc: Doc) -> Article:
        """The article with its statements, actors, mentions, roles and relations; ``doc`` is the parse of its text."""
        t = Tokens(doc, article.text)
        model = AttributionModel.load(self.language, evidence=t.evidence is not None)
        attributions = model.attributions(t)
        actors = Actors(t, self.language, article.title)
        speakers = find_speakers(t, actors, attributions)
        related = find_relations(actors, attributions, speakers)
        known, mentions, roles = actors.records(article.id)
        about = self.topics.analyse(t, article.title)
        statements = []
        for attribution, speaker in zip(attributions, speakers, strict=True):
            content = tuple(Span.of(t.text, start, end) for start, end in attribution.content)
            cue = attribution.cue
            words = None if cue.kind in ("colon", "none") else Span.of(t.text, *t.span(cue.first, cue.last))
            value = worth(t, attribution, model.lexicon, self.language)
            topics = about.statement(list(attribution.content), attribution.kind, speaker.name)
            statements.append(
                Statement(
                    id=statement_id(article.id, content, words),
                    kind=attribution.kind,
                    content=content,
                    cue=words,
                    cue_lemma=cue.lemma if words else None,
                    speaker=Span.of(t.text, *speaker.span) if speaker.span else None,
                    actor=speaker.name,
                    actor_id=known[speaker.actor].id if speaker.actor is not None else None,
                    actor_ids=together(actors, known, speaker.actor),
                    actor_kind=speaker.kind,
                    about=topics.about,
                    topics=topics.topics,
                    category=topics.category,
                    polarity=value.polarity,
                    certainty=value.certainty,
                    act=value.act,
                    tense=value.tense,
                    rule=f"{attribution.rule}+{speaker.rule}",
                    confidence=round(attribution.confidence * speaker.confidence, 3),
                )
            )
        nested = with_reporters(t, attributions, statements)
        return replace(
            article, language=article.language or self.language, statements=nested, actors=known, mentions=mentions,
            roles=with_bodies(t, actors, [a.id for a in known], roles, related),
            relations=relation_records(t, actors, related, nested), extracted=True,
        )  # fmt: skip
