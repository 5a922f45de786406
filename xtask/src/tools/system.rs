//! System tools: programs from the package manager, and rustup components. Installed automatically if no elevated
//! rights are required (Debian, as root); otherwise reports everything missing at once, with the single command that
//! installs it on this system.

use std::env;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};
use crate::process::{self, on_path};

/// A system program and its package.
pub struct Program {
    /// Its common name.
    pub name: &'static str,
    /// Its names on `PATH`.
    programs: &'static [&'static str],
    /// The environment variable that overrides `PATH`.
    variable: &'static str,
    /// The packages of apt, dnf, brew and winget.
    packages: [&'static str; 4],
}

/// npm, with Node.
pub const NPM: Program = Program {
    name: "npm",
    programs: &["npm"],
    variable: "AKW_NPM",
    packages: ["npm", "nodejs-npm", "node", "OpenJS.NodeJS.LTS"],
};

/// Chromium. The regular tests run in Debian's Firefox and Chromium.
pub const CHROMIUM: Program = Program {
    name: "Chromium",
    programs: &["chromium", "chromium-browser", "google-chrome", "chrome"],
    variable: "AKW_CHROMIUM",
    packages: ["chromium", "chromium", "--cask chromium", "Hibbiki.Chromium"],
};

/// Headless Chromium, for most tests. On Linux only; elsewhere they run in Chromium.
pub const HEADLESS_SHELL: Program = Program {
    name: "Chromium's headless shell",
    programs: &["chromium-headless-shell", "chrome-headless-shell", "headless_shell"],
    variable: "AKW_HEADLESS_SHELL",
    packages: ["chromium-headless-shell", "chromium-headless", "", ""],
};

/// ChromeDriver, of Chromium's version.
pub const CHROMEDRIVER: Program = Program {
    name: "ChromeDriver",
    programs: &["chromedriver"],
    variable: "AKW_CHROMEDRIVER",
    packages: ["chromium-driver", "chromedriver", "--cask chromedriver", "Chromium.ChromeDriver"],
};

/// Firefox.
pub const FIREFOX: Program = Program {
    name: "Firefox",
    programs: &["firefox-esr", "firefox"],
    variable: "AKW_FIREFOX",
    packages: ["firefox-esr", "firefox", "--cask firefox", "Mozilla.Firefox"],
};

/// WebKitGTK's driver, whose package includes a small browser. On Linux only.
pub const WEBKITDRIVER: Program = Program {
    name: "WebKitWebDriver",
    programs: &["WebKitWebDriver"],
    variable: "AKW_WEBKITDRIVER",
    packages: ["webkit2gtk-driver", "webkit2gtk4.1", "", ""],
};

/// A virtual display. Only Linux needs it.
pub const XVFB: Program = Program {
    name: "Xvfb",
    programs: &["Xvfb"],
    variable: "AKW_XVFB",
    packages: ["xvfb", "xorg-x11-server-Xvfb", "", ""],
};

/// A C++ compiler, found the same way as by the crate `cc`.
pub const CXX: Program = Program {
    name: "a C++ compiler",
    programs: &["c++", "cl"],
    variable: "CXX",
    packages: ["g++", "gcc-c++", "gcc", "Microsoft.VisualStudio.2022.BuildTools"],
};

/// Python, for Esri's package.
pub const PYTHON: Program = Program {
    name: "Python",
    programs: &["python3", "python"],
    variable: "AKW_PYTHON",
    packages: ["python3-pip", "python3-pip", "python@3.11", "Python.Python.3.11"],
};

/// The programs that run the commands for a shell in tests.
pub const SHELL: [Program; 3] = [
    Program { name: "bash", programs: &["bash"], variable: "AKW_BASH", packages: ["bash", "bash", "bash", "Git.Git"] },
    Program {
        name: "curl",
        programs: &["curl"],
        variable: "AKW_CURL",
        packages: ["curl", "curl", "curl", "cURL.cURL"],
    },
    Program { name: "jq", programs: &["jq"], variable: "AKW_JQ", packages: ["jq", "jq", "jq", "jqlang.jq"] },
];

/// The servers for the header files.
pub const SERVERS: [Program; 3] = [
    Program {
        name: "nginx",
        programs: &["nginx"],
        variable: "AKW_NGINX",
        packages: ["nginx-light", "nginx", "nginx", "nginxinc.nginx"],
    },
    Program {
        name: "Apache",
        programs: &["apache2", "httpd"],
        variable: "AKW_APACHE",
        packages: ["apache2", "httpd", "httpd", "ApacheLounge.httpd"],
    },
    Program {
        name: "Caddy",
        programs: &["caddy"],
        variable: "AKW_CADDY",
        packages: ["caddy", "caddy", "caddy", "CaddyServer.Caddy"],
    },
];

