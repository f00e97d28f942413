"""Which words of a sentence name the speaker of a cue: the candidates and what speaks for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from portavoce.extract import act_features
from portavoce.extract.coreference import Actors
from portavoce.extract.cue_view import CueView
from portavoce.extract.evidence import bucket, odds
from portavoce.extract.mentions import noun_phrase, phrase_head
from portavoce.extract.tokens import Tokens

_INNER = frozenset({"flat", "compound", "fixed"})
_HOLDERS = frozenset({"role", "person", "group", "organization"})
"""Sorts of phrase in which no other phrase speaks: not the party in "il presidente del partito"."""
_ANIMATE = {
    "role": "animate", "person": "animate", "group": "animate", "organization": "animate", "document": "document",
    "pronoun": "pronoun", "name-place": "other",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """A phrase that may name the speaker: its head token, first and last token, and what sort of phrase it is.

    ``place`` is the token that stands for the phrase in the grammar of the sentence: the head, or the title above a name.
    """

    head: int
    first: int
    last: int
    sort: str
    place: int


def sort_of(actors: Actors, i: int) -> str:
    """What sort of source the word at ``i`` would be: a kind of name, of noun, or of pronoun."""
    t, words = actors.tokens, actors.words
    class_ = words.classes.get(t.form[i]) or words.classes.get(t.lemma[i], "")
    index = actors.actor_at.get(i)
    if actors.name_at[i] >= 0:
        return f"name-{actors.actors[index].kind}" if index is not None else "name-place"
    if index is not None:
        return "role"
    if t.pos[i] == "PRON" or class_.startswith(("pronoun", "free_relative")):
        return class_ or "pronoun"
    entry = words.nominal(t, i)
    if t.lemma[i] in words.speech and any(t.dep[c].startswith("nmod") for c in t.children[i]):
        return "speech"
    if words.classes.get(t.lemma[i]) in ("time", "abstract"):
        return words.classes[t.lemma[i]]
    if entry:
        return entry[0]
    if t.lemma[i] in words.demonyms:
        return "group"
    return "noun" if t.pos[i] in ("NOUN", "PROPN") else "other"


def find_mentions(actors: Actors, view: CueView) -> list[SpeakerMention]:
    """The phrases of the cue's sentence that may name who speaks, in text order.

    A role stands for its name, the first of several who speak together for all, a phrase for what it holds.
    """
    t, cue, content = actors.tokens, view.cue, view.content
    spans = list(content)
    sentences = {t.sent[cue.head]}
    if cue.first > 0 and cue.kind in ("noun", "none", "colon") and cue.first == t.sentences[t.sent[cue.head]][0]:
        sentences.add(t.sent[cue.first - 1])
    out = []
    for s in sorted(sentences):
        a, b = t.sentences[s]
        low, high = max(a, cue.head - 90), min(b, cue.head + 60)
        for i in range(low, high):
            if t.pos[i] not in ("NOUN", "PROPN", "PRON", "X", "ADJ", "DET", "NUM") or cue.first <= i <= cue.last:
                continue
            at = t.start[i]
            if any(x <= at < y for x, y in spans):
                continue
            mention = mention_at(actors, i)
            if mention is None:
                continue
            if mention.first <= cue.last < mention.head:
                mention = replace(mention, first=cue.last + 1)
            out.append(mention)
    holders = [m for m in out if m.sort in _HOLDERS and m.last > m.head]
    out = [m for m in out if not any(h.head < m.head <= h.last for h in holders)]
    heads = {i: m.sort for m in out for i in (m.place, m.head)}
    out = [m for m in out if not (t.dep[m.place] == "appos" and _explains(m, heads.get(t.head[m.place])))]
    if view.number == "Plur" or cue.kind != "verb":
        members = {m.head for first in out for m in coordinated(actors, first, plural=True)[1:]}
        out = [m for m in out if m.head not in members]
    return out


def _explains(apposed: SpeakerMention, head: str | None) -> bool:
    """Whether an apposition only explains a phrase of that sort: two persons side by side are two persons."""
    people = ("name-person", "role")
    return head is not None and not (head in people and apposed.sort in people)


def mention_at(actors: Actors, i: int) -> SpeakerMention | None:
    t = actors.tokens
    base = t.dep[i].split(":", 1)[0]
    pos = t.pos[i]
    k = actors.name_at[i]
    if k >= 0:
        name = actors.names[k]
        if any(name.first <= t.head[j] <= name.last and t.head[j] != j for j in (i,)) or (
            i != name.first and any(not name.first <= t.head[j] <= name.last for j in range(name.first, i))
        ):
            return None
        if name.first in actors.role_of_name:
            return None  # the role noun stands for both
        first, last = noun_phrase(t, actors.words, i)
        first, last = min(first, name.first), max(last, name.last)
        place = i
        while t.head[place] < min(place, name.first) and _only_titles(actors, t.head[place], name.first):
            place = t.head[place]
            first = min(first, noun_phrase(t, actors.words, place)[0])
        return SpeakerMention(i, first, last, sort_of(actors, i), place)
    role = actors.role_at.get(i)
    if role is not None:
        if role.name[0] < i:
            return None  # the name before it speaks
        first, last = noun_phrase(t, actors.words, i)
        head = phrase_head(t, *role.name)
        place = head if _depth(t, head) < _depth(t, i) else i
        return SpeakerMention(i, first, last if role.by_comma else role.name[1], "role", place)
    if i + 1 < t.n and actors.name_at[i + 1] >= 0 and _only_titles(actors, i, i + 1):
        return None  # the name speaks
    if base in _INNER or pos in ("ADJ", "DET", "NUM", "X"):
        class_ = actors.words.classes.get(t.form[i], "")
        headed = base in ("nsubj", "obl", "nmod") and pos in ("ADJ", "DET", "NUM", "X")
        if not (headed or (class_ == "pronoun" and base not in ("det", "amod"))):
            return None
    if actors.words.classes.get(t.form[i]) == "no_source":
        return None
    if pos == "PRON":
        if t.morph[i].get("Clitic") == "Yes" or sort_of(actors, i) in ("relative", "no_source"):
            return None
        if any(t.dep[c] == "nmod" for c in t.children[i]):  # "uno dei passeggeri"
            return SpeakerMention(i, *noun_phrase(t, actors.words, i), "partitive", i)
        return SpeakerMention(i, i, i, sort_of(actors, i), i)
    sort = sort_of(actors, i)
    if sort in ("time", "abstract"):
        return None
    first, last = noun_phrase(t, actors.words, i)
    if last + 1 < t.n and sort in ("organization", "document", "person") and t.sent[last + 1] == t.sent[i]:
        k = actors.name_at[last + 1]
        if k >= 0 and actors.names[k].first == last + 1:
            last = actors.names[k].last  # a title before its name: "la tv sudcoreana Chosun"
    return SpeakerMention(i, first, last, sort, i)


def _only_titles(actors: Actors, first: int, end: int) -> bool:
    """Whether all tokens before a name's first one are titles, adjectives or stops ("lo stesso", "il prof .")."""
    t, words = actors.tokens, actors.words
    return end - first <= 3 and all(
        t.form[j] in words.titles or words.classes.get(t.form[j]) == "same" or t.form[j] == "."
        for j in range(first, end)
    )


