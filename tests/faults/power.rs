//! Power that fails: of what was written since the last sync, any part is lost.

use std::io;
use std::sync::{Arc, Mutex};

use redb::StorageBackend;
use tagesbrief::store::Store;
use tempfile::TempDir;

use super::desk::{Desk, Dice, assert_same, fill};

/// A disk with a cache.
#[derive(Debug, Default)]
struct Disk {
    durable: Vec<u8>,
    current: Vec<u8>,
    /// Writes since the last sync.
    cached: Vec<(usize, Vec<u8>)>,
    /// Operations until the power fails.
    left: u64,
}

/// redb's view of it.
#[derive(Debug, Clone, Default)]
struct Plug(Arc<Mutex<Disk>>);

impl Plug {
    fn operate<T>(&self, work: impl FnOnce(&mut Disk) -> T) -> Result<T, io::Error> {
        let mut disk = self.0.lock().unwrap();
        if disk.left == 0 {
            return Err(io::Error::other("the power is off"));
        }
        disk.left -= 1;
        Ok(work(&mut disk))
    }

    /// The disk after the power is back: what was synced, and of the rest what the
    /// dice say.
    fn back(&self, dice: &mut Dice, left: u64) -> Self {
        let disk = self.0.lock().unwrap();
        let mut bytes = disk.durable.clone();
        bytes.resize(disk.current.len().max(bytes.len()), 0);
        for (offset, data) in &disk.cached {
            // A write may be torn at a sector.
            let sectors = data.len().div_ceil(512) as u64;
            let end = (dice.below(sectors + 1) as usize * 512).min(data.len());
            if dice.below(2) == 0 && offset + end <= bytes.len() {
                bytes[*offset..offset + end].copy_from_slice(&data[..end]);
            }
        }
        let disk = Disk { durable: bytes.clone(), current: bytes, cached: Vec::new(), left };
        Self(Arc::new(Mutex::new(disk)))
    }
}

impl StorageBackend for Plug {
    fn len(&self) -> Result<u64, io::Error> {
        Ok(self.0.lock().unwrap().current.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), io::Error> {
        let disk = self.0.lock().unwrap();
        let start = usize::try_from(offset).unwrap();
        out.copy_from_slice(&disk.current[start..start + out.len()]);
        Ok(())
    }

    fn set_len(&self, len: u64) -> Result<(), io::Error> {
        self.operate(|disk| disk.current.resize(usize::try_from(len).unwrap(), 0))
    }

    fn sync_data(&self) -> Result<(), io::Error> {
        self.operate(|disk| {
            disk.durable = disk.current.clone();
            disk.cached.clear();
        })
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), io::Error> {
        self.operate(|disk| {
            let start = usize::try_from(offset).unwrap();
            disk.current[start..start + data.len()].copy_from_slice(data);
            disk.cached.push((start, data.to_vec()));
        })
    }
}

#[test]
fn power_may_fail_at_any_write_of_the_store() {
    let root = TempDir::new().unwrap();
    let (undisturbed, desk) =
        (Desk::new(root.path(), "undisturbed"), Desk::new(root.path(), "disturbed"));
    fill(&undisturbed.inbox, 3, 2);
    undisturbed.run().unwrap();
    let mut dice = Dice::new(11);
    let mut failures = 0;
    for _ in 0..12 {
        desk.clear();
        let mut plug = Plug::default().back(&mut dice, 80);
        loop {
            let ended = Store::with_backend(plug.clone()).and_then(|store| {
                // Whatever fails is the store: its error ends the run.
                match desk.run_with(&store) {
                    Ok(_) => Ok(()),
                    Err(tagesbrief::pipeline::PipelineError::Store(error)) => Err(error),
                    Err(other) => panic!("{other}"),
                }
            });
            if ended.is_ok() {
                break;
            }
            failures += 1;
            let left = 25 + dice.below(100);
            plug = plug.back(&mut dice, left);
        }
        assert_same(&undisturbed.output, &desk.output);
    }
    assert!(failures > 24, "{failures}");
}
