#!/usr/bin/env python3
"""Write a model folder's README.md from the training log, the measurements and a table of the data.

    model_card.py FOLDER --title "..." --log RUN/log.jsonl --facts facts.json

facts.json: {"about": [...], "hardware": "...", "measured": [["step", "set", "BLEU", ...], ...], "data":
[["source", "repository", "licence"], ...], "limits": [...]}. Only what was measured belongs there.
"""
import argparse
import json
import os


def table(rows):
    head, *body = [[str(c) for c in r] for r in rows]
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(r) + " |" for r in lines)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder")
    p.add_argument("--title", required=True)
    p.add_argument("--log", required=True)
    p.add_argument("--facts", required=True)
    a = p.parse_args()
    with open(f"{a.folder}/config.json") as f:
        c = json.load(f)
    with open(a.facts, encoding="utf-8") as f:
        facts = json.load(f)
    with open(a.log) as f:
        last = [json.loads(line) for line in f if '"done"' in line][-1]
    size = os.path.getsize(f"{a.folder}/model.safetensors")
    out = [f"# {a.title}", "", *facts["about"], "", "## Architecture", "",
           f"{c['architectures'][0]}: {c['encoder_layers']} encoder and {c['decoder_layers']} decoder layers, width "
           f"{c['d_model']}, feed-forward {c['encoder_ffn_dim']}, {c['encoder_attention_heads']} heads, {c['vocab_size']:,} "
           f"pieces, all embeddings tied, {c['max_position_embeddings']:,} positions; {facts['parameters']}; fp16, "
           f"{size / 1e6:.1f} MB.", "", "## Training", "",
           f"{last['step']:,} updates on {last['tokens'] / 1e6:.2f} M target tokens in {last['minutes']:.0f} minutes of wall "
           f"clock on {facts['hardware']}", "", *facts.get("steps", []), "", "## Measured", "", table(facts["measured"]), "",
           *facts.get("measured_how", []), "", "## Limits", "", *(f"- {x}" for x in facts["limits"]), "", "## Data", "",
           *facts.get("data_note", []), "", table([["source", "repository", "licence found"], *facts["data"]])]
    with open(f"{a.folder}/README.md", "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
