#![allow(clippy::unwrap_used)]

use super::lanes::erf;
use super::*;

/// Reproducible values between -1 and 1.
fn values(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        f64::from(state) / f64::from(u32::MAX) * 2.0 - 1.0
    };
    (0..count).map(|_| next() as f32).collect()
}

fn assert_close(found: &[f32], expected: &[f64], tolerance: f64, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
        let error = (f64::from(*found) - expected).abs();
        assert!(error <= tolerance * expected.abs().max(1.0), "{what}[{at}]: {found} {expected}");
    }
}

/// `a * weight^T + bias` in 64 bits.
fn product(m: usize, a: &[f32], weight: &[f32], bias: &[f32], depth: usize) -> Vec<f64> {
    let mut out = Vec::new();
    for row in 0..m {
        for (column, weight) in weight.chunks_exact(depth).enumerate() {
            let a = &a[row * depth..][..depth];
            let sum: f64 = a.iter().zip(weight).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
            out.push(sum + f64::from(bias[column]));
        }
    }
    out
}

#[test]
fn products_are_right_for_every_shape() {
    for isa in Isa::available() {
        for (m, depth, columns) in
            [(1, 1, 1), (2, 5, 16), (5, 64, 17), (6, 33, 40), (7, 256, 31), (61, 130, 48)]
        {
            let (a, weight) = (values(m * depth, 3), values(columns * depth, 5));
            let bias = values(columns, 7);
            let expected = product(m, &a, &weight, &bias, depth);
            let what = format!("{isa:?} {m}x{depth}x{columns}");
            let mut c = vec![f32::NAN; m * columns];
            let packed = PackedF32::of_weight(&weight, columns, depth);
            isa.matmul_f32(m, &a, depth, packed.view(), Some(&bias), &mut c, columns);
            assert_close(&c, &expected, 1e-5, &what);

            let packed = PackedI8::of_weight(&weight, columns, depth, isa);
            let stride = packed.depth;
            let (mut q, mut scales) = (vec![0; m * stride], vec![0.0; m]);
            isa.quantise(&a, depth, packed.activation_limit, &mut q, &mut scales);
            isa.matmul_i8(m, &q, &scales, packed.view(), Some(&bias), &mut c, columns);
            assert_close(&c, &expected, 0.008 * (depth as f64).sqrt(), &format!("int8 {what}"));
        }
    }
}

#[test]
fn a_row_does_not_see_its_company() {
    let (depth, columns, m) = (96, 33, 64);
    let (a, weight) = (values(m * depth, 11), values(columns * depth, 13));
    let wide = PackedF32::of_weight(&weight, columns, depth);
    for isa in Isa::available() {
        let narrow = PackedI8::of_weight(&weight, columns, depth, isa);
        let stride = narrow.depth;
        let (mut q, mut scales) = (vec![0; m * stride], vec![0.0; m]);
        isa.quantise(&a, depth, narrow.activation_limit, &mut q, &mut scales);
        let (mut all, mut all_i8) = (vec![0.0; m * columns], vec![0.0; m * columns]);
        isa.matmul_f32(m, &a, depth, wide.view(), None, &mut all, columns);
        isa.matmul_i8(m, &q, &scales, narrow.view(), None, &mut all_i8, columns);
        for row in 0..m {
            let (mut one, mut one_i8) = (vec![0.0; columns], vec![0.0; columns]);
            isa.matmul_f32(1, &a[row * depth..], depth, wide.view(), None, &mut one, columns);
            isa.matmul_i8(
                1,
                &q[row * stride..],
                &scales[row..],
                narrow.view(),
                None,
                &mut one_i8,
                columns,
            );
            assert_eq!(one, all[row * columns..][..columns], "{isa:?} {row}");
            assert_eq!(one_i8, all_i8[row * columns..][..columns], "{isa:?} {row}");
        }
    }
}

