//! Small things every stage needs: byte spans and safe file writing.

pub mod fs;
mod span;

pub use span::Span;
