#!/usr/bin/env python3
"""Run every step of the recipe once on a tiny made-up corpus, end to end, in a few minutes.

    OMP_NUM_THREADS=1 nice python smoke.py [--keep FOLDER]

It shows that the steps fit together and that what they write can be read by the next one, nothing more: the models
it makes are noise.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
NOUNS = [("Hafen", "harbour"), ("Bahnhof", "station"), ("Fluss", "river"), ("Markt", "market"), ("Turm", "tower"),
         ("Garten", "garden"), ("Zug", "train"), ("Park", "park"), ("Wald", "forest"), ("Platz", "square")]
VERBS = [("schließt", "closes"), ("öffnet", "opens"), ("wächst", "grows"), ("wartet", "waits"), ("bleibt", "stays")]
PLACES = ["Adorf", "Bewald", "Cestadt", "Dinsberg", "Elmau", "Fürth", "Gonnheim"]


def pair(rng):
    """A German sentence and its English."""
    (de, en), (does, verb), place = rng.choice(NOUNS), rng.choice(VERBS), rng.choice(PLACES)
    day = rng.randint(1, 30)
    return (f"Der {de} in {place} {does} am {day}. Mai, sagte die Stadt.",
            f"The {en} in {place} {verb} on May {day}, the city said.")


def write(path, lines):
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(line + "\n" for line in lines)


def corpus(rng):
    """The files that a user brings."""
    rows = [("wmt_news", *pair(rng)) for _ in range(600)] + [("own", *pair(rng)) for _ in range(600)]
    write("parallel.tsv", ("\t".join(row) for row in rows))
    dev = [pair(rng) for _ in range(40)]
    write("dev.tsv", ("\t".join(("dev", *row)) for row in dev))
    write("dev.de", (de for de, _ in dev))
    write("dev.en", (en for _, en in dev))
    write("mono.en.txt", (" ".join(pair(rng)[1] for _ in range(rng.randint(2, 9))) for _ in range(900)))
    records = []
    for k in range(200):
        said = [pair(rng)[1] for _ in range(8)]
        records.append({"task": "summarize", "text": " ".join(said), "bullets": said[:2], "summary": said[:2],
                        "id": str(k), "source": "own"})
        records.append({"task": "lead_headline", "text": " ".join(said[1:]), "summary": said[0], "id": f"l{k}"})
        records.append({"task": "compress", "text": said[0], "compression": said[0].split(",")[0] + ".",
                        "case": "original", "id": f"c{k}"})
    write("summarise.en.jsonl", map(json.dumps, records))
    write("articles.de.jsonl", (json.dumps({"id": str(k), "teaser": pair(rng)[0],
                                            "text": "\n".join(pair(rng)[0] for _ in range(6))}) for k in range(30)))


def architectures():
    """The shipped ones, made small."""
    for family in ("marian", "bart"):
        with open(f"{HERE}/arch/{family}-256.json") as f:
            arch = json.load(f)
        arch |= dict(d_model=64, encoder_layers=2, decoder_layers=1, encoder_ffn_dim=128, decoder_ffn_dim=128)
        double = dict(d_model=128, encoder_attention_heads=8, decoder_attention_heads=8, encoder_ffn_dim=192)
        for name, arch in ((family, arch), (f"{family}-wide", arch | double)):
            with open(f"{name}.json", "w") as f:
                json.dump(arch, f)


def step(line, processes=1):
    """One command of the recipe; what it says is shown only if it fails."""
    start = time.time()
    name, *rest = line.split()
    torchrun = ["-m", "torch.distributed.run", "--nproc-per-node", str(processes)] if processes > 1 else []
    done = subprocess.run([sys.executable, *torchrun, f"{HERE}/{name}", *rest], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout[-2000:]}{done.stderr[-4000:]}\nsmoke: failed: {line}")
    print(f"{time.time() - start:5.1f} s  {line}", flush=True)


def translation(direction, data, run, folder):
    """Prepare, align, train, export."""
    prepare = f"prepare.py {data} --arch marian.json --tokeniser tok/joint.model --direction {direction} --threads 1 --sets"
    step(f"{prepare} train=general.tsv news=news.tsv dev=dev.tsv")
    step(f"align.py {data}/train.npz {data}/train.align.npy --embeddings {data}/lexical.npy --dim 64")
    step(f"train.py {data} {run} --guide 1 --embeddings {data}/lexical.npy --steps 8 --threads 1")
    step(f"train.py {data} {run}-2 --init {run}/last.pt --steps 4 --decay 0.8 --finish news --finish-share 0.5 "
         "--meet-every 2 --threads 1", processes=2)
    step(f"export.py {run}-2/last.pt {data} {folder}")


def wider():
    """What a GPU is for, here without one: more back-translations at once, and a wider network."""
    step("prepare.py mt-wide --arch marian-wide.json --tokeniser tok/joint.model --threads 1 "
         "--sets train=general.tsv dev=dev.tsv")
    step("widen.py run/last.pt mt-wide wide/init.pt")
    step("decode.py run-back/last.pt mt-back mono.en.txt mt-wide/bt.npz --keep-all")
    step("train.py mt-wide run-wide --init wide/init.pt --beside bt --dropout 0.1 --steps 8 --threads 1")
    step("train.py mt-wide run-wide-2 --init run-wide/last.pt --steps 4 --threads 1")
    step("average.py run-wide/last.pt run-wide-2/last.pt wide/last.pt --share 0.85")
    step("export.py wide/last.pt mt-wide wide/translate")


def summariser():
    """The same for BART."""
    step("train_tokenisers.py bart mono.en.txt tok/bart --size 400")
    step("prepare.py bart --arch bart.json --tokeniser tok/bart --max-src 220 --max-tgt 160 "
         "--sets dev=summ/dev.tsv train=summ/main.tsv")
    step("align.py bart/train.npz bart/train.align.npy --copy")
    step("train.py bart run-bart --guide 1 --embeddings random --steps 8 --threads 1")
    step("translate_articles.py translate articles.de.jsonl articles.en.jsonl --minutes 1 --beam 1 --threads 1")
    step("mix_extracts.py summarise.en.jsonl summ --translated articles.en.jsonl")
    step("rare_words.py articles.de.jsonl parallel.tsv words.tsv known.de --least 1 --known 2")
    step("prepare.py bart --arch bart.json --tokeniser tok/bart --max-src 800 --max-tgt 160 "
         "--sets extracts=summ/extracts.tsv dev=summ/extracts.dev.tsv")
    step("align.py bart/extracts.npz bart/extracts.align.npy --copy")
    step("train.py bart run-bart-2 --init run-bart/last.pt --set extracts --guide 0.5 --smoothing 0.02 "
         "--steps 8 --threads 1")
    step("export.py run-bart-2/last.pt bart summarise")
    step("fit_selection.py summarise.en.jsonl summarise")
    step("evaluate_summary.py summarise summ/held.jsonl")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--keep", metavar="FOLDER", help="work here and delete nothing")
    a = p.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = a.keep or temporary
        os.makedirs(f"{folder}/tok", exist_ok=True)
        os.chdir(folder)
        corpus(random.Random(4))
        architectures()
        step("mix_mt.py parallel.tsv general.tsv news.tsv --others 1 --made 200 --terms 200 --repeat-news 1")
        step("train_tokenisers.py marian general.tsv tok/joint.model --size 300 --threads 1")
        translation("en-de", "mt-back", "run-back", "back")
        step("back_translate.py back mono.en.txt bt.tsv --minutes 0.1 --threads 1")
        step("back_translate.py back mono.en.txt bt.tsv --minutes 0.1 --threads 1")
        translation("de-en", "mt", "run", "translate")
        step("filter_by_loss.py run/last.pt mt general.tsv filtered.tsv --drop 0.1 --keep-all wmt_news")
        with open("filtered.tsv") as kept, open("general.tsv") as before:
            assert 0 < sum(1 for _ in kept) < sum(1 for _ in before), "nothing was dropped"
        with open("bt.tsv") as made:
            assert all(len(line.split("\t")) == 3 for line in made)
        wider()
        step("evaluate.py translate dev.de dev.en --threads 1")
        step("mix_summary.py summarise.en.jsonl mono.en.txt summ")
        summariser()
    print("smoke: every step ran")


if __name__ == "__main__":
    main()
