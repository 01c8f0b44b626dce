#!/usr/bin/env python3
"""Monolingual text -> synthetic pairs, with a model of the other direction (CTranslate2, int8, sampling).

    back_translate.py EN_DE_FOLDER mono.en.txt OUT.tsv --minutes 60 [--made english]

For de->en training the English side is real and the German is the model's: rows are
`bt<TAB>german made<TAB>english real`. With --made english (a de->en model on German text) the German is real.
Sampling from the ten best pieces gives more varied and more useful sources than a clean beam (Edunov et al. 2018).
Goes on from where OUT ended when started again.
"""
import argparse
import itertools
import os
import re
import tempfile
import time

import ctranslate2
import sentencepiece as spm

from mix_summary import clean, sentences


def texts(path):
    """Sentences of a sensible length; neighbours are sometimes kept together elsewhere (robustness.py)."""
    seen = set()
    with open(path, encoding="utf-8") as f:
        for line in f:
            for s in sentences(clean(line)):
                if 5 <= len(s.split()) <= 45 and re.search("[.!?\"']$", s) and s not in seen:
                    seen.add(s)
                    yield s


def blocks(items, size):
    """Lists of `size` items, the last one shorter."""
    items = iter(items)
    return iter(lambda: list(itertools.islice(items, size)), [])


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model")
    p.add_argument("text")
    p.add_argument("out")
    p.add_argument("--made", choices=["german", "english"], default="german")
    p.add_argument("--minutes", type=float, default=60)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--device", default="cpu")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    done = 0
    if os.path.exists(a.out):
        with open(a.out, encoding="utf-8") as f:
            done = sum(1 for _ in f)
    before = done
    sp = spm.SentencePieceProcessor(model_file=f"{a.model}/source.spm")
    ctranslate2.set_random_seed(a.seed + done)
    start = time.time()
    with tempfile.TemporaryDirectory() as folder, open(a.out, "a", encoding="utf-8") as out:
        ctranslate2.converters.TransformersConverter(a.model).convert(folder, quantization="int8", force=True)
        model = ctranslate2.Translator(folder, device=a.device, intra_threads=a.threads)
        for block in blocks(itertools.islice(texts(a.text), done, None), 2048):
            result = model.translate_batch([t + ["</s>"] for t in sp.encode(block, out_type=str)], beam_size=1,
                                           sampling_topk=10, max_batch_size=64, max_decoding_length=160)
            for real, r in zip(block, result):
                made = sp.decode([t for t in r.hypotheses[0] if t != "</s>"]).replace("\t", " ")
                pair = (made, real) if a.made == "german" else (real, made)
                out.write("\t".join(("bt", *pair)) + "\n")
            out.flush()
            done += len(block)
            print(done, "rows", round((done - before) / (time.time() - start)), "a second", flush=True)
            if time.time() - start > a.minutes * 60:
                break


if __name__ == "__main__":
    main()
