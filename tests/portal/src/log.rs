//! The request log, for tests that count requests or look for leaks.

use crate::endpoint::Endpoint;
use crate::exchange::{Asked, Method};
use crate::form::Form;

/// One logged request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The time, in epoch milliseconds of the portal's clock.
    pub at_ms: i64,
    /// The method.
    pub method: Method,
    /// The path without the query.
    pub path: String,
    /// The endpoint, or `None` for an unknown path.
    pub endpoint: Option<Endpoint>,
    /// Query and body fields.
    pub form: Form,
    /// The `Origin` header.
    pub origin: Option<String>,
    /// The `Referer` header.
    pub referer: Option<String>,
    /// True if a token came in a header.
    pub bearer: bool,
}

impl Seen {
    /// Records a request.
    pub fn new(asked: &Asked, endpoint: Option<Endpoint>, at_ms: i64) -> Seen {
        Seen {
            at_ms,
            method: asked.method,
            path: asked.path.clone(),
            endpoint,
            form: asked.form.clone(),
            origin: asked.origin.clone(),
            referer: asked.referer.clone(),
            bearer: asked.bearer.is_some(),
        }
    }

    /// The field names in the order received.
    pub fn field_names(&self) -> Vec<&str> {
        let fields = self.form.fields().iter();
        fields.map(|(name, _)| name.as_str()).collect()
    }
}
