"""Article text → spaCy Doc: the pinned pipeline, its version checked, long texts in pieces, offsets kept."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import numpy as np
import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import is_compatible_version
from thinc.api import NumpyOps

import portavoce.extract.encoder.component  # noqa: F401 - registers the factory
from portavoce.errors import PipelineError
from portavoce.extract.components import PIPELINE_SCHEMA  # registers the factories too
from portavoce.extract.encoder.evidence import EVIDENCE, Evidence
from portavoce.extract.entities import harmonise_entities

_KINDS: dict[str, Literal["PER", "LOC", "ORG"]] = {
    "PER": "PER", "PERSON": "PER", "PERS": "PER", "PRS": "PER",
    "LOC": "LOC", "GPE": "LOC", "LOCATION": "LOC", "FAC": "LOC", "GPE_LOC": "LOC",
    "ORG": "ORG", "ORGANIZATION": "ORG", "ORGANISATION": "ORG", "GPE_ORG": "ORG", "NORP": "ORG",
}  # fmt: skip
"""Labels of other pipelines' entities; a label that is not here (MISC, DATE, WORK_OF_ART) is no actor."""

SHIPPED = ("encoder", "fast")
"""The pipelines that come with portavoce, the default one first."""

PIECE = 20_000
"""Characters after which a text is annotated in pieces: memory stays flat and the time linear."""

BATCH = 100_000
"""Characters that go through the pipeline at once: 64 pieces of a long text took 4 GB in `fast`."""

_NO_TENSOR: Any = np.zeros((0,), np.float32)
"""What the pieces of a long text keep of their words' vectors, half a kilobyte each that nothing reads any more."""

_PARAGRAPH = re.compile(r"\n\s*\n\s*")
_LINE = re.compile(r"\n\s*")
_SENTENCE = re.compile(r"[.!?…][\"»”’)]*\s+(?=[\"«“„‘(]*[A-ZÀ-ÖØ-Þ0-9])")
_SPACE = re.compile(r"\s+")


def entity_kind(label: str) -> Literal["PER", "LOC", "ORG"] | None:
    """Return the kind of an entity label of any scheme, or None where the label names no possible actor."""
    return _KINDS.get(label.removeprefix("B-").removeprefix("I-").upper())


@functools.cache
def load_pipeline(name: str | None = None) -> Language:
    """Return the pipeline called `name`, loaded once a process: one of `SHIPPED`, a package or a folder.

    None is the default. A pipeline that is missing, was made for another version, or has no parser or no entities is a
    PipelineError.
    """
    if name is None or name in SHIPPED:
        folder = Path(str(files("portavoce").joinpath("models/it", name or SHIPPED[0])))
        if not (folder / "meta.json").exists():
            raise PipelineError(
                f"the Italian pipeline {folder.name!r} is not in this installation of portavoce: install the wheel, "
                "or train it (training/README.md), or name another pipeline with --model"
            )
        check_version(json.loads((folder / "meta.json").read_text("utf8")), own=True)
        nlp = _loaded(folder)
    else:
        folder = Path(name)
        if (folder / "meta.json").exists():
            check_version(json.loads((folder / "meta.json").read_text("utf8")), own=False)
        nlp = _loaded(folder if folder.exists() else name)
        check_version(nlp.meta, own=False)
        _check_components(nlp, name)
        _add_sentence_rule(nlp)
    use_fast_products(nlp)
    return nlp


def check_version(meta: dict[str, Any], *, own: bool) -> None:
    """Raise PipelineError where a pipeline's meta names another spaCy, or (`own`) another schema of portavoce's."""
    title = f"{meta.get('lang', '')}_{meta.get('name', 'pipeline')} {meta.get('version', '')}".strip()
    stated = meta.get("spacy_version", "")
    if stated and is_compatible_version(spacy_version, stated) is False:
        raise PipelineError(
            f"the pipeline {title} was made for spaCy {stated}, and this is spaCy {spacy_version}: "
            f"install a spaCy of that range, or retrain the pipeline (training/README.md)"
        )
    schema = (meta.get("portavoce") or {}).get("schema")
    if (own or schema is not None) and schema != PIPELINE_SCHEMA:
        raise PipelineError(
            f"the pipeline {title} was made for pipeline schema {schema} of portavoce, and this version needs "
            f"{PIPELINE_SCHEMA}: reinstall portavoce so that both come from one release, or retrain (training/README.md)"
        )


