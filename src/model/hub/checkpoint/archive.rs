//! The layout since PyTorch 1.6: a ZIP archive, nothing in it compressed, with the
//! table as `NAME/data.pkl` and each storage as `NAME/data/KEY`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::{Read, Seek};
use std::rc::Rc;

use zip::{CompressionMethod, ZipArchive};

use super::error::{CheckpointError, layout};
use super::machine;
use super::stream::stored;
use super::tensor::StoredTensor;

/// Reads the table of an archive.
pub(super) fn read<R: Read + Seek>(
    reader: R,
) -> Result<Vec<(String, StoredTensor)>, CheckpointError> {
    let mut archive = ZipArchive::new(reader).map_err(damaged)?;
    let table_name = archive
        .file_names()
        .filter_map(Result::ok)
        .find(|name| name.ends_with("/data.pkl"))
        .map(String::from)
        .ok_or_else(|| layout("an archive without data.pkl"))?;
    let folder = table_name.trim_end_matches(".pkl").to_owned() + "/";
    if let Ok(mut order) =
        archive.by_name(&(folder.trim_end_matches("data/").to_owned() + "byteorder"))
    {
        let mut text = String::new();
        order.by_ref().take(16).read_to_string(&mut text)?;
        if text != "little" {
            return Err(layout("its numbers are big-endian"));
        }
    }
    let table = machine::run(&mut archive.by_name(&table_name).map_err(damaged)?)?.into_table()?;
    let mut places = HashMap::new();
    for (_, view) in &table {
        if let Entry::Vacant(slot) = places.entry(Rc::clone(&view.storage.key)) {
            let place = place(&mut archive, &format!("{folder}{}", slot.key()))?;
            slot.insert(place);
        }
    }
    table.into_iter().map(|(name, view)| Ok((name.to_string(), stored(&view, &places)?))).collect()
}

/// The bytes of an entry within the archive: first, and the one after the last.
fn place<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    name: &str,
) -> Result<(u64, u64), CheckpointError> {
    let entry = archive.by_name(name).map_err(damaged)?;
    if entry.compression() != CompressionMethod::Stored {
        return Err(layout("its numbers are compressed"));
    }
    let start = entry.data_start().ok_or_else(|| layout("a storage without a place"))?;
    let end = start.checked_add(entry.size()).ok_or_else(|| layout("a storage without an end"))?;
    Ok((start, end))
}

fn damaged(error: zip::result::ZipError) -> CheckpointError {
    layout(error.to_string())
}
