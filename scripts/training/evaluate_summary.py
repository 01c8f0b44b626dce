#!/usr/bin/env python3
"""ROUGE-1/2/L of a summariser on held-back articles with editors' bullets, beside the lead; by the product's own binary.

    evaluate_summary.py MODEL_FOLDER held.jsonl [--words 400] [--show 20]

The articles are those that mix_summary.py held back, or German ones (translate_articles.py --held-back), whose teaser
is the reference.

"lead3" is the first three sentences of the article; "lead" are its first words, for each article as many as the summary
has, for ROUGE's F measure rises with the length of a lead. "above" is in how many of 100 resamplings of the articles the
summaries are above that lead (paired bootstrap, Koehn 2004): below 95 the difference may be chance. Origins are those
of `tagesbrief summarise`: the guard puts the article's own sentence in the place of one that cannot stand. It needs a
release build of the program.
"""
import argparse
import json
import subprocess
from collections import Counter

import numpy as np
from rouge_score import rouge_scorer

from mix_summary import clean, cut, joined, sentences
from product import PROGRAM

KINDS = ("rouge1", "rouge2", "rougeL")


def summaries(a, texts):
    """For each text its summary's sentences, as (sentence, origin)."""
    command = [a.program, "--quiet", "summarise", "--format", "tsv", "--summarise-model", a.model, *a.option]
    done = subprocess.run(command, input="".join(t + "\n" for t in texts), capture_output=True, text=True, check=True)
    out = [[] for _ in texts]
    for line in done.stdout.splitlines():
        article, sentence, _, origin = line.split("\t")
        out[int(article) - 1].append((sentence, origin))
    return out


def article(record):
    """Text and reference, in English."""
    if "bullets" in record:
        return clean(record["text"]), joined(record["bullets"])
    return tuple(clean(" ".join(english for _, english in record[part])) for part in ("text", "teaser"))


def scores(predictions, references):
    """F measures, [articles, kinds], in percent."""
    scorer = rouge_scorer.RougeScorer(list(KINDS), use_stemmer=True)
    found = (scorer.score(r, p) for p, r in zip(predictions, references))
    return np.array([[100 * f[k].fmeasure for k in KINDS] for f in found])


def above(ours, theirs, seed=1):
    """In how many of 100 resamplings the mean of `ours` is higher, for each kind."""
    rng = np.random.default_rng(seed)
    draws = rng.integers(0, len(ours), (1000, len(ours)))
    return dict(zip(KINDS, np.round(((ours - theirs)[draws].mean(1) > 0).mean(0) * 100, 1).tolist()))


def means(found):
    return dict(zip(KINDS, np.round(found.mean(0), 2).tolist()))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model")
    p.add_argument("held")
    p.add_argument("--limit", type=int, default=0, help="articles")
    p.add_argument("--words", type=int, default=400, help="the article is cut to so many words")
    p.add_argument("--show", type=int, default=0)
    p.add_argument("--option", action="append", default=[], help="for the program, such as --option=--precision=float32")
    p.add_argument("--program", default=PROGRAM)
    a = p.parse_args()
    with open(a.held, encoding="utf-8") as f:
        held = [article(json.loads(line)) for line in f]
    held = held[:a.limit] if a.limit else held
    texts = [cut(text, a.words) for text, _ in held]
    references = [reference for _, reference in held]
    said = summaries(a, texts)
    out = [" ".join(s for s, _ in summary) for summary in said]
    for o, reference in list(zip(out, references))[:a.show]:
        print("OUT", o, "\nREF", reference, "\n")
    ours = scores(out, references)
    lead = scores([" ".join(t.split()[:len(o.split())]) for t, o in zip(texts, out)], references)
    lead3 = scores([" ".join(sentences(t)[:3]) for t in texts], references)
    print(json.dumps({"articles": len(held), "summary": means(ours), "lead": means(lead), "above": above(ours, lead),
                      "lead3": means(lead3), "words": round(sum(len(o.split()) for o in out) / len(out), 1),
                      "origins": Counter(origin for summary in said for _, origin in summary)}))


if __name__ == "__main__":
    main()
