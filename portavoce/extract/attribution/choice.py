"""The learned choice: which candidate cues report speech, and which candidate is the content of each.

Three linear models over named features, trained on annotated articles (``training/attribution``) and stored as plain
JSON in the language's folder: ``cue`` accepts or rejects a cue, ``content`` ranks the candidates of one cue against
each other, ``marks`` judges quotes that no cue claims; ``statement`` looks once more at the outcome and gives the
confidence, which is calibrated: of the statements given .8, about 80 % agree with the annotators.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from portavoce.extract.acts import Attribution, Cue
from portavoce.extract.attribution.content import ContentFinder
from portavoce.extract.attribution.content_features import ContentFeatures
from portavoce.extract.attribution.content_spans import characters, quotation_kind
from portavoce.extract.attribution.cue_features import CueFeatures
from portavoce.extract.attribution.cues import CueLexicon, find_cues
from portavoce.extract.attribution.fronted import with_fronted, with_subject
from portavoce.extract.attribution.interrupted import with_both_halves
from portavoce.extract.attribution.proposals import Proposal, best_proposal, settle, with_neighbours
from portavoce.extract.attribution.side_by_side import joined, parted
from portavoce.extract.attribution.statement_features import statement_features
from portavoce.extract.attribution.turns import CONFIDENCE, Turn, find_turns, inside_a_turn
from portavoce.extract.attribution.unclaimed_marks import ALONE, unclaimed_marks
from portavoce.extract.lang import language_file
from portavoce.extract.linear import Linear, read_models
from portavoce.extract.tokens import Tokens

VERSION = 2
"""Raised whenever a feature changes its meaning; a model of another version is refused."""


def model_file(*, evidence: bool) -> str:
    """The name of the file of weights for parses with or without an encoder's evidence."""
    return "attribution.json.gz" if evidence else "attribution_parse.json.gz"


@dataclass(frozen=True, slots=True)
class AttributionModel:
    """The learned choice of one language."""

    lexicon: CueLexicon
    cue: Linear
    content: Linear
    marks: Linear
    statement: Linear
    cue_threshold: float
    marks_threshold: float
    threshold: float

    @classmethod
    @lru_cache(maxsize=4)
    def load(cls, language: str, *, evidence: bool = False) -> AttributionModel:
        """The model of a language, for parses with an encoder's `evidence` or without it, read once.

        Raises `PipelineError` when it was trained for other features.
        """
        models = read_models(language_file(language, model_file(evidence=evidence)), version=VERSION)
        lexicon = CueLexicon.load(language).grown(models["lexicon"])
        linear = {
            name: Linear(models[name]["weights"], models[name]["bias"])  # type: ignore[arg-type]
            for name in ("cue", "content", "marks", "statement")
        }
        cut = {name: float(value) for name, value in models["thresholds"].items()}  # type: ignore[arg-type]
        return cls(
            lexicon, linear["cue"], linear["content"], linear["marks"], linear["statement"],
            cut["cue"], cut["marks"], cut["statement"],
        )  # fmt: skip

    def attributions(self, t: Tokens) -> list[Attribution]:
        """The attributions of an article in text order."""
        proposals, cue_heads = self.proposals(t)
        judged = [
            (self.statement.probability(statement_features(t, p, neighbours)), p)
            for p, neighbours in with_neighbours(proposals)
        ]
        turns = find_turns(t)
        out = [_turn(t, turn) for turn in turns]
        if turns:
            labels = {turn.colon for turn in turns}
            judged = [(c, p) for c, p in judged if p.cue.head not in labels and not inside_a_turn(t, turns, p.cue.head)]
        for confidence, p in settle([(c, p) for c, p in judged if c >= self.threshold]):
            spans = characters(t, with_fronted(t, p, self.lexicon).content.parts)
            if spans:
                out.append(_attribution(t, p, spans, confidence))
        out = parted(t, with_both_halves(t, out), self.lexicon)
        claimed = [span for a in out for span in a.content]
        for cue, spans, features in unclaimed_marks(t, claimed, cue_heads):
            chance = self.marks.probability(features)
            if chance >= self.marks_threshold:
                out.append(Attribution(cue, spans, "direct", ALONE, chance))
        return joined(t, out, self.lexicon)

    def proposals(self, t: Tokens) -> tuple[list[Proposal], set[int]]:
        """Each accepted cue with its best content, and the heads of the accepted cues."""
        cues = find_cues(t, self.lexicon)
        accepted = []
        described = CueFeatures(t, cues, self.lexicon)
        for cue in cues:
            why = described.of(cue)
            chance = self.cue.probability(why)
            if chance >= self.cue_threshold:
                accepted.append((cue, chance, why))
        heads = {cue.head for cue, _, _ in accepted}
        finder = ContentFinder(t, heads, self.lexicon)
        contents = ContentFeatures(finder)
        out = []
        for cue, chance, why in accepted:
            class_ = self.lexicon.class_of(cue)
            candidates = finder.candidates(cue)
            if not candidates:
                continue
            features = contents.of_all(cue, class_, candidates)
            best = best_proposal(cue, class_, (chance, why), (candidates, features), self.content)
            out.append(with_subject(t, best))
        return out, heads


def _turn(t: Tokens, turn: Turn) -> Attribution:
    cue = Cue("colon", turn.colon, turn.colon, turn.colon, ":")
    return Attribution(cue, characters(t, ((turn.start, turn.end),)), "direct", "turn", CONFIDENCE)


def _attribution(t: Tokens, p: Proposal, spans: tuple[tuple[int, int], ...], confidence: float) -> Attribution:
    kind: Literal["direct", "indirect", "mixed"] = quotation_kind(t, spans)  # type: ignore[assignment]
    return Attribution(p.cue, spans, kind, f"{p.cue.kind}-cue/{p.content.rule}", confidence)
