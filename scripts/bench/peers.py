"""transformers and CTranslate2 at the work of `tagesbrief bench`, with a report of the same form. Run by `compare`."""
import argparse
import importlib.machinery
import importlib.util
import json
import resource
import sys
import time
from pathlib import Path

WARM_UP = 2
NIGHT_ROWS = 32


def module(path):
    """A script without an ending as a module."""
    loader = importlib.machinery.SourceFileLoader(path.stem.replace("-", "_"), str(path))
    made = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(made)
    return made


class Texts:
    """A model folder's tokeniser: text to pieces and ids, as the product has them."""

    def __init__(self, folder):
        self.config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.marian = self.config["model_type"] == "marian"
        if self.marian:
            import sentencepiece
            self.pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
            self.vocabulary = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
            self.end = self.config["eos_token_id"]
        else:
            self.tokenizer = byte_level(folder)
            self.prefix = self.config.get("prefix") or ""

    def encode(self, text):
        """Pieces with `</s>` (and `<s>` for BART), and their ids."""
        if self.marian:
            pieces = self.pieces.encode(text, out_type=str)
            unknown = self.vocabulary["<unk>"]
            return pieces + ["</s>"], [self.vocabulary.get(p, unknown) for p in pieces] + [self.end]
        encoding = self.tokenizer.encode(self.prefix + text)
        return encoding.tokens, encoding.ids

    def lines(self, path, tokens, limit=None):
        """The first lines of a file that hold something, articles cut to so many tokens as the program cuts them."""
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()][:limit]
        return lines if self.marian else [self.cut(line, tokens) for line in lines]

    def limit(self, length, summary_tokens):
        """The most tokens of the answer to a source of so many."""
        return min(2 * length + 16, self.config["max_position_embeddings"]) if self.marian else summary_tokens

    def cut(self, text, tokens):
        """The first words of a text, at most so many tokens."""
        words = text.split(" ")
        low, high = 0, len(words)
        while low < high:
            middle = (low + high + 1) // 2
            fits = len(self.encode(" ".join(words[:middle]))[1]) <= tokens
            low, high = (middle, high) if fits else (low, middle - 1)
        return " ".join(words[:low])


