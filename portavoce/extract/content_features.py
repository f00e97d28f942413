"""The features by which one content is chosen among the candidates of a cue."""

from __future__ import annotations

from portavoce.extract.attribution import Cue
from portavoce.extract.content import EDGE, MARKS, Candidate, ContentFinder, inner_cue

_CLOSED = frozenset({"ADP", "SCONJ", "CCONJ", "PRON", "DET", "PUNCT"})


def content_features(finder: ContentFinder, cue: Cue, class_: str, c: Candidate) -> list[str]:
    """Named binary features of a candidate content; what the choice model weighs."""
    t = finder.t
    first, last = c.parts[0][0], c.parts[-1][1]
    a, b = t.sentences[t.sent[last]]
    kind = cue.kind
    before = t.form[first - 1] if first else "^"
    nxt = last + 1
    while nxt < t.n and (t.form[nxt] in MARKS or t.form[nxt] in (")", "]")):
        nxt += 1
    after = t.form[nxt] if nxt < t.n and t.para[nxt] == t.para[last] else "¶"
    if after == "," and nxt + 1 < t.n:
        follower = nxt + 1
        closed = t.pos[follower] in ("CCONJ", "SCONJ", "PRON", "ADP", "DET")
        after = f",{t.form[follower] if closed else t.pos[follower] + t.morph[follower].get('VerbForm', '')}"
    elif after == ":":
        after = f":{'«' if nxt + 1 < t.n and t.form[nxt + 1] in MARKS else '-'}"
    elif nxt < t.n and t.pos[nxt] not in ("PUNCT", "CCONJ", "SCONJ", "ADP", "PRON"):
        after = t.pos[nxt]
    order = c.order
    f = [f"{kind}:{order}"]
    for x in c.begins[:3]:
        f += [f"b={kind}:{order}:{x}", f"cb={class_}:{order}:{x}", f"lb={cue.lemma}:{x}"]
    for x in c.ends[:3]:
        f += [f"e={kind}:{order}:{x}", f"be={kind}:{c.begins[0]}:{x}"]
    f.append(f"order={class_}:{order}")
    f.append(f"before={before if t.pos[first - 1] in _CLOSED else t.pos[first - 1]}" if first else "before=^")
    f.append(f"after={after}")
    f.append(
        f"edge={before if before in EDGE or before in finder.particles['introducer'] else '-'}|{after[:1] if after[:1] in ',.;:¶' else after}"
    )
    f.append(f"first={t.pos[first]}:{t.dep[first] if t.pos[first] in ('VERB', 'AUX', 'SCONJ', 'CCONJ') else ''}")
    f.append(f"last={t.pos[last]}")
    n = sum(q - p + 1 for p, q in c.parts)
    size = (
        0
        if n == 1
        else 1
        if n == 2
        else 2
        if n < 5
        else 3
        if n < 9
        else 4
        if n < 16
        else 5
        if n < 28
        else 6
        if n < 50
        else 7
    )
    f += [f"size={kind}:{size}", f"csize={class_}:{order}:{size}"]
    # how well the span is a constituent: words whose head stands outside
    arcs = 0
    finite = verb = False
    other = marks = marked = 0
    inner: set[str] = set()
    top = first
    for p, q in c.parts:
        for k in range(p, q + 1):
            h = t.head[k]
            if (h == k or not any(x <= h <= y for x, y in c.parts)) and t.pos[k] != "PUNCT":
                arcs += 1
                top = k
            if t.pos[k] in ("VERB", "AUX"):
                verb = True
                finite = finite or t.morph[k].get("VerbForm") == "Fin"
            if k in finder.cue_heads and t.quote[k] < 0 and k != cue.head:
                other += 1
                inner.add(inner_cue(t, k, finder.particles["saying"]))
            if t.quote[k] >= 0:
                marked += 1
            elif t.form[k] in MARKS:
                marks += 1
    f.append(f"arcs={min(arcs, 4)}")
    if arcs == 1:
        f.append(f"top={kind}:{t.dep[top]}:{'cue' if t.head[top] == cue.head else 'other'}")
        f.append(f"ctop={class_}:{t.dep[top]}")
    f.append(f"verb={kind}:{verb}:{finite}:{order}")
    f.append(f"class-finite={class_}:{finite}:{c.begins[0]}")
    f.append(f"other-cues={min(other, 3)}:{kind}")
    f += [f"inner={x}:{order}" for x in sorted(inner)]
    share = "all" if marked == n else "some" if marked else "none"
    f.append(f"marked={kind}:{order}:{share}")
    if marked and marked < n:
        cut = t.quote[first] >= 0 and first > 0 and t.quote[first - 1] >= 0
        cut_end = t.quote[last] >= 0 and last + 1 < t.n and t.quote[last + 1] >= 0
        f.append(f"cut={cut}:{cut_end}")
    elif marked:
        f.append(f"cut-inside={first > 0 and t.quote[first - 1] >= 0}:{last + 1 < t.n and t.quote[last + 1] >= 0}")
    elif finder.opens_between(a, b):
        f.append(f"leaves-marks={kind}:{order}")
    rest = max(0, b - 1 - last)
    f.append(f"rest={order}:{0 if rest <= 1 else 1 if rest < 4 else 2 if rest < 9 else 3 if rest < 18 else 4}")
    if nxt + 1 < b and rest > 1:
        k = nxt + 1 if t.pos[nxt] == "PUNCT" else nxt
        while t.head[k] != k and last < t.head[k] < b:
            k = t.head[k]
        inside = any(x <= t.head[k] <= y for x, y in c.parts)
        f.append(f"left-out={t.dep[k]}:{'in' if inside else 'cue' if t.head[k] == cue.head else 'out'}")
    if order == "after":
        gap = first - cue.last
        f.append(f"gap={kind}:{0 if gap <= 1 else 1 if gap == 2 else 2 if gap < 5 else 3 if gap < 9 else 4}")
        if any(t.dep[k].startswith("nsubj") and t.head[k] == cue.head for k in range(first, min(last, first + 12) + 1)):
            f.append("holds-subject")
    elif order == "before":
        gap = cue.first - last
        f.append(f"gap-before={kind}:{0 if gap <= 2 else 1 if gap < 5 else 2 if gap < 10 else 3}")
        f.append(f"other-sentence={t.sent[last] != t.sent[cue.head]}:{class_}")
    return f
