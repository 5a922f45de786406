//! A profile with which Firefox has already started once: starting from a copy halves the work.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{fs, io};

use tokio::sync::OnceCell;

use crate::browser;
use crate::engine::Kind;

static WARM: OnceCell<Warm> = OnceCell::const_new();

/// The files that each start recreates.
const ANEW: [&str; 6] =
    ["lock", ".parentlock", "prefs.js", "user.js", "MarionetteActivePort", "WebDriverBiDiServer.json"];

struct Warm {
    folder: PathBuf,
    /// Removes the folder when its standard input closes, that is, when this process ends for any reason.
    _remover: Child,
}

impl Warm {
    async fn new() -> Warm {
        let folder = std::env::temp_dir().join(format!("akw-e2e-{}-warm", std::process::id()));
        let remover =
            Command::new("sh").args(["-c", "read -r _; rm -rf \"$0\""]).arg(&folder).stdin(Stdio::piped()).spawn();
        let warm = Warm { folder, _remover: remover.expect("a shell starts") };
        let (driver, page) = browser::open(Kind::Firefox, &warm.folder).await;
        page.client.clone().close().await.expect("Firefox closes");
        drop(driver);
        warm
    }
}

/// Fills a new profile.
pub async fn fill(profile: &Path) {
    let warm = WARM.get_or_init(Warm::new).await;
    copy(&warm.folder, profile).expect("the temporary folder is writable");
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else if !ANEW.iter().any(|file| name == *file) {
            fs::copy(path, to.join(name))?;
        }
    }
    Ok(())
}
