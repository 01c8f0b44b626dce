/* What this processor can do at most: the arithmetic and the memory floor of a decoder's work.
 *
 *     cc -O3 -mavx2 -mfma -pthread floor.c -o floor && ./floor [THREADS]
 *
 * Multiply-adds a second of 32-bit floats (vfmadd, 8 a register), of 16-bit integers with 8-bit weights widened (vpmaddwd
 * and vpaddd, 16 a register), of 8-bit integers (vpmaddubsw, vpmaddwd and vpaddd, 32 a register), all in registers; and
 * bytes a second read in order, from the second-level cache, from the third and from memory. The best of several short
 * runs counts, so that other processes disturb it little. */
#include <immintrin.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 40, SUMS = 12, WHOLE = 6, MAX_THREADS = 64 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static volatile float sink;

static double floats(void) {
    __m256 sum[SUMS], a = _mm256_set1_ps(1.0000001f), b = _mm256_set1_ps(1e-9f);
    for (int i = 0; i < SUMS; i++) sum[i] = _mm256_set1_ps((float)i);
    const long rounds = 100000;
    for (long r = 0; r < rounds; r++) {
#pragma GCC unroll 12
        for (int i = 0; i < SUMS; i++) sum[i] = _mm256_fmadd_ps(a, sum[i], b);
        __asm__ volatile("" : "+x"(a), "+x"(b));
    }
    for (int i = 0; i < SUMS; i++) sink = sink + _mm256_cvtss_f32(sum[i]);
    return (double)rounds * SUMS * 8;
}

static double words(void) {
    __m256i sum[WHOLE], a = _mm256_set1_epi16(3), b = _mm256_set1_epi16(5);
    for (int i = 0; i < WHOLE; i++) sum[i] = _mm256_setzero_si256();
    const long rounds = 100000;
    for (long r = 0; r < rounds; r++) {
#pragma GCC unroll 6
        for (int i = 0; i < WHOLE; i++) {
            __m256i product;
            __asm__ volatile("vpmaddwd %1, %2, %0" : "=x"(product) : "x"(a), "x"(b));
            sum[i] = _mm256_add_epi32(sum[i], product);
        }
    }
    for (int i = 0; i < WHOLE; i++) sink = sink + _mm256_extract_epi32(sum[i], 0);
    return (double)rounds * WHOLE * 16;
}

static double bytes(void) {
    __m256i sum[WHOLE], a = _mm256_set1_epi8(3), b = _mm256_set1_epi8(5), ones = _mm256_set1_epi16(1);
    for (int i = 0; i < WHOLE; i++) sum[i] = _mm256_setzero_si256();
    const long rounds = 100000;
    for (long r = 0; r < rounds; r++) {
#pragma GCC unroll 6
        for (int i = 0; i < WHOLE; i++) {
            __m256i product;
            __asm__ volatile("vpmaddubsw %1, %2, %0" : "=x"(product) : "x"(a), "x"(b));
            __asm__ volatile("vpmaddwd %1, %0, %0" : "+x"(product) : "x"(ones));
            sum[i] = _mm256_add_epi32(sum[i], product);
        }
    }
    for (int i = 0; i < WHOLE; i++) sink = sink + _mm256_extract_epi32(sum[i], 0);
    return (double)rounds * WHOLE * 32;
}

/* Reads 8 MB of this thread's own in order, going round in the first `size` bytes; `*at` is where it went on. */
static double reading(const char *data, size_t size, size_t *at) {
    const size_t all = (size_t)8 << 20;
    __m256i sum[4] = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
    for (size_t done = 0; done < all; done += 4096) {
        const char *page = data + *at;
        for (size_t line = 0; line < 4096; line += 128)
            for (int i = 0; i < 4; i++)
                sum[i] = _mm256_xor_si256(sum[i], _mm256_load_si256((const __m256i *)(page + line) + i));
        *at = (*at + 4096) % size;
    }
    for (int i = 0; i < 4; i++) sink = sink + _mm256_extract_epi32(sum[i], 0);
    return (double)all;
}

struct job {
    int what;
    double rate[6];
};

static const size_t SIZES[3] = {192 << 10, 4 << 20, 512 << 20};
static pthread_barrier_t together;

static void *work(void *argument) {
    struct job *job = argument;
    char *data = aligned_alloc(64, SIZES[2]);
    for (size_t at = 0; at < SIZES[2]; at += 4096) data[at] = (char)at;
    size_t at = 0;
    for (int what = 0; what < 6; what++)
        for (int run = 0; run < RUNS; run++) {
            pthread_barrier_wait(&together);
            double start = now(), done;
            switch (what) {
            case 0: done = floats(); break;
            case 1: done = words(); break;
            case 2: done = bytes(); break;
            default: done = reading(data, SIZES[what - 3], &at);
            }
            double rate = done / (now() - start);
            if (rate > job->rate[what]) job->rate[what] = rate;
        }
    free(data);
    return NULL;
}

int main(int argc, char **argv) {
    int threads = argc > 1 ? atoi(argv[1]) : 1;
    if (threads < 1 || threads > MAX_THREADS) return 2;
    static const char *names[6] = {"float32 GMAC/s", "int16 x int8 GMAC/s", "int8 x int8 GMAC/s", "L2 GB/s", "L3 GB/s",
                                   "memory GB/s"};
    pthread_t ids[MAX_THREADS];
    static struct job jobs[MAX_THREADS];
    pthread_barrier_init(&together, NULL, (unsigned)threads);
    for (int i = 0; i < threads; i++) pthread_create(&ids[i], NULL, work, &jobs[i]);
    for (int i = 0; i < threads; i++) pthread_join(ids[i], NULL);
    for (int what = 0; what < 6; what++) {
        double sum = 0;
        for (int i = 0; i < threads; i++) sum += jobs[i].rate[what];
        printf("%-22s %8.1f\n", names[what], sum * 1e-9);
    }
    return 0;
}
