"""The encoder's corpora: layers stay on their words through joining, varying and windows."""

from __future__ import annotations

import random

import pytest

from training.encoder.articles import add_entities, gold_text, mentions_of, names_of, run_time_tokenizer
from training.encoder.corpus import kind_texts
from training.encoder.mixing import grouped, joined, varied, with_held_out, without_accents, without_fold
from training.encoder.texts import Corpora, Text

TEXT = "Chiuso il ponte\n\n«Non c'è rischio», ha detto Anna Bruni. Bruni ha aggiunto che si farà presto."


def span(part: str, start: int = 0) -> dict:
    at = TEXT.index(part, start)
    return {"start": at, "end": at + len(part), "text": part}


@pytest.fixture
def article() -> dict:
    statements = [
        {
            "content": [span("Non c'è rischio")],
            "cue": span("ha detto"),
            "speaker": span("Anna Bruni"),
            "actor": "Anna Bruni",
            "actor_kind": "person",
        },
        {
            "content": [span("si farà presto")],
            "cue": span("ha aggiunto"),
            "speaker": None,
            "actor": "Anna Bruni",
            "actor_kind": "person",
        },
    ]
    return {"id": "a", "text": TEXT, "statements": statements}


@pytest.fixture
def text(article) -> Text:
    return gold_text(article, run_time_tokenizer())


def tagged(text: Text, name: str) -> list[tuple[str, str]]:
    return [(w, v) for w, v in zip(text.words, text.layers[name], strict=True) if v not in ("O", None)]


def test_contents_cues_and_speakers_are_tagged(text):
    assert [w for w, v in tagged(text, "content") if v == "B"] == ["Non", "si"]
    assert tagged(text, "cue") == [("ha", "B"), ("detto", "I"), ("ha", "B"), ("aggiunto", "I")]
    assert tagged(text, "speaker") == [("Anna", "B"), ("Bruni", "I")]


def test_contents_point_to_their_cue_and_speaker(text):
    first, second = text.words.index("Non"), text.words.index("si")
    assert text.words[text.layers["cue_of"][first]] == "ha"
    assert text.words[text.layers["speaker_of"][first]] == "Anna"
    assert text.words[text.layers["cue_of"][second] + 1] == "aggiunto"
    assert text.layers["speaker_of"][second] == -1
    assert text.layers["cue_of"][0] is None


def test_entities_come_to_the_article_from_the_sentences_of_another_file(text, article):
    sentences = [
        (["Chiuso", "il", "ponte"], ["O", "O", "O"]),
        (
            ['"', "Non", "c'", "è", "rischio", '"', ",", "ha", "detto", "Anna", "Bruni", "."],
            ["O"] * 9 + ["B-PER", "I-PER", "O"],
        ),
        (["Altro"], ["O"]),
    ]
    assert add_entities([text], [article["text"]], sentences) == {0, 1}
    assert tagged(text, "ner") == [("Anna", "B-PER"), ("Bruni", "I-PER")]
    assert text.layers["ner"][text.words.index("aggiunto")] is None


def test_names_of_actors_are_entities_wherever_they_stand(text, article):
    tags = dict(enumerate(names_of(article, text)))
    found = [(text.words[i], tags[i]) for i in tags if tags[i] not in ("O", None)]
    assert found == [("Anna", "B-PER"), ("Bruni", "I-PER"), ("Bruni", "B-PER")]


def test_joining_moves_the_heads_and_marks_the_bounds():
    one = Text(["Piove", "."], [False, True], 0, {"head": [-1, 0], "sent": ["1", "0"]})
    both = joined([one, one], ["\n", " "])
    assert both.words == ["Piove", ".", "\n", "Piove", "."]
    assert both.layers["head"] == [-1, 0, None, -1, 3]
    assert both.layers["sent"] == ["1", "0", None, "1", "0"]
    assert both.bounds == [0, 3]
    assert one.spaces == [False, True]


def test_joining_keeps_the_layers_that_all_have():
    parsed = Text(["Piove"], [True], 0, {"head": [-1], "sent": ["1"]})
    assert set(joined([parsed, *kind_texts([(["Roma"], ["B-LOC"])])], [" ", " "]).layers) == {"sent"}


def test_an_epoch_has_every_sentence_once():
    sentences = [Text([str(i), "."], [True, True], 0, {"sent": ["1", "0"]}) for i in range(50)]
    made = list(grouped(sentences, random.Random(3), shortest=2, longest=5, newline=0.3))
    assert [w for t in made for w in t.words if w.isdigit()] == [str(i) for i in range(50)]


@pytest.mark.parametrize("seed", range(40))
def test_a_variant_has_as_many_words_and_the_same_layers(text, seed):
    made = varied(text, random.Random(seed))
    assert len(made.words) == len(text.words)
    assert {n: v for n, v in made.layers.items() if n != "lemma"} == text.layers


def test_words_without_accents_are_typed_with_an_apostrophe():
    assert [without_accents(w) for w in ("perché", "è", "Pelù", "càpita", "ponte")] == [
        "perche'",
        "e'",
        "Pelu'",
        "capita",
        "ponte",
    ]


def test_an_act_has_the_words_of_its_parts_and_every_word_that_names_its_actor(article):
    text = gold_text(article, run_time_tokenizer())
    first = text.acts[0]
    assert [text.words[i] for i in first.marked] == ["ha", "detto"]
    assert " ".join(text.words[i] for i in first.content[0]).startswith("Non c'")
    assert [text.words[i] for i in first.actor] == ["Anna", "Bruni", "Bruni"]


def test_a_name_is_found_whole_and_by_its_last_word():
    words = ["Anna", "Bruni", "e", "Anna", "con", "Bruni"]
    assert mentions_of(words, ["Anna", "Bruni"]) == {0, 1, 5}
    assert mentions_of(["la", "polizia", "tedesca"], ["polizia", "tedesca"]) == {1, 2}


def test_a_fold_leaves_its_articles_out():
    gold = [Text(["a"], [True], 0, id=str(i)) for i in range(7)]
    kept, held = without_fold(Corpora([], [], gold, [], []), 1, 3)
    assert [t.id for t in kept.gold] == ["0", "2", "3", "5", "6"]
    assert [t.id for t in held] == ["1", "4"]


def test_what_was_held_out_comes_back():
    gold = [Text(["Roma"], [True], 0, {"cue": ["O"]}, id="a"), Text(["Bari"], [True], 0, {"cue": ["O"]}, id="b")]
    held = Text(["Roma"], [True], 0, {"ner": ["B-LOC"]}, id="a")
    parsed = Text(["Piove"], [True], 0, {"head": [-1]})
    whole = with_held_out(Corpora([], [], gold, [parsed], [held]), repeated=2)
    assert [sorted(t.layers) for t in whole.gold] == [["cue", "ner"], ["cue"]]
    assert whole.treebanks == [(1.0, [parsed])] * 2
    assert not whole.held_parse
