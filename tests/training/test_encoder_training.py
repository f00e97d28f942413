"""Training the encoder on a handful of words: it learns, goes on from a checkpoint as if never cut off, and exports.

Runs where the dependency group `training` is installed.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the dependency group `training` is not installed")
pytest.importorskip("onnx", reason="the dependency group `training` is not installed")

from portavoce.extract.encoder.lemmas import Lexicon  # noqa: E402
from portavoce.extract.encoder.session import Encoder  # noqa: E402
from training.encoder import (  # noqa: E402
    acts,
    corpus,
    export,
    holding,
    mean,
    measure,
    mixing,
    model,
    prepare,
    restart,
    silver,
    train,
)
from training.encoder.texts import VARIANTS, Act, Corpora, Text  # noqa: E402

WIDTH, LAYERS, FED, POSITIONS = 32, 4, 64, 256
WORDS = ["il", "ponte", "è", "chiuso", "ha", "detto", "rossi", "che"]


class TinyFile(SimpleNamespace):
    """An encoder of random weights with the names of the real one."""

    width, layers, heads, feed_forward, epsilon = WIDTH, LAYERS, 4, FED, 1e-5

    def tensor(self, name: str) -> np.ndarray:
        rng = np.random.default_rng(sum(map(ord, name)))
        if name.endswith("ln.w"):
            return np.ones(WIDTH, np.float32)
        if name.endswith(".b"):
            return np.zeros(FED if ".fi." in name else WIDTH, np.float32)
        count = {"emb.pos": POSITIONS * WIDTH, "emb.type": 2 * WIDTH}.get(name)
        count = count or WIDTH * (FED if ".f" in name else WIDTH)
        return rng.normal(0, 0.08, count).astype(np.float32)


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vocabulary")
    pieces = ["<s>", "</s>", "<unk>", "▁", *[f"▁{w}" for w in WORDS]]
    entry = {"bos": 0, "eos": 1, "unknown": 2, "pad": 1, "pieces": [[p, -1.0] for p in pieces]}
    (folder / "vocabulary.json").write_text(json.dumps(entry), encoding="utf8")
    rng = np.random.default_rng(1)
    np.savez(
        folder / "embeddings.npz",
        scale=np.full((len(pieces), 1), 0.3, np.float16),
        nibbles=rng.integers(0, 256, (len(pieces), 1, 16), np.uint8),
    )
    return folder


def corpora() -> Corpora:
    """Sentences whose every layer can be read off the words."""
    words = ["rossi", "ha", "detto", "che", "il", "ponte", "è", "chiuso"]
    layers = {
        "pos": ["PROPN", "AUX", "VERB", "SCONJ", "DET", "NOUN", "AUX", "VERB"],
        "morph": ["Number=Sing"] * 8,
        "lemma": ["=", "!avere", "!dire", "=", "=", "=", "!essere", "2|dere"],
        "head": [2, 2, -1, 7, 5, 7, 7, 2],
        "dep": ["nsubj", "aux", "ROOT", "mark", "det", "nsubj", "aux", "ccomp"],
        "sent": ["1", *["0"] * 7],
        "ner": ["B-PER", *["O"] * 7],
        "content": ["O"] * 4 + ["B", "I", "I", "I"],
        "cue": ["O", "B", "I", "O", "O", "O", "O", "O"],
        "speaker": ["B", *["O"] * 7],
        "cue_of": [None] * 4 + [1] * 4,
        "speaker_of": [None, 0, None, None, 0, 0, 0, 0],
    }
    text = Text(words, [True] * 8, 0, layers)
    article = Text(words * 2, [True] * 16, 0, {}, [0, 8], [act(0), act(8)])
    return Corpora([(1.0, [text] * 12)], [], [article] * 16, [], [])


def act(at: int) -> Act:
    """The statement of the sentence whose first word is number `at`."""
    return Act([at + 1, at + 2], True, [[at + i for i in (4, 5, 6, 7)]], [at], [0, 8], "politics")


def fresh(vocabulary, steps: int, folder, *, limit: int | None = None):
    """Train for `steps`; with `limit` stop after that many of them, as if cut off."""
    torch.manual_seed(3)
    data = corpora()
    classes = corpus.classes(data)
    made = model.Model(TinyFile(), classes, variants=VARIANTS)
    reader = model.Reader(vocabulary, classes)
    folder.mkdir(exist_ok=True)
    train.train(
        made, reader, data, folder, steps=steps, seed=3, peak=3e-3, heads_peak=1e-2, masked=0.05, every=0.0,
        limit=None if limit is None else 0.0,
    )  # fmt: skip
    return made, reader, classes


@pytest.fixture(scope="module")
def trained(vocabulary, tmp_path_factory):
    return fresh(vocabulary, 60, tmp_path_factory.mktemp("run") / "one")


def test_it_learns_every_layer(trained):
    made, reader, _ = trained
    made.eval()
    text = corpora().treebanks[0][1][0]
    examples = [e for t in (text, corpora().gold[0]) for e in reader.examples(t, context=0)]
    losses = made.losses(reader.batch(examples).on(reader.table))
    assert set(losses) == set(model.WEIGHTS)
    assert max(loss.item() for loss in losses.values()) < 0.5


def test_what_it_makes_of_texts_is_measured_layer_by_layer(trained):
    made, reader, classes = trained
    texts = [corpora().treebanks[0][1][0], corpora().gold[0]]
    found = measure.measure(made, train.batches(texts, reader, random.Random(0), masked=0.0), reader.table, classes)
    assert {"pos", "lemma", "uas", "las", "ner", "content", "cue_of", "act_50", "act_80", "act_speaker"} <= set(found)
    # which of the two like sentences of the article an act stands in, so few steps do not teach
    assert min(value for name, value in found.items() if not name.startswith("act")) > 90


def test_an_untrained_model_is_measured_low(vocabulary):
    classes = corpus.classes(corpora())
    reader = model.Reader(vocabulary, classes)
    made = model.Model(TinyFile(), classes, variants=VARIANTS)
    texts = [corpora().treebanks[0][1][0], corpora().gold[0]]
    found = measure.measure(made, train.batches(texts, reader, random.Random(0), masked=0.0), reader.table, classes)
    assert found["las"] < 50
    assert found["act_80"] < 50


def exported(trained, vocabulary, folder):
    made, _, classes = trained
    export.export(
        made, classes, vocabulary, folder, Lexicon({}, frozenset()), precisions=dict.fromkeys(export.PARTS, "float")
    )
    return folder


PARSE = ("pos", "morph", "lemma", "head", "dep", "sent")


def test_what_encoders_agree_on_is_a_treebank(trained, vocabulary, tmp_path):
    text = corpora().treebanks[0][1][0]
    one, two = exported(trained, vocabulary, tmp_path / "one"), exported(trained, vocabulary, tmp_path / "two")
    plain = Text([*text.words, "\n"], [*text.spaces, False], 3)
    found = silver.Teachers([one, two], None).parsed(plain)
    assert (found.words, found.variant) == (plain.words, 0)
    assert found.layers == {name: [*text.layers[name], None] for name in PARSE}


def test_what_encoders_do_not_agree_on_is_left_open(trained, vocabulary, tmp_path):
    text = corpora().treebanks[0][1][0]
    folders = [exported(trained, vocabulary, tmp_path / name) for name in ("one", "two", "three")]
    for favoured, folder in enumerate(folders):  # each has one label for nearly every arc, and that another
        tables = dict(np.load(folder / "tables.npz"))
        tables["label_bias"][favoured] += 50
        np.savez(folder / "tables.npz", **tables)
    found = silver.Teachers(folders, None).parsed(Text(text.words, text.spaces, 0))
    assert [label for label in found.layers["dep"] if label] == ["ROOT"]
    assert [head for head in found.layers["head"] if head is not None] == [-1]
    assert found.layers["pos"] == text.layers["pos"]


def test_trained_for_the_parse_alone_and_held_it_keeps_what_it_said(trained, vocabulary, tmp_path):
    made, reader, classes = trained
    data = corpora()
    _, (text, *_) = data.treebanks[0]
    other = {"head": [1, -1, 1, 1, 1, 1, 1, 1], "dep": ["nsubj", "ROOT", *["nsubj"] * 6]}  # than was learned before
    sentence = replace(text, layers={name: text.layers[name] for name in PARSE} | other)
    data.treebanks[0] = (1.0, [sentence] * 12)
    article = [e for t in corpora().gold[:1] for e in reader.examples(t, context=0)]
    batch = reader.batch(article).on(reader.table)
    moved = {}
    for hold in (False, True):
        torch.manual_seed(3)  # dropout
        again = model.Model(TinyFile(), classes, variants=VARIANTS)
        again.load_state_dict(made.state_dict())
        (tmp_path / str(hold)).mkdir()
        train.train(
            again, reader, mixing.parse_alone(data), tmp_path / str(hold), steps=60, seed=3, peak=3e-3, heads_peak=1e-2,
            masked=0.0, every=1e9, hold=hold,
        )  # fmt: skip
        log = [json.loads(line) for line in (tmp_path / str(hold) / "log.jsonl").read_text("utf8").splitlines()]
        assert ("held_tags" in log[-1]) == hold
        assert not any(name.startswith(("content", "act_")) for name in log[-1])
        before = holding.Holding(made)
        made.eval()
        again.eval()
        with torch.no_grad():
            moved[hold] = before.losses(again, batch, again.read(batch))
    assert set(moved[True]) == set(holding.WEIGHTS)
    assert all(moved[True][name] < moved[False][name] for name in holding.WEIGHTS)
    with torch.no_grad():
        assert max(loss.item() for loss in before.losses(made, batch, made.read(batch)).values()) < 1e-6


def test_the_vocabulary_of_a_pipeline_is_taken_up_with_it(trained, vocabulary, tmp_path):
    restart.write_vocabulary(exported(trained, vocabulary, tmp_path / "pipeline"), tmp_path / "again")
    classes = restart.classes_of(tmp_path / "pipeline")
    assert classes == trained[2]
    one, two = model.Reader(vocabulary, classes), model.Reader(tmp_path / "again", classes)
    assert torch.equal(one.table, two.table)
    assert one.pieces.of_words(["ponte", "xyz"], [True, True]) == two.pieces.of_words(["ponte", "xyz"], [True, True])


def test_the_mean_of_runs_is_that_of_each_weight():
    found = mean.mean([{"a": torch.tensor([1.0, 4.0])}, {"a": torch.tensor([3.0, 0.0])}])
    assert found["a"].tolist() == [2.0, 2.0]


def test_what_was_prepared_is_read_back(tmp_path):
    made = prepare.Prepared(None, corpora(), {"pos": ["NOUN"]}, Lexicon({}, frozenset({"ponte"})))
    made.write(tmp_path / "prepared")
    assert prepare.Prepared.read(tmp_path / "prepared") == made


def test_a_likely_cue_that_no_act_has_is_marked():
    cue = torch.zeros(1, 6, 3)
    cue[0, :, 0] = 9.0
    cue[0, 3, 1] = cue[0, 4, 2] = 12.0
    cue[0, 1, 1] = 20.0  # the likeliest, but an act's
    free = torch.tensor([[True, False, True, True, True, True]])
    pieces = torch.arange(6)[None] + 1
    found = acts.doubtful(cue, free, pieces, pieces, torch.tensor([0]))
    assert (found.begin.tolist(), found.end.tolist(), found.real.tolist()) == ([4], [5], [0])


def test_a_run_that_was_cut_off_comes_to_the_same_weights(vocabulary, tmp_path):
    whole, _, _ = fresh(vocabulary, 6, tmp_path / "whole")
    for _ in range(6):  # each stops after one step
        parts, _, _ = fresh(vocabulary, 6, tmp_path / "parts", limit=1)
    for one, two in zip(whole.state_dict().values(), parts.state_dict().values(), strict=True):
        assert torch.equal(one, two)


@pytest.mark.parametrize(("precision", "close"), [("float", 0.02), ("blocks", 0.1), ("dynamic", 0.35)])
def test_the_exported_graph_gives_the_scores_of_the_model(trained, vocabulary, tmp_path, precision, close):
    made, reader, classes = trained
    export.export(
        made, classes, vocabulary, tmp_path, Lexicon({}, frozenset()), precisions=dict.fromkeys(export.PARTS, precision)
    )
    encoder = Encoder(tmp_path)
    text = corpora().treebanks[0][1][0]
    pieces = reader.pieces.of_words(text.words, text.spaces)
    scores = encoder.run(pieces)
    made.eval()
    batch = reader.batch(reader.examples(text, context=0)).on(reader.table)
    with torch.no_grad():
        encoded, below = made.encoder(
            batch.embedded, batch.variant, batch.mask, branch=made.branch, dtype=torch.float32
        )
        words, candidates = made.words(encoded, batch.first, batch.last)
        (example,) = reader.examples(text, context=0)
        marks = [acts.Marked(1, 2, acts.BY_CUE, [], [], [], None), acts.Marked(4, 4, acts.BY_CONTENT, [], [], [], None)]
        marked = reader.batch([replace(example, acts=marks)]).on(reader.table).looks
        seen = made.acts(below, batch.mask, batch.first, batch.last, marked)
        looks = torch.cat([made.acts.outputs[name](seen) for name in acts.OUTPUTS], 2).numpy()
        tags = torch.cat([made.tags[name](words[0]) for name in model.TAGGED], 1).numpy()
        arcs = made.arcs(words, candidates)[0].numpy()
        links = made.pointers["cue_of"](words, candidates)[0].numpy()
        dependents, heads = made.labels.vectors(words[0], candidates[0])
        labels = made.labels(dependents, heads[:-1]).numpy()
    assert np.abs(scores.tags - tags).max() < close * np.abs(tags).max()
    assert np.abs(scores.arcs - arcs).max() < close * np.abs(arcs).max()
    assert np.abs(scores.pointers["cue_of"] - links).max() < close * np.abs(links).max()
    found = encoder.labels(scores.dependents, scores.heads[:-1])
    assert np.abs(found - labels).max() < close * np.abs(labels).max()
    assert np.abs(encoder.acts(scores, [(1, 2, 0), (4, 4, 1)]) - looks).max() < close * np.abs(looks).max()


def test_training_goes_on_from_what_was_exported(trained, vocabulary, tmp_path):
    made, reader, classes = trained
    export.export(
        made, classes, vocabulary, tmp_path, Lexicon({}, frozenset()), precisions=dict.fromkeys(export.PARTS, "float")
    )
    again = model.Model(TinyFile(), classes, variants=VARIANTS)
    restart.restart(again, tmp_path, classes)
    batch = reader.batch([e for t in corpora().gold[:1] for e in reader.examples(t, context=0)]).on(reader.table)
    made.eval()
    again.eval()
    with torch.no_grad():
        before, after = made.losses(batch), again.losses(batch)
    for name, loss in before.items():
        assert after[name].item() == pytest.approx(loss.item(), abs=0.02), name
    with pytest.raises(ValueError, match="other classes"):
        restart.restart(again, tmp_path, classes | {"pos": ["X"]})
