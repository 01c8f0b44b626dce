"""Prepared token ids as batches of few distinct shapes."""
import os
import queue
import threading
from typing import NamedTuple

import numpy as np
import torch


class Batch(NamedTuple):
    n: int                          # target tokens
    src: torch.Tensor               # [rows, source width]
    dec: torch.Tensor               # [rows, target width], what the decoder is given
    on: torch.Tensor                # where those tokens lie in the flattened [rows, target width]; zeros may follow
    target: torch.Tensor            # their ids; -1 may follow
    align: torch.Tensor | None      # [rows, target width], source positions, -1 where unknown


def width(n):
    return np.where(n <= 128, (n + 7) // 8 * 8, (n + 31) // 32 * 32).astype(np.int64)


def of_few_shapes(order, ws, wt, max_tokens):
    """Batches whose number of rows depends on the wider side alone, the last of each shape filled up with empty rows.

    A CPU kernel is compiled once for each shape, and random shapes halve the speed.
    """
    order = order[np.lexsort((ws[order], wt[order]))]              # stable: random within a bucket
    cuts = np.flatnonzero(np.diff(wt[order] * 4096 + ws[order])) + 1
    out = []
    for bucket in np.split(order, cuts):
        s, t = int(ws[bucket[0]]), int(wt[bucket[0]])
        rows = max(2, max_tokens // max(s, t))
        rows = rows // 8 * 8 if rows >= 8 else rows
        out += [(bucket[i:i + rows], s, t, rows) for i in range(0, len(bucket), rows)]
    return out


def as_they_come(order, ws, wt, max_tokens):
    """Batches of neighbours in length, with as many rows as there is room for.

    A GPU takes any shape, but it takes time for an empty row, too.
    """
    # Sources ascend within every other target width and descend within the next: neighbours stay alike.
    turn = np.where(wt // 8 % 2 == 0, ws, -ws)
    order = order[np.lexsort((turn[order], wt[order]))]
    out, start = [], 0
    while start < len(order):
        near = order[start:start + max_tokens // 8]
        s, t = np.maximum.accumulate(ws[near]), np.maximum.accumulate(wt[near])
        full = np.maximum(s, t) * np.arange(1, len(near) + 1) > max_tokens
        rows = max(1, int(full.argmax()) if full.any() else len(near))
        out.append((near[:rows], int(s[rows - 1]), int(t[rows - 1]), rows))
        start += rows
    return out


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
        """(row indices, source width, target width, rows) of each batch, rows times the wider one at most `max_tokens`.

        Widths are multiples of 8 (of 32 beyond 128); without `rng` the order is always the same.
        """
        ws, wt = width(self.ls), width(self.lt)
        order = rng.permutation(self.n) if rng is not None else np.arange(self.n)
        out = (as_they_come if self.device == "cuda" else of_few_shapes)(order, ws, wt, max_tokens)
        if rng is not None:
            rng.shuffle(out)
        return out

    def padded(self, ids, offsets, lengths, rows, width, fill):
        """Rows of a flat list of ids as a [rows, width] array, filled up."""
        at = np.arange(width)
        inside = at < lengths[:, None]
        out = np.full((rows, width), fill, np.int64)
        out[:len(lengths)][inside] = ids[(offsets[:, None] + at)[inside]]
        return out

    def batch(self, chosen):
        """The `Batch` of what `batches` gave."""
        idx, s, t, rows = chosen
        pad = self.arch["pad_token_id"]
        src = self.padded(self.src, self.so[idx], self.ls[idx], rows, s, pad)
        src[len(idx):, 0] = self.arch["eos_token_id"]              # never a row with nothing to attend to
        tgt = self.padded(self.tgt, self.to[idx], self.lt[idx], rows, t, -1)
        dec = np.full((rows, t), self.arch["decoder_start_token_id"], np.int64)
        dec[:, 1:] = np.where(tgt[:, :-1] < 0, pad, tgt[:, :-1])
        on = np.flatnonzero(tgt >= 0)
        n = len(on)
        if self.device == "cpu":                # the count rounded up: each new shape costs the compiling of a kernel
            on = np.pad(on, (0, -n % 128))
        y = tgt.reshape(-1)[on]
        y[n:] = -1
        at = self.aligned(chosen) if self.align is not None else None
        return Batch(n, *(None if x is None else self.moved(x) for x in (src, dec, on, y, at)))

    def moved(self, x):
        """An array on the device, without waiting for a GPU."""
        x = torch.from_numpy(x)
        return x.pin_memory().to("cuda", non_blocking=True) if self.device == "cuda" else x

    def aligned(self, chosen):
        """Source position of each target position, -1 where unknown: [rows, target width]."""
        idx, _, t, rows = chosen
        out = self.padded(self.align, self.to[idx], self.lt[idx], rows, t, -1)
        out[out == np.iinfo(self.align.dtype).max] = -1
        return out


def ahead(items, depth):
    """The same items, made in a thread of their own up to `depth` before they are asked for."""
    ready, end = queue.Queue(depth), object()

    def make():
        try:
            for item in items:
                ready.put(item)
            ready.put(end)
        except BaseException as fault:          # raised where the item would have been taken
            ready.put(fault)
    threading.Thread(target=make, daemon=True).start()
    while (item := ready.get()) is not end:
        if isinstance(item, BaseException):
            raise item
        yield item
