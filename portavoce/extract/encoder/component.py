"""The spaCy component that fills a Doc from the encoder: tags, lemmas, parse, sentences, entities, attribution."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.scorer import Scorer, get_ner_prf
from spacy.symbols import IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span, Token
from spacy.training import Example

from portavoce.errors import PipelineError
from portavoce.extract.components import sentence_starts
from portavoce.extract.encoder.arc_features import ROOT, Tagged
from portavoce.extract.encoder.arcs import GRAMMAR, ArcScores, Grammar, Parser, first_parse
from portavoce.extract.encoder.decode import (
    FloatArray,
    IntArray,
    best_path,
    log_softmax,
    spans_of,
    transitions,
)
from portavoce.extract.encoder.evidence import EVIDENCE, POINTED, Evidence, SecondLook
from portavoce.extract.encoder.pieces import Window, windows
from portavoce.extract.encoder.session import FILES, Encoder, Scores
from portavoce.extract.threads import products_in

SPANS = ("content", "cue", "speaker")

CUE_CHANCE = 0.1
"""Chance from which a word is looked at once more as a cue: of 189 cues in 76 articles never seen 90 % are; of those between
.02 and .1 hardly any is then read as one, for half as many looks again."""

PARSED_AS_CUE = 0.2
"""Chance from which the arcs of a word are those of a cue (`Grammar`): from .1 to .5 the parse and what is found with it hardly change."""

LOOKS = 12
"""Second looks at one window at most, the likeliest; ordinary news has three or four, and each costs a sixth of the window."""

BY_CUE, BY_CONTENT = 0, 1
"""What a second look marks: a cue, or the first word of a content that belongs to none."""

LEMMAS_TRIED = 6
"""Lemma scripts that are tried on a word, the likeliest."""


class EncoderComponent:
    """Fills Docs one by one; a Doc's annotation depends on nothing but its text.

    Without `second_look` likely cues are not read once more: half of the time, where nobody asks for attributions.
    """

    def __init__(
        self, name: str = "portavoce_encoder", *, language: str = "it", threads: int = 1, second_look: bool = True
    ) -> None:
        self.name, self.language, self.threads, self.second_look = name, language, threads, second_look
        self._encoder: Encoder | None = None
        self._folder: Path | None = None
        self.grammar: Parser | None = None

    @property
    def encoder(self) -> Encoder:
        """The loaded model; a PipelineError before `from_disk`."""
        if self._encoder is None:
            raise PipelineError("the encoder component has no weights: load the pipeline from its folder")
        return self._encoder

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> EncoderComponent:  # noqa: ARG002 - spaCy's
        """Read the exported model from a folder."""
        self._folder = Path(path)
        self._encoder = Encoder(self._folder, threads=self.threads)
        self._columns = self._encoder.scheme.columns()
        self._ner = transitions(self._encoder.scheme.classes["ner"])
        told = self._folder / GRAMMAR
        self.grammar = Grammar.read(told, self._encoder.scheme.classes["dep"], self.language) if told.exists() else None
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002 - spaCy's signature
        """Copy the files of the model to a folder."""
        if self._folder is None:
            raise PipelineError("the encoder component has no weights to save")
        Path(path).mkdir(parents=True, exist_ok=True)
        for file in (*FILES, GRAMMAR):
            if file != GRAMMAR or self.grammar:
                copyfile(self._folder / file, Path(path) / file)

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:  # noqa: ARG002 - spaCy's signature
        """Fill the Docs in order."""
        for doc in docs:
            yield self(doc)

    def __call__(self, doc: Doc) -> Doc:
        """Fill one Doc."""
        if len(doc):
            with products_in(self.threads):
                self._read(doc)
        return doc

    def _read(self, doc: Doc) -> None:
        words = [t.text for t in doc]
        spaces = [bool(t.whitespace_) for t in doc]
        rule = sentence_starts(words, spaces, colons=True)
        pieces = self.encoder.pieces.of_words(words, spaces)
        made = Made.empty(len(doc), self._columns, self.encoder.scheme.pointed)
        for window in windows([len(p) for p in pieces], [s == 1 for s in rule]):
            scores = self.encoder.run(pieces[window.start : window.end])
            low, high = window.core_start, window.core_end
            made.tags[low:high] = scores.tags[low - window.start : high - window.start]
            self._tag(words, low, high, made)
            self._parse(scores, window, self._starts(made.tags[low:high], rule[low:high]), words, made)
            self._point(scores, window, made)
            if self.second_look:
                self._look_again(scores, window, made)
        self._fill(doc, words, made)

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Return spaCy's scores of every layer, so that `Language.evaluate` works as with its own components."""
        found = list(examples)
        scores: dict[str, Any] = {}
        for attribute in ("pos", "morph", "lemma"):
            scores |= Scorer.score_token_attr(found, attribute, getter=_unless_missing, missing_values={None})
        scores |= Scorer.score_spans(found, "sents", has_annotation=lambda doc: doc.has_annotation("SENT_START"))
        scores |= Scorer.score_deps(found, "dep", getter=_label, ignore_labels=("punct",))
        return scores | get_ner_prf(found)

    def _starts(self, tags: FloatArray, rule: list[int]) -> list[int]:
        """The words of a core at which a sentence starts: where the rule says so, or leaves it open and the model does."""
        column = self._columns["sent"]
        model = tags[:, column].argmax(1)
        return [i for i, r in enumerate(rule) if i == 0 or r == 1 or (r == 0 and model[i] == 1)]

    def _tag(self, words: list[str], low: int, high: int, made: Made) -> None:
        """Tag and lemmatize the words of a core."""
        classes, columns, tags = self.encoder.scheme.classes, self._columns, made.tags[low:high]
        pos = tags[:, columns["pos"]].argmax(1)
        morph = tags[:, columns["morph"]].argmax(1)
        scripts = log_softmax(tags[:, columns["lemma"]])
        tried = np.argsort(-scripts, axis=1, kind="stable")[:, :LEMMAS_TRIED]
        for i, word in enumerate(words[low:high]):
            part = classes["pos"][pos[i]]
            likely = [(classes["lemma"][c], float(scripts[i, c])) for c in tried[i].tolist()]
            made.pos[low + i] = part
            made.morph[low + i] = classes["morph"][morph[i]]
            made.lemmas[low + i] = word if word.isspace() else self.encoder.lexicon.lemma(word, part, likely)

    def _parse(self, scores: Scores, window: Window, starts: list[int], words: list[str], made: Made) -> None:
        low, high = window.core_start, window.core_end
        for first, end in zip(starts, [*starts[1:], high - low], strict=True):
            inside = [i for i in range(low + first, low + end) if not words[i].isspace()]
            anchor = inside[0] if inside else low + first
            for i in range(low + first, low + end):
                if words[i].isspace():  # white space hangs on what stands before it
                    anchor = max((j for j in inside if j < i), default=anchor)
                    made.heads[i] = anchor
            if not inside:
                continue
            found = self.arc_scores(scores, [i - window.start for i in inside])
            tagged = Tagged(*([values[i] for i in inside] for values in (words, made.pos, made.morph, made.lemmas)))
            if self.grammar:
                cue = np.exp(log_softmax(made.tags[inside][:, self._columns["cue"]]))
                heads, labels = self.grammar.parse(
                    tagged, found, np.flatnonzero(1 - cue[:, 0] >= PARSED_AS_CUE).tolist()
                )
            else:
                heads, labels = first_parse(found)
            for i, head, label in zip(inside, heads, labels, strict=True):
                made.heads[i] = i if head == ROOT else inside[head]
                made.labels[i] = label

    def arc_scores(self, scores: Scores, rows: Sequence[int]) -> ArcScores:
        """What the encoder thinks of the arcs of a sentence, whose words stand in `rows` of a window's scores."""
        words = np.asarray(rows)
        candidates = np.append(0, words + 1)
        dependents = scores.dependents[words]
        through = self.encoder.through(dependents)

        def labels_of(of: IntArray, heads: IntArray) -> FloatArray:
            return log_softmax(self.encoder.labels(dependents[of], scores.heads[candidates[heads]], through[of]))

        arcs = log_softmax(scores.arcs[np.ix_(words, candidates)])
        return ArcScores(arcs, labels_of, self.encoder.scheme.classes["dep"])

    def _point(self, scores: Scores, window: Window, made: Made) -> None:
        low, high, begin = window.core_start, window.core_end, window.start
        for name, pointer in scores.pointers.items():
            part = log_softmax(pointer[low - begin : high - begin])
            best = np.argsort(-part, axis=1, kind="stable")[:, :POINTED]
            targets, logs = made.pointers[name]
            targets[low:high, : best.shape[1]] = np.where(best == 0, -1, best + begin - 1)
            logs[low:high, : best.shape[1]] = np.take_along_axis(part, best, 1)

    def _look_again(self, scores: Scores, window: Window, made: Made) -> None:
        """Read what belongs to each likely cue of the core of a window, and to each content without one."""
        low, high, begin = window.core_start, window.core_end, window.start
        cue = np.exp(log_softmax(made.tags[low:high, self._columns["cue"]]))
        content = log_softmax(made.tags[low:high, self._columns["content"]])
        marks = [(first, last, BY_CUE) for first, last in _likely(cue)]
        targets, logs = made.pointers["cue_of"]
        for first, end, _ in spans_of([SPAN_TAGS[c] for c in best_path(content, *_SPAN_STEPS)])[:LOOKS]:
            none = np.where(targets[low + first : low + end] < 0, np.exp(logs[low + first : low + end]), 0).sum()
            if none > 0.5 * (end - first):
                marks.append((first, first, BY_CONTENT))
        if not marks:
            return
        shift = low - begin
        found = self.encoder.acts(scores, [(first + shift, last + shift, mark) for first, last, mark in marks])
        columns = self.encoder.scheme.act_columns()
        for (first, last, mark), row in zip(marks, found, strict=True):
            real = row[last + shift, columns["real"]]
            made.looks.append(
                SecondLook(
                    (low + first, low + last),
                    mark == BY_CUE,
                    begin,
                    log_softmax(row[:, columns["content"]]),
                    _log_odds(row[:, columns["speaker"]]),
                    _log_odds(row[:, columns["actor"]]),
                    float(real[1] - real[0]),
                    log_softmax(row[last + shift, columns["category"]]),
                )
            )

    def _fill(self, doc: Doc, words: list[str], made: Made) -> None:
        strings, classes, columns = doc.vocab.strings, self.encoder.scheme.classes, self._columns
        array = np.empty((len(words), 5), np.uint64)
        for i, word in enumerate(words):
            if word.isspace():
                array[i] = (IDS["SPACE"], doc.vocab.morphology.add(""), strings.add(word), 0, strings.add("dep"))
            else:
                array[i] = (
                    IDS[made.pos[i]],
                    doc.vocab.morphology.add(made.morph[i]),
                    strings.add(made.lemmas[i]),
                    0,
                    strings.add(classes["dep"][made.labels[i]]),
                )
        offsets = np.asarray(made.heads) - np.arange(len(words))
        array[:, 3] = offsets.astype(np.int64).view(np.uint64)
        doc.from_array([POS, MORPH, LEMMA, HEAD, DEP], array)  # type: ignore[arg-type]
        path = best_path(log_softmax(made.tags[:, columns["ner"]]), *self._ner)
        tags = [classes["ner"][c] for c in path]
        doc.ents = [
            Span(doc, start, end, label=label)
            for start, end, label in spans_of(tags)
            if not (words[start].isspace() or words[end - 1].isspace())
        ]
        doc.user_data[EVIDENCE] = Evidence(
            {name: log_softmax(made.tags[:, columns[name]]) for name in SPANS},
            made.pointers,
            tuple(sorted(made.looks, key=lambda r: (r.marked, not r.by_cue))),
        )