def byte_level(folder):
    """tokenizer.json, or what vocab.json and merges.txt make."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors
    if (folder / "tokenizer.json").is_file():
        return Tokenizer.from_file(str(folder / "tokenizer.json"))
    made = Tokenizer(models.BPE.from_file(str(folder / "vocab.json"), str(folder / "merges.txt")))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    made.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    made.add_special_tokens([AddedToken(t, special=True) for t in ("<s>", "<pad>", "</s>", "<unk>", "<mask>")])
    return made


class Transformers:
    """`generate` in 32-bit floats, on padded batches of about equal length."""

    def __init__(self, a, texts):
        import torch
        from transformers import AutoModelForSeq2SeqLM
        torch.set_num_threads(a.threads)
        self.torch, self.config, self.texts = torch, texts.config, texts
        started = time.perf_counter()
        self.model = AutoModelForSeq2SeqLM.from_pretrained(a.model, dtype=torch.float32).eval()
        self.load_seconds = time.perf_counter() - started

    def answer(self, rows, beam, limit):
        """Ids of each answer, for rows of ids, in their order."""
        answers = {}
        order = sorted(range(len(rows)), key=lambda i: -len(rows[i]))
        for start in range(0, len(order), NIGHT_ROWS):
            part = order[start:start + NIGHT_ROWS]
            longest = max(len(rows[i]) for i in part)
            pad = self.config["pad_token_id"]
            ids = self.torch.tensor([rows[i] + [pad] * (longest - len(rows[i])) for i in part])
            mask = self.torch.tensor([[1] * len(rows[i]) + [0] * (longest - len(rows[i])) for i in part])
            with self.torch.no_grad():
                out = self.model.generate(input_ids=ids, attention_mask=mask, **self.options(beam, limit(longest)))
            for i, row in zip(part, out.tolist()):
                answers[i] = self.body(row[1:])
        return [answers[i] for i in range(len(rows))]

    def options(self, beam, limit):
        """What the product asks of a decoder."""
        keys = ("pad_token_id", "eos_token_id", "bos_token_id", "decoder_start_token_id", "forced_bos_token_id",
                "forced_eos_token_id", "bad_words_ids")
        options = {k: self.config[k] for k in keys if self.config.get(k) is not None}
        if self.config.get("force_bos_token_to_be_generated"):
            options["forced_bos_token_id"] = self.config["bos_token_id"]
        marian = self.texts.marian
        return options | dict(
            num_beams=beam, do_sample=False, max_length=min(limit, self.config["max_position_embeddings"]), min_length=2,
            length_penalty=1.0, early_stopping=not marian and beam > 1, renormalize_logits=marian, use_cache=True,
            no_repeat_ngram_size=0 if marian else 3)

    def body(self, row):
        """Without `</s>` and the padding."""
        end = self.config["eos_token_id"]
        row = row[:row.index(end)] if end in row else row
        return [i for i in row if i != self.config["pad_token_id"]]


class CTranslate2:
    """`translate_batch`, as many translators by as many threads as asked for."""

    def __init__(self, a, texts):
        import ctranslate2
        self.texts, self.shape = texts, a.shape
        translators, threads = map(int, a.shape.split("x"))
        started = time.perf_counter()
        self.translator = ctranslate2.Translator(
            str(a.converted), device="cpu", compute_type=a.arithmetic, inter_threads=translators, intra_threads=threads)
        self.load_seconds = time.perf_counter() - started
        self.translators = translators

    def answer(self, rows, beam, limit):
        """Pieces of each answer, for rows of pieces, in their order."""
        # So that every translator has something to do.
        most = max(1, min(NIGHT_ROWS, -(-len(rows) // self.translators)))
        marian = self.texts.marian
        out = self.translator.translate_batch(
            rows, beam_size=beam, max_batch_size=most, batch_type="examples", length_penalty=1.0,
            max_decoding_length=limit(max(map(len, rows))) - 1, no_repeat_ngram_size=0 if marian else 3,
            target_prefix=None if marian else [["<s>"]] * len(rows))
        return [hypothesis.hypotheses[0] for hypothesis in out]


def measure(a):
    """The report."""
    texts = Texts(a.model)
    engine = {"transformers": Transformers, "ctranslate2": CTranslate2}[a.system](a, texts)
    report = {"load_seconds": engine.load_seconds, "load_memory": peak(), "timings": [], "growth": []}
    lines = texts.lines(a.texts, a.source_tokens)
    column = 0 if a.system == "ctranslate2" else 1
    rows = [texts.encode(line)[column] for line in lines]

    def limit(length):
        return texts.limit(length, a.summary_tokens)

    def run(name, beam, count, repeat):
        part = [rows[i % len(rows)] for i in range(count)]
        size = count if name == "night" else int(name)
        timing = {"batch": name, "beam": beam, "texts": count, "seconds": [], "processor_seconds": [],
                  "source_words": sum(len(lines[i % len(lines)].split()) for i in range(count))}
        for _ in range(repeat):
            started, spent = time.perf_counter(), time.process_time()
            answers = [x for i in range(0, count, size) for x in engine.answer(part[i:i + size], beam, limit)]
            timing["seconds"].append(time.perf_counter() - started)
            timing["processor_seconds"].append(time.process_time() - spent)
        timing |= {"target_tokens": sum(len(x) + 1 for x in answers), "peak_memory": peak()}
        return timing

    for beam in a.beam:
        engine.answer(rows[:WARM_UP], beam, limit)
        for name in a.batch:
            report["timings"].append(run(name, beam, len(rows) if name == "night" else min(a.sample, len(rows)), a.repeat))
    for count in a.growth:
        report["growth"].append(run("night", 4, count, 1))
    return report | {"peak_memory": peak()}


def peak():
    """The most memory in use so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def numbers(text):
    """A list of whole numbers."""
    return [int(part) for part in text.split(",") if part]


def main():
    """Arguments as `compare` gives them; the report goes to standard output."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("system", choices=["transformers", "ctranslate2"])
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--converted", type=Path)
    p.add_argument("--arithmetic", default="int8")
    p.add_argument("--shape", default="2x1", help="translators x threads")
    p.add_argument("--texts", type=Path, required=True)
    p.add_argument("--batch", type=lambda text: text.split(","), default=["1", "8", "32", "night"])
    p.add_argument("--beam", type=numbers, default=[1, 4])
    p.add_argument("--growth", type=numbers, default=[])
    p.add_argument("--sample", type=int, default=200)
    p.add_argument("--repeat", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--source-tokens", type=int, default=800)
    p.add_argument("--summary-tokens", type=int, default=100)
    json.dump(measure(p.parse_args()), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
