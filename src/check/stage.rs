use std::collections::BTreeSet;

use crate::translate::{BilingualArticle, Origin, Translation};

use super::{
    Check, CheckOptions, Finding, Unchecked, figures, length, names, negation, quotes, repetition,
    score, untranslated,
};

/// [`check_date`] where the articles are the whole inbox.
#[must_use]
pub fn check_articles(
    articles: Vec<BilingualArticle>,
    options: &CheckOptions,
) -> Vec<BilingualArticle> {
    let placed = options.corrections.placed(articles.iter().flat_map(BilingualArticle::sources));
    let stale = options.corrections.without(&placed);
    check_date(articles, options, &stale)
}

/// Lets the corrections win, puts misspelt names right and keeps the glossary, then checks
/// every sentence of a date's articles against its German. `stale` are the corrections, by their
/// German, that no sentence of the whole inbox is written like.
#[must_use]
pub fn check_date(
    mut articles: Vec<BilingualArticle>,
    options: &CheckOptions,
    stale: &BTreeSet<String>,
) -> Vec<BilingualArticle> {
    options.corrections.apply(&mut articles);
    let certain = certain_names(&articles);
    for article in &mut articles {
        check_article(article, options, &certain);
    }
    let mut more = options.corrections.stale(stale, &articles);
    more.extend(score::least_sure(&articles, options));
    more.retain(|(_, _, finding)| !options.ignore.contains(&finding.kind));
    for (article, sentence, finding) in more {
        if let Some(check) = articles.get_mut(article).and_then(|a| a.checks.get_mut(sentence)) {
            check.add(finding);
        }
    }
    articles
}

/// Names that the articles' English takes as they are in German.
fn certain_names(articles: &[BilingualArticle]) -> BTreeSet<String> {
    names::certain(articles.iter().flat_map(|article| {
        article
            .sources()
            .zip(&article.translations)
            .map(|(german, english)| (german, english.text.as_str()))
    }))
}

fn check_article(
    article: &mut BilingualArticle,
    options: &CheckOptions,
    certain: &BTreeSet<String>,
) {
    article.checks.clear();
    for index in 0..article.translations.len() {
        let german = article.source(index).to_owned();
        let Some(english) = article.translations.get_mut(index) else { continue };
        let replaced = if matches!(english.origin, Origin::Model | Origin::Retry) {
            let mut replaced = names::mend(&german, english, certain);
            replaced.extend(options.glossary.enforce(&german, english));
            replaced
        } else {
            Vec::new()
        };
        let mut check = check_pair(&german, english, options);
        let wanted = replaced.into_iter().filter(|one| !options.ignore.contains(&one.kind));
        wanted.for_each(|finding| check.add(finding));
        article.checks.push(check);
    }
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
    findings.extend(options.glossary.compare(german, text));
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
