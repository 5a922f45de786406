//! The portal behind TLS, over a real socket, with a client that trusts only its certificate.

use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::super::start_tls;
use crate::testing::portal;

/// GETs the root as a client that trusts only this certificate, and returns the answer.
async fn ask(address: &str, name: &'static str, certificate: &str) -> std::io::Result<String> {
    let mut trusted = RootCertStore::empty();
    let certificate = CertificateDer::from_pem_slice(certificate.as_bytes()).expect("it is PEM");
    trusted.add(certificate).expect("it is a certificate");
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring speaks TLS")
        .with_root_certificates(trusted)
        .with_no_client_auth();
    let stream = TcpStream::connect(address).await?;
    let name = ServerName::try_from(name).expect("a name");
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
    stream.write_all(b"GET /sharing/rest?f=json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await?;
    let mut answer = String::new();
    // Only the bytes before the end count; some connections close without a TLS shutdown.
    let _ended = stream.read_to_string(&mut answer).await;
    Ok(answer)
}

#[tokio::test]
async fn a_client_that_trusts_the_certificate_is_answered_and_any_other_is_not() {
    let running = start_tls(portal(), 0).await.expect("a free port");
    let other = start_tls(portal(), 0).await.expect("a free port");
    let address = running.url.strip_prefix("https://").expect("an address of https");
    let certificate = running.certificate.as_deref().expect("a certificate");
    for name in ["127.0.0.1", "localhost"] {
        let answer = ask(address, name, certificate).await.expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("currentVersion"), "{answer}");
    }
    assert!(ask(address, "elsewhere.test", certificate).await.is_err());
    assert!(ask(address, "127.0.0.1", other.certificate.as_deref().expect("a certificate")).await.is_err());
}

#[tokio::test]
async fn its_own_addresses_are_of_https() {
    let running = start_tls(portal(), 0).await.expect("a free port");
    let info = running.with(|portal| portal.post("/info", &[]));
    assert_eq!(info["owningSystemUrl"], running.url);
    assert!(running.url.starts_with("https://127.0.0.1:"));
}
