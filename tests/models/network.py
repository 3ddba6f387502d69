"""A small Transformer in PyTorch, and the same in CTranslate2's own form."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from ctranslate2.specs import LayerSpec, TransformerSpec
from torch import Tensor, nn
from torch.nn import functional

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LAYERS, HEADS = 2, 4

BLANK, UNKNOWN, START, END = 0, 1, 2, 3
"""Numbers of the special tokens."""

SPECIAL = ("<blank>", "<unk>", "<s>", "</s>")

LONGEST = 512
"""Positions that training may need."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Attention(nn.Module):
    """Attention of tokens to the tokens of ``memory``."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.query = nn.Linear(width, width)
        self.keys = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor | None, causal: bool) -> Tensor:
        query, key, value = (
            part.unflatten(-1, (HEADS, -1)).transpose(1, 2)
            for part in (self.query(x), *self.keys(memory).chunk(2, -1))
        )
        found = functional.scaled_dot_product_attention(query, key, value, mask, is_causal=causal)
        return self.out(found.transpose(1, 2).flatten(2))


class Layer(nn.Module):
    """A layer of the encoder, or of the decoder when it also looks at a ``memory``."""

    def __init__(self, width: int, decoder: bool) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(2 + decoder))
        self.attention = Attention(width)
        self.memory = Attention(width) if decoder else None
        self.inner = nn.Linear(width, 2 * width)
        self.outer = nn.Linear(2 * width, width)

    def forward(self, x: Tensor, mask: Tensor, memory: Tensor | None = None) -> Tensor:
        normal = self.norms[0](x)
        own = self.attention(normal, normal, None if self.memory else mask, bool(self.memory))
        x = x + own
        if self.memory is not None and memory is not None:
            x = x + self.memory(self.norms[1](x), memory, mask, False)
        inner = functional.relu(self.inner(self.norms[-1](x)))
        return x + self.outer(inner)


class Transformer(nn.Module):
    """Pre-norm, one embedding for source, target and output."""

    def __init__(self, vocabulary: int, width: int) -> None:
        super().__init__()
        self.width = width
        self.embedding = nn.Embedding(vocabulary, width, padding_idx=BLANK)
        self.encoder = nn.ModuleList(Layer(width, False) for _ in range(LAYERS))
        self.decoder = nn.ModuleList(Layer(width, True) for _ in range(LAYERS))
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(2))
        self.dropout = nn.Dropout(0.1)
        self.register_buffer("positions", positions(width), persistent=False)
        nn.init.normal_(self.embedding.weight, std=width**-0.5)
        for parameter in (*self.encoder.parameters(), *self.decoder.parameters()):
            if parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter)

    def embed(self, tokens: Tensor) -> Tensor:
        """Return embeddings with positions."""
        found = self.embedding(tokens) * math.sqrt(self.width)
        return self.dropout(found + self.positions[: tokens.shape[1]])

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Return the scores of every next token; both are ``[sentences, tokens]``."""
        mask = (source != BLANK)[:, None, None, :]
        memory = self.embed(source)
        for layer in self.encoder:
            memory = layer(memory, mask)
        memory = self.norms[0](memory)
        x = self.embed(target)
        for layer in self.decoder:
            x = layer(x, mask, memory)
        return functional.linear(self.norms[1](x), self.embedding.weight)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def positions(width: int) -> Tensor:
    """Return the table that CTranslate2 uses by itself: sines, then cosines, from position 1."""
    step = math.log(10000) / (width // 2 - 1)
    speeds = torch.exp(torch.arange(width // 2) * -step)
    angles = (torch.arange(LONGEST) + 1)[:, None] * speeds
    return torch.cat([angles.sin(), angles.cos()], dim=1)


def save(model: Transformer, vocabulary: list[str], folder: Path) -> None:
    """Write the model for CTranslate2, in int8."""
    spec = TransformerSpec.from_config((LAYERS, LAYERS), HEADS, pre_norm=True)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    for side, layers, norm in zip(
        (spec.encoder, spec.decoder), (model.encoder, model.decoder), model.norms, strict=True
    ):
        embeddings = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        embeddings.weight = numbers(model.embedding.weight)
        side.scale_embeddings = True
        set_norm(side.layer_norm, norm)
        for layer_spec, layer in zip(side.layer, layers, strict=True):
            own, memory = layer.attention, layer.memory
            together = nn.Linear(model.width, 3 * model.width)
            together.weight.data = torch.cat([own.query.weight, own.keys.weight])
            together.bias.data = torch.cat([own.query.bias, own.keys.bias])
            set_norm(layer_spec.self_attention.layer_norm, layer.norms[0])
            set_linear(layer_spec.self_attention.linear[0], together)
            set_linear(layer_spec.self_attention.linear[1], own.out)
            if memory is not None:
                set_norm(layer_spec.attention.layer_norm, layer.norms[1])
                for linear, module in zip(
                    layer_spec.attention.linear,
                    (memory.query, memory.keys, memory.out),
                    strict=True,
                ):
                    set_linear(linear, module)
            set_norm(layer_spec.ffn.layer_norm, layer.norms[-1])
            set_linear(layer_spec.ffn.linear_0, layer.inner)
            set_linear(layer_spec.ffn.linear_1, layer.outer)
    spec.decoder.projection.weight = numbers(model.embedding.weight)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))


def numbers(tensor: Tensor) -> object:
    """Return what CTranslate2 stores of a tensor."""
    return tensor.detach().numpy().copy()


def set_linear(spec: LayerSpec, module: nn.Linear) -> None:
    """Copy a linear layer."""
    spec.weight, spec.bias = numbers(module.weight), numbers(module.bias)


def set_norm(spec: LayerSpec, module: nn.LayerNorm) -> None:
    """Copy a normalisation layer."""
    spec.gamma, spec.beta = numbers(module.weight), numbers(module.bias)
