#!/usr/bin/env python3
"""Articles with editors' bullets -> which sentences the summariser is to read, and in which order.

    fit_selection.py summarise.en.jsonl MODEL_FOLDER [--words 150]

Writes MODEL_FOLDER/sentence_selection.json, which the product reads: the best sentences of an article, --words words of
them, best first. A logistic regression (Kupiec et al. 1995 used naive Bayes) on the product's own features tells the
sentences of the greedy oracle (Nallapati et al. 2017) from the others. It takes seconds.
"""
import argparse
import json

import numpy as np

from mix_extracts import with_bullets
from product import features
from select_sentences import in_oracle, linear_model


def articles(path, limit):
    """(sentences, bullets) of the articles that can be learned from."""
    with open(path, encoding="utf-8") as f:
        return [(parts, bullets) for parts, bullets in with_bullets(map(json.loads, f), limit) if len(parts) > 2]


def fitted(examples):
    """{feature: weight}, for the features as they are."""
    names, x = features([parts for parts, _ in examples])
    scaler, model = linear_model(np.concatenate(x), in_oracle(examples))
    return dict(zip(names, (model.coef_[0] / scaler.scale_).round(5).tolist()))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("records")
    p.add_argument("model")
    p.add_argument("--words", type=int, default=150, help="how much the summariser reads")
    p.add_argument("--limit-words", type=int, default=400, help="the beginning of an article that is learned from")
    a = p.parse_args()
    examples = articles(a.records, a.limit_words)
    with open(f"{a.model}/sentence_selection.json", "w") as f:
        json.dump({"words": a.words, "weights": fitted(examples)}, f, indent=2)
        f.write("\n")
    print(f"{a.model}/sentence_selection.json, from {len(examples)} articles")


if __name__ == "__main__":
    main()
