//! `SHA256SUMS`: the hash of every file of a build, in the format that `sha256sum --check` reads.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::failure::{Doing, Failure, Outcome};

/// The name of the list, which is beside the files it lists.
pub const FILE: &str = "SHA256SUMS";

/// Writes the list of all files in `dist`, recursively.
pub fn write(dist: &Path) -> Outcome {
    fs::write(dist.join(FILE), of(dist)?).doing(format!("writing {FILE}"))
}

/// Fails if two builds differ in any byte.
pub fn compare(one: &Path, other: &Path) -> Outcome {
    let (one, other) = (of(one)?, of(other)?);
    let differing: Vec<&str> = one.lines().filter(|line| !other.contains(line)).collect();
    match differing.is_empty() && one.len() == other.len() {
        true => Ok(()),
        false => Err(Failure::new(format!("a second build differs:\n{}", differing.join("\n")))),
    }
}

/// One line per file, sorted by name: hash, two spaces, path.
pub fn of(folder: &Path) -> Outcome<String> {
    let mut sums = String::new();
    for file in files(folder)?.iter().filter(|file| *file != FILE) {
        let bytes = fs::read(folder.join(file)).doing(format!("reading {file}"))?;
        sums.push_str(&format!("{}  {file}\n", hex(&Sha256::digest(&bytes))));
    }
    Ok(sums)
}

/// All files below a folder, as sorted relative paths separated by `/`.
pub fn files(folder: &Path) -> Outcome<Vec<String>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder) {
        let entry = entry.doing(format!("reading {}", folder.display()))?;
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(folder).doing("naming a file of the build")?;
            files.push(below.to_string_lossy().replace('\\', "/"));
        }
    }
    files.sort();
    Ok(files)
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_names_every_file_but_itself_and_a_changed_byte_is_found() {
        let folder = std::env::temp_dir().join(format!("akw-sums-{}", std::process::id()));
        let (one, other) = (folder.join("one"), folder.join("other"));
        for dist in [&one, &other] {
            fs::create_dir_all(dist.join("deep")).expect("the temporary folder is writable");
            fs::write(dist.join("deep/b"), "b").expect("the temporary folder is writable");
            fs::write(dist.join("a"), "a").expect("the temporary folder is writable");
            write(dist).expect("it is writable");
        }
        let list = fs::read_to_string(one.join(FILE)).expect("it was written");
        let a = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a\n";
        assert!(list.starts_with(a) && list.ends_with("  deep/b\n") && list.lines().count() == 2, "{list}");
        compare(&one, &other).expect("they are the same");
        fs::write(other.join("deep/b"), "c").expect("the temporary folder is writable");
        assert!(compare(&one, &other).is_err());
        fs::remove_dir_all(&folder).expect("it was made here");
    }
}
