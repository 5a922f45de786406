//! The command line, parsed by `lexopt`: it has no dependencies, so a newcomer's first command needn't wait for a
//! larger parser to compile.

mod help;

use std::path::PathBuf;

use lexopt::prelude::*;
use lexopt::{Error, Parser};

use crate::failure::{Failure, Outcome};
use crate::fuzz;
use crate::tools::Framework;

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Runs the page and the practice portal, to try out.
    Demo(Demo),
    /// Builds the release page in `dist`, for a host.
    Build,
    /// Builds the release archive and the npm package in `target/package`.
    Package,
    /// Runs every check.
    Verify(Verify),
    /// Runs Esri's own clients against the practice portal.
    Clients,
    /// Tests documentation sites with the element: one framework's, or all.
    Sites(Option<Framework>),
    /// Takes screenshots of the page.
    Pictures {
        /// The engine, module or name of the tests that take them.
        tests: String,
    },
    /// Installs the missing tools of all other commands.
    Setup,
    /// Measures the figures of the README.
    Bench {
        /// How often to measure each load; the median is printed.
        runs: usize,
    },
    /// Fuzzes the parsers of untrusted input.
    Fuzz(fuzz::Options),
    /// Runs the mutation tests.
    Mutants(Mutants),
    /// Writes or prints the files for hosts, with the policy narrowed to these portals' origins.
    Headers {
        /// Origins such as `https://www.arcgis.com`; if empty, every https portal is allowed.
        portals: Vec<String>,
        /// The finished build to write them into; `None` prints them.
        into: Option<PathBuf>,
    },
    /// The hook that Trunk runs before a build.
    Prepare,
    /// The hook that Trunk runs after a build.
    Finish,
    /// The process that cleans up after a killed command; internal.
    Watch {
        /// The mark of the processes to kill.
        mark: String,
    },
    /// Prints a help text.
    Help(&'static str),
}

/// The options of `verify`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verify {
    /// How thorough the tests are.
    pub depth: Depth,
    /// Which checks run.
    pub part: Part,
}

/// How thorough the tests are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// For work in progress; takes three minutes.
    Quick,
    /// The same tests and histories in every run, within CI's time.
    Short,
    /// Every test in both engines with all its data, and millions of random histories.
    Long,
}

/// Which checks run; splits a long verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All checks.
    All,
    /// The checks that need no browser.
    Native,
    /// The checks of the page in a browser.
    Browsers,
}

/// The options of `demo`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demo {
    /// The page's port.
    pub port: u16,
    /// The practice portal's port.
    pub portal_port: u16,
    /// The port of the developer portal that embeds the page.
    pub docs_port: u16,
    /// Opens the page in the default browser.
    pub open: bool,
}

/// Which mutants `mutants` runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mutants {
    /// The three deliberate recovery bugs.
    Deliberate,
    /// All mutants that cargo-mutants generates, with these options for cargo-mutants.
    Every(Vec<String>),
}

/// Parses the arguments after the program name.
pub fn parse(arguments: &[String]) -> Outcome<Command> {
    let Some((name, rest)) = arguments.split_first() else { return Ok(Command::Help(help::HELP)) };
    if rest.iter().any(|argument| argument == "--help" || argument == "-h") {
        return Ok(Command::Help(help::of(name)));
    }
    let mut options = Parser::from_args(rest);
    let command = match name.as_str() {
        "demo" => demo(&mut options),
        "build" => Ok(Command::Build),
        "package" => Ok(Command::Package),
        "verify" => verify(&mut options),
        "clients" => Ok(Command::Clients),
        "sites" => sites(&mut options),
        "pictures" => pictures(&mut options),
        "setup" => Ok(Command::Setup),
        "bench" => bench(&mut options),
        "fuzz" => fuzz(&mut options),
        "mutants" => return Ok(Command::Mutants(mutants(rest))),
        "headers" => headers(&mut options),
        "prepare" => Ok(Command::Prepare),
        "finish" => Ok(Command::Finish),
        "watch" => options.value().and_then(|mark| Ok(Command::Watch { mark: mark.string()? })),
        "help" | "--help" | "-h" => return Ok(Command::Help(help::HELP)),
        other => return Err(Failure::new(format!("there is no command {other}")).next("cargo xtask help lists them.")),
    };
    let unknown = |error: Error| {
        Failure::new(format!("{name}: {error}")).next(format!("cargo xtask {name} --help lists the options."))
    };
    // Any arguments left over are unknown.
    let command = command.map_err(unknown)?;
    match options.next().map_err(unknown)? {
        None => Ok(command),
        Some(argument) => Err(unknown(argument.unexpected())),
    }
}