/// Another processor gives the same translation, then: with AVX2 and AVX-512 bit for
/// bit, and the integers of 8-bit weights everywhere.
#[test]
fn all_instructions_compute_the_same_bits() {
    for (m, depth, columns) in
        [(1, 96, 160), (4, 33, 70), (13, 64, 40), (32, 128, 48), (45, 256, 17), (40, 640, 40)]
    {
        let (a, weight) = (values(m * depth, 53), values(columns * depth, 59));
        let bias = values(columns, 61);
        let wide = PackedF32::of_weight(&weight, columns, depth);
        let results = Isa::available().into_iter().map(|isa| {
            let narrow = PackedI8::of_weight(&weight, columns, depth, isa);
            let (mut q, mut scales) = (vec![0; m * narrow.depth], vec![0.0; m]);
            isa.quantise(&a, depth, narrow.activation_limit, &mut q, &mut scales);
            let (mut floats, mut integers) = (vec![0.0; m * columns], vec![0.0; m * columns]);
            isa.matmul_f32(m, &a, depth, wide.view(), Some(&bias), &mut floats, columns);
            isa.matmul_i8(m, &q, &scales, narrow.view(), Some(&bias), &mut integers, columns);
            isa.activate(&mut floats, Activation::Swish);
            isa.norm(&mut floats, &bias, &bias);
            isa.softmax(&mut floats, columns, columns);
            (isa, floats, integers)
        });
        let results: Vec<_> = results.collect();
        for pair in results.windows(2) {
            let ((before, floats, integers), (isa, floats_, integers_)) = (&pair[0], &pair[1]);
            assert_eq!(integers, integers_, "{before:?} {isa:?} {m}x{depth}x{columns}");
            if *before != Isa::Portable {
                assert_eq!(floats, floats_, "{before:?} {isa:?} {m}x{depth}x{columns}");
            }
        }
    }
}

#[test]
fn the_largest_values_do_not_overflow() {
    for depth in [256_usize, 1024, 4096] {
        let (a, weight) = (vec![3.0; depth], vec![-2.0; depth]);
        for isa in Isa::available() {
            let packed = PackedI8::of_weight(&weight, 1, depth, isa);
            let (mut q, mut scales, mut c) = (vec![0; packed.depth], [0.0], [0.0]);
            isa.quantise(&a, depth, packed.activation_limit, &mut q, &mut scales);
            isa.matmul_i8(1, &q, &scales, packed.view(), None, &mut c, 1);
            assert!((c[0] / (-6.0 * depth as f32) - 1.0).abs() < 1e-5, "{isa:?} {depth}: {c:?}");
        }
    }
}

#[test]
fn softmax_and_its_normaliser_agree_with_64_bits() {
    for isa in Isa::available() {
        for width in [1_usize, 7, 16, 100, 1003] {
            let row: Vec<f32> = values(width, 17).iter().map(|x| x * 30.0).collect();
            let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let exps: Vec<f64> = row.iter().map(|x| f64::from(x - most).exp()).collect();
            let sum: f64 = exps.iter().sum();
            let mut out = row.clone();
            isa.softmax(&mut out, width, width);
            let expected: Vec<f64> = exps.iter().map(|e| e / sum).collect();
            assert_close(&out, &expected, 1e-6, "softmax");
            let parts: Vec<_> = row.chunks(64).map(|part| isa.exponentials(part)).collect();
            let highest = f64::from(Normaliser::of(&parts).log_probability(most));
            assert!((highest + sum.ln()).abs() < 1e-5);
        }
        let mut masked = [1.0, f32::NEG_INFINITY, 1.0];
        isa.softmax(&mut masked, 3, 3);
        assert_eq!(masked, [0.5, 0.0, 0.5]);
    }
}

#[test]
fn norm_has_mean_0_and_variance_1() {
    for isa in Isa::available() {
        for width in [16_usize, 24, 250] {
            let (mut x, y) = (values(3 * width, 19), values(3 * width, 23));
            let (weight, bias) = (values(width, 29), values(width, 31));
            let sums: Vec<f64> =
                x.iter().zip(&y).map(|(x, y)| f64::from(*x) + f64::from(*y)).collect();
            let mut expected = Vec::new();
            for row in sums.chunks_exact(width) {
                let mean = row.iter().sum::<f64>() / width as f64;
                let variance =
                    row.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / width as f64;
                expected.extend(row.iter().enumerate().map(|(i, v)| {
                    (v - mean) / (variance + 1e-5).sqrt() * f64::from(weight[i])
                        + f64::from(bias[i])
                }));
            }
            isa.add_norm(&mut x, &y, &weight, &bias);
            assert_close(&x, &expected, 3e-6, "norm");
        }
    }
}

