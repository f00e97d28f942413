"""Train who speaks on annotated articles: the ranking of mentions and that of antecedents; print what they reach.

    python -m training.speakers.train GOLD_TRAIN.jsonl [--dev GOLD_DEV.jsonl] [--pipeline NAME] [--out FILE]

With ``--written``, articles that were written for training are learned from, too; the figures are those of GOLD_TRAIN
alone. With ``--evidence`` the ranking weighs what an encoder thinks too: for training, parse and evidence are those of encoders
that never saw the article's annotation; for ``--dev``, the pipeline's own. Cues and contents are those of the annotation, so that the figures are of speakers alone. They come from five-fold cross-validation by article, at several thresholds of confidence;
``--dev`` adds those of the final model on a file that took no part. ``--mis`` sets the threshold: the least at which no
more than so many percent of the names given are wrong. ``--mis 14`` costs ten points of A (without evidence).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from portavoce.extract.annotate import load_pipeline
from portavoce.extract.attribution import Attribution
from portavoce.extract.coreference import Actors
from portavoce.extract.cues import CueLexicon
from portavoce.extract.linear import Linear
from portavoce.extract.speakers import FEATURES, Ranking, Speaker, findings, ranking_file
from portavoce.records import Statement
from training.attribution.corpus import parsed, read_gold, unseen
from training.attribution.fit import fit_binary, fit_ranking
from training.speakers.examples import FOLDS, Example, example, is_actor, teach

MENTION_L2, ANTECEDENT_L2, SURE_C = 4.0, 4.0, 0.1
LEAST_WEIGHT = 0.02  # smaller weights are left out of the file
HOUSE = Path(__file__).resolve().parents[2]


def fit(examples: Sequence[Example]) -> tuple[Linear, Linear]:
    """Both rankings, fitted on the choices of the examples."""
    mentions = [g for e in examples for g in e.mentions]
    choices = [g for e in examples for g in e.antecedents]
    return (
        fit_ranking([g for g, _ in mentions], [y for _, y in mentions], l2=MENTION_L2, least=2),
        fit_ranking([g for g, _ in choices], [y for _, y in choices], l2=ANTECEDENT_L2, least=2),
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement, who it was found to be by, its likeliest name even where left open, how sure, and the features of that."""

    example: Example
    statement: Statement
    attribution: Attribution
    speaker: Speaker
    name: str | None
    features: list[str]
    chance: float

    @property
    def right(self) -> bool:
        return self.name is not None and is_actor(self.statement, self.name)


def judge(examples: Sequence[Example], ranking: Ranking) -> list[Judged]:
    """What the ranking says of each statement."""
    out: list[Judged] = []
    for e in examples:
        actors = Actors(e.tokens, e.article.language or "it", e.article.title)
        found = findings(e.tokens, actors, e.attributions, ranking)
        for s, a, f in zip(e.statements, e.attributions, found, strict=True):
            name = None if f.likely is None else actors.actors[f.likely].name
            out.append(Judged(e, s, a, f.speaker, name, f.features, f.speaker.confidence))
    return out


def fit_confidence(judged: Sequence[Judged]) -> Linear:
    """The chance that a likeliest reading is right, learned from what rankings that never saw the article found."""
    given = [j for j in judged if j.name is not None]
    return fit_binary([j.features for j in given], [j.right for j in given], c=SURE_C, least=5)


def with_confidence(judged: Sequence[Judged]) -> list[Judged]:
    """The same with the confidence that the articles of the other folds teach."""
    out = []
    for fold in range(FOLDS):
        sure = fit_confidence([j for j in judged if j.example.fold != fold])
        out += [replace(j, chance=sure.probability(j.features)) for j in judged if j.example.fold == fold]
    return out


def figures(judged: Sequence[Judged], threshold: float = 0.0) -> dict[str, float]:
    """A, A explicit, A implicit, A-mis and S in percent, with the names given only at ``threshold`` or above.

    T is the share of statements whose actor, or whose having none, is right.
    """
    c: Counter[str] = Counter()
    for j in judged:
        s, span = j.statement, j.speaker.span
        given = j.name is not None and j.chance >= threshold
        c["all"] += 1
        if s.actor is not None:
            sort = "explicit" if s.speaker else "implicit"
            right = given and j.right
            c.update(["n", f"n {sort}"])
            c.update(["ok", "kept", f"ok {sort}"] if right else [])
            c.update((["given"] if given else []) + (["wrong"] if given and not right else []))
        else:
            c["none"] += 1
            c["none kept"] += not given
            c["kept"] += not given
        if s.speaker is not None:
            c["speakers"] += 1
            c["speaker ok"] += span is not None and span[0] < s.speaker.end and s.speaker.start < span[1]

    def share(part: str, whole: str) -> float:
        return round(100 * c[part] / max(1, c[whole]), 1)

    return {
        "A": share("ok", "n"), "A explicit": share("ok explicit", "n explicit"),
        "A implicit": share("ok implicit", "n implicit"), "A-mis": share("wrong", "given"), "T": share("kept", "all"),
        "S": share("speaker ok", "speakers"), "nobody kept": share("none kept", "none"), "n": c["n"],
    }  # fmt: skip


