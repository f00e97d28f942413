"""Attributions made by hand, and the speakers found of them with the packaged weights."""

from __future__ import annotations

from dataclasses import replace

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.acts import Attribution, Cue
from portavoce.extract.speakers import Ranking, find_speakers


def said(t, cue, content, *, kind="verb", nth=0):
    """The attribution of ``content`` (words of the text) to the cue that is written ``cue``."""
    start = t.text.index(content)
    if cue is None:
        head = t.at(start)
        return Attribution(Cue("none", head, head, head, ""), ((start, start + len(content)),), "direct", "test", 1.0)
    words = cue.lower().split()
    firsts = [i for i in range(t.n) if t.form[i : i + len(words)] == words]
    first = firsts[nth]
    last = first + len(words) - 1
    head = first if kind == "prep" else last
    return Attribution(
        Cue(kind, head, first, last, t.lemma[head]), ((start, start + len(content)),), "indirect", "test", 1.0
    )


def speakers(t, *attributions, ranking=None):
    """The likeliest speakers, however unsure: the threshold is another matter."""
    actors = Actors(t)
    ranking = ranking or replace(Ranking.load("it"), threshold=0.0)
    found = find_speakers(t, actors, attributions, ranking=ranking)
    return [(t.text[slice(*s.span)] if s.span else None, s.name) for s in found]


ANNA = """
    Anna Anna PROPN 4 nsubj Gender=Fem|Number=Sing B-PER
    Ferri Ferri PROPN 1 flat:name I-PER
    ha avere AUX 4 aux Number=Sing|Person=3|VerbForm=Fin|Mood=Ind
    detto dire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part|Tense=Past
    che che SCONJ 7 mark
    la il DET 7 det Definite=Def|Number=Sing
    diga diga NOUN 8 nsubj Gender=Fem|Number=Sing
    regge reggere VERB 4 ccomp Number=Sing|Person=3|VerbForm=Fin
    . . PUNCT 4 punct
"""
