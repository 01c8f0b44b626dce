//! Stage 7, *render*: [`DayBrief`] → bytes of files.
//!
//! In: one brief, or the list of all. Out: [`Rendered`] files, a pure function
//! of the brief: no clock, no path, no hash order. Nothing is written here;
//! [`pipeline`](crate::pipeline) does that.

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// File name within the brief's folder, such as `brief.md`.
    pub name: &'static str,
    /// Its contents.
    pub bytes: Vec<u8>,
}
