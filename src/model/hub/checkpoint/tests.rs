//! The two files in `tests/` were written by PyTorch 2.15, with and without
//! `_use_new_zipfile_serialization`; they hold the same table.

use std::io::Write;
use std::path::PathBuf;

use safetensors::{Dtype, SafeTensors};

use super::*;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model/hub/checkpoint/tests").join(name)
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect()
}

fn written(source: &Path, drop: &[&str]) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("model.safetensors");
    Checkpoint::read(source).unwrap().write_safetensors(source, &target, drop).unwrap();
    std::fs::read(target).unwrap()
}

#[test]
fn both_layouts_become_the_same_safetensors() {
    for name in ["stream.bin", "archive.bin"] {
        let bytes = written(&fixture(name), &["lm_head.weight"]);
        let file = SafeTensors::deserialize(&bytes).unwrap();
        let expected: [(&str, Dtype, &[usize], &[f32]); 5] = [
            ("model.shared.weight", Dtype::F32, &[2, 3], &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]),
            ("turned", Dtype::F32, &[3, 2], &[0.0, 3.0, 1.0, 4.0, 2.0, 5.0]),
            ("part", Dtype::F32, &[2], &[4.0, 5.0]),
            ("one", Dtype::F32, &[], &[7.25]),
            ("trained", Dtype::F32, &[1, 1], &[1.5]),
        ];
        for (tensor, dtype, shape, numbers) in expected {
            let view = file.tensor(tensor).unwrap();
            assert_eq!((view.dtype(), view.shape()), (dtype, shape), "{name} {tensor}");
            assert_eq!(floats(view.data()), numbers, "{name} {tensor}");
        }
        assert_eq!(file.tensor("half").unwrap().data(), [0x00, 0x38, 0x00, 0xc0]);
        assert_eq!(file.tensor("bfloat").unwrap().data(), [0x80, 0x3f, 0x40, 0x40]);
        assert_eq!(file.tensor("ids").unwrap().dtype(), Dtype::I64);
        assert_eq!(file.names().len(), 8, "the tied name is left out");
    }
}

#[test]
fn a_name_is_kept_if_nothing_else_holds_its_numbers() {
    let bytes = written(&fixture("stream.bin"), &["lm_head.weight", "model.shared.weight", "half"]);
    let file = SafeTensors::deserialize(&bytes).unwrap();
    for name in ["lm_head.weight", "model.shared.weight", "half"] {
        assert!(file.tensor(name).is_ok(), "{name}");
    }
}

fn refused(bytes: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    Checkpoint::read(file.path()).unwrap_err().to_string()
}

/// A file of the plain layout whose table is `table`.
fn with_table(table: &[u8]) -> Vec<u8> {
    let mut bytes =
        b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.\x80\x02}.".to_vec();
    bytes.extend(table);
    bytes.extend(b"\x80\x02].");
    bytes
}

#[test]
fn nothing_can_be_called() {
    let shell = with_table(b"\x80\x02cposix\nsystem\nX\x04\0\0\0true\x85R.");
    assert!(refused(&shell).contains("posix.system"), "{}", refused(&shell));
    let eval = with_table(b"\x80\x04\x8c\x08builtins\x8c\x04eval\x93\x8c\x011\x85R.");
    assert!(refused(&eval).contains("builtins.eval"), "{}", refused(&eval));
    let object = with_table(b"\x80\x02ccollections\nOrderedDict\n)\x81.");
    assert!(refused(&object).contains("instruction 0x81"), "{}", refused(&object));
}

#[test]
fn an_empty_table_is_read() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&with_table(b"\x80\x02ccollections\nOrderedDict\n)R.")).unwrap();
    assert!(Checkpoint::read(file.path()).unwrap().tensors.is_empty());
}

/// No cut and no changed byte may do worse than an error.
#[test]
fn damage_is_an_error_and_never_a_panic() {
    for name in ["stream.bin", "archive.bin"] {
        let good = std::fs::read(fixture(name)).unwrap();
        for length in 0..good.len() {
            refused(&good[..length]);
        }
        for place in 0..good.len() {
            let mut bad = good.clone();
            bad[place] ^= 0x41;
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(&bad).unwrap();
            // Some damage only changes numbers.
            let _ = Checkpoint::read(file.path());
        }
    }
}

#[test]
fn a_file_of_another_kind_is_refused() {
    assert!(refused(b"version https://git-lfs.github.com/spec/v1\n").contains("no PyTorch"));
    assert!(refused(b"P").contains("cut short"));
}
