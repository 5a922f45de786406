//! Calls esbuild, which bundles and minifies each script and each style sheet into one file.

use std::path::{Path, PathBuf};

use crate::failure::Outcome;
use crate::process;

/// The installed esbuild.
pub struct Esbuild {
    /// The `node` program.
    pub node: PathBuf,
    /// The script of the npm package `esbuild`, which starts the binary for this system.
    pub script: PathBuf,
}

impl Esbuild {
    /// Builds a bundle.
    pub fn run(&self, bundle: &Bundle) -> Outcome {
        let mut command = process::command(&self.node);
        command.arg(&self.script).args(&bundle.arguments);
        if let Some(packages) = &bundle.packages {
            command.env("NODE_PATH", packages);
        }
        process::run(&mut command)
    }
}

/// An entry file and its output file.
pub struct Bundle {
    arguments: Vec<String>,
    packages: Option<PathBuf>,
}

impl Bundle {
    fn new(root: &Path, entry: &str, out: &Path, more: &[&str]) -> Self {
        let mut arguments = vec![root.join(entry).display().to_string(), format!("--outfile={}", out.display())];
        // An import that cannot be resolved is an error, so the output depends on no other file.
        arguments.extend(["--bundle", "--charset=utf8", "--log-level=warning"].map(str::to_owned));
        arguments.extend(more.iter().map(|&argument| argument.to_owned()));
        Self { arguments, packages: None }
    }

    /// A module, minified, for browsers that support WebAssembly reference types (`externref`).
    pub fn script(root: &Path, entry: &str, out: PathBuf) -> Self {
        Self::new(root, entry, &out, &["--format=esm", "--minify", "--target=es2022"])
    }

    /// The same for a render-blocking script, which cannot be a module.
    pub fn classic(root: &Path, entry: &str, out: PathBuf) -> Self {
        Self::new(root, entry, &out, &["--format=iife", "--minify", "--target=es2022"])
            // Needed only to load the WebAssembly from beside the glue.
            .define("import.meta.url", "undefined")
    }

    /// A style sheet, minified.
    pub fn sheet(root: &Path, entry: &str, out: PathBuf) -> Self {
        Self::new(root, entry, &out, &["--minify"])
    }

    /// A module that exports the function `name`: each call runs the module `entry` anew and returns its exports. The
    /// argument shadows the global named `parameter`.
    pub fn function(root: &Path, entry: &str, out: PathBuf, name: &str, parameter: &str) -> Self {
        let (head, foot) = (format!("--banner:js=export function {name}({parameter}) {{"), "return exports; }");
        let foot = format!("--footer:js={foot}");
        Self::new(root, entry, &out, &["--format=iife", "--global-name=exports", &head, &foot])
            // Needed only to load the WebAssembly from beside the glue.
            .define("import.meta.url", "undefined")
    }

    /// Resolves an import to a file.
    pub fn alias(self, import: &str, file: &Path) -> Self {
        self.with(format!("--alias:{import}={}", file.display()))
    }

    /// Replaces an expression by a JavaScript value.
    pub fn define(self, expression: &str, value: &str) -> Self {
        self.with(format!("--define:{expression}={value}"))
    }

    /// Sets the `node_modules` folder.
    pub fn packages(mut self, folder: PathBuf) -> Self {
        self.packages = Some(folder);
        self
    }

    /// Adds an esbuild option.
    pub fn with(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }
}
