"""What tells the cues that report speech from words that only look like cues."""

from __future__ import annotations

from portavoce.extract import act_features
from portavoce.extract.acts import Cue
from portavoce.extract.attribution.cues import CueLexicon
from portavoce.extract.attribution.quotations import Quotations
from portavoce.extract.evidence import bucket
from portavoce.extract.punctuation import MARK_OPENERS
from portavoce.extract.tokens import Tokens

_SAYING = frozenset({"say", "answer", "continue", "announce", "ask", "deny"})
_FRAMED = ("ccom", "xcom", "obj", "obl-", "no-s", "nmod", "non", "acl-", "expl")
"""How the parts of a frame begin that say something about one lemma."""
_SOURCE_ORDER = ["-", "punct", "verb", "pron", "noun", "name", "LOC", "ORG", "PER"]
"""What a word can be as a source, the likeliest last."""
_MARK_REACH = 40
"""Tokens beside a cue in which quotation marks are looked for."""
_VERB_REACH = 100
"""Tokens beside a cue in which other verbs of saying are counted."""


class CueFeatures:
    """Makes the features of the candidate cues of one article; what they share is looked up once."""

    def __init__(self, t: Tokens, cues: list[Cue], lexicon: CueLexicon) -> None:
        self.t, self.cues, self.lexicon = t, cues, lexicon
        self.quotations = Quotations(t)
        known = ("-", "light", "other")
        self.telling = sorted({c.head for c in cues if t.quote[c.head] < 0 and lexicon.class_of(c) not in known})

    def of(self, cue: Cue) -> list[str]:
        """Named binary features of a candidate cue; what the accept model weighs."""
        return cue_features(self.t, cue, self.lexicon) + self._quotes_beside(cue)

    def all(self) -> list[list[str]]:
        """The features of each candidate cue."""
        return [self.of(cue) for cue in self.cues]

    def _quotes_beside(self, cue: Cue) -> list[str]:
        class_ = self.lexicon.class_of(cue)
        made = self.quotations.beside(cue.first, cue.last, self.telling)
        f = [f"beside={cue.kind}:{x}" for x in made] or [f"beside={cue.kind}:nothing"]
        f += [f"beside-class={class_}:{x}" for x in made] or [f"beside-class={class_}:nothing"]
        f.append(f"beside-all={cue.kind}:{'+'.join(made)}")
        return f


def cue_features(t: Tokens, cue: Cue, lexicon: CueLexicon) -> list[str]:
    """The features of a cue by itself: its word, its frame, the words beside it."""
    class_ = lexicon.class_of(cue)
    own, frame = _by_kind(t, cue, lexicon)
    f = _words_beside(t, cue, class_) + own
    f.append(f"others={cue.kind}:{min(_other_verbs_of_saying(t, cue, lexicon), 2)}")
    if cue.kind in ("verb", "noun"):
        whole = "+".join(sorted({x.split("=")[0].split("-")[0] for x in frame}))
        f += (f"whole-frame={cue.kind}:{whole}", f"class-whole={class_}:{whole}", f"lemma-whole={cue.lemma}:{whole}")
    if cue.kind == "verb":
        f += _verb_form(t, cue, class_)
    f += [f"frame={x}" for x in frame]
    f += [f"class-frame={class_}:{x}" for x in frame]
    f += [f"lemma-frame={cue.lemma}:{x}" for x in frame if x[:4] in _FRAMED]
    if t.evidence is not None:
        read = t.evidence.cue((cue.first, cue.last))
        f += (
            f"read={bucket(read, 0.5)}",
            f"read-kind={cue.kind}:{bucket(read)}",
            f"read-class={class_}:{bucket(read, 2)}",
        )
        f += act_features.of_cue(t.evidence, cue, class_)
    marks = _marks(t, cue)
    return [*f, f"marks={cue.kind}:{marks}", f"class-marks={class_}:{marks}"]


def _by_kind(t: Tokens, cue: Cue, lexicon: CueLexicon) -> tuple[list[str], list[str]]:
    """The features that only a cue of its kind has, and its frame: what depends on it."""
    if cue.kind == "verb":
        return _of_verb(t, cue, lexicon)
    if cue.kind == "noun":
        return _of_noun(t, cue)
    return (_of_preposition if cue.kind == "prep" else _of_colon)(t, cue), []


def _words_beside(t: Tokens, cue: Cue, class_: str) -> list[str]:
    """The word itself, where it stands, and the words right beside it."""
    kind, a = cue.kind, t.sentences[t.sent[cue.head]][0]
    f = [f"kind={kind}", f"lemma={kind}:{cue.lemma}", f"class={kind}:{class_}"]
    if t.quote[cue.head] >= 0:
        f.append(f"in-quote={kind}")
    if t.para[cue.head] == 0:
        f.append(f"headline={kind}")
    after = t.form[cue.last + 1] if cue.last + 1 < t.n else "¶"
    after_pos = t.pos[cue.last + 1] if cue.last + 1 < t.n else "¶"
    f.append(f"next={kind}:{after if after_pos in ('ADP', 'SCONJ', 'PUNCT', 'PRON', 'DET') else after_pos}")
    before = t.form[cue.first - 1] if cue.first > a else "^"
    before_pos = t.pos[cue.first - 1] if cue.first > a else "^"
    told = before_pos in ("ADP", "SCONJ", "PUNCT", "PRON", "CCONJ", "ADV", "^")
    return [*f, f"prev={kind}:{before if told else before_pos}"]


