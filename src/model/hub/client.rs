//! The hub's HTTP routes: one request, with redirects, credentials and retries.

use std::thread;
use std::time::Duration;

use ureq::http::{HeaderMap, StatusCode, Uri};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};

use super::digest::Digest;
use super::error::HubError;

/// A connection that gives nothing for so long is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// The hub sends a file's request on once or twice; a renamed repository once more.
const MAX_REDIRECTS: usize = 8;

/// An answer in JSON is never longer.
const MAX_JSON_BYTES: u64 = 16 << 20;

/// How often and how soon a failed request is made again.
#[derive(Debug, Clone, Copy)]
pub struct Retries {
    /// Attempts without any progress before giving up.
    pub attempts: u32,
    /// The pause after the first of them; it doubles each time.
    pub first_pause: Duration,
}

impl Default for Retries {
    fn default() -> Self {
        Self { attempts: 5, first_pause: Duration::from_secs(1) }
    }
}

impl Retries {
    /// Waits before attempt `failed + 1`.
    pub(super) fn pause(&self, failed: u32) {
        thread::sleep(self.first_pause * 2_u32.saturating_pow(failed.saturating_sub(1).min(5)));
    }
}

/// A model hub.
#[derive(Debug)]
pub struct Hub {
    endpoint: Uri,
    token: Option<String>,
    agent: Agent,
    /// How failed requests are retried.
    pub(super) retries: Retries,
}

/// A request's failure: for now, or for good.
pub(super) enum Failure {
    /// Worth another attempt: the connection, or the server's own trouble.
    Passing(String),
    /// The answer is final.
    Final(HubError),
}

/// An answer to a request for a file.
pub(super) struct Answer {
    /// 200 or 206.
    pub status: StatusCode,
    /// Of the last server in the chain.
    pub headers: HeaderMap,
    /// The bytes.
    pub body: Body,
    /// The hub's own checksum of the whole file.
    pub digest: Option<Digest>,
}

impl Hub {
    /// A hub at `endpoint` (`https://host`), with an access token where one is needed.
    ///
    /// # Errors
    /// [`HubError::BadEndpoint`].
    pub fn new(endpoint: &str, token: Option<String>, retries: Retries) -> Result<Self, HubError> {
        let bad = || HubError::BadEndpoint(endpoint.to_owned());
        let uri: Uri = endpoint.trim_end_matches('/').parse().map_err(|_| bad())?;
        if uri.authority().is_none() || !matches!(uri.scheme_str(), Some("http" | "https")) {
            return Err(bad());
        }
        // The system's certificates, so that a company's own authority counts.
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let agent = Agent::config_builder()
            .tls_config(tls)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(concat!("tagesbrief/", env!("CARGO_PKG_VERSION")))
            .accept_encoding("identity")
            .timeout_connect(Some(PATIENCE))
            .timeout_per_read(Some(PATIENCE))
            .build()
            .new_agent();
        Ok(Self { endpoint: uri, token, agent, retries })
    }

