"""What two simple ideas reach on the same texts, so that a figure can be read beside something.

``marks``: whatever stands in marks and has four words or more, said by the nearest name. ``marks and verb``: whatever
stands in marks beside a verb of saying of the list that has a subject, said by that subject.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from portavoce.records import Article, Span, Statement

if TYPE_CHECKING:
    from portavoce.extract.attribution.cues import CueLexicon
    from portavoce.extract.marks import Quote
    from portavoce.extract.tokens import Tokens

LEAST_WORDS = 4
_LANGUAGE = "it"


def baselines(articles: Sequence[Article], *, model: str | None = None) -> dict[str, list[Article]]:
    """What each baseline predicts for the bare texts of the articles, parsed by the pipeline ``model``."""
    from portavoce.extract.annotate import annotate, load_pipeline
    from portavoce.extract.attribution.cues import CueLexicon
    from portavoce.extract.tokens import Tokens

    lexicon = CueLexicon.load(_LANGUAGE)
    predicted: dict[str, list[Article]] = {name: [] for name in BASELINES}
    docs = annotate((article.text for article in articles), load_pipeline(model))
    for article, doc in zip(articles, docs, strict=True):
        tokens = Tokens(doc, article.text)
        for name, baseline in BASELINES.items():
            found = tuple(baseline(tokens, lexicon))
            predicted[name].append(replace(article.bare(), statements=found, extracted=True))
    return predicted


def marks_and_nearest_name(t: Tokens, lexicon: CueLexicon) -> Iterator[Statement]:  # noqa: ARG001 - one signature for both
    """Each quote of four words or more, said by the name that stands nearest to it outside of it."""
    for n, (quote, content) in enumerate(_quoted(t)):
        names = [
            (min(abs(quote.open - t.end[last - 1]), abs(t.start[first] - quote.close)), first, last)
            for first, last, kind in t.entities
            if kind != "LOC" and (t.end[last - 1] <= quote.open or t.start[first] >= quote.close)
        ]
        name = min(names, default=None)
        speaker = Span.of(t.text, *t.span(name[1], name[2] - 1)) if name else None
        actor = _fullest(t, speaker.text) if speaker else None
        yield Statement(f"marks-{n}", "direct", (content,), speaker=speaker, actor=actor, rule="marks")


def marks_and_verb(t: Tokens, lexicon: CueLexicon) -> Iterator[Statement]:
    """Each quote whose sentence has a listed verb with a subject outside of all marks: the nearest such verb."""
    for n, (quote, content) in enumerate(_quoted(t, least=1)):
        sentences = {t.sent[t.at(quote.start)], t.sent[t.at(quote.end - 1)]}
        verbs = [
            (min(abs(quote.open - t.end[i]), abs(t.start[i] - quote.close)), i, subject)
            for s in sentences
            for i in range(*t.sentences[s])
            if t.pos[i] == "VERB" and t.lemma[i] in lexicon.verbs and t.quote[i] < 0
            for subject in t.below(i, "nsubj")[:1]
            if t.quote[subject] < 0
        ]
        if not verbs:
            continue
        _, verb, subject = min(verbs)
        first, last = t.subtree(subject)
        named = next((e for e in t.entities if first <= e[0] and e[1] - 1 <= last), None)
        speaker = Span.of(t.text, *t.span(first, last))
        actor = _fullest(t, t.words(named[0], named[1] - 1)) if named else speaker.text
        cue = Span.of(t.text, *t.span(verb, verb))
        yield Statement(f"verb-{n}", "direct", (content,), cue=cue, speaker=speaker, actor=actor, rule="marks and verb")


def _fullest(t: Tokens, name: str) -> str:
    """The longest name of the article that ends in this one: *Aldo Ferri* for *Ferri*."""
    names = {t.words(first, last - 1) for first, last, _ in t.entities}
    return max((n for n in names if n == name or n.endswith(f" {name}")), key=lambda n: (len(n), n))


def _quoted(t: Tokens, *, least: int = LEAST_WORDS) -> Iterable[tuple[Quote, Span]]:
    for quote in t.quotes:
        if quote.depth == 0 and len(t.text[quote.start : quote.end].split()) >= least:
            end = quote.end - (t.text[quote.end - 1] == "." and not t.text[: quote.end].endswith("..."))
            if end > quote.start:
                yield quote, Span.of(t.text, quote.start, end)


BASELINES: Mapping[str, Callable[[Tokens, CueLexicon], Iterator[Statement]]] = {
    "marks": marks_and_nearest_name,
    "marks and verb": marks_and_verb,
}
"""The baselines in the order of the table."""
