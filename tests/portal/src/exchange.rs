//! One exchange as data: what a client asked, and what the portal answered.
//! Nothing here knows of sockets, so a test may ask without one.

use crate::form::Form;

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
    /// The CORS preflight, which the portal refuses (F-CORS-1).
    Options,
    /// Anything else; always refused.
    Other,
}

/// What a client asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The method.
    pub method: Method,
    /// The path from the root of the host, still percent-encoded, such as `/sharing/rest/portals/self`.
    pub path: String,
    /// Query and body fields together.
    pub form: Form,
    /// The `Origin` header; its presence means a browser's cross-origin call.
    pub origin: Option<String>,
    /// The `Referer` header.
    pub referer: Option<String>,
    /// The token of `X-Esri-Authorization` or `Authorization: Bearer`; fields win over it.
    pub bearer: Option<String>,
    /// The `Cookie` header; only the sign-in page reads it.
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

    /// A POST without fields yet.
    pub fn post(path: &str) -> Asked {
        Asked::new(Method::Post, path)
    }

    /// A POST with a form body as it would go over the wire.
    pub fn post_body(path: &str, body: &str) -> Asked {
        let mut asked = Asked::post(path);
        asked.form.extend(body);
        asked
    }

    /// The same with one more field.
    pub fn field(mut self, name: &str, value: &str) -> Asked {
        self.form.push(name, value);
        self
    }

    /// The same asking for JSON.
    pub fn json(self) -> Asked {
        self.field("f", "json")
    }

    /// The same from a page of this origin; browsers then send the origin as the referrer too.
    pub fn from_page(mut self, origin: &str) -> Asked {
        self.origin = Some(origin.to_owned());
        self.referer = Some(format!("{origin}/"));
        self
    }

    /// The same with this `Referer` header.
    pub fn referer(mut self, referer: &str) -> Asked {
        self.referer = Some(referer.to_owned());
        self
    }

    /// The token wherever it was sent: body or query first, then the header.
    pub fn token(&self) -> Option<&str> {
        let field = self.form.get("token").filter(|text| !text.is_empty());
        field.or(self.bearer.as_deref())
    }
}

/// What the portal answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`.
    pub content_type: &'static str,
    /// Further headers, such as `Location`.
    pub headers: Vec<(&'static str, String)>,
    /// The body, complete unless a fault cut it.
    pub body: String,
    /// `Access-Control-Allow-Origin`, and with it `Access-Control-Allow-Credentials` (F-CORS-8); with `None` a page of
    /// another origin can read nothing.
    pub allow_origin: Option<String>,
    /// True when the connection ends without any answer.
    pub dropped: bool,
    /// True when the connection ends in the middle of the body, which is already cut here.
    pub cut: bool,
    /// How long the answer takes, in milliseconds; only the socket really waits.
    pub delay_ms: u64,
    /// True when the head comes at once and the body byte by byte over that time.
    pub drips: bool,
    /// The number of an answer that is held back; only the socket really holds it.
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

    /// The same with one more header.
    pub fn header(mut self, name: &'static str, value: String) -> Answered {
        self.headers.push((name, value));
        self
    }

    /// A header of the answer.
    pub fn get_header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body as JSON; `Null` when it is none.
    pub fn value(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}
