#!/usr/bin/env python3
"""Choose the training rows for translation: news often, general prose once, documentation in samples.

    mix_mt.py parallel.tsv general.tsv news.tsv [--repeat-news 4]

Rows are source<TAB>german<TAB>english, in document order within a source. `general.tsv` is the mix for the main run,
`news.tsv` the real news alone (and a little made by program) to finish on. Rows are repeated here, so that what is
written is exactly what is trained on.
"""
import argparse
import random
import re
import sys

from news_terms import of_terms, written
from robustness import made, varied

NEWS = ["wmt_news", "wmt_news_rev", "wmt15_sample", "europarl_sample"]
# source: how often a row counts. Numbers below one are the share of rows that is kept. cwa_blog, on one telephone app,
# made every German compound with "Corona-" the app's name.
WEIGHT = {"ud_pud": 3, "cwa_blog": 0, "nextstrain": 2, "xquad": 2, "mlqe_pe": 2, "contrawsd": 2, "iwslt16_dev": 2,
          "parcor_ted": 2, "stsb": 1, "captions_3b1b": 1, "tatoeba": 1, "tatoeba_test": 1, "bcontrast": 0.3,
          "multi30k": 0.2, "debian_web": 0.4, "mdn": 0.15, "correlaid": 2, "rationality_freiburg": 2,
          "mozilla_www": 1, "mozilla_legal": 0.5, "opensource_guide": 2, "wheelofheaven": 1, "wiki_titles": 0.1,
          "cldr_names": 1, "fdroid": 0.3, "progit2": 0.4, "rust_book": 0.3, "riseup": 0.4, "hetzner": 0.2,
          "ms_iot_course": 0.2, "ms_security101": 1, "letsencrypt": 1, "w3c_i18n": 0.4, "ms_dynamics_bc": 0.06,
          "ms_dotnet": 0.03, "php_manual": 0.05, "adobe_workfront": 0.06, "gnome_help": 0.2, "evcc_docs": 0.3,
          "freebsd_docs": 0.08, "tails": 0.3, "moodle": 0.1}
NAMES = {"wiki_titles", "cldr_names"}
SHORT = {"tatoeba": 5, "tatoeba_test": 4}                  # fewest English words; the shortest ones teach little


def usable(source, de, en):
    """Drop untranslated rows, markup and pairs of very unequal length."""
    if source in NAMES:
        return len(de) < 60
    if de == en or re.search(r"[<>{}|\\`]|https?:|\]\(", de + en):
        return False
    a, b = len(de), len(en)
    return 0.4 < a / b < 2.5 if min(a, b) > 20 else abs(a - b) < 40


def plain_quotes(text):
    """English output has one kind of quotation mark, whatever the source had."""
    return re.sub("[“”„«»]", '"', text).replace("’", "'").replace("‘", "'")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("parallel")
    p.add_argument("general")
    p.add_argument("news")
    p.add_argument("--repeat-news", type=int, default=4)
    p.add_argument("--made", type=int, default=12000, help="pairs made by program in the general mix")
    p.add_argument("--terms", type=int, default=12000, help="pairs around words of German news in the general mix")
    p.add_argument("--written", type=int, default=2, help="how often each sentence of news_sentences.tsv counts in both")
    p.add_argument("--others", type=float, default=0.0, help="how often the rows of a source count that has no weight here")
    p.add_argument("--scale", type=float, default=1.0, help="multiplies every weight below one: more documentation")
    a = p.parse_args()
    rng = random.Random(5)
    rows, unknown = {}, set()
    with open(a.parallel, encoding="utf-8") as f:
        for line in f:
            source, de, en = line.rstrip("\n").split("\t")
            de, en = de.strip(), plain_quotes(en.strip())
            if source not in NEWS and source not in WEIGHT:
                unknown.add(source)
                if not a.others:
                    continue
            if de and en and usable(source, de, en):
                if len(en.split()) >= SHORT.get(source, 1):
                    rows.setdefault(source, []).append((de, en))
    if unknown and not a.others:
        print("left out, as they have no weight (see --others):", ", ".join(sorted(unknown)), file=sys.stderr)
    general, news = [], []
    for source in NEWS:
        pairs = rows.pop(source, [])
        for turn in range(a.repeat_news):
            general += [(source, *q) for q in pairs]
            general += [(source, *q) for q in varied(pairs, seed=100 + turn)]
        for turn in range(2):
            news += [(source, *q) for q in pairs]
            news += [(source, *q) for q in varied(pairs, seed=200 + turn)]
    for source, pairs in rows.items():
        w = WEIGHT.get(source, a.others)
        if w < 1:
            pairs = rng.sample(pairs, min(len(pairs), int(len(pairs) * w * a.scale)))
        general += [(source, *q) for q in pairs for _ in range(max(1, int(w)))]
    general += [("made", *q) for q in made(a.made)] + [("terms", *q) for q in of_terms(a.terms)]
    news += [("made", *q) for q in made(a.made // 4, seed=9)]
    by_hand = [("written", *q) for q in written() for _ in range(a.written)]
    general, news = general + by_hand, news + by_hand
    for path, out in ((a.general, general), (a.news, news)):
        with open(path, "w", encoding="utf-8") as f:
            f.writelines("\t".join(r) + "\n" for r in out)
        print(path, len(out), "rows", sum(len(r[2].split()) for r in out), "English words", file=sys.stderr)


if __name__ == "__main__":
    main()
