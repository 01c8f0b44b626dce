#!/usr/bin/env python3
"""German articles and a parallel corpus -> the words that newspapers use and the corpus lacks, and sentences without them.

    rare_words.py articles.de.jsonl parallel.tsv words.tsv sentences.txt [--sentences 36000]

words.tsv: word, in how many articles, how often in the corpus; about these a person writes sentence pairs
(news_sentences.tsv; names are among them, to be passed over). sentences.txt: sentences of the articles in which every
word is known to the corpus: what a model makes of them keeps it as it is while it learns the others. None is of the
tenth of the articles that is left to read and to measure with.
"""
import argparse
import json
import random
import re
from collections import Counter

from mix_summary import held_back
from translate_articles import german_sentences

WORD = re.compile(r"[A-Za-zÄÖÜäöüß]+(?:-[A-Za-zÄÖÜäöüß]+)*")
ENDINGS = ("innen", "ungen", "ern", "est", "en", "er", "es", "em", "st", "te", "n", "e", "s", "t")


def stem(word):
    """Without its ending, so that the forms of a word count as one; rough, and good enough for counting."""
    word = word.lower()
    return next((word[:-len(e)] for e in ENDINGS if word.endswith(e) and len(word) - len(e) >= 5), word)


def stems(text):
    return [stem(w) for w in WORD.findall(text)]


def corpus_counts(path):
    counts = Counter()
    with open(path, encoding="utf-8") as f:
        for line in f:
            counts.update(stems(line.split("\t")[1]))
    return counts


def lacking(articles, corpus, least, known):
    """[(word as it is mostly written, articles, times in the corpus)], those in most articles first."""
    spread, written = Counter(), {}
    for r in articles:
        forms = Counter(WORD.findall(f"{r['text']} {r['teaser']}"))
        spread.update({stem(w) for w in forms})
        for form, n in forms.items():
            written.setdefault(stem(form), Counter())[form] += n
    rare = [(written[s].most_common(1)[0][0], n, corpus[s]) for s, n in spread.items()
            if len(s) >= 5 and n >= least and corpus[s] < known]
    return sorted(rare, key=lambda row: (-row[1], row[0]))


def plain_sentences(articles, rare, most):
    """Sentences of a usual length without a rare word, in random order."""
    out = [" ".join(s.split()) for r in articles if not held_back(r["id"]) for s in german_sentences(r["text"])]
    random.Random(3).shuffle(out)
    fit = (s for s in out if 6 <= len(s.split()) <= 34 and s[-1] in '.!?“"' and rare.isdisjoint(stems(s)))
    return [s for s, _ in zip(fit, range(most))]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("articles")
    p.add_argument("parallel")
    p.add_argument("words")
    p.add_argument("out")
    p.add_argument("--sentences", type=int, default=36000)
    p.add_argument("--least", type=int, default=12, help="articles that a word is in")
    p.add_argument("--known", type=int, default=6, help="times in the corpus from which on a word is known")
    a = p.parse_args()
    with open(a.articles, encoding="utf-8") as f:
        articles = [json.loads(line) for line in f]
    rare = lacking(articles, corpus_counts(a.parallel), a.least, a.known)
    with open(a.words, "w", encoding="utf-8") as f:
        f.writelines(f"{word}\t{n}\t{known}\n" for word, n, known in rare)
    with open(a.out, "w", encoding="utf-8") as f:
        f.writelines(s + "\n" for s in plain_sentences(articles, {stem(w) for w, _, _ in rare}, a.sentences))
    print(f"{len(rare)} words")


if __name__ == "__main__":
    main()
