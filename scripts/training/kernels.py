"""The C kernels of kernels.c, built on first use; LIB is None on a GPU or where there is no C compiler."""
import ctypes
import os
import subprocess
import tempfile

import torch
import torch.nn.functional as F


NAMES = {torch.bfloat16: "bf16", torch.float32: "f32"}


def _compute_type():
    """bf16 where the processor (or GPU) multiplies it; elsewhere it is emulated, far slower than fp32."""
    if torch.cuda.is_available():
        return torch.bfloat16
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as f:
            flags = f.read()
    except OSError:
        flags = ""
    return torch.bfloat16 if "amx_bf16" in flags or "avx512_bf16" in flags else torch.float32


COMPUTE = _compute_type()


def _build():
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "kernels.c")
    try:
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "kernels.so")
            subprocess.run([os.environ.get("CC", "cc"), "-O3", "-march=native", "-ffast-math", "-fopenmp", "-shared",
                            "-fPIC", source, "-o", out, "-lm"], check=True)
            lib = ctypes.CDLL(out)
    except (OSError, subprocess.CalledProcessError):
        return None
    pointer, number = ctypes.c_void_p, ctypes.c_int64
    for name in NAMES.values():
        getattr(lib, f"smoothed_ce_{name}").argtypes = [pointer] * 3 + [number] * 2 + [ctypes.c_float]
        getattr(lib, f"silu_{name}").argtypes = [pointer] * 2 + [number]
        getattr(lib, f"silu_gradient_{name}").argtypes = [pointer] * 3 + [number]
    return lib


LIB = None if torch.cuda.is_available() else _build()


def call(kernel, dtype, *arguments):
    """Run one of the kernels for tensors of a type; tensors become pointers."""
    pointers = [x.data_ptr() if isinstance(x, torch.Tensor) else x for x in arguments]
    getattr(LIB, f"{kernel}_{NAMES[dtype]}")(*pointers)


class _Silu(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        x = x.contiguous()
        ctx.save_for_backward(x)
        out = torch.empty_like(x)
        call("silu", x.dtype, x, out, x.numel())
        return out

    @staticmethod
    def backward(ctx, grad):
        x, = ctx.saved_tensors
        grad, out = grad.contiguous(), torch.empty_like(x)
        call("silu_gradient", x.dtype, x, grad, out, x.numel())
        return out


def silu(x):
    return _Silu.apply(x) if LIB is not None and x.dtype in NAMES and not x.is_cuda else F.silu(x)
