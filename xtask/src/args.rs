//! The command line, read by `lexopt`: no dependencies of its own, so a newcomer's first command does not wait for a
//! larger parser to compile.

use std::path::PathBuf;

use lexopt::prelude::*;
use lexopt::{Error, Parser};

use crate::failure::{Failure, Outcome};
use crate::fuzz;
use crate::tools::Framework;

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// The page and the practice portal, for a person to try.
    Demo(Demo),
    /// The release page in `dist`, for a host.
    Build,
    /// The release archive and the npm package in `target/package`.
    Package,
    /// Every check there is.
    Verify(Verify),
    /// Esri's own clients against the practice portal.
    Clients,
    /// Documentation sites with the element: that of one framework, or all.
    Sites(Option<Framework>),
    /// Photographs of the page.
    Pictures {
        /// Engine, module or name of the tests that take them.
        tests: String,
    },
    /// The tools of all other commands, installed where they are missing.
    Setup,
    /// The figures of the README.
    Bench {
        /// How often each load is measured; the median is printed.
        runs: usize,
    },
    /// Inputs that break a reader of text from outside.
    Fuzz(fuzz::Options),
    /// Bugs put in on purpose, which tests must notice.
    Mutants(Mutants),
    /// The files for hosts, with the policy narrowed to these portals' origins.
    Headers {
        /// Origins such as `https://www.arcgis.com`; none allows every https portal.
        portals: Vec<String>,
        /// The finished build to write them into; without it they are printed.
        into: Option<PathBuf>,
    },
    /// The hook that Trunk calls before a build.
    Prepare,
    /// The hook that Trunk calls after a build.
    Finish,
    /// The process that cleans up after a killed command; not for people.
    Watch {
        /// The mark of what to end.
        mark: String,
    },
    /// A text to print.
    Help(&'static str),
}

/// The options of `verify`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verify {
    /// How far the tests go.
    pub depth: Depth,
    /// Which checks run.
    pub part: Part,
}

/// How far the tests go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Enough to go on working: three minutes.
    Quick,
    /// The same tests and histories at every run, in CI's time.
    Short,
    /// Every test in both engines with all its data, and millions of other histories.
    Long,
}

/// Which checks run, so that a long verification need not be one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    All,
    /// Those that need no browser.
    Native,
    /// Those of the page in a browser.
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
    /// Whether to open the page in the person's browser.
    pub open: bool,
}

/// Which bugs `mutants` puts in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mutants {
    /// The three of recovery, by name.
    Deliberate,
    /// All that cargo-mutants thinks of, with these options for it.
    Every(Vec<String>),
}

const HELP: &str = "\
The commands of ArcGIS Key Wizard:
  cargo demo            build the page, start it with a practice portal, print its address
  cargo verify          run every check and test; --quick and --long run fewer and more
  cargo xtask build     build the release page into dist/, for a host
  cargo xtask package   make the release archive and the npm package of the element
  cargo xtask setup     install what the commands above need, and nothing else
  cargo xtask bench     print the figures: bytes, load times, requests
  cargo xtask clients   run Esri's own clients against the practice portal
  cargo xtask sites     build documentation sites with the element and walk through them
  cargo xtask fuzz      look for inputs that break a reader of text from outside
  cargo xtask pictures  photograph every screen, in each engine
  cargo xtask mutants   put bugs in, and see that tests notice
  cargo xtask headers   print the header files for hosts

Each explains itself with --help.";

const DEMO_HELP: &str = "\
cargo demo: builds the release page and starts it beside a practice portal, and a developer portal that embeds it,
each on a loopback port.
Sets up what it needs by itself, once. Ctrl-C ends everything.

  --port N          the page's port (8080)
  --portal-port N   the practice portal's port (8081)
  --docs-port N     the developer portal's port (8082)
  --open            open the page in the browser
  --help            this text";

const BUILD_HELP: &str = "\
cargo xtask build: builds the release page into dist/. The same as `trunk build --release` with the tools of
`cargo xtask setup` on PATH, which prints the line for that.";

const PACKAGE_HELP: &str = "\
cargo xtask package: builds the page and puts two files into target/package:
  arcgis-key-wizard-<version>.zip   the page with its header files, the documents, SHA256SUMS and a bill of materials
                                    (sbom.cdx.json, CycloneDX); unpack it on a host
  arcgis-key-wizard-<version>.tgz   the npm package of the element";

const SETUP_HELP: &str = "\
cargo xtask setup: installs what build, demo and verify need, and prints how to call Trunk by hand.";

