//! Practice portals and free ports on the loopback interface, for walks that run other programs.

use std::net::{Ipv4Addr, TcpListener};
use std::time::{SystemTime, UNIX_EPOCH};

use practice_portal::{Portal, serve};
use tokio::runtime::Handle;

use crate::failure::{Doing, Outcome};

const STARTING: &str = "starting a practice portal";
const FINDING: &str = "finding a free port";

/// Starts a practice portal with the real time, because clients compare dates with their own clock. Blocks.
pub fn portal() -> Outcome<serve::Running> {
    Handle::current().block_on(serve::start(Portal::demo(now_ms()), 0)).doing(STARTING)
}

/// The same behind TLS.
pub fn portal_tls() -> Outcome<serve::Running> {
    Handle::current().block_on(serve::start_tls(Portal::demo(now_ms()), 0)).doing(STARTING)
}

/// A free port for a server that starts later.
pub fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).doing(FINDING)?;
    Ok(listener.local_addr().doing(FINDING)?.port())
}

/// The time, in milliseconds since 1970.
pub fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
