"""Which phrases of a sentence may name the speaker of a cue, and which of them speak together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.actors.noun_phrases import noun_phrase, phrase_head
from portavoce.extract.speakers.cue_view import CueView
from portavoce.extract.tokens import Tokens

_INNER = frozenset({"flat", "compound", "fixed"})
"""Relations of the words inside of a name or a fixed phrase."""
_SOURCES = frozenset({"NOUN", "PROPN", "PRON", "X", "ADJ", "DET", "NUM"})
_BEFORE, _AFTER = 90, 60
"""Tokens before and after a cue in which a speaker is looked for: a sentence of any length takes bounded time."""
_STAND_INS = frozenset({"ADJ", "DET", "NUM", "X"})
"""Parts of speech that stand in the place of a noun now and then ("i verdi", "molti")."""
_HOLDERS = frozenset({"role", "person", "group", "organization"})
"""Sorts of phrase in which no other phrase speaks: not the party in "il presidente del partito"."""


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
        low, high = max(a, cue.head - _BEFORE), min(b, cue.head + _AFTER)
        for i in range(low, high):
            if t.pos[i] not in _SOURCES or cue.first <= i <= cue.last:
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


def name_before_colon(actors: Actors, view: CueView) -> SpeakerMention | None:
    """A person's full name right before the colon that opens a quote without any other cue: "e quello di Anna Ferri: «…»"."""
    t, colon = actors.tokens, view.parts[0][0] - 1
    while colon > 0 and not t.form[colon].isalnum() and t.form[colon] != ":":
        colon -= 1
    if view.cue.kind != "none" or colon < 1 or t.form[colon] != ":" or actors.name_at[colon - 1] < 0:
        return None
    name, index = actors.names[actors.name_at[colon - 1]], actors.actor_at.get(colon - 1)
    if index is None or actors.actors[index].kind != "person" or len(name.words) < 2 or name.last != colon - 1:
        return None
    head = phrase_head(t, name.first, name.last)
    return SpeakerMention(head, name.first, name.last, "name-person", head)


def _explains(apposed: SpeakerMention, head: str | None) -> bool:
    """Whether an apposition only explains a phrase of that sort: two persons side by side are two persons."""
    people = ("name-person", "role")
    return head is not None and not (head in people and apposed.sort in people)


def mention_at(actors: Actors, i: int) -> SpeakerMention | None:
    """The phrase whose head is the word at ``i``; None where another word stands for it or nobody can speak there."""
    t = actors.tokens
    if actors.name_at[i] >= 0:
        return _name_mention(actors, i)
    if i in actors.role_at:
        return _role_mention(actors, i)
    if i + 1 < t.n and actors.name_at[i + 1] >= 0 and _only_titles(actors, i, i + 1) and _may_have_title(actors, i + 1):
        return None  # the name speaks
    if not _heads_phrase(actors, i) or actors.words.classes.get(t.form[i]) == "no_source":
        return None
    sort = sort_of(actors, i)
    if t.pos[i] == "PRON":
        if t.morph[i].get("Clitic") == "Yes" or sort in ("relative", "no_source"):
            return None
        if any(t.dep[c] == "nmod" for c in t.children[i]):  # "uno dei passeggeri"
            return SpeakerMention(i, *noun_phrase(t, actors.words, i), "partitive", i)
        return SpeakerMention(i, i, i, sort, i)
    if sort in ("time", "abstract"):
        return None
    first, last = noun_phrase(t, actors.words, i)
    if last + 1 < t.n and sort in ("organization", "document", "person") and t.sent[last + 1] == t.sent[i]:
        k = actors.name_at[last + 1]
        if k >= 0 and actors.names[k].first == last + 1:
            last = actors.names[k].last  # a title before its name: "la tv sudcoreana Chosun"
    return SpeakerMention(i, first, last, sort, i)


def _name_mention(actors: Actors, i: int) -> SpeakerMention | None:
    """The phrase around a name, at the head of the name; None where the role noun before it stands for both."""
    t = actors.tokens
    name = actors.names[actors.name_at[i]]
    below_another = name.first <= t.head[i] <= name.last and t.head[i] != i
    if below_another or (
        i != name.first and any(not name.first <= t.head[j] <= name.last for j in range(name.first, i))
    ):
        return None
    if name.first in actors.role_of_name:
        return None
    first, last = noun_phrase(t, actors.words, i)
    first, last = min(first, name.first), max(last, name.last)
    place = i
    titled = _may_have_title(actors, name.first)
    while titled and t.head[place] < min(place, name.first) and _only_titles(actors, t.head[place], name.first):
        place = t.head[place]
        first = min(first, noun_phrase(t, actors.words, place)[0])
    return SpeakerMention(i, first, last, sort_of(actors, i), place)


def _role_mention(actors: Actors, i: int) -> SpeakerMention | None:
    """The phrase of a role noun and its name; None where the name stands before the noun and speaks itself."""
    t, role = actors.tokens, actors.role_at[i]
    if role.name[0] < i:
        return None
    first, last = noun_phrase(t, actors.words, i)
    head = phrase_head(t, *role.name)
    place = head if _depth(t, head) < _depth(t, i) else i
    return SpeakerMention(i, first, last if role.by_comma else role.name[1], "role", place)


def _heads_phrase(actors: Actors, i: int) -> bool:
    """Whether a word heads a phrase of its own: a noun or pronoun, or another word in the place of one."""
    t = actors.tokens
    base, pos = t.dep[i].split(":", 1)[0], t.pos[i]
    if base not in _INNER and pos not in _STAND_INS:
        return True
    if base in ("nsubj", "obl", "nmod") and pos in _STAND_INS:
        return True
    return actors.words.classes.get(t.form[i]) == "pronoun" and base not in ("det", "amod")


def _only_titles(actors: Actors, first: int, end: int) -> bool:
    """Whether all tokens before a name's first one are titles, adjectives or stops ("lo stesso", "il prof .")."""
    t, words = actors.tokens, actors.words
    return end - first <= 3 and all(
        t.form[j] in words.titles or words.classes.get(t.form[j]) == "same" or t.form[j] == "."
        for j in range(first, end)
    )


def _may_have_title(actors: Actors, i: int) -> bool:
    """Whether the name at a token is that of a person or of something unknown: "la senatrice Pd" is no party."""
    index = actors.actor_at.get(i)
    return index is None or actors.actors[index].kind in ("person", "unknown")


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
