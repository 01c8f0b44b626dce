//! Names of questions.

/// Bytes of each half of a [`Key`]: two different questions share a half once
/// in 2^64 tries.
const HALF: usize = 16;

/// Who answers: a model with its settings and the rules around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Maker([u8; HALF]);

impl Maker {
    /// The maker that `parts` describe; each part counts, and so does their order.
    #[must_use]
    pub fn new(parts: &[&str]) -> Self {
        Self(digest(parts))
    }
}

/// Names an answer: the question, and who answers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 2 * HALF]);

impl Key {
    /// The key of what `maker` answers to `question`.
    #[must_use]
    pub fn new(question: &str, maker: &Maker) -> Self {
        let mut key = [0; 2 * HALF];
        key[..HALF].copy_from_slice(&digest(&[question]));
        key[HALF..].copy_from_slice(&maker.0);
        Self(key)
    }

    pub(super) fn bytes(&self) -> &[u8; 2 * HALF] {
        &self.0
    }

    pub(super) fn from_bytes(bytes: &[u8; 2 * HALF]) -> Self {
        Self(*bytes)
    }
}

/// Lengths go in, too, so that no two lists of parts read the same.
fn digest(parts: &[&str]) -> [u8; HALF] {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut half = [0; HALF];
    half.copy_from_slice(&hasher.finalize().as_bytes()[..HALF]);
    half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_and_maker_both_count() {
        let (one, two) = (Maker::new(&["m", "1"]), Maker::new(&["m1", ""]));
        assert_ne!(one, two);
        assert_ne!(Key::new("a", &one), Key::new("a", &two));
        assert_ne!(Key::new("a", &one), Key::new("b", &one));
        assert_eq!(Key::new("a", &one), Key::new("a", &one));
    }
}
