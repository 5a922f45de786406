//! A static host on loopback: serves the finished page as a real host does, with brotli and all headers.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, header};
use sha2::{Digest, Sha256};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::budget;
use crate::policy::{self, Connect};

/// The options of a served site.
#[derive(Debug, Clone)]
pub struct SiteOptions {
    /// The text of `config.json`; `None` answers 404 for it.
    pub config: Option<String>,
    /// The path of the page, with a slash at both ends: `/` or `/tools/key/`.
    pub base: String,
    /// The port; 0 takes any.
    pub port: u16,
}

/// A running site; it stops when dropped.
pub struct RunningSite {
    /// The address of the page, such as `http://127.0.0.1:8080/`. It ends with the base.
    pub url: String,
    files: Files,
    traffic: watch::Sender<Traffic>,
    task: JoinHandle<()>,
}

/// The requests received, and the held responses.
#[derive(Debug, Default)]
struct Traffic {
    /// The files requested, one entry per request.
    asked: Vec<String>,
    /// The files whose responses are held.
    held: Vec<String>,
}

impl RunningSite {
    /// Replaces a file, as an attacker on the host would. The path is relative to the page: `boot-….js`.
    pub fn replace(&self, path: &str, bytes: Vec<u8>) {
        lock(&self.files).insert(path.to_owned(), File::new(path, bytes));
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) {
        lock(&self.files).remove(path);
    }

    /// Holds every response for a file until [`RunningSite::release`].
    pub fn hold(&self, path: &str) {
        self.traffic.send_modify(|traffic| traffic.held.push(path.to_owned()));
    }

    /// Releases a held file.
    pub fn release(&self, path: &str) {
        self.traffic.send_modify(|traffic| traffic.held.retain(|held| held != path));
    }

    /// The number of requests for a file.
    pub fn asked_for(&self, path: &str) -> usize {
        self.traffic.borrow().asked.iter().filter(|asked| *asked == path).count()
    }

    /// The bytes of a served file, before brotli.
    pub fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        lock(&self.files).get(path).map(|file| file.plain.clone())
    }

    /// The paths of all files, relative to the page.
    pub fn paths(&self) -> Vec<String> {
        lock(&self.files).keys().cloned().collect()
    }
}

impl Drop for RunningSite {
    fn drop(&mut self) {
        self.task.abort();
    }
}

type Files = Arc<Mutex<BTreeMap<String, File>>>;

#[derive(Clone)]
struct File {
    kind: &'static str,
    plain: Vec<u8>,
    packed: Arc<Vec<u8>>,
}

impl File {
    fn new(path: &str, plain: Vec<u8>) -> Self {
        let packed = packed(&plain);
        Self { kind: kind(path), plain, packed }
    }
}

/// Serves `dist` at the root of a loopback origin with this `config.json`. Needs a tokio runtime.
pub fn start(dist: &Path, config: String, port: u16) -> io::Result<RunningSite> {
    start_with(dist, SiteOptions { config: Some(config), base: "/".to_owned(), port })
}

/// Serves `dist` with this setup. Needs a tokio runtime.
pub fn start_with(dist: &Path, options: SiteOptions) -> io::Result<RunningSite> {
    let mut files = BTreeMap::new();
    read_folder(dist, "", &mut files)?;
    let ancestors = policy::frame_ancestors(options.config.as_deref().unwrap_or_default());
    match options.config {
        Some(config) => files.insert("config.json".to_owned(), File::new("config.json", config.into_bytes())),
        None => files.remove("config.json"),
    };
    serve(options.port, Site::new(files, options.base, policy::headers(&Connect::AnyPortal, &ancestors)))
}

