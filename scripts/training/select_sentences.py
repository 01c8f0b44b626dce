"""Which sentences of an article say what an editor would: a small selector that labels articles for the summariser.

A sequence model of a few million parameters learns to copy a sentence long before it learns to choose one, and editors'
bullets are too few (some 1,600 articles) to teach it the choice. This selector learns the choice from them and makes it
for tens of thousands of other articles; the summariser then learns from its choices (knowledge distillation, Hinton et
al. 2015). The features are the product's (`tagesbrief summarise --features`). The labels are the greedy oracle of
Nallapati et al. 2017.
"""
import re
from collections import Counter

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from product import features

WORD = re.compile(r"[^\W\d_][\w']*|\d[\d.,]*")


def words(text):
    return [w.lower() for w in WORD.findall(text)]


def overlap(candidate, reference):
    """F1 over words plus F1 over word pairs, of two lists of words: a quick stand-in for ROUGE-1 + ROUGE-2."""
    total = 0.0
    for n in (1, 2):
        have, want = (Counter(zip(*(text[k:] for k in range(n)))) for text in (candidate, reference))
        shared = sum((have & want).values())
        total += 2 * shared / max(1, sum(have.values()) + sum(want.values()))
    return total


def oracle(parts, reference, most=3, least_gain=0.02):
    """Indices of the sentences that together come nearest to `reference`, chosen greedily, and how near they come."""
    bags, reference = [words(s) for s in parts], words(reference)
    chosen, best = [], 0.0
    while len(chosen) < most:
        rest = [(overlap([w for i in sorted([*chosen, k]) for w in bags[i]], reference), k)
                for k in range(len(parts)) if k not in chosen]
        value, k = max(rest, default=(0.0, -1))
        if value <= best + least_gain:
            break
        best, chosen = value, [*chosen, k]
    return sorted(chosen), best


def in_oracle(articles):
    """For every sentence of all articles, pairs (sentences, bullets), whether it is in the oracle."""
    return [k in chosen for parts, bullets in articles for chosen in [oracle(parts, bullets)[0]] for k in range(len(parts))]


def linear_model(x, chosen):
    """The chance of being in the oracle, from features [sentences, features]."""
    return make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000)).fit(x, chosen)


class Selector:
    """Three models, added up: chance of being in the oracle (two of them) and nearness to the bullets."""

    def __init__(self, articles):
        """`articles`: pairs (sentences, the editors' bullets in one text)."""
        articles = [a for a in articles if a[0]]
        x = np.concatenate(features([parts for parts, _ in articles])[1])
        chosen = in_oracle(articles)
        near = [overlap(words(s), words(bullets)) for parts, bullets in articles for s in parts]
        trees = dict(max_iter=120, learning_rate=0.05, max_depth=4, min_samples_leaf=40, random_state=1)
        self.models = [linear_model(x, chosen).decision_function, HistGradientBoostingRegressor(**trees).fit(x, near).predict,
                       HistGradientBoostingRegressor(**trees).fit(x, np.array(chosen, float)).predict]
        self.scales = [(v.mean(), v.std()) for v in (m(x) for m in self.models)]

    def scores(self, articles):
        """For each article (a list of sentences) a number for each sentence, higher for better; some 3 is one standard
        deviation. All at once, as the models take long to start and little to go on."""
        x = np.concatenate(features(articles)[1])
        every = sum((m(x) - mean) / deviation for m, (mean, deviation) in zip(self.models, self.scales))
        return np.split(every, np.cumsum([len(parts) for parts in articles])[:-1])


def best_sentences(parts, scores, least_words=20, shortest=6, longest=45):
    """The best sentences, in their order, until they have `least_words` words; those that are no sentences left out."""
    fit = [k for k, s in enumerate(parts) if shortest <= len(s.split()) <= longest and re.search(r'[.!?]["\']?$', s)]
    chosen, length = [], 0
    for k in sorted(fit, key=lambda k: -scores[k]):
        if length >= least_words:
            break
        chosen.append(k)
        length += len(parts[k].split())
    return [parts[k] for k in sorted(chosen)]
