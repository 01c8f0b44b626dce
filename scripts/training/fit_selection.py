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
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from mix_extracts import beginning
from mix_summary import held_back, joined
from product import features
from select_sentences import oracle


def articles(path, limit):
    """(sentences, what an editor said of them), of articles that are not held back."""
    with open(path, encoding="utf-8") as f:
        records = [r for r in map(json.loads, f) if r["task"] == "summarize" and not held_back(r["id"])]
    both = [(beginning(r["text"], limit), joined(r["bullets"])) for r in records]
    return [(parts, said) for parts, said in both if len(parts) > 2]


def fitted(examples):
    """{feature: weight}, for the features as they are."""
    names, x = features([parts for parts, _ in examples])
    chosen = [k in set(oracle(parts, said)[0]) for parts, said in examples for k in range(len(parts))]
    scaler = StandardScaler().fit(np.concatenate(x))
    model = LogisticRegression(max_iter=2000).fit(scaler.transform(np.concatenate(x)), chosen)
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