    /// The answer to `GET path` as JSON, tried again where that may help.
    pub(super) fn json<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        what: &str,
    ) -> Result<T, HubError> {
        let mut failed = 0;
        loop {
            let problem = match self.get(path, 0, what) {
                Ok(mut answer) => {
                    let body = answer.body.with_config().limit(MAX_JSON_BYTES).read_to_vec();
                    match body {
                        Ok(bytes) => {
                            return serde_json::from_slice(&bytes)
                                .map_err(|error| HubError::answer(what, error));
                        }
                        Err(error) => error.to_string(),
                    }
                }
                Err(Failure::Final(error)) => return Err(error),
                Err(Failure::Passing(problem)) => problem,
            };
            failed += 1;
            if failed >= self.retries.attempts {
                return Err(HubError::Network { what: what.to_owned(), problem });
            }
            self.retries.pause(failed);
        }
    }

    /// One `GET` of `path` on the hub, from byte `start` on, through all redirects.
    pub(super) fn get(&self, path: &str, start: u64, what: &str) -> Result<Answer, Failure> {
        let base = self.endpoint.path().trim_end_matches('/');
        let mut uri =
            self.absolute(&format!("{base}{path}"), &self.endpoint).map_err(Failure::Final)?;
        let mut digest = None;
        for _ in 0..MAX_REDIRECTS {
            let response = self.send(&uri, start).map_err(|error| passing(&error))?;
            let (parts, body) = response.into_parts();
            // Only the hub knows the file's checksum; a server behind it has tags of its own.
            if self.is_hub(&uri) {
                digest = digest_of(&parts.headers, parts.status).or(digest);
            }
            if !parts.status.is_redirection() {
                return classified(parts.status, parts.headers, body, digest, what);
            }
            let location = parts.headers.get("location").and_then(|value| value.to_str().ok());
            let location = location.ok_or_else(|| {
                Failure::Final(HubError::answer(what, "a redirect without an address"))
            })?;
            uri = self.absolute(location, &uri).map_err(Failure::Final)?;
        }
        Err(Failure::Final(HubError::answer(what, "too many redirects")))
    }

    fn send(&self, uri: &Uri, start: u64) -> Result<ureq::http::Response<Body>, ureq::Error> {
        let mut request = self.agent.get(uri);
        if start > 0 {
            request = request.header("range", format!("bytes={start}-"));
        }
        // The token is for the hub alone, not for the servers it sends us to.
        if let (Some(token), true) = (&self.token, self.is_hub(uri)) {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        request.call()
    }

    fn is_hub(&self, uri: &Uri) -> bool {
        uri.scheme() == self.endpoint.scheme() && uri.authority() == self.endpoint.authority()
    }

    /// `location` as seen from `base`.
    fn absolute(&self, location: &str, base: &Uri) -> Result<Uri, HubError> {
        let text = if location.starts_with('/') && !location.starts_with("//") {
            let scheme = base.scheme_str().unwrap_or("https");
            let authority = base.authority().map_or("", |authority| authority.as_str());
            format!("{scheme}://{authority}{location}")
        } else {
            location.to_owned()
        };
        let uri: Option<Uri> = text.parse().ok().filter(|uri: &Uri| uri.authority().is_some());
        // What began encrypted does not go on in the clear.
        let downgraded = |uri: &Uri| {
            self.endpoint.scheme_str() == Some("https") && uri.scheme_str() != Some("https")
        };
        uri.filter(|uri| !downgraded(uri))
            .ok_or_else(|| HubError::answer("the hub", format!("it sends us to {location:?}")))
    }
}

fn digest_of(headers: &HeaderMap, status: StatusCode) -> Option<Digest> {
    let header = |name: &str| headers.get(name)?.to_str().ok().and_then(Digest::of_etag);
    let own = if status.is_success() { header("etag") } else { None };
    header("x-linked-etag").or(own)
}

fn passing(error: &ureq::Error) -> Failure {
    Failure::Passing(error.to_string())
}

/// Tells an answer with content from a refusal and from passing trouble.
fn classified(
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
    digest: Option<Digest>,
    what: &str,
) -> Result<Answer, Failure> {
    if matches!(status.as_u16(), 200 | 206) {
        return Ok(Answer { status, headers, body, digest });
    }
    let said = headers.get("x-error-message").and_then(|value| value.to_str().ok());
    let said = said.map(|text| format!(" ({text})")).unwrap_or_default();
    let busy = status.is_server_error() || matches!(status.as_u16(), 408 | 416 | 425 | 429);
    if busy {
        return Err(Failure::Passing(format!("the hub answers {}{said}", status.as_u16())));
    }
    let remedy = match status.as_u16() {
        401 | 403 => {
            "check the name; if the model is gated or private, set HF_TOKEN to a token that may read it"
        }
        404 | 410 => "check the name and the revision",
        _ => "try again later, or name another hub with HF_ENDPOINT",
    };
    Err(Failure::Final(HubError::Refused {
        what: what.to_owned(),
        status: status.as_u16(),
        said,
        remedy,
    }))
}
