#!/usr/bin/env python3
"""Train the MarianMT or BART of a prepared folder (prepare.py), on a CPU or one GPU.

    train.py DATA OUT --minutes 90 --decay 0.5 [--finish news --finish-share 0.2]

Writes OUT/last.pt and OUT/log.jsonl. The same command started again goes on from OUT/last.pt, with the same
schedule, until the budget of OUT is spent; SIGTERM saves and ends. The budget is time (--minutes) or, the same on
every machine, updates (--steps). The learning rate warms up, stays, and falls linearly to zero over the last --decay
of of the budget. During its last --finish-share the rows come from the set named by --finish instead of --set. A number in
OUT/minutes, read now and then, replaces --minutes: a machine may be there for longer than was thought, or less long. The
next phase is another OUT with --init OUT/last.pt. OUT/last.pt also holds the exponential moving average of the weights,
which export.py and --init take.

Several processes of one training, one for each core of a machine without a GPU, are started by torchrun:

    OMP_NUM_THREADS=1 torchrun --nproc-per-node 2 train.py DATA OUT --threads 1 --minutes 90

Each takes rows of its own, and every --meet-every updates all go on from the average of their weights: local SGD
(Stich 2019), which spares them waiting for each other at every update.
"""
import argparse
import json
import os
import signal
import time

os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16384")
import numpy as np
import torch
import torch.distributed as dist
from safetensors.torch import load_file

from data import Split, ahead
from loss import SmoothedCrossEntropy
from muon import Muon
from seq2seq import Seq2Seq

AHEAD = 6       # batches made while a GPU computes


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data")
    p.add_argument("out")
    budget = p.add_mutually_exclusive_group(required=True)
    budget.add_argument("--minutes", type=float, help="wall-clock budget of OUT, all calls together")
    budget.add_argument("--steps", type=int, help="updates of OUT, all calls together")
    p.add_argument("--decay", type=float, default=0.0, help="share of the budget")
    p.add_argument("--set", default="train")
    p.add_argument("--finish", help="set of the last updates")
    p.add_argument("--finish-share", type=float, default=0.0, help="share of the budget")
    p.add_argument("--beside", help="a second set, from which --beside-share of the batches come; its file may appear while the "
                   "training runs (decode.py)")
    p.add_argument("--beside-share", type=float, default=0.5)
    p.add_argument("--max-tokens", type=int, default=2048, help="padded tokens (the longer side) in one batch")
    p.add_argument("--lr", type=float, default=2e-3)
    p.add_argument("--muon-scale", type=float, default=1.0, help="the hidden matrices' rate is --lr times this")
    p.add_argument("--warmup", type=int, default=300)
    p.add_argument("--optimiser", choices=["muon", "adamw"], default="muon")
    p.add_argument("--guide", type=float, default=0.0, help="weight of the guided alignment, for sets that align.py has seen")
    p.add_argument("--dropout", type=float, help="instead of the architecture's")
    p.add_argument("--smoothing", type=float, default=0.1)
    p.add_argument("--ema", type=float, default=0.998, help="per step")
    p.add_argument("--eval-every", type=int, default=500)
    p.add_argument("--save-minutes", type=float, default=5)
    p.add_argument("--threads", type=int, default=0)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--meet-every", type=int, default=25, help="updates between two averages of the processes' weights")
    p.add_argument("--embeddings", help="start from a table made by align.py --embeddings, or from `random` ones: "
                   "either way with attention to the source that passes on what it finds")
    p.add_argument("--init", help="a last.pt of another run, or an exported model folder, to start the weights from")
    return p.parse_args()


