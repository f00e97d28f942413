"""The commands by which people decide who is who; every decision is a line of a log beside the graph."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from portavoce.cli import tables
from portavoce.cli.helping import example

if TYPE_CHECKING:
    import networkx as nx

    from portavoce.graph.judgements import Judgement, Verdict
    from portavoce.graph.review import Proposal, Side

graph_argument = click.argument("graph", type=click.Path(exists=True, dir_okay=False))
by_option = click.option("--by", metavar="NAME", help="Who decides.  [default: the name of the user of this machine]")
note_option = click.option("--note", default="", metavar="WORDS", help="Why, for those who read the log.")


@click.command()
@graph_argument
@by_option
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="At most N pairs."
)
@click.option("--json", "as_json", is_flag=True, help="List the pairs as JSON lines and ask nothing.")
@click.option("--log", "show_log", is_flag=True, help="List the decisions made so far and ask nothing.")
@click.option("--undo", metavar="ID", help="Take back the decision with this id ('last': the latest) and ask nothing.")
@example(
    "portavoce review news.jsonl --limit 10 --by anna",
    "portavoce review news.jsonl --undo last",
)
def review(graph: str, *, by: str | None, limit: int, as_json: bool, show_log: bool, undo: str | None) -> None:
    """Decide about pairs of actors that may be one.

    The pairs on which most hangs come first, each with its score and the features that it is made of. Answer y (the same), n
    (different), u (nobody can tell), s (later) or q (enough). Each answer is written at once to NAME.judgements.jsonl beside
    the graph (a .db keeps them itself), so that a review goes on where it stopped. A decision wins over every score, in this graph and whenever it is built again.
    """
    from portavoce.graph.review import VERDICTS, proposals
    from portavoce.output import read
    from portavoce.output.beside import gazetteer_beside, judge, judgements_beside, log_of

    judgements = judgements_beside(graph)
    if show_log:
        _print_log(judgements)
        return
    if undo is not None:
        for line in _to_undo(judgements, undo):
            judge(graph, _undoing(line, by))
            click.echo(f"taken back: {line.left} and {line.right} are {line.verdict}")
        _write_again(graph)
        return
    pairs = proposals(read(graph), gazetteer=gazetteer_beside(graph), judgements=judgements)[:limit]
    if as_json:
        for pair in pairs:
            click.echo(json.dumps(asdict(pair), ensure_ascii=False))
        return
    made = 0
    for n, pair in enumerate(pairs, start=1):
        _print_pair(n, len(pairs), pair)
        answer = click.prompt("the same?", type=click.Choice(["y", "n", "u", "s", "q"]), default="s", show_choices=True)
        if answer == "q":
            break
        if answer in VERDICTS:
            judge(graph, _judgement(pair.left.form, pair.right.form, VERDICTS[answer], by=by))
            made += 1
    click.echo(f"{made} decision{'s' * (made != 1)} in {log_of(graph)}" if pairs else "there is nothing to decide")
    if made:
        _write_again(graph)


@click.command()
@graph_argument
@click.argument("actor")
@click.argument("other")
@by_option
@note_option
@example(
    'portavoce merge news.jsonl "AC Milan" Milan',
)
def merge(graph: str, actor: str, other: str, *, by: str | None, note: str) -> None:
    """Decide that two actors are one.

    ACTOR and OTHER are names or ids, as 'portavoce actors' lists them. The decision goes to NAME.judgements.jsonl beside the
    graph; 'portavoce review GRAPH --undo last' takes it back.
    """
    from portavoce.graph.review import pairs_to_join
    from portavoce.output import read

    _decide(graph, pairs_to_join(read(graph), actor, other), "same", by=by, note=note)


@click.command()
@graph_argument
@click.argument("actor")
@click.option(
    "--name", "names", multiple=True, metavar="NAME", help="What articles call by this name is another actor."
)
@click.option("--article", "articles", multiple=True, metavar="ID", help="Whom this article means is another actor.")
@by_option
@note_option
@example(
    'portavoce split news.jsonl "Forza Italia" --article 1994-03-28-elezioni',
    'portavoce split news.jsonl "Luca Ferri" --name "Luca Ferri junior"',
)
def split(
    graph: str, actor: str, *, names: tuple[str, ...], articles: tuple[str, ...], by: str | None, note: str
) -> None:
    """Decide that an actor is two.

    --name and --article say what is taken out of ACTOR; both may be given several times. The decision goes to
    NAME.judgements.jsonl beside the graph; 'portavoce review GRAPH --undo last' takes it back.
    """
    from portavoce.graph.review import pairs_to_part
    from portavoce.output import read

    _decide(graph, pairs_to_part(read(graph), actor, names=names, articles=articles), "different", by=by, note=note)


def _decide(graph: str, pairs: Iterable[tuple[str, str]], verdict: Verdict, *, by: str | None, note: str) -> None:
    from portavoce.output.beside import judge, log_of

    now = _now()
    for left, right in pairs:
        line = _judgement(left, right, verdict, by=by, when=now, note=note)
        judge(graph, line)
        click.echo(f"{left} and {right} are {verdict}: decision {line.id} in {log_of(graph)}")
    _write_again(graph)


def _write_again(graph: str) -> None:
    """The graph with all decisions, in the place of the old one."""
    from portavoce.graph.schema import APPEARS
    from portavoce.output import decided, write
    from portavoce.output.formats import is_corpus, open_corpus

    if is_corpus(graph):
        with open_corpus(graph) as corpus:
            corpus.settle()
        return
    found: nx.MultiDiGraph = decided(graph)
    if not any(kind == APPEARS for _, _, kind in found.edges(data="kind")):
        click.echo(f"{graph} stays as it is: of profile core, it no longer tells forms apart; build it again", err=True)
        return
    write(found, graph)


def _judgement(left: str, right: str, verdict: Verdict, *, by: str | None, when: str = "", note: str = "") -> Judgement:
    from portavoce.graph.judgements import Judgement

    return Judgement.of(left, right, verdict, by=by or _user(), when=when or _now(), note=note)


def _undoing(line: Judgement, by: str | None) -> Judgement:
    from portavoce.graph.judgements import Judgement

    return Judgement.undoing(line.id, by=by or _user(), when=_now())


def _to_undo(judgements: Iterable[Judgement], id_: str) -> list[Judgement]:
    """The decision with an id, or all lines of the latest one."""
    standing = sorted(judgements, key=lambda line: (line.when, line.id))
    if id_ == "last":
        found = [line for line in standing if line.when == standing[-1].when]
    else:
        found = [line for line in standing if line.id.startswith(id_)]
    if not found or (id_ != "last" and len(found) > 1):
        raise click.ClickException(f"no one decision that stands is meant by {id_!r}; --log lists them")
    return found


def _print_log(judgements: Iterable[Judgement]) -> None:
    rows = [(j.id, j.when, j.by, j.verdict, j.left, j.right, j.note) for j in judgements]
    tables.print_table(("id", "when", "by", "verdict", "one", "other", "note"), rows, long="note")


def _print_pair(n: int, of: int, pair: Proposal) -> None:
    click.echo(
        click.style(f"\n{n} of {of}: {tables.visible(pair.left.name)} – {tables.visible(pair.right.name)}", bold=True)
    )
    click.echo(f"  score {pair.score}: {pair.features}")
    for side in (pair.left, pair.right):
        _print_side(side)


def _print_side(side: Side) -> None:
    names = ", ".join(tables.visible(name) for name in side.names)
    roles = f"; {tables.visible(tables.some_of(side.roles))}" if side.roles else ""
    known = f"; {side.wikidata}" if side.wikidata else ""
    click.echo(f"  {names}: {side.articles} article{'s' * (side.articles != 1)}{roles}{known}")
    for words in side.examples:
        click.echo(f"      “{tables.visible(words)[:100]}”")


def _user() -> str:
    return os.environ.get("USER") or os.environ.get("USERNAME") or "somebody"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
