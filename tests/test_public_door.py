"""What a user may import is what `__all__` says, and asking for help costs nothing heavy."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import portavoce

DOOR = Path(portavoce.__file__)


def run(code: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)


def test_all_is_what_the_door_imports():
    tree = ast.parse(DOOR.read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("portavoce")
        for alias in node.names
    }
    assert sorted(imported) == portavoce.__all__
    assert len(set(portavoce.__all__)) == len(portavoce.__all__)


@pytest.mark.parametrize("name", portavoce.__all__)
def test_every_public_name_can_be_had_and_says_what_it_is(name):
    value = getattr(portavoce, name)
    assert callable(value)
    assert value.__doc__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'utils'"):
        portavoce.utils  # noqa: B018


@pytest.mark.parametrize("first", ["load_pipeline", "extract", "build_graph", "write"])
def test_names_can_be_asked_for_in_any_order(first):
    """A submodule that is loaded on the way must not hide the function of its name."""
    done = run(
        f"import portavoce\nportavoce.{first}\nprint(all(callable(getattr(portavoce, n)) for n in portavoce.__all__))"
    )
    assert done.stdout.strip() == "True", done.stderr


def test_extract_is_callable_after_its_modules_were_imported():
    done = run("import portavoce, portavoce.extract.read\nprint(list(portavoce.extract([], nlp=None)))")
    assert done.stdout.strip() == "[]", done.stderr


HEAVY = ["spacy", "thinc", "numpy", "networkx", "rdflib", "trafilatura", "py3langid", "charset_normalizer"]


@pytest.mark.parametrize("command", [["--help"], ["--version"], ["extract", "--help"], ["relations", "-h"]])
def test_help_loads_nothing_heavy(command):
    done = run(
        "import sys\n"
        f"sys.argv = ['portavoce', *{command!r}]\n"
        "from portavoce.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    code = end.code\n"
        f"print('loaded:', code, sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    assert done.stdout.strip().endswith("loaded: 0 []"), done.stdout[-300:] + done.stderr[-600:]
