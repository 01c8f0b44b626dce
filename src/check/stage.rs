use crate::translate::{BilingualArticle, Origin, Translation};

use super::{
    Check, CheckOptions, Finding, Unchecked, figures, length, names, negation, quotes, repetition,
    score, untranslated,
};

/// Checks every sentence of `articles` against its German.
#[must_use]
pub fn check_articles(
    articles: Vec<BilingualArticle>,
    options: &CheckOptions,
) -> Vec<BilingualArticle> {
    articles.into_iter().map(|article| check_article(article, options)).collect()
}

fn check_article(mut article: BilingualArticle, options: &CheckOptions) -> BilingualArticle {
    let pairs = article.translations.iter().enumerate();
    let checks =
        pairs.map(|(index, english)| check_pair(article.source(index), english, options)).collect();
    article.checks = checks;
    article
}

/// Checks one translation of `german`.
#[must_use]
pub fn check_pair(german: &str, english: &Translation, options: &CheckOptions) -> Check {
    match english.origin {
        Origin::Kept(_) => Check::Unchecked { reason: Unchecked::KeptGerman },
        Origin::Copied => Check::Unchecked { reason: Unchecked::Copied },
        Origin::Human => Check::Unchecked { reason: Unchecked::Human },
        Origin::Model | Origin::Retry => Check::of(findings(german, english, options)),
    }
}

fn findings(german: &str, english: &Translation, options: &CheckOptions) -> Vec<Finding> {
    let text = english.text.as_str();
    let mut findings = figures::compare(german, text);
    findings.extend(names::compare(german, text));
    findings.extend(negation::compare(german, text));
    findings.extend(repetition::compare(german, text));
    findings.extend(length::compare(german, text));
    findings.extend(untranslated::compare(german, text));
    findings.extend(quotes::compare(german, text));
    findings.extend(score::check(english.score, options));
    findings.retain(|finding| !options.ignore.contains(&finding.kind));
    findings
}

/// Checks a statement (a key point, a summary sentence) against the German it
/// rests on: every number and date in it must be in one of `german`. What the German says
/// beyond the statement is no fault: a summary leaves out.
#[must_use]
pub fn check_statement(german: &[&str], statement: &str) -> Check {
    Check::of(figures::unsupported(german, statement))
}