def _depth(t: Tokens, i: int) -> int:
    """Steps from a token up to its root."""
    steps = 0
    while t.head[i] != i and steps < 60:
        i = t.head[i]
        steps += 1
    return steps


def coordinated(actors: Actors, mention: SpeakerMention, *, plural: bool) -> list[SpeakerMention]:
    """The phrases that speak together, the mention first; only itself where it is alone."""
    t, out, joined = actors.tokens, [mention], False
    if not plural:
        return out
    for c in t.children[mention.place]:
        if t.dep[c] != "conj" or t.pos[c] not in ("NOUN", "PROPN") or c < mention.head:
            continue
        first, last = noun_phrase(t, actors.words, c)
        k = actors.name_at[c]
        if k >= 0:
            first, last = min(first, actors.names[k].first), max(last, actors.names[k].last)
        role = actors.role_at.get(c)
        if role is not None and not role.by_comma:
            last = max(last, role.name[1])
        between = t.form[out[-1].last + 1 : first]
        if (
            first <= out[-1].last
            or len(between) > 3
            or any(t.pos[j] not in ("CCONJ", "PUNCT", "ADP", "DET", "ADV") for j in range(out[-1].last + 1, first))
        ):
            break
        joined = any(actors.words.classes.get(t.form[j]) == "and" for j in range(out[-1].last + 1, first))
        out.append(SpeakerMention(c, first, last, "member", c))
    return out if joined else out[:1]


