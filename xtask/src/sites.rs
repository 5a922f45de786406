//! Documentation sites with the element, each built by its own framework and walked in Chromium.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use practice_portal::Portal;

use crate::failure::{Doing, Outcome};
use crate::tools::system::PYTHON;
use crate::tools::{self, Framework, WalkTools};
use crate::verify::{self, Counts, Scratch};
use crate::{loopback, package, process};

/// The walk, relative to the repository.
const WALK: &str = "tests/sites/walk.mjs";

/// Builds a framework's site as `docs/embedding.md` says, and walks through it. For VitePress, also checks the types
/// and walks a second build with the module in its bundle. Blocks.
pub fn walk(root: &Path, page: &Path, framework: Framework, counts: &mut Counts) -> Outcome {
    let tools = tools::for_site(root, framework)?;
    let site = Copy::new(root, framework, &tools, page)?;
    if framework == Framework::VitePress {
        process::run(script(&tools, "typescript/bin/tsc").arg("-p").arg(&site.0))?;
        build_and_walk(root, &site, framework, &tools, true, counts)?;
    }
    build_and_walk(root, &site, framework, &tools, false, counts)
}

fn build_and_walk(
    root: &Path,
    site: &Copy,
    framework: Framework,
    tools: &WalkTools,
    is_bundled: bool,
    counts: &mut Counts,
) -> Outcome {
    let scratch = Scratch::new()?;
    let portal = loopback::portal()?;
    let port = loopback::free_port()?;
    let url = format!("http://127.0.0.1:{port}/docs/");
    let callback = format!("{url}key-wizard/callback.html");
    portal.with(|portal: &mut Portal| portal.register_client("docs", "Documentation", &[&callback]));
    let config = format!(
        r#"{{"portals":[{{"id":"practice","name":"Practice portal","url":"{}","clientId":"docs"}}]}}"#,
        portal.url
    );
    fs::write(site.element(framework).join("config.json"), config).doing("writing config.json")?;
    // Below its packages, so that prerendered pages resolve them.
    let made = site.0.join(format!("made-{}", u8::from(is_bundled)));
    let mut build = build(framework, tools, &site.0, &made)?;
    build.current_dir(&site.0).env("AKW_SITE_URL", url).env("AKW_BUNDLED", u8::from(is_bundled).to_string());
    process::run(&mut build)?;
    let name = if is_bundled { format!("{}, bundled", framework.name()) } else { framework.name().to_owned() };
    let mut walk = process::command(&tools.node);
    walk.arg(root.join(WALK)).env("AKW_SITE", &made).env("AKW_PORT", port.to_string()).env("AKW_NAME", name);
    walk.env("AKW_FRAMEWORK", Path::new(framework.folder()).file_name().unwrap_or_default());
    walk.env("AKW_CHROMIUM", &tools.chromium).env("AKW_CHROMEDRIVER", &tools.chromedriver);
    let outcome = verify::tests(walk.env("TMPDIR", scratch.path()), counts);
    process::end_strays();
    outcome
}

/// Runs a package's script in Node.
fn script(tools: &WalkTools, path: &str) -> Command {
    let mut command = process::command(&tools.node);
    command.arg(tools.packages.join("node_modules").join(path));
    command
}

/// The command that builds a site, offline.
fn build(framework: Framework, tools: &WalkTools, site: &Path, made: &Path) -> Outcome<Command> {
    let mut command = match framework {
        Framework::VitePress => script(tools, "vitepress/bin/vitepress.js"),
        Framework::Docusaurus => script(tools, "@docusaurus/core/bin/docusaurus.mjs"),
        Framework::Starlight => script(tools, "astro/astro.js"),
        Framework::MkDocs => process::command(PYTHON.path()?),
    };
    match framework {
        Framework::VitePress => command.arg("build").arg(site).arg("--outDir").arg(made),
        Framework::Docusaurus => command.arg("build").arg(site).arg("--out-dir").arg(made),
        Framework::Starlight => command.arg("build").arg("--root").arg(site).arg("--outDir").arg(made),
        Framework::MkDocs => {
            command.args(["-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir"]).arg(made);
            command.env("PYTHONPATH", &tools.packages).env("PYTHONDONTWRITEBYTECODE", "1")
        }
    };
    command.env("NO_UPDATE_NOTIFIER", "1").env("ASTRO_TELEMETRY_DISABLED", "1").env("NO_MKDOCS_2_WARNING", "1");
    Ok(command)
}

/// A copy of the site below the folder of its packages, so that it finds them. It contains the element's folder
/// twice: as files that the site serves, and as a package. Removed when dropped.
struct Copy(PathBuf);

impl Copy {
    fn new(root: &Path, framework: Framework, tools: &WalkTools, page: &Path) -> Outcome<Self> {
        let site = Self(tools.packages.join(format!("site-{}", std::process::id())));
        package::copy(&root.join(framework.folder()), &site.0)?;
        for into in [site.element(framework), site.0.join("node_modules/arcgis-key-wizard")] {
            package::copy(&page.join("embed"), &into)?;
        }
        Ok(site)
    }

    /// The folder from which the framework copies files unchanged.
    fn element(&self, framework: Framework) -> PathBuf {
        self.0.join(match framework {
            Framework::VitePress | Framework::Starlight => "public/key-wizard",
            Framework::Docusaurus => "static/key-wizard",
            // Beside its pages.
            Framework::MkDocs => return self.0.join("docs").join("key-wizard"),
        })
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}
