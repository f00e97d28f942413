"""Averages the weights of pipelines of one descent: `python -m scripts.average OUT PIPELINE PIPELINE…`.

Pipelines that were trained further from the same weights lie close enough for their mean to be better than each.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import spacy


def main(out: Path, pipelines: list[Path], shares: list[float] | None = None) -> None:
    """Write to `out` the first pipeline with the (weighted) mean of the weights of all."""
    shares = shares or [1 / len(pipelines)] * len(pipelines)
    loaded = [spacy.load(path) for path in pipelines]
    first = loaded[0]
    for name in first.pipe_names:
        models = [getattr(nlp.get_pipe(name), "model", None) for nlp in loaded]
        if models[0] is None:
            continue
        walks = [list(model.walk()) for model in models if model is not None]
        for nodes in zip(*walks, strict=True):
            for parameter in nodes[0].param_names:
                if nodes[0].has_param(parameter):
                    values = [node.get_param(parameter) * share for node, share in zip(nodes, shares, strict=True)]
                    nodes[0].set_param(parameter, sum(values[1:], values[0]))
    first.to_disk(out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("pipelines", type=Path, nargs="+")
    parser.add_argument("--shares", type=float, nargs="*")
    given = parser.parse_args()
    main(given.out, given.pipelines, given.shares)
