"""One voice a clause: the labels of its subject and of its auxiliaries say the same, active or passive.

Where the group of a participle tells by itself (*ha detto*, *è arrivato*, *si è detto*; *viene detto*, *è stato detto*, *è detto*), it
tells for all of them: in ISDT dev 353 of 367 such subjects and auxiliaries are annotated so, in VIT dev 872 of 912.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from portavoce.extract.encoder.arc_features import Sentence

PASSIVE = ":pass"
SUBJECTS = ("nsubj", "csubj")


class Voice(Enum):
    """Whether the subject of a clause does what its verb says."""

    ACTIVE = 0
    PASSIVE = 1


def in_one_voice(sentence: Sentence, labels: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The words whose label is not that of the voice of their participle, with the label that is."""
    for verb in range(len(sentence)):
        auxiliaries = [c for c in sentence.children[verb] if c < verb and labels[c].startswith("aux")]
        voice = voice_of(sentence, verb, auxiliaries)
        if voice is None:
            continue
        ending = PASSIVE if voice is Voice.PASSIVE else ""
        said = dict.fromkeys(auxiliaries, "aux") | {auxiliaries[-1]: f"aux{ending}"}
        for c in sentence.children[verb]:
            base = labels[c].removesuffix(PASSIVE)
            if base in SUBJECTS:
                said[c] = f"{base}{ending}"
        yield from ((c, label) for c, label in sorted(said.items()) if label != labels[c])


def voice_of(sentence: Sentence, verb: int, auxiliaries: Sequence[int]) -> Voice | None:
    """The voice of a participle behind these auxiliaries; None for other verbs, and where they do not tell (*è finito*, *va detto*)."""
    if not auxiliaries or sentence.form(verb) != "Part":
        return None
    known, last = sentence.auxiliaries, auxiliaries[-1]
    if any(sentence.lemmas[a] in known.have for a in auxiliaries):
        return Voice.ACTIVE
    if sentence.lemmas[last] in known.passive or (len(auxiliaries) > 1 and sentence.low[last] in known.been):
        return Voice.PASSIVE
    if sentence.lemmas[last] not in known.be:
        return None
    if any(sentence.low[c] in known.reflexive and sentence.pos[c] == "PRON" for c in sentence.children[verb]):
        return Voice.ACTIVE
    return {"B": Voice.ACTIVE, "H": Voice.PASSIVE}.get(known.kind(sentence.first[verb]))
