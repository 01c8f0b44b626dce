#!/usr/bin/env python3
"""Drop each source's worst rows by a trained model's loss per target token.

    filter_by_loss.py RUN/last.pt DATA rows.tsv OUT.tsv --drop 0.1 [--keep-all wmt_news wmt_news_rev]

Shifted and wrong pairs gather at the upper end. The loss is taken relative to others of the same source, because a
difficult source is not a wrong one. DATA is the prepared folder of that run (for its tokeniser).
"""
import argparse
import os

import numpy as np
import sentencepiece as spm
import torch
import torch.nn.functional as F

from data import Split
from prepare import flat
from seq2seq import Seq2Seq


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("checkpoint")
    p.add_argument("data")
    p.add_argument("rows")
    p.add_argument("out")
    p.add_argument("--direction", default="de-en")
    p.add_argument("--drop", type=float, default=0.1)
    p.add_argument("--keep-all", nargs="*", default=[])
    p.add_argument("--max-tokens", type=int, default=4096)
    a = p.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    z = torch.load(a.checkpoint, map_location=device, weights_only=False)
    model = Seq2Seq(z["arch"]).to(device).eval()
    model.load_state_dict(z["ema"])
    with open(a.rows, encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f]
    sp = spm.SentencePieceProcessor(model_file=f"{a.data}/source.spm")
    s, t = (1, 2) if a.direction.startswith("de") else (2, 1)
    src = [x[:129] + [0] for x in sp.encode([r[s] for r in rows])]
    tgt = [x[:129] + [0] for x in sp.encode([r[t] for r in rows])]
    (sf, so), (tf, to) = flat(src), flat(tgt)
    part = a.out + ".npz"
    np.savez(part, src=sf, src_off=so, tgt=tf, tgt_off=to)
    split = Split(part, z["arch"], device)
    loss = np.zeros(len(rows))
    weight = model.model.shared.weight.bfloat16()
    with torch.no_grad():
        for chosen in split.batches(None, a.max_tokens):
            batch, own = split.batch(chosen), chosen[0]
            # Some rows of logits at a time: they stay in the cache, and memory is not asked for again and again.
            hidden = model.hidden(batch.src, batch.dec).flatten(0, 1)[batch.on]
            parts = [F.cross_entropy((h @ weight.T).float(), t, ignore_index=-1, reduction="none")
                     for h, t in zip(hidden.split(256), batch.target.split(256))]
            row = (batch.on[:batch.n] // batch.dec.shape[1]).cpu().numpy()
            total = np.bincount(row, torch.cat(parts)[:batch.n].cpu().numpy(), len(own))
            loss[own] = total / split.lt[own]
    os.remove(part)
    names = np.array([r[0] for r in rows])
    keep = np.ones(len(rows), bool)
    for name in sorted(set(names) - set(a.keep_all)):
        own = names == name
        limit = np.quantile(loss[own], 1 - a.drop)
        keep[own & (loss > limit)] = False
        print(f"{name:20} {own.sum():7} rows, mean loss {loss[own].mean():.2f}, dropped above {limit:.2f}")
    with open(a.out, "w", encoding="utf-8") as f:
        f.writelines("\t".join(r) + "\n" for r, k in zip(rows, keep) if k)


if __name__ == "__main__":
    main()
