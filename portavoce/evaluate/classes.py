"""The class of a gold statement: by the way its speaker is given, and by what announces it.

Both are read off the record and its text alone, with lists of Italian words, so that any gold can be broken down.
"""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile
from typing import Literal

from portavoce.records import Statement

SpeakerClass = Literal["name", "nominal", "pronoun", "dropped", "inherited", "none given", "marks alone"]
CueClass = Literal["verb", "noun", "preposition", "colon", "none"]

SPEAKER_CLASSES: tuple[SpeakerClass, ...] = (
    "name", "nominal", "pronoun", "dropped", "inherited", "none given", "marks alone",
)  # fmt: skip
CUE_CLASSES: tuple[CueClass, ...] = ("verb", "noun", "preposition", "colon", "none")

_WORD = re.compile(r"[^\W\d_]+['’]?")
_OPENING_MARKS = " \t\n\r«“”\"„‟'‘‹<–—-"  # between a colon and what it announces

_MARKS = (*"«»“”\"„‟‘’'‹›", "<<", ">>")
_BEFORE_CLOSING = " \t.,;:!?…"  # the stop of a quote is no content
_REACH = 8

_ARTICLES = frozenset("il lo la l' i gli le un uno una un'".split())
_PRONOUNS = frozenset(
    "io tu lui lei egli ella esso essa noi voi loro essi esse costui costei costoro colui colei coloro "
    "chi cui che quale quali questo questa quest' questi queste quello quella quell' quelli quelle quegli "
    "stesso stessa stessi stesse ultimo ultima ultimi ultime primo prima secondo seconda altro altra altri altre "
    "molti molte alcuni alcune tutti tutte pochi poche parecchi parecchie qualcuno qualcuna nessuno nessuna "
    "entrambi entrambe ognuno ciascuno tanti tante vari varie diversi diverse".split()
)
_DETERMINERS = (
    _ARTICLES
    | _PRONOUNS
    | frozenset(
        "dei degli delle quel quei qualche ogni ciascun numerosi numerose due tre quattro cinque sei sette otto nove dieci "
        "mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri nostre vostro vostra vostri vostre".split()
    )
)
_PREPOSITIONS = frozenset(
    "di d' del dello della dell' dei degli delle a ad al allo alla all' ai agli alle da dal dallo dalla dall' dai dagli "
    "dalle in nel nello nella nell' nei negli nelle su sul sullo sulla sull' sui sugli sulle con per tra fra".split()
)
_ENDS_OF_HEAD = _PREPOSITIONS | {"che"}
_COMMON_AT_START = ("group", "document", "unknown")  # "Fonti", "Testimoni": a capital at the beginning names nobody

_SOURCE_PREPOSITIONS = frozenset("secondo stando per così".split())
_SOURCE_PHRASES = frozenset(
    "detta dire giudizio parere avviso opinione quanto bocca voce".split()
)  # a detta, ad avviso
_NOUN_ENDING = re.compile(r"(?:[zs]ion[ei]|[^i]ment[oi]|anz[ae]|ità|gg[io]o?|ism[oi])$")
_NOUNS = frozenset(
    "annuncio annunci appello appelli auspicio augurio battuta battute consiglio consigli comunicato comunicati coro dati "
    "discorso discorsi dispaccio dubbio dubbi frase frasi grido grida giudizio giudizi ipotesi idea impegno invito inviti "
    "lamentela lamentele missiva lettera monito nota notizia notizie ordine ordini parere pareri parola parole plauso "
    "polemica preghiera querela racconto racconti rammarico ricorso rifiuto rimostranze sentenza slogan speranza "
    "striscione tesi teoria testimonianza tweet ultimatum versione voce voci volontà".split()
)
_NOUNS_OR_VERBS = frozenset(
    "accusa accuse avviso commento commenti condanna condanne conferma conferme critica critiche denuncia denunce diffida "
    "domanda domande minaccia minacce offerta offerte pretesa promessa promesse proposta proposte protesta proteste "
    "replica repliche rettifica richiesta richieste risposta risposte scritta scritte scusa scuse smentita "
    "smentite sospetto sospetti stima stime supplica".split()
)
_CLITICS = frozenset("lo gli".split())  # as articles they do not stand before the forms above


