//! Serves a portal on a local port until it is dropped.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use axum::extract::ConnectInfo;
use hyper::service::Service;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::http::{Dropped, Shared, lock, router};
use crate::portal::Portal;
use crate::tls::Tls;

/// A running portal; it stops when this is dropped.
#[derive(Debug)]
pub struct Running {
    /// The root URL, such as `http://127.0.0.1:4000`.
    pub url: String,
    /// The certificate that a client must trust, as PEM, if the portal serves TLS.
    pub certificate: Option<String>,
    /// The portal itself, shared with its connections.
    pub portal: Arc<Mutex<Portal>>,
    shared: Shared,
    task: JoinHandle<()>,
}

impl Running {
    /// Locks the portal to read or change it.
    pub fn with<T>(&self, look: impl FnOnce(&mut Portal) -> T) -> T {
        let seen = look(&mut lock(&self.portal));
        self.shared.changed();
        seen
    }

    /// Waits until the portal stops, which happens only when the process ends.
    pub async fn wait(&mut self) {
        // Cancellation is the normal end, so there is nothing to report.
        let _ended = (&mut self.task).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Starts a portal on 127.0.0.1; port 0 picks any free port.
pub async fn start(portal: Portal, port: u16) -> io::Result<Running> {
    start_with(portal, port, None).await
}

/// Starts a portal behind TLS with its own certificate.
pub async fn start_tls(portal: Portal, port: u16) -> io::Result<Running> {
    start_with(portal, port, Some(Tls::new()?)).await
}

async fn start_with(mut portal: Portal, port: u16, tls: Option<Tls>) -> io::Result<Running> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    let url = format!("{scheme}://{}", listener.local_addr()?);
    portal.root = url.clone();
    let portal = Arc::new(Mutex::new(portal));
    let shared = Shared::new(Arc::clone(&portal));
    let certificate = tls.as_ref().map(|tls| tls.certificate.clone());
    let task = tokio::spawn(accept(listener, shared.clone(), tls.map(|tls| tls.acceptor)));
    Ok(Running { url, certificate, portal, shared, task })
}

async fn accept(listener: TcpListener, shared: Shared, tls: Option<TlsAcceptor>) {
    let mut connections = tokio::task::JoinSet::new();
    loop {
        // A failed accept affects one client only; keep accepting.
        if let Ok((stream, peer)) = listener.accept().await {
            let (shared, tls) = (shared.clone(), tls.clone());
            connections.spawn(async move {
                match tls {
                    None => serve(stream, peer, shared).await,
                    Some(tls) => {
                        // An error here means that the client does not trust the certificate.
                        if let Ok(stream) = tls.accept(stream).await {
                            serve(stream, peer, shared).await;
                        }
                    }
                }
            });
        }
        while connections.try_join_next().is_some() {}
    }
}

/// Serves one connection. axum's server cannot close a connection without an answer; hyper's can, by an error.
async fn serve<S>(stream: S, peer: SocketAddr, shared: Shared)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = TowerToHyperService::new(router(shared));
    let service = hyper::service::service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = service.call(request);
        async move {
            let response = answer.await.map_err(io::Error::other)?;
            match response.extensions().get::<Dropped>() {
                Some(Dropped) => Err(io::Error::other("dropped on purpose")),
                None => Ok(response),
            }
        }
    });
    let connection = hyper::server::conn::http1::Builder::new();
    // An error here means that the client disconnected, or a requested fault.
    let _ended = connection.serve_connection(TokioIo::new(stream), service).await;
}

#[cfg(test)]
mod tests;
