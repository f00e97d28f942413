import re
import shlex
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import portavoce
from portavoce.cli import main

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    "extract",
    "build",
    "remove",
    "export",
    "statements",
    "actors",
    "roles",
    "topics",
    "timeline",
    "changes",
    "who",
    "relations",
    "compare",
    "path",
    "neighbours",
    "central",
    "communities",
    "show",
    "report",
    "review",
    "merge",
    "split",
    "evaluate",
)


@pytest.fixture(scope="module")
def regenerate():
    spec = spec_from_file_location("regenerate", ROOT / "docs" / "regenerate.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def examples(command):
    shown = main.commands[command].help.split("Example:\n")[1]
    return [line.strip() for line in shown.splitlines()]


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_the_commands_are_listed_in_the_order_of_work(run, option):
    listed = run(option).stdout.split("Commands:\n")[1]
    assert tuple(line.split()[0] for line in listed.splitlines()) == COMMANDS


def test_the_version(run):
    assert run("--version").stdout == f"portavoce, version {portavoce.__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches_by_examples_whose_options_exist(run, command):
    shown = run(command, "-h").stdout
    assert "Example:\n" in shown
    for line in examples(command):
        for part in re.split(r"[|]", line):
            words = shlex.split(part)
            if words[0] == "portavoce":
                known = {name for p in main.commands[words[1]].params for name in (*p.opts, *p.secondary_opts)}
                assert {w for w in words[2:] if w.startswith("-") and w != "-"} <= known


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_has_a_help_text(command):
    options = [p for p in main.commands[command].params if p.param_type_name == "option"]
    assert [p.name for p in options if not p.help] == []


def test_the_page_of_commands_is_up_to_date(regenerate):
    """When this fails: python docs/regenerate.py"""
    page = regenerate.PAGE.read_text(encoding="utf-8")
    assert regenerate.documented(page) == ["portavoce", *COMMANDS]
    assert regenerate.regenerated(page) == page


def test_a_stale_page_is_seen(regenerate):
    page = regenerate.PAGE.read_text(encoding="utf-8")
    stale = page.replace("List who says what about what.", "List all.")
    assert stale != page
    assert regenerate.regenerated(stale) == page


def test_help_loads_nothing_heavy():
    code = "import sys; from portavoce.cli import main; main(['statements', '-h'], standalone_mode=False); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert "click" in loaded
    assert not {"spacy", "networkx", "rdflib", "numpy", "rich", "trafilatura", "orjson"} & set(loaded)


def test_the_package_runs_as_a_module():
    shown = subprocess.run(
        [sys.executable, "-m", "portavoce", "-h"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    assert shown.startswith("Usage: portavoce [OPTIONS] COMMAND")


def test_an_unknown_command_is_a_wrong_command_line(run):
    assert "No such command 'quote'" in run("quote", code=2).stderr
