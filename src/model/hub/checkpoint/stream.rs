//! The layout before PyTorch 1.6: five pickles (a magic number, the version, facts
//! about the machine, the table, the storages' keys), then each storage in the
//! order of the keys: the count of its numbers in 8 bytes, then the numbers.

use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};
use std::rc::Rc;

use super::error::{CheckpointError, layout};
use super::machine;
use super::tensor::StoredTensor;
use super::value::{Storage, Value, View};

const MAGIC: i128 = 0x1950_a86a_20f9_469c_fc6c;
const VERSION: i128 = 1001;

/// Reads the table of a file of `size` bytes.
pub(super) fn read<R: Read + Seek>(
    mut reader: R,
    size: u64,
) -> Result<Vec<(String, StoredTensor)>, CheckpointError> {
    expect(&mut reader, MAGIC, "its magic number is missing")?;
    expect(&mut reader, VERSION, "its version is unknown")?;
    machine::run(&mut reader)?;
    let table = machine::run(&mut reader)?.into_table()?;
    let keys = machine::run(&mut reader)?;
    let storages: HashMap<Rc<str>, Rc<Storage>> = table
        .iter()
        .map(|(_, view)| (Rc::clone(&view.storage.key), Rc::clone(&view.storage)))
        .collect();
    let places = places(&mut reader, size, &keys, &storages)?;
    table.into_iter().map(|(name, view)| Ok((name.to_string(), stored(&view, &places)?))).collect()
}

fn expect(reader: &mut impl Read, number: i128, problem: &str) -> Result<(), CheckpointError> {
    match machine::run(reader) {
        Ok(Value::Int(found)) if found == number => Ok(()),
        Err(CheckpointError::CutShort) => Err(CheckpointError::CutShort),
        _ => Err(layout(problem)),
    }
}

/// Where the numbers of each storage are: first byte and the byte after the last.
fn places<R: Read + Seek>(
    reader: &mut R,
    size: u64,
    keys: &Value,
    storages: &HashMap<Rc<str>, Rc<Storage>>,
) -> Result<HashMap<Rc<str>, (u64, u64)>, CheckpointError> {
    let Value::List(keys) = keys else {
        return Err(layout("the storages' keys are missing"));
    };
    let mut places = HashMap::new();
    for key in keys.borrow().iter() {
        let Value::Text(key) = key else {
            return Err(layout("a storage's key is no text"));
        };
        let storage = storages.get(key).ok_or_else(|| layout("a storage of an unknown type"))?;
        let mut count = [0; 8];
        reader.read_exact(&mut count).map_err(|_| CheckpointError::CutShort)?;
        if u64::from_le_bytes(count) != storage.length {
            return Err(layout("a storage of another length than its tensors say"));
        }
        let start = reader.stream_position()?;
        let end = storage
            .length
            .checked_mul(storage.element.size() as u64)
            .and_then(|bytes| bytes.checked_add(start))
            .filter(|end| *end <= size)
            .ok_or(CheckpointError::CutShort)?;
        reader.seek(SeekFrom::Start(end))?;
        places.insert(Rc::clone(key), (start, end));
    }
    Ok(places)
}

/// A view with its storage's place.
pub(super) fn stored(
    view: &View,
    places: &HashMap<Rc<str>, (u64, u64)>,
) -> Result<StoredTensor, CheckpointError> {
    let (start, end) =
        places.get(&view.storage.key).ok_or_else(|| layout("a storage is missing"))?;
    let element = view.storage.element;
    let start = view
        .offset
        .checked_mul(element.size() as u64)
        .and_then(|bytes| bytes.checked_add(*start))
        .ok_or_else(|| layout("a tensor beyond its storage"))?;
    Ok(StoredTensor {
        element,
        shape: view.shape.clone(),
        strides: view.strides.clone(),
        start,
        end: *end,
    })
}
