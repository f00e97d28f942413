"""A process that adds is killed at random moments: nothing that it reported done is lost. benchmarks/kills.py does it 200 times."""

import importlib.util
import random
import sys

import orjson

from portavoce.graph.build import build_graph
from portavoce.graph.store import Corpus
from portavoce.output import write
from portavoce.records import Article
from tests.graph.store.conftest import BENCHMARKS, articles


def kills():
    sys.path.insert(0, str(BENCHMARKS))
    try:
        spec = importlib.util.spec_from_file_location("kills", BENCHMARKS / "kills.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(BENCHMARKS))
    return module


def test_five_kills_lose_nothing_that_was_reported_done(tmp_path):
    script = kills()
    found = articles(40, actors=30, seed=3)
    file = tmp_path / "articles.jsonl"
    file.write_bytes(b"".join(orjson.dumps(a.to_json(), option=orjson.OPT_APPEND_NEWLINE) for a in found))
    turtle, _, wrong = script.many_kills(tmp_path, file, 5, 0.6, random.Random(1))
    assert wrong == []
    with Corpus(tmp_path / "killed.db") as corpus:
        assert len(corpus) == 40
    write(
        build_graph(Article.from_json(orjson.loads(line)) for line in file.open("rb")),
        tmp_path / "whole.ttl",
        profile="full",
    )
    assert turtle == (tmp_path / "whole.ttl").read_bytes()
