//! Calls esbuild: each script and each style sheet becomes one small file.

use std::path::{Path, PathBuf};

use crate::failure::Outcome;
use crate::process;

/// Where esbuild is.
pub struct Esbuild {
    /// The `node` program.
    pub node: PathBuf,
    /// The script of the npm package `esbuild`, which starts the program for this system.
    pub script: PathBuf,
}

impl Esbuild {
    /// Makes one file.
    pub fn run(&self, bundle: &Bundle) -> Outcome {
        let mut command = process::command(&self.node);
        command.arg(&self.script).args(&bundle.arguments);
        if let Some(packages) = &bundle.packages {
            command.env("NODE_PATH", packages);
        }
        process::run(&mut command)
    }
}

/// One entry file, and the one file that is made of it.
pub struct Bundle {
    arguments: Vec<String>,
    packages: Option<PathBuf>,
}

impl Bundle {
    fn new(root: &Path, entry: &str, out: &Path, more: &[&str]) -> Self {
        let mut arguments = vec![root.join(entry).display().to_string(), format!("--outfile={}", out.display())];
        // An import that cannot be resolved is an error, so what comes out depends on no other file.
        arguments.extend(["--bundle", "--charset=utf8", "--log-level=warning"].map(str::to_owned));
        arguments.extend(more.iter().map(|&argument| argument.to_owned()));
        Self { arguments, packages: None }
    }

    /// A module, minified, in the JavaScript of the browsers that know WebAssembly's external references.
    pub fn script(root: &Path, entry: &str, out: PathBuf) -> Self {
        Self::new(root, entry, &out, &["--format=esm", "--minify", "--target=es2022"])
    }

    /// The same for a script that the page waits for, which a module cannot be.
    pub fn classic(root: &Path, entry: &str, out: PathBuf) -> Self {
        Self::new(root, entry, &out, &["--format=iife", "--minify", "--target=es2022"])
            // Only for who loads the WebAssembly from beside the glue.
            .define("import.meta.url", "undefined")
    }

    /// A style sheet, minified.
    pub fn sheet(root: &Path, entry: &str, out: PathBuf) -> Self {
        Self::new(root, entry, &out, &["--minify"])
    }

    /// A module that exports the function `name`: it runs the module `entry` anew at each call and returns what that
    /// exports. Its argument hides the global of the name `parameter`.
    pub fn function(root: &Path, entry: &str, out: PathBuf, name: &str, parameter: &str) -> Self {
        let (head, foot) = (format!("--banner:js=export function {name}({parameter}) {{"), "return exports; }");
        let foot = format!("--footer:js={foot}");
        Self::new(root, entry, &out, &["--format=iife", "--global-name=exports", &head, &foot])
            // Only for who loads the WebAssembly from beside the glue.
            .define("import.meta.url", "undefined")
    }

    /// Says which file an import is.
    pub fn alias(self, import: &str, file: &Path) -> Self {
        self.with(format!("--alias:{import}={}", file.display()))
    }

    /// Says what an expression is, as JavaScript.
    pub fn define(self, expression: &str, value: &str) -> Self {
        self.with(format!("--define:{expression}={value}"))
    }

    /// Says where npm's packages are: a `node_modules`.
    pub fn packages(mut self, folder: PathBuf) -> Self {
        self.packages = Some(folder);
        self
    }

    /// Adds an option of esbuild's.
    pub fn with(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }
}
