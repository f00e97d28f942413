"""The documentation holds: links lead somewhere, every command is described, and examples run as printed."""

import contextlib
import importlib.util
import io
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from portavoce.extract.rules import catalogue

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
RECORD = {
    "id": "ponte",
    "title": "Ponte chiuso",
    "text": "Il sindaco Marco Rinaldi ha detto che il ponte resterà chiuso. «Nessun rischio», ha aggiunto.",
    "language": "it",
    "published": "2024-03-05",
    "statements": [
        {
            "kind": "indirect",
            "content": [{"start": 34, "end": 61, "text": "che il ponte resterà chiuso"}],
            "cue": {"start": 25, "end": 33, "text": "ha detto"},
            "speaker": {"start": 0, "end": 24, "text": "Il sindaco Marco Rinaldi"},
            "actor": "Marco Rinaldi",
            "actor_kind": "person",
            "about": ["ponte"],
            "category": "disaster",
        },
        {
            "kind": "direct",
            "content": [{"start": 64, "end": 78, "text": "Nessun rischio"}],
            "cue": {"start": 81, "end": 92, "text": "ha aggiunto"},
            "actor": "Marco Rinaldi",
            "actor_kind": "person",
        },
    ],
}


def names(path):
    return str(path.relative_to(ROOT))


def links(page):
    """Relative targets of a page's links, outside of code."""
    prose = re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text(encoding="utf-8")))
    targets = re.findall(r"\]\(([^)\s]+)\)", prose)
    return [target for target in targets if not re.match(r"[a-z]+:", target)]


def anchors(page):
    headings = re.findall(r"(?m)^#+ (.+)$", FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_there_are_pages_with_links():
    assert len(PAGES) >= 7
    assert sum(len(links(page)) for page in PAGES) >= 10


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_links_lead_to_files_and_headings_that_exist(page):
    broken = []
    for target in links(page):
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert broken == []


def test_every_page_is_in_the_index():
    listed = {(ROOT / "docs" / target.partition("#")[0]).resolve() for target in links(ROOT / "docs" / "index.md")}
    assert {page for page in PAGES if page.parent.name == "docs" and page.name != "index.md"} <= listed


def test_every_command_is_described():
    from portavoce.cli import main

    described = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert len(main.commands) >= 10
    assert [name for name in main.commands if f"portavoce {name}" not in described] == []
    assert [name for name, command in main.commands.items() if not command.help] == []


def dialogues():
    """(page, blocks of command lines with the answers that the page shows), of the pages that run them."""
    for page in PAGES:
        found = [
            fence["body"]
            for fence in FENCE.finditer(page.read_text(encoding="utf-8"))
            if fence["info"].split() == ["console", "run"]
        ]
        if found:
            yield pytest.param(found, id=names(page))


@pytest.mark.parametrize("blocks", list(dialogues()))
def test_command_lines_print_what_the_page_shows(blocks, tmp_path, monkeypatch):
    """The blocks of a page run in a folder where docs/questions.jsonl is news.jsonl; notes on standard error belong to the answer."""
    from click.testing import CliRunner

    from portavoce.cli import main

    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "docs" / "questions.jsonl", tmp_path / "news.jsonl")
    assert blocks
    for block in blocks:
        printed = ""
        for line in re.findall(r"(?m)^\$ (.*)$", block):
            result = CliRunner().invoke(main, shlex.split(line)[1:], prog_name="portavoce", catch_exceptions=False)
            printed += f"$ {line}\n{result.output}"
        assert printed == block


def examples():
    """(page, runnable blocks with the output that the page shows for each, or None)."""
    for page in PAGES:
        fences = list(FENCE.finditer(page.read_text(encoding="utf-8")))
        blocks = []
        for fence, following in zip(fences, [*fences[1:], None], strict=False):
            if fence["info"].split()[:2] == ["python", "run"]:
                shown = following["body"] if following and following["info"].split() == ["text", "output"] else None
                blocks.append((fence["body"], shown))
        if blocks:
            needs_model = any("extract(" in body or "load_pipeline" in body for body, _ in blocks)
            yield pytest.param(page, blocks, id=names(page), marks=[pytest.mark.model] if needs_model else [])


EXAMPLES = list(examples())


def test_there_are_examples():
    assert sum(len(param.values[1]) for param in EXAMPLES) >= 3


@pytest.mark.parametrize(("page", "blocks"), EXAMPLES)
def test_examples_run_and_print_what_the_page_shows(page, blocks, tmp_path, monkeypatch):
    """The blocks of a page run one after the other in a folder that holds records.jsonl and examples/."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "records.jsonl").write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    shutil.copy(ROOT / "docs" / "questions.jsonl", tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    scope = {"__name__": "__main__"}
    for body, shown in blocks:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(body, str(page), "exec"), scope)
        if shown is not None:
            assert printed.getvalue() == shown


def test_the_page_of_rules_is_what_the_catalogue_and_the_counts_give():
    """After `python -m training.rules …` or a change of the catalogue: `make docs`."""
    spec = importlib.util.spec_from_file_location("regenerate", ROOT / "docs" / "regenerate.py")
    regenerate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(regenerate)
    counts = json.loads(regenerate.COUNTS.read_text(encoding="utf-8"))
    assert regenerate.RULES.read_text(encoding="utf-8") == regenerate.rules_page(counts)
    counted = {(part, name) for part, names in counts["rules"].items() if part != "whole" for name in names}
    assert counted == set(catalogue()), "count anew: the catalogue has other rules than docs/rules.json"


def test_a_changelog_entry_stands_for_the_version():
    import portavoce

    assert f"## {portavoce.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
