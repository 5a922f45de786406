//! Serves the page, the practice portal, and a developer portal that embeds the page, on three loopback ports.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use practice_portal::{Portal, serve};
use serde_json::json;

use crate::args::Demo;
use crate::failure::{Doing, Failure, Outcome};
use crate::{loopback, release, site, tools};

/// The client id of the page at the practice portal.
pub const CLIENT_ID: &str = "key-wizard-demo";

/// Sets up, builds, starts the servers, prints their addresses, and runs until interrupted.
pub async fn run(root: PathBuf, options: Demo) -> Outcome {
    check_free(&[
        (options.port, "--port"),
        (options.portal_port, "--portal-port"),
        (options.docs_port, "--docs-port"),
    ])?;
    let docs = root.join(DOCS);
    let build = tokio::task::spawn_blocking(move || release::build(&root, &tools::for_build(&root)?));
    let dist = build.await.doing("building the page")??;
    let servers = start(&dist, &docs, &options).await?;
    println!("{}", welcome(&servers));
    if options.open {
        open(&servers.page.url);
    }
    std::future::pending().await
}

/// The developer portal, relative to the repository.
pub const DOCS: &str = "examples/developer-portal";
/// The path at which its pages load the element.
const ELEMENT: &str = "key-wizard/";
/// The address of the wizard in its checked-in pages.
const EXPECTED: &str = "http://127.0.0.1:8080/";

/// The servers; they stop when dropped.
pub struct Servers {
    /// The page.
    pub page: site::RunningSite,
    /// The practice portal.
    pub portal: serve::Running,
    /// The developer portal, which embeds the page.
    pub docs: site::RunningSite,
}

/// Starts the servers for this finished page and for the developer portal in the folder `docs`.
pub async fn start(dist: &Path, docs: &Path, options: &Demo) -> Outcome<Servers> {
    let portal = serve::start(new_portal(), options.portal_port)
        .await
        .map_err(|error| taken(options.portal_port, "--portal-port", &error.to_string()))?;
    let config = config(&portal.url, options.docs_port);
    let page = site::start(dist, config.clone(), options.port)
        .map_err(|error| taken(options.port, "--port", &error.to_string()))?;
    let docs = developer_portal(dist, docs, &page.url, options.docs_port)
        .map_err(|error| taken(options.docs_port, "--docs-port", &error.to_string()))?;
    docs.replace(&format!("{ELEMENT}config.json"), config.into_bytes());
    // The portal compares redirect URIs exactly, and people use either host name of their own machine.
    let callback = format!("{}{ELEMENT}callback.html", docs.url);
    let uris = [page.url.clone(), callback].map(|uri| [uri.replace("127.0.0.1", "localhost"), uri]).concat();
    let uris: Vec<&str> = uris.iter().map(String::as_str).collect();
    portal.with(|portal| portal.register_client(CLIENT_ID, "ArcGIS Key Wizard", &uris));
    Ok(Servers { page, portal, docs })
}

/// Serves the developer portal in the folder `docs`, under the strictest policy that the element allows, and points
/// its links at `page`. Its element has no `config.json` yet. Needs a tokio runtime.
pub fn developer_portal(dist: &Path, docs: &Path, page: &str, port: u16) -> io::Result<site::RunningSite> {
    let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:; \
                  connect-src 'self' http://127.0.0.1:* http://localhost:*; frame-src http://127.0.0.1:*; base-uri 'none'; form-action 'none'; \
                  frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    let headers = vec![("Content-Security-Policy", policy.to_owned())];
    let site = site::start_other(&[("", docs), (ELEMENT, &dist.join("embed"))], headers, port)?;
    for path in site.paths().into_iter().filter(|path| path.ends_with(".html") && !path.starts_with(ELEMENT)) {
        let text = String::from_utf8(site.bytes(&path).unwrap_or_default()).unwrap_or_default();
        site.replace(&path, text.replace(EXPECTED, page).into_bytes());
    }
    Ok(site)
}

/// The demo's portal. The time is the seed, so that keys of an earlier demo do not work in this one.
fn new_portal() -> Portal {
    let now = loopback::now_ms();
    Portal::seeded(now, now.unsigned_abs())
}

