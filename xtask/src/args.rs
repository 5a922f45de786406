//! The command line. What a command says of itself with `--help` are the comments here.

use std::path::PathBuf;

use clap::error::{Error, ErrorKind};
use clap::{Args, CommandFactory, Parser, ValueEnum};

use crate::fuzz::FuzzOptions;
use crate::tools::Framework;

/// The commands of ArcGIS Key Wizard
#[derive(Debug, Clone, PartialEq, Eq, Parser)]
#[command(bin_name = "cargo xtask", verbatim_doc_comment)]
pub enum Command {
    /// Build the page, start it with a practice portal, print its address
    ///
    /// Builds the release page and starts it beside a practice portal, and a developer portal that embeds it, each on
    /// a loopback port. Installs missing tools on first use. Ctrl-C stops everything. In short: cargo demo
    #[command(verbatim_doc_comment)]
    Demo(Demo),
    /// Run every check and test
    ///
    /// Formatting, lints on both targets, documentation, native tests, release build, byte budget, browser tests in
    /// headless Chromium and Firefox, a walk in WebKit. Installs missing tools on first use. Prints the proof tables
    /// after the native tests, and the number of tests at the end. In short: cargo verify
    #[command(verbatim_doc_comment)]
    Verify(Verify),
    /// Build the release page into dist/, for a host
    ///
    /// The same as `trunk build --release` with the tools of `cargo xtask setup` on PATH, which prints the line for
    /// that.
    #[command(verbatim_doc_comment)]
    Build,
    /// Make the release archive and the npm package of the element
    ///
    /// Builds the page and puts two files into target/package:
    ///   arcgis-key-wizard-VERSION.zip   the page with its header files, the documents, SHA256SUMS and a bill of
    ///                                   materials (sbom.cdx.json, CycloneDX); unpack it on a host
    ///   arcgis-key-wizard-VERSION.tgz   the npm package of the element
    #[command(verbatim_doc_comment)]
    Package,
    /// Install the tools for build, demo and verify
    ///
    /// Prints how to call Trunk by hand.
    #[command(verbatim_doc_comment)]
    Setup,
    /// Print the figures: bytes, load times, requests
    ///
    /// Load times are measured in headless Chromium beside a page of Preact and one of React, and requests are counted
    /// from Create to the key.
    #[command(verbatim_doc_comment)]
    Bench {
        /// Loads per figure; medians are printed
        #[arg(long, default_value_t = 9, value_parser = clap::value_parser!(u16).range(1..))]
        runs: u16,
    },
    /// Run Esri's own clients against the practice portal
    ///
    /// Unchanged: arcgis-rest-js in Node, arcgis for Python behind TLS, and @arcgis/core in headless Chromium behind
    /// TLS. Installs them once, pinned by lock files, as tools of the tests: about 700 MB. `cargo verify` runs the
    /// first one, `cargo verify --long` all.
    #[command(verbatim_doc_comment)]
    Clients,
    /// Build documentation sites with the element and walk through them
    ///
    /// Builds sites in VitePress (once with the module in its head and once in its bundle, with a check of the
    /// element's types), Docusaurus, Astro Starlight and MkDocs Material, and walks through each in Chromium to a key.
    /// Installs the frameworks once, pinned by lock files, as tools of the tests: about 750 MB.
    /// `cargo verify` does so with VitePress, `cargo verify --long` with all.
    #[command(verbatim_doc_comment)]
    Sites {
        /// Only this one
        framework: Option<Framework>,
    },
    /// Fuzz the parsers of untrusted input
    ///
    /// Guided by coverage. Resumes from the corpus in target/fuzz. Needs a C++ compiler.
    #[command(verbatim_doc_comment)]
    Fuzz(FuzzOptions),
    /// Take screenshots of every screen in each browser engine
    ///
    /// Into target/pictures, wide and narrow, in light and dark, in Chromium and Firefox.
    #[command(verbatim_doc_comment)]
    Pictures {
        /// The engine, module or name of the tests to run, such as `session`
        #[arg(default_value = "pictures")]
        tests: String,
    },
    /// Run mutation tests
    ///
    /// Changes the most critical code in a copy, and prints the surviving mutants. Takes hours.
    #[command(verbatim_doc_comment)]
    Mutants(Mutants),
    /// Print the header files for hosts
    ///
    /// Or write them into a finished build.
    #[command(verbatim_doc_comment)]
    Headers {
        /// Allow requests to this portal alone, such as `https://www.arcgis.com`; may be repeated
        #[arg(long = "portal", value_name = "ORIGIN", value_parser = origin)]
        portals: Vec<String>,
        /// The target build, such as dist
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
    },
    /// The hook that Trunk calls before a build
    #[command(hide = true)]
    Prepare,
    /// The hook that Trunk calls after a build
    #[command(hide = true)]
    Finish,
    /// The process that cleans up after a killed command; not for people
    #[command(hide = true)]
    Watch {
        /// The mark of what to end
        mark: String,
    },
}