fn demo(options: &mut Parser) -> Result<Command, Error> {
    let mut demo = Demo { port: 8080, portal_port: 8081, docs_port: 8082, open: false };
    while let Some(option) = options.next()? {
        match option {
            Long("port") => demo.port = options.value()?.parse()?,
            Long("portal-port") => demo.portal_port = options.value()?.parse()?,
            Long("docs-port") => demo.docs_port = options.value()?.parse()?,
            Long("open") => demo.open = true,
            other => return Err(other.unexpected()),
        }
    }
    let ports = [demo.port, demo.portal_port, demo.docs_port];
    let same = |(place, port): (usize, &u16)| *port != 0 && ports[..place].contains(port);
    match ports.iter().enumerate().any(same) {
        true => Err("the page, the practice portal and the developer portal need different ports".into()),
        false => Ok(Command::Demo(demo)),
    }
}

fn verify(options: &mut Parser) -> Result<Command, Error> {
    let mut verify = Verify { depth: Depth::Short, part: Part::All };
    while let Some(option) = options.next()? {
        match option {
            Long("quick") => verify.depth = Depth::Quick,
            Long("long") => verify.depth = Depth::Long,
            Long("part") => verify.part = options.value()?.parse_with(part)?,
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Verify(verify))
}

fn part(name: &str) -> Result<Part, &'static str> {
    match name {
        "native" => Ok(Part::Native),
        "browsers" => Ok(Part::Browsers),
        _ => Err("not native or browsers"),
    }
}

fn pictures(options: &mut Parser) -> Result<Command, Error> {
    let mut tests = "pictures".to_owned();
    while let Some(option) = options.next()? {
        match option {
            Value(name) => tests = name.string()?,
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Pictures { tests })
}

fn sites(options: &mut Parser) -> Result<Command, Error> {
    let mut only = None;
    while let Some(option) = options.next()? {
        match option {
            Value(name) => only = Some(name.parse_with(framework)?),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Sites(only))
}

fn framework(name: &str) -> Result<Framework, &'static str> {
    let is_it = |framework: &Framework| framework.folder().ends_with(&format!("/{name}"));
    Framework::ALL.into_iter().find(is_it).ok_or("not vitepress, docusaurus, starlight or mkdocs")
}

fn bench(options: &mut Parser) -> Result<Command, Error> {
    let mut runs = 9;
    while let Some(option) = options.next()? {
        match option {
            Long("runs") => runs = options.value()?.parse()?,
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Bench { runs: usize::max(runs, 1) })
}

fn fuzz(options: &mut Parser) -> Result<Command, Error> {
    let mut fuzz = fuzz::Options::minute();
    while let Some(option) = options.next()? {
        match option {
            Long("seconds") => fuzz.seconds = options.value()?.parse()?,
            Long("target") => fuzz.targets.push(options.value()?.string()?),
            Long("keep") => fuzz.keep = true,
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Fuzz(fuzz))
}

fn headers(options: &mut Parser) -> Result<Command, Error> {
    let (mut portals, mut into) = (Vec::new(), None);
    while let Some(option) = options.next()? {
        match option {
            Long("into") => into = Some(PathBuf::from(options.value()?)),
            Long("portal") => portals.push(options.value()?.parse_with(origin)?),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Headers { portals, into })
}

fn mutants(options: &[String]) -> Mutants {
    match options {
        [only] if only == "--deliberate" => Mutants::Deliberate,
        options => Mutants::Every(options.to_vec()),
    }
}

/// Accepts an origin that is safe in a policy: without a path, and without characters that are syntax in a policy or
/// a header file.
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
