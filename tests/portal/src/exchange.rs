//! One exchange as data: the client's request and the portal's answer.
//! Independent of sockets, so that a test needs none.

use crate::form::Form;

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
    /// A CORS preflight, which the portal refuses (F-CORS-1).
    Options,
    /// Any other method; always refused.
    Other,
}

/// A client's request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The method.
    pub method: Method,
    /// The path from the root of the host, still percent-encoded, such as `/sharing/rest/portals/self`.
    pub path: String,
    /// Query and body fields together.
    pub form: Form,
    /// The `Origin` header; present only for a browser's cross-origin request.
    pub origin: Option<String>,
    /// The `Referer` header.
    pub referer: Option<String>,
    /// The token from `X-Esri-Authorization` or `Authorization: Bearer`; a token in the fields takes precedence.
    pub bearer: Option<String>,
    /// The `Cookie` header, read only by the sign-in page.
    pub cookie: Option<String>,
}

impl Asked {
    /// A request without fields; the path may carry a query.
    pub fn new(method: Method, path: &str) -> Asked {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        Asked {
            method,
            path: path.to_owned(),
            form: Form::decode(query),
            origin: None,
            referer: None,
            bearer: None,
            cookie: None,
        }
    }

    /// A GET; the path may carry a query.
    pub fn get(path: &str) -> Asked {
        Asked::new(Method::Get, path)
    }

    /// A POST, initially without fields.
    pub fn post(path: &str) -> Asked {
        Asked::new(Method::Post, path)
    }

    /// A POST with a form body in its wire encoding.
    pub fn post_body(path: &str, body: &str) -> Asked {
        let mut asked = Asked::post(path);
        asked.form.extend(body);
        asked
    }

    /// Adds a field.
    pub fn field(mut self, name: &str, value: &str) -> Asked {
        self.form.push(name, value);
        self
    }

    /// Asks for JSON.
    pub fn json(self) -> Asked {
        self.field("f", "json")
    }

    /// Sends it from a page of this origin; browsers then send the origin as the referrer too.
    pub fn from_page(mut self, origin: &str) -> Asked {
        self.origin = Some(origin.to_owned());
        self.referer = Some(format!("{origin}/"));
        self
    }

    /// Sets the `Referer` header.
    pub fn referer(mut self, referer: &str) -> Asked {
        self.referer = Some(referer.to_owned());
        self
    }

    /// The token, from the body or query first, then from the header.
    pub fn token(&self) -> Option<&str> {
        let field = self.form.get("token").filter(|text| !text.is_empty());
        field.or(self.bearer.as_deref())
    }
}

/// The portal's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`.
    pub content_type: &'static str,
    /// Additional headers, such as `Location`.
    pub headers: Vec<(&'static str, String)>,
    /// The body; complete unless a fault truncated it.
    pub body: String,
    /// `Access-Control-Allow-Origin`, sent with `Access-Control-Allow-Credentials` (F-CORS-8); with `None`, a page of
    /// another origin cannot read the answer.
    pub allow_origin: Option<String>,
    /// True if the connection closes without any answer.
    pub dropped: bool,
    /// True if the connection closes in the middle of the body, which is already truncated here.
    pub cut: bool,
    /// The delay in milliseconds; only the socket layer really waits.
    pub delay_ms: u64,
    /// True if the headers arrive at once and the body byte by byte over that time.
    pub drips: bool,
    /// The number of a held answer; only the socket layer really holds it.
    pub held: Option<u64>,
}

/// The content type of a JSON answer.
pub const JSON: &str = "application/json;charset=utf-8";
/// The content type of a page.
pub const HTML: &str = "text/html;charset=utf-8";

impl Answered {
    /// An answer without headers.
    pub fn new(status: u16, content_type: &'static str, body: String) -> Answered {
        Answered {
            status,
            content_type,
            headers: Vec::new(),
            body,
            allow_origin: None,
            dropped: false,
            cut: false,
            delay_ms: 0,
            drips: false,
            held: None,
        }
    }

    /// A page.
    pub fn page(status: u16, body: String) -> Answered {
        Answered::new(status, HTML, body)
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: String) -> Answered {
        self.headers.push((name, value));
        self
    }

    /// A header of the answer.
    pub fn get_header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body as JSON; `Null` if it is not JSON.
    pub fn value(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}