/// The demo's `config.json`: allows only the practice portal, and only framing by the docs on this port.
fn config(portal: &str, docs_port: u16) -> String {
    let portal = json!({ "id": "practice", "name": "Practice portal", "url": portal, "clientId": CLIENT_ID });
    // `localhost` is a different site, where the frame shows a link.
    let docs = ["127.0.0.1", "localhost"].map(|host| format!("http://{host}:{docs_port}"));
    json!({ "portals": [portal], "allowOtherPortals": false, "frameAncestors": docs }).to_string()
}

fn welcome(servers: &Servers) -> String {
    let users: String = servers
        .portal
        .with(|portal| portal.users())
        .iter()
        .map(|user| format!("    {:<6} {}: {}\n", user.username, user.full_name, user.note))
        .collect();
    format!(
        "\nArcGIS Key Wizard is running with a practice portal. Nothing leaves this machine.\n\n  \
         Open  {}\n  or    {} to see it inside a developer portal\n\n  Sign in as one of these; there are no passwords.\n{users}\n  \
         The practice portal is at {}. Ctrl-C ends all.\n",
        servers.page.url, servers.docs.url, servers.portal.url
    )
}

/// Reports every port in use before the build, which takes minutes.
fn check_free(ports: &[(u16, &str)]) -> Outcome {
    let failures: Vec<Failure> = ports
        .iter()
        .filter_map(|(port, option)| {
            let error = TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).err()?;
            Some(taken(*port, option, &error.to_string()))
        })
        .collect();
    let all: Vec<String> = failures.iter().map(Failure::to_string).collect();
    if all.is_empty() { Ok(()) } else { Err(Failure::new(all.join("\n"))) }
}

fn taken(port: u16, option: &str, error: &str) -> Failure {
    Failure::new(format!("port {port} cannot be used: {error}"))
        .next(format!("Choose another one: cargo demo {option} {}", port.checked_add(100).unwrap_or(9090)))
}

/// Opens the page in the default browser, which must outlive the demo and so is not one of our children.
fn open(url: &str) {
    let opener = crate::process::on_path(&["xdg-open", "open", "explorer"]);
    let opened = opener.map(|opener| {
        let mut command = Command::new(opener);
        command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
    });
    if !matches!(opened, Some(Ok(_))) {
        println!("No browser could be opened from here. Open the address by hand.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_page_the_portal_and_the_docs_are_origins_that_know_each_other() {
        let dist = std::env::temp_dir().join(format!("akw-demo-{}", std::process::id()));
        std::fs::create_dir_all(&dist).expect("the temporary folder is writable");
        std::fs::create_dir_all(dist.join("embed")).expect("the temporary folder is writable");
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name(DOCS);
        let options = Demo { port: 0, portal_port: 0, docs_port: 0, open: false };
        let servers = start(&dist, &docs, &options).await.expect("three ports are free");
        let answer = reqwest::get(format!("{}config.json", servers.page.url)).await.expect("the page answers");
        let config = answer.text().await.expect("the configuration is text");
        assert!(config.contains(&format!("\"url\":\"{}\"", servers.portal.url)), "{config}");
        assert!(config.contains(CLIENT_ID));
        assert!(config.contains("\"frameAncestors\":[\"http://127.0.0.1:"), "{config}");
        let answer = reqwest::get(format!("{}reference.html", servers.docs.url)).await.expect("the docs answer");
        let page = answer.text().await.expect("the page is text");
        assert!(page.contains(&format!("href=\"{}#/new?", servers.page.url)), "{page}");
        let welcome = welcome(&servers);
        assert!(welcome.contains(&servers.docs.url), "{welcome}");
        assert!(welcome.contains(&servers.page.url) && welcome.contains("jane"), "{welcome}");
        std::fs::remove_dir_all(&dist).expect("it was made here");
    }

    #[test]
    fn a_port_that_is_taken_is_named_with_the_option_that_changes_it() {
        let holder = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let port = holder.local_addr().expect("it is bound").port();
        let failure = check_free(&[(0, "--port"), (port, "--portal-port")]).expect_err("it is taken");
        assert!(failure.to_string().contains(&format!("port {port} cannot be used")));
        assert!(failure.to_string().contains("cargo demo --portal-port"));
    }
}
