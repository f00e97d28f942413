"""Files that are whole or not there, and messages for what cannot be read or written."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import networkx as nx
import pytest

from portavoce.errors import GraphFileError, InputError
from portavoce.output import rdf_read, read, write, write_atomically


def test_a_file_that_fails_midway_leaves_the_old_one_and_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "g.ttl"
    path.write_text("prima")
    with pytest.raises(TypeError), write_atomically(path) as stream:
        stream.writelines([b"a meta", "niente byte"])  # type: ignore[list-item]
    assert path.read_text() == "prima"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link_and_permissions_follow_the_umask(tmp_path: Path) -> None:
    (tmp_path / "b.nt").write_text("")
    (tmp_path / "a.nt").symlink_to(tmp_path / "b.nt")
    with write_atomically(tmp_path / "a.nt") as stream:
        stream.write(b"x")
    assert (tmp_path / "a.nt").is_symlink()
    assert (tmp_path / "b.nt").read_bytes() == b"x"
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "b.nt").stat().st_mode & 0o777 == 0o666 & ~umask


@pytest.mark.parametrize("path", ["", "no/such/folder/g.ttl"])
def test_a_folder_or_a_file_in_no_folder_is_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder"), write_atomically(tmp_path / path):
        pytest.fail("there is nothing to write to")


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "graphml", "gexf"])
def test_a_graph_that_cannot_be_written_leaves_no_file(form: str, tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("x", kind="statement")
    with pytest.raises((GraphFileError, KeyError)):
        write(graph, tmp_path / "g.ttl")
    graph.nodes["x"]["kind"] = "altro"
    with pytest.raises(GraphFileError, match="altro"):
        write(graph, tmp_path / "g.nt")
    assert list(tmp_path.iterdir()) == []


def test_a_dash_is_standard_output_and_standard_input(graph: nx.MultiDiGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=out, flush=lambda: None))
    write(graph, "-", format="nt")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(out.getvalue())))
    assert set(read("-", format="nt")) == set(graph)


@pytest.mark.parametrize(("path", "options"), [("g.rdf", {}), ("g", {}), ("-", {}), ("g.ttl", {"format": "xlsx"})])
def test_an_unknown_format_names_those_that_are_known(path: str, options: Any, graph: nx.MultiDiGraph) -> None:
    with pytest.raises(InputError, match=r"\.ttl, \.nt, \.jsonld, \.jsonl, \.graphml, \.gexf"):
        write(graph, path, **options)


def test_an_unknown_profile_is_refused(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="core and full"):
        write(graph, tmp_path / "g.ttl", profile="piena")  # type: ignore[arg-type]


PREFIXES = "@prefix pv: <https://w3id.org/portavoce/ns#> . @prefix oa: <http://www.w3.org/ns/oa#> . @prefix schema: <https://schema.org/> .\n"
SET = '<https://x.example/dataset> pv:profile "core" ; <http://rdfs.org/ns/void#uriSpace> "https://x.example/" .\n'
BROKEN = {
    "no such file": (None, "cannot be read"),
    "empty": ("", "holds no graph of portavoce"),
    "another's": ("<http://a.example/> a <http://b.example/> .", "holds no graph of portavoce"),
    "cut": ("<https://x.example/statement/1> <http://", "is broken"),
    "blank nodes": ("[] a <http://b.example/> .", "blank nodes"),
    "profile": ('<https://x.example/dataset> pv:profile "v9" ; <http://rdfs.org/ns/void#uriSpace> "https://x.example/" .', "profile"),
    "two bases": (SET + SET.replace("x.example", "y.example"), "several base IRIs"),
    "undescribed": (SET + "<https://x.example/article/a> a schema:NewsArticle ; schema:mentions <https://x.example/actor/b> .", "does not describe"),
    "outside": (SET + "<https://x.example/article/a> a schema:NewsArticle ; schema:mentions <https://z.example/actor/b> .", "base IRI"),
    "offsets": (SET + '<https://x.example/statement/a> a pv:Statement ; schema:text "abc" ; oa:start 1 ; oa:end 9 .', "does not fit its offsets"),
    "ends": (SET + '<https://x.example/statement/a> a pv:Statement ; schema:text "abc" ; oa:start 1, 2 ; oa:end 9 .', "do not pair"),
    "numbers": (SET + '<https://x.example/statement/a> a pv:Statement ; schema:text "abc" ; oa:start "x" ; oa:end 9 .', "no whole number"),
    "no place": (SET + '<https://x.example/statement/a> a pv:Statement ; schema:text "abc" .', "no oa:start"),
    "no name": (SET + "<https://x.example/actor/a> a pv:Actor .", "no schema:name"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.parametrize("parser", ["pyoxigraph", "rdflib"])
def test_a_file_that_is_not_ours_or_broken_is_named_with_what_is_wrong(
    case: str, parser: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, message = BROKEN[case]
    if parser == "rdflib":
        monkeypatch.setitem(sys.modules, "pyoxigraph", None)
    if text is not None:
        (tmp_path / "g.ttl").write_text(PREFIXES + text, encoding="utf-8")
    with pytest.raises(GraphFileError, match=message) as caught:
        read(tmp_path / "g.ttl")
    assert "g.ttl" in str(caught.value)


def test_bytes_that_are_no_text_are_a_broken_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "g.ttl").write_bytes(b"\xff\xfe\x00<\x80")
    for _ in range(2):
        with pytest.raises(GraphFileError, match="broken"):
            read(tmp_path / "g.ttl")
        monkeypatch.setitem(sys.modules, "pyoxigraph", None)


def test_formats_for_other_programs_are_not_read_back(tmp_path: Path) -> None:
    with pytest.raises(GraphFileError, match="GEXF is for other programs"):
        read(tmp_path / "g.gexf")


def test_rdflib_keeps_its_switch(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    import rdflib

    write(graph, tmp_path / "g.nt")
    with (tmp_path / "g.nt").open("rb") as stream:
        list(rdf_read._with_rdflib(stream, "nt", "g"))
    assert rdflib.NORMALIZE_LITERALS


def test_lines_cut_out_of_an_n_triples_file_still_tell_their_base(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    write(graph, tmp_path / "g.nt", base="https://x.example/")
    lines = [x for x in (tmp_path / "g.nt").read_text(encoding="utf-8").splitlines() if "/dataset>" not in x]
    (tmp_path / "h.nt").write_text("\n".join(lines), encoding="utf-8")
    back = read(tmp_path / "h.nt")
    assert set(back) == set(graph)
    assert back.graph["base"] == "https://x.example/"
