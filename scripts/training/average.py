#!/usr/bin/env python3
"""The weighted average of two runs of one network, the second begun with the first's weights.

    average.py FIRST/last.pt SECOND/last.pt OUT/last.pt --share 0.85

A run that goes on with other rows learns what they hold and loses something of what the first knew; on the way between
the two there is often a place that has most of both (Wortsman et al. 2022, robust fine-tuning).
"""
import argparse
import os

import torch


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("first")
    p.add_argument("second")
    p.add_argument("out")
    p.add_argument("--share", type=float, default=0.5, help="of the second run")
    a = p.parse_args()
    first, second = (torch.load(x, map_location="cpu", weights_only=False) for x in (a.first, a.second))
    weights = {name: torch.lerp(w.float(), second["ema"][name].float(), a.share) for name, w in first["ema"].items()}
    os.makedirs(os.path.dirname(a.out) or ".", exist_ok=True)
    torch.save({"ema": weights, "arch": first["arch"], "state": {"average": [a.first, a.second, a.share]}}, a.out)


if __name__ == "__main__":
    main()
