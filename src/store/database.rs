use std::path::{Path, PathBuf};

use jiff::civil::Date;
use redb::{
    Database, ReadableDatabase, ReadableTable, ReadableTableMetadata, StorageBackend,
    TableDefinition,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Key, StoreError};

/// The version of what is in the tables.
const FORMAT: u32 = 1;

/// The file within the store's folder.
const FILE: &str = "store.redb";

/// What a killed run leaves where a store was being made.
const UNFINISHED: &str = "store.redb.new";

/// Bytes of the file that are held in memory. redb's own default is a gibibyte.
const CACHE: usize = 16 << 20;

const ANSWERS: TableDefinition<&[u8; 32], &[u8]> = TableDefinition::new("answers");
const RECORDS: TableDefinition<&str, &[u8]> = TableDefinition::new("records");

/// The record that holds [`FORMAT`].
const FORMAT_RECORD: &str = "format";

/// An answer and the day it was kept.
#[derive(Serialize, Deserialize)]
struct Entry<T> {
    day: Date,
    answer: T,
}

/// An entry's day, whatever the answer.
#[derive(Deserialize)]
struct EntryDay {
    day: Date,
}

/// How much is in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Answers of models.
    pub answers: u64,
    /// Records of all kinds.
    pub records: u64,
    /// The file's length; `None` if it has none.
    pub bytes: Option<u64>,
}

/// What became of answers that were too old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// How many stay.
    pub kept: u64,
    /// How many go.
    pub dropped: u64,
}

/// The open store. See the [module](super).
#[derive(Debug)]
pub struct Store {
    database: Database,
    path: PathBuf,
}

