"""The house keeps its shape: imports flow one way, libraries stay in their rooms, nothing of one machine gets in."""

import ast
import graphlib
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "portavoce"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A room may import from the rooms of the lines above its own, and from itself.
LAYERS = [
    {"errors"},
    {"ids", "markup"},
    {"records"},
    {"extract"},
    {"graph"},
    {"output", "evaluate", "skos"},
    {"cli"},
    {"__main__"},
]
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}

# A library and the rooms that may know it.
HOMES = {
    "spacy": {"extract"},
    "thinc": {"extract"},
    "rdflib": {"output", "skos"},
    "pyoxigraph": {"output", "skos"},
    "click": {"cli"},
    "rich": {"cli"},
    "trafilatura": {"extract"},
    "jinja2": {"output"},
}


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(tree: ast.Module, path: Path) -> set[str]:
    """The dotted names that a module imports, wherever in it the import stands."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module or "")))
            names.add(module)
            names.update(f"{module}.{alias.name}" for alias in node.names)
    return names


def rooms_imported(path: Path, source: str | None = None) -> set[str]:
    names = imported(ast.parse(source if source is not None else path.read_text(encoding="utf-8")), path)
    parts = [name.split(".") for name in names]
    return {p[1] for p in parts if p[0] == "portavoce" and len(p) > 1 and not p[1].startswith("__version")}


def arrows_back(path: Path, source: str | None = None) -> list[str]:
    here = room_of(path)
    return [
        f"{path.relative_to(ROOT)}: {here} imports {there}"
        for there in sorted(rooms_imported(path, source))
        if there != here and LEVEL.get(there, len(LAYERS)) >= LEVEL[here]
    ]


def libraries_abroad(path: Path, source: str | None = None) -> list[str]:
    names = imported(ast.parse(source if source is not None else path.read_text(encoding="utf-8")), path)
    return [
        f"{path.relative_to(ROOT)}: {library}"
        for library, rooms in HOMES.items()
        if room_of(path) not in rooms and any(name.split(".")[0] == library for name in names)
    ]


def test_every_module_has_a_room_with_a_place_in_the_flow():
    assert len(MODULES) > 15
    rooms = {room_of(path) for path in MODULES} - {"__init__"}
    assert rooms <= set(LEVEL), "give the new room its line in LAYERS"


def test_no_import_points_back():
    assert [arrow for path in MODULES if room_of(path) != "__init__" for arrow in arrows_back(path)] == []


def test_libraries_stay_in_their_rooms():
    assert [line for path in MODULES for line in libraries_abroad(path)] == []


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("records", "from portavoce.graph import build_graph"),
        ("extract/attribution/cues", "def f():\n    from portavoce.output.turtle import write_turtle"),
        ("graph/build", "import portavoce.output"),
        ("graph/build", "from .. import cli"),
        ("output/turtle", "from portavoce.evaluate import score"),
        ("ids", "from portavoce import records"),
    ],
)
def test_an_arrow_back_is_seen(room, source):
    assert len(arrows_back(PACKAGE / f"{room}.py", source)) == 1


@pytest.mark.parametrize(
    ("room", "source"),
    [("graph/build", "import spacy.tokens"), ("cli", "def f():\n    from rdflib.graph import Graph"), ("output/turtle", "import click")],
)  # fmt: skip
def test_a_library_abroad_is_seen(room, source):
    assert len(libraries_abroad(PACKAGE / f"{room}.py", source)) == 1


def arrows_within(folder: Path) -> dict[str, set[str]]:
    """For each module or folder of a room, those beside it that it imports; the room's own door is left out."""
    arrows: dict[str, set[str]] = {}
    depth = len(folder.relative_to(ROOT).parts)
    for path in folder.rglob("*.py"):
        here = path.relative_to(folder).parts[0].removesuffix(".py")
        names = (name.split(".") for name in imported(ast.parse(path.read_text(encoding="utf-8")), path))
        there = {p[depth] for p in names if tuple(p[:depth]) == folder.relative_to(ROOT).parts and len(p) > depth}
        arrows.setdefault(here, set()).update(there - {here})
    arrows.pop("__init__", None)
    return arrows


def test_imports_within_the_extraction_run_in_no_circle():
    arrows = arrows_within(PACKAGE / "extract")
    assert {"actors", "acts"} <= arrows["speakers"]
    order = list(graphlib.TopologicalSorter(arrows).static_order())
    assert order.index("tokens") < order.index("speakers") < order.index("relations") < order.index("statements")


def test_a_circle_of_imports_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    room = tmp_path / "portavoce" / "extract"
    (room / "speakers").mkdir(parents=True)
    (room / "tokens.py").write_text("from portavoce.extract.speakers.history import History", encoding="utf-8")
    (room / "speakers" / "history.py").write_text("from portavoce.extract.tokens import Tokens", encoding="utf-8")
    with pytest.raises(graphlib.CycleError):
        graphlib.TopologicalSorter(arrows_within(room)).prepare()


