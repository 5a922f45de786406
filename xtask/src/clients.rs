//! Runs Esri's own clients, unmodified, against the practice portal: it must meet their expectations of a portal.

use std::fs;
use std::path::Path;
use std::process::Command;

use key_wizard_core::by_hand::requests::requests;
use key_wizard_core::by_hand::script::{Language, script};
use key_wizard_core::credential::draft::Draft;
use key_wizard_core::credential::expiration;
use key_wizard_core::portal::base_url::PortalRoot;
use key_wizard_core::portal::id::{PrivilegeId, Username};
use key_wizard_core::timestamp::Timestamp;

use crate::failure::{Doing, Outcome};
use crate::finish::esbuild::Esbuild;
use crate::verify::{self, Counts, Scratch};
use crate::{loopback, process, tools};

/// The folder of the walks, relative to the repository.
const WALKS: &str = "tests/clients";
/// The redirect URI; nothing listens there, since the walk only reads the address.
const CALLBACK: &str = "http://127.0.0.1:8000/callback.html";
/// Shows a code instead of a redirect.
const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// Walks arcgis-rest-js through the practice portal. Blocks, like the functions below.
pub fn rest_js(root: &Path, counts: &mut Counts) -> Outcome {
    let packages = tools::for_rest_js(root)?;
    let portal = loopback::portal()?;
    portal.with(|portal| portal.register_client("rest-js", "arcgis-rest-js", &[CALLBACK]));
    let scratch = Scratch::new()?;
    write_scripts(Language::RestJs, &portal.url, scratch.path())?;
    let mut node = process::command(tools::node()?);
    node.arg(root.join(WALKS).join("rest-js/walk.mjs")).env("AKW_SCRIPTS", scratch.path());
    verify::tests(node.env("AKW_PORTAL", &portal.url).env("AKW_PACKAGES", packages), counts)
}

/// Writes the Summary's script twice: with a sign-in, and without one, where the script asks whose token it has.
fn write_scripts(language: Language, portal: &str, folder: &Path) -> Outcome {
    let jane = Username("jane".to_owned());
    for (name, owner) in [("signed-in", Some(&jane)), ("by-hand", None)] {
        let file = [name, "-", language.file()].concat();
        fs::write(folder.join(file), script_of(language, portal, owner)).doing("writing a script")?;
    }
    Ok(())
}

/// The Summary's script for a draft with values that try to break out of their string literals.
fn script_of(language: Language, portal: &str, owner: Option<&Username>) -> String {
    let now = Timestamp(loopback::now_ms());
    let draft = Draft {
        title: HOSTILE.to_owned(),
        folder: "Keys of a script".to_owned(),
        referrers: vec!["https://app.example.com".to_owned()],
        privileges: vec![PrivilegeId("premium:user:basemaps".to_owned())],
        ..Draft::new(expiration::utc_date(now))
    };
    let spec = draft.check(now).expect("the draft is right");
    let root = PortalRoot::parse(portal).expect("the practice portal has an address");
    script(language, &root, &requests(&spec, owner, &[]))
}

/// A title that tries to break out of a string literal.
const HOSTILE: &str = r#"'"; `${process.exit(1)}` \ + folder + "#;

/// Walks the Python package through the practice portal behind TLS.
pub fn python(root: &Path, counts: &mut Counts) -> Outcome {
    let tools = tools::for_python(root)?;
    let scratch = Scratch::new()?;
    let portal = loopback::portal_tls()?;
    portal.with(|portal| portal.register_client("python", "ArcGIS API for Python", &[OUT_OF_BAND]));
    let certificate = scratch.path().join("portal.pem");
    let text = portal.certificate.as_deref().unwrap_or_default();
    fs::write(&certificate, text).doing("writing the certificate")?;
    let mut python = process::command(tools.python);
    write_scripts(Language::Python, &portal.url, scratch.path())?;
    python.env("AKW_SCRIPTS", scratch.path());
    python.arg(root.join(WALKS).join("python/walk.py")).env("PYTHONPATH", tools.packages);
    // Keep the package's session files out of the user's home.
    python.env("HOME", scratch.path()).env("PYTHONDONTWRITEBYTECODE", "1");
    verify::tests(python.env("AKW_PORTAL", &portal.url).env("AKW_CERTIFICATE", certificate), counts)
}

/// Walks the JS SDK in Chromium through the practice portal behind TLS.
pub fn jsapi(root: &Path, counts: &mut Counts) -> Outcome {
    let tools = tools::for_jsapi(root)?;
    let scratch = Scratch::new()?;
    let bundle = scratch.path().join("bundle");
    let walk = root.join(WALKS).join("jsapi");
    let Esbuild { node, script } = tools::esbuild(root)?;
    let mut esbuild = Command::new(node);
    esbuild.arg(script).arg(walk.join("app.js")).env("NODE_PATH", tools.packages.join("node_modules"));
    esbuild.args(["--bundle", "--splitting", "--format=esm", "--log-level=warning"]);
    process::run(esbuild.arg(format!("--outdir={}", bundle.display())))?;
    let portal = loopback::portal_tls()?;
    let port = loopback::free_port()?;
    let uris = ["app.html", "oauth-callback.html"].map(|page| format!("http://127.0.0.1:{port}/{page}"));
    let uris: Vec<&str> = uris.iter().map(String::as_str).collect();
    portal.with(|portal| portal.register_client("jsapi", "JS SDK", &uris));
    let mut node = process::command(&tools.node);
    node.arg(walk.join("walk.mjs")).env("AKW_PORTAL", &portal.url).env("AKW_PORT", port.to_string());
    node.env("AKW_BUNDLE", bundle).env("AKW_PACKAGES", &tools.packages).env("TMPDIR", scratch.path());
    node.env("AKW_CHROMIUM", &tools.chromium).env("AKW_CHROMEDRIVER", &tools.chromedriver);
    let outcome = verify::tests(&mut node, counts);
    process::end_strays();
    outcome
}
