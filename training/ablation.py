"""What each stage of the extraction adds, on annotated articles that no stage learned from.

    python -m training.ablation GOLD.jsonl [--cache FOLDER]

Prints a table in Markdown, each row with everything above it: cues and contents by the lists and the order of the rules,
then the learned choices, the encoder's evidence, and who speaks by grammar alone, by the rankings, by the rankings with evidence.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from portavoce.evaluate import score
from portavoce.extract.actors.coreference import Actors
from portavoce.extract.acts import Attribution
from portavoce.extract.annotate import load_pipeline
from portavoce.extract.attribution.choice import AttributionModel
from portavoce.extract.linear import Linear
from portavoce.extract.reading import Reading
from portavoce.extract.speakers import Ranking, find_speakers
from portavoce.extract.tokens import Tokens
from portavoce.extract.topics import Topics
from portavoce.records import Article, Span, Statement
from training.attribution.corpus import parsed, read_gold
from training.attribution.inputs import HOUSE

SURE = Linear({}, 5.0)
"""Takes whatever it is asked about."""
REPORTING = ("say", "answer", "continue", "announce", "ask", "deny", "write", "tell", "secondo")
"""Classes of the lists whose words nearly always report."""
SUBJECT = Linear({f"controller={kind}:{voice}": 5.0 for kind in ("verb", "noun", "colon") for voice in ("act", "pass")} | {
    f"case={kind}:{case}:{side}": 4.0 for kind, case in (("prep", "-"), ("verb", "da"), ("noun", "di")) for side in "lr"
})  # fmt: skip
"""The subject, the agent, the possessor, the noun behind *secondo*, and nothing that was learned."""
LAST = Linear(
    {"null:said-last": 5.0, "pronoun:said-last": 5.0, "self:person": 1.0, "self:group": 1.0, "self:organization": 1.0}
)
"""A dropped subject or a pronoun is who spoke last, and a noun means nobody named."""
SHOWN = ("D-50", "D-80", "T2", "A", "A-mis")

Attribute = Callable[[Tokens], list[Attribution]]


def by_lists(model: AttributionModel) -> AttributionModel:
    """The choice without weights: words of the lists that report, the first content that the rules propose, no quote without a cue."""
    classes = Linear({f"class={kind}:{name}": 10.0 for kind in ("verb", "noun", "prep") for name in REPORTING}, -5.0)
    return replace(model, cue=classes, content=Linear({}), statement=SURE, marks=Linear({}, -5.0), cue_threshold=0.5)


def rows() -> Iterator[tuple[str, AttributionModel, Ranking, bool]]:
    """The rows of the table: a name, what chooses statements, what chooses speakers, and whether evidence is read."""
    plain, read = (AttributionModel.load("it", evidence=e) for e in (False, True))
    learned, with_evidence = (Ranking.load("it", evidence=e) for e in (False, True))
    grammar = Ranking(SUBJECT, LAST, SURE, 0.0)
    lists = by_lists(plain)
    yield "rules alone", lists, grammar, False
    yield "+ learned choice of cues", replace(lists, cue=plain.cue, cue_threshold=0.5), grammar, False
    yield "+ boundaries, and a last look at cue and content together", plain, grammar, False
    yield "+ spans that the encoder reads", read, grammar, True
    yield "+ ranking of mentions and antecedents", read, learned, True
    yield "+ what the encoder reads of speakers", read, with_evidence, True


def statements(article: Article, t: Tokens, model: AttributionModel, ranking: Ranking, topics: Topics) -> Article:
    """The article with what the stages find, without the parts that no figure here looks at."""
    attributions = model.attributions(t)
    speakers = find_speakers(t, Actors(t, "it", article.title), attributions, ranking=ranking)
    about = topics.analyse(t, article.title)
    found = []
    for n, (a, speaker) in enumerate(zip(attributions, speakers, strict=True)):
        told = about.statement(list(a.content), a.kind, speaker.name)
        found.append(
            Statement(
                id=str(n), kind=a.kind, content=tuple(Span.of(t.text, *span) for span in a.content), actor=speaker.name,
                speaker=Span.of(t.text, *speaker.span) if speaker.span else None, about=told.about, category=told.category,
            )
        )  # fmt: skip
    return replace(article, statements=tuple(found), relations=())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--cache", type=Path, default=HOUSE / "build/parses")
    options = parser.parse_args()
    gold = [Reading.of(article).article for article in read_gold(options.gold)]
    nlp, topics = load_pipeline(), Topics.load("it")
    texts: dict[bool, Iterable[tuple[Article, Tokens]]] = {
        e: list(parsed(gold, nlp, options.cache, with_evidence=e)) for e in (False, True)
    }
    print(f"| | {' | '.join(SHOWN)} |\n|---|{'--:|' * len(SHOWN)}")
    for name, model, ranking, evidence in rows():
        found = [statements(a, t, model, ranking, topics) for a, t in texts[evidence]]
        figures = score(gold, found).figures
        print(f"| {name} | {' | '.join(f'{100 * figures[f][-1]:.1f}' for f in SHOWN)} |", flush=True)


if __name__ == "__main__":
    main()
