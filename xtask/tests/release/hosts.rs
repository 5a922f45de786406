//! Tests each header file on its server.

use std::fs;

use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, VARY};
use xtask::finish::packed;
use xtask::policy::hosts::is_for_host;
use xtask::policy::{self, Connect};
use xtask::servers::{self, Server};
use xtask::sums;

use super::dist;
use super::page::unpacked;

/// The base path of a page that shares its host.
const BASE: &str = "/tools/key/";

/// The value of a header, `None` if it is absent; panics if it is repeated.
fn only(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().map(|value| value.to_str().expect("it is ASCII").to_owned());
    assert!(values.next().is_none(), "{name} is sent more than once: {headers:?}");
    value
}

fn is_type(file: &str, sent: &str) -> bool {
    let sent = sent.split(';').next().unwrap_or_default();
    match file.rsplit('.').next().unwrap_or_default() {
        "html" => sent == "text/html",
        "js" => ["text/javascript", "application/javascript"].contains(&sent),
        "css" => sent == "text/css",
        "json" => sent == "application/json",
        "svg" => sent == "image/svg+xml",
        "wasm" => sent == "application/wasm",
        _ => true,
    }
}

#[track_caller]
fn has_the_whole_header_set(headers: &HeaderMap, what: &str) {
    for (name, value) in policy::headers(&Connect::AnyPortal, &[]) {
        assert_eq!(only(headers, name).as_deref(), Some(value.as_str()), "{what}: {name}");
    }
}

async fn get(url: &str, encodings: &str) -> reqwest::Response {
    let request = reqwest::Client::new().get(url).header(ACCEPT_ENCODING, encodings);
    request.send().await.unwrap_or_else(|error| panic!("{url}: {error}"))
}

async fn serves_every_file_as_it_should(server: Server) {
    let running = servers::start(server, &dist(), BASE).unwrap_or_else(|failure| panic!("{failure}"));
    println!("\n{server:?} sends:");
    let mut files = sums::files(&dist()).expect("the page is built");
    files.retain(|file| !is_for_host(file) && ![".br", ".gz"].iter().any(|ending| file.ends_with(ending)));
    for file in &files {
        let plain = fs::read(dist().join(file)).expect("it is listed");
        for accepted in ["br, gzip", "gzip", "identity"] {
            let what = format!("{server:?}, {file}, {accepted}");
            let answer = get(&format!("{}{file}", running.url), accepted).await;
            assert_eq!(answer.status(), 200, "{what}");
            let headers = answer.headers().clone();
            has_the_whole_header_set(&headers, &what);
            assert_eq!(only(&headers, "cache-control").as_deref(), Some(policy::cache_control(file)), "{what}");
            let kind = only(&headers, CONTENT_TYPE.as_str()).unwrap_or_default();
            assert!(is_type(file, &kind), "{what}: {kind}");
            let encoding = only(&headers, CONTENT_ENCODING.as_str());
            let body = answer.bytes().await.expect("it has a body");
            assert_eq!(unpacked(encoding.as_deref().unwrap_or("identity"), &body), plain, "{what}");
            if accepted == "identity" {
                assert_eq!(encoding, None, "{what}");
            } else if packed::is_packed(file) {
                // nginx supports brotli only by a separate module.
                let expected = if accepted == "gzip" || server == Server::Nginx { "gzip" } else { "br" };
                assert_eq!(encoding.as_deref(), Some(expected), "{what}");
                let vary =
                    headers.get_all(VARY).iter().any(|value| value.as_bytes().eq_ignore_ascii_case(b"accept-encoding"));
                assert!(vary, "{what}: {headers:?}");
            }
            if accepted == "br, gzip" {
                println!(
                    "{:>8} {:>8} {:<8} {file}",
                    plain.len(),
                    body.len(),
                    encoding.as_deref().unwrap_or("as it is")
                );
            }
        }
    }
    let page = get(&running.url, "gzip").await;
    assert_eq!(page.status(), 200);
    has_the_whole_header_set(page.headers(), "the page by its folder");
    for hidden in
        ["_headers", ".htaccess", "web.config", "staticwebapp.config.json", "headers/nginx.conf", "headers/Caddyfile"]
    {
        let status = get(&format!("{}{hidden}", running.url), "gzip").await.status().as_u16();
        assert!([403, 404].contains(&status), "{server:?} sends {hidden}: {status}");
    }
    let missing = get(&format!("{}boot-0123456789abcdef.js", running.url), "gzip").await;
    assert_eq!(missing.status(), 404);
    has_the_whole_header_set(missing.headers(), "what is missing");
    assert_ne!(only(missing.headers(), "cache-control").as_deref(), Some(policy::KEEP), "{server:?} keeps an error");
}

#[tokio::test]
async fn nginx_sends_every_file_with_every_header_compressed() {
    serves_every_file_as_it_should(Server::Nginx).await;
}

#[tokio::test]
async fn apache_sends_every_file_with_every_header_compressed() {
    serves_every_file_as_it_should(Server::Apache).await;
}

#[tokio::test]
async fn caddy_sends_every_file_with_every_header_compressed() {
    serves_every_file_as_it_should(Server::Caddy).await;
}
