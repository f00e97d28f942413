"""The training project: its readers on hand-made files, its augmenter, and all of it on a small corpus."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

PROJECT = Path(__file__).resolve().parents[2] / "training"
sys.path.insert(0, str(PROJECT))

from scripts.augment import create_typography_augmenter, renamed, swapped_marks, varied  # noqa: E402
from scripts.card import heading, licence_of, source_table, speed_line  # noqa: E402
from scripts.corpora import (  # noqa: E402
    kind_doc,
    natural_spaces,
    normalised,
    read_conllu,
    read_kind,
    running_text,
    without,
)
from scripts.package import write_meta  # noqa: E402
from scripts.tokenizer import extend_tokenizer  # noqa: E402


def row(*fields: object) -> str:
    return "\t".join(str(f) for f in fields)


def sentence(number: int, subject: str, verb: str, lemma: str, place: str) -> str:
    """Return a made-up sentence in CoNLL-U: «La giunta discute nella valle.» with other words."""
    return "\n".join(
        [
            f"# sent_id = own-{number}",
            f"# text = La {subject} {verb} nella {place}.",
            row(1, "La", "il", "DET", "RD", "Definite=Def|Gender=Fem|Number=Sing|PronType=Art", 2, "det", "_", "_"),
            row(2, subject, subject, "NOUN", "S", "Gender=Fem|Number=Sing", 3, "nsubj", "_", "_"),
            row(
                3,
                verb,
                lemma,
                "VERB",
                "V",
                "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
                0,
                "root",
                "_",
                "_",
            ),
            row("4-5", "nella", "_", "_", "_", "_", "_", "_", "_", "_"),
            row(4, "in", "in", "ADP", "E", "_", 6, "case", "_", "_"),
            row(5, "la", "il", "DET", "RD", "Gender=Fem|Number=Sing", 6, "det", "_", "_"),
            row(6, place, place, "NOUN", "S", "Gender=Fem|Number=Sing", 3, "obl", "_", "SpaceAfter=No"),
            row(7, ".", ".", "PUNCT", "FS", "_", 3, "punct", "_", "_"),
            "",
            "",
        ]
    )


SUBJECTS = ["giunta", "sindaca", "ministra", "portavoce", "squadra", "scuola"]
VERBS = [("parla", "parlare"), ("resta", "restare"), ("entra", "entrare"), ("lavora", "lavorare"), ("torna", "tornare")]
PLACES = ["valle", "piazza", "stanza", "provincia", "fabbrica"]


def conllu(start: int, count: int) -> str:
    made = []
    for i in range(start, start + count):
        verb, lemma = VERBS[i % 5]
        made.append(sentence(i, SUBJECTS[i % 6] + ("" if i < 30 else f"{i}"), verb, lemma, PLACES[i % 7 % 5]))
    return "".join(made)


def tsv(start: int, count: int) -> str:
    names = ["Anna Bruni", "Ugo Verdi", "Ida Neri"]
    lines = []
    for i in range(start, start + count):
        first, last = names[i % 3].split()
        lines += [f"{first}\tB-PER", f"{last}\tI-PER", "torna\tO", "a\tO", f"{['Bari', 'Lecce'][i % 2]}\tB-LOC"]
        lines += [f"{i}\tO", ".\tO", ""]
    return "\n".join(lines) + "\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder that looks like the real data, with sentences of our own."""
    ud, kind = tmp_path / "data" / "ud_italian", tmp_path / "data" / "kind"
    ud.mkdir(parents=True)
    kind.mkdir()
    (ud / "it_isdt-ud-dev.conllu").write_text(conllu(0, 30), "utf8")
    (ud / "it_isdt-ud-test.conllu").write_text(conllu(100, 12), "utf8")
    (ud / "it_vit-ud-dev.conllu").write_text(conllu(30, 30) + conllu(100, 2), "utf8")
    (kind / "WN_train.tsv").write_text(tsv(0, 120), "utf8")
    (kind / "WN_dev.tsv").write_text(tsv(500, 12), "utf8")
    names = tmp_path / "data" / "reference"
    names.mkdir()
    (names / "persons_wikidata_seed.jsonl").write_text('{"names": {"it": "Ada Gialli"}}\n', "utf8")
    (names / "cities_geonames_100k.jsonl").write_text('{"n": "Vallalta"}\n', "utf8")
    return tmp_path / "data"


def test_conllu_words_are_merged_and_spaced(data: Path) -> None:
    doc = read_conllu(data / "ud_italian" / "it_isdt-ud-dev.conllu")[0]
    assert doc.text.strip() == "La giunta parla nella valle."
    assert [t.text for t in doc] == ["La", "giunta", "parla", "nella", "valle", "."]
    assert [t.lemma_ for t in doc] == ["il", "giunta", "parlare", "in il", "valle", "."]
    assert [t.dep_ for t in doc] == ["det", "nsubj", "ROOT", "case", "obl", "punct"]
    assert not any(t.tag_ for t in doc)
    assert not doc.has_annotation("ENT_IOB")