impl Program {
    /// Its path, if it is installed.
    pub fn find(&self) -> Option<PathBuf> {
        let chosen = env::var_os(self.variable).map(PathBuf::from).filter(|path| path.exists());
        chosen.or_else(|| on_path(self.programs)).or_else(|| {
            // Debian's folder for servers, which is on `PATH` only for root.
            self.programs.iter().map(|name| Path::new("/usr/sbin").join(name)).find(|path| path.exists())
        })
    }

    /// Its path, or a failure with the command that installs it.
    pub fn path(&self) -> Outcome<PathBuf> {
        self.find().ok_or_else(|| missing(&[self]))
    }
}

/// The install command of each package manager, in the order of [`Program::packages`].
const MANAGERS: [(&str, &str); 4] = [
    ("apt-get", "sudo apt-get install -y"),
    ("dnf", "sudo dnf install -y"),
    ("brew", "brew install"),
    ("winget", "winget install -e"),
];

/// Ensures that all of these are installed; checks every one before it fails.
pub fn need(programs: &[&Program]) -> Outcome {
    let absent = || -> Vec<&Program> { programs.iter().copied().filter(|program| program.find().is_none()).collect() };
    let wanted = absent();
    if wanted.is_empty() {
        return Ok(());
    }
    let is_root = || process::answer("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    if on_path(&["apt-get"]).is_none() || !is_root() {
        return Err(missing(&wanted));
    }
    let names: Vec<&str> = wanted.iter().map(|program| program.packages[0]).collect();
    println!("Installing {} from Debian's packages …", names.join(", "));
    process::run(apt_get().args(["-q", "update"]))?;
    process::run(apt_get().args(["-q", "install", "-y", "--no-install-recommends"]).args(&names))?;
    let left = absent();
    if left.is_empty() { Ok(()) } else { Err(missing(&left)) }
}

fn apt_get() -> std::process::Command {
    let mut command = process::command("apt-get");
    // In the rescue runlevel, Debian does not start a newly installed server.
    command.env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1");
    command
}

/// The missing programs, and the install command for this system.
fn missing(programs: &[&Program]) -> Failure {
    let manager = MANAGERS.iter().position(|(program, _)| on_path(&[program]).is_some());
    missing_with(programs, manager)
}

fn missing_with(programs: &[&Program], manager: Option<usize>) -> Failure {
    let names: Vec<&str> = programs.iter().map(|program| program.name).collect();
    let failure = Failure::new(format!("missing: {}", names.join(", ")));
    let variables: Vec<&str> = programs.iter().map(|program| program.variable).collect();
    failure.next(match manager {
        Some(manager) => {
            let packages: Vec<&str> = programs.iter().map(|program| program.packages[manager]).collect();
            let line = MANAGERS[manager].1;
            match MANAGERS[manager].0 {
                // brew cannot install casks and formulae together, and winget installs one package at a time.
                "brew" | "winget" => {
                    let lines: Vec<String> = packages.iter().map(|package| format!("{line} {package}")).collect();
                    format!("Run: {}", lines.join(" && "))
                }
                _ => format!("Run: {line} {}", packages.join(" ")),
            }
        }
        None => format!("Put them on PATH, or set {}.", variables.join(", ")),
    })
}

/// The triple of the page's target.
pub const WASM: &str = "wasm32-unknown-unknown";

/// True if this repository's compiler can build for the browser.
pub fn has_wasm_target(root: &Path) -> bool {
    let found = process::answer_in(root, "rustc", &["--print", "target-libdir", "--target", WASM]);
    found.is_some_and(|found| Path::new(found.trim()).exists())
}

/// True if this repository's toolchain has rustfmt and clippy.
pub fn has_checkers(root: &Path) -> bool {
    ["fmt", "clippy"].iter().all(|checker| process::answer_in(root, "cargo", &[checker, "--version"]).is_some())
}

/// Adds a toolchain component; `rust-toolchain.toml` alone is not enough if rustup must not install automatically.
pub fn rustup(root: &Path, arguments: &[&str]) -> Outcome {
    let mut rustup = process::command("rustup");
    process::run(rustup.args(arguments).current_dir(root))
        .map_err(|failure| failure.next(format!("Run: rustup {}", arguments.join(" "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_missing_is_named_with_one_line_for_this_system() {
        let both = [&NPM, &FIREFOX];
        let line = |manager| missing_with(&both, manager).to_string();
        assert_eq!(line(Some(0)), "missing: npm, Firefox\n  Run: sudo apt-get install -y npm firefox-esr");
        assert_eq!(line(Some(1)), "missing: npm, Firefox\n  Run: sudo dnf install -y nodejs-npm firefox");
        assert_eq!(line(Some(2)), "missing: npm, Firefox\n  Run: brew install node && brew install --cask firefox");
        let winget = "winget install -e OpenJS.NodeJS.LTS && winget install -e Mozilla.Firefox";
        assert_eq!(line(Some(3)), format!("missing: npm, Firefox\n  Run: {winget}"));
        assert_eq!(line(None), "missing: npm, Firefox\n  Put them on PATH, or set AKW_NPM, AKW_FIREFOX.");
    }
}
