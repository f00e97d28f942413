#!/usr/bin/env python3
"""Write what pages take from the code: python docs/regenerate.py

The help text of every command into docs/commands.md, between its markers; and docs/rules.md, from the catalogue of rules
and the counts in docs/rules.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from portavoce.cli import main
from portavoce.extract.rules import PARTS, Rule, catalogue

PAGE = Path(__file__).with_name("commands.md")
RULES, COUNTS = PAGE.with_name("rules.md"), PAGE.with_name("rules.json")
WIDTH = 92
FEW = 10  # statements under which a share says little
SHOWN = 5  # statements from which a whole rule is listed
_BLOCK = re.compile(r"(<!-- help: (?P<name>\w+) -->\n).*?(<!-- /help -->)", re.DOTALL)


def help_text(name: str) -> str:
    """What `portavoce NAME --help` prints on a terminal of WIDTH columns; the name `portavoce` is the group itself."""
    parent = click.Context(main, info_name="portavoce", terminal_width=WIDTH, **main.context_settings)
    if name == "portavoce":
        return main.get_help(parent)
    command = main.commands[name]
    return command.get_help(click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH))


def regenerated(page: str) -> str:
    """The page with every help text between its markers as it is now."""
    return _BLOCK.sub(lambda m: f"{m[1]}```text\n{help_text(m['name'])}\n```\n{m[3]}", page)


def documented(page: str) -> list[str]:
    """The commands whose help the page holds, in its order."""
    return [found["name"] for found in _BLOCK.finditer(page)]


HEADS = {
    "cue": "By which cue",
    "order": "On which side of the cue",
    "begins": "Where the content begins",
    "ends": "Where it ends",
    "speaker": "Who speaks",
}


def rules_page(data: Mapping[str, Any]) -> str:
    """The page of all rules with their counts."""
    return "\n".join([*_rules(data), ""])


def _rules(data: Mapping[str, Any]) -> Iterator[str]:
    yield from (
        "# The rules",
        "",
        "Made by `python docs/regenerate.py` from the [catalogue](../portavoce/extract/lang/it/rules.tsv) and from",
        "[counts](rules.json) that `python -m training.rules GOLD PREDICTED --corpus WORDS` makes of predicted records.",
        "",
        "The `rule` of a [statement](record.md), as `verb-cue/after/ccomp…sentence+name`, has five parts: the kind of cue, the side",
        "on which the content stands, how its beginning and its end were found, and how the speaker was. Rules propose; a",
        "[learned choice](extraction.md) decides among what they propose, and a content that several rules propose is named after",
        "the first of them.",
        "",
        f"Counted on {data['corpus']}: {data['articles']} articles, {data['statements']} statements. *Share* is of these; *right*",
        "is the share that is found at .8; *actor* the share whose actor is right, of those found at .5 whose actor is known. A",
        f"rule that is right in less than half of {FEW} statements or more is marked **!**, with the reason why it stays. In the",
        "examples ⟨…⟩ is the speaker and ⟦…⟧ the content.",
    )
    known = catalogue()
    for part in PARTS:
        yield from (
            "",
            f"## {HEADS[part]}",
            "",
            "| rule | | example | share | right | actor |",
            "|---|---|---|---:|---:|---:|",
        )
        for name, counts in data["rules"][part].items():
            yield _rule_row(known[part, name], counts, data["statements"])
    yield from (
        "",
        "## Cue and content together",
        "",
        "| rule | statements | share | right | actor |",
        "|---|---:|---:|---:|---:|",
    )
    rest = 0
    for name, counts in data["rules"]["whole"].items():
        if counts["predicted"] >= SHOWN:
            marked = " **!**" if _seldom_right(counts) else ""
            yield f"| `{name}`{marked} | {counts['predicted']} | {' | '.join(_shares(counts, data['statements']))} |"
        else:
            rest += counts["predicted"]
    yield from ("", f"Rules with fewer than {SHOWN} statements made {rest} more.")


def _rule_row(rule: Rule, counts: Mapping[str, int], total: int) -> str:
    meaning = rule.meaning
    if _seldom_right(counts):
        meaning += f" **!** {rule.why or 'no reason is given: it should go'}"
    elif rule.why:
        meaning += f" ({rule.why})"
    return f"| `{rule.name}` | {meaning} | *{rule.example}* | {' | '.join(_shares(counts, total))} |"


def _seldom_right(counts: Mapping[str, int]) -> bool:
    return counts["predicted"] >= FEW and 2 * counts["found"] < counts["predicted"]


def _shares(counts: Mapping[str, int], total: int) -> tuple[str, str, str]:
    def percent(part: int, whole: int) -> str:
        return f"{100 * part / whole:.1f}" if whole else "–"

    right, actor = percent(counts["found"], counts["predicted"]), percent(counts["actor right"], counts["actor known"])
    return percent(counts["predicted"], total), right, actor


if __name__ == "__main__":
    PAGE.write_text(regenerated(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    RULES.write_text(rules_page(json.loads(COUNTS.read_text(encoding="utf-8"))), encoding="utf-8")
