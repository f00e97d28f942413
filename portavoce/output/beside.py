"""What people decided and the actors that they added: in files beside a graph, or inside of a corpus."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from portavoce.output.files import write_atomically
from portavoce.output.formats import is_corpus, open_corpus

if TYPE_CHECKING:
    from portavoce.graph.judgements import Judgement, Judgements
    from portavoce.graph.resolve import Gazetteer


def gazetteer_beside(path: str | os.PathLike[str]) -> Gazetteer:
    """The package's gazetteer, with the entries that `keep_gazetteer` put beside a graph, or into a corpus."""
    from portavoce.graph.resolve import Gazetteer

    if is_corpus(path):
        with open_corpus(path) as corpus:
            return corpus.gazetteer()

    own = _beside(path, "gazetteer.jsonl")
    return Gazetteer.read([str(own)] if own.exists() else [])


def keep_gazetteer(path: str | os.PathLike[str], gazetteer: Gazetteer) -> None:
    """Keep the user's own entries beside a graph, so that they count whenever it is read."""
    own = [entry.to_json() for entry in gazetteer.entries if entry.own]
    if own and os.fspath(path) != "-":
        with write_atomically(_beside(path, "gazetteer.jsonl")) as stream:
            for entry in own:
                stream.write(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE))


def judgements_beside(path: str | os.PathLike[str]) -> Judgements:
    """The log of people's decisions that stands beside a graph, empty where there is none."""
    from portavoce.graph.judgements import Judgements, log_beside

    if is_corpus(path):
        with open_corpus(path) as corpus:
            return corpus.judgements()
    return Judgements.read(log_beside(path))


def judge(path: str | os.PathLike[str], judgement: Judgement) -> None:
    """Add a line to the log beside a graph, or to that of a corpus."""
    if is_corpus(path):
        with open_corpus(path) as corpus:
            corpus.judge(judgement)
        return
    from portavoce.graph.judgements import append, log_beside

    append(log_beside(path), judgement)


def log_of(path: str | os.PathLike[str]) -> str:
    """Where the decisions about a graph stand, for people."""
    from portavoce.graph.judgements import log_beside

    return os.fspath(path) if is_corpus(path) else os.fspath(log_beside(path))


def keep_judgements(path: str | os.PathLike[str], judgements: Judgements) -> None:
    """Add to the log beside a graph the lines that it lacks, so that they count whenever the graph is read."""
    from portavoce.graph.judgements import append, log_beside

    if os.fspath(path) == "-":
        return
    known = {line.id for line in judgements_beside(path).lines}
    for line in judgements.lines:
        if line.id not in known:
            append(log_beside(path), line)
            known.add(line.id)


def carry(source: str | os.PathLike[str], target: str | os.PathLike[str]) -> None:
    """Keep the gazetteer and the judgements that stand beside one graph beside another made from it, too."""
    own = _beside(source, "gazetteer.jsonl")
    if (is_corpus(source) or own.exists()) and own != _beside(target, "gazetteer.jsonl"):
        keep_gazetteer(target, gazetteer_beside(source))
    keep_judgements(target, judgements_beside(source))


def _beside(path: str | os.PathLike[str], suffix: str) -> Path:
    graph = Path(path)
    return graph.with_name(f"{graph.stem}.{suffix}")