def speaker_class(statement: Statement) -> SpeakerClass:
    """How the text gives the speaker of a statement.

    ``name``: by a name, with or without a title (*il sindaco Aldo Ferri*, *Mosca*); ``nominal``: by a description (*il
    sindaco*, *il portavoce del Cremlino*); ``pronoun``: *lei*, *quest'ultimo*, *molti*. Where the text has no speaker
    for it: ``dropped``, a cue whose subject is understood; ``inherited``, a quote without a cue of its own that goes on
    where another stopped; ``none given``, a cue of which nobody can say whose it is (*è stato detto*); ``marks alone``,
    neither cue nor actor.
    """
    if statement.speaker is None:
        if statement.cue is None:
            return "marks alone" if statement.actor is None else "inherited"
        return "none given" if statement.actor is None else "dropped"
    words = _words(statement.speaker.text)
    plain = [_folded(word) for word in words]
    if any(word in _PRONOUNS for word in plain) and all(word in _PRONOUNS or word in _ARTICLES for word in plain):
        return "pronoun"
    own = _capitalised_head(words, statement.actor_kind)
    of_actor = _capitalised_head(_words(statement.actor or ""), statement.actor_kind)
    return "name" if own or of_actor & set(words) else "nominal"


def _words(phrase: str) -> list[str]:
    return _WORD.findall(phrase)


def _folded(word: str) -> str:
    return word.lower().replace("’", "'")


def _capitalised_head(words: list[str], kind: str) -> set[str]:
    """The capitalised words before the first preposition: *il portavoce del Cremlino* has none, *la Casa Bianca* has."""
    bare = list(dropwhile(lambda word: _folded(word) in _DETERMINERS, words))
    head = list(takewhile(lambda word: word[0].isupper() or _folded(word) not in _ENDS_OF_HEAD, bare))
    if kind in _COMMON_AT_START and len(bare) == len(words):
        head = head[1:]
    return {word for word in head if word[0].isupper()}


def cue_class(statement: Statement, text: str) -> CueClass:
    """What announces a statement of this text.

    ``preposition``: the cue begins with *secondo*, *stando*, *per*, *così*, or with *a detta* and its like; ``noun``: its
    first word behind articles and prepositions is a noun of saying, where a form that is a verb as well (*accusa*) counts
    as a noun behind a determiner or a preposition only; ``verb``: any other cue, also a verb with its noun (*ha lanciato
    un appello*). Without a cue: ``colon``, when one stands before the content, or ``none``.
    """
    if statement.cue is None:
        return "colon" if text[: statement.content[0].start].rstrip(_OPENING_MARKS).endswith(":") else "none"
    words = [_folded(word) for word in _words(statement.cue.text)]
    if words and (words[0] in _SOURCE_PREPOSITIONS or _is_source_phrase(words)):
        return "preposition"
    bare = list(dropwhile(lambda word: word in _DETERMINERS or word in _PREPOSITIONS, words))
    if bare and (bare[0] in _NOUNS or _NOUN_ENDING.search(bare[0])):
        return "noun"
    if bare and bare[0] in _NOUNS_OR_VERBS:
        start = statement.cue.start
        before = words[: -len(bare)] or [_folded(word) for word in _words(text[max(0, start - 40) : start])]
        if before and before[-1] in (_DETERMINERS | _PREPOSITIONS) - _CLITICS:
            return "noun"
    return "verb"


def stands_in_marks(statement: Statement, text: str) -> bool:
    """Whether a direct quote stands in marks: one directly before its first span, one behind that span or the last one."""
    first, last = statement.content[0], statement.content[-1]
    if statement.kind != "direct" or not text[: first.start].rstrip(" \t").endswith(_MARKS):
        return False
    return any(text[end : end + _REACH].lstrip(_BEFORE_CLOSING).startswith(_MARKS) for end in (first.end, last.end))


def _is_source_phrase(words: list[str]) -> bool:
    rest = list(dropwhile(lambda word: word in _DETERMINERS, words[1:]))
    return words[0] in ("a", "ad") and bool(rest) and rest[0] in _SOURCE_PHRASES