SPAN_TAGS = ("O", "B", "I")
_SPAN_STEPS = transitions(SPAN_TAGS)


def _likely(chances: FloatArray) -> list[tuple[int, int]]:
    """The likely cues among words with chances of O, B, I, `LOOKS` at most: first and last word of each, in text order."""
    found: list[tuple[int, int]] = []
    for i in np.flatnonzero(1 - chances[:, 0] >= CUE_CHANCE).tolist():
        if found and found[-1][1] == i - 1 and chances[i, 2] >= chances[i, 1]:
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    if len(found) > LOOKS:
        rank = sorted(found, key=lambda span: (float(chances[span[0] : span[1] + 1, 0].min()), span))
        found = sorted(rank[:LOOKS])
    return found


def _log_odds(pair: FloatArray) -> FloatArray:
    odds: FloatArray = pair[:, 1] - pair[:, 0]
    return odds


def _unless_missing(token: Token, attribute: str) -> str | None:
    """A token's attribute as text; None where a corpus does not annotate it, which scores leave out."""
    value = str(token.morph) if attribute == "morph" else getattr(token, f"{attribute}_")
    annotated = token.doc.has_annotation(attribute.upper())
    return value if annotated else None


def _label(token: Token, attribute: str) -> str:  # noqa: ARG001 - spaCy's signature
    """A token's label as text, in small letters as spaCy's own parser is scored: a label's number would never be `punct`."""
    return token.dep_.lower()