def _bucket(n: int) -> str:
    return str(n) if n < 3 else "3-5" if n < 6 else "6-11" if n < 12 else "12+"


def mention_features(actors: Actors, view: CueView, mentions: Sequence[SpeakerMention], n: int) -> list[str]:
    """Named binary features of the candidate ``mentions[n]``."""
    t, cue, m = view.t, view.cue, mentions[n]
    h, i = cue.head, m.place
    kind = cue.kind
    path = view.path(i)
    dep = t.dep[i]
    sort = m.sort
    case = next((t.lemma[c].split(" ", 1)[0] for c in t.children[i] if t.dep[c] == "case"), "-")
    if case == "-" and m.first > 0 and t.pos[m.first - 1] == "ADP" and t.sent[m.first - 1] == t.sent[i]:
        case = t.lemma[m.first - 1].split(" ", 1)[0]
    before = i < cue.first
    gap = cue.first - m.last - 1 if before else m.first - cue.last - 1
    side = "l" if before else "r"
    low, high = (m.last + 1, cue.first) if before else (cue.last + 1, m.first)
    verbs = sum([t.pos[j] == "VERB" for j in range(low, high)]) if high - low < 40 else 9
    number = actors.words.agreement(t, min(m.first, i), i)[1]
    agrees = "?" if not (number and view.number) else "=" if number == view.number else "≠"
    voice = "pass" if view.passive else "act"
    where = view.where
    across = any(low <= t.at(a) < high for a, _ in view.content)
    candidates = sum([low <= o.head < high for o in mentions])
    animate = _ANIMATE.get(sort, "animate" if sort.startswith("name") else "other")
    f = [
        f"path={kind}:{path}", f"path-voice={path}:{voice}", f"path-sort={path}:{sort}", f"dep={kind}:{dep}:{voice}",
        f"sort={kind}:{sort}", f"case={kind}:{case}:{side}", f"case-voice={case}:{voice}", f"case-sort={case}:{sort}",
        f"gap={kind}:{side}:{_bucket(max(gap, 0))}", f"verbs={kind}:{side}:{min(verbs, 4)}",
        f"between={side}:{min(candidates, 4)}", f"agrees={kind}:{agrees}", f"agrees-dep={dep}:{agrees}", f"number-dep={view.number}:{dep}:{number}",
        f"across={side}:{across}", f"case-gap={kind}:{case}:{_bucket(max(gap, 0))}",
    ]  # fmt: skip
    f += [f"content={where}:{kind}:{dep}:{side}", f"content-gap={where}:{kind}:{side}:{_bucket(max(gap, 0))}"]
    form = t.morph[h].get("VerbForm", "")
    if kind != "none":
        f += [f"lemma-dep={cue.lemma}:{dep}:{side}", f"lemma-case={cue.lemma}:{case}:{side}"]
    if kind == "verb":
        f += [
            f"form-dep={form}:{dep}:{side}:{min(verbs, 2)}",
            f"form-path={form}:{path}",
            f"form-gap={form}:{side}:{animate}:{n == 0}",
        ]
        f.append(f"form-content={form}:{where}:{dep}:{side}:{animate}")
        f.append(f"unit={form}:{side}:{t.sent[i] == t.sent[h]}:{animate}:{case}:{subject_rank(t, mentions, n)}")
        class_ = actors.words.cue_classes.get(cue.lemma, "-")
        f += [f"class-dep={class_}:{dep}:{voice}:{side}", f"class-case={class_}:{case}:{voice}"]
    if any(actors.words.classes.get(t.form[j]) == "possessive" for j in range(m.first, m.head)):
        f += [f"possessive={kind}:{sort}", f"possessive={kind}:{dep}"]
    if kind == "verb" and dep.startswith("nsubj"):
        f.append(f"subject-of={'cue' if t.head[i] == h else 'chain' if t.head[i] in view.depth else 'other'}:{voice}")
    if t.quote[i] >= 0 and t.quote[h] != t.quote[i]:
        f.append("in-quote")
    if i in view.depth:
        f.append(f"governs={kind}:{t.dep[h]}:{sort}")
    if t.sent[i] != t.sent[h]:
        f.append(f"sentence-before={sort}:{n == len(mentions) - 1}")
    if n == 0:
        f.append(f"first={kind}:{sort}")
    f.append(f"shape={kind}:{side}:{case}:{_bucket(max(gap, 0))}:{min(verbs, 1)}:{animate}")
    f.append(f"slot={kind}:{where}:{side}:{case}:{_bucket(max(gap, 0))}:{min(verbs, 1)}:{animate}")
    if t.lemma[m.head] in actors.words.speech:
        f.append(f"speech={kind}:{dep}:{side}:{sort}")
    if view.controller >= 0:
        if i == view.controller:
            f += [f"controller={kind}:{voice}", f"controller-steps={kind}:{min(view.steps, 3)}:{voice}",
                  f"controller-sort={kind}:{voice}:{sort}"]  # fmt: skip
        else:
            f.append(f"not-controller={kind}:{voice}:{side}")
    if view.relative >= 0:
        between = t.pos[m.last + 1 : view.relative] if m.last < view.relative else ["VERB"]
        close = len(between) <= 2 and all(p in ("PUNCT", "DET") for p in between)
        f.append(f"relative={close}:{side}")
        if close:
            f.append(f"relative-sort={sort}")
    if view.spoken == m.head:
        f += [f"spoke={kind}", f"spoke-dep={t.dep[h]}", "spoke-form=" + t.morph[h].get("VerbForm", "")]
    elif view.spoken >= 0:
        f.append(f"other-spoke={kind}:{i > view.spoken}")
    nearer = [o for o in mentions if (o.head < cue.first) == before and abs(o.head - h) < abs(i - h)]
    people = sum([not o.sort.startswith(("noun", "other", "name-place", "doc")) for o in nearer])
    f.append(f"near={kind}:{side}:{min(people, 3)}:{sort}")
    if dep.startswith("nsubj"):
        subjects = sum([t.dep[o.head].startswith("nsubj") for o in nearer])
        f.append(f"near-subject={kind}:{side}:{min(subjects, 2)}:{min(verbs, 2)}")
    if dep == "appos":
        f.append(f"appos={sort}")
    parent = t.head[i]
    if parent != i and any(o.head == parent for o in mentions):
        f.append(f"inside={dep}:{sort}")
    if any(o.first <= m.first and m.last <= o.last and o is not m for o in mentions):
        f.append(f"within={sort}")
    if t.pos[m.first] == "PUNCT":
        f.append("begins-with-mark")
    if m.last + 1 < t.n and t.form[m.last + 1] == ":":
        f.append(f"colon-follows={sort}")
    if t.evidence is not None:
        phrase = (m.first, m.last)
        by_content = bucket(odds(t.evidence.named(view.parts, phrase)))
        by_cue = bucket(odds(t.evidence.named(((cue.first, cue.last),), phrase)))
        tagged = bucket(t.evidence.speaker(phrase), 2)
        f += [f"read-named={by_content}", f"read-named-cue={kind}:{by_cue}", f"read-speaker={tagged}",
              f"read-both={bucket(by_content, 2)}:{tagged}"]  # fmt: skip
    others = [(o.first, o.last) for k, o in enumerate(mentions) if k != n]
    return f + act_features.of_mention(view.act, (m.first, m.last), kind, others)


