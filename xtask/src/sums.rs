//! `SHA256SUMS`: what every file of a build must hash to, in the form that `sha256sum --check` reads.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::failure::{Doing, Failure, Outcome};

/// The name of the list, beside the files it lists.
pub const FILE: &str = "SHA256SUMS";

/// Writes the list of all files in `dist`, those in folders too.
pub fn write(dist: &Path) -> Outcome {
    let sums = of(dist)?;
    fs::write(dist.join(FILE), sums).doing(format!("writing {FILE}"))
}

/// Refuses two builds that are not the same in every byte.
pub fn compare(one: &Path, other: &Path) -> Outcome {
    let (one, other) = (of(one)?, of(other)?);
    let differing: Vec<&str> = one.lines().filter(|line| !other.contains(line)).collect();
    match differing.is_empty() && one.len() == other.len() {
        true => Ok(()),
        false => Err(Failure::new(format!("a second build differs:\n{}", differing.join("\n")))),
    }
}

/// A line for each file, by name: hash, two spaces, path.
fn of(dist: &Path) -> Outcome<String> {
    let mut paths = Vec::new();
    collect(dist, dist, &mut paths)?;
    paths.sort();
    let mut sums = String::new();
    for path in paths.iter().filter(|path| *path != FILE) {
        let bytes = fs::read(dist.join(path)).doing(format!("reading {path}"))?;
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        sums.push_str(&format!("{hash}  {path}\n"));
    }
    Ok(sums)
}

fn collect(root: &Path, folder: &Path, paths: &mut Vec<String>) -> Outcome {
    for entry in fs::read_dir(folder).doing(format!("reading {}", folder.display()))? {
        let path = entry.doing("reading a name in the build")?.path();
        if path.is_dir() {
            collect(root, &path, paths)?;
        } else {
            let below = path.strip_prefix(root).doing("naming a file of the build")?;
            paths.push(below.to_string_lossy().into_owned());
        }
    }
    Ok(())
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
