//! Noticing text that is not German, before a German model makes sense of it
//! in its own way.

use whatlang::{Lang, detect};

use super::article::{Article, BlockKind, Notice};
use super::options::ForeignText;
use super::problem::Problem;

/// Below this many letters the detector is believed only if it is sure.
const SHORT: usize = 200;

/// Below this many letters nothing can be told.
const TOO_SHORT: usize = 60;

/// Words that make up a quarter of any German text and are rare in its neighbours.
const GERMAN_WORDS: &[&str] = &[
    "und", "ist", "nicht", "eine", "einen", "einem", "einer", "mit", "für", "auf", "sich", "auch",
    "wird", "wurde", "wurden", "sind", "zu", "zum", "zur", "von", "vom", "im", "bei", "nach",
    "dass", "das", "dem", "ein", "werden", "haben", "hat", "über", "der", "sei", "seien", "aus",
];

/// What a text is written in, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    German,
    /// Reliably another language.
    Foreign(&'static str),
    /// Long, and yet no language could be told for certain.
    Unclear(&'static str),
}

/// Holds the article against the German language.
///
/// # Errors
/// A [`Problem`] that names the language it looks like.
pub(crate) fn check(article: &mut Article, foreign: ForeignText) -> Result<(), Problem> {
    let shown: Vec<&str> =
        article.blocks.iter().map(|block| block.span.of(&article.text)).collect();
    match (judge(&shown.join("\n")), foreign) {
        (Verdict::Foreign(language), ForeignText::Refuse) => Err(Problem::new(
            format!("it is not German: it looks like {language}"),
            "Remove it from the inbox; if it is German after all, allow foreign text for this run.",
        )),
        (Verdict::Foreign(language) | Verdict::Unclear(language), _) => {
            let text = format!("the text may not be German: it looks like {language}");
            article.notices.push(Notice { line: None, text });
            Ok(())
        }
        (Verdict::German, _) => {
            notice_foreign_paragraphs(article);
            Ok(())
        }
    }
}

/// A German article may quote a whole paragraph in English.
fn notice_foreign_paragraphs(article: &mut Article) {
    let is_body = |kind| matches!(kind, BlockKind::Lead | BlockKind::Paragraph);
    let mut found = Vec::new();
    for block in article.blocks.iter().filter(|block| is_body(block.kind)) {
        let words = block.span.of(&article.text);
        if letters(words) < SHORT {
            continue;
        }
        if let Verdict::Foreign(language) = judge(words) {
            let text = format!("this paragraph looks like {language}");
            found.push(Notice { line: Some(block.line), text });
        }
    }
    article.notices.extend(found);
}

fn judge(text: &str) -> Verdict {
    let count = letters(text);
    if count < TOO_SHORT || german_share(text) >= 8 {
        return Verdict::German;
    }
    let Some(info) = detect(text) else { return Verdict::German };
    match info.lang() {
        Lang::Deu => Verdict::German,
        other if info.is_reliable() => Verdict::Foreign(other.eng_name()),
        other if count >= SHORT => Verdict::Unclear(other.eng_name()),
        _ => Verdict::German,
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// How many in a hundred words are typically German ones.
fn german_share(text: &str) -> usize {
    let (mut all, mut german) = (0_usize, 0_usize);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        all += 1;
        german += usize::from(GERMAN_WORDS.contains(&word.to_lowercase().as_str()));
    }
    (german * 100).checked_div(all).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        let french = "Le conseil municipal a décidé lundi de reporter la construction du nouveau port. \
                      Les habitants avaient protesté pendant plusieurs semaines contre le projet, \
                      qui devait coûter trois millions d'euros et durer deux ans au moins.";
        let dutch = "De gemeenteraad heeft maandag besloten de bouw van de nieuwe haven uit te stellen. \
                     De bewoners hadden wekenlang tegen het plan geprotesteerd, dat drie miljoen euro \
                     zou kosten en minstens twee jaar zou duren.";
        let german = "Der Stadtrat hat am Montag beschlossen, den Bau des neuen Hafens zu verschieben. \
                      Die Anwohner hatten wochenlang gegen das Vorhaben protestiert.";
        assert_eq!(judge(french), Verdict::Foreign("French"));
        assert!(matches!(judge(dutch), Verdict::Foreign(_)), "{:?}", judge(dutch));
        assert_eq!(judge(german), Verdict::German);
    }

    #[test]
    fn short_texts_are_given_the_benefit_of_the_doubt() {
        assert_eq!(judge("Paris Saint-Germain 3:1 Real Madrid"), Verdict::German);
        assert_eq!(judge(""), Verdict::German);
    }
}
