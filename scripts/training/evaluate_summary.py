#!/usr/bin/env python3
"""ROUGE-1/2/L of a summariser on held-back articles with editors' bullets, beside the lead.

    evaluate_summary.py MODEL_FOLDER held.jsonl [--limit 100]

"lead3" is the first three sentences of the article; "lead" are its first words, for each article as many as the model
wrote, for ROUGE's F measure rises with the length of a lead. The product refuses an output sentence whose number or
name the article lacks; the number of such sentences is printed too ("unsupported").
"""
import argparse
import json
import time

import torch
from rouge_score import rouge_scorer
from tokenizers import Tokenizer
from transformers import BartForConditionalGeneration

from mix_summary import cut, faithful, joined, sentences


def scores(predictions, references):
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
    rows = [scorer.score(r, p) for p, r in zip(predictions, references)]
    return {k: round(100 * sum(r[k].fmeasure for r in rows) / len(rows), 2) for k in ("rouge1", "rouge2", "rougeL")}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model")
    p.add_argument("held")
    p.add_argument("--limit", type=int, default=0)
    p.add_argument("--words", type=int, default=400, help="the article is cut to so many words")
    p.add_argument("--min-length", type=int, default=30)
    p.add_argument("--max-length", type=int, default=110)
    p.add_argument("--beam", type=int, default=4)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--show", type=int, default=0)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    with open(a.held, encoding="utf-8") as f:
        held = [json.loads(line) for line in f]
    held = held[:a.limit] if a.limit else held
    references = [joined(h["bullets"]) for h in held]
    tok = Tokenizer.from_file(f"{a.model}/tokenizer.json")
    model = BartForConditionalGeneration.from_pretrained(a.model, dtype=torch.float32).eval()
    out, bad, count, t = [], 0, 0, time.time()
    for h in held:
        text = cut(h["text"], a.words)
        ids = tok.encode(text).ids
        ids = ids if len(ids) <= 1024 else ids[:1023] + [2]
        with torch.no_grad():
            y = model.generate(torch.tensor([ids]), attention_mask=torch.ones(1, len(ids), dtype=torch.long),
                               num_beams=a.beam, min_length=a.min_length, max_length=a.max_length, no_repeat_ngram_size=3)
        out.append(tok.decode(y[0].tolist(), skip_special_tokens=True).strip())
        parts = sentences(out[-1])
        count += len(parts)
        bad += sum(not faithful(text, s) for s in parts)
    for h, o in list(zip(held, out))[:a.show]:
        print("OUT", o, "\nREF", joined(h["bullets"]), "\n")
    lead = [" ".join(sentences(h["text"])[:3]) for h in held]
    same = [" ".join(text.split()[:len(o.split())]) for text, o in zip(lead, out)]
    print(json.dumps({"articles": len(held), "model": scores(out, references), "lead": scores(same, references),
                      "lead3": scores(lead, references),
                      "sentences": count, "unsupported": bad, "words": round(sum(len(o.split()) for o in out) / len(out), 1),
                      "seconds": round(time.time() - t, 1)}))


if __name__ == "__main__":
    main()
