//! How a run tells that it is alive.

/// Something that shows progress: a terminal, a log, nothing.
pub trait Progress {
    /// A stage begins: `total` is counted in `unit`s. It ends when the value is dropped.
    fn stage(&self, name: &'static str, unit: &'static str, total: usize)
    -> Box<dyn StageProgress>;
}

/// A stage under way.
pub trait StageProgress {
    /// `done` units are done in all.
    fn reach(&mut self, done: usize);
}

/// Shows nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn stage(&self, _: &'static str, _: &'static str, _: usize) -> Box<dyn StageProgress> {
        Box::new(Self)
    }
}

impl StageProgress for NoProgress {
    fn reach(&mut self, _done: usize) {}
}
