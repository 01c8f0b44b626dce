//! Where the engines come from: loaded when the first question is asked, so that
//! a night with nothing to do loads none.

use crate::brief::Engines;
use crate::model::ModelError;
use crate::summarise::Summariser;
use crate::translate::Translator;

/// The two models of a run.
pub trait ModelSource {
    /// Their names and fingerprints, known without loading them.
    fn info(&self) -> &Engines;

    /// How they compute (engine, arithmetic), as far as that decides an answer.
    fn arithmetic(&self) -> &str;

    /// German to English; loaded at the first call.
    ///
    /// # Errors
    /// [`ModelError`] if it cannot be loaded.
    fn translator(&self) -> Result<&dyn Translator, ModelError>;

    /// English to summary; loaded at the first call.
    ///
    /// # Errors
    /// [`ModelError`] if it cannot be loaded.
    fn summariser(&self) -> Result<&dyn Summariser, ModelError>;
}

/// Engines that are ready.
pub struct Models<'m> {
    /// German to English.
    pub translator: &'m dyn Translator,
    /// English to summary.
    pub summariser: &'m dyn Summariser,
    /// For the briefs.
    pub info: Engines,
}

impl ModelSource for Models<'_> {
    fn info(&self) -> &Engines {
        &self.info
    }

    fn arithmetic(&self) -> &str {
        "as given"
    }

    fn translator(&self) -> Result<&dyn Translator, ModelError> {
        Ok(self.translator)
    }

    fn summariser(&self) -> Result<&dyn Summariser, ModelError> {
        Ok(self.summariser)
    }
}
