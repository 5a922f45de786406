//! The axum layer: converts a real request to `Asked`, and `Answered` to a real response. It does what needs a
//! socket: dropping a connection, truncating an answer, waiting.

mod drip;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Response, header};
use http_body::Frame;
use tokio::sync::Notify;

use crate::control;
use crate::exchange::{Answered, Asked, Method};
use crate::multipart;
use crate::portal::Portal;

/// The maximum size of a request body in bytes; a key credential needs a few thousand.
const LARGEST: usize = 4 * 1024 * 1024;

/// Marks a response that must not be sent: the connection closes instead.
#[derive(Debug, Clone, Copy)]
pub struct Dropped;

/// The portal, the real time its clock has followed so far, and a notification for changes.
#[derive(Debug, Clone)]
pub struct Shared {
    portal: Arc<Mutex<Portal>>,
    seen: Arc<Mutex<Instant>>,
    changed: Arc<Notify>,
}

impl Shared {
    /// Shares a portal between connections.
    pub fn new(portal: Arc<Mutex<Portal>>) -> Shared {
        Shared { portal, seen: Arc::new(Mutex::new(Instant::now())), changed: Arc::default() }
    }

    /// Wakes the held answers, since a change may have released one.
    pub fn changed(&self) {
        self.changed.notify_waiters();
    }

    /// Waits until this answer is released.
    async fn released(&self, number: u64) {
        loop {
            // Subscribe before checking, so that no change in between is missed.
            let changed = self.changed.notified();
            if !lock(&self.portal).is_held(number) {
                return;
            }
            changed.await;
        }
    }

    /// Locks the portal and advances its clock by the real time since the last access; a clock that a test advanced
    /// keeps its lead.
    fn portal(&self) -> MutexGuard<'_, Portal> {
        let mut seen = lock(&self.seen);
        let passed = seen.elapsed().as_millis();
        *seen += Duration::from_millis(u64::try_from(passed).unwrap_or(0));
        let mut portal = lock(&self.portal);
        portal.advance(i64::try_from(passed).unwrap_or(0));
        portal
    }
}

/// Locks even if a holder panicked: the portal is plain data and stays usable.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The routes: every path goes to the core, except those under `/practice/`.
pub fn router(shared: Shared) -> Router {
    Router::new().fallback(answer).with_state(shared)
}

async fn answer(State(shared): State<Shared>, request: Request) -> Result<Response<Body>, Infallible> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|extension| extension.0);
    let asked = asked(request).await;
    let controlled = control::answer(&mut shared.portal(), &asked, peer);
    let answered = match controlled {
        Some(answered) => {
            shared.changed();
            answered
        }
        None => shared.portal().answer(asked),
    };
    if let Some(number) = answered.held {
        shared.released(number).await;
    }
    if answered.delay_ms > 0 && !answered.drips {
        tokio::time::sleep(Duration::from_millis(answered.delay_ms)).await;
    }
    Ok(response(answered))
}

async fn asked(request: Request) -> Asked {
    let (parts, body) = request.into_parts();
    let method = match parts.method.as_str() {
        "GET" | "HEAD" => Method::Get,
        "POST" => Method::Post,
        "OPTIONS" => Method::Options,
        _ => Method::Other,
    };
    let uri = parts.uri.path_and_query().map_or("/", |text| text.as_str());
    let mut asked = Asked::new(method, uri);
    let headers = &parts.headers;
    asked.origin = text(headers, "origin");
    asked.referer = text(headers, "referer");
    asked.cookie = text(headers, "cookie");
    asked.bearer = bearer(headers);
    let body = to_bytes(body, LARGEST).await.unwrap_or_default();
    read_body(&mut asked, text(headers, "content-type").as_deref(), &body);
    asked
}

fn read_body(asked: &mut Asked, content_type: Option<&str>, body: &Bytes) {
    let content_type = content_type.unwrap_or_default();
    if let Some(boundary) = multipart::boundary(content_type) {
        for (name, value) in multipart::fields(&boundary, body) {
            asked.form.push(&name, &value);
        }
    } else if content_type.starts_with("application/x-www-form-urlencoded") {
        asked.form.extend(&String::from_utf8_lossy(body));
    }
}

/// `X-Esri-Authorization` or `Authorization`, both with `Bearer` (F-API-7).
fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = text(headers, "x-esri-authorization").or_else(|| text(headers, "authorization"))?;
    value.strip_prefix("Bearer ").map(|rest| rest.trim().to_owned())
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn response(answered: Answered) -> Response<Body> {
    let mut builder = Response::builder()
        .status(if answered.dropped { 500 } else { answered.status })
        .header(header::CONTENT_TYPE, answered.content_type)
        .header(header::VARY, "Origin");
    for (name, value) in &answered.headers {
        builder = builder.header(*name, value);
    }
    if let Some(origin) = &answered.allow_origin {
        builder = builder.header(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        builder = builder.header(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
    if answered.dropped {
        builder = builder.extension(Dropped);
    }
    let response = builder.body(body(&answered));
    response.expect("a portal answer is made of valid header values")
}

/// A truncated body ends with a stream error, which closes the connection in the middle of the answer; a dripping one
/// arrives byte by byte.
fn body(answered: &Answered) -> Body {
    let bytes = Bytes::from(answered.body.clone());
    if answered.drips {
        return Body::new(drip::Drip::new(bytes, Duration::from_millis(answered.delay_ms)));
    }
    match answered.cut {
        true => Body::new(CutBody { bytes: Some(bytes), turns: FLUSH_TURNS }),
        false => Body::from(bytes),
    }
}

/// The number of yields that let the server flush the first half before the connection breaks.
const FLUSH_TURNS: u8 = 3;

/// A body of one chunk, then some pending polls, then an error.
struct CutBody {
    bytes: Option<Bytes>,
    turns: u8,
}

impl axum::body::HttpBody for CutBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(bytes) = self.bytes.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        if self.turns > 0 {
            self.turns -= 1;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::Error::other("the answer is cut here on purpose"))))
    }
}
