#!/usr/bin/env python3
"""Write the help text of every command into docs/commands.md, between its markers: python docs/regenerate.py"""

from __future__ import annotations

import re
from pathlib import Path

import click

from portavoce.cli import main

PAGE = Path(__file__).with_name("commands.md")
WIDTH = 92
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


if __name__ == "__main__":
    PAGE.write_text(regenerated(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
