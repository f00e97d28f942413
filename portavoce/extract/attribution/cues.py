"""Cues: every word of an article that may signal that somebody says something; none is judged yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from portavoce.extract.acts import Cue
from portavoce.extract.lang import language_file
from portavoce.extract.punctuation import MARK_OPENERS
from portavoce.extract.tokens import Tokens


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """The words of a language that may introduce a source, with their class (say, ask, deny, …)."""

    verbs: dict[str, str]
    nouns: dict[str, str]
    phrases: dict[tuple[str, ...], str]
    particles: dict[str, frozenset[str]]
    openers: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    @lru_cache(maxsize=8)
    def load(cls, language: str) -> CueLexicon:
        """The lexicon of a language, read once."""
        verbs: dict[str, str] = {}
        nouns: dict[str, str] = {}
        for lemma, pos, class_ in _rows(language, "cues.tsv"):
            (verbs if pos == "VERB" else nouns)[lemma] = class_
        phrases = {tuple(form.split()): class_ for form, class_ in _rows(language, "cue_phrases.tsv")}
        particles = {role: frozenset(forms.split()) for role, forms in _rows(language, "particles.tsv")}
        return cls(verbs, nouns, phrases, particles, frozenset(p[0] for p in phrases))

    def grown(self, learned: Mapping[str, object]) -> CueLexicon:
        """The lexicon with the words that training found to be cues beside those of the lists."""
        verbs = dict.fromkeys(learned.get("verbs", ()), "other") | self.verbs  # type: ignore[call-overload]
        nouns = dict.fromkeys(learned.get("nouns", ()), "other") | self.nouns  # type: ignore[call-overload]
        return CueLexicon(verbs, nouns, self.phrases, self.particles, self.openers)

    def class_of(self, cue: Cue) -> str:
        """The class of a cue's lemma or phrase, or ``-``."""
        if cue.kind == "verb":
            return self.verbs.get(cue.lemma, "-")
        if cue.kind == "noun":
            return self.nouns.get(cue.lemma, "-")
        return self.phrases.get(tuple(cue.lemma.split()), cue.kind)


