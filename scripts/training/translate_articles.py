#!/usr/bin/env python3
"""German articles with a teaser -> their beginnings in English, by the product's own engine, for the summariser.

    translate_articles.py DE_EN_FOLDER articles.de.jsonl OUT.jsonl --minutes 15 [--sentences 12] [--held-back]

Each line in has `id`, `teaser` and `text`; where the text begins with the teaser, that is taken off. Each line out has
`id`, and `teaser` and `text` as lists of [german, english] sentences: what an article looks like to the summariser
once the shipped model has translated it, and which of its sentences say what an editor chose to say. Every tenth
article is left out, to read and to measure with; --held-back takes these and no others. Goes on from where OUT ended when started again; it needs a release
build of the program.
"""
import argparse
import json
import re
import time
from pathlib import Path

from back_translate import blocks, engine_arguments, translated
from mix_summary import divided, held_back

# Not after an ordinal or an initial: "am 3. Oktober", "J. Müller".
END = re.compile(r"""(?<=[.!?])(?<!\b\d\.)(?<!\b\d\d\.)(?<!\b\w\.)(?:["“”»«]\s+|\s+(?=["„»«A-ZÄÖÜ0-9]))""")


def german_sentences(text):
    """Sentences of all lines; a closing quotation mark still belongs to its sentence."""
    return [s for line in text.split("\n") for s in divided(" ".join(line.split()), END)]


def articles(path, most, skip, held=False):
    """(id, sentences of the teaser, first sentences of the text) of each usable article, of those to train on or of
    those held back."""
    with open(path, encoding="utf-8") as f:
        for line in f:
            r = json.loads(line)
            if held_back(r["id"]) != held or r["id"] in skip or len(r["teaser"].split()) < 8:
                continue
            text = german_sentences(r["text"].removeprefix(r["teaser"]))[:most]
            if len(text) >= 4:
                yield r["id"], german_sentences(r["teaser"]), text


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model")
    p.add_argument("articles")
    p.add_argument("out")
    p.add_argument("--sentences", type=int, default=12, help="of the text of each article")
    p.add_argument("--held-back", action="store_true", help="the articles that are not for training")
    engine_arguments(p, beam=4)
    a = p.parse_args()
    start, out = time.time(), Path(a.out)
    done = {json.loads(line)["id"] for line in out.read_text().splitlines()} if out.exists() else set()
    with open(out, "a", encoding="utf-8") as f:
        for block in blocks(articles(a.articles, a.sentences, done, a.held_back), 256):
            lines = [s for _, teaser, text in block for s in teaser + text]
            pairs = iter(list(zip(lines, translated(a, lines))))
            for name, *parts in block:
                teaser, text = ([next(pairs) for _ in part] for part in parts)
                f.write(json.dumps({"id": name, "teaser": teaser, "text": text}, ensure_ascii=False) + "\n")
            f.flush()
            done |= {name for name, *_ in block}
            print(len(done), "articles", round(time.time() - start), "seconds", flush=True)
            if time.time() - start > a.minutes * 60:
                break


if __name__ == "__main__":
    main()
