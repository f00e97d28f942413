"""Loading a pipeline, its version, other label schemes, long texts in pieces."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from portavoce.errors import PipelineError
from portavoce.extract import annotate as module
from portavoce.extract.annotate import SHIPPED, annotate, check_version, cut, entity_kind, load_pipeline
from portavoce.extract.components import PIPELINE_SCHEMA

TEXT = "Il sindaco di Bari, Anna Bruni, ha detto: «Resto qui. Non parto».\n\nPoi è uscita."


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("PER", "PER"), ("PERSON", "PER"), ("LOC", "LOC"), ("GPE", "LOC"), ("ORG", "ORG"), ("per", "PER"),
        ("MISC", None), ("DATE", None), ("", None),
    ],
)  # fmt: skip
def test_entity_kind(label: str, kind: str | None) -> None:
    assert entity_kind(label) == kind


def good_meta() -> dict:
    return {
        "lang": "it",
        "name": "x",
        "version": "1",
        "spacy_version": ">=3.8.0,<3.9.0",
        "portavoce": {"schema": PIPELINE_SCHEMA},
    }


def test_the_right_version_passes() -> None:
    check_version(good_meta(), own=True)


def test_another_spacy_is_an_error() -> None:
    with pytest.raises(PipelineError, match=r"made for spaCy >=2\.0,<2\.1.*retrain"):
        check_version(good_meta() | {"spacy_version": ">=2.0,<2.1"}, own=True)


def test_another_schema_is_an_error() -> None:
    with pytest.raises(PipelineError, match=r"schema 99.*reinstall portavoce"):
        check_version(good_meta() | {"portavoce": {"schema": 99}}, own=True)
    with pytest.raises(PipelineError, match="schema None"):
        check_version({"lang": "it"}, own=True)


def test_a_stranger_needs_no_schema() -> None:
    check_version({"lang": "it", "spacy_version": ">=3.0.0,<4.0.0"}, own=False)


def test_a_missing_pipeline_is_an_error() -> None:
    with pytest.raises(PipelineError, match="no spaCy pipeline called 'it_none_such'"):
        load_pipeline("it_none_such")


def test_a_pipeline_without_a_parser_is_an_error(tmp_path: Path) -> None:
    spacy.blank("it").to_disk(tmp_path / "bare")
    with pytest.raises(PipelineError, match="no parser and no entities"):
        load_pipeline(str(tmp_path / "bare"))


def test_a_pipeline_of_another_spacy_is_an_error(tmp_path: Path) -> None:
    spacy.blank("it").to_disk(tmp_path / "old")
    path = tmp_path / "old" / "meta.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf8")) | {"spacy_version": ">=2.3.0,<2.4.0"}), "utf8")
    with pytest.raises(PipelineError, match="made for spaCy"):
        load_pipeline(str(path.parent))


def test_a_folder_that_is_no_pipeline_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PipelineError):
        load_pipeline(str(tmp_path))


def test_an_absent_packaged_pipeline_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "files", lambda _: tmp_path)
    with pytest.raises(PipelineError, match="--model"):
        load_pipeline.__wrapped__(None)


def test_another_pipeline_gets_the_sentence_rule(tmp_path: Path) -> None:
    nlp = spacy.blank("it")
    parser = nlp.add_pipe("parser")
    parser.add_label("dep")
    nlp.add_pipe("ner").add_label("PERSON")
    nlp.initialize()
    nlp.to_disk(tmp_path / "other")
    loaded = load_pipeline(str(tmp_path / "other"))
    assert loaded.pipe_names == ["portavoce_sentences", "parser", "ner"]
    assert load_pipeline(str(tmp_path / "other")) is loaded


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("it")
    nlp.add_pipe("portavoce_sentences")
    return nlp


def test_the_text_stays_as_it_is(blank: Language) -> None:
    texts = [TEXT, "", " ", "\n\n", "a  b\t\tc ", "L’ora è «questa»", "Fine.\r\n\r\nInizio."]
    assert [doc.text for doc in annotate(texts, blank)] == texts


def test_a_long_text_goes_through_in_pieces(blank: Language) -> None:
    text = "\n\n".join(f"Capoverso numero {i}. {TEXT}" for i in range(600))
    assert len(text) > 2 * module.PIECE
    long, short = annotate([text, TEXT], blank)
    assert long.text == text
    assert short.text == TEXT
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in long)
    starts = {t.idx for t in long if t.is_sent_start}
    assert {i for i in range(len(text)) if text.startswith("Capoverso", i)} <= starts


def test_the_vectors_of_a_long_text_are_not_kept(blank: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    pipe = blank.pipe

    def spy(texts: list, **options: object) -> object:
        for found in pipe(texts, **options):
            if options.get("as_tuples"):  # which calls itself without
                found[0].tensor = np.ones((len(found[0]), 4), np.float32)
                made.append(found[0])
            yield found

    monkeypatch.setattr(blank, "pipe", spy)
    (doc,) = annotate([f"{TEXT} " * 1000], blank)
    assert len(made) > 1
    assert not any(d.tensor.size for d in [doc, *made])


def test_few_pieces_are_in_memory_at_once(blank: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    pipe = blank.pipe

    def spy(texts: list, **options: object) -> object:
        if options.get("as_tuples"):  # which calls itself without
            sizes.append(sum(len(text) for text, _ in texts))
        return pipe(texts, **options)

    monkeypatch.setattr(blank, "pipe", spy)
    monkeypatch.setattr(module, "BATCH", module.PIECE)
    texts = [f"{TEXT} " * 400, TEXT, f"{TEXT} " * 50]
    assert [doc.text for doc in annotate(texts, blank)] == texts
    assert sum(sizes) == sum(map(len, texts))
    assert max(sizes) <= module.PIECE


def test_pieces_end_with_a_paragraph_if_they_can() -> None:
    text = "Uno due tre. Quattro.\n\nCinque sei sette. Otto nove dieci undici."
    assert list(cut(text, longest=30)) == ["Uno due tre. Quattro.\n\n", "Cinque sei sette. ", "Otto nove dieci undici."]


@given(st.text(alphabet="aB .\n«»x", max_size=200), st.integers(2, 40))
def test_pieces_join_to_the_text(text: str, longest: int) -> None:
    parts = list(cut(text, longest=longest))
    assert "".join(parts) == text
    assert all(len(part) <= longest for part in parts)


@pytest.fixture(scope="module", params=SHIPPED)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.mark.model
def test_the_default_comes_first() -> None:
    assert load_pipeline().path == load_pipeline(SHIPPED[0]).path


@pytest.mark.model
def test_the_packaged_pipeline(name: str) -> None:
    nlp = load_pipeline(name)
    (doc,) = annotate([TEXT], nlp)
    assert [s.text.strip() for s in doc.sents] == [
        "Il sindaco di Bari, Anna Bruni, ha detto: «Resto qui.", "Non parto».", "Poi è uscita.",
    ]  # fmt: skip
    assert ("Anna Bruni", "PER") in [(e.text, e.label_) for e in doc.ents]
    said = next(t for t in doc if t.text == "detto")
    assert (said.lemma_, said.pos_) == ("dire", "VERB")
    subjects = {t.text for t in said.children if t.dep_ == "nsubj"}
    assert subjects & {"sindaco", "Anna"}  # the office with the name beside it, or the other way round


@pytest.mark.model
def test_results_do_not_depend_on_the_batch(name: str) -> None:
    nlp = load_pipeline(name)
    texts = [TEXT, TEXT * 3, "Resto qui.", f"Ieri. {TEXT}", "Bari, Lecce e Foggia."] * 3
    seen = [
        [[(t.text, t.pos_, t.lemma_, t.dep_, t.head.i, t.ent_type_, t.is_sent_start) for t in doc] for doc in docs]
        for docs in (
            annotate(texts, nlp, batch_size=1),
            annotate(texts, nlp, batch_size=7),
            annotate(reversed(texts), nlp),
        )
    ]
    assert seen[0] == seen[1] == seen[2][::-1]


@pytest.mark.model
def test_the_packaged_pipeline_states_what_it_is(name: str) -> None:
    meta = load_pipeline(name).meta
    assert meta["license"] == "CC BY-NC-SA 4.0"
    assert meta["portavoce"]["schema"] == PIPELINE_SCHEMA


@pytest.mark.model
def test_the_packaged_pipelines_are_small_and_name_no_machine() -> None:
    models = Path(module.__file__).parent.parent / "models" / "it"
    sizes = {
        folder.name: sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        for folder in models.iterdir()
    }
    assert set(sizes) == set(SHIPPED)
    assert sizes["fast"] <= 16e6
    assert sum(sizes.values()) <= 60e6
    for folder in models.iterdir():
        for name in ("config.cfg", "meta.json"):
            text = (folder / name).read_text("utf8")
            assert "/tmp" not in text
            assert "/work" not in text
        assert (folder / "MODEL_CARD.md").exists()
        assert "CC BY-NC-SA" in (folder / "LICENSE").read_text("utf8")
