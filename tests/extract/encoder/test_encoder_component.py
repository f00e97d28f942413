"""The shipped encoder fills a Doc, and what it says of one text does not depend on any other."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from portavoce.errors import PipelineError
from portavoce.extract.annotate import PIECE, annotate, load_pipeline
from portavoce.extract.encoder.component import LOOKS, SPANS, EncoderComponent
from portavoce.extract.encoder.evidence import EVIDENCE

pytestmark = pytest.mark.model

TEXTS = [
    "Il sindaco di Bari, Anna Bruni, ha detto che il ponte resterà chiuso.\n\n«Nessun rischio», ha aggiunto la Bruni.",
    "Secondo la Protezione civile, i danni sono lievi.",
    "Ieri a Ginevra.  Poi niente",
    "I ministri degli Esteri si sono incontrati a Vienna per parlare dell'accordo. " * 12,
]


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline("encoder")


INNER = [
    [-0.65, -0.15, 0.39, 0.59, 0.45, -0.37, 0.1, -0.02],
    [-0.47, 0.15, -0.27, 0.4, 0.3, -0.22, -0.04, 0.38],
    [-0.73, -0.06, 0.35, -0.36, -0.05, -0.54, -0.72, 1.1],
    [0.12, 0.09, 1.19, 0.83, -0.04, 0.11, 0.36, 0.12],
]
"""Inner values of the first pieces of a text, to two digits, where no product overflows."""


def test_products_of_eight_bits_are_exact_on_every_processor(nlp):
    # With overflow, as on processors without instructions for 8 bits, these values are off by a fifth.
    encoder = nlp.get_pipe("portavoce_encoder").encoder
    doc = nlp.make_doc("Il sindaco di Bari, Anna Bruni, ha detto che il ponte resterà chiuso.")
    words = encoder.pieces.of_words([t.text for t in doc], [bool(t.whitespace_) for t in doc])
    found = encoder.run(words).below[0, 1:5, :8]
    assert np.abs(found - INNER).mean() < 0.05 * np.abs(INNER).mean()


def layers(doc: Doc) -> list[tuple]:
    words = [(t.text, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start) for t in doc]
    return [*words, *((e.start, e.end, e.label_) for e in doc.ents)]


def test_every_layer_is_there(nlp):
    doc = nlp(TEXTS[0])
    assert [s.text.strip()[:9] for s in doc.sents] == ["Il sindac", "«Nessun r"]
    assert [(e.text, e.label_) for e in doc.ents] == [("Bari", "LOC"), ("Anna Bruni", "PER"), ("Bruni", "PER")]
    said = next(t for t in doc if t.text == "detto")
    assert (said.lemma_, said.pos_, said.dep_) == ("dire", "VERB", "ROOT")
    assert {c.dep_ for c in said.children} >= {"nsubj", "aux", "ccomp"}
    assert next(t for t in doc if t.text == "resterà").morph.get("Tense") == ["Fut"]


@pytest.mark.parametrize("text", TEXTS)
def test_every_sentence_has_one_root_and_white_space_is_none(nlp, text):
    doc = nlp(text)
    for sentence in doc.sents:
        assert sum(t.head.i == t.i for t in sentence) == 1
    for token in doc:
        assert (token.pos_ == "SPACE") == token.is_space
        assert not (token.is_space and any(not c.is_space for c in token.children))


def test_a_text_is_read_the_same_alone_and_among_others(nlp):
    alone = [layers(nlp(text)) for text in TEXTS]
    assert [layers(d) for d in nlp.pipe(TEXTS, batch_size=4)] == alone
    assert [layers(d) for d in nlp.pipe(TEXTS[::-1], batch_size=2)] == alone[::-1]


def test_evidence_has_a_value_for_each_word(nlp):
    doc = nlp(TEXTS[0])
    evidence = doc.user_data[EVIDENCE]
    for name in SPANS:
        assert evidence.tags[name].shape == (len(doc), 3)
        assert np.exp(evidence.tags[name]).sum(1) == pytest.approx(1, abs=1e-4)
    for targets, logs in evidence.pointers.values():
        assert targets.shape == logs.shape
        assert targets.min() >= -1
        assert targets.max() < len(doc)
        assert (logs[:, 0] >= logs[:, 1]).all()


def test_a_likely_cue_is_read_once_more(nlp):
    doc = nlp(TEXTS[0])
    by_cue = {doc[r.marked[1]].text: r for r in doc.user_data[EVIDENCE].looks if r.by_cue}
    look = by_cue["detto"]
    assert look.start == 0
    assert look.content.shape == (len(doc), 3)
    assert look.real > 0
    assert doc[int(look.speaker.argmax())].text in ("Il", "sindaco", "Anna", "Bruni")


def test_a_long_text_keeps_its_evidence_in_place(nlp):
    text = "\n\n".join([TEXTS[0]] * (PIECE // len(TEXTS[0]) + 20))
    (doc,) = annotate([text], nlp)
    evidence = doc.user_data[EVIDENCE]
    assert evidence.tags["content"].shape == (len(doc), 3)
    targets, _ = evidence.pointers["cue_of"]
    assert targets.shape[0] == len(doc)
    last = max(i for i, row in enumerate(targets) if row[0] >= 0)
    assert abs(targets[last][0] - last) < 200


def test_a_saved_pipeline_reads_as_before(nlp, tmp_path):
    nlp.to_disk(tmp_path / "copy")
    again = spacy.load(tmp_path / "copy")
    assert layers(again(TEXTS[0])) == layers(nlp(TEXTS[0]))


def test_without_weights_it_says_so(tmp_path):
    component = EncoderComponent()
    with pytest.raises(PipelineError, match="no weights"):
        component(Doc(spacy.blank("it").vocab, words=["Ieri"]))
    with pytest.raises(PipelineError, match="no weights to save"):
        component.to_disk(tmp_path)


def test_an_empty_text_is_an_empty_doc(nlp):
    assert len(nlp("")) == 0


def test_a_window_full_of_cues_is_looked_at_a_dozen_times(nlp):
    doc = nlp("Rossi ha detto che piove, Bruni ha risposto di no. " * 12)
    assert 0 < sum(r.by_cue for r in doc.user_data[EVIDENCE].looks) <= 2 * LOOKS


def test_punctuation_does_not_count_in_the_scores_of_the_parse():
    vocab = Vocab()
    words = ["Piove", "forte", "."]
    gold = Doc(vocab, words=words, heads=[0, 0, 0], deps=["ROOT", "advmod", "punct"])
    found = Doc(vocab, words=words, heads=[0, 0, 1], deps=["ROOT", "amod", "punct"])
    scores = EncoderComponent().score([Example(found, gold)])
    assert scores["dep_uas"] == 1.0
    assert scores["dep_las"] == 0.5