def _rows(language: str, name: str) -> list[list[str]]:
    lines = language_file(language, name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def find_cues(t: Tokens, lexicon: CueLexicon) -> list[Cue]:
    """Every candidate cue of an article in text order: high recall, no judgement yet."""
    cues = []
    colon_or_mark = _sentences_with_speech(t)
    for i in range(t.n):
        pos = t.pos[i]
        inside = t.quote[i] >= 0
        if pos == "VERB" or (pos == "AUX" and t.dep[i] in ("root", "ROOT", "parataxis")):
            known = t.lemma[i] in lexicon.verbs
            if known or (not inside and (t.sent[i] in colon_or_mark or _has_clause(t, i))):
                cues.append(_verb_cue(t, i))
        elif pos == "NOUN" and t.lemma[i] in lexicon.nouns:
            if _noun_may_report(t, i, lexicon):
                cues.append(Cue("noun", i, i, i, t.lemma[i]))
        elif t.form[i] in lexicon.openers:
            last = _phrase_end(t, i, lexicon)
            if last >= 0:
                cues.append(Cue("prep", i, i, last, " ".join(t.form[i : last + 1])))
        elif t.form[i] == ":" and _colon_may_report(t, i, lexicon):
            cues.append(Cue("colon", i, i, i, ":"))
    if t.evidence is None:
        return cues
    return sorted(cues + _read_cues(t, {cue.head for cue in cues}, lexicon), key=lambda cue: cue.head)


def _read_cues(t: Tokens, known: set[int], lexicon: CueLexicon) -> list[Cue]:
    """The cues that an encoder reads where no rule finds one."""
    made = []
    for first, last in t.evidence.spans("cue") if t.evidence is not None else ():
        inside = range(first, last + 1)
        if any(i in known for i in inside) or t.form[last] == ":":
            continue
        head = next((i for pos in ("VERB", "NOUN", "ADJ", "AUX") for i in reversed(inside) if t.pos[i] == pos), last)
        if t.pos[head] in ("VERB", "AUX"):
            made.append(_verb_cue(t, head))
        elif t.pos[head] in ("NOUN", "ADJ"):
            made.append(Cue("noun", head, head, head, t.lemma[head]))
        elif t.pos[head] == "ADP" and not (first == last and _opens_only(t.form[first], lexicon)):
            made.append(Cue("prep", first, first, last, " ".join(t.form[first : last + 1])))
    return made


def _opens_only(form: str, lexicon: CueLexicon) -> bool:
    """Whether a word is but the beginning of introducing phrases: "a" of "a detta di" is no cue in "come a Marghera"."""
    return form in lexicon.openers and (form,) not in lexicon.phrases


def _sentences_with_speech(t: Tokens) -> set[int]:
    """Sentences that touch a pair of marks which stand at their depth 0."""
    out: set[int] = set()
    for q in t.quotes:
        if q.depth == 0:
            first, last = t.at(q.start), t.at(max(q.start, q.end - 1))
            out.add(t.sent[first])
            out.add(t.sent[last])
            if first > 0:
                out.add(t.sent[first - 1])
            if last + 2 < t.n:
                out.add(t.sent[last + 2])
    return out


def _has_clause(t: Tokens, i: int) -> bool:
    return any(t.dep[c] in ("ccomp", "parataxis") for c in t.children[i])


def _noun_may_report(t: Tokens, i: int, lexicon: CueLexicon) -> bool:
    """A noun with a complement, at a colon, beside a mark, or the object of a verb."""
    if any(t.dep[c].split(":")[0] in ("nmod", "acl", "ccomp", "amod", "appos", "cop", "obl") for c in t.children[i]):
        return True
    follower = t.form[i + 1] if i + 1 < t.n else ""
    return follower in MARK_OPENERS or follower == "," or follower in lexicon.particles["saying"]


def _phrase_end(t: Tokens, i: int, lexicon: CueLexicon) -> int:
    """The last token of the longest introducing phrase that starts at ``i``, or -1."""
    best = -1
    for length in (1, 2, 3):
        if i + length <= t.n and tuple(t.form[i : i + length]) in lexicon.phrases:
            best = i + length - 1
    if best == i and i + 1 < t.n:
        previous_is_article = i > 0 and t.pos[i - 1] == "DET" and t.sent[i - 1] == t.sent[i]
        if previous_is_article or t.pos[i] in ("NOUN", "NUM") or t.pos[i + 1] in ("PUNCT", "NUM", "VERB"):
            return -1
        if lexicon.phrases[(t.form[i],)] == "per" and t.pos[i + 1] not in ("DET", "PROPN", "PRON", "NOUN", "ADP"):
            return -1
    return best


def _colon_may_report(t: Tokens, i: int, lexicon: CueLexicon) -> bool:
    """A colon after a short verbless stretch that begins its sentence or paragraph: ``Maroni: «…»``."""
    a = t.sentences[t.sent[i]][0]
    if i + 1 >= t.n or i == a or i - a > 14 or t.para[i] != t.para[i + 1]:
        return False
    return not any(t.pos[k] == "VERB" and t.lemma[k] in lexicon.verbs for k in range(a, i))


def _verb_cue(t: Tokens, i: int) -> Cue:
    """The verb with the auxiliaries and clitics directly before it; a modal governor or gerund chain stays outside."""
    first = i
    k = i - 1
    floor = max(t.sentences[t.sent[i]][0], i - 4)
    while k >= floor:
        relation = t.dep[k].split(":")[0]
        if t.head[k] == i and (
            relation in ("aux", "cop", "expl") or (t.pos[k] == "PRON" and relation in ("obj", "iobj"))
        ):
            first = k
        elif t.pos[k] not in ("ADV", "AUX"):
            break
        k -= 1
    return Cue("verb", i, first, i, t.lemma[i])


def inner_cue(t: Tokens, k: int, saying: frozenset[str]) -> str:
    """How another cue stands inside a content: coordinated and without a subject of its own, it is rather the next act."""
    j = k - 1
    while j > 0 and k - j < 4 and (t.dep[j].startswith(("aux", "expl", "advmod")) or t.pos[j] in ("AUX", "ADV")):
        j -= 1
    coordinated = t.pos[j] == "CCONJ" or t.form[j] in (",", ";")
    subject = any(t.dep[c].startswith("nsubj") for c in t.children[k])
    said = k + 1 < t.n and t.form[k + 1] in saying
    form = t.morph[k].get("VerbForm", "-")
    return f"{'cc' if coordinated else '-'}:{'subject' if subject else '-'}:{'said' if said else '-'}:{form}"
