#!/usr/bin/env python3
"""Rows of text -> token ids for train.py, in the file layout of the model family.

    prepare.py OUT --arch arch/marian-256.json --tokeniser TOK --direction de-en --sets train=a.tsv news=b.tsv dev=c.tsv

Rows are source<TAB>german<TAB>english for Marian, and name<TAB>input<TAB>output for BART. Writes to OUT: the
tokeniser files, arch.json (keyword arguments of MarianConfig / BartConfig, plus "family") and SET.npz with src,
src_off, tgt, tgt_off (uint16 ids; int64 offsets).
"""
import argparse
import json
import os
import shutil

import numpy as np


def rows(path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            c = line.rstrip("\n").split("\t")
            if len(c) == 3 and c[1].strip() and c[2].strip():
                yield c[1].strip(), c[2].strip()


def flat(encoded):
    off = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(z) for z in encoded], out=off[1:])
    out = np.zeros(off[-1], np.uint16)
    for k, z in enumerate(encoded):
        out[off[k]:off[k + 1]] = z
    return out, off


def marian(a, arch):
    """Joint SentencePiece ids; </s> = 0, <unk> = 1, pieces, <pad> last. Every row ends in </s>."""
    import sentencepiece as spm
    sp = spm.SentencePieceProcessor(model_file=a.tokeniser)
    n = sp.get_piece_size()
    assert sp.id_to_piece(0) == "</s>" and sp.id_to_piece(1) == "<unk>"
    vocab = {sp.id_to_piece(i): i for i in range(n)} | {"<pad>": n}
    with open(f"{a.out}/vocab.json", "w", encoding="utf-8") as f:
        json.dump(vocab, f, ensure_ascii=False)
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(a.tokeniser, f"{a.out}/{name}")
    source, target = a.direction.split("-")
    with open(f"{a.out}/tokenizer_config.json", "w") as f:
        json.dump({"source_lang": source, "target_lang": target, "model_max_length": 512,
                   "tokenizer_class": "MarianTokenizer"}, f)
    arch |= dict(vocab_size=n + 1, pad_token_id=n, eos_token_id=0, bos_token_id=0, decoder_start_token_id=n,
                 forced_eos_token_id=0, bad_words_ids=[[n]])
    return lambda texts: [ids + [0] for ids in sp.encode(texts, num_threads=a.threads)]


def bart(a, arch):
    """Byte-level BPE ids; <s> = 0, <pad> = 1, </s> = 2, <unk> = 3, <mask> last. <s> text </s>."""
    from tokenizers import Tokenizer
    tok = Tokenizer.from_file(f"{a.tokeniser}/tokenizer.json")
    for name in ("tokenizer.json", "vocab.json", "merges.txt", "tokenizer_config.json"):
        shutil.copyfile(f"{a.tokeniser}/{name}", f"{a.out}/{name}")
    arch |= dict(vocab_size=tok.get_vocab_size(), pad_token_id=1, eos_token_id=2, bos_token_id=0,
                 decoder_start_token_id=2, forced_eos_token_id=2)
    return lambda texts: [e.ids for e in tok.encode_batch(texts)]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out")
    p.add_argument("--arch", required=True)
    p.add_argument("--tokeniser", required=True, help="Marian: a SentencePiece model; BART: the folder of a tokenizer.json")
    p.add_argument("--direction", default="de-en")
    p.add_argument("--sets", nargs="+", required=True, metavar="NAME=FILE")
    p.add_argument("--max-src", type=int, default=130, help="longer inputs are left out (BART: cut)")
    p.add_argument("--max-tgt", type=int, default=130)
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    with open(a.arch) as f:
        arch = json.load(f)
    is_bart = arch["family"] == "bart"
    encode = (bart if is_bart else marian)(a, arch)
    with open(f"{a.out}/arch.json", "w") as f:
        json.dump(arch, f, indent=1)
    for name, path in (s.split("=", 1) for s in a.sets):
        items = list(rows(path))
        turn = not is_bart and not a.direction.startswith("de")
        src, tgt = encode([x[turn] for x in items]), encode([x[not turn] for x in items])
        if is_bart:
            src = [s if len(s) <= a.max_src else s[:a.max_src - 1] + [2] for s in src]
        keep = [i for i in range(len(items)) if len(src[i]) <= a.max_src and 2 < len(tgt[i]) <= a.max_tgt]
        sf, so = flat([src[i] for i in keep])
        tf, to = flat([tgt[i] for i in keep])
        np.savez(f"{a.out}/{name}.npz", src=sf, src_off=so, tgt=tf, tgt_off=to)
        print(name, len(keep), "rows", len(sf), "source ids", len(tf), "target ids", flush=True)


if __name__ == "__main__":
    main()