/// erf by its Taylor series, good to 1e-12 for |x| < 5.
fn erf_64(x: f64) -> f64 {
    let (mut term, mut sum) = (x, x);
    for n in 1..200 {
        term *= -x * x / f64::from(n);
        sum += term / f64::from(2 * n + 1);
    }
    sum * 2.0 / std::f64::consts::PI.sqrt()
}

#[test]
fn activations_follow_their_definitions() {
    let x: Vec<f32> = (-400..=400).map(|i| i as f32 / 50.0).collect();
    let softplus = |x: f64| x.exp().ln_1p();
    type Definition = Box<dyn Fn(f64) -> f64>;
    let table: [(&str, Definition); 6] = [
        (
            "gelu",
            Box::new(|x| {
                0.5 * x * (1.0 + if x.abs() < 5.0 { erf_64(x / 2_f64.sqrt()) } else { x.signum() })
            }),
        ),
        (
            "gelu_new",
            Box::new(|x| 0.5 * x * (1.0 + (0.797_884_560_8 * (x + 0.044_715 * x.powi(3))).tanh())),
        ),
        ("relu", Box::new(|x| x.max(0.0))),
        ("silu", Box::new(|x| x / (1.0 + (-x).exp()))),
        ("mish", Box::new(move |x| x * softplus(x).tanh())),
        ("tanh", Box::new(f64::tanh)),
    ];
    for isa in Isa::available() {
        for (name, definition) in &table {
            let mut y = x.clone();
            isa.activate(&mut y, Activation::named(name).unwrap());
            let expected: Vec<f64> = x.iter().map(|x| definition(f64::from(*x))).collect();
            assert_close(&y, &expected, 2e-6, name);
        }
    }
    assert_eq!(Activation::named("relu6"), None);
    assert!((f64::from(erf::<false>(0.5)) - erf_64(0.5)).abs() < 2e-7);
}

#[test]
fn the_highest_come_first_and_of_equals_the_first() {
    for isa in Isa::available() {
        let mut row = values(1000, 37);
        row[10] = 2.0;
        row[700] = 2.0;
        row[999] = 3.0;
        let mut best = Vec::new();
        // In two parts, as the decoder does it.
        isa.top(&row[..640], 0, 4, &mut best);
        isa.top(&row[640..], 640, 4, &mut best);
        let ids: Vec<u32> = best.iter().map(|(_, id)| *id).collect();
        assert_eq!(ids[..3], [999, 10, 700]);
        let mut sorted = row.clone();
        sorted.sort_by(|a, b| b.total_cmp(a));
        assert_eq!(best[3].0, sorted[3]);
        best.clear();
        isa.top(&row[..2], 0, 4, &mut best);
        assert_eq!(best.len(), 2);
    }
}

#[test]
fn attention_over_slots_is_attention() {
    let (heads, head, slots) = (2, 24, [3_u32, 0, 2]);
    let width = heads * head;
    let (query, keys, values_) = (values(width, 41), values(4 * width, 43), values(4 * width, 47));
    let mut expected = vec![0.0; width];
    for h in 0..heads {
        let part = h * head..(h + 1) * head;
        let scores: Vec<f64> = slots
            .iter()
            .map(|slot| {
                let key = &keys[*slot as usize * width..][part.clone()];
                query[part.clone()].iter().zip(key).map(|(a, b)| f64::from(a * b)).sum()
            })
            .collect();
        let sum: f64 = scores.iter().map(|score| score.exp()).sum();
        for (slot, score) in slots.iter().zip(&scores) {
            for i in part.clone() {
                let value = f64::from(values_[*slot as usize * width + i]);
                expected[i] += score.exp() / sum * value;
            }
        }
    }
    for isa in Isa::available() {
        let (mut weights, mut out) = (Aligned::default(), vec![0.0; width]);
        isa.attend_slots(&query, &keys, &values_, &slots, heads, &mut weights, &mut out);
        assert_close(&out, &expected, 1e-5, "attention");
    }
}
