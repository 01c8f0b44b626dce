use crate::translate::{BilingualArticle, Origin, Translation};

use super::{Check, CheckOptions, Finding, Unchecked, numbers};

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
        Origin::Model | Origin::Retry => Check::of(findings(german, english, options)),
    }
}

fn findings(german: &str, english: &Translation, _options: &CheckOptions) -> Vec<Finding> {
    numbers::compare(german, &english.text)
}

/// Checks a statement (a key point, a summary sentence) against the German it
/// rests on: every number in it must be in one of `german`. What the German says
/// beyond the statement is no fault: a summary leaves out.
#[must_use]
pub fn check_statement(german: &[&str], statement: &str) -> Check {
    Check::of(numbers::unsupported(german, statement))
}