def _loaded(source: Path | str) -> Language:
    try:
        return spacy.load(source)
    except OSError as error:
        raise PipelineError(
            f"no spaCy pipeline called {str(source)!r}: install its package or give the path of its folder"
        ) from error
    except (ValueError, KeyError) as error:
        raise PipelineError(f"the spaCy pipeline {str(source)!r} cannot be loaded: {error}") from error


def _check_components(nlp: Language, name: str) -> None:
    assigned = {attribute for pipe in nlp.pipe_names for attribute in nlp.get_pipe_meta(pipe).assigns}
    missing = [what for what, key in (("a parser", "token.dep"), ("entities", "doc.ents")) if key not in assigned]
    if missing:
        raise PipelineError(
            f"the pipeline {name!r} has no {' and no '.join(m.removeprefix('a ') for m in missing)} "
            f"(its components: {', '.join(nlp.pipe_names) or 'none'}): choose one with a parser and an entity recogniser"
        )


def _add_sentence_rule(nlp: Language) -> None:
    """Put the sentence rule before the parser of an Italian pipeline that does not have it."""
    if nlp.lang != "it" or "portavoce_sentences" in nlp.pipe_names:
        return
    parser = next(pipe for pipe in nlp.pipe_names if "token.dep" in nlp.get_pipe_meta(pipe).assigns)
    nlp.add_pipe("portavoce_sentences", before=parser)


def use_fast_products(nlp: Language) -> None:
    """Let thinc multiply with numpy, which measured 2 to 3 times faster than its own BLIS (27 against 81 GFLOP/s)."""
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if model is None or not hasattr(model, "walk"):
            continue
        for node in model.walk():
            if type(node.ops) is NumpyOps:
                node.ops.use_blis = False


def annotate(texts: Iterable[str], nlp: Language, *, batch_size: int | None = None) -> Iterator[Doc]:
    """Yield one Doc a text, in order, with `doc.text == text`; texts over `PIECE` characters go through in pieces."""

    def pieces() -> Iterator[tuple[str, bool]]:
        for text in texts:
            parts = list(cut(text))
            for i, part in enumerate(parts):
                yield part, i + 1 == len(parts)

    held: list[Doc] = []
    for batch in _batches(pieces()):
        for doc, last in nlp.pipe(batch, as_tuples=True, batch_size=batch_size):
            if held or not last:
                doc.tensor = _NO_TENSOR
            held.append(doc)
            if last:
                whole, held = _whole(held, nlp), []  # the pieces are gone while the whole is worked on
                yield whole


def _batches(pieces: Iterable[tuple[str, bool]]) -> Iterator[list[tuple[str, bool]]]:
    """Yield the pieces in lists of at most `BATCH` characters each."""
    batch: list[tuple[str, bool]] = []
    size = 0
    for piece in pieces:
        if batch and size + len(piece[0]) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(piece)
        size += len(piece[0])
    if batch:
        yield batch


def _whole(pieces: list[Doc], nlp: Language) -> Doc:
    if len(pieces) == 1:
        return pieces[0]
    evidence = [piece.user_data.get(EVIDENCE) for piece in pieces]
    doc = Doc.from_docs(pieces, ensure_whitespace=False, exclude=["user_data", "tensor"])  # type: ignore[call-arg]
    if doc is None:  # pragma: no cover - from_docs gives None for no pieces only
        raise PipelineError("no text to annotate")
    if all(evidence):
        doc.user_data[EVIDENCE] = Evidence.joined([e for e in evidence if e])
    return harmonise_entities(doc) if "portavoce_entities" in nlp.pipe_names else doc


def cut(text: str, *, longest: int = PIECE) -> Iterator[str]:
    """Yield `text` in pieces of at most `longest` characters that end, if possible, with a paragraph or a sentence."""
    start = 0
    while len(text) - start > longest:
        end = start + _last_break(text[start : start + longest])
        yield text[start:end]
        start = end
    yield text[start:]


def _last_break(window: str) -> int:
    """Return where to cut: after the last paragraph, line, sentence or word in the second half, else at the end."""
    half = len(window) // 2
    for pattern in (_PARAGRAPH, _LINE, _SENTENCE, _SPACE):
        ends = [match.end() for match in pattern.finditer(window, half) if match.end() < len(window)]
        if ends:
            return ends[-1]
    return len(window)
