"""Output projection and label-smoothed cross entropy in one, some hundred rows at a time.

The [tokens, vocabulary] matrix never exists as a whole; the gradient is made in the forward pass.
"""
import torch

import kernels


def loss_and_gradient(z, y, eps):
    """Sum of the rows' losses and d loss / d z, for logits z (bf16 or fp32) and targets y (-1 counts nothing)."""
    if kernels.LIB is not None and z.device.type == "cpu":
        losses = torch.empty(len(y))
        kernels.call("smoothed_ce", z.dtype, z, y, losses, z.shape[0], z.shape[1], eps)
        return losses.sum(), z
    on = y.ge(0).unsqueeze(1)
    yc = y.clamp(min=0).unsqueeze(1)
    # Few passes over the big matrix: on a GPU they are most of what this costs.
    g = z.softmax(1, dtype=torch.float32)
    m = z.gather(1, yc).float() - g.gather(1, yc).clamp(min=1e-30).log()        # logsumexp
    loss = ((m - (1 - eps) * z.gather(1, yc).float() - eps * z.mean(1, keepdim=True, dtype=torch.float32)) * on).sum()
    g.sub_(eps / z.shape[1])
    g.scatter_add_(1, yc, torch.full_like(yc, -(1 - eps), dtype=g.dtype))
    return loss, g.to(z.dtype).mul_(on)


class SmoothedCrossEntropy(torch.autograd.Function):
    """h: [N, d] bf16 or fp32, weight: [V, d] fp32, y: [N] ids, -1 for padding. Returns the summed loss."""

    @staticmethod
    def forward(ctx, h, weight, y, eps):
        w = weight.to(h.dtype)
        chunk = 1024 if h.device.type == "cpu" else 16384
        gh, gw = torch.empty_like(h), torch.zeros_like(weight)
        loss = torch.zeros((), device=h.device)
        for i in range(0, h.shape[0], chunk):
            hc = h[i:i + chunk]
            part, g = loss_and_gradient(hc @ w.T, y[i:i + chunk].contiguous(), eps)
            loss += part
            gh[i:i + chunk] = g @ w
            gw += g.T @ hc
        ctx.save_for_backward(gh, gw)
        return loss

    @staticmethod
    def backward(ctx, grad):
        gh, gw = ctx.saved_tensors
        return gh * grad.to(gh.dtype), gw * grad, None, None
