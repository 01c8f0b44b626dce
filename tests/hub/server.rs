//! A server on loopback that speaks the hub's routes and, when told to, misbehaves.
//! It is built on bare sockets, because no HTTP library lets one break off an
//! answer or lie about its length.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// What goes wrong with one answer.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// This status instead of an answer.
    Status(u16),
    /// The connection ends after so many bytes of the body.
    Cut(usize),
    /// The header `Content-Length` is larger by so many bytes.
    Longer(usize),
    /// So many further bytes come, without a length beforehand.
    Surplus(usize),
    /// One byte of the body is another.
    Flipped,
    /// The range asked for is ignored and the whole sent.
    Whole,
    /// Another part than the one asked for is sent.
    OtherPart,
}

/// A request, as it came.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) path: String,
    pub(crate) range: Option<String>,
    pub(crate) authorization: Option<String>,
}

/// A commit of a repository: its files by name.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

#[derive(Default)]
struct State {
    /// `organisation/name` and a branch or commit → commit and files.
    commits: HashMap<(String, String), (String, Files)>,
    discussions: Vec<Value>,
    /// Pattern of paths → the faults of the next answers to them.
    faults: HashMap<String, VecDeque<Fault>>,
    seen: Vec<Seen>,
    /// Whether the API gives sizes and checksums.
    silent: bool,
}

/// The running server.
#[derive(Clone)]
pub(crate) struct Server {
    state: Arc<Mutex<State>>,
    port: u16,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self { state: Arc::default(), port: listener.local_addr().unwrap().port() };
        let answering = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = answering.clone();
                thread::spawn(move || server.answer(stream));
            }
        });
        server
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Puts `files` at `revision` of `repository`; gives the commit.
    pub(crate) fn put(&self, repository: &str, revision: &str, files: Files) -> String {
        let mut hasher = Sha1::new();
        for (name, bytes) in &files {
            hasher.update(name);
            hasher.update(bytes);
        }
        let commit = hex(&hasher.finalize());
        let mut state = self.state.lock().unwrap();
        for name in [revision, &commit] {
            let key = (repository.to_owned(), name.to_owned());
            state.commits.insert(key, (commit.clone(), files.clone()));
        }
        commit
    }

    pub(crate) fn offer(&self, discussion: Value) {
        self.state.lock().unwrap().discussions.push(discussion);
    }

    /// The next answers to paths like `pattern` (see [`is_like`]) go wrong like this.
    pub(crate) fn fail(&self, pattern: &str, faults: impl IntoIterator<Item = Fault>) {
        let mut state = self.state.lock().unwrap();
        state.faults.entry(pattern.to_owned()).or_default().extend(faults);
    }

    /// Lets the API keep sizes and checksums to itself, as some mirrors do.
    pub(crate) fn keep_silent(&self) {
        self.state.lock().unwrap().silent = true;
    }

    /// The requests so far for paths like `pattern` (see [`is_like`]).
    pub(crate) fn seen(&self, pattern: &str) -> Vec<Seen> {
        let state = self.state.lock().unwrap();
        state.seen.iter().filter(|seen| is_like(&seen.path, pattern)).cloned().collect()
    }

    fn answer(&self, stream: TcpStream) -> Option<()> {
        let mut reader = BufReader::new(stream.try_clone().ok()?);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let path = line.split(' ').nth(1)?.to_owned();
        let mut headers = HashMap::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim().split_once(": ") else { break };
            headers.insert(name.to_ascii_lowercase(), value.to_owned());
        }
        let range = headers.get("range").cloned();
        let seen = Seen {
            path: path.clone(),
            range: range.clone(),
            authorization: headers.get("authorization").cloned(),
        };
        let mut state = self.state.lock().unwrap();
        state.seen.push(seen);
        let fault = state
            .faults
            .iter_mut()
            .find(|(pattern, faults)| is_like(&path, pattern) && !faults.is_empty())
            .and_then(|(_, faults)| faults.pop_front());
        let reply = match fault {
            Some(Fault::Status(status)) => Reply::status(status),
            _ => self.route(&state, &path),
        };
        drop(state);
        reply.send(stream, range.as_deref(), fault.as_ref())
    }

    fn route(&self, state: &State, path: &str) -> Reply {
        let path = path.split('?').next().unwrap_or_default();
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match parts.as_slice() {
            ["api", "models", organisation, name, "revision", revision] => {
                let revision = revision.replace("%2F", "/");
                match state.commits.get(&(format!("{organisation}/{name}"), revision)) {
                    Some((commit, files)) => Reply::json(&info(commit, files, state.silent)),
                    None => Reply::status(404),
                }
            }
            ["api", "models", _, _, "discussions"] => Reply::json(
                &json!({ "discussions": state.discussions, "count": state.discussions.len() }),
            ),
            // Large files are on another host: the same server under its other name.
            ["large", organisation, name, commit, file] => {
                let key = (format!("{organisation}/{name}"), (*commit).to_owned());
                let bytes = state.commits[&key].1[*file].clone();
                Reply { headers: vec![("etag", "\"0123-another\"".to_owned())], ..Reply::ok(bytes) }
            }
            [organisation, name, "resolve", commit, file] => {
                let key = (format!("{organisation}/{name}"), (*commit).to_owned());
                let found = state.commits.get(&key).and_then(|(_, files)| files.get(*file));
                match found {
                    Some(bytes) if is_large(file) => Reply {
                        status: 302,
                        headers: vec![
                            ("x-linked-etag", format!("\"{}\"", sha256(bytes))),
                            ("x-linked-size", bytes.len().to_string()),
                            (
                                "location",
                                format!(
                                    "http://localhost:{}/large/{organisation}/{name}/{commit}/{file}",
                                    self.port
                                ),
                            ),
                        ],
                        body: Vec::new(),
                    },
                    Some(bytes) => Reply {
                        headers: vec![("etag", format!("\"{}\"", git_blob(bytes)))],
                        ..Reply::ok(bytes.clone())
                    },
                    None => Reply::status(404),
                }
            }
            _ => Reply::status(404),
        }
    }
}

