"""A cue as the candidates for its speaker see it: governors, voice, number, and where its content stands."""

from __future__ import annotations

from dataclasses import replace

from portavoce.extract.act_features import act_of
from portavoce.extract.actors.words import SpeakerWords
from portavoce.extract.acts import Attribution, Cue
from portavoce.extract.tokens import Tokens

_CHAIN = 4
"""Steps up and down the tree that a path between a cue and a candidate spells out."""


def anchor_of(cue: Cue) -> int:
    """The token from which the grammar around a cue is read."""
    return cue.last if cue.kind == "prep" else cue.head


def as_phrase(t: Tokens, words: SpeakerWords, attribution: Attribution) -> Attribution:
    """The attribution; a preposition that the parser took for a verb ("secondo i medici") is what it is by its form."""
    cue = attribution.cue
    if cue.kind != "verb" or cue.last != cue.head or t.form[cue.head] not in words.phrases:
        return attribution
    return replace(attribution, cue=Cue("prep", cue.head, cue.first, cue.last, t.form[cue.head]))


class CueView:
    """What the candidates of one cue are compared with: its governors, voice, number, and where it stands.

    ``controller`` is the subject that the grammar gives the cue, its own or its governor's, ``steps`` above, or -1;
    ``where`` the content stands: before the cue, after it, or both; ``parts`` are its tokens. ``relative`` is the token of the relative pronoun right before the cue or -1, ``spoken`` the head token of the
    mention that named the speaker before, in the same sentence, or -1; ``act`` is an encoder's second look, None without one.
    """

    __slots__ = (
        "act",
        "anchor",
        "chain",
        "content",
        "controller",
        "cue",
        "depth",
        "number",
        "parts",
        "passive",
        "person",
        "relative",
        "spoken",
        "steps",
        "t",
        "where",
    )  # fmt: skip

    def __init__(self, t: Tokens, attribution: Attribution, spoken: int = -1) -> None:
        self.t, self.cue, self.content = t, attribution.cue, attribution.content
        self.parts = tuple([(t.at(start), t.at(end - 1)) for start, end in self.content])
        self.act = act_of(t.evidence, self.cue, self.parts)
        self.anchor = i = anchor_of(attribution.cue)
        self.chain = [i]
        while t.head[i] != i and len(self.chain) < 12 and t.sent[t.head[i]] == t.sent[self.anchor]:
            i = t.head[i]
            self.chain.append(i)
        self.depth = {node: k for k, node in enumerate(self.chain)}
        h = self.cue.head
        children = t.children[h]
        self.passive = any(t.dep[c] in ("aux:pass", "nsubj:pass") for c in children) or (
            t.morph[h].get("VerbForm") == "Part" and not any(t.dep[c].startswith("aux") for c in children)
        )
        finite = next((c for c in children if t.morph[c].get("VerbForm") == "Fin" and t.dep[c].startswith("aux")), h)
        self.number = t.morph[finite].get("Number", "") if t.morph[finite].get("VerbForm") == "Fin" else ""
        self.person = t.morph[finite].get("Person", "")
        self.spoken = spoken if spoken >= 0 and t.sent[spoken] == t.sent[h] else -1
        self.relative = -1
        for j in range(self.cue.first - 1, max(-1, self.cue.first - 4), -1):
            if t.pos[j] == "PRON" and t.morph[j].get("PronType") == "Rel":
                self.relative = j
                break
            if t.pos[j] not in ("ADV", "PRON", "AUX"):
                break

        self.controller, self.steps = self._controller()
        at = t.start[self.cue.first]
        before, after = any(a < at for a, _ in self.content), any(a > at for a, _ in self.content)
        self.where = ("before" if before else "") + ("after" if after else "")

    @property
    def plural(self) -> bool:
        """Whether several may speak: no verb says that it is one."""
        return self.cue.kind != "verb" or self.number != "Sing"

    def _controller(self) -> tuple[int, int]:
        """The nearest subject up the chain of governors, and how many steps up; a relative pronoun's is its antecedent."""
        t = self.t
        for k, node in enumerate(self.chain):
            for c in t.children[node]:
                if t.dep[c].startswith("nsubj") and c not in self.depth:
                    if t.morph[c].get("PronType") != "Rel":
                        return c, k
                    return self._modified(k), k
            if t.dep[node] in ("acl", "acl:relcl") and t.head[node] != node:
                return t.head[node], k
        return -1, 0

    def _modified(self, k: int) -> int:
        """The noun that the relative clause around the governor ``k`` belongs to, or -1."""
        for node in self.chain[k:]:
            if self.t.dep[node] in ("acl", "acl:relcl"):
                return self.t.head[node]
        return -1

    def path(self, i: int) -> str:
        """The relations up from the cue and down to a token: ``advcl<>nsubj``."""
        t, down = self.t, list[str]()
        for _ in range(_CHAIN + 1):
            k = self.depth.get(i)
            if k is not None:
                if k > _CHAIN:
                    return "far"
                return "".join([f"{t.dep[n]}<" for n in self.chain[:k]]) + "".join([f">{d}" for d in reversed(down)])
            if t.head[i] == i:
                return "apart"
            down.append(t.dep[i])
            i = t.head[i]
        return "far"
