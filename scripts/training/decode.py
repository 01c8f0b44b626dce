#!/usr/bin/env python3
"""Back-translate many sentences on a GPU, with a training run's weights as they are.

    decode.py RUN/last.pt DATA mono.en.txt OUT.npz [--sampled 0.5]

DATA is the prepared folder of that run (en->de). Paragraphs or sentences in; out comes a set for the de->en training, as
prepare.py writes them: what the model made is its source, the real sentence its target. --sampled is the share of the
sentences that are drawn from the likeliest words (top-k sampling) instead of being decoded greedily: where the other
direction is already good, such sources teach more (Edunov et al. 2018). OUT.npz appears in one step, so that
`train.py --beside` can wait for it. `back_translate.py` does the same on a CPU, through the product.
"""
import argparse
import os
import sys
import time

import numpy as np
import sentencepiece as spm
import torch
import torch.nn.functional as F

from back_translate import texts
from data import as_they_come, width
from kernels import COMPUTE
from prepare import flat
from seq2seq import Seq2Seq, linear, normed

EVERY = 8           # steps between two looks at who has ended: each look waits for the GPU


class Decoder:
    """Greedy or sampled decoding of a batch with cached keys and values."""

    def __init__(self, model, arch, top):
        self.m, self.arch, self.top = model.eval(), arch, top
        self.heads = arch["decoder_attention_heads"]
        self.table = model.model.shared.weight.detach().to(COMPUTE)

    def split(self, x):
        """[batch, n, width] -> [batch, heads, n, width of a head]"""
        return x.view(x.shape[0], -1, self.heads, x.shape[2] // self.heads).transpose(1, 2)

    def attend(self, attention, x, k, v, mask):
        o = F.scaled_dot_product_attention(self.split(linear(x, attention.q_proj)), k, v, attn_mask=mask)
        return linear(o.transpose(1, 2).reshape(x.shape), attention.out_proj)

    def step(self, x, t, memory, mask, own):
        """One position through the decoder's layers: [batch, 1, width]."""
        for layer, (k, v), (ok, ov) in zip(self.m.model.decoder.layers, memory, own):
            ok[:, :, t:t + 1] = self.split(linear(x, layer.self_attn.k_proj))
            ov[:, :, t:t + 1] = self.split(linear(x, layer.self_attn.v_proj))
            so_far = ok[:, :, :t + 1], ov[:, :, :t + 1]
            x = normed(x + self.attend(layer.self_attn, x, *so_far, None), layer.self_attn_layer_norm)
            x = normed(x + self.attend(layer.encoder_attn, x, k, v, mask), layer.encoder_attn_layer_norm)
            x = normed(x + linear(layer.act(linear(x, layer.fc1)), layer.fc2), layer.final_layer_norm)
        return x

    def choose(self, logits, sampled):
        """The next id of each row: the likeliest, or where `sampled` one of the `top` likeliest by their probability."""
        logits[:, self.arch["pad_token_id"]] = -1e4
        best, ids = logits.float().topk(self.top)
        drawn = ids.gather(1, torch.multinomial(best.softmax(1), 1)).squeeze(1)
        return torch.where(sampled, drawn, ids[:, 0])

    @torch.inference_mode()
    def __call__(self, src, sampled, longest):
        """[batch, longest] ids; after the end of a row only ends."""
        hidden, mask = self.m.encode(src)
        memory, own, b = [], [], len(src)
        for layer in self.m.model.decoder.layers:
            a = layer.encoder_attn
            memory.append((self.split(linear(hidden, a.k_proj)), self.split(linear(hidden, a.v_proj))))
            shape = (b, self.heads, longest, hidden.shape[2] // self.heads)
            own.append((hidden.new_empty(shape), hidden.new_empty(shape)))
        eos = self.arch["eos_token_id"]
        out = torch.full((b, longest), eos, dtype=torch.long, device=src.device)
        ended = torch.zeros(b, dtype=torch.bool, device=src.device)
        x = torch.zeros((b, 1, hidden.shape[2]), device=src.device)         # Marian starts from a zero vector
        positions = self.m.model.decoder.positions
        for t in range(longest):
            y = self.step((x + positions[t]).to(COMPUTE), t, memory, mask, own)
            ids = self.choose(y[:, 0] @ self.table.T, sampled).masked_fill(ended, eos)
            out[:, t] = ids
            ended |= ids.eq(eos)
            if t % EVERY == EVERY - 1 and bool(ended.all()):
                break
            x = (F.embedding(ids, self.m.model.shared.weight) * self.m.scale)[:, None]
        return out


def plausible(made, real, eos):
    """Ended, not of a very different length, not one piece over and over."""
    if made[-1] != eos or not 0.5 < len(made) / len(real) < 2.2 or len(made) < 3:
        return False
    return np.bincount(made[:-1]).max() <= max(4, len(made) // 4)


def sentences(path, pieces, eos, longest):
    """The ids of each sentence that is short enough, an end included."""
    encoded = pieces.encode(list(texts(path)), num_threads=os.cpu_count())
    return [ids + [eos] for ids in encoded if 2 < len(ids) < longest]


def batches(real, max_tokens, seed):
    """Lists of indices of sentences of one length, in no order: what is done when the time is over is a fair sample."""
    widths = width(np.array([len(ids) for ids in real]))
    out = [rows for rows, *_ in as_they_come(np.arange(len(real)), widths, widths, max_tokens)]
    np.random.default_rng(seed).shuffle(out)
    return out


def padded(rows, pad):
    """[rows, the longest one's length] ids."""
    out = np.full((len(rows), max(map(len, rows))), pad, np.int64)
    for line, ids in zip(out, rows):
        line[:len(ids)] = ids
    return out


def up_to_end(row, eos):
    """A decoded row without what follows its end; all of it where it has none."""
    ends = row == eos
    return row[:int(ends.argmax()) + 1] if ends.any() else row


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("checkpoint")
    p.add_argument("data")
    p.add_argument("text")
    p.add_argument("out")
    p.add_argument("--sampled", type=float, default=0.3)
    p.add_argument("--top", type=int, default=4, help="sampled among so many words")
    p.add_argument("--max-src", type=int, default=100, help="longer sentences are left out")
    p.add_argument("--max-tokens", type=int, default=262144, help="padded source tokens in one batch")
    p.add_argument("--keep-all", action="store_true", help="implausible sources, too, to see what the model says")
    p.add_argument("--minutes", type=float, default=60)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    start, device = time.time(), "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(a.seed)
    torch.backends.cuda.enable_cudnn_sdp(False)         # as in train.py
    z = torch.load(a.checkpoint, map_location=device, weights_only=False)
    model = Seq2Seq(z["arch"]).to(device)
    model.load_state_dict(z["ema"])
    decoder, eos, pad = Decoder(model, z["arch"], a.top), z["arch"]["eos_token_id"], z["arch"]["pad_token_id"]
    real = sentences(a.text, spm.SentencePieceProcessor(model_file=f"{a.data}/source.spm"), eos, a.max_src)
    src, tgt, seen = [], [], 0
    for k, rows in enumerate(batches(real, a.max_tokens, a.seed)):
        x = torch.from_numpy(padded([real[i] for i in rows], pad)).to(device)
        sampled = torch.rand(len(rows), device=device) < a.sampled
        made = decoder(x, sampled, x.shape[1] * 3 // 2 + 8).cpu().numpy()
        for row, i in zip((up_to_end(row, eos) for row in made), rows):
            if a.keep_all or plausible(row, real[i], eos):
                src.append(row)
                tgt.append(real[i])
        seen += len(rows)
        if k % 20 == 0:
            print(seen, "done", len(src), "kept", round(time.time() - start), "s", flush=True)
        if time.time() - start > a.minutes * 60:
            break
    if not src:
        sys.exit(f"{a.checkpoint} translated none of {seen} sentences plausibly: it has to be trained longer")
    (sf, so), (tf, to) = flat(src), flat(tgt)
    part = a.out + ".part.npz"
    np.savez(part, src=sf, src_off=so, tgt=tf, tgt_off=to)
    os.replace(part, a.out)
    print(seen, "of", len(real), "sentences", len(src), "kept", len(sf), "source ids", len(tf), "target ids")


if __name__ == "__main__":
    main()
