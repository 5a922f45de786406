//! Packages a release: an archive that a deployer unpacks on a host without Rust, and the npm package of the element.
//! Both are reproducible: the same page gives the same bytes.

pub mod bill;

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::failure::{Doing, Outcome};
use crate::tools::{self, system::NPM};
use crate::{process, release, sums};

/// The output folder of both files, relative to the repository.
const FOLDER: &str = "target/package";
/// The documents in the archive, beside the page.
const DOCUMENTS: [&str; 4] = ["README.md", "CHANGELOG.md", "LICENSE", "docs"];
/// The bill of materials in the archive, in CycloneDX format.
pub const BILL: &str = "sbom.cdx.json";

/// The packaged files.
pub struct Package {
    /// The release archive.
    pub archive: PathBuf,
    /// The npm package of the element.
    pub element: PathBuf,
}

/// Builds the page and packages it.
pub fn run(root: &Path) -> Outcome {
    let dist = release::build(root, &tools::for_build(root)?)?;
    let package = make(root, &dist, &root.join(FOLDER))?;
    for file in [package.archive, package.element] {
        let size = fs::metadata(&file).doing(format!("reading {}", file.display()))?.len();
        println!("{size:>10}  {}", file.display());
    }
    Ok(())
}

/// Packages a finished page into `folder`, and removes everything else there.
pub fn make(root: &Path, dist: &Path, folder: &Path) -> Outcome<Package> {
    if folder.exists() {
        fs::remove_dir_all(folder).doing(format!("removing {}", folder.display()))?;
    }
    let name = format!("arcgis-key-wizard-{}", env!("CARGO_PKG_VERSION"));
    let stage = folder.join(&name);
    copy(dist, &stage.join("page"))?;
    for document in DOCUMENTS {
        copy(&root.join(document), &stage.join(document))?;
    }
    fs::write(stage.join(BILL), bill::of(root)?).doing(format!("writing {BILL}"))?;
    sums::write(&stage)?;

    let archive = folder.join(format!("{name}.zip"));
    zip(folder, &stage, &archive)?;
    fs::remove_dir_all(&stage).doing("removing what went into the archive")?;
    let mut npm = process::command(NPM.path()?);
    npm.args(["pack", "--silent", "--ignore-scripts", "--pack-destination"]).arg(folder).arg(dist.join("embed"));
    process::run(&mut npm)?;
    Ok(Package { archive, element: folder.join(format!("{name}.tgz")) })
}

/// Copies a file, or a folder recursively.
pub fn copy(from: &Path, to: &Path) -> Outcome {
    let files = if from.is_dir() { sums::files(from)? } else { vec![String::new()] };
    for file in files {
        let (from, to) = if file.is_empty() { (from.into(), to.into()) } else { (from.join(&file), to.join(&file)) };
        fs::create_dir_all(to.parent().unwrap_or(&to)).doing(format!("making the folder of {}", to.display()))?;
        fs::copy(&from, &to).doing(format!("copying {}", from.display()))?;
    }
    Ok(())
}

/// Zips `stage` under its name in `folder`, without this machine's timestamps, owners and permissions.
fn zip(folder: &Path, stage: &Path, archive: &Path) -> Outcome {
    let mut zip = ZipWriter::new(File::create(archive).doing(format!("making {}", archive.display()))?);
    let top = stage.strip_prefix(folder).unwrap_or(stage).to_string_lossy().into_owned();
    for file in sums::files(stage)? {
        // Compressed files do not get smaller.
        let method = match [".br", ".gz", ".png"].iter().any(|ending| file.ends_with(ending)) {
            true => CompressionMethod::Stored,
            false => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        let options = options.last_modified_time(DateTime::default()).unix_permissions(0o644);
        let bytes = fs::read(stage.join(&file)).doing(format!("reading {file}"))?;
        zip.start_file(format!("{top}/{file}"), options).doing(format!("packing {file}"))?;
        zip.write_all(&bytes).doing(format!("packing {file}"))?;
    }
    zip.finish().map(drop).doing(format!("finishing {}", archive.display()))
}
