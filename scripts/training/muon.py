"""Muon for the hidden matrices, same-shaped ones in one batched product; AdamW for everything else.

The momentum's matrix is replaced by the nearest (semi-)orthogonal one, found by a few Newton-Schulz steps in bf16 or fp32, and
scaled so that an update is as large as AdamW's would be ("match_rms_adamw"): one learning rate serves both.
"""
import torch

from kernels import COMPUTE


# Coefficients of the first steps of "Polar Express" (Amsel et al. 2025): four of them do what five equal ones do.
STEPS = [(8.28721, -23.59589, 17.30039), (4.10706, -2.94785, 0.54484), (3.94869, -2.90890, 0.55182),
         (3.31842, -2.48849, 0.51005)]


def orthogonal(g):
    """[n, rows, cols] -> about U V^T of each."""
    x = g / (g.norm(dim=(1, 2), keepdim=True) * 1.02 + 1e-7)
    x = x.to(COMPUTE)
    tall = x.shape[1] > x.shape[2]
    if tall:
        x = x.transpose(1, 2).contiguous()
    for a, b, c in STEPS:
        s = x @ x.transpose(1, 2)
        x = torch.baddbmm(x, torch.baddbmm(s, s, s, beta=b, alpha=c), x, beta=a)
    return x.transpose(1, 2) if tall else x


class Muon(torch.optim.Optimizer):
    def __init__(self, params, lr, momentum=0.95, weight_decay=0.01):
        super().__init__(params, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            shapes = {}
            for p in group["params"]:
                shapes.setdefault(p.shape, []).append(p)
            for shape, ps in shapes.items():
                for p in ps:
                    if "m" not in self.state[p]:
                        self.state[p]["m"] = torch.zeros_like(p)
                ms, gs = [self.state[p]["m"] for p in ps], [p.grad for p in ps]
                torch._foreach_lerp_(ms, gs, 1 - group["momentum"])
                u = orthogonal(torch.stack(torch._foreach_lerp(gs, ms, group["momentum"])))
                rate = group["lr"] * 0.2 * max(shape) ** 0.5
                torch._foreach_mul_(ps, 1 - group["lr"] * group["weight_decay"])
                torch._foreach_add_(ps, list(u.float()), alpha=-rate)
