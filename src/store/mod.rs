//! What is remembered between runs: answers of the models, issues of the briefs,
//! what the inbox held.
//!
//! One file, `store.redb`, in a folder of its own outside the outputs, so that it
//! is not published with them. It is an embedded database ([redb]): a write that
//! returned survives the process's death and the machine's, and one that did not
//! leaves the file as it was. The store may be deleted at any time; the next run
//! then asks the models again.
//!
//! [redb]: https://docs.rs/redb
//!
//! | table | key | value |
//! |---|---|---|
//! | `answers` | [`Key`]: question and who answers | the answer and the day it was kept |
//! | `records` | kind, output folder, name | an issue, what the inbox held, facts |
//!
//! The first answer to a question is the record: a later one does not take its
//! place ([`Store::keep`]).

mod database;
mod error;
mod key;
mod lock;

pub use database::{Kept, Store, Tally};
pub use error::StoreError;
pub use key::{Key, Maker};
pub use lock::{Held, Lock};