def test_kind_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("In\tO\nVal\tB-LOC\nDoro\tI-LOC\n\nL'\tO\nArca\tB-ORG\n", "utf8")
    sentences = read_kind(path)
    assert sentences == [(["In", "Val", "Doro"], ["O", "B-LOC", "I-LOC"]), (["L'", "Arca"], ["O", "B-ORG"])]
    doc = kind_doc(Vocab(), sentences[1])
    assert doc.text == "L'Arca "
    assert [(e.text, e.label_) for e in doc.ents] == [("Arca", "ORG")]


def test_a_malformed_kind_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("In\tO\nVal\tPLACE\n", "utf8")
    with pytest.raises(ValueError, match=r"x\.tsv, line 2"):
        read_kind(path)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["L'", "uomo", ",", "un", "po'", "stanco", "."], "L'uomo, un po' stanco."),
        (['"', "Resto", '"', ",", "dice", "."], '"Resto", dice.'),
        (["(", "ieri", ")", "«", "Via", "»", "!"], "(ieri) «Via»!"),
        (["dell'", '"', "Arca", '"', ":", "50", "%"], 'dell\'"Arca": 50%'),
    ],
)
def test_natural_spaces(words: list[str], text: str) -> None:
    doc = Doc(Vocab(), words=words, spaces=natural_spaces(words))
    assert doc.text.strip() == text


def test_running_text_keeps_the_annotation(data: Path) -> None:
    sentences = read_conllu(data / "ud_italian" / "it_isdt-ud-dev.conllu")
    vocab = sentences[0].vocab
    docs = list(running_text(vocab, sentences, shortest=2, longest=5, newline=0.5, rng=random.Random(1)))
    assert sum(len(list(doc.sents)) for doc in docs) == len(sentences) == 30
    assert any(t.text.isspace() for doc in docs for t in doc)
    for doc in docs:
        assert [s.root.lemma_ for s in doc.sents] == [t.lemma_ for t in doc if t.dep_ == "ROOT"]
        assert not any(t.is_sent_start for t in doc if t.text.isspace())


def test_headlines_end_their_line() -> None:
    vocab = Vocab()
    sentences = [
        kind_doc(vocab, (["Neve", "a", "Bari"], ["O", "O", "B-LOC"])),
        kind_doc(vocab, (["Fine", "."], ["O", "O"])),
    ]
    (doc,) = running_text(vocab, sentences, shortest=2, longest=2, newline=0.0, rng=random.Random(1), headlines=True)
    assert doc.text.split("\n")[0] == "Neve a Bari"
    assert [e.text for e in doc.ents] == ["Bari"]
    assert [t.text for t in doc if t.is_sent_start] == ["Neve", "Fine"]


def test_scored_sentences_are_taken_out(data: Path) -> None:
    test = read_conllu(data / "ud_italian" / "it_isdt-ud-test.conllu")
    train = read_conllu(data / "ud_italian" / "it_vit-ud-dev.conllu")
    kept = without(train, {normalised(doc.text) for doc in test})
    assert len(train) == 32
    assert len(kept) == 30
    assert normalised("«L’Arca»,  già!") == "larcagià"


def test_marks_are_swapped_in_pairs() -> None:
    words = ["«", "Resto", "»", ",", "dice", '"', "lei", '"']
    made = swapped_marks(words, random.Random(3))
    assert len(made) == len(words)
    assert (made[0], made[2]) == (made[5], made[7])


def test_a_variant_keeps_the_annotation(data: Path) -> None:
    doc = read_conllu(data / "ud_italian" / "it_isdt-ud-dev.conllu")[0]
    for seed in range(40):
        made = varied(doc, random.Random(seed))
        assert [t.pos_ for t in made] == [t.pos_ for t in doc][: len(made)]
        assert [t.dep_ for t in made] == [t.dep_ for t in doc][: len(made)]
        assert len(doc) - len(made) in {0, 1}


def test_the_augmenter_keeps_the_original(data: Path) -> None:
    nlp = spacy.blank("it")
    doc = read_conllu(data / "ud_italian" / "it_isdt-ud-dev.conllu")[0]
    augment = create_typography_augmenter(level=1.0, seed=1)
    first, second = augment(nlp, Example(nlp.make_doc(doc.text), doc))
    assert first.reference is doc
    assert second.reference is not doc