@dataclass(slots=True)
class Made:
    """What is gathered of a Doc, word by word: scores of tags, the tags and lemmas themselves, heads (positions), labels, pointers."""

    tags: FloatArray
    pos: list[str]
    morph: list[str]
    lemmas: list[str]
    heads: list[int]
    labels: list[int]
    pointers: dict[str, tuple[IntArray, FloatArray]]
    looks: list[SecondLook]

    @classmethod
    def empty(cls, count: int, columns: dict[str, slice], pointers: Iterable[str]) -> Made:
        """Nothing yet, of `count` words."""
        width = max(column.stop for column in columns.values())
        shape = (count, POINTED)
        nowhere: dict[str, tuple[IntArray, FloatArray]] = {
            n: (np.full(shape, -1, np.int64), np.full(shape, -np.inf, np.float32)) for n in pointers
        }
        tags = np.zeros((count, width), np.float32)
        return cls(tags, [""] * count, [""] * count, [""] * count, list(range(count)), [0] * count, nowhere, [])


@Language.factory(
    "portavoce_encoder",
    assigns=[
        "token.pos", "token.morph", "token.lemma", "token.head", "token.dep", "token.is_sent_start", "doc.sents", "doc.ents",
        "token.ent_iob", "token.ent_type",
    ],
    default_config={"threads": 1, "second_look": True},
)  # fmt: skip
def create_encoder(nlp: Language, name: str, threads: int, second_look: bool) -> Callable[[Doc], Doc]:
    """All layers from one pass of the encoder."""
    return EncoderComponent(name, language=nlp.lang or "it", threads=threads, second_look=second_look)