/// Whether every part of `pattern` between `*` is in `path`.
fn is_like(path: &str, pattern: &str) -> bool {
    pattern.split('*').all(|part| path.contains(part))
}

/// Weights are kept outside git.
fn is_large(file: &str) -> bool {
    file.ends_with(".safetensors") || file.ends_with(".bin") || file.ends_with(".spm")
}

fn info(commit: &str, files: &Files, silent: bool) -> Value {
    let siblings: Vec<Value> = files
        .iter()
        .map(|(name, bytes)| match (silent, is_large(name)) {
            (true, _) => json!({ "rfilename": name }),
            (false, true) => json!({
                "rfilename": name, "size": bytes.len(), "blobId": "0".repeat(40),
                "lfs": { "sha256": sha256(bytes), "size": bytes.len(), "pointerSize": 134 }
            }),
            (false, false) => {
                json!({ "rfilename": name, "size": bytes.len(), "blobId": git_blob(bytes) })
            }
        })
        .collect();
    json!({ "id": "x/y", "sha": commit, "siblings": siblings })
}

struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Reply {
    fn ok(body: Vec<u8>) -> Self {
        Self { status: 200, headers: Vec::new(), body }
    }

    fn json(value: &Value) -> Self {
        Self::ok(value.to_string().into_bytes())
    }

    fn status(status: u16) -> Self {
        let headers = vec![("x-error-message", format!("test says {status}"))];
        Self { status, headers, body: Vec::new() }
    }

    fn send(
        mut self,
        mut stream: TcpStream,
        range: Option<&str>,
        fault: Option<&Fault>,
    ) -> Option<()> {
        let whole = self.body.len();
        let start: Option<usize> =
            range.and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
        let start = start.filter(|_| self.status == 200 && !matches!(fault, Some(Fault::Whole)));
        if let Some(asked) = start {
            let sent = if matches!(fault, Some(Fault::OtherPart)) { asked + 1 } else { asked };
            self.status = 206;
            self.body.drain(..sent.min(whole));
            self.headers.push(("content-range", format!("bytes {sent}-{}/{whole}", whole - 1)));
        }
        let mut length = Some(self.body.len());
        match fault {
            Some(Fault::Longer(more)) => length = length.map(|length| length + more),
            Some(Fault::Surplus(more)) => {
                self.body.resize(self.body.len() + more, b'x');
                length = None;
            }
            Some(Fault::Flipped) => {
                let middle = self.body.len() / 2;
                self.body[middle] ^= 1;
            }
            _ => {}
        }
        let mut head = format!("HTTP/1.1 {} Test\r\nconnection: close\r\n", self.status);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if let Some(length) = length {
            head += &format!("content-length: {length}\r\n");
        }
        stream.write_all((head + "\r\n").as_bytes()).ok()?;
        let end = match fault {
            Some(Fault::Cut(end)) => self.body.len().min(*end),
            _ => self.body.len(),
        };
        stream.write_all(&self.body[..end]).ok()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn git_blob(bytes: &[u8]) -> String {
    let mut hasher = Sha1::new();
    hasher.update(format!("blob {}\0", bytes.len()));
    hasher.update(bytes);
    hex(&hasher.finalize())
}
