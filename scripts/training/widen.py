#!/usr/bin/env python3
"""A trained model -> the same function in a wider one, to go on from (train.py --init).

    widen.py RUN/last.pt DATA OUT/last.pt

DATA/arch.json is the wider architecture: the double d_model, with as many layers and heads of the same size; its
feed-forward layers may have any width from the old one to its double. After Net2Net (Chen et al. 2015): a unit is copied,
and what reads it reads a random share of either copy, so that the copies learn different things. BART's function stays
exactly the same; Marian's fixed table of positions has finer steps when it is wider, which some updates mend.
"""
import argparse
import json
import os

import torch

SHARE = 0.3         # a copy is read with 0.5 +- this


def doubled(n):
    """Which old unit each new one of the residual stream is: neighbours, as the sines of a wider table are."""
    return torch.arange(n).repeat_interleave(2)


def by_heads(n):
    """The same for the inside of the attention: all heads once more."""
    return torch.arange(n).repeat(2)


def feed_forward(old, new):
    """The same for a feed-forward layer that may be less than twice as wide."""
    return torch.cat([torch.arange(old), torch.arange(new - old)])


def reading(weight, columns, generator):
    """[out, in] weights that read copies: each copy a part of what the unit was read with."""
    wide = weight[:, columns]
    share, seen = torch.ones_like(wide), {}
    for at, unit in enumerate(columns.tolist()):
        if unit in seen:
            part = 0.5 + SHARE * (2 * torch.rand(len(wide), generator=generator) - 1)
            share[:, seen[unit]], share[:, at] = part, 1 - part
        seen[unit] = at
    return wide * share


def widened(name, weight, old, new, generator):
    """One tensor of the wider model."""
    stream = doubled(old["d_model"])
    inside = by_heads(old["d_model"])
    if "shared" in name:
        return weight[:, stream] / 2 ** 0.5                        # the wider model scales by its own root
    if "embed_positions" in name or "norm" in name:
        return weight[..., stream]
    side = name.split(".")[1]
    hidden = feed_forward(old[side + "_ffn_dim"], new[side + "_ffn_dim"])
    out, into = {"fc1": (hidden, stream), "fc2": (stream, hidden), "out_proj": (stream, inside)}.get(
        name.split(".")[-2], (inside, stream))
    if weight.dim() == 1:
        return weight[out]
    return reading(weight[out], into, generator)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("checkpoint")
    p.add_argument("data")
    p.add_argument("out")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    z = torch.load(a.checkpoint, map_location="cpu", weights_only=False)
    with open(f"{a.data}/arch.json") as f:
        old, new = z["arch"], json.load(f)
    same = ("family", "encoder_layers", "decoder_layers", "vocab_size", "max_position_embeddings")
    for key in same:
        assert old[key] == new[key], f"{key} must stay {old[key]}"
    for key in ("d_model", "encoder_attention_heads", "decoder_attention_heads"):
        assert 2 * old[key] == new[key], f"{key} must be {2 * old[key]}"
    generator = torch.Generator().manual_seed(a.seed)
    weights = {name: widened(name, w.float(), old, new, generator) for name, w in z["ema"].items()}
    # The last hidden states meet twice as many columns of embeddings that are smaller by the root of two.
    last = f"model.decoder.layers.{new['decoder_layers'] - 1}.final_layer_norm."
    for part in ("weight", "bias"):
        weights[last + part] = weights[last + part] / 2 ** 0.5
    os.makedirs(os.path.dirname(a.out) or ".", exist_ok=True)
    torch.save({"ema": weights, "arch": new, "state": {"from": a.checkpoint}}, a.out)
    print(f"{sum(w.numel() for w in weights.values()) / 1e6:.2f} M parameters in {a.out}")


if __name__ == "__main__":
    main()
