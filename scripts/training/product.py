"""The product's own binary: the recipe trains on what it does, and measures what it does."""
import subprocess
from pathlib import Path

import numpy as np

PROGRAM = str(Path(__file__).parents[2] / "target/release/tagesbrief")      # a release build


def features(articles):
    """What the product's selection sees: their names, and for each article (a list of sentences) an array
    [sentences, features]."""
    lines = ["\t".join(" ".join(s.split()) for s in parts) + ("\t" if len(parts) == 1 else "") for parts in articles]
    done = subprocess.run([PROGRAM, "--quiet", "summarise", "--features"], input="".join(line + "\n" for line in lines),
                          capture_output=True, text=True, check=True)
    head, *rows = done.stdout.split("\n")[:-1]
    rows = [row.split("\t") for row in rows]
    counts = np.bincount([int(row[0]) for row in rows], minlength=len(articles) + 1)[1:]
    table = np.split(np.array([row[2:] for row in rows], float), np.cumsum(counts)[:-1])
    return head.split("\t")[2:], [x[:len(parts)] for x, parts in zip(table, articles)]