OTHER_LANGUAGES_TOO = {"leader", "speaker", "authority", "vice", "sig", "portavoce"}


def italian_words() -> set[str]:
    """Nouns, titles, small words and offices of the language's lists, of three letters or more."""
    folder = PACKAGE / "extract" / "lang" / "it"
    words: set[str] = set()
    for file in ("nominals.tsv", "titles.txt", "determiners.tsv", "negations.txt"):
        lines = (folder / file).read_text(encoding="utf-8").splitlines()
        words.update(line.split("\t")[0].lower() for line in lines if line and not line.startswith("#"))
    for office in tomllib.loads((folder / "offices.toml").read_text(encoding="utf-8"))["offices"]:
        words.update(word for phrase in office["words"] for word in phrase.split())
    return {word for word in words if len(word) > 2} - OTHER_LANGUAGES_TOO


def italian_in(source: str, words: set[str]) -> list[str]:
    """The words of a list that stand in a module's strings, docstrings aside."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    told = (word for n in strings if id(n) not in docstrings for word in re.findall(r"[^\W\d_]+", n.value.lower()))
    return [word for word in told if word in words]


def test_no_word_list_stands_in_the_code_of_the_graph():
    words = italian_words()
    assert len(words) > 500
    assert italian_in('A = "ministro|ministra"\nB = frozenset("il lo non".split())', words) == [
        "ministro",
        "ministra",
        "non",
    ]
    rooms = [path for path in MODULES if room_of(path) == "graph"]
    found = {str(path.relative_to(ROOT)): italian_in(path.read_text(encoding="utf-8"), words) for path in rooms}
    assert {path: told for path, told in found.items() if told} == {}


def test_the_package_checks_with_errors_and_leaves_printing_to_the_command_line():
    """Asserts vanish under -O, and a library that prints spoils its user's pipe."""
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assert):
                found.append(f"{path.name}:{node.lineno}: assert")
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id == "print" and room_of(path) != "cli":
                found.append(f"{path.name}:{node.lineno}: print")
    assert found == []


def test_modules_stay_readable_in_one_sitting():
    assert [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in MODULES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 450
    ] == []


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_a_place_on_one_machine():
    place = re.compile(rb"(?<![\w.:/~*-])/(?:work|root|home|Users|opt)/\w[\w./-]*")
    files = tracked_files()
    assert len(files) > 30
    found = [f"{path.relative_to(ROOT)}: {hit.decode()}" for path in files for hit in place.findall(path.read_bytes())]
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-build.lock", "requirements-dev.lock"])
def test_a_lock_holds_names_versions_and_hashes_and_no_address(lock):
    lines = [line for line in (ROOT / lock).read_text(encoding="utf-8").splitlines() if line.strip()]
    pins = [line for line in lines if re.fullmatch(r"[\w.-]+==[\w.+]+(?: ;.*)? \\", line)]
    hashes = [line for line in lines if re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", line)]
    comments = [line for line in lines if line.lstrip().startswith("#")]
    assert len(lines) == len(pins) + len(hashes) + len(comments)
    assert len(pins) >= 4
    assert "://" not in "\n".join(lines)


COMES_WITH = {
    "thinc": "spacy",
    "srsly": "spacy",
    "lxml": "lxml-html-clean",
}  # what a declared package cannot be without
LOCAL = {"portavoce", "gate", "worth", "training", "tests", "scripts", "conftest"} | {
    path.stem for folder in ("training", "benchmarks") for path in (ROOT / folder).rglob("*") if path.is_dir() or path.suffix == ".py"
}  # fmt: skip


def undeclared(paths: list[Path], declared: set[str]) -> set[str]:
    """Imports of packages that are neither in the standard library nor declared nor ours."""
    distributions = importlib.metadata.packages_distributions()
    names = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names.add(node.module.split(".")[0])
    foreign = names - sys.stdlib_module_names - LOCAL
    return {
        name
        for name in foreign
        if not {canonical(d) for d in [COMES_WITH.get(name, name), *distributions.get(name, [])]} & declared
    }


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[ <>=!~;\[]", name)[0]).lower()


def declared() -> tuple[set[str], set[str], set[str]]:
    """The distributions that pyproject.toml names for users, for developers besides, and for training the encoder."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    optional = project["project"]["optional-dependencies"].values()
    runtime = {canonical(d) for group in (project["project"]["dependencies"], *optional) for d in group}
    groups = project["dependency-groups"]
    return runtime, *({canonical(d) for d in groups[name]} for name in ("dev", "training"))


def test_what_the_package_imports_is_declared():
    runtime, *_ = declared()
    assert undeclared(MODULES, runtime) == set()


def test_what_tests_and_tools_import_is_declared():
    runtime, dev, training = declared()
    paths = {path for path in tracked_files() if path.suffix == ".py" and path not in MODULES}
    own = {p for p in paths for room in ("encoder", "lexicon") if p.is_relative_to(ROOT / "training" / room)}
    assert undeclared(sorted(paths - own), runtime | dev) == set()
    assert undeclared(sorted(own), runtime | training) == set()
