import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from portavoce.cli import main

RECORDS = Path(__file__).parents[1] / "graph" / "records.jsonl"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working folder with records.jsonl: three articles, ten statements."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(RECORDS, tmp_path / "records.jsonl")
    return tmp_path


@pytest.fixture
def run(folder):
    """Run a command in the folder; ``code`` is the exit code that it must end with."""

    def invoke(*args, code=0, stdin=None):
        result = CliRunner().invoke(
            main, [str(a) for a in args], input=stdin, prog_name="portavoce", catch_exceptions=False
        )
        assert result.exit_code == code, result.output
        return result

    return invoke


@pytest.fixture
def ask(run):
    """The JSON lines that a command prints."""
    return lambda *args, **options: [json.loads(line) for line in run(*args, "--json", **options).stdout.splitlines()]


@pytest.fixture
def news(folder):
    """In the working folder news.jsonl: the four articles about a bridge that the documentation asks."""
    shutil.copy(RECORDS.parents[2] / "docs" / "questions.jsonl", folder / "news.jsonl")
    return "news.jsonl"