def best_threshold(judged: Sequence[Judged], mis: float) -> float:
    """The least confidence at which no more than ``mis`` percent of the names given are wrong."""
    return next((k / 100 for k in range(100) if figures(judged, k / 100)["A-mis"] <= mis), 1.0)


def calibration(judged: Sequence[Judged]) -> str:
    """For each tenth of confidence, the share that is right and how many there are."""
    out = []
    for k in range(10):
        inside = [j for j in judged if j.name is not None and k / 10 <= j.chance < (k + 1) / 10 + (k == 9)]
        if inside:
            out.append(f".{k}: {100 * sum(j.right for j in inside) / len(inside):.0f} % of {len(inside)}")
    return ", ".join(out)


def rounded(model: Linear) -> dict[str, float]:
    return {k: round(v, 3) for k, v in sorted(model.weights.items()) if abs(v) >= LEAST_WEIGHT}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("--dev", type=Path)
    parser.add_argument("--written", type=Path, help="more annotated articles: what training.articles.build wrote")
    parser.add_argument("--pipeline")
    parser.add_argument("--cache", type=Path, default=HOUSE / "build" / "parses")
    parser.add_argument(
        "--evidence", type=Path, help="what training.encoder.evidence wrote of the articles that are learned from"
    )
    parser.add_argument("--mis", type=float, default=20.0, help="how many percent of the names given may be wrong")
    parser.add_argument("--out", type=Path, help="by default the file of the language's folder that fits")
    parser.add_argument("--errors", type=int, default=0, help="print this many wrong actors of the cross-validation")
    options_ = parser.parse_args()
    nlp = load_pipeline(options_.pipeline)
    lexicon = CueLexicon.load("it")

    stored: Path | None = options_.evidence
    out = options_.out or HOUSE / "portavoce/extract/lang/it" / ranking_file(evidence=stored is not None)

    def load(path: Path, *, held_out: bool = False, measured: bool = True) -> list[Example]:
        if stored and not held_out:
            articles = unseen(read_gold(path), nlp, stored)
        else:
            articles = parsed(read_gold(path), nlp, options_.cache, with_evidence=stored is not None)
        return [example(article, t, lexicon, n, measured=measured) for n, (article, t) in enumerate(articles)]

    examples = load(options_.train)
    if options_.written:
        examples += load(options_.written, measured=False)
    for e in examples:
        teach(e)
    total: Counter[str] = sum((e.counts for e in examples), Counter())
    print("examples", dict(total))
    judged: list[Judged] = []
    for fold in range(FOLDS):
        mention, antecedent = fit([e for e in examples if e.fold != fold])
        judged += judge([e for e in examples if e.fold == fold], Ranking(mention, antecedent, Linear({}), 0.0))
    judged = [j for j in judged if j.example.measured]
    sure = fit_confidence(judged)
    judged = with_confidence(judged)
    threshold = best_threshold(judged, options_.mis)
    print("calibration", calibration(judged))
    for k in (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, threshold):
        print(f"cross-validation, threshold {k}", figures(judged, k))
    mention, antecedent = fit(examples)
    models = {
        "mention": {"weights": rounded(mention)},
        "antecedent": {"weights": rounded(antecedent)},
        "sure": {"weights": rounded(sure), "bias": round(sure.bias, 3), "threshold": threshold},
    }
    text = json.dumps({"version": FEATURES, "models": models}, ensure_ascii=False, indent=0, sort_keys=True)
    out.write_text(text + "\n", encoding="utf-8")
    if options_.dev:
        weights = (Linear(rounded(mention)), Linear(rounded(antecedent)), Linear(rounded(sure), round(sure.bias, 3)))
        dev = judge(load(options_.dev, held_out=True), Ranking(*weights, threshold))
        print("dev, no threshold", figures(dev))
        print(f"dev, threshold {threshold}", figures(dev, threshold))
        show(dev, options_.errors)
    else:
        show(judged, options_.errors)


def show(judged: Sequence[Judged], limit: int) -> None:
    """Print statements whose actor is wrong, with the rule that decided."""
    wrong = [j for j in judged if (not j.right if j.statement.actor else j.name is not None)]
    for j in wrong[:limit]:
        e, s, a, f = j.example, j.statement, j.attribution, j.speaker
        text = e.tokens.text
        span = text[f.span[0] : f.span[1]] if f.span else None
        said = f"{s.speaker.text if s.speaker else None!r} {s.actor!r}"
        where = (s.cue or s.content[0]).start
        around = " ".join(text[max(0, where - 90) : where + 90].split())
        overlap = (
            "speaker"
            if s.speaker is None
            else "mention-ok"
            if f.span and f.span[0] < s.speaker.end and s.speaker.start < f.span[1]
            else "mention-wrong"
        )
        print(
            f"{e.article.id} gold {overlap} {said} | {span!r} {j.name!r} {j.chance:.2f} {f.rule} | {a.cue.kind}:{a.cue.lemma} | {around}"
        )


if __name__ == "__main__":
    main()
