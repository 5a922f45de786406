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
mod tree;

use crate::portal::error::Error;
use crate::portal::request::{Awaited, Encoded, Request};
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
        let (encoded, awaited) = request.encode(token);
        self.exchange(encoded, awaited).await
    }

    /// Sends a request that has its token in it already.
    pub async fn exchange<T: 'static>(&self, encoded: Encoded, awaited: Awaited<T>) -> Result<T, Error> {
        let raw = http::post(&self.root.rest_url(&encoded.path), &encoded).await?;
        awaited.decode(&raw)
    }
}
