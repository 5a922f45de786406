//! The last step of a build, which Trunk cannot do. Trunk has staged the WebAssembly, its glue and the page. This
//! step names code by its hash, bundles the scripts and style sheets with esbuild, writes integrity and policy into
//! the page, creates the element's folder, and adds the files for hosts. It rejects a page that integrity and policy
//! do not protect.

mod editors;
pub mod embed;
pub mod esbuild;
pub mod guide;
pub mod packed;
pub mod page;

use std::fs;
use std::path::Path;

use base64::Engine;
use sha2::{Digest, Sha256};

use crate::failure::{Doing, Failure, Outcome};
use crate::policy::{Connect, Place, REFERRER, content_security_policy, frame_ancestors, hosts};
use crate::sums;
use esbuild::{Bundle, Esbuild};

/// Trunk's names for the glue and the WebAssembly, of the wizard and of the start of a sign-in.
const GLUE: &str = "arcgis-key-wizard.js";
const WASM: &str = "arcgis-key-wizard_bg.wasm";
const START_GLUE: &str = "sign-in-start.js";
const START_WASM: &str = "sign-in-start_bg.wasm";

/// Finishes the build in `stage`, Trunk's output; `root` is the repository.
pub fn run(root: &Path, stage: &Path, esbuild: &Esbuild) -> Outcome {
    let wasm = Code::named(stage, WASM, "key-wizard")?;
    let start = Code::named(stage, START_WASM, "sign-in-start")?;
    for code in [&wasm, &start] {
        check_wasm(root, &stage.join(&code.file))?;
    }
    let (glue, start_glue) = (stage.join(GLUE), stage.join(START_GLUE));
    esbuild.run(&Bundle::classic(root, "src/boot.js", stage.join("boot.js")).alias("start", &start_glue))?;
    esbuild.run(&Bundle::script(root, "src/wizard.js", stage.join("wizard.js")).alias("glue", &glue))?;
    esbuild.run(&Bundle::sheet(root, "style/index.css", stage.join("style.css")))?;
    let guide = guide::write(root, stage)?;
    embed::run(root, stage, &embed::Shared { esbuild, glue: &glue, wasm: &wasm, guide: &guide })?;
    for glue in [glue, start_glue] {
        fs::remove_file(glue).doing("removing the glue, which is in the scripts now")?;
    }
    let boot = Code::named(stage, "boot.js", "boot")?;
    let wizard = Code::named(stage, "wizard.js", "wizard")?;
    let style = Code::named(stage, "style.css", "style")?;

    let index = stage.join("index.html");
    let policy = content_security_policy(&Connect::AnyPortal, Place::Meta);
    let text = page::filled(
        &read(&index)?,
        &[
            ("POLICY", &policy),
            ("REFERRER", REFERRER),
            ("BOOT", &boot.file),
            ("BOOT_INTEGRITY", &boot.integrity),
            ("WIZARD", &wizard.file),
            ("WIZARD_INTEGRITY", &wizard.integrity),
            ("START", &start.file),
            ("START_INTEGRITY", &start.integrity),
            ("STYLE", &style.file),
            ("STYLE_INTEGRITY", &style.integrity),
            ("WASM", &wasm.file),
            ("WASM_INTEGRITY", &wasm.integrity),
            ("GUIDE", &guide.file),
            ("GUIDE_INTEGRITY", &guide.integrity),
        ],
    )?;
    page::check(stage, &text)?;
    fs::write(&index, &text).doing("writing index.html")?;
    write_host_files(stage, &Connect::AnyPortal)?;
    packed::write(stage)?;
    sums::write(stage)
}

/// A file that is named by its hash.
pub struct Code {
    /// Its name in the build.
    pub file: String,
    /// Its value for an `integrity` attribute.
    pub integrity: String,
}

impl Code {
    /// Renames a file to `{stem}-{16 hex digits of its SHA-256}{ending}`, so that different content gets a different
    /// name.
    pub fn named(folder: &Path, name: &str, stem: &str) -> Outcome<Self> {
        let bytes = fs::read(folder.join(name)).doing(format!("reading {name}"))?;
        let ending = Path::new(name).extension().unwrap_or_default().to_string_lossy();
        let hash: String = Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let file = format!("{stem}-{hash}.{ending}");
        fs::rename(folder.join(name), folder.join(&file)).doing(format!("renaming {name}"))?;
        Ok(Self { file, integrity: integrity(&bytes) })
    }
}

/// Writes the header files for hosts into a finished `dist`.
pub fn write_host_files(dist: &Path, connect: &Connect) -> Outcome {
    let hashed =
        sums::files(dist)?.into_iter().filter(|file| crate::policy::cache_control(file) == crate::policy::KEEP);
    fs::create_dir_all(dist.join("headers")).doing("making dist/headers")?;
    let config = fs::read_to_string(dist.join("config.json")).unwrap_or_default();
    for file in hosts::files(connect, &frame_ancestors(&config), &hashed.collect::<Vec<_>>()) {
        fs::write(dist.join(file.path), &file.text).doing(format!("writing {}", file.path))?;
    }
    Ok(())
}

/// Rejects a WebAssembly that contains a path of this machine, since such a build is not reproducible elsewhere.
fn check_wasm(root: &Path, file: &Path) -> Outcome {
    let bytes = fs::read(file).doing(format!("reading {}", file.display()))?;
    let home = crate::release::cargo_home();
    for folder in [Some(root.to_path_buf()), home].into_iter().flatten() {
        let name = folder.to_string_lossy().into_owned();
        if bytes.windows(name.len()).any(|part| part == name.as_bytes()) {
            let next = "Build with `cargo xtask build`, or with Trunk's hooks as they are in Trunk.toml.";
            return Err(Failure::new(format!("the WebAssembly names the folder {name}")).next(next));
        }
    }
    Ok(())
}

/// The value of an `integrity` attribute for these bytes.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(bytes)))
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).doing(format!("reading {}", path.display()))
}
