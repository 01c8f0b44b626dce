/* What this processor can do at most: the arithmetic and the memory floor of a decoder's work.
 *
 *     cc -O3 -march=native -pthread floor.c -o floor && ./floor [THREADS]
 *
 * Multiply-adds a second of 32-bit floats (vfmadd, 8 a register), of 16-bit integers with 8-bit weights widened (vpmaddwd
 * and vpaddd, 16 a register), of 8-bit integers (vpmaddubsw, vpmaddwd and vpaddd, 32 a register), all in registers; where the
 * compiler is told of a processor that has them, of floats and of 16-bit integers with AVX-512 (vpdpwssd) and of AMX's tiles,
 * two products of bytes for a 16-bit activation; and bytes a second read in order, from the second-level cache, from the
 * third and from memory. The best of several short runs counts, so that other processes disturb it little. */
#include <immintrin.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 40, SUMS = 12, WHOLE = 6, WIDE = 24, MAX_THREADS = 64 };

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

#ifdef __AVX512VNNI__
static double wide_floats(void) {
    __m512 sum[WIDE], a = _mm512_set1_ps(1.0000001f), b = _mm512_set1_ps(1e-9f);
    for (int i = 0; i < WIDE; i++) sum[i] = _mm512_set1_ps((float)i);
    const long rounds = 100000;
    for (long r = 0; r < rounds; r++) {
#pragma GCC unroll 24
        for (int i = 0; i < WIDE; i++) sum[i] = _mm512_fmadd_ps(a, sum[i], b);
        __asm__ volatile("" : "+v"(a), "+v"(b));
    }
    for (int i = 0; i < WIDE; i++) sink = sink + _mm512_cvtss_f32(sum[i]);
    return (double)rounds * WIDE * 16;
}

static double wide_words(void) {
    __m512i sum[WIDE], a = _mm512_set1_epi16(3), b = _mm512_set1_epi16(5);
    for (int i = 0; i < WIDE; i++) sum[i] = _mm512_setzero_si512();
    const long rounds = 100000;
    for (long r = 0; r < rounds; r++) {
#pragma GCC unroll 24
        for (int i = 0; i < WIDE; i++) sum[i] = _mm512_dpwssd_epi32(sum[i], a, b);
        __asm__ volatile("" : "+v"(a), "+v"(b));
    }
    for (int i = 0; i < WIDE; i++) sink = sink + _mm512_reduce_add_epi32(sum[i]);
    return (double)rounds * WIDE * 32;
}
#endif

#ifdef __AMX_INT8__
static double tiles(void) {
    struct {
        uint8_t palette, start, reserved[14];
        uint16_t row_bytes[16];
        uint8_t rows[16];
    } layout = {.palette = 1};
    for (int i = 0; i < 8; i++) layout.row_bytes[i] = 64, layout.rows[i] = 16;
    if (syscall(SYS_arch_prctl, 0x1023, 18)) return 0;      /* ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA */
    _tile_loadconfig(&layout);
    const long rounds = 20000;
    for (long r = 0; r < rounds; r++) {
        _tile_dpbusd(0, 4, 6);
        _tile_dpbssd(1, 5, 6);
        _tile_dpbusd(2, 4, 7);
        _tile_dpbssd(3, 5, 7);
    }
    _tile_release();
    return (double)rounds * 2 * 16 * 16 * 64;
}
#endif

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

struct measure {
    const char *name;
    double (*arithmetic)(void);
    size_t bytes;
};

static const struct measure MEASURES[] = {
    {"float32 GMAC/s", floats, 0},
    {"int16 x int8 GMAC/s", words, 0},
    {"int8 x int8 GMAC/s", bytes, 0},
#ifdef __AVX512VNNI__
    {"AVX-512 float32 GMAC/s", wide_floats, 0},
    {"AVX-512 int16 GMAC/s", wide_words, 0},
#endif
#ifdef __AMX_INT8__
    {"AMX int16 x int8 GMAC/s", tiles, 0},
#endif
    {"L2 GB/s", NULL, 192 << 10},
    {"L3 GB/s", NULL, 4 << 20},
    {"memory GB/s", NULL, 512 << 20},
};
enum { COUNT = sizeof MEASURES / sizeof *MEASURES };

struct job {
    double rate[COUNT];
};

static pthread_barrier_t together;

static void *work(void *argument) {
    struct job *job = argument;
    const size_t most = MEASURES[COUNT - 1].bytes;
    char *data = aligned_alloc(64, most);
    for (size_t at = 0; at < most; at += 4096) data[at] = (char)at;
    size_t at = 0;
    for (int what = 0; what < COUNT; what++)
        for (int run = 0; run < RUNS; run++) {
            const struct measure *measure = &MEASURES[what];
            pthread_barrier_wait(&together);
            double start = now();
            double done = measure->arithmetic ? measure->arithmetic() : reading(data, measure->bytes, &at);
            double rate = done / (now() - start);
            if (rate > job->rate[what]) job->rate[what] = rate;
        }
    free(data);
    return NULL;
}

int main(int argc, char **argv) {
    int threads = argc > 1 ? atoi(argv[1]) : 1;
    if (threads < 1 || threads > MAX_THREADS) return 2;
    pthread_t ids[MAX_THREADS];
    static struct job jobs[MAX_THREADS];
    pthread_barrier_init(&together, NULL, (unsigned)threads);
    for (int i = 0; i < threads; i++) pthread_create(&ids[i], NULL, work, &jobs[i]);
    for (int i = 0; i < threads; i++) pthread_join(ids[i], NULL);
    for (int what = 0; what < COUNT; what++) {
        double sum = 0;
        for (int i = 0; i < threads; i++) sum += jobs[i].rate[what];
        printf("%-24s %8.1f\n", MEASURES[what].name, sum * 1e-9);
    }
    return 0;
}
