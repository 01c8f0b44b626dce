//! BLEU and chrF against what sacreBLEU 2.6.0 says of the same lines
//! (`corpus_bleu` and `corpus_chrf` with their defaults).

use tagesbrief::evaluate::{bleu, chrf};

const HYPOTHESES: &str = include_str!("hypotheses.txt");
const REFERENCES: &str = include_str!("references.txt");

fn close(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() < 1e-9, "{ours} is not {theirs}");
}

/// Lines `range` of both files.
fn pairs(range: std::ops::Range<usize>) -> Vec<(&'static str, &'static str)> {
    let pairs = HYPOTHESES.lines().zip(REFERENCES.lines());
    pairs.skip(range.start).take(range.len()).collect()
}

#[test]
fn the_whole_corpus_scores_as_in_sacrebleu() {
    let result = bleu(pairs(0..10));
    close(result.score, 35.953_758_724_675_82);
    close(result.brevity_penalty, 0.887_974_829_820_769_6);
    for (ours, theirs) in result.precisions.iter().zip([
        70.297_029_702_970_29,
        50.0,
        33.734_939_759_036_145,
        22.666_666_666_666_668,
    ]) {
        close(*ours, theirs);
    }
    assert_eq!((result.hypothesis_length, result.reference_length), (101, 113));
    close(chrf(pairs(0..10)), 52.232_647_859_941_636);
}

#[test]
fn small_corpora_score_as_in_sacrebleu() {
    for (range, expected_bleu, expected_chrf) in [
        (0..3, 37.104_783_834_746_63, 60.718_006_039_569_225),
        (4..5, 0.0, 13.440_860_215_053_762),
        (7..8, 0.0, 0.0),
        (9..10, 8.745_825_313_180_626, 9.887_005_649_717_514),
    ] {
        close(bleu(pairs(range.clone())).score, expected_bleu);
        close(chrf(pairs(range)), expected_chrf);
    }
}

#[test]
fn a_perfect_corpus_scores_100_and_none_scores_0() {
    let same: Vec<_> = REFERENCES.lines().map(|line| (line, line)).collect();
    close(bleu(same.clone()).score, 100.0);
    close(chrf(same), 100.0);
    close(bleu([]).score, 0.0);
    close(chrf([]), 0.0);
}