class Trainer:
    EMA_EVERY = 4           # an average over all weights at each step would cost more than it gives

    def __init__(self, a):
        self.a, self.t0 = a, time.time()
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.rank, self.world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
        if self.world > 1:
            dist.init_process_group("gloo")
        torch.manual_seed(a.seed)
        torch.backends.cuda.enable_cudnn_sdp(False)         # it plans each new shape anew, for longer than the step takes
        if a.threads:
            torch.set_num_threads(a.threads)
        os.makedirs(a.out, exist_ok=True)
        with open(f"{a.data}/arch.json") as f:
            self.arch = json.load(f)
        if a.dropout is not None:
            self.arch["dropout"] = a.dropout
        self.model = Seq2Seq(self.arch).to(self.device)
        self.say(f"{sum(q.numel() for q in self.model.parameters()) / 1e6:.2f} M parameters on {self.device}")
        hidden, rest, bare = [], [], []
        for name, q in self.model.named_parameters():
            group = bare if q.dim() < 2 else hidden if "layers" in name and a.optimiser == "muon" else rest
            group.append(q)
        self.opts = [torch.optim.AdamW([{"params": rest, "weight_decay": 0.01}, {"params": bare, "weight_decay": 0.0}],
                                       lr=a.lr, betas=(0.9, 0.98), eps=1e-8, fused=True)]
        if hidden:
            self.opts.append(Muon(hidden, lr=a.lr))
        self.params = dict(self.model.named_parameters())
        self.state = {"step": 0, "tokens": 0, "minutes": 0.0, "at": {}}
        self.last = f"{a.out}/last.pt"
        self.ema, self.guided = None, 0.0
        if os.path.exists(self.last):
            z = torch.load(self.last, map_location=self.device, weights_only=False)
            self.model.load_state_dict(z["model"])
            for o, s in zip(self.opts, z["opts"]):
                o.load_state_dict(s)
            self.ema, self.state = z["ema"], z["state"]
            self.say("goes on from", self.state)
        elif a.init:
            self.model.load_state_dict(self.initial(a.init))
            self.say("starts from the weights of", a.init)
        elif a.embeddings:
            table = None if a.embeddings == "random" else torch.from_numpy(np.load(a.embeddings))
            self.model.start_lexical(table)
        if self.ema is None:
            self.ema = {n: q.detach().clone() for n, q in self.params.items()}
        self.before = self.state["minutes"]
        self.sets = {n: Split(f"{a.data}/{n}.npz", self.arch, self.device) for n in {a.set, a.finish, "dev"} - {None}}
        self.log = open(f"{a.out}/log.jsonl", "a")
        self.stopped, self.alone = False, 0                 # tokens since the processes last met
        signal.signal(signal.SIGTERM, self.stop)

    def initial(self, path):
        """The weights of another run's last.pt, or of an exported model folder."""
        if os.path.isdir(path):
            stored = load_file(f"{path}/model.safetensors", device=str(self.device))
            # The start token's row is zero there and never used; any value will do.
            return {name: stored[name].float() for name in self.model.state_dict()}
        return torch.load(path, map_location=self.device, weights_only=False)["ema"]

    def stop(self, *_):
        """SIGTERM: save after the current step and end."""
        self.stopped = True

    def minutes(self):
        """Minutes spent on OUT, earlier calls included."""
        return self.before + (time.time() - self.t0) / 60

    def left(self):
        """Share of the budget that is left."""
        return 1 - (self.state["step"] / self.a.steps if self.a.steps else self.minutes() / self.a.minutes)

    def finishing(self):
        return bool(self.a.finish) and self.left() < self.a.finish_share

    def reconsider(self):
        """Take the new budget from OUT/minutes, where there is one."""
        path = f"{self.a.out}/minutes"
        if self.a.minutes and os.path.exists(path):
            with open(path) as f:
                self.a.minutes = float(f.read())

    def rate(self):
        r = self.a.lr * min(1, (self.state["step"] + 1) / self.a.warmup)
        return r * max(0.0, min(1.0, self.left() / self.a.decay)) if self.a.decay else r

    def forward(self, batch, smoothing):
        """Summed loss over the target tokens of a batch; padding is left out."""
        h = self.model.hidden(batch.src, batch.dec).flatten(0, 1)[batch.on]
        return SmoothedCrossEntropy.apply(h, self.model.model.shared.weight, batch.target, smoothing)

    def say(self, *words):
        """One process speaks for all."""
        if self.rank == 0:
            print(*words, flush=True)

    def report(self, **row):
        if self.rank:
            return
        print(json.dumps(row), flush=True)
        self.log.write(json.dumps(row) + "\n")
        self.log.flush()

    def evaluate(self, weights="ema"):
        """Loss per token on the dev set, without smoothing."""
        keep = {n: q.detach().clone() for n, q in self.params.items()}
        with torch.no_grad():
            if weights == "ema":
                for n, q in self.params.items():
                    q.copy_(self.ema[n])
            self.model.eval()
            loss = count = 0
            for rows in self.sets["dev"].batches(None, self.a.max_tokens):
                batch = self.sets["dev"].batch(rows)
                loss, count = loss + self.forward(batch, 0.0).item(), count + batch.n
            self.model.train()
            for n, q in self.params.items():
                q.copy_(keep[n])
        return round(loss / count, 4)

    def save(self):
        if self.rank:
            return
        self.state["minutes"] = self.minutes()
        torch.save({"model": self.model.state_dict(), "opts": [o.state_dict() for o in self.opts], "ema": self.ema,
                    "state": self.state, "arch": self.arch}, self.last + ".tmp")
        os.replace(self.last + ".tmp", self.last)

    def update(self, batch):
        """One update; the loss per target token. It stays on the device: a GPU is never waited for here."""
        attention = self.model.model.decoder.layers[-1].encoder_attn
        attention.keep = self.a.guide > 0 and batch.align is not None
        loss, n = self.forward(batch, self.a.smoothing), batch.n
        plain = loss.detach() / n
        if attention.keep:
            sure = batch.align.ge(0)
            right = attention.kept.float().gather(2, batch.align.clamp(min=0).unsqueeze(2)).squeeze(2)
            guided = (-right.clamp(min=1e-4).log() * sure).sum()
            loss = loss + self.a.guide * guided
            self.guided += 0.02 * (guided.item() / max(1, int(sure.sum())) - self.guided)
            attention.keep, attention.kept = False, None
        for q in self.params.values():
            q.grad = None
        (loss / n).backward()
        torch.nn.utils.clip_grad_norm_(self.params.values(), 1.0)
        for o, scale in zip(self.opts, (1.0, self.a.muon_scale)):
            for g in o.param_groups:
                g["lr"] = self.rate() * scale
            o.step()
        self.state["step"] += 1
        self.state["tokens"] += n
        self.alone += n
        if self.state["step"] % self.EMA_EVERY == 0:
            s = self.state["step"] / self.EMA_EVERY
            d = min(self.a.ema ** self.EMA_EVERY, (s + 1) / (s + 10))
            with torch.no_grad():
                torch._foreach_lerp_(list(self.ema.values()), [q.detach() for q in self.params.values()], 1 - d)
        return plain

    def rows_of(self, name):
        """Rows of a set's batches, epoch after epoch without end; a restart goes on where it stopped."""
        while True:
            epoch, at = self.state["at"].get(name, (0, 0))
            batches = self.sets[name].batches(np.random.default_rng(self.a.seed * 1000 + epoch), self.a.max_tokens)
            batches = batches[self.rank::self.world]
            for k in range(at, len(batches)):
                self.state["at"][name] = (epoch, k + 1)
                yield batches[k]
            self.state["at"][name] = (epoch + 1, 0)

    def opened(self, name):
        """Whether a set is there, which may come late."""
        path = f"{self.a.data}/{name}.npz"
        if name not in self.sets and os.path.exists(path):
            self.sets[name] = Split(path, self.arch, self.device)
            self.say("takes rows from", path)
        return name in self.sets

    def batches(self):
        """Batches without end, from the set that the time calls for."""
        rows = {name: self.rows_of(name) for name in (self.a.set, self.a.beside, self.a.finish) if name}
        draw = np.random.default_rng([self.a.seed, self.rank, self.state["step"]])
        while True:
            name = self.a.set
            if self.finishing():
                name = self.a.finish
            elif self.a.beside and draw.random() < self.a.beside_share and self.opened(self.a.beside):
                name = self.a.beside
            yield self.sets[name].batch(next(rows[name]))

    def over(self):
        """Whether to end. Several processes agree on it when they meet."""
        ending = self.stopped or self.left() <= 0
        if self.world == 1:
            return ending
        return self.state["step"] % self.a.meet_every == 0 and self.meet(ending)

    def meet(self, ending):
        """All processes go on from the average of their weights; True if one of them is to end."""
        for q in self.params.values():
            dist.all_reduce(q.data)
            q.data /= self.world
        both = torch.tensor([ending, self.alone], dtype=torch.float64)
        dist.all_reduce(both)
        self.state["tokens"] += int(both[1]) - self.alone
        self.alone = 0
        return bool(both[0])

    def run(self):
        if self.left() <= 0:
            self.say("the budget is spent; a new phase is another OUT with --init", self.last)
            return
        self.model.train()
        saved = shown = time.time()
        tokens, losses, cpu = 0, [], time.process_time()
        for batch in ahead(self.batches(), AHEAD) if self.device == "cuda" else self.batches():
            losses.append(self.update(batch))
            tokens += batch.n
            if self.state["step"] % 50 == 0:
                self.reconsider()
                now = time.time()
                self.report(step=self.state["step"], loss=round(torch.stack(losses).mean().item(), 4), lr=round(self.rate(), 6),
                            guided=round(self.guided, 3), tokens=self.state["tokens"], tok_s=round(tokens / (now - shown)),
                            tok_cpu_s=round(tokens / (time.process_time() - cpu)), min=round((now - self.t0) / 60, 1))
                shown, tokens, losses, cpu = now, 0, [], time.process_time()
            if self.state["step"] % self.a.eval_every == 0 and self.rank == 0:
                self.report(step=self.state["step"], dev_loss=self.evaluate(), min=round((time.time() - self.t0) / 60, 1),
                            cpu_min=round(time.process_time() / 60, 1))
            if time.time() - saved > self.a.save_minutes * 60:
                self.save()
                saved = time.time()
            if self.over():
                break
        self.save()
        if self.rank == 0:
            self.report(done=True, **self.state, dev_loss=self.evaluate(), dev_loss_last=self.evaluate("last"))


if __name__ == "__main__":
    Trainer(arguments()).run()