impl Store {
    /// Opens the store in `folder`, and makes it if there is none. After a crash
    /// the file is brought to its last complete write. The caller holds the
    /// [`Lock`](super::Lock).
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(FILE);
        std::fs::create_dir_all(folder).map_err(|source| StoreError::disk(folder, source))?;
        if !path.exists() {
            Self::make(folder, &path)?;
        }
        Self::at(path)
    }

    /// Makes an empty store under another name and gives it its own when it is
    /// whole: redb takes a file in which it was killed before the end of its first
    /// write for none of its own.
    fn make(folder: &Path, path: &Path) -> Result<(), StoreError> {
        let unfinished = folder.join(UNFINISHED);
        crate::support::fs::remove(&unfinished)
            .map_err(|cause| StoreError::disk(&unfinished, cause))?;
        drop(Self::at(unfinished.clone())?);
        crate::support::fs::rename(&unfinished, path).map_err(|cause| StoreError::disk(path, cause))
    }

    fn at(path: PathBuf) -> Result<Self, StoreError> {
        let database = Database::builder().set_cache_size(CACHE).create(&path);
        Self::ready(database.map_err(|error| StoreError::redb(&path, error))?, path)
    }

    /// Whether there is one in `folder`.
    #[must_use]
    pub fn exists(folder: &Path) -> bool {
        folder.join(FILE).exists()
    }

    /// A store that ends with the process.
    ///
    /// # Errors
    /// None that is to be expected.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::with_backend(redb::backends::InMemoryBackend::new())
    }

    /// A store on `backend`; for tests that make a disk fail.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn with_backend(backend: impl StorageBackend) -> Result<Self, StoreError> {
        let path = PathBuf::from("(no file)");
        let database = Database::builder().set_cache_size(CACHE).create_with_backend(backend);
        Self::ready(database.map_err(|error| StoreError::redb(&path, error))?, path)
    }

    fn ready(database: Database, path: PathBuf) -> Result<Self, StoreError> {
        let store = Self { database, path };
        match store.find_record::<u32>(FORMAT_RECORD)? {
            Some(FORMAT) => {}
            Some(found) => {
                return Err(StoreError::Format { path: store.path, found, known: FORMAT });
            }
            None => {
                // The first write makes the tables, too, so that readers find them.
                let change = store.begin()?;
                {
                    change.open_table(ANSWERS).map_err(|e| store.fault(e))?;
                    change.open_table(RECORDS).map_err(|e| store.fault(e))?;
                }
                change.commit().map_err(|e| store.fault(e))?;
                store.put_record(FORMAT_RECORD, &FORMAT)?;
            }
        }
        Ok(store)
    }

    /// The store's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The answers that are known, in the order of `keys`.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn recall<T: DeserializeOwned>(&self, keys: &[Key]) -> Result<Vec<Option<T>>, StoreError> {
        let view = self.database.begin_read().map_err(|e| self.fault(e))?;
        let table = view.open_table(ANSWERS).map_err(|e| self.fault(e))?;
        let recall = |key: &Key| {
            let entry = table.get(key.bytes()).map_err(|e| self.fault(e))?;
            let entry = entry.map(|bytes| self.parse::<Entry<T>>(bytes.value())).transpose()?;
            Ok(entry.map(|entry| entry.answer))
        };
        keys.iter().map(recall).collect()
    }

    /// Keeps answers, all or none, durably. An answer that is known already stays
    /// as it was first given.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn keep<T: Serialize>(&self, day: Date, answers: &[(Key, T)]) -> Result<(), StoreError> {
        if answers.is_empty() {
            return Ok(());
        }
        let change = self.begin()?;
        {
            let mut table = change.open_table(ANSWERS).map_err(|e| self.fault(e))?;
            for (key, answer) in answers {
                if table.get(key.bytes()).map_err(|e| self.fault(e))?.is_none() {
                    let bytes = self.bytes(&Entry { day, answer })?;
                    table.insert(key.bytes(), bytes.as_slice()).map_err(|e| self.fault(e))?;
                }
            }
        }
        change.commit().map_err(|e| self.fault(e))
    }

    /// Drops the answers that were kept before `day`, but for those `wanted`
    /// names; with `rehearse`, only says how many those are.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn drop_answers(
        &self,
        day: Date,
        wanted: &dyn Fn(&Key) -> bool,
        rehearse: bool,
    ) -> Result<Kept, StoreError> {
        let change = self.begin()?;
        let mut kept = Kept::default();
        {
            let mut table = change.open_table(ANSWERS).map_err(|e| self.fault(e))?;
            let mut old = Vec::new();
            for entry in table.iter().map_err(|e| self.fault(e))? {
                let (key, bytes) = entry.map_err(|e| self.fault(e))?;
                let key = Key::from_bytes(key.value());
                if self.parse::<EntryDay>(bytes.value())?.day < day && !wanted(&key) {
                    old.push(key);
                } else {
                    kept.kept += 1;
                }
            }
            kept.dropped = old.len() as u64;
            for key in old {
                table.remove(key.bytes()).map_err(|e| self.fault(e))?;
            }
        }
        if rehearse {
            change.abort().map_err(|e| self.fault(e))?;
        } else {
            change.commit().map_err(|e| self.fault(e))?;
        }
        Ok(kept)
    }

    /// Makes the file as small as what it holds.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn compact(&mut self) -> Result<(), StoreError> {
        let Self { database, path } = self;
        database.compact().map(drop).map_err(|error| StoreError::redb(path, error))
    }

    /// The record `name`.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn record<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        self.find_record(name)
    }

    /// All records whose names begin with `prefix`, by the rest of their names.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn records<T: DeserializeOwned>(
        &self,
        prefix: &str,
    ) -> Result<Vec<(String, T)>, StoreError> {
        let view = self.database.begin_read().map_err(|e| self.fault(e))?;
        let table = view.open_table(RECORDS).map_err(|e| self.fault(e))?;
        let mut records = Vec::new();
        for entry in table.range(prefix..).map_err(|e| self.fault(e))? {
            let (name, bytes) = entry.map_err(|e| self.fault(e))?;
            let Some(rest) = name.value().strip_prefix(prefix) else { break };
            records.push((rest.to_owned(), self.parse(bytes.value())?));
        }
        Ok(records)
    }

    /// Writes the record `name`, durably.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn put_record(&self, name: &str, value: &impl Serialize) -> Result<(), StoreError> {
        let bytes = self.bytes(value)?;
        let change = self.begin()?;
        {
            let mut table = change.open_table(RECORDS).map_err(|e| self.fault(e))?;
            table.insert(name, bytes.as_slice()).map_err(|e| self.fault(e))?;
        }
        change.commit().map_err(|e| self.fault(e))
    }

    /// Takes the record `name` out.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn remove_record(&self, name: &str) -> Result<(), StoreError> {
        let change = self.begin()?;
        {
            let mut table = change.open_table(RECORDS).map_err(|e| self.fault(e))?;
            table.remove(name).map_err(|e| self.fault(e))?;
        }
        change.commit().map_err(|e| self.fault(e))
    }

    /// How much is in it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn tally(&self) -> Result<Tally, StoreError> {
        let view = self.database.begin_read().map_err(|e| self.fault(e))?;
        let answers = view.open_table(ANSWERS).map_err(|e| self.fault(e))?;
        let records = view.open_table(RECORDS).map_err(|e| self.fault(e))?;
        Ok(Tally {
            answers: answers.len().map_err(|e| self.fault(e))?,
            records: records.len().map_err(|e| self.fault(e))?,
            bytes: std::fs::metadata(&self.path).ok().map(|metadata| metadata.len()),
        })
    }

    fn find_record<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let view = self.database.begin_read().map_err(|e| self.fault(e))?;
        let table = match view.open_table(RECORDS) {
            Ok(table) => table,
            Err(redb::TableError::TableDoesNotExist(_)) => return Ok(None),
            Err(error) => return Err(self.fault(error)),
        };
        let bytes = table.get(name).map_err(|e| self.fault(e))?;
        bytes.map(|bytes| self.parse(bytes.value())).transpose()
    }

    fn begin(&self) -> Result<redb::WriteTransaction, StoreError> {
        let mut change = self.database.begin_write().map_err(|e| self.fault(e))?;
        // Opening after a crash then takes no walk over the whole file.
        change.set_quick_repair(true);
        Ok(change)
    }

    fn bytes(&self, value: &impl Serialize) -> Result<Vec<u8>, StoreError> {
        serde_json::to_vec(value).map_err(|error| self.damaged(&error))
    }

    fn parse<T: DeserializeOwned>(&self, bytes: &[u8]) -> Result<T, StoreError> {
        serde_json::from_slice(bytes).map_err(|error| self.damaged(&error))
    }

    fn damaged(&self, problem: &dyn ToString) -> StoreError {
        StoreError::Damaged { path: self.path.clone(), problem: problem.to_string() }
    }

    fn fault(&self, error: impl Into<redb::Error>) -> StoreError {
        StoreError::redb(&self.path, error)
    }
}
