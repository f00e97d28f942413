"""Train who speaks on annotated articles: the ranking of mentions and that of antecedents; print what they reach.

    python -m training.speakers.train GOLD_TRAIN.jsonl [--dev GOLD_DEV.jsonl] [--pipeline NAME] [--out FILE]

With ``--evidence`` the ranking weighs what an encoder thinks too: for training, encoders that never saw the article's
annotation; for ``--dev``, the pipeline's own. Cues and contents are those of the annotation, so that the figures are of speakers alone. They come from five-fold cross-validation by article, at several thresholds of confidence;
``--dev`` adds those of the final model on a file that took no part. ``--mis`` sets the threshold: the least at which no
more than so many percent of the names given are wrong. ``--mis 14`` costs ten points of A (without evidence).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from portavoce.evaluate.compare import same_actor
from portavoce.extract.annotate import load_pipeline
from portavoce.extract.antecedents import History, anaphor_of_mention, anaphor_of_null
from portavoce.extract.attribution import Attribution, Cue
from portavoce.extract.coreference import Actors
from portavoce.extract.cue_view import CueView, as_phrase
from portavoce.extract.cues import CueLexicon, find_cues
from portavoce.extract.encoder.component import Evidence
from portavoce.extract.linear import Linear
from portavoce.extract.speaker_mentions import (
    Contents,
    SpeakerMention,
    coordinated,
    find_mentions,
    mention_features,
    null_features,
)
from portavoce.extract.speaker_readings import named_by, options, readings
from portavoce.extract.speakers import FEATURES, Ranking, Speaker, findings, ranking_file
from portavoce.extract.tokens import Tokens
from portavoce.records import Article, Statement
from training.attribution.corpus import parsed, read_evidence, read_gold
from training.attribution.fit import fit_binary, fit_ranking

FOLDS = 5
MENTION_L2, ANTECEDENT_L2, SURE_C = 4.0, 4.0, 0.1
LEAST_WEIGHT = 0.02  # smaller weights are left out of the file
HOUSE = Path(__file__).resolve().parents[2]
Group = tuple[list[list[str]], list[float]]


@dataclass
class Example:
    """One article, its statements as attributions, and the choices that the annotation made."""

    article: Article
    tokens: Tokens
    statements: list[Statement]
    attributions: list[Attribution]
    fold: int
    mentions: list[Group] = field(default_factory=list)
    antecedents: list[Group] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def gold_cue(t: Tokens, statement: Statement, cues: Sequence[Cue]) -> Cue:
    """The annotated cue as one of the candidates that cues.py finds, else made from its last verb or noun."""
    first_content = t.at(statement.content[0].start)
    if statement.cue is None:
        before = first_content - 1
        while before > 0 and not t.text[t.start[before]].isalnum() and t.form[before] != ":":
            before -= 1
        colon = next((c for c in cues if c.kind == "colon" and c.head == before), None)
        return colon or Cue("none", first_content, first_content, first_content, "")
    inside = [c for c in cues if statement.cue.start <= t.start[c.head] < statement.cue.end and c.kind != "colon"]
    if inside:
        order = {"prep": 3, "verb": 2, "noun": 1}
        return max(inside, key=lambda c: (order[c.kind] if c.lemma != "per" or len(inside) == 1 else 0, c.head))
    first, last = t.at(statement.cue.start), t.at(statement.cue.end - 1)
    for pos, kind in (("VERB", "verb"), ("NOUN", "noun"), ("ADP", "prep")):
        for i in range(last, first - 1, -1):
            if t.pos[i] == pos:
                return Cue(kind, i, first if kind == "prep" else i, i, t.lemma[i])  # type: ignore[arg-type]
    return Cue("verb", last, first, last, t.lemma[last])


def example(article: Article, t: Tokens, lexicon: CueLexicon, number: int) -> Example:
    """The article with its annotated statements as attributions, in text order of their cues."""
    cues = find_cues(t, lexicon)
    pairs = [
        (s, Attribution(gold_cue(t, s, cues), tuple((c.start, c.end) for c in s.content), s.kind, "gold", 1.0))
        for s in article.statements
    ]
    pairs.sort(key=lambda p: (p[1].content[0][0], p[1].cue.first))
    return Example(article, t, [s for s, _ in pairs], [a for _, a in pairs], number % FOLDS)


def teach(e: Example) -> None:
    """Fill in the groups of candidates with their targets, following the annotation from statement to statement."""
    t = e.tokens
    actors = Actors(t, e.article.language or "it", e.article.title)
    contents = Contents(e.attributions)
    history = History(actors, contents)
    for s, a in zip(e.statements, e.attributions, strict=True):
        view = CueView(t, as_phrase(t, actors.words, a), history.spoken())
        mentions = find_mentions(actors, view)
        rows = [mention_features(actors, view, mentions, n) for n in range(len(mentions))]
        rows.append(null_features(view, mentions, previous=bool(history.said)))
        right = right_mentions(actors, mentions, s)
        e.counts["statements"] += 1
        chosen: SpeakerMention | None = None
        if s.speaker is None:
            e.mentions.append((rows, one_hot(len(rows), [len(mentions)])))
        elif right:
            chosen = mentions[right[0]]
            e.mentions.append((rows, one_hot(len(rows), right + same_actor_beside(actors, mentions, right))))
        else:
            e.counts["speaker is no candidate"] += 1
        actor = None
        if s.speaker is None or chosen is not None:
            actor = teach_antecedent(e, history, view, s, chosen)
        if actor is None and s.actor is not None:
            actor = next((k for k, x in enumerate(actors.actors) if is_actor(s, x.name)), None)
        if actor is not None:
            actors.actors[actor].spoke = True
        history.note(actor, a.cue.first, chosen.head if chosen else -1)


def teach_antecedent(
    e: Example, history: History, view: CueView, s: Statement, chosen: SpeakerMention | None
) -> int | None:
    """Add the choice among antecedents where there is one; return the index of the right actor, if known."""
    actors = history.actors
    if chosen is not None:
        if len(coordinated(actors, chosen, plural=view.plural)) > 1:
            return readings(history, view, chosen, Linear({}))[0].settle()
        named = named_by(actors, chosen)
        if named is not None:
            return named.settle()
        anaphor = anaphor_of_mention(actors, chosen)
    else:
        anaphor = anaphor_of_null(actors, view)
    candidates, rows = options(history, view, anaphor)
    own = anaphor.span is not None and anaphor.sort != "pronoun"
    right = [n for n, k in enumerate(candidates) if s.actor and is_actor(s, actors.actors[k].name)]
    if s.actor is None:
        right = [] if own else [len(candidates)]
    elif own and chosen is not None:
        own_name = e.tokens.words(chosen.first, chosen.last)
        if is_actor(s, own_name):
            right.append(len(candidates))
    if not right:
        e.counts[f"actor is no candidate: {anaphor.sort}"] += 1
        return None
    e.antecedents.append((rows, one_hot(len(rows), right)))
    proper = [n for n in right if n < len(candidates)]
    if proper:
        return candidates[proper[0]]
    if own and chosen is not None:
        return actors.describe(chosen.head, chosen.first, chosen.last, kind=s.actor_kind)
    return None


def right_mentions(actors: Actors, mentions: Sequence[SpeakerMention], s: Statement) -> list[int]:
    """The candidates that are the annotated speaker: those that name its actor there, else the phrase around the others."""
    if s.speaker is None:
        return []
    t = actors.tokens
    near = [n for n, m in enumerate(mentions) if overlaps(t, m, s) or in_role(actors, m, s)]
    naming = [
        n for n in near if (named := named_by(actors, mentions[n])) and is_actor(s, actors.actors[named.settle()].name)
    ]
    inside = [n for n in near if s.speaker.start <= t.start[mentions[n].head] < s.speaker.end]
    if naming:
        return [n for n in naming if n in inside] or naming
    return sorted(inside, key=lambda n: (len(ancestors(t, mentions[n].place)), n))[:1]


def same_actor_beside(actors: Actors, mentions: Sequence[SpeakerMention], right: Sequence[int]) -> list[int]:
    """Role nouns whose name is among the right candidates: choosing either gives the same speaker."""
    names = {actors.name_at[mentions[n].head] for n in right}
    return [
        n for n, m in enumerate(mentions)
        if n not in right and m.head in actors.role_at and actors.name_at[actors.role_at[m.head].name[0]] in names
    ]  # fmt: skip


def in_role(actors: Actors, m: SpeakerMention, s: Statement) -> bool:
    """Whether the annotated speaker is the name beside a role noun that is the mention ("il ministro, X, ha detto")."""
    role = actors.role_at.get(m.head)
    if role is None or s.speaker is None:
        return False
    a, b = actors.tokens.span(*role.name)
    return a < s.speaker.end and s.speaker.start < b


def ancestors(t: Tokens, i: int) -> list[int]:
    out = []
    while t.head[i] != i and len(out) < 50:
        i = t.head[i]
        out.append(i)
    return out


def overlaps(t: Tokens, m: SpeakerMention, s: Statement) -> bool:
    a, b = t.span(m.first, m.last)
    return s.speaker is not None and a < s.speaker.end and s.speaker.start < b


def one_hot(n: int, right: Sequence[int]) -> list[float]:
    return [1.0 / len(right) if k in right else 0.0 for k in range(n)]


def is_actor(s: Statement, name: str) -> bool:
    return s.actor is not None and same_actor(s.actor, name, person=s.actor_kind == "person")


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
    parser.add_argument("--pipeline")
    parser.add_argument("--cache", type=Path, default=HOUSE / "build" / "parses")
    parser.add_argument(
        "--evidence", type=Path, help="what training.encoder.evidence wrote of the articles of GOLD_TRAIN"
    )
    parser.add_argument("--mis", type=float, default=20.0, help="how many percent of the names given may be wrong")
    parser.add_argument("--out", type=Path, help="by default the file of the language's folder that fits")
    parser.add_argument("--errors", type=int, default=0, help="print this many wrong actors of the cross-validation")
    options_ = parser.parse_args()
    nlp = load_pipeline(options_.pipeline)
    lexicon = CueLexicon.load("it")

    stored = None if options_.evidence is None else read_evidence(options_.evidence)
    out = options_.out or HOUSE / "portavoce/extract/lang/it" / ranking_file(evidence=stored is not None)

    def load(path: Path, evidence: dict[str, Evidence] | None) -> list[Example]:
        articles = parsed(read_gold(path), nlp, options_.cache, evidence=evidence)
        return [example(article, t, lexicon, n) for n, (article, t) in enumerate(articles)]

    examples = load(options_.train, stored or {})
    for e in examples:
        teach(e)
    total: Counter[str] = sum((e.counts for e in examples), Counter())
    print("examples", dict(total))
    judged: list[Judged] = []
    for fold in range(FOLDS):
        mention, antecedent = fit([e for e in examples if e.fold != fold])
        judged += judge([e for e in examples if e.fold == fold], Ranking(mention, antecedent, Linear({}), 0.0))
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
        dev = judge(load(options_.dev, None if stored else {}), Ranking(*weights, threshold))
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
