"""Prepared token ids as batches of few distinct shapes."""
import os

import numpy as np
import torch


class Split:
    def __init__(self, path, arch, device):
        z = np.load(path)
        self.src, self.so, self.tgt, self.to = z["src"], z["src_off"], z["tgt"], z["tgt_off"]
        self.n = len(self.so) - 1
        self.ls, self.lt = np.diff(self.so), np.diff(self.to)
        self.arch, self.device = arch, device
        aligned = path.removesuffix(".npz") + ".align.npy"         # made by align.py
        self.align = np.load(aligned) if os.path.exists(aligned) else None

    def batches(self, rng, max_tokens):
        """(row indices, source width, target width, rows) of each batch.

        Widths are multiples of 8 (of 32 beyond 128) and the number of rows depends on the wider one alone: a CPU
        kernel is compiled once for each shape, and random shapes halve the speed.
        """
        def width(n):
            return np.where(n <= 128, (n + 7) // 8 * 8, (n + 31) // 32 * 32)
        ws, wt = width(self.ls), width(self.lt)
        order = rng.permutation(self.n) if rng is not None else np.arange(self.n)
        order = order[np.lexsort((ws[order], wt[order]))]          # stable: random within a bucket
        cuts = np.flatnonzero(np.diff(wt[order].astype(np.int64) * 4096 + ws[order])) + 1
        out = []
        for bucket in np.split(order, cuts):
            s, t = int(ws[bucket[0]]), int(wt[bucket[0]])
            rows = max(2, max_tokens // max(s, t))
            rows = rows // 8 * 8 if rows >= 8 else rows
            out += [(bucket[i:i + rows], s, t, rows) for i in range(0, len(bucket), rows)]
        if rng is not None:
            rng.shuffle(out)
        return out

    def tensors(self, batch):
        """src [rows, source width], decoder input [rows, target width], targets with -1 for padding."""
        idx, s, t, rows = batch
        pad = self.arch["pad_token_id"]
        src, tgt = np.full((rows, s), pad, np.int64), np.full((rows, t), -1, np.int64)
        src[len(idx):, 0] = self.arch["eos_token_id"]              # never a row with nothing to attend to
        for r, i in enumerate(idx):
            src[r, :self.ls[i]] = self.src[self.so[i]:self.so[i + 1]]
            tgt[r, :self.lt[i]] = self.tgt[self.to[i]:self.to[i + 1]]
        dec = np.full((rows, t), self.arch["decoder_start_token_id"], np.int64)
        dec[:, 1:] = np.where(tgt[:, :-1] < 0, pad, tgt[:, :-1])
        src, dec, tgt = (torch.from_numpy(x) for x in (src, dec, tgt))
        if self.device == "cuda":
            src, dec, tgt = (x.pin_memory().to("cuda", non_blocking=True) for x in (src, dec, tgt))
        return src, dec, tgt

    def alignment(self, batch):
        """Source position of each target position, -1 where unknown: [rows, target width]."""
        idx, _, t, rows = batch
        out = np.full((rows, t), -1, np.int64)
        for r, i in enumerate(idx):
            out[r, :self.lt[i]] = self.align[self.to[i]:self.to[i + 1]]
        out[out == np.iinfo(self.align.dtype).max] = -1
        return torch.from_numpy(out).to(self.device)
