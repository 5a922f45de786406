//! The portal's REST API: requests as values, one reader for every reply, one sender.

pub mod account;
pub mod apps;
pub mod error;
pub mod folders;
pub mod http;
pub mod id;
pub mod items;
pub mod reply;
pub mod request;
pub mod root;
pub mod search;
pub mod text;
pub mod tokens;

use std::pin::Pin;

use crate::portal::error::Error;
use crate::portal::reply::Raw;
use crate::portal::request::{Encoded, Request};
use crate::portal::root::PortalRoot;
use crate::secret::Secret;

/// A portal one can send requests to, and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Where it is.
    pub root: PortalRoot,
}

impl Client {
    /// Sends one request, with the session's token if it needs one.
    pub async fn send<T: 'static>(&self, request: Request<T>, token: Option<&Secret>) -> Result<T, Error> {
        let (mut encoded, awaited) = request.encode();
        if let Some(token) = token {
            encoded.sign(token);
        }
        awaited.decode(&self.post(encoded).await?)
    }

    /// Sends what is encoded. Boxed, so that its code stands once and not in every caller.
    pub fn post(&self, encoded: Encoded) -> Pin<Box<dyn Future<Output = Result<Raw, Error>>>> {
        let url = self.root.rest_url(&encoded.path);
        Box::pin(async move { http::post(&url, &encoded).await })
    }
}
