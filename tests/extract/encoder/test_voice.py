"""The subject and the auxiliaries of a participle are labelled in one voice, which the group of the verb tells."""

from __future__ import annotations

import pytest

from portavoce.extract.encoder.arc_features import Auxiliaries, Sentence, Tagged
from portavoce.extract.encoder.voice import in_one_voice

LEMMAS = {
    "ha": "avere", "è": "essere", "sono": "essere", "stato": "essere", "viene": "venire", "va": "andare", "deve": "dovere",
    "essere": "essere", "arrivato": "arrivare", "firmato": "firmare", "finito": "finire", "dimesso": "dimettere", "firma": "firmare",
}  # fmt: skip
KNOWN = Auxiliaries("it")


def labels(text: str, *given: str) -> list[str]:
    """The labels of a sentence of a subject, a group and its verb, the last word, after those that were given."""
    words = text.split()
    last = len(words) - 1
    pos = ["PROPN", *("PRON" if w == "si" else "AUX" for w in words[1:last]), "VERB"]
    participle = words[last].endswith(("ato", "ito", "esso"))
    morph = [""] * last + ["VerbForm=Part" if participle else "VerbForm=Fin"]
    tagged = Tagged(words, pos, morph, [LEMMAS.get(w, w) for w in words])
    found = [*given, "ROOT"]
    for i, label in in_one_voice(Sentence(tagged, [last] * last + [-1], KNOWN), found):
        assert found[i] != label
        found[i] = label
    return found[:-1]


@pytest.mark.parametrize(
    ("text", "given", "told"),
    [
        ("Rossi ha firmato", ["nsubj:pass", "aux"], ["nsubj", "aux"]),
        ("Rossi è arrivato", ["nsubj:pass", "aux:pass"], ["nsubj", "aux"]),
        ("Rossi si è dimesso", ["nsubj:pass", "expl", "aux:pass"], ["nsubj", "expl", "aux"]),
        ("Accordo è firmato", ["nsubj", "aux"], ["nsubj:pass", "aux:pass"]),
        ("Accordo viene firmato", ["nsubj", "aux:pass"], ["nsubj:pass", "aux:pass"]),
        ("Accordo è stato firmato", ["nsubj:pass", "aux:pass", "aux"], ["nsubj:pass", "aux", "aux:pass"]),
        ("Accordo deve essere firmato", ["csubj", "aux", "aux"], ["csubj:pass", "aux", "aux:pass"]),
    ],
)
def test_the_group_of_a_participle_tells_its_voice(text, given, told):
    assert labels(text, *given) == told


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Film è finito", ["nsubj", "aux:pass"]),  # "è finito" and "è finito da altri"
        ("Accordo va firmato", ["nsubj", "aux"]),  # labelled either way in the treebanks
        ("Rossi firma", ["nsubj:pass"]),
        ("Accordo firmato", ["nsubj"]),  # a participle without an auxiliary may be anything
        ("Accordo è firmato", ["nsubj", "cop"]),  # an adjective to the encoder
    ],
)
def test_where_the_group_does_not_tell_the_labels_stay(text, given):
    assert labels(text, *given) == given
