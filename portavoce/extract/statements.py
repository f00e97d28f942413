"""Doc → statements: the stages joined for one article, each statement with its rule and confidence."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from portavoce.extract.attribution import Attribution
from portavoce.extract.choice import AttributionModel, Nearby
from portavoce.extract.coreference import Actors
from portavoce.extract.speakers import find_speakers
from portavoce.extract.tokens import Tokens
from portavoce.extract.topics import Concept, Topics
from portavoce.ids import statement_id
from portavoce.records import Article, Certainty, Polarity, Span, Statement


class Extractor:
    """Everything that one language needs to turn a parsed article into a record; holds no state between articles."""

    def __init__(self, language: str = "it", *, thesaurus: list[Concept] | None = None) -> None:
        self.language = language
        self.topics = Topics.load(language, thesaurus=thesaurus)

    def record(self, article: Article, doc: Doc) -> Article:
        """The article with its statements, actors, mentions and roles; ``doc`` is the parse of its text."""
        t = Tokens(doc, article.text)
        model = AttributionModel.load(self.language, evidence=t.evidence is not None)
        attributions = model.attributions(t)
        actors = Actors(t, self.language, article.title)
        speakers = find_speakers(t, actors, attributions)
        known, mentions, roles = actors.records(article.id)
        about = self.topics.analyse(t, article.title)
        statements = []
        for attribution, speaker in zip(attributions, speakers, strict=True):
            content = tuple(Span.of(t.text, start, end) for start, end in attribution.content)
            cue = attribution.cue
            words = None if cue.kind in ("colon", "none") else Span.of(t.text, *t.span(cue.first, cue.last))
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
                    actor_kind=speaker.kind,
                    about=topics.about,
                    topics=topics.topics,
                    category=topics.category,
                    polarity=polarity(t, attribution, model),
                    certainty=certainty(t, attribution, model),
                    rule=f"{attribution.rule}+{speaker.rule}",
                    confidence=round(attribution.confidence * speaker.confidence, 3),
                )
            )
        nested = with_reporters(t, attributions, statements)
        return replace(
            article, language=article.language or self.language, statements=nested, actors=known, mentions=mentions,
            roles=roles, extracted=True,
        )  # fmt: skip


def polarity(t: Tokens, attribution: Attribution, model: AttributionModel) -> Polarity:
    """Whether the source asserts or denies the content, or leaves it open (*non ha escluso che*)."""
    cue = attribution.cue
    denies = model.lexicon.class_of(cue) == "deny"
    negated = any(
        t.form[c] in model.lexicon.particles["negation"] for c in t.children[cue.head] if c < cue.head
    )  # the negation of a compound verb hangs on its participle
    if denies:
        return "open" if negated else "denies"
    return "open" if negated else "asserts"


def certainty(t: Tokens, attribution: Attribution, model: AttributionModel) -> Certainty:
    """Reported for hearsay in the reportive conditional, possible for predictions and guesses, else certain."""
    cue = attribution.cue
    if model.lexicon.class_of(cue) in ("predict", "think"):
        return "possible"
    start, end = attribution.content[0]
    first, last = t.at(start), t.at(end - 1)
    for k in range(first, last + 1):
        if t.morph[k].get("VerbForm") == "Fin" and t.quote[k] < 0:
            return "reported" if t.morph[k].get("Mood") == "Cnd" and t.pos[k] == "AUX" else "certain"
    return "certain"


def with_reporters(t: Tokens, attributions: list[Attribution], statements: list[Statement]) -> tuple[Statement, ...]:
    """The statements, each nested one pointing to the smallest statement whose content holds its cue and content."""
    nearby = Nearby(size=512)
    for k, s in enumerate(statements):
        nearby.add(k, [(c.start, c.end) for c in s.content])
    out = []
    for k, (a, s) in enumerate(zip(attributions, statements, strict=True)):
        at = t.start[a.cue.head]
        first = s.content[0]
        outer = [
            (sum(len(c.text) for c in o.content), o.id)
            for o in (statements[j] for j in nearby.of([(at, at)]) if j != k)
            if any(c.start <= at < c.end for c in o.content)
            and any(c.start <= first.start and first.end <= c.end for c in o.content)
        ]
        out.append(replace(s, reported_by=min(outer)[1]) if outer else s)
    return tuple(out)
