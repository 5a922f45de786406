//! Walks the page and the element in WebKit by WebDriver, as `cargo demo` serves them. WebKitGTK is the closest to
//! Safari on Linux; other systems have no such package.

use std::path::Path;

use tokio::runtime::Handle;

use crate::args::Demo;
use crate::failure::Outcome;
use crate::verify::{self, Counts};
use crate::{demo, loopback, process, tools};

/// The walk, relative to the repository.
const WALK: &str = "tests/webkit/walk.mjs";

/// Walks through this page. Blocks.
pub fn walk(root: &Path, page: &Path, counts: &mut Counts) -> Outcome {
    let tools = tools::for_webkit(root)?;
    // The page's configuration contains the port of the site that frames it.
    let ports = Demo { port: 0, portal_port: 0, docs_port: loopback::free_port()?, open: false };
    let servers = Handle::current().block_on(demo::start(page, &root.join(demo::DOCS), &ports))?;
    let mut walk = process::command(tools.node);
    walk.arg(root.join(WALK)).env("AKW_PAGE", &servers.page.url).env("AKW_PORTAL", &servers.portal.url);
    walk.env("AKW_DOCS", &servers.docs.url).env("AKW_WEBKITDRIVER", tools.driver).env("AKW_XVFB", tools.xvfb);
    let outcome = verify::tests(&mut walk, counts);
    process::end_strays();
    outcome
}
