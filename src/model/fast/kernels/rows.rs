//! What is done to rows between the products; inlined into `portable` and
//! `avx2`, so that each compiles it for its own instructions.

use super::Aligned;
use super::lanes::{dot, erf, exp, fma, highest, sum_of, tanh};

/// The activation functions of the hub's configurations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Activation {
    /// x Φ(x).
    Gelu,
    /// The tanh approximation of gelu.
    GeluNew,
    /// max(x, 0).
    Relu,
    /// x σ(x), also called silu.
    Swish,
    /// x tanh(softplus x).
    Mish,
    /// tanh x.
    Tanh,
}

impl Activation {
    /// By the name in `config.json`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "gelu" => Self::Gelu,
            "gelu_new" => Self::GeluNew,
            "relu" => Self::Relu,
            "swish" | "silu" => Self::Swish,
            "mish" => Self::Mish,
            "tanh" => Self::Tanh,
            _ => return None,
        })
    }
}

/// What a softmax needs to know of a part of a row of logits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Exponentials {
    /// The highest logit.
    pub(crate) highest: f32,
    /// Sum of e^(logit - highest).
    pub(crate) sum: f32,
}

/// The normaliser of a row of logits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Normaliser {
    highest: f32,
    log_sum: f32,
}

impl Normaliser {
    /// Of a row whose parts these are, in their order.
    pub(crate) fn of(parts: &[Exponentials]) -> Self {
        let highest = parts.iter().fold(f32::NEG_INFINITY, |most, part| most.max(part.highest));
        let sum: f32 = parts.iter().map(|part| part.sum * (part.highest - highest).exp()).sum();
        Self { highest, log_sum: sum.ln() }
    }

    /// The log-probability of a logit of the row.
    pub(crate) fn log_probability(&self, logit: f32) -> f32 {
        logit - self.highest - self.log_sum
    }
}

/// Variance floor of layer normalisation, as BART and Marian have it.
const EPSILON: f32 = 1e-5;

#[inline(always)]
pub(super) fn add_norm<const FMA: bool>(x: &mut [f32], y: &[f32], weight: &[f32], bias: &[f32]) {
    for (x, y) in x.iter_mut().zip(y) {
        *x += *y;
    }
    norm::<FMA>(x, weight, bias);
}

#[inline(always)]
pub(super) fn norm<const FMA: bool>(x: &mut [f32], weight: &[f32], bias: &[f32]) {
    let width = weight.len();
    for row in x.chunks_exact_mut(width) {
        let mean = sum_of(row, |value| value) / width as f32;
        let variance = sum_of(row, |value| (value - mean) * (value - mean)) / width as f32;
        let scale = 1.0 / (variance + EPSILON).sqrt();
        for ((value, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
            *value = fma::<FMA>((*value - mean) * scale, *weight, *bias);
        }
    }
}

#[inline(always)]
pub(super) fn activate<const FMA: bool>(x: &mut [f32], activation: Activation) {
    match activation {
        Activation::Gelu => each(x, |x| 0.5 * x * (1.0 + erf::<FMA>(x * 0.707_106_77))),
        Activation::GeluNew => {
            each(x, |x| 0.5 * x * (1.0 + tanh::<FMA>(0.797_884_6 * (x + 0.044_715 * x * x * x))));
        }
        Activation::Relu => each(x, |x| if x > 0.0 { x } else { 0.0 }),
        Activation::Swish => each(x, |x| x / (1.0 + exp::<FMA>(-x))),
        Activation::Mish => each(x, |x| {
            // tanh(ln(1 + e^x)) without the logarithm.
            let e = exp::<FMA>(if x > 20.0 { 20.0 } else { x });
            let n = e * (e + 2.0);
            x * n / (n + 2.0)
        }),
        Activation::Tanh => each(x, tanh::<FMA>),
    }
}

#[inline(always)]
fn each(x: &mut [f32], f: impl Fn(f32) -> f32) {
    for value in x {
        *value = f(*value);
    }
}

#[inline(always)]
pub(super) fn softmax<const FMA: bool>(x: &mut [f32], width: usize, stride: usize) {
    for row in x.chunks_mut(stride) {
        let Some(row) = row.get_mut(..width) else { continue };
        let most = highest(row);
        each(row, |value| exp::<FMA>(value - most));
        let inverse = 1.0 / sum_of(row, |value| value);
        each(row, |value| value * inverse);
    }
}

#[inline(always)]
pub(super) fn attend_slots<const FMA: bool>(
    query: &[f32],
    keys: &[f32],
    values: &[f32],
    slots: &[u32],
    heads: usize,
    weights: &mut Aligned<f32>,
    out: &mut [f32],
) {
    let width = query.len();
    let head = width / heads;
    weights.resize(slots.len(), 0.0);
    for (at, (query, out)) in query.chunks_exact(head).zip(out.chunks_exact_mut(head)).enumerate() {
        for (weight, slot) in weights.iter_mut().zip(slots) {
            *weight = dot::<FMA>(query, &keys[*slot as usize * width + at * head..][..head]);
        }
        softmax::<FMA>(weights, slots.len(), slots.len());
        out.fill(0.0);
        for (weight, slot) in weights.iter().zip(slots) {
            let value = &values[*slot as usize * width + at * head..][..head];
            for (out, value) in out.iter_mut().zip(value) {
                *out = fma::<FMA>(*weight, *value, *out);
            }
        }
    }
}

#[inline(always)]
pub(super) fn exponentials<const FMA: bool>(row: &[f32]) -> Exponentials {
    let highest = highest(row);
    if highest == f32::NEG_INFINITY {
        return Exponentials { highest, sum: 0.0 };
    }
    Exponentials { highest, sum: sum_of(row, |value| exp::<FMA>(value - highest)) }
}

/// Values that are compared with the threshold at once.
const BLOCK: usize = 64;

#[inline(always)]
pub(super) fn top(row: &[f32], first: u32, count: usize, best: &mut Vec<(f32, u32)>) {
    let mut threshold = best.last().map_or(f32::NEG_INFINITY, |(value, _)| *value);
    for (number, block) in row.chunks(BLOCK).enumerate() {
        // Nearly every block holds nothing of interest; one comparison settles it.
        if best.len() == count && highest(block) <= threshold {
            continue;
        }
        for (at, value) in block.iter().enumerate() {
            if best.len() < count || *value > threshold {
                let place = best.partition_point(|(other, _)| other >= value);
                if best.len() == count {
                    best.pop();
                }
                best.insert(place, (*value, first + (number * BLOCK + at) as u32));
                threshold = best.last().map_or(threshold, |(value, _)| *value);
            }
        }
    }
}
