//! Full-size models: fetched from a model hub, recorded, verified.
//!
//! What comes in is the name of a repository, what goes out is a model folder
//! beside the others in `models/`, with a [`Manifest`] that says where each file
//! came from and what its checksum is. A folder appears under its name only when
//! all of it is there, matches the hub's checksums and passes the checks of
//! [`ModelFolder::open`](super::ModelFolder::open).
//!
//! Only [`fetch()`] goes online. It speaks the hub's plain HTTP routes with ureq:
//! the hub's own crate, hf-hub 1.0, neither resumes a download (its issue 196) nor
//! compares checksums, and brings an asynchronous runtime; its predecessor 0.5
//! resumes, but compares nothing and is no longer kept.

#[cfg(feature = "fetch")]
mod api;
#[cfg(feature = "fetch")]
pub mod checkpoint;
#[cfg(feature = "fetch")]
mod client;
#[cfg(feature = "fetch")]
mod digest;
#[cfg(feature = "fetch")]
mod download;
#[cfg(feature = "fetch")]
mod error;
#[cfg(feature = "fetch")]
mod fetch;
mod inventory;
mod manifest;
#[cfg(feature = "fetch")]
mod repository;
#[cfg(feature = "fetch")]
mod staging;
#[cfg(feature = "fetch")]
mod weights;

#[cfg(feature = "fetch")]
pub use client::{Hub, Retries};
#[cfg(feature = "fetch")]
pub use error::HubError;
#[cfg(feature = "fetch")]
pub use fetch::{Fetched, Observer, Request, fetch};
pub use inventory::{Entry, Verdict, inventory, verify};
pub use manifest::{FileRecord, MANIFEST_FILE, Manifest, WeightsOrigin};
#[cfg(feature = "fetch")]
pub use repository::{KNOWN_MODELS, Repository};
