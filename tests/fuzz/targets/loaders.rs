//! Any bytes as what an operator hands in: the configuration, and the files of a
//! model folder. The first byte says which.
#![no_main]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use tagesbrief::cli::Config;
use tagesbrief::model::{Family, ModelFolder};

/// A model folder of good files, of which one is spoilt each time.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = parent.join(format!("tagesbrief-fuzz-{}", std::process::id()));
        let _ = fs::create_dir_all(&folder);
        for (name, text) in FILES {
            let _ = fs::write(folder.join(name), text);
        }
        folder
    })
}

const FILES: [(&str, &str); 4] = [
    ("config.json", include_str!("../../../models/translate/config.json")),
    ("vocab.json", "{\"</s>\": 0, \"<unk>\": 1, \"<pad>\": 2}"),
    ("source.spm", "pieces"),
    ("model.safetensors", "weights"),
];

fuzz_target!(|bytes: &[u8]| {
    let Some((which, bytes)) = bytes.split_first() else { return };
    if which % 4 == 3 {
        if let Ok(text) = std::str::from_utf8(bytes) {
            let _ = toml::from_str::<Config>(text);
        }
        return;
    }
    let name = ["config.json", "vocab.json", "model.safetensors"][usize::from(which % 4)];
    let file = folder().join(name);
    let Ok(()) = fs::write(&file, bytes) else { return };
    let _ = ModelFolder::open(folder(), Family::Marian);
    let _ = ModelFolder::open(folder(), Family::Bart);
    if let Some((_, good)) = FILES.iter().find(|(it, _)| *it == name) {
        let _ = fs::write(&file, good);
    }
});
