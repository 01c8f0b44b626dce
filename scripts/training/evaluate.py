#!/usr/bin/env python3
"""BLEU and chrF (sacreBLEU) of a translation folder on any source / reference pair, beam 4.

    evaluate.py MODEL_FOLDER source.txt reference.txt [--lines 500] [--engine ctranslate2|transformers]

CTranslate2 (float32 weights by default; the model is converted on the fly) is several times faster on a CPU.
"""
import argparse
import json
import tempfile
import time

import sacrebleu


def with_ctranslate2(folder, lines, a):
    import ctranslate2
    import sentencepiece as spm
    sp = spm.SentencePieceProcessor(model_file=f"{folder}/source.spm")
    with tempfile.TemporaryDirectory() as out:
        ctranslate2.converters.TransformersConverter(folder).convert(out, force=True)
        model = ctranslate2.Translator(out, device="cpu", compute_type=a.compute, inter_threads=1, intra_threads=a.threads)
        pieces = [t + ["</s>"] for t in sp.encode(lines, out_type=str)]
        result = model.translate_batch(pieces, beam_size=a.beam, max_batch_size=a.batch, batch_type="examples",
                                       max_decoding_length=300)
    return [sp.decode([t for t in r.hypotheses[0] if t != "</s>"]) for r in result]


def with_transformers(folder, lines, a):
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer
    torch.set_num_threads(a.threads)
    tok = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSeq2SeqLM.from_pretrained(folder, dtype=torch.float32).eval()
    order = sorted(range(len(lines)), key=lambda i: len(lines[i]))
    out = [""] * len(lines)
    for i in range(0, len(order), a.batch):
        part = order[i:i + a.batch]
        x = tok([lines[k] for k in part], return_tensors="pt", padding=True)
        with torch.no_grad():
            y = model.generate(**x, num_beams=a.beam, max_length=300)
        for k, text in zip(part, tok.batch_decode(y, skip_special_tokens=True)):
            out[k] = text
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model")
    p.add_argument("source")
    p.add_argument("reference")
    p.add_argument("--lines", type=int, default=0, help="the first so many lines only; 0: all")
    p.add_argument("--engine", choices=["ctranslate2", "transformers"], default="ctranslate2")
    p.add_argument("--compute", default="float32", help="CTranslate2's type of numbers")
    p.add_argument("--beam", type=int, default=4)
    p.add_argument("--batch", type=int, default=16)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--show", type=int, default=0, help="print so many translations")
    a = p.parse_args()
    with open(a.source, encoding="utf-8") as f:
        source = f.read().split("\n")[:-1]
    with open(a.reference, encoding="utf-8") as f:
        reference = f.read().split("\n")[:-1]
    assert len(source) == len(reference)
    if a.lines:
        source, reference = source[:a.lines], reference[:a.lines]
    t = time.time()
    out = (with_ctranslate2 if a.engine == "ctranslate2" else with_transformers)(a.model, source, a)
    for s, o, r in list(zip(source, out, reference))[:a.show]:
        print("DE ", s, "\nOUT", o, "\nREF", r, "\n")
    bleu, chrf = sacrebleu.metrics.BLEU(), sacrebleu.metrics.CHRF()
    print(json.dumps({"lines": len(source), "bleu": round(bleu.corpus_score(out, [reference]).score, 2),
                      "chrf": round(chrf.corpus_score(out, [reference]).score, 2), "beam": a.beam, "engine": a.engine,
                      "seconds": round(time.time() - t, 1), "signature": str(bleu.get_signature())}))


if __name__ == "__main__":
    main()
