//! Documentation sites with the element, each built by its own framework and walked in Chromium.

use std::fs;
use std::path::{Path, PathBuf};

use practice_portal::{Portal, serve};
use tokio::runtime::Handle;

use crate::clients::{free_port, new_portal};
use crate::failure::{Doing, Outcome};
use crate::verify::{self, Counts, Scratch};
use crate::{package, process, tools};

/// Where the sites and their walk are, relative to the repository.
const SITES: &str = "tests/sites";

/// Builds the VitePress site with the module in its head and in its bundle, checks the types in it, and walks through it.
/// To be called where blocking is allowed.
pub fn vitepress(root: &Path, page: &Path, counts: &mut Counts) -> Outcome {
    let tools = tools::for_sites(root)?;
    let scratch = Scratch::new()?;
    let site = Copy::new(root, &tools.packages, page)?;
    let script = |path: &str| {
        let mut command = process::command(&tools.node);
        command.arg(tools.packages.join("node_modules").join(path));
        command
    };
    process::run(script("typescript/bin/tsc").arg("-p").arg(&site.0))?;
    for (name, bundled) in [("VitePress", "0"), ("VitePress, bundled", "1")] {
        let portal = Handle::current().block_on(serve::start(new_portal(), 0)).doing("starting a practice portal")?;
        let port = free_port()?;
        let callback = format!("http://127.0.0.1:{port}/docs/key-wizard/callback.html");
        portal.with(|portal: &mut Portal| portal.register_client("docs", "Documentation", &[&callback]));
        let config = format!(
            r#"{{"portals":[{{"id":"practice","name":"Practice portal","url":"{}","clientId":"docs"}}]}}"#,
            portal.url
        );
        let served = site.0.join("public/key-wizard");
        fs::write(served.join("config.json"), config).doing("writing config.json")?;
        let made = scratch.path().join(bundled);
        let mut build = script("vitepress/bin/vitepress.js");
        build.arg("build").arg(&site.0).arg("--outDir").arg(&made).env("AKW_BUNDLED", bundled);
        process::run(&mut build)?;
        let mut walk = process::command(&tools.node);
        walk.arg(root.join(SITES).join("walk.mjs")).env("AKW_SITE", &made).env("AKW_PORT", port.to_string());
        walk.env("AKW_NAME", name).env("TMPDIR", scratch.path());
        walk.env("AKW_CHROMIUM", &tools.chromium).env("AKW_CHROMEDRIVER", &tools.chromedriver);
        let outcome = verify::tests(&mut walk, counts);
        process::end_strays();
        outcome?;
    }
    Ok(())
}

/// A copy of the site below the folder of its packages, where they are found, with the element's folder in it twice: as
/// the files that the site serves, and as a package. Removed when dropped.
struct Copy(PathBuf);

impl Copy {
    fn new(root: &Path, packages: &Path, page: &Path) -> Outcome<Self> {
        let site = Self(packages.join(format!("site-{}", std::process::id())));
        package::copy(&root.join(SITES).join("vitepress"), &site.0)?;
        for into in ["public/key-wizard", "node_modules/arcgis-key-wizard"] {
            package::copy(&page.join("embed"), &site.0.join(into))?;
        }
        Ok(site)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}
