#!/usr/bin/env python3
"""Average the weights of several runs that went on from one checkpoint.

    average.py OUT/last.pt RUN1/last.pt RUN2/last.pt ...

Each core of a machine without a GPU trains on its own for a while (other --seed, other rows) and the averages of
their weights are then averaged: local SGD with one round (Stich 2019), or a model soup (Wortsman et al. 2022). It
works only for runs with a common start. Optimiser state and step count are those of the first run; train.py goes on
from OUT.
"""
import argparse
import os

import torch


def mean(tables):
    """The mean of tables of tensors with the same names."""
    return {name: sum(table[name].float() for table in tables) / len(tables) for name in tables[0]}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out")
    p.add_argument("runs", nargs="+")
    a = p.parse_args()
    loaded = [torch.load(path, map_location="cpu", weights_only=False) for path in a.runs]
    if any(z["arch"] != loaded[0]["arch"] for z in loaded):
        p.error("the runs have different architectures")
    result = loaded[0]
    result["ema"] = mean([z["ema"] for z in loaded])
    # Going on from the averages, not from the last steps: those of different runs lie apart.
    result["model"] = {**result["model"], **result["ema"]}
    before = min(z["state"]["tokens"] for z in loaded)
    print(f"{len(loaded)} runs, {before / 1e6:.2f} M tokens and more each")
    os.makedirs(os.path.dirname(a.out) or ".", exist_ok=True)
    torch.save(result, a.out)


if __name__ == "__main__":
    main()
