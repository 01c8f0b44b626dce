#!/usr/bin/env python3
"""Monolingual text -> synthetic pairs, with a model of the other direction, run by the product's own engine.

    back_translate.py EN_DE_FOLDER mono.en.txt OUT.tsv --minutes 60 [--made english]

For de->en training the English side is real and the German is the model's: rows are
`bt<TAB>german made<TAB>english real`. With --made english (a de->en model on German text) the German is real.
The best hypothesis of a small beam is taken: where real pairs are few, it is a better source than sampled ones
(Edunov et al. 2018). Shuffle the text first; the budget may end before it does. Goes on from where OUT ended when
started again. It needs a release build of the program.
"""
import argparse
import itertools
import re
import subprocess
import time
from pathlib import Path

from mix_mt import usable
from mix_summary import clean, sentences
from product import PROGRAM


def texts(path):
    """Sentences of a sensible length; neighbours are sometimes kept together elsewhere (robustness.py)."""
    seen = set()
    with open(path, encoding="utf-8") as f:
        for line in f:
            for s in sentences(clean(line)):
                if 5 <= len(s.split()) <= 45 and re.search("[.!?\"']$", s) and s not in seen:
                    seen.add(s)
                    yield s


def blocks(items, size):
    """Lists of `size` items, the last one shorter."""
    items = iter(items)
    return iter(lambda: list(itertools.islice(items, size)), [])


def engine_arguments(p, beam):
    """How long to translate, and the arguments that `translated` takes besides `model`."""
    p.add_argument("--minutes", type=float, default=60)
    p.add_argument("--beam", type=int, default=beam)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--program", default=PROGRAM)


def translated(a, lines):
    """One line for each line."""
    command = [a.program, "--quiet", "translate", "--no-split", "--translate-model", a.model, "--beam", str(a.beam),
               "--threads", str(a.threads)]
    done = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    made = done.stdout.splitlines()
    assert len(made) == len(lines), f"{len(made)} lines for {len(lines)}"
    return made


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model")
    p.add_argument("text")
    p.add_argument("out")
    p.add_argument("--made", choices=["german", "english"], default="german")
    engine_arguments(p, beam=2)
    a = p.parse_args()
    # Sentences that are done, whether their pair was usable or not.
    counter = Path(a.out + ".done")
    done = before = int(counter.read_text()) if counter.exists() else 0
    start = time.time()
    with open(a.out, "a", encoding="utf-8") as out:
        for block in blocks(itertools.islice(texts(a.text), done, None), 4096):
            for real, made in zip(block, translated(a, block)):
                de, en = (made, real) if a.made == "german" else (real, made)
                if usable("bt", de, en):
                    out.write(f"bt\t{de}\t{en}\n")
            out.flush()
            done += len(block)
            counter.write_text(str(done))
            print(done, "sentences", round((done - before) / (time.time() - start)), "a second", flush=True)
            if time.time() - start > a.minutes * 60:
                break


if __name__ == "__main__":
    main()
