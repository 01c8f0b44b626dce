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

import numpy as np

from mix_summary import clean, cut, held_back, joined, sentences, write_set
from select_sentences import Selector, best_sentences, oracle, overlap, words

TEASER = 8.0        # what being as the teaser says counts for, in the selector's scores: about as much as all the rest
LENGTHS = (120, 180, 250, 400, 750)     # words of an input: the summariser must choose from short articles and long ones


def beginning(text, limit):
    return sentences(cut(clean(text), limit))


def with_bullets(records, limit):
    """(sentences of the beginning, the editors' bullets in one text) of the articles that are not held back."""
    return [(beginning(r["text"], limit), joined(r["bullets"]))
            for r in records if r["task"] == "summarize" and not held_back(r["id"])]


class Passage:
    """The beginning of an article or of one of its later parts, out of which sentences are to be chosen."""

    def __init__(self, name, parts, whole=None, near=0.0, copies=1):
        self.name, self.parts, self.near, self.copies = name, parts, near, copies
        self.input = whole or " ".join(parts)       # `whole`: with what follows in the article

    def rows(self, scores):
        """Training rows; none where no sentence is fit."""
        best = best_sentences(self.parts, scores + self.near)
        return [(self.name, self.input, " ".join(best))] * self.copies if best else []


def passage(name, text, length, limit, copies):
    """The first `length` words of an article; what is chosen is among the first `limit` all the same."""
    whole = cut(clean(text), length) if length > limit else None
    return Passage(name, beginning(text, min(length, limit)), whole, copies=copies)


def english(records, rng, limit):
    """Passages of English articles. A Reuters article counts with its lead and without, so that not only leads are
    chosen; the few articles with bullets count at every length."""
    for r in records:
        name, texts = r["task"], [r["text"]]
        if name != "lead_headline" and held_back(r["id"]):
            continue
        if name == "lead_headline":
            texts.append(clean(r["summary"]) + " " + r["text"])
        for text in texts:
            for length in [rng.choice(LENGTHS)] if name == "lead_headline" else LENGTHS:
                made = passage(name, text, length, limit, copies=1 if name == "lead_headline" else 2)
                if len(made.parts) > 2:
                    yield made


def translated(path, rng, limit):
    """Passages of translated articles: the beginning of each at two lengths, and one further on, as a long article's
    windows are."""
    with open(path, encoding="utf-8") as f:
        for line in f:
            r = json.loads(line)
            teaser = [w for german, _ in r["teaser"] for w in words(german)]
            for start, length in zip((0, 0, rng.randint(2, 5)), rng.sample(LENGTHS, 3)):
                pairs = r["text"][start:]
                while sum(len(e.split()) for _, e in pairs) > min(length, limit):
                    pairs = pairs[:-1]
                near = np.array([TEASER * overlap(words(german), teaser) for german, _ in pairs])
                if len(pairs) > 2:
                    yield Passage("translated", [clean(e) for _, e in pairs], near=near)


def oracles(bullets, limit):
    """Rows of the editors' own choice, where the bullets are near enough to the article's sentences."""
    for r in bullets:
        for length in LENGTHS:
            parts = beginning(r["text"], min(length, limit))
            chosen, near = oracle(parts, joined(r["bullets"]))
            if near > 0.35 and not held_back(r["id"]):
                whole = cut(clean(r["text"]), length) if length > limit else " ".join(parts)
                yield ("oracle", whole, " ".join(parts[k] for k in chosen))


def chosen(selector, passages):
    """The rows of all passages."""
    scores = selector.scores([passage.parts for passage in passages])
    return [row for passage, s in zip(passages, scores) for row in passage.rows(s)]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("records")
    p.add_argument("out")
    p.add_argument("--translated")
    p.add_argument("--limit-words", type=int, default=400, help="sentences are chosen from so many words")
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    rng = random.Random(12)
    with open(a.records, encoding="utf-8") as f:
        records = [r for r in map(json.loads, f) if r["task"] in ("lead_headline", "summarize", "summarize_extractive")]
    bullets = [r for r in records if r["task"] == "summarize"]
    selector = Selector(with_bullets(records, a.limit_words))
    held = [Passage("held", beginning(r["text"], a.limit_words)) for r in bullets if held_back(r["id"])]
    passages = list(english(records, rng, a.limit_words))
    if a.translated:
        passages += translated(a.translated, rng, a.limit_words)
    rows, dev = chosen(selector, passages) + list(oracles(bullets, a.limit_words)), chosen(selector, held)
    rng.shuffle(rows)
    write_set(a.out, "extracts", rows)
    write_set(a.out, "extracts.dev", dev)


if __name__ == "__main__":
    main()
