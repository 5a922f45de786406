//! Tests the release outside a browser: the finished page in `AKW_DIST`, each real server with its header file, the
//! archive and the npm package. Run by `cargo verify`.

mod hosts;
mod package;
mod page;

use std::path::PathBuf;

/// The finished page.
fn dist() -> PathBuf {
    std::env::var_os("AKW_DIST").map(PathBuf::from).expect("AKW_DIST names the finished page: run cargo verify")
}

/// A folder that is removed when dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("akw-release-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("the temporary folder is writable");
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).expect("the temporary folder was made by this test");
    }
}
