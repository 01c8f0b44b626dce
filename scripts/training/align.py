#!/usr/bin/env python3
"""Word alignments of a prepared set, to guide the decoder's attention early in the training.

    align.py DATA/short.npz DATA/short.align.npy [--rounds 3]     translation: IBM model 1
    align.py DATA/pre.npz DATA/pre.align.npy --copy               same language: matching blocks

A transformer that starts from nothing spends its first thousands of updates as a mere language model of the target,
until some attention head happens on the alignment. On a CPU that wait is most of the budget; with a hint it is short.
Writes, for each target id, the position of its source id (uint16; 65535: not sure).
"""
import argparse
from difflib import SequenceMatcher

import numpy as np

UNSURE = 65535


def copied(src, so, tgt, to):
    """Positions of the ids that the target has copied."""
    out = np.full(len(tgt), UNSURE, np.uint16)
    for i in range(len(so) - 1):
        a, b = src[so[i]:so[i + 1]].tolist(), tgt[to[i]:to[i + 1]].tolist()
        for x, y, n in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
            if n > 1:
                out[to[i] + y:to[i] + y + n] = np.arange(x, x + n)
    return out


def translated(src, so, tgt, to, rounds, sure):
    """Positions by IBM model 1, where its posterior is at least `sure`."""
    ls, lt = np.diff(so), np.diff(to)
    v = int(max(src.max(), tgt.max())) + 1
    # Every cell (target position, source position) of every row, flat.
    row = np.repeat(np.arange(len(lt)), lt)                     # row of each target position
    per = ls[row]                                               # its number of source positions
    start = np.zeros(len(per) + 1, np.int64)
    np.cumsum(per, out=start[1:])
    t = np.repeat(np.arange(len(tgt), dtype=np.int32), per)     # target position of each cell
    j = (np.arange(start[-1]) - start[t]).astype(np.int32)      # source position within the row
    key = src[so[row[t]] + j].astype(np.int64) * v + tgt[t]
    pairs, cell = np.unique(key, return_inverse=True)
    del key
    cell = cell.astype(np.int32)
    of = (pairs // v).astype(np.int32)
    # Start from the Dice coefficient: one round of counting wiser than a uniform table.
    joint = np.bincount(cell, minlength=len(pairs)).astype(np.float32)
    table = joint ** 1.5 / (np.bincount(src, minlength=v)[of] + np.bincount(tgt, minlength=v)[pairs % v])
    for k in range(rounds + 1):
        post = table[cell]
        total = np.add.reduceat(post, start[:-1])
        post /= total[t]
        if k == rounds:
            break
        count = np.bincount(cell, weights=post, minlength=len(pairs))
        table = (count / (np.bincount(of, weights=count, minlength=v)[of] + 1.0)).astype(np.float32)
    best = np.maximum.reduceat(post, start[:-1])
    out = np.full(len(tgt), UNSURE, np.uint16)
    hit = (post >= best[t]) & (post >= sure)
    out[t[hit]] = j[hit]
    return out, pairs, count


def lexical_embeddings(pairs, count, v, dim, seed=1):
    """Random vectors in which a word and its translations are already near each other, [v, dim], unit length.

    Each piece keeps a vector of its own and takes in those of the pieces that it is aligned with. As input and output
    embeddings are one table, attending to a source word then speaks for its translation from the first update on.
    """
    rng = np.random.default_rng(seed)
    own = rng.normal(size=(v, dim)).astype(np.float32) / dim ** 0.5
    s, t = pairs // v, pairs % v
    out = own.copy()
    keep = count > 0.5
    s, t, c = s[keep], t[keep], count[keep]
    for a, b in ((s, t), (t, s)):
        share = (c / np.bincount(a, weights=c, minlength=v)[a]).astype(np.float32)
        big = share > 0.02
        np.add.at(out, a[big], 1.2 * share[big, None] * own[b[big]])
    return out / np.linalg.norm(out, axis=1, keepdims=True)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("set")
    p.add_argument("out")
    p.add_argument("--copy", action="store_true")
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--embeddings", help="also write a table of embeddings to start from (.npy)")
    p.add_argument("--dim", type=int, default=256)
    p.add_argument("--sure", type=float, default=0.4, help="least posterior of a position that is written")
    a = p.parse_args()
    z = np.load(a.set)
    ids = [z[k] for k in ("src", "src_off", "tgt", "tgt_off")]
    if a.copy:
        out = copied(*ids)
    else:
        out, pairs, count = translated(*ids, a.rounds, a.sure)
        if a.embeddings:
            v = int(max(ids[0].max(), ids[2].max())) + 1
            np.save(a.embeddings, lexical_embeddings(pairs, count, v, a.dim))
    np.save(a.out, out)
    print(len(ids[1]) - 1, "rows,", f"{(out != UNSURE).mean():.2f} of the target ids aligned")


if __name__ == "__main__":
    main()
