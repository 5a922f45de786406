//! The page and the practice portal on two loopback ports, for a person to try.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::json;

use crate::args::Demo;
use crate::failure::{Doing, Failure, Outcome};
use crate::{process, release, site, tools};

/// The client id under which the practice portal knows the page.
pub const CLIENT_ID: &str = "key-wizard-demo";

/// Sets up, builds, starts both servers, says where, and stays until the program is stopped.
pub async fn run(root: PathBuf, options: Demo) -> Outcome {
    check_free(options.port, "--port")?;
    check_free(options.portal_port, "--portal-port")?;
    let build =
        tokio::task::spawn_blocking(move || release::build(&root, &tools::for_build(&root)?));
    let dist = build.await.doing("building the page")??;
    let servers = start(&dist, &options)?;
    println!("{}", welcome(&servers));
    if options.open {
        open(&servers.page.url);
    }
    std::future::pending().await
}

/// Both servers; they stop when dropped.
struct Servers {
    page: site::Running,
    portal: practice_portal::serve::Running,
}

fn start(dist: &Path, options: &Demo) -> Outcome<Servers> {
    let portal = start_portal(options.portal_port)?;
    let page = site::start(dist, config(&portal.url), options.port)
        .map_err(|error| taken(options.port, "--port", &error.to_string()))?;
    // The portal compares redirect URIs exactly, and people type either name of their own machine.
    let by_name = page.url.replace("127.0.0.1", "localhost");
    portal.with(|portal| {
        portal.register_client(CLIENT_ID, "ArcGIS Key Wizard", &[&page.url, &by_name])
    });
    Ok(Servers { page, portal })
}

/// The `config.json` of the demo: the practice portal, and nothing else.
fn config(portal: &str) -> String {
    let portal = json!({ "id": "practice", "name": "Practice portal", "url": portal, "clientId": CLIENT_ID });
    json!({ "portals": [portal], "allowOtherPortals": false }).to_string()
}

fn welcome(servers: &Servers) -> String {
    format!(
        "\nArcGIS Key Wizard is running with a practice portal. Nothing leaves this machine.\n\n  \
         Open  {}\n\n  \
         Sign in as\n    \
         jane   a developer who may create keys\n    \
         newt   has no privileges for API keys\n    \
         max    has 10,000 items\n    \
         nora   may create keys and owns nothing\n\n  \
         The practice portal is at {}. Ctrl-C ends both.\n",
        servers.page.url, servers.portal.url
    )
}

/// Says early that a port is taken, before minutes of building.
fn check_free(port: u16, option: &str) -> Outcome {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) => Err(taken(port, option, &error.to_string())),
    }
}

fn taken(port: u16, option: &str, error: &str) -> Failure {
    Failure::new(format!("port {port} cannot be used: {error}")).next(format!(
        "Choose another one: cargo demo {option} {}",
        port.checked_add(100).unwrap_or(9090)
    ))
}

/// Opens the page in the person's browser, which must outlive the demo and so is none of our children.
fn open(url: &str) {
    let opener = tools::system::on_path(&["xdg-open", "open"]);
    let opened = opener.map(|opener| {
        let mut command = std::process::Command::new(opener);
        command
            .arg(url)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
    });
    if !matches!(opened, Some(Ok(_))) {
        println!("No browser could be opened from here. Open the address by hand.");
    }
}
