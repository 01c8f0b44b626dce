#!/usr/bin/env python3
"""Choose and make the training rows of the summariser.

    mix_summary.py summarise.en.jsonl mono.en.txt OUT [--limit-words 290]

Writes OUT/{pre,main,dev}.tsv (name<TAB>input<TAB>output) and OUT/held.jsonl:
  pre   denoising of short passages, deletion compression, picking the central sentence of a passage: cheap rows that
        teach fluent copying before anything else
  main  article -> lead, article -> editors' bullets or the sentences that come nearest to them, compression; only pairs whose numbers and names are in the input
  held  every tenth article with editors' bullets, never trained on; evaluate_summary.py measures on it
"""
import argparse
import hashlib
import json
import os
import random
import re
import sys
from collections import Counter

from select_sentences import oracle

# Where a sentence ends; a closing quotation mark still belongs to it. Not after initials and common abbreviations.
SENTENCE_END = re.compile(r"""[.!?]["']?\s+(?=["']?[A-Z0-9])""")
ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Jr|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec))$")
WORD = re.compile(r"[A-Za-z']+|\d[\d.,]*")


def divided(text, border, refused=lambda before, mark: False):
    """The parts of a text that end with a match of `border`, save where `refused` says so."""
    out, start = [], 0
    for end in border.finditer(text):
        if not refused(text[start:end.start()], text[end.start()]):
            out.append(text[start:end.end()].strip())
            start = end.end()
    return [s for s in [*out, text[start:].strip()] if s]


def sentences(text):
    return divided(text, SENTENCE_END, lambda before, mark: mark == "." and ABBREVIATION.search(before))


def clean(text):
    text = re.sub("[“”„]", '"', text).replace("’", "'").replace("‘", "'")
    return " ".join(text.split())


def cut(text, words):
    """The first `words` words, back to the end of a sentence where there is one."""
    w = text.split()
    if len(w) <= words:
        return text
    head = " ".join(w[:words])
    ends = [m.end() for m in re.finditer(r'[.!?]["\']?(?=\s|$)', head)]
    return head[:ends[-1]] if ends and ends[-1] > len(head) // 2 else head


def faithful(source, target):
    """No number and no name in the target that the source lacks."""
    have = {w.rstrip(".,") for w in WORD.findall(source)}
    low = {w.lower() for w in have}
    for i, s in enumerate(sentences(target)):
        for k, w in enumerate(WORD.findall(s)):
            w = w.rstrip(".,'")
            w = w[:-2] if w.endswith("'s") else w
            if w[:1].isdigit() and w not in have and w + "s" not in have:
                return False
            if k and w[:1].isupper() and len(w) > 1 and w.lower() not in low and w.lower() + "'s" not in low:
                return False
    return True