/// Serves another site: the files of folders, each below a path that ends with a slash or is empty, with its own
/// headers. Needs a tokio runtime.
pub fn start_other(
    folders: &[(&str, &Path)],
    headers: Vec<(&'static str, String)>,
    port: u16,
) -> io::Result<RunningSite> {
    let mut files = BTreeMap::new();
    for (below, folder) in folders {
        read_folder(folder, below, &mut files)?;
    }
    serve(port, Site::new(files, "/".to_owned(), headers))
}

fn serve(port: u16, site: Site) -> io::Result<RunningSite> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    let url = format!("http://{}{}", listener.local_addr()?, site.base);
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let (files, traffic) = (site.files.clone(), site.traffic.clone());
    let router = Router::new().fallback(answer).with_state(site);
    let task = tokio::spawn(async move {
        // Serving ends only with the task.
        axum::serve(listener, router).await.ok();
    });
    Ok(RunningSite { url, files, traffic, task })
}

#[derive(Clone)]
struct Site {
    files: Files,
    base: String,
    headers: Arc<Vec<(&'static str, String)>>,
    traffic: watch::Sender<Traffic>,
}

impl Site {
    fn new(files: BTreeMap<String, File>, base: String, headers: Vec<(&'static str, String)>) -> Self {
        Self { files: Arc::new(Mutex::new(files)), base, headers: Arc::new(headers), traffic: watch::Sender::default() }
    }
}

async fn answer(State(site): State<Site>, request: Request<Body>) -> Response<Body> {
    let path = request.uri().path().strip_prefix(site.base.as_str());
    let name = match path.unwrap_or("?") {
        folder if folder.is_empty() || folder.ends_with('/') => &format!("{folder}index.html"),
        name => name,
    };
    site.traffic.send_modify(|traffic| traffic.asked.push(name.to_owned()));
    let is_free = |traffic: &Traffic| !traffic.held.iter().any(|held| held == name);
    // Fails only if the sender is gone, but this site owns it.
    site.traffic.subscribe().wait_for(is_free).await.ok();
    let Some(file) = lock(&site.files).get(name).cloned() else {
        let words = Body::from("not found");
        return response(&site, StatusCode::NOT_FOUND, words, "text/plain; charset=utf-8");
    };
    let brotli = accepts_brotli(request.headers());
    let body = if brotli { file.packed.to_vec() } else { file.plain };
    let mut response = response(&site, StatusCode::OK, Body::from(body), file.kind);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(policy::cache_control(name)));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if brotli {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|encoding| encoding.trim() == "br")
}

/// A response with the site's headers; for the page, the same headers as in the host files.
fn response(site: &Site, status: StatusCode, body: Body, kind: &'static str) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    for (name, value) in site.headers.iter() {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("our header names are valid");
        headers.insert(name, HeaderValue::from_str(value).expect("our header values are plain ASCII"));
    }
    response
}

fn read_folder(folder: &Path, prefix: &str, files: &mut BTreeMap<String, File>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read_folder(&entry.path(), &format!("{name}/"), files)?;
        } else {
            read_file(&entry.path(), name, files)?;
        }
    }
    Ok(())
}

/// The compressed files of a build are sent in place of the originals, and not under their own names.
fn read_file(path: &Path, name: String, files: &mut BTreeMap<String, File>) -> io::Result<()> {
    if [".br", ".gz"].iter().any(|ending| name.ends_with(ending)) {
        return Ok(());
    }
    let plain = fs::read(path)?;
    let packed = match fs::read(format!("{}.br", path.display())) {
        Ok(packed) => Arc::new(packed),
        Err(_) => packed(&plain),
    };
    files.insert(name.clone(), File { kind: kind(&name), plain, packed });
    Ok(())
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        _ => "text/plain; charset=utf-8",
    }
}

/// Compressed contents by the SHA-256 of the originals.
type Packed = BTreeMap<Vec<u8>, Arc<Vec<u8>>>;

/// Compresses each content once: brotli at quality 11 takes a second for the wasm, and tests start many sites.
fn packed(bytes: &[u8]) -> Arc<Vec<u8>> {
    static PACKED: LazyLock<Mutex<Packed>> = LazyLock::new(Mutex::default);
    let hash = Sha256::digest(bytes).to_vec();
    lock(&PACKED).entry(hash).or_insert_with(|| Arc::new(budget::brotli(bytes))).clone()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
