/* What torch does slowly on a CPU in bf16: the loss over the vocabulary, and x * sigmoid(x).
 *
 * Label-smoothed cross entropy with its gradient, in torch, takes about ten passes over a [tokens, vocabulary] fp32 matrix, a third of the whole training time
 * of a small model on a CPU. Here a row is read twice while it lies in the cache.
 * Built by kernels.py:  cc -O3 -march=native -ffast-math -fopenmp -shared -fPIC
 */
#include <stdint.h>
#include <string.h>
#include <math.h>

static inline float up(uint16_t h) { uint32_t u = (uint32_t)h << 16; float f; memcpy(&f, &u, 4); return f; }
static inline uint16_t down(float f) { uint32_t u; memcpy(&u, &f, 4); return (uint16_t)((u + 0x7fff + ((u >> 16) & 1)) >> 16); }

/* Label-smoothed cross entropy and its gradient over rows of bf16 logits, in place.
 * z: rows x v logits, becomes d loss / d logits (sum over the rows). y: target ids, below 0: the row counts nothing.
 * losses: the loss of each row. */
void smoothed_ce(uint16_t *z, const int64_t *y, float *losses, int64_t rows, int64_t v, float eps) {
#pragma omp parallel for schedule(static)
    for (int64_t r = 0; r < rows; r++) {
        uint16_t *row = z + r * v;
        if (y[r] < 0) { memset(row, 0, v * 2); losses[r] = 0; continue; }
        float top = -1e30f, sum = 0, mass = 0;
        for (int64_t i = 0; i < v; i++) { float a = up(row[i]); top = a > top ? a : top; sum += a; }
        for (int64_t i = 0; i < v; i++) mass += expf(up(row[i]) - top);
        float lse = top + logf(mass), flat = eps / v, own = up(row[y[r]]);
        losses[r] = lse - (1 - eps) * own - eps * sum / v;
        for (int64_t i = 0; i < v; i++) row[i] = down(expf(up(row[i]) - lse) - flat);
        row[y[r]] = down(expf(own - lse) - flat - (1 - eps));
    }
}

void silu(const uint16_t *x, uint16_t *out, int64_t n) {
#pragma omp parallel for simd schedule(static)
    for (int64_t i = 0; i < n; i++) { float a = up(x[i]); out[i] = down(a / (1 + expf(-a))); }
}

void silu_gradient(const uint16_t *x, const uint16_t *grad, uint16_t *out, int64_t n) {
#pragma omp parallel for simd schedule(static)
    for (int64_t i = 0; i < n; i++) {
        float a = up(x[i]), s = 1 / (1 + expf(-a));
        out[i] = down(up(grad[i]) * s * (1 + a * (1 - s)));
    }
}
