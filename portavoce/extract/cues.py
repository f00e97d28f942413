"""Cues: every word of an article that may signal that somebody says something, and how sure we are that it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from portavoce.extract import act_features
from portavoce.extract.attribution import Cue
from portavoce.extract.evidence import bucket
from portavoce.extract.linear import language_file
from portavoce.extract.quotations import Quotations
from portavoce.extract.tokens import Tokens

_SUBJECTS = ("nsubj", "nsubj:pass")
_CLAUSES = ("ccomp", "xcomp", "csubj")
_OPEN_CLASS = ("VERB", "NOUN", "ADJ", "PROPN", "AUX")
FINAL = frozenset(".!?…")
MARK_OPENERS = frozenset('«“”„"‘')
_SAYING = frozenset({"say", "answer", "continue", "announce", "ask", "deny"})
DASHES = frozenset({"-", "–", "—"})


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
    return sorted(cues + _read_cues(t, {cue.head for cue in cues}), key=lambda cue: cue.head)


def _read_cues(t: Tokens, known: set[int]) -> list[Cue]:
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
        elif t.pos[head] == "ADP":
            made.append(Cue("prep", first, first, last, " ".join(t.form[first : last + 1])))
    return made


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


class CueFeatures:
    """Makes the features of the candidate cues of one article; what they share is looked up once."""

    def __init__(self, t: Tokens, cues: list[Cue], lexicon: CueLexicon) -> None:
        self.t, self.cues, self.lexicon = t, cues, lexicon
        self.quotations = Quotations(t)
        known = ("-", "light", "other")
        self.telling = sorted({c.head for c in cues if t.quote[c.head] < 0 and lexicon.class_of(c) not in known})

    def of(self, cue: Cue) -> list[str]:
        """Named binary features of a candidate cue; what the accept model weighs."""
        return cue_features(self.t, cue, self.lexicon) + self._beside(cue)

    def all(self) -> list[list[str]]:
        """The features of each candidate cue."""
        return [self.of(cue) for cue in self.cues]

    def _beside(self, cue: Cue) -> list[str]:
        class_ = self.lexicon.class_of(cue)
        made = self.quotations.beside(cue.first, cue.last, self.telling)
        f = [f"beside={cue.kind}:{x}" for x in made] or [f"beside={cue.kind}:nothing"]
        f += [f"beside-class={class_}:{x}" for x in made] or [f"beside-class={class_}:nothing"]
        f.append(f"beside-all={cue.kind}:{'+'.join(made)}")
        return f


def cue_features(t: Tokens, cue: Cue, lexicon: CueLexicon) -> list[str]:
    """The features of a cue by itself: its word, its frame, the words beside it."""
    h = cue.head
    kind = cue.kind
    f = [f"kind={kind}", f"lemma={kind}:{cue.lemma}"]
    a, b = t.sentences[t.sent[h]]
    class_ = lexicon.class_of(cue)
    f.append(f"class={kind}:{class_}")
    inside = t.quote[h] >= 0
    if inside:
        f.append(f"in-quote={kind}")
    if t.para[h] == 0:
        f.append(f"headline={kind}")
    after = t.form[cue.last + 1] if cue.last + 1 < t.n else "¶"
    after_pos = t.pos[cue.last + 1] if cue.last + 1 < t.n else "¶"
    f.append(f"next={kind}:{after if after_pos in ('ADP', 'SCONJ', 'PUNCT', 'PRON', 'DET') else after_pos}")
    before = t.form[cue.first - 1] if cue.first > a else "^"
    before_pos = t.pos[cue.first - 1] if cue.first > a else "^"
    f.append(
        f"prev={kind}:{before if before_pos in ('ADP', 'SCONJ', 'PUNCT', 'PRON', 'CCONJ', 'ADV', '^') else before_pos}"
    )
    quote_after = quote_before = False
    colon_after = False
    for k in range(cue.last + 1, min(b + 1, cue.last + 40, t.n)):
        if t.quote[k] >= 0:
            quote_after = True
            break
        if t.form[k] == ":":
            colon_after = True
    for k in range(cue.first - 1, max(a - 2, cue.first - 40, -1), -1):
        if t.quote[k] >= 0:
            quote_before = True
            break
    frame: list[str] = []
    if kind == "verb":
        m = t.morph[h]
        form = m.get("VerbForm", "")
        f.append(f"form={form}:{m.get('Mood', '')}:{m.get('Tense', '')}")
        f.append(f"person={m.get('Person', '')}{m.get('Number', '')}")
        f.append(f"dep={t.dep[h]}")
        for c in t.children[h]:
            d = t.dep[c]
            base = d.split(":")[0]
            if base in ("ccomp", "xcomp", "csubj", "advcl"):
                mark = next((t.form[k] for k in t.children[c] if t.dep[k] == "mark"), "-")
                frame.append(f"{base}-{mark}" if base != "advcl" else f"advcl-{mark}")
            elif base == "nsubj":
                frame.append(f"{d}={_source_type(t, c)}")
                f.append(f"side={'l' if c < h else 'r'}")
            elif base == "obj":
                frame.append("obj")
                f += (
                    f"obj={t.lemma[c]}",
                    f"obj-kind={class_}:{_source_type(t, c)}",
                    f"class-obj={class_}:{t.lemma[c]}",
                )
                below = sorted(
                    {t.dep[g].split(":")[0] for g in t.children[c]} & {"acl", "nmod", "det", "nummod", "amod"}
                )
                f.append(f"obj-shape={class_}:{'+'.join(below)}")
            elif base in ("obl", "iobj"):
                case = next((t.lemma[k] for k in t.children[c] if t.dep[k] == "case"), "-")
                frame.append(f"obl-{case}" if case in lexicon.particles["case"] else "obl")
            elif base in ("aux", "expl"):
                frame.append(f"{d}={t.lemma[c] if base == 'aux' else ''}")
                if base == "aux" and t.morph[c].get("Mood") == "Cnd":
                    f.append("conditional")
            elif base == "parataxis":
                frame.append("parataxis")
            elif d == "advmod" and t.form[c] in lexicon.particles["negation"]:
                frame.append("non")
            elif d == "mark":
                frame.append(f"mark={t.form[c]}")
        if not any(x.startswith("nsubj") for x in frame):
            frame.append("no-subject")
            f.append(f"shared-subject={_shared_subject(t, h)}")
        if t.dep[h] in ("acl:relcl", "acl", "xcomp", "ccomp", "advcl", "conj", "csubj"):
            f.append(f"head={t.lemma[t.head[h]]}")
            f.append(f"dep-head={t.dep[h]}:{t.pos[t.head[h]]}")
    elif kind == "noun":
        for c in t.children[h]:
            d = t.dep[c]
            base = d.split(":")[0]
            if base in ("nmod", "acl", "ccomp", "obl"):
                case = next((t.form[k] for k in t.children[c] if t.dep[k] in ("case", "mark")), "-")
                frame.append(f"{d}-{case}")
                if base == "nmod":
                    frame.append(f"nmod={_source_type(t, c)}")
            elif base in ("det", "cop", "amod", "nummod"):
                frame.append(f"{d}" + (f"={t.form[c]}" if base == "det" else ""))
        f.append(f"number={t.morph[h].get('Number', '')}")
        f.append(f"dep={t.dep[h]}")
        f.append(f"governor={t.lemma[t.head[h]] if t.head[h] != h else '^'}")
    elif kind == "prep":
        x = t.head[h] if cue.first == cue.last else t.head[cue.last]
        target = x if x > cue.last else min(cue.last + 1, t.n - 1)
        f.append(f"source={_source_type(t, target)}")
        f.append(f"source-lemma={t.lemma[target]}")
        f.append(f"opens={cue.first == a or t.form[cue.first - 1] in (',', '(', '-', '–', ';', ':')}")
        f.append(f"comma={any(t.form[k] == ',' for k in range(cue.last + 1, min(cue.last + 12, b)))}")
    else:
        f.append(f"tokens={min(h - a, 8)}")
        f.append(f"source={max((_source_type(t, k) for k in range(a, h)), key=_SOURCE_ORDER.index, default='-')}")
        f.append(f"mark-next={t.text[t.end[h] : t.end[h] + 2].strip()[:1] in MARK_OPENERS}")
        f.append(f"source-last={_source_type(t, h - 1)}")
    others = 0
    for k in range(max(a, h - 100), min(b, h + 100)):
        if k != h and t.quote[k] < 0 and t.pos[k] == "VERB" and lexicon.verbs.get(t.lemma[k]) in _SAYING:
            others += 1
    f.append(f"others={kind}:{min(others, 2)}")
    if kind in ("verb", "noun"):
        whole = "+".join(sorted({x.split("=")[0].split("-")[0] for x in frame}))
        f += (f"whole-frame={kind}:{whole}", f"class-whole={class_}:{whole}", f"lemma-whole={cue.lemma}:{whole}")
    if kind == "verb":
        form = t.morph[h].get("VerbForm", "")
        f += (
            f"class-form={class_}:{form}:{t.morph[h].get('Tense', '')}",
            f"lemma-form={cue.lemma}:{form}",
            f"class-dep={class_}:{t.dep[h]}",
            f"form-dep={form}:{t.dep[h]}:{inside}",
        )
        if inside:
            f.append(f"in-quote-class={class_}:{t.morph[h].get('Person', '')}")
        auxiliary = next((c for c in t.children[h] if t.dep[c] == "aux" and t.morph[c].get("VerbForm") == "Fin"), h)
        f.append(
            f"tense={class_}:{t.morph[auxiliary].get('Mood', '')}{t.morph[auxiliary].get('Tense', '')}{t.morph[auxiliary].get('Person', '')}"
        )
    f += [f"frame={x}" for x in frame]
    f += [f"class-frame={class_}:{x}" for x in frame]
    f += [
        f"lemma-frame={cue.lemma}:{x}"
        for x in frame
        if x[:4] in ("ccom", "xcom", "obj", "obl-", "no-s", "nmod", "non", "acl-", "expl")
    ]
    if t.evidence is not None:
        read = t.evidence.cue((cue.first, cue.last))
        f += (f"read={bucket(read, 0.5)}", f"read-kind={kind}:{bucket(read)}", f"read-class={class_}:{bucket(read, 2)}")
        f += act_features.of_cue(t.evidence, cue, class_)
    marks = f"{'q' if quote_before else ''}^{'q' if quote_after else ''}{':' if colon_after else ''}"
    f.append(f"marks={kind}:{marks}")
    f.append(f"class-marks={class_}:{marks}")
    return f


def _shared_subject(t: Tokens, i: int) -> str:
    """What kind of source the subject is that a verb without one shares: of its governor, or what its relative clause is about."""
    for _ in range(3):
        governor = t.head[i]
        if governor == i:
            return "-"
        if t.dep[i].startswith("acl"):
            return _source_type(t, governor)
        subject = next((c for c in t.children[governor] if t.dep[c].startswith("nsubj")), -1)
        if subject >= 0:
            return _source_type(t, subject)
        i = governor
    return "-"


_SOURCE_ORDER = ["-", "punct", "verb", "pron", "noun", "name", "LOC", "ORG", "PER"]


def _source_type(t: Tokens, i: int) -> str:
    """What kind of source a word could be: a named entity's kind, a name, pronoun or noun."""
    if t.entity[i] >= 0:
        return t.entities[t.entity[i]][2]
    pos = t.pos[i]
    if pos == "PROPN":
        return "name"
    if pos == "PRON":
        return "pron"
    if pos == "NOUN":
        return "noun"
    if pos == "PUNCT":
        return "punct"
    return "verb" if pos in ("VERB", "AUX") else "-"