def subject_rank(t: Tokens, mentions: Sequence[SpeakerMention], n: int) -> str:
    """Whether a mention is the first, second or a later subject of its sentence, or none."""
    if not t.dep[mentions[n].place].startswith("nsubj"):
        return "none"
    return str(min(2, sum(t.dep[o.place].startswith("nsubj") for o in mentions[:n])))


def null_features(view: CueView, mentions: Sequence[SpeakerMention], *, previous: bool) -> list[str]:
    """Named binary features of saying that nobody in the sentence is named as the speaker."""
    t, cue = view.t, view.cue
    h, kind = cue.head, view.cue.kind
    subjects = [c for c in t.children[h] if t.dep[c].startswith("nsubj")]
    chained = any(t.dep[c].startswith("nsubj") for n in view.chain[1:4] for c in t.children[n])
    voice = "pass" if view.passive else "act"
    start = t.sentences[t.sent[h]][0]
    lead = "".join(
        "c" if any(a <= t.start[j] < b for a, b in view.content) else "w" for j in range(start, cue.first)[:3]
    )
    impersonal = any(t.dep[c].startswith("expl") for c in t.children[h])
    sorts = {m.place: m.sort.split("-", 1)[0] for m in mentions}
    subject = sorts.get(subjects[0], "other") if subjects else "none"
    m = t.morph[h]
    after = t.pos[cue.last + 1] if cue.last + 1 < t.n and t.sent[cue.last + 1] == t.sent[h] else "end"
    before = t.pos[cue.first - 1] if cue.first > start else "start"
    return [
        f"null-content={kind}:{view.where}:{view.number}", f"null-content-controller={view.where}:{view.controller >= 0}",
        f"null-after={kind}:{after}", f"null-before={kind}:{before}", f"null-around={kind}:{before}:{after}",
        f"null={kind}:{voice}", f"null-subject={kind}:{subject}:{voice}", f"null-chain={kind}:{chained}:{bool(subjects)}",
        f"null-lead={kind}:{lead[:1] or 'start'}", f"null-expl={impersonal}", f"null-number={kind}:{view.number}",
        f"null-person={kind}:{view.person}",
        f"null-candidates={kind}:{min(len(mentions), 5)}", f"null-form={m.get('VerbForm', '')}:{t.dep[h]}",
        f"null-previous={kind}:{previous}", f"null-relative={kind}:{view.relative >= 0}",
        f"null-controller={kind}:{voice}:{min(view.steps, 3) if view.controller >= 0 else 'none'}",
        f"null-controller-sort={kind}:{voice}:{sorts.get(view.controller, 'none')}",
        f"null-spoken={kind}:{view.spoken >= 0}:{t.dep[h]}", *_read_as_null(view),
    ]  # fmt: skip


def _read_as_null(view: CueView) -> list[str]:
    """What an encoder thinks of a statement whose speaker is not named beside it."""
    if view.t.evidence is None:
        return []
    by_content = bucket(odds(view.t.evidence.unnamed(view.parts)))
    by_cue = bucket(odds(view.t.evidence.unnamed(((view.cue.first, view.cue.last),))))
    look = act_features.of_nobody(view.act, view.cue.kind)
    return [f"null-read={by_content}", f"null-read-cue={view.cue.kind}:{by_cue}", *look]