const VERIFY_HELP: &str = "\
cargo verify: formatting, lints on both targets, documentation, native tests, release build, byte budget,
browser tests in headless Chromium and Firefox, a walk in WebKit. Sets up what it needs by itself, once. After the
native tests come the tables of their proof; the last line counts the tests.

  --quick           formatting, lints, native tests without the exhaustive ones, and two dozen browser tests in
                    Chromium: about three minutes
  --long            1,000,000 steps of the model instead of 20,000, 100,000 random histories instead of 2,000, every
                    kind of fault in pairs and in threes, all by chance (what fails is printed as its shortest
                    history), a second build from nothing, and every browser test in both engines with all its data
  --part native     only what needs no browser, and the page; with --long an hour or less
  --part browsers   only the page and the browser tests; with --long an hour or less
  --help            this text";

const SITES_HELP: &str = "\
cargo xtask sites: builds sites with the element in VitePress (once with the module in its head and once in its bundle, with
a check of the element's types), Docusaurus, Astro Starlight and MkDocs Material, and walks through each in Chromium to
a key. Installs the frameworks once, pinned by lock files, as tools of the tests: about 750 MB.
`cargo verify` does so with VitePress, `cargo verify --long` with all.

  NAME     only this one: vitepress, docusaurus, starlight or mkdocs
  --help   this text";

const CLIENTS_HELP: &str = "\
cargo xtask clients: runs Esri's own clients, unchanged, against the practice portal: arcgis-rest-js in Node, arcgis for
Python behind TLS, and @arcgis/core in headless Chromium behind TLS. Installs them once, pinned by lock files, as tools
of the tests: about 700 MB. `cargo verify` runs the first one, `cargo verify --long` all.";

const PICTURES_HELP: &str = "\
cargo xtask pictures: photographs screens into target/pictures, wide and narrow, in light and dark, in Chromium and
Firefox.

  TEST     the engine, module or name of the tests that come through the screens (pictures); `session`, for example
  --help   this text";

const BENCH_HELP: &str = "\
cargo xtask bench: prints bytes, load times in headless Chromium beside a page of Preact and one of React, and requests
from Create to the key.

  --runs N   loads per figure (9); medians are printed";

const FUZZ_HELP: &str = "\
cargo xtask fuzz: looks for texts from outside that a reader of the page gets wrong, guided by the code that they reach.
Goes on from what it found before, in target/fuzz. Needs a C++ compiler.

  --seconds N       how long all targets take together (60); 3600 is an hour
  --target NAME     only this reader, a folder of fuzz/corpus; may be repeated
  --keep            add the texts that reach new code to fuzz/corpus";

const MUTANTS_HELP: &str = "\
cargo xtask mutants: changes one thing at a time in a copy of the code whose mistakes cost most, and runs its tests.
Prints what they did not notice. Takes hours; a part is chosen by options, which go to cargo-mutants.

  --deliberate      only three bugs of recovery: no read-back, blind resending, no compensation (minutes)
  --re PATTERN      only mutants so named, such as operation/decide/rollback
  --list            print the mutants and try none";

const HEADERS_HELP: &str = "\
cargo xtask headers: prints the header files for hosts, or writes them into a finished build.

  --into DIR        the build to write them into, such as dist
  --portal ORIGIN   allow requests to this portal alone, such as https://www.arcgis.com; may be repeated";

/// Reads the arguments after the program's name.
pub fn parse(arguments: &[String]) -> Outcome<Command> {
    let Some((name, rest)) = arguments.split_first() else { return Ok(Command::Help(HELP)) };
    if rest.iter().any(|argument| argument == "--help" || argument == "-h") {
        return Ok(Command::Help(help(name)));
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
        "help" | "--help" | "-h" => return Ok(Command::Help(HELP)),
        other => return Err(Failure::new(format!("there is no command {other}")).next("cargo xtask help lists them.")),
    };
    let unknown = |error: Error| {
        Failure::new(format!("{name}: {error}")).next(format!("cargo xtask {name} --help lists the options."))
    };
    // What the command has not read is not for it.
    let command = command.map_err(unknown)?;
    match options.next().map_err(unknown)? {
        None => Ok(command),
        Some(argument) => Err(unknown(argument.unexpected())),
    }
}

