//! What can go wrong around a run: the process is killed, the power fails, the
//! disk is full or read-only, the inbox is hostile. With scripted engines, so that
//! hundreds of runs take seconds; everything else is the real thing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

mod desk;
mod disk;
mod hostile;
mod kill;
mod power;
