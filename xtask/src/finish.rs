//! The last step of a build: makes what Trunk staged complete, and binds every byte of code to `index.html`.
//!
//! Trunk names the glue and the wasm; this step puts the glue into the boot script (one file, one integrity),
//! names files by what is in them, writes the policy, and adds the files for hosts.
//! An import of the glue would be bound by nothing but a preload link, which browsers treat differently.

pub mod boot;
pub mod embed;
pub mod html;
pub mod minify;
mod names;

use std::fs;
use std::path::Path;

use base64::Engine;
use sha2::{Digest, Sha256};

use crate::failure::{Doing, Failure, Outcome};
use crate::policy::{Connect, Place, REFERRER, content_security_policy, frame_ancestors, hosts};
use html::Tag;

/// Files that are copied beside the page as they are. People edit `config.json` there.
const BESIDE: [&str; 4] = ["config.json", "config.schema.json", "recipe.schema.json", "LICENSE"];

/// Finishes the build in `stage`, where Trunk has put its output; `root` is the repository.
pub fn run(root: &Path, stage: &Path) -> Outcome {
    let page = read(&stage.join("index.html"))?;
    let tag = html::find(&page, |tag| tag.name == "script" && tag.get("data-js").is_some())
        .ok_or_else(|| Failure::new("index.html has no script tag of Trunk.toml's pattern_script"))?;
    let glue = local(&tag, "data-js")?;
    let script = embed::with_common(root, &read(&stage.join("boot.js"))?)?;
    let wasm = local(&tag, "data-wasm")?;
    let code = fs::read(stage.join(&wasm)).doing("reading the wasm")?;
    let (short, code) = names::shorten(&read(&stage.join(&glue))?, &code)?;
    fs::write(stage.join(&wasm), code).doing("writing the wasm")?;
    let wasm = rename_by_content(stage, &wasm, "key-wizard")?;
    let bundle = boot::bundle(&script, &short)?;
    fs::write(stage.join("boot.js"), &bundle).doing("writing boot.js")?;
    fs::remove_file(stage.join(&glue)).doing("removing the separate glue")?;
    minify::script(&stage.join("boot.js"))?;
    let boot = rename_by_content(stage, "boot.js", "boot")?;

    embed::run(root, stage, &embed::Shared { glue: &short, wasm: &wasm })?;
    let code = Code { boot, wasm };
    let page = with_code(stage, &page, &code)?;
    let page = html::first_in_head(&page, &policy_tags())?;
    check(stage, &page)?;
    fs::write(stage.join("index.html"), &page).doing("writing index.html")?;
    for file in BESIDE {
        fs::copy(root.join(file), stage.join(file)).doing(format!("copying {file}"))?;
    }
    write_host_files(stage, &Connect::AnyPortal)
}

/// The two files that are code, by their final names.
struct Code {
    boot: String,
    wasm: String,
}

/// Writes the header files for hosts into a finished `dist`.
pub fn write_host_files(dist: &Path, connect: &Connect) -> Outcome {
    let mut hashed = Vec::new();
    for entry in fs::read_dir(dist).doing(format!("reading {}", dist.display()))? {
        let name = entry.doing("reading a name in dist")?.file_name().to_string_lossy().into_owned();
        if crate::policy::cache_control(&name) == crate::policy::KEEP {
            hashed.push(name);
        }
    }
    hashed.sort();
    fs::create_dir_all(dist.join("headers")).doing("making dist/headers")?;
    let config = fs::read_to_string(dist.join("config.json")).unwrap_or_default();
    for file in hosts::files(connect, &frame_ancestors(&config), &hashed) {
        fs::write(dist.join(file.path), &file.text).doing(format!("writing {}", file.path))?;
    }
    Ok(())
}

