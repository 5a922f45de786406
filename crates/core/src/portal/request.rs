//! A call to be sent: a path below `sharing/rest` and a form body. Always a POST, so no token ever enters a URL.

use zeroize::{Zeroize, Zeroizing};

use crate::json;
use crate::portal::error::Error;
use crate::portal::response::{self, Fields, Raw};
use crate::secret::Secret;
use crate::urlencoded;

/// The initial capacity of a body, enough for a form without long lists.
const ROOM: usize = 1024;

type Read<T> = Box<dyn Fn(&Fields<'_, '_>) -> Result<T, Error>>;

/// A call to the portal whose answer is a `T`.
pub struct Request<T> {
    path: String,
    body: Body,
    timeout: Timeout,
    keepalive: bool,
    read: Read<T>,
}

/// The time after which an answer counts as lost, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeout(pub u32);

impl Timeout {
    /// 15 seconds, for everything but tokens and revocations.
    pub const USUAL: Self = Self(15_000);
    /// 30 seconds: a lost key cannot be read again (F-KEY-5), so its answer gets more time.
    pub const TOKEN: Self = Self(30_000);

    /// The time in milliseconds.
    pub fn millis(self) -> u32 {
        self.0
    }
}

/// The data to send: everything but the portal's root.
pub struct Encoded {
    /// The path below `sharing/rest/`, percent-encoded.
    pub path: String,
    /// The form, `application/x-www-form-urlencoded`, wiped when dropped.
    pub body: Body,
    /// The timeout.
    pub timeout: Timeout,
    /// Whether the request is sent even if the page is being closed.
    pub keepalive: bool,
}

/// Decodes the answer to an encoded request into its `T`.
pub struct Decoder<T>(Read<T>);

impl<T: 'static> Request<T> {
    /// A call to `path`, whose answer is parsed by `read`.
    pub fn new(path: String, read: fn(&Fields<'_, '_>) -> Result<T, Error>) -> Self {
        let mut body = Body::with_room(ROOM);
        body.field("f", "json");
        Self { path, body, timeout: Timeout::USUAL, keepalive: false, read: Box::new(read) }
    }

    /// Adds a form field.
    #[must_use]
    pub fn param(mut self, name: &str, value: &str) -> Self {
        self.body.field(name, value);
        self
    }

    /// Adds a secret form field.
    #[must_use]
    pub fn secret(mut self, name: &str, value: &Secret) -> Self {
        self.body.field(name, value.expose());
        self
    }

    /// Adds a list as a JSON array in one field, as `privileges` and `httpReferrers` need (F-API-3).
    #[must_use]
    pub fn array<'a>(mut self, name: &str, values: impl Iterator<Item = &'a str>) -> Self {
        self.body.begin(name);
        self.body.bytes(json::texts(values).as_bytes());
        self
    }

    /// Uses the longer timeout, because the portal makes a token.
    #[must_use]
    pub fn patient(mut self) -> Self {
        self.timeout = Timeout::TOKEN;
        self
    }

    /// Sends the request even if the page is being closed.
    #[must_use]
    pub fn keepalive(mut self) -> Self {
        self.keepalive = true;
        self
    }

    /// The same call with its answer converted.
    #[must_use]
    pub fn map<U>(self, turn: impl Fn(T) -> U + 'static) -> Request<U> {
        let read = self.read;
        Request {
            path: self.path,
            body: self.body,
            timeout: self.timeout,
            keepalive: self.keepalive,
            read: Box::new(move |fields| read(fields).map(&turn)),
        }
    }

    /// The data to send, not yet signed, and the decoder of the answer.
    pub fn encode(self) -> (Encoded, Decoder<T>) {
        let Self { path, body, timeout, keepalive, .. } = self;
        let encoded = Encoded { path, body, timeout, keepalive };
        (encoded, Decoder(self.read))
    }
}

impl Encoded {
    /// Adds the session token. The only place where a request gets it.
    pub fn sign(&mut self, token: &Secret) {
        self.body.field("token", token.expose());
    }
}

impl<T> Decoder<T> {
    /// Decodes the answer, which is a success only if it proves to be one.
    pub fn decode(self, raw: &Raw) -> Result<T, Error> {
        response::decode(raw, |fields| (self.0)(fields))
    }
}

/// A form body that leaves no copy in memory: it is wiped when dropped, and when it grows its old buffer is wiped too.
pub struct Body(Zeroizing<Vec<u8>>);

impl Body {
    fn with_room(room: usize) -> Self {
        Self(Zeroizing::new(Vec::with_capacity(room)))
    }

    /// The bytes to send.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    fn field(&mut self, name: &str, value: &str) {
        self.begin(name);
        self.bytes(value.as_bytes());
    }

    fn begin(&mut self, name: &str) {
        if !self.0.is_empty() {
            self.push(b'&');
        }
        self.bytes(name.as_bytes());
        self.push(b'=');
    }

    fn bytes(&mut self, bytes: &[u8]) {
        urlencoded::encode(bytes, b"", &mut |byte| self.push(byte));
    }

    /// `Vec` would reallocate and leave the old buffer readable, so growth is done here.
    fn push(&mut self, byte: u8) {
        if self.0.len() == self.0.capacity() {
            let mut larger = Vec::with_capacity(self.0.capacity() * 2);
            larger.extend_from_slice(&self.0);
            self.0.zeroize();
            *self.0 = larger;
        }
        self.0.push(byte);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> Request<()> {
        Request::new("portals/self".to_owned(), |_| Ok(()))
    }

    fn body_of(request: Request<()>, token: Option<&Secret>) -> String {
        let (mut encoded, _) = request.encode();
        if let Some(token) = token {
            encoded.sign(token);
        }
        String::from_utf8(encoded.body.as_bytes().to_vec()).expect("a form is ASCII")
    }

    #[test]
    fn every_request_asks_for_json() {
        assert_eq!(body_of(request(), None), "f=json");
    }

    #[test]
    fn a_value_cannot_add_a_field() {
        let body = body_of(request().param("title", "a&token=b c+é"), None);
        assert_eq!(body, "f=json&title=a%26token%3Db%20c%2B%C3%A9");
    }

    #[test]
    fn the_token_goes_into_the_body_and_not_into_the_path() {
        let (mut encoded, _) = request().encode();
        encoded.sign(&Secret::new("s3cret".to_owned()));
        assert_eq!(encoded.path, "portals/self");
        assert!(encoded.body.as_bytes().ends_with(b"&token=s3cret"));
    }

    #[test]
    fn an_array_is_one_field_of_json() {
        let body = body_of(request().array("privileges", ["a:b", "c\"d"].into_iter()), None);
        assert_eq!(body, "f=json&privileges=%5B%22a%3Ab%22%2C%22c%5C%22d%22%5D");
    }

    #[test]
    fn an_empty_array_is_sent_as_one() {
        assert_eq!(body_of(request().array("privileges", [].into_iter()), None), "f=json&privileges=%5B%5D");
    }

    #[test]
    fn a_body_longer_than_its_room_keeps_every_byte() {
        let long = "x".repeat(5 * ROOM);
        assert_eq!(body_of(request().param("summary", &long), None), ["f=json&summary=", &long].concat());
    }
}