/// The options of `verify`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Args)]
pub struct Verify {
    /// Formatting, lints, native tests without the exhaustive ones, and two dozen browser tests in Chromium: about
    /// three minutes
    #[arg(long, verbatim_doc_comment)]
    quick: bool,
    /// 1,000,000 steps of the model instead of 20,000, 100,000 random histories instead of 2,000, every kind of fault
    /// in pairs and in triples, all at random (a failure is printed as its shortest history), a second clean build,
    /// and every browser test in both engines with all its data
    #[arg(long, conflicts_with = "quick", verbatim_doc_comment)]
    long: bool,
    /// Which checks run, so that a long verification can be split; each takes at most an hour with --long
    #[arg(long, value_enum, default_value_t = Part::All)]
    pub part: Part,
}

impl Verify {
    /// The depth of the tests.
    pub fn depth(self) -> Depth {
        match (self.quick, self.long) {
            (true, _) => Depth::Quick,
            (false, true) => Depth::Long,
            (false, false) => Depth::Short,
        }
    }
}

/// The depth of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// For work in progress: three minutes.
    Quick,
    /// The same tests and histories at every run, in CI's time.
    Short,
    /// Every test in both engines with all its data, and millions of other histories.
    Long,
}

/// Which checks run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// All of them
    All,
    /// Those without a browser, and the page
    Native,
    /// The page and the browser tests
    Browsers,
}

/// The options of `demo`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Demo {
    /// The page's port
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// The practice portal's port
    #[arg(long, default_value_t = 8081)]
    pub portal_port: u16,
    /// The developer portal's port
    #[arg(long, default_value_t = 8082)]
    pub docs_port: u16,
    /// Open the page in the browser
    #[arg(long)]
    pub open: bool,
}

impl Demo {
    /// Whether two servers have one port; 0 is any free one.
    fn has_port_twice(&self) -> bool {
        let ports = [self.port, self.portal_port, self.docs_port];
        ports.iter().enumerate().any(|(place, port)| *port != 0 && ports[..place].contains(port))
    }
}

/// Which mutants `mutants` runs.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Mutants {
    /// Only three recovery bugs: no read-back, blind retry, no compensation (minutes)
    #[arg(long)]
    pub deliberate: bool,
    /// Options for cargo-mutants, to choose a part: `--re operation/decide/rollback`, or `--list`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, conflicts_with = "deliberate")]
    pub options: Vec<String>,
}

/// Reads the arguments after the program's name. The error may be a help text, and knows its exit code.
pub fn parse(arguments: &[String]) -> Result<Command, Error> {
    let program = "xtask".to_owned();
    let command = Command::try_parse_from([&program].into_iter().chain(arguments))?;
    match &command {
        Command::Demo(demo) if demo.has_port_twice() => {
            let problem = "the page, the practice portal and the developer portal need different ports";
            Err(Command::command().error(ErrorKind::ValueValidation, problem))
        }
        _ => Ok(command),
    }
}

/// An origin that a policy may name: no path, and nothing that a policy or a header file would read as its own.
fn origin(text: &str) -> Result<String, &'static str> {
    let host = text.strip_prefix("https://").or(text.strip_prefix("http://")).unwrap_or_default();
    let plain = |character: char| character.is_ascii_alphanumeric() || "-.:".contains(character);
    match !host.is_empty() && host.chars().all(plain) {
        true => Ok(text.to_owned()),
        false => Err("not an origin such as https://www.arcgis.com"),
    }
}

#[cfg(test)]
mod tests;