fn help(command: &str) -> &'static str {
    match command {
        "demo" => DEMO_HELP,
        "build" => BUILD_HELP,
        "package" => PACKAGE_HELP,
        "verify" => VERIFY_HELP,
        "clients" => CLIENTS_HELP,
        "sites" => SITES_HELP,
        "pictures" => PICTURES_HELP,
        "setup" => SETUP_HELP,
        "bench" => BENCH_HELP,
        "fuzz" => FUZZ_HELP,
        "mutants" => MUTANTS_HELP,
        "headers" => HEADERS_HELP,
        _ => HELP,
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
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Result<Command, &str>) {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        match (parse(&arguments), expected) {
            (Ok(command), Ok(expected)) => assert_eq!(command, expected),
            (Err(failure), Err(expected)) => {
                assert!(failure.to_string().contains(expected), "{failure}")
            }
            (got, expected) => panic!("{got:?} is not {expected:?}"),
        }
    }

    #[test]
    fn sites_are_all_or_one_by_the_name_of_its_folder() {
        check("sites", Ok(Command::Sites(None)));
        check("sites mkdocs", Ok(Command::Sites(Some(Framework::MkDocs))));
        check("sites press", Err("not vitepress"));
    }

    #[test]
    fn ports_are_read_with_a_space_or_an_equals_sign() {
        let demo = |port, portal_port, open| Demo { port, portal_port, docs_port: 8082, open };
        check("demo", Ok(Command::Demo(demo(8080, 8081, false))));
        check("demo --port 1 --portal-port=2 --open", Ok(Command::Demo(demo(1, 2, true))));
        check("demo --port 70000", Err("\"70000\""));
        check("demo --port", Err("--port"));
        check("demo --port 1 --portal-port 1", Err("different ports"));
        check("demo --docs-port 8080", Err("different ports"));
        check("demo --prot 1", Err("cargo xtask demo --help"));
    }

    #[test]
    fn a_verification_is_short_unless_the_long_one_is_asked_for() {
        let verify = |depth, part| Ok(Command::Verify(Verify { depth, part }));
        check("verify", verify(Depth::Short, Part::All));
        check("verify --quick", verify(Depth::Quick, Part::All));
        check("verify --long", verify(Depth::Long, Part::All));
        check("verify --long --part browsers", verify(Depth::Long, Part::Browsers));
        check("verify --part=native", verify(Depth::Short, Part::Native));
        check("verify --part page", Err("not native or browsers"));
        check("verify --lang", Err("--lang"));
        check("build --fast", Err("--fast"));
    }

    #[test]
    fn pictures_are_of_every_screen_or_of_those_of_a_test() {
        check("pictures", Ok(Command::Pictures { tests: "pictures".to_owned() }));
        check("pictures firefox::session", Ok(Command::Pictures { tests: "firefox::session".to_owned() }));
        check("pictures --all", Err("--all"));
    }

    #[test]
    fn help_wins_over_everything_else_on_the_line() {
        check("demo --port --help", Ok(Command::Help(DEMO_HELP)));
        check("verify --help", Ok(Command::Help(VERIFY_HELP)));
        check("", Ok(Command::Help(HELP)));
        check("dmeo", Err("cargo xtask help"));
    }

    #[test]
    fn fuzzing_takes_a_minute_unless_told_otherwise() {
        check("fuzz", Ok(Command::Fuzz(fuzz::Options::minute())));
        let targets = ["link", "recipe"].map(str::to_owned).to_vec();
        let options = fuzz::Options { seconds: 3600, targets, keep: true };
        check("fuzz --seconds 3600 --target link --target=recipe --keep", Ok(Command::Fuzz(options)));
        check("fuzz --seconds long", Err("\"long\""));
    }

    #[test]
    fn options_of_mutants_go_to_cargo_mutants() {
        check("mutants --deliberate", Ok(Command::Mutants(Mutants::Deliberate)));
        let rest = vec!["--re".to_owned(), "undo".to_owned()];
        check("mutants --re undo", Ok(Command::Mutants(Mutants::Every(rest))));
        check("mutants --help", Ok(Command::Help(MUTANTS_HELP)));
    }

    #[test]
    fn a_portal_for_the_policy_is_an_origin_and_nothing_more() {
        let portals = vec!["https://www.arcgis.com".to_owned()];
        check("headers --portal https://www.arcgis.com", Ok(Command::Headers { portals, into: None }));
        let into = Some(PathBuf::from("dist"));
        check("headers --into dist", Ok(Command::Headers { portals: Vec::new(), into }));
        check("headers --portal https://a.example/portal", Err("not an origin"));
        check("headers --portal https://a.example;script-src", Err("not an origin"));
    }
}
