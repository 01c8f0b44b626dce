/* What torch does slowly on a CPU: the loss over the vocabulary, and x * sigmoid(x).
 *
 * Label-smoothed cross entropy with its gradient, in torch, takes about ten passes over a [tokens, vocabulary] fp32
 * matrix, a third of the whole training time of a small model on a CPU. Here a row is read twice while it lies in the
 * cache.
 * Built by kernels.py:  cc -O3 -march=native -ffast-math -fopenmp -shared -fPIC
 */
#include <stdint.h>
#include <string.h>
#include <math.h>

/* bf16 where the processor multiplies it, float32 elsewhere: the same kernels for both. */
static inline float up_bf16(uint16_t h) { uint32_t u = (uint32_t)h << 16; float f; memcpy(&f, &u, 4); return f; }
static inline uint16_t down_bf16(float f) { uint32_t u; memcpy(&u, &f, 4); return (uint16_t)((u + 0x7fff + ((u >> 16) & 1)) >> 16); }
static inline float up_f32(float f) { return f; }
static inline float down_f32(float f) { return f; }

/* smoothed_ce: label-smoothed cross entropy and its gradient over rows of logits, in place.
 * z: rows x v logits, becomes d loss / d logits (sum over the rows). y: target ids, below 0: the row counts nothing.
 * losses: the loss of each row.
 * silu, silu_gradient: x * sigmoid(x) and its derivative times grad, over n numbers. */
#define KERNELS(TYPE, NAME)                                                                                        \
void smoothed_ce_##NAME(TYPE *z, const int64_t *y, float *losses, int64_t rows, int64_t v, float eps) {             \
    _Pragma("omp parallel for schedule(static)")                                                                   \
    for (int64_t r = 0; r < rows; r++) {                                                                           \
        TYPE *row = z + r * v;                                                                                     \
        if (y[r] < 0) { memset(row, 0, v * sizeof(TYPE)); losses[r] = 0; continue; }                               \
        float top = -1e30f, sum = 0, mass = 0;                                                                     \
        for (int64_t i = 0; i < v; i++) { float a = up_##NAME(row[i]); top = a > top ? a : top; sum += a; }        \
        for (int64_t i = 0; i < v; i++) mass += expf(up_##NAME(row[i]) - top);                                     \
        float lse = top + logf(mass), flat = eps / v, own = up_##NAME(row[y[r]]);                                  \
        losses[r] = lse - (1 - eps) * own - eps * sum / v;                                                         \
        for (int64_t i = 0; i < v; i++) row[i] = down_##NAME(expf(up_##NAME(row[i]) - lse) - flat);                \
        row[y[r]] = down_##NAME(expf(own - lse) - flat - (1 - eps));                                               \
    }                                                                                                              \
}                                                                                                                  \
void silu_##NAME(const TYPE *x, TYPE *out, int64_t n) {                                                            \
    _Pragma("omp parallel for simd schedule(static)")                                                              \
    for (int64_t i = 0; i < n; i++) { float a = up_##NAME(x[i]); out[i] = down_##NAME(a / (1 + expf(-a))); }       \
}                                                                                                                  \
void silu_gradient_##NAME(const TYPE *x, const TYPE *grad, TYPE *out, int64_t n) {                                 \
    _Pragma("omp parallel for simd schedule(static)")                                                              \
    for (int64_t i = 0; i < n; i++) {                                                                              \
        float a = up_##NAME(x[i]), s = 1 / (1 + expf(-a));                                                         \
        out[i] = down_##NAME(up_##NAME(grad[i]) * s * (1 + a * (1 - s)));                                          \
    }                                                                                                              \
}

KERNELS(uint16_t, bf16)
KERNELS(float, f32)
