"""The built wheel works where nothing else of the project is: no checkout, no development packages, no network."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
NOWHERE = dict.fromkeys(
    ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9"
)  # nothing listens on the discard port, so whatever asks the network fails

pytestmark = pytest.mark.slow


def run(*command, cwd, env=None):
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


def outside(home):
    """The environment variables of somebody else: no project path, no network, a home of their own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_", "VIRTUAL_ENV"))}
    return kept | NOWHERE | {"HOME": str(home), "PYTHONNOUSERSITE": "1", "COLUMNS": "120"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of this checkout, built with the locked backend."""
    out = tmp_path_factory.mktemp("dist")
    run(
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", out, ROOT,
        cwd=out,
    )  # fmt: skip
    (built,) = out.glob("portavoce-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The programs folder of a new environment that holds the runtime lock and the wheel."""
    folder = tmp_path_factory.mktemp("environment") / "venv"
    run(sys.executable, "-m", "venv", folder, cwd=folder.parent)
    python = folder / SCRIPTS / "python"
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=folder.parent)
    run(*pip, "--no-deps", wheel, cwd=folder.parent)
    return folder / SCRIPTS


@pytest.fixture
def elsewhere(installed, tmp_path):
    """Runs a program of the new environment, in an empty folder, without network."""
    return lambda program, *arguments: run(installed / program, *arguments, cwd=tmp_path, env=outside(tmp_path))


def test_the_wheel_holds_the_package_with_its_data_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name and not name.endswith("/")}
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "portavoce"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    assert held == {name for name in listed if name and (ROOT / name).is_file()}
    assert {
        "portavoce/py.typed",
        "portavoce/models/it/fast/meta.json",
        "portavoce/models/it/encoder/portavoce_encoder/model.onnx",
    } <= held
    for folder, suffix in {"extract/lang/it": "", "models/it": "", "graph": ".tsv", "output": ".ttl"}.items():
        assert any(
            n.startswith(f"portavoce/{folder}/") and n.endswith(suffix) and not n.endswith(".py") for n in held
        ), folder


def test_the_wheel_carries_both_licences(wheel):
    with zipfile.ZipFile(wheel) as archive:
        licences = {
            name.split(".dist-info/licenses/")[1] for name in archive.namelist() if ".dist-info/licenses/" in name
        }
    assert {"LICENSE", "portavoce/models/it/encoder/LICENSE", "portavoce/models/it/fast/LICENSE"} <= licences


def test_the_environment_holds_the_lock_and_the_wheel_and_no_more(elsewhere, tmp_path):
    packages = {
        p["name"].lower().replace("_", "-"): p["version"]
        for p in json.loads(elsewhere("python", "-m", "pip", "list", "--format=json"))
    }
    locked = dict(re.findall(r"(?m)^([\w.-]+)==(\S+) ", (ROOT / "requirements.lock").read_text(encoding="utf-8")))
    assert set(packages) - set(locked) - {"pip", "setuptools"} == {"portavoce"}
    assert str(ROOT) not in elsewhere("python", "-c", "import portavoce; print(portavoce.__file__)")


def test_every_entry_point_starts(elsewhere):
    assert "Usage: portavoce" in elsewhere("portavoce", "--help")
    assert re.search(r"\d+\.\d+\.\d+", elsewhere("portavoce", "--version"))
    assert "Usage:" in elsewhere("python", "-m", "portavoce", "--help")
    commands = elsewhere("python", "-c", "from portavoce.cli import main; print(*main.commands)").split()
    assert len(commands) >= 10
    for command in commands:
        assert f"Usage: portavoce {command}" in elsewhere("portavoce", command, "--help")


@pytest.mark.model
def test_the_wheel_builds_the_turtle_that_the_checkout_builds(elsewhere, tmp_path):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    elsewhere("portavoce", "build", "examples", "-o", "wheel.ttl")
    run(sys.executable, "-m", "portavoce", "build", "examples", "-o", "checkout.ttl", cwd=tmp_path)
    turtle = (tmp_path / "wheel.ttl").read_bytes()
    assert turtle.count(b"\n") > 200
    assert turtle == (tmp_path / "checkout.ttl").read_bytes()