def _marks(t: Tokens, cue: Cue) -> str:
    """Where quotation marks and a colon stand around a cue, as in ``q^:``."""
    a, b = t.sentences[t.sent[cue.head]]
    quote_after = colon_after = False
    for k in range(cue.last + 1, min(b + 1, cue.last + _MARK_REACH, t.n)):
        if t.quote[k] >= 0:
            quote_after = True
            break
        if t.form[k] == ":":
            colon_after = True
    quote_before = any(t.quote[k] >= 0 for k in range(cue.first - 1, max(a - 2, cue.first - _MARK_REACH, -1), -1))
    return f"{'q' if quote_before else ''}^{'q' if quote_after else ''}{':' if colon_after else ''}"


def _other_verbs_of_saying(t: Tokens, cue: Cue, lexicon: CueLexicon) -> int:
    """How many verbs of saying stand beside a cue in its sentence, outside of quotes."""
    a, b = t.sentences[t.sent[cue.head]]
    return sum(
        k != cue.head and t.quote[k] < 0 and t.pos[k] == "VERB" and lexicon.verbs.get(t.lemma[k]) in _SAYING
        for k in range(max(a, cue.head - _VERB_REACH), min(b, cue.head + _VERB_REACH))
    )


def _of_verb(t: Tokens, cue: Cue, lexicon: CueLexicon) -> tuple[list[str], list[str]]:
    """The features of a verb, and its frame."""
    h, class_ = cue.head, lexicon.class_of(cue)
    m, frame = t.morph[h], list[str]()
    f = [
        f"form={m.get('VerbForm', '')}:{m.get('Mood', '')}:{m.get('Tense', '')}",
        f"person={m.get('Person', '')}{m.get('Number', '')}",
        f"dep={t.dep[h]}",
    ]
    for c in t.children[h]:
        d = t.dep[c]
        base = d.split(":")[0]
        if base in ("ccomp", "xcomp", "csubj", "advcl"):
            mark = next((t.form[k] for k in t.children[c] if t.dep[k] == "mark"), "-")
            frame.append(f"{base}-{mark}")
        elif base == "nsubj":
            frame.append(f"{d}={_source_type(t, c)}")
            f.append(f"side={'l' if c < h else 'r'}")
        elif base == "obj":
            frame.append("obj")
            f += _of_object(t, c, class_)
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
        f += (f"head={t.lemma[t.head[h]]}", f"dep-head={t.dep[h]}:{t.pos[t.head[h]]}")
    return f, frame


def _of_object(t: Tokens, i: int, class_: str) -> list[str]:
    below = sorted({t.dep[g].split(":")[0] for g in t.children[i]} & {"acl", "nmod", "det", "nummod", "amod"})
    return [
        f"obj={t.lemma[i]}",
        f"obj-kind={class_}:{_source_type(t, i)}",
        f"class-obj={class_}:{t.lemma[i]}",
        f"obj-shape={class_}:{'+'.join(below)}",
    ]


def _verb_form(t: Tokens, cue: Cue, class_: str) -> list[str]:
    """The form of a verb together with its class, its lemma and its place."""
    h, m = cue.head, t.morph[cue.head]
    form, inside = m.get("VerbForm", ""), t.quote[h] >= 0
    f = [
        f"class-form={class_}:{form}:{m.get('Tense', '')}",
        f"lemma-form={cue.lemma}:{form}",
        f"class-dep={class_}:{t.dep[h]}",
        f"form-dep={form}:{t.dep[h]}:{inside}",
    ]
    if inside:
        f.append(f"in-quote-class={class_}:{m.get('Person', '')}")
    finite = next((c for c in t.children[h] if t.dep[c] == "aux" and t.morph[c].get("VerbForm") == "Fin"), h)
    tense = "".join(t.morph[finite].get(feature, "") for feature in ("Mood", "Tense", "Person"))
    return [*f, f"tense={class_}:{tense}"]


def _of_noun(t: Tokens, cue: Cue) -> tuple[list[str], list[str]]:
    """The features of a noun, and its frame."""
    h, frame = cue.head, list[str]()
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
    f = [
        f"number={t.morph[h].get('Number', '')}",
        f"dep={t.dep[h]}",
        f"governor={t.lemma[t.head[h]] if t.head[h] != h else '^'}",
    ]
    return f, frame


def _of_preposition(t: Tokens, cue: Cue) -> list[str]:
    """The features of an introducing phrase."""
    a, b = t.sentences[t.sent[cue.head]]
    x = t.head[cue.head] if cue.first == cue.last else t.head[cue.last]
    target = x if x > cue.last else min(cue.last + 1, t.n - 1)
    return [
        f"source={_source_type(t, target)}",
        f"source-lemma={t.lemma[target]}",
        f"opens={cue.first == a or t.form[cue.first - 1] in (',', '(', '-', '–', ';', ':')}",
        f"comma={any(t.form[k] == ',' for k in range(cue.last + 1, min(cue.last + 12, b)))}",
    ]


def _of_colon(t: Tokens, cue: Cue) -> list[str]:
    """The features of a colon by what stands before and behind it."""
    h, a = cue.head, t.sentences[t.sent[cue.head]][0]
    return [
        f"tokens={min(h - a, 8)}",
        f"source={max((_source_type(t, k) for k in range(a, h)), key=_SOURCE_ORDER.index, default='-')}",
        f"mark-next={t.text[t.end[h] : t.end[h] + 2].strip()[:1] in MARK_OPENERS}",
        f"source-last={_source_type(t, h - 1)}",
    ]


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
