//! Rows that begin where a line of the cache does.

use std::ops::{Deref, DerefMut};

use aligned_vec::{AVec, CACHELINE_ALIGN};

/// A vector of numbers that begins at the start of a cache line, which a `Vec` hardly ever does.
///
/// The products read whole lines. One that lies across two lines is read twice: with AMX that
/// halves the speed.
#[derive(Debug)]
pub(crate) struct Aligned<T>(AVec<T>);

impl<T> Aligned<T> {
    /// Room for so many numbers.
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self(AVec::with_capacity(CACHELINE_ALIGN, capacity))
    }
}

impl<T: Clone + Default> Aligned<T> {
    /// The first `length` numbers, of which there may be more; grows to hold them.
    pub(crate) fn sized(&mut self, length: usize) -> &mut [T] {
        if self.len() < length {
            self.resize(length, T::default());
        }
        &mut self[..length]
    }
}

impl<T: Clone> Aligned<T> {
    /// `value`, so many times.
    pub(crate) fn of(value: T, count: usize) -> Self {
        let mut all = Self::with_capacity(count);
        all.resize(count, value);
        all
    }
}

impl<T> Default for Aligned<T> {
    fn default() -> Self {
        Self::with_capacity(0)
    }
}

impl<T> Deref for Aligned<T> {
    type Target = AVec<T>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T> DerefMut for Aligned<T> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_cache_begins_with_the_first_number_however_it_grew() {
        let starts = |all: &Aligned<i8>| all.as_ptr().addr().is_multiple_of(64);
        let mut all = Aligned::of(1, 3);
        assert!(starts(&all));
        for length in [100, 5000, 1 << 20] {
            all.sized(length);
            assert!(starts(&all), "{length}");
        }
        all.extend_from_slice(&[0; 77]);
        assert!(starts(&all));
        assert_eq!((all.len(), &all[..4]), ((1 << 20) + 77, &[1, 1, 1, 0][..]));
        assert_eq!(all.sized(2), [1, 1]);
    }
}
