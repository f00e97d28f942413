"""Train who speaks on annotated articles: the ranking of mentions and that of antecedents; print what they reach.

    python -m training.speakers.train GOLD_TRAIN.jsonl [--dev GOLD_DEV.jsonl] [--pipeline NAME] [--out FILE]

With ``--written``, articles that were written for training are learned from, too; the figures are those of GOLD_TRAIN
alone. With ``--evidence`` the ranking weighs what an encoder thinks too: for training, parse and evidence are those of
encoders that never saw the article's annotation; for ``--dev``, the pipeline's own. Cues and contents are those of the
annotation, so that the figures are of speakers alone. They come from five-fold cross-validation by article, at several
thresholds of confidence; ``--dev`` adds those of the final model on a file that took no part. ``--mis`` sets the
threshold: the least at which no more than so many percent of the names given are wrong. ``--mis 14`` costs ten points of
A (without evidence).
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from portavoce.extract.annotate import load_pipeline
from portavoce.extract.attribution.cues import CueLexicon
from portavoce.extract.linear import Linear
from portavoce.extract.speakers import FEATURES, Ranking, ranking_file
from portavoce.extract.tokens import Tokens
from portavoce.records import Article
from training.attribution.fit import fit_binary, fit_ranking
from training.attribution.inputs import LANGUAGE, held_out, learned_from, options_parser
from training.speakers.examples import FOLDS, Example, example, teach
from training.speakers.judged import Judged, best_threshold, calibration, figures, judge, show

MENTION_L2, ANTECEDENT_L2, SURE_C = 4.0, 4.0, 0.1
LEAST_WEIGHT = 0.02  # smaller weights are left out of the file


def fit(examples: Sequence[Example]) -> tuple[Linear, Linear]:
    """Both rankings, fitted on the choices of the examples."""
    mentions = [g for e in examples for g in e.mentions]
    choices = [g for e in examples for g in e.antecedents]
    return (
        fit_ranking([g for g, _ in mentions], [y for _, y in mentions], l2=MENTION_L2, least=2),
        fit_ranking([g for g, _ in choices], [y for _, y in choices], l2=ANTECEDENT_L2, least=2),
    )


def fit_confidence(judged: Sequence[Judged]) -> Linear:
    """The chance that the likeliest speaker is right, learned from what rankings that never saw the article found."""
    given = [j for j in judged if j.name is not None]
    return fit_binary([j.features for j in given], [j.right for j in given], c=SURE_C, least=5)


def with_confidence(judged: Sequence[Judged]) -> list[Judged]:
    """The same with the confidence that the articles of the other folds teach."""
    out = []
    for fold in range(FOLDS):
        sure = fit_confidence([j for j in judged if j.example.fold != fold])
        out += [replace(j, chance=sure.probability(j.features)) for j in judged if j.example.fold == fold]
    return out


def rounded(model: Linear) -> Linear:
    """The model as its file holds it."""
    kept = {k: round(v, 3) for k, v in sorted(model.weights.items()) if abs(v) >= LEAST_WEIGHT}
    return Linear(kept, round(model.bias, 3))


def main() -> None:
    parser = options_parser(__doc__)
    parser.add_argument("--mis", type=float, default=20.0, help="how many percent of the names given may be wrong")
    parser.add_argument("--errors", type=int, default=0, help="print this many wrong actors of the cross-validation")
    options = parser.parse_args()
    nlp = load_pipeline(options.pipeline)
    out = options.out or LANGUAGE / ranking_file(evidence=options.evidence is not None)
    examples = prepared(learned_from(options.gold, nlp, options))
    if options.written:
        examples += prepared(learned_from(options.written, nlp, options), measured=False)
    for e in examples:
        teach(e)
    total: Counter[str] = sum((e.counts for e in examples), Counter())
    print("examples", dict(total))
    ranking, judged = trained(examples, options.mis)
    save(out, ranking)
    if options.dev:
        judged = judge(prepared(held_out(options.dev, nlp, options)), ranking)
        print("dev, no threshold", figures(judged))
        print(f"dev, threshold {ranking.threshold}", figures(judged, ranking.threshold))
    show(judged, options.errors)


def prepared(articles: Iterable[tuple[Article, Tokens]], *, measured: bool = True) -> list[Example]:
    """The articles as examples, in folds by turns."""
    lexicon = CueLexicon.load("it")
    return [example(article, t, lexicon, n, measured=measured) for n, (article, t) in enumerate(articles)]


def trained(examples: Sequence[Example], mis: float) -> tuple[Ranking, list[Judged]]:
    """The ranking as its file holds it, and what rankings that never saw them say of the articles that are measured."""
    judged: list[Judged] = []
    for fold in range(FOLDS):
        mention, antecedent = fit([e for e in examples if e.fold != fold])
        judged += judge([e for e in examples if e.fold == fold], Ranking(mention, antecedent, Linear({}), 0.0))
    judged = [j for j in judged if j.example.measured]
    sure = fit_confidence(judged)
    judged = with_confidence(judged)
    threshold = best_threshold(judged, mis)
    print("calibration", calibration(judged))
    for k in (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, threshold):
        print(f"cross-validation, threshold {k}", figures(judged, k))
    mention, antecedent = fit(examples)
    return Ranking(rounded(mention), rounded(antecedent), rounded(sure), threshold), judged


def save(path: Path, ranking: Ranking) -> None:
    """Write what `Ranking.load` reads."""
    models = {
        "mention": {"weights": ranking.mention.weights},
        "antecedent": {"weights": ranking.antecedent.weights},
        "sure": {"weights": ranking.sure.weights, "bias": ranking.sure.bias, "threshold": ranking.threshold},
    }
    text = json.dumps({"version": FEATURES, "models": models}, ensure_ascii=False, indent=0, sort_keys=True)
    path.write_bytes(gzip.compress(f"{text}\n".encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