def test_persons_and_places_get_other_names() -> None:
    words = "Anna Bruni torna a Bari . Bruni resta nella Puglia .".split()
    tags = ["B-PER", "I-PER", "O", "O", "B-LOC", "O", "B-PER", "O", "O", "B-LOC", "O"]
    names = {"PER": [[("Ida", True), ("Neri", False)]], "LOC": [[("Alta", True), ("Villa", False)]]}
    seen = set()
    for seed in range(20):
        doc = renamed(kind_doc(Vocab(), (words, tags)), names, random.Random(seed))
        seen.update((e.text, e.label_) for e in doc.ents)
        assert [t.text for t in doc][:3] == ["Ida", "Neri", "torna"]
        assert sum(bool(t.is_sent_start) for t in doc) == 1
    assert seen == {("Ida Neri", "PER"), ("Neri", "PER"), ("Bari", "LOC"), ("Alta Villa", "LOC"), ("Puglia", "LOC")}


def test_elisions_are_split_before_marks_and_digits() -> None:
    nlp = spacy.blank("it")
    extend_tokenizer(nlp)
    assert [t.text for t in nlp.make_doc("dell'\"Arca\" nell'85 all’«ora»")] == [
        "dell'", '"', "Arca", '"', "nell'", "85", "all’", "«", "ora", "»",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "licence"),
    [
        ("it_vit-ud-dev.conllu", "CC BY-NC-SA 3.0"),
        ("ADG_train.tsv", "annotation CC BY-NC 4.0"),
        ("cities_geonames_100k.jsonl", "GeoNames, CC BY 4.0"),
        ("persons_wikidata_seed.jsonl", "Wikidata, CC0"),
        ("articles.jsonl", "annotated for this project; text CC BY 2.5 (Wikinews)"),
    ],
)
def test_a_card_names_the_licence_of_each_file(file: str, licence: str) -> None:
    assert licence_of(file) == licence
    table = source_table({file: {"role": "train", "sentences": 3, "tokens": 40, "sha256": "ab12"}})
    assert table[2:] == [f"| {file} | train | 3 | 40 | {licence} | `ab12` |"]


def test_a_card_begins_with_its_versions_and_tells_a_speed_that_was_measured() -> None:
    assert heading("A pipeline", 12.34)[0] == "# A pipeline"
    assert "12.3 MB" in heading("A pipeline", 12.34)[3]
    assert speed_line({}) == []
    assert "4,500 words" in speed_line({"speed": {"words_per_second": 4500}})[1]


def test_a_meta_is_completed(tmp_path: Path) -> None:
    path = tmp_path / "meta.json"
    path.write_text(json.dumps({"lang": "it", "requirements": [], "labels": {"x": []}}), "utf8")
    write_meta(tmp_path, {"wn": {"ents_f": 1.0}}, name="other", licence="CC BY-SA 4.0", dropped=["labels"])
    meta = json.loads(path.read_text("utf8"))
    assert {
        "lang": "it",
        "name": "other",
        "license": "CC BY-SA 4.0",
        "performance": {"wn": {"ents_f": 1.0}},
    }.items() <= meta.items()
    assert not {"requirements", "labels"} & meta.keys()


def build(data: Path, work: Path) -> str:
    command = [sys.executable, "-m", "scripts.build", str(data), "--work", str(work), "--target", str(work / "it")]
    environment = os.environ | {"PYTHONPATH": str(PROJECT.parent), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [*command, "--max-steps", "40"], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.slow
def test_the_whole_project_on_a_small_corpus(data: Path, tmp_path: Path) -> None:
    from portavoce.extract.annotate import annotate, load_pipeline

    printed = build(data, tmp_path / "one")
    assert "dep_las" in printed
    assert "ents_f_PER" in printed
    folder = tmp_path / "one" / "it"
    meta = json.loads((folder / "fast" / "meta.json").read_text("utf8"))
    assert {"isdt", "wn"} <= set(meta["performance"])
    card = (folder / "fast" / "MODEL_CARD.md").read_text("utf8")
    sources = json.loads((tmp_path / "one" / "corpus" / "sources.json").read_text("utf8"))
    assert set(sources) == {path.name for path in data.rglob("*.*") if path.is_file()}
    assert all(entry["sha256"] in card for entry in sources.values())
    assert "CC BY-NC-SA" in (folder / "fast" / "LICENSE").read_text("utf8")
    assert str(tmp_path) not in (folder / "fast" / "config.cfg").read_text("utf8")

    nlp = load_pipeline(str(folder / "fast"))
    (doc,) = annotate(["La giunta parla nella valle. Anna Bruni torna a Bari."], nlp)
    assert len(list(doc.sents)) == 2
    assert doc.has_annotation("DEP")
    assert doc[0].pos_ == "DET"

    build(data, tmp_path / "two")  # the same data give the same weights
    for name in ("tok2vec", "parser", "ner", "morphologizer", "trainable_lemmatizer"):
        one, two = (tmp_path / run / "it" / "fast" / name / "model" for run in ("one", "two"))
        assert one.read_bytes() == two.read_bytes(), name
