//! The tools that each job needs.

use super::system::{
    CHROMEDRIVER, CHROMIUM, CXX, FIREFOX, HEADLESS_SHELL, NPM, PYTHON, Program, SERVERS, SHELL, WEBKITDRIVER, XVFB,
};
use super::tool::{self, Tool};
use super::{Framework, Job};

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
        // The native tests.
        Job::Checks => SHELL.iter().collect(),
        Job::WebKit | Job::Supply | Job::Mutants => Vec::new(),
    }
}

pub(super) fn tools_of(job: Job) -> Vec<Tool> {
    match job {
        Job::Build => vec![tool::WASM_TARGET, tool::NPM_PACKAGES, tool::BINDGEN, tool::TRUNK],
        Job::Checks => vec![tool::CHECKERS],
        Job::Supply => vec![tool::DENY],
        Job::Mutants => vec![tool::MUTANTS],
        Job::Chromium => vec![tool::NPM_PACKAGES],
        Job::Firefox => vec![tool::NPM_PACKAGES, tool::GECKODRIVER],
        Job::Peers => vec![tool::PEERS],
        Job::RestJs => vec![tool::REST_JS],
        Job::Python => vec![tool::ESRI_PYTHON],
        Job::Jsapi => vec![tool::NPM_PACKAGES, tool::JSAPI],
        Job::Site(framework) => vec![tool::of_site(framework)],
        Job::WebKit | Job::Servers | Job::Fuzzing => Vec::new(),
    }
}
