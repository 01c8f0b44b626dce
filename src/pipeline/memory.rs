//! The models' answers, asked for in the store first.
//!
//! An answer is named by its question and by who answers it. For a translation
//! the question is the German as ingest normalised it (word links point into it);
//! for a summary it is the English body with its segments. Who answers is the model's fingerprint, the
//! arithmetic, the decoding settings and the versions of the rules around the
//! model. The sizes of batches are not part of it.
//!
//! Where the engine failed, that is kept, too, but only for this very program:
//! the question rests until the article or the software changes, or the operator
//! says `--retry`.

use jiff::civil::Date;

use crate::segment::{self, SegmentedArticle};
use crate::store::{Key, Maker, Store, StoreError};
use crate::summarise::{self, SummaryHeard};
use crate::text::squeeze;
use crate::translate::{self, BilingualArticle, KeptReason, Origin, Translation};

use super::driver::Job;

/// What the store knows of the models' answers.
pub(super) struct Memory<'s> {
    store: &'s Store,
    day: Date,
    translations: Makers,
    summaries: Makers,
    retry: bool,
}

/// Who answers, and who fails to.
struct Makers {
    answers: Maker,
    failures: Maker,
}

impl Makers {
    fn new(parts: &[&str], software: &str) -> Self {
        let failing = [parts, &["failed", software]].concat();
        Self { answers: Maker::new(parts), failures: Maker::new(&failing) }
    }
}

impl<'s> Memory<'s> {
    pub(super) fn new(job: &Job<'s>) -> Self {
        let (info, how) = (job.models.info(), job.models.arithmetic());
        let options = &job.settings.translate;
        let translations = [
            "translate",
            &format!("{} {}", segment::VERSION, translate::VERSION),
            &info.translate.fingerprint,
            how,
            &format!("{:?} {:?}", options.decoding, options.retry_decoding),
        ];
        let options = &job.settings.summarise;
        let summaries = [
            "summarise",
            &summarise::VERSION.to_string(),
            &info.summarise.fingerprint,
            how,
            &format!(
                "{:?} {} {} {} {}",
                options.decoding,
                options.max_target_tokens,
                options.min_sentences,
                options.min_tokens,
                options.max_sentences
            ),
        ];
        Self {
            store: job.store,
            day: job.settings.ingest.today,
            translations: Makers::new(&translations, job.software),
            summaries: Makers::new(&summaries, job.software),
            retry: job.retry,
        }
    }

    /// What is known of each source without asking the model.
    pub(super) fn translations(
        &self,
        sources: &[&str],
    ) -> Result<Vec<Option<Translation>>, StoreError> {
        let mut known: Vec<Option<Translation>> = self.recall(sources, &self.translations)?;
        for (source, known) in sources.iter().zip(&mut known) {
            if known.is_none() {
                *known = translate::carried_over(&squeeze(source));
            }
        }
        Ok(known)
    }

    /// Keeps what a batch gave.
    pub(super) fn keep_translations(
        &self,
        answers: &[(&str, &Translation)],
    ) -> Result<(), StoreError> {
        let entries = answers.iter().filter_map(|(source, answer)| {
            let maker = match answer.origin {
                Origin::Kept(KeptReason::EngineError) => &self.translations.failures,
                Origin::Copied => return None,
                _ => &self.translations.answers,
            };
            Some((Key::new(source, maker), *answer))
        });
        self.store.keep(self.day, &entries.collect::<Vec<_>>())
    }

    /// What is known of each article's summary.
    pub(super) fn summaries(
        &self,
        articles: &[BilingualArticle],
    ) -> Result<Vec<Option<SummaryHeard>>, StoreError> {
        let questions: Vec<String> = articles.iter().map(summarise::question).collect();
        self.recall(&questions, &self.summaries)
    }

    /// Keeps what a batch gave.
    pub(super) fn keep_summaries(
        &self,
        answers: &[(&BilingualArticle, &SummaryHeard)],
    ) -> Result<(), StoreError> {
        let entries = answers.iter().map(|(article, heard)| {
            let makers = &self.summaries;
            let maker = if heard.failed_windows > 0 { &makers.failures } else { &makers.answers };
            (Key::new(&summarise::question(article), maker), *heard)
        });
        self.store.keep(self.day, &entries.collect::<Vec<_>>())
    }

    /// The keys of all answers that `article` asks for now, as far as they are known.
    pub(super) fn keys_of(&self, article: SegmentedArticle) -> Result<Vec<Key>, StoreError> {
        let sources: Vec<&str> = article.sources().collect();
        let key = |source: &&str| Key::new(source, &self.translations.answers);
        let mut keys: Vec<Key> = sources.iter().map(key).collect();
        let known: Option<Vec<Translation>> = self.translations(&sources)?.into_iter().collect();
        if let Some(known) = known {
            let article = BilingualArticle::new(article, known);
            keys.push(Key::new(&summarise::question(&article), &self.summaries.answers));
        }
        Ok(keys)
    }

    /// Answers, or failures that are to be left at that.
    fn recall<T: serde::de::DeserializeOwned>(
        &self,
        questions: &[impl AsRef<str>],
        makers: &Makers,
    ) -> Result<Vec<Option<T>>, StoreError> {
        let keys = |maker| questions.iter().map(|it| Key::new(it.as_ref(), maker)).collect();
        let keys: [Vec<Key>; 2] = [keys(&makers.answers), keys(&makers.failures)];
        let answers = self.store.recall(&keys[0])?;
        if self.retry {
            return Ok(answers);
        }
        let failures = self.store.recall(&keys[1])?;
        Ok(answers.into_iter().zip(failures).map(|(answer, failure)| answer.or(failure)).collect())
    }
}
