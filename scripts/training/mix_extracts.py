#!/usr/bin/env python3
"""Articles -> the sentences of theirs that a selector trained on editors' bullets chooses (select_sentences.py).

    mix_extracts.py summarise.en.jsonl OUT [--translated articles.en.jsonl]

Writes OUT/extracts.tsv and OUT/extracts.dev.tsv (name<TAB>input<TAB>output; dev: the held-back articles). Every output is
word for word in its input. --translated takes what translate_articles.py wrote: the product's own English, in which the
teaser of the German article says which sentences matter; no teaser is in these rows.
"""
import argparse
import json
import os
import random
import sys
from collections import Counter

from mix_summary import clean, cut, held_back, joined, sentences
from select_sentences import Selector, best_sentences, oracle, overlap, words

TEASER = 8.0        # what being as the teaser says counts for, in the selector's scores: about as much as all the rest


def beginning(text, limit):
    return sentences(cut(clean(text), limit))


def row(name, parts, scores):
    """One training row, or none where no sentence is fit."""
    best = best_sentences(parts, scores)
    return [(name, " ".join(parts), " ".join(best))] if best else []


def from_records(records, selector, limit):
    """Rows of English articles. A Reuters article counts with its lead and without, so that not only leads are chosen."""
    for r in records:
        text, name = r["text"], r["task"]
        if name == "lead_headline":
            for whole in (clean(r["summary"]) + " " + text, text):
                parts = beginning(whole, limit)
                if len(parts) > 2:
                    yield from row(name, parts, selector.scores(parts))
        elif name in ("summarize", "summarize_extractive") and not held_back(r["id"]):
            parts = beginning(text, limit)
            if len(parts) > 2:
                yield from row(name, parts, selector.scores(parts)) * 2
                chosen, near = oracle(parts, joined(r["bullets"])) if name == "summarize" else ([], 0)
                if near > 0.35:
                    yield ("oracle", " ".join(parts), " ".join(parts[k] for k in chosen))


def from_translated(path, selector, rng, limit):
    """Rows of translated articles: the beginning of each, and a passage further on, as a long article's windows are."""
    with open(path, encoding="utf-8") as f:
        for line in f:
            r = json.loads(line)
            teaser = [w for german, _ in r["teaser"] for w in words(german)]
            for start in (0, rng.randint(2, 5)):
                pairs = r["text"][start:]
                while sum(len(english.split()) for _, english in pairs) > limit:
                    pairs = pairs[:-1]
                if len(pairs) > 2:
                    parts = [clean(english) for _, english in pairs]
                    near = [TEASER * overlap(words(german), teaser) for german, _ in pairs]
                    yield from row("translated", parts, selector.scores(parts) + near)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("records")
    p.add_argument("out")
    p.add_argument("--translated")
    p.add_argument("--limit-words", type=int, default=180)
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    rng = random.Random(12)
    with open(a.records, encoding="utf-8") as f:
        records = [r for r in map(json.loads, f) if r["task"] in ("lead_headline", "summarize", "summarize_extractive")]
    bullets = [r for r in records if r["task"] == "summarize"]
    selector = Selector([(beginning(r["text"], a.limit_words), joined(r["bullets"])) for r in bullets if not held_back(r["id"])])
    held = [beginning(r["text"], a.limit_words) for r in bullets if held_back(r["id"])]
    dev = [x for parts in held for x in row("held", parts, selector.scores(parts))]
    rows = list(from_records(records, selector, a.limit_words))
    if a.translated:
        rows += from_translated(a.translated, selector, rng, a.limit_words)
    rng.shuffle(rows)
    for name, out in (("extracts", rows), ("extracts.dev", dev)):
        with open(f"{a.out}/{name}.tsv", "w", encoding="utf-8") as f:
            f.writelines("\t".join(r) + "\n" for r in out)
        print(name, Counter(r[0] for r in out), sum(len(r[2].split()) for r in out), "output words", file=sys.stderr)


if __name__ == "__main__":
    main()