/// Puts the final names and their integrity into the page, in place of Trunk's.
fn with_code(stage: &Path, page: &str, code: &Code) -> Outcome<String> {
    let boot = integrity(&fs::read(stage.join(&code.boot)).doing("reading the boot script")?);
    let wasm = integrity(&fs::read(stage.join(&code.wasm)).doing("reading the wasm")?);
    Ok(html::rewrite(page, |tag| {
        match (tag.name.as_str(), tag.get("rel"), tag.get("data-js")) {
            ("script", _, Some(_)) => Some(format!(
                "<script type=\"module\" src=\"./{}\" integrity=\"{boot}\" crossorigin \
             data-wasm=\"./{}\" data-wasm-integrity=\"{wasm}\">",
                code.boot, code.wasm
            )),
            ("link", Some("modulepreload"), _) => Some(String::new()),
            // Written anew below the policy, from the same source as the header.
            ("meta", ..) if tag.get("name") == Some("referrer") => Some(String::new()),
            // Integrity on a preloaded fetch is ignored with a warning; boot.js gives it to fetch instead.
            ("link", Some("preload"), _) if tag.get("type") == Some("application/wasm") => Some(format!(
                "<link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" crossorigin href=\"./{}\">",
                code.wasm
            )),
            _ => None,
        }
    }))
}

/// The policy for hosts that send no headers. It must precede everything that it governs.
fn policy_tags() -> String {
    format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\"><meta name=\"referrer\" content=\"{REFERRER}\">",
        content_security_policy(&Connect::AnyPortal, Place::Meta)
    )
}

/// Refuses a page with code that nothing binds, or that the policy would block in front of a person.
fn check(stage: &Path, page: &str) -> Outcome {
    for tag in html::tags(page) {
        let problem = match tag.name.as_str() {
            "script" if tag.get("src").is_none() => Some("an inline script"),
            "script" if tag.get("integrity").is_none() => Some("a script without integrity"),
            "link" if tag.get("rel") == Some("stylesheet") && !is_bound(stage, &tag)? => {
                Some("a style sheet whose integrity is missing or wrong")
            }
            "style" => Some("an inline style sheet"),
            _ if tag.get("style").is_some() => Some("a style attribute"),
            _ if tag.attributes.iter().any(|(name, _)| name.starts_with("on")) => Some("an event attribute"),
            _ => None,
        };
        if let Some(problem) = problem {
            return Err(Failure::new(format!("index.html holds {problem}: {}", tag.text)));
        }
    }
    let charset = page.find("charset=").unwrap_or(usize::MAX);
    if charset > 1000 {
        return Err(Failure::new("the charset of index.html is past the first 1,024 bytes, where browsers look"));
    }
    Ok(())
}

fn is_bound(stage: &Path, tag: &Tag) -> Outcome<bool> {
    let file = local(tag, "href")?;
    let bytes = fs::read(stage.join(&file)).doing(format!("reading {file}"))?;
    Ok(tag.get("integrity") == Some(integrity(&bytes).as_str()))
}

/// A file of the build named by an attribute, without the leading `./`.
fn local(tag: &Tag, attribute: &str) -> Outcome<String> {
    let value = tag.get(attribute).unwrap_or_default();
    match value.strip_prefix("./") {
        Some(file) if !file.contains("..") && !file.is_empty() => Ok(file.to_owned()),
        _ => Err(Failure::new(format!("{attribute} is not a file beside the page: {}", tag.text))),
    }
}

/// Renames a file to `{stem}-{16 hex digits of its SHA-256}{ending}`: another content, another name.
fn rename_by_content(stage: &Path, name: &str, stem: &str) -> Outcome<String> {
    let bytes = fs::read(stage.join(name)).doing(format!("reading {name}"))?;
    let ending = Path::new(name).extension().unwrap_or_default().to_string_lossy();
    let hash: String = Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let renamed = format!("{stem}-{hash}.{ending}");
    fs::rename(stage.join(name), stage.join(&renamed)).doing(format!("renaming {name}"))?;
    Ok(renamed)
}

/// The value of an `integrity` attribute for these bytes.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(bytes)))
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).doing(format!("reading {}", path.display()))
}

#[cfg(test)]
mod tests;