def infilled(rng, passage):
    """BART's noise: spans of words become one <mask>; now and then the sentences change places."""
    parts = sentences(passage)
    if len(parts) > 1 and rng.random() < 0.15:
        rng.shuffle(parts)
    words = " ".join(parts).split()
    todo = max(1, int(len(words) * rng.uniform(0.08, 0.3)))
    out, i = [], 0
    starts = set(rng.sample(range(len(words)), min(len(words), max(1, todo // 3))))
    while i < len(words):
        if i in starts:
            out.append("<mask>")
            i += rng.choice([0, 1, 2, 3, 3, 4, 6])
            if i < len(words) and (i in starts or out[-1:] == ["<mask>"]):
                out.append(words[i])
        else:
            out.append(words[i])
        i += 1
    return " ".join(out)


def central(rng, passage):
    """The sentence that shares most words with the rest (PEGASUS' choice); it stays in the input."""
    parts = [s for s in sentences(passage)]
    if len(parts) < 4:
        return None
    bags = [Counter(w.lower() for w in WORD.findall(s)) for s in parts]
    total = sum(bags, Counter())

    def score(k):
        own = sum(bags[k].values())
        shared = sum(min(n, total[w] - n) for w, n in bags[k].items() if len(w) > 3)
        return shared / (own + 12)
    best = max(range(len(parts)), key=lambda k: score(k) + (0.08 if k == 0 else 0.0))
    target = parts[best]
    return target if 8 <= len(target.split()) <= 45 and target[-1] in '.!?"' else None


def extracted(text, bullets):
    """The sentences of `text` that together say most of the bullets, in their order, or None. Copying them is within
    reach of a small model, and faithful by construction."""
    parts = [s for s in sentences(text)[:25] if 6 <= len(s.split()) <= 40 and s[-1] in '.!?"']
    chosen, near = oracle(parts, bullets)
    return " ".join(parts[i] for i in chosen) if near > 0.35 else None


def from_mono(path, rng, denoise, pick):
    paragraphs = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = clean(line)
            if len(line.split()) >= 12 and rng.random() < 0.5:
                paragraphs.append(line)
    rng.shuffle(paragraphs)
    out, picked = [], 0
    for text in paragraphs:
        n = len(text.split())
        if n > 60 and picked < pick and rng.random() < 0.6:
            text = cut(text, rng.choice([120, 160, 220]))
            target = central(rng, text)
            if target:
                out.append(("pick", text, target))
                picked += 1
                continue
        text = cut(text, rng.choice([25, 40, 60, 80]))
        if len(text.split()) >= 8 and len(out) - picked < denoise:
            out.append(("denoise", infilled(rng, text), text))
    return out


def joined(bullets):
    return " ".join(b if b[-1] in ".!?\"'" else b + "." for b in map(clean, bullets) if b)


def write_set(folder, name, rows):
    """Write the rows (name, input, output) of a set, and say what is in it."""
    with open(f"{folder}/{name}.tsv", "w", encoding="utf-8") as f:
        f.writelines("\t".join(r) + "\n" for r in rows)
    print(name, Counter(r[0] for r in rows), sum(len(r[1].split()) for r in rows), "input words",
          sum(len(r[2].split()) for r in rows), "output words", file=sys.stderr)


def held_back(name):
    """Whether an article is among the tenth that is never trained on."""
    return int(hashlib.sha1(name.encode()).hexdigest(), 16) % 10 == 0


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("records")
    p.add_argument("mono")
    p.add_argument("out")
    p.add_argument("--limit-words", type=int, default=290)
    p.add_argument("--denoise", type=int, default=60000)
    p.add_argument("--pick", type=int, default=20000)
    p.add_argument("--repeat-bullets", type=int, default=6)
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    rng = random.Random(11)
    pre, rows, held, dev, dropped = from_mono(a.mono, rng, a.denoise, a.pick), [], [], [], Counter()
    with open(a.records, encoding="utf-8") as f:
        for line in f:
            r = json.loads(line)
            task = r["task"]
            # A few inputs stay long, so that the later positions learn something too.
            words = a.limit_words if rng.random() < 0.96 else 700
            text = cut(clean(r["text"]), words)
            if task == "compress":
                short = clean(r["compression"])
                if len(short.split()) >= 4 and faithful(text, short):
                    if r["case"] == "original":
                        rows += [(task, text, short)] * 2
                    else:
                        pre.append((task, text, short))
                        if rng.random() < 0.08:
                            rows.append((task, text, short))
            elif task == "lead_headline":
                lead = clean(r["summary"])
                if not 8 <= len(lead.split()) <= 60:
                    continue
                whole = cut(lead + " " + text, words)      # as an article is: with its lead
                if faithful(text, lead):
                    rows.append((task, text, lead))
                else:
                    dropped[task] += 1
                rows.append(("lead_kept", whole, lead))
            elif task == "summarize":
                if held_back(r["id"]):
                    held.append({"id": r["id"], "text": clean(r["text"]), "bullets": [clean(b) for b in r["bullets"]]})
                    dev.append((task, cut(clean(r["text"]), a.limit_words), joined(r["bullets"])))
                    continue
                good = [b for b in r["bullets"] if b.strip() and faithful(text, clean(b))]
                dropped[task] += len(r["bullets"]) - len(good)
                if good:
                    rows += [(task, text, joined(good))] * a.repeat_bullets
                sentences_of_it = extracted(text, joined(r["bullets"]))
                if sentences_of_it:
                    rows += [("oracle", text, sentences_of_it)] * a.repeat_bullets
            elif task == "summarize_extractive":
                good = [s for s in sentences(clean(r["summary"])) if s in text][:3]
                good.sort(key=text.index)
                if len(good) >= 2 and len(" ".join(good).split()) <= 90:
                    rows += [(task, text, " ".join(good))] * 2
    for name, out in (("pre", pre), ("main", rows), ("dev", dev)):
        if name != "dev":
            rng.shuffle(out)
        write_set(a.out, name, out)
    with open(f"{a.out}/held.jsonl", "w", encoding="utf-8") as f:
        f.writelines(json.dumps(h, ensure_ascii=False) + "\n" for h in held)
    print("held back", len(held), "dropped as unfaithful", dict(dropped), file=sys.stderr)


if __name__ == "__main__":
    main()
