//! Writes the folder of libtorch into the binary's run path, so that
//! `cargo run`, `cargo test` and a copied-out binary find the library without
//! `LD_LIBRARY_PATH`. Changing `rustflags` instead would rebuild every crate.

use std::env;
use std::path::Path;

fn main() {
    println!("cargo:rerun-if-env-changed=LIBTORCH");
    if env::var_os("CARGO_FEATURE_ENGINE").is_none() {
        return;
    }
    let Some(libtorch) = env::var_os("LIBTORCH") else {
        return;
    };
    // The link in the checkout may move; the folder behind it does not.
    let lib = Path::new(&libtorch).join("lib");
    let lib = lib.canonicalize().unwrap_or(lib);
    println!("cargo:rustc-link-arg=-Wl,-rpath,{}", lib.display());
}
