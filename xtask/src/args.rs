//! The command line. Small enough to be read by hand: a parser crate would be built on every newcomer's first run.

use std::path::PathBuf;

use crate::failure::{Failure, Outcome};

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// The page and the practice portal, for a person to try.
    Demo(Demo),
    /// The release page in `dist`, for a host.
    Build,
    /// Every check there is.
    Verify(Depth),
    /// The tools of all other commands, installed where they are missing.
    Setup,
    /// The figures of the README.
    Bench {
        /// How often each load is measured; the median is printed.
        runs: usize,
    },
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
    Style,
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

/// How far the native tests go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The same histories at every run, in CI's time.
    Short,
    /// Millions of other ones.
    Long,
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
  cargo verify          run every check and test; --long tries far more histories
  cargo xtask build     build the release page into dist/, for a host
  cargo xtask setup     install what the commands above need, and nothing else
  cargo xtask bench     print the figures: bytes, load times, requests
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

const VERIFY_HELP: &str = "\
cargo verify: formatting, lints on both targets, documentation, native tests, release build, byte budget,
browser tests in headless Chromium and Firefox. Sets up what it needs by itself, once. After the native tests
come the tables of their proof; the last line counts the tests.

  --long   1,000,000 steps of the model instead of 20,000, 100,000 random histories instead of 2,000, and every kind
           of fault in pairs and in threes, all by chance: what fails is printed as its shortest history
  --help   this text";

const BENCH_HELP: &str = "\
cargo xtask bench: prints bytes, load times in headless Chromium, and requests from Create to the key.

  --runs N   loads per figure (9); medians are printed";

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
    let (command, options) = match arguments.split_first() {
        None => return Ok(Command::Help(HELP)),
        Some((command, options)) => (command.as_str(), options),
    };
    let wants_help = options.iter().any(|option| option == "--help" || option == "-h");
    match command {
        "demo" if wants_help => Ok(Command::Help(DEMO_HELP)),
        "demo" => demo(options),
        "build" => no_options("build", options).map(|()| Command::Build),
        "verify" if wants_help => Ok(Command::Help(VERIFY_HELP)),
        "verify" => verify(options),
        "setup" => no_options("setup", options).map(|()| Command::Setup),
        "bench" if wants_help => Ok(Command::Help(BENCH_HELP)),
        "bench" => bench(options),
        "mutants" if wants_help => Ok(Command::Help(MUTANTS_HELP)),
        "mutants" => Ok(Command::Mutants(match options {
            [only] if only == "--deliberate" => Mutants::Deliberate,
            options => Mutants::Every(options.to_vec()),
        })),
        "headers" if wants_help => Ok(Command::Help(HEADERS_HELP)),
        "headers" => headers(options),
        "style" => no_options("style", options).map(|()| Command::Style),
        "finish" => no_options("finish", options).map(|()| Command::Finish),
        "watch" => match options {
            [mark] => Ok(Command::Watch { mark: mark.clone() }),
            _ => Err(Failure::new("watch is started by the other commands")),
        },
        "help" | "--help" | "-h" => Ok(Command::Help(HELP)),
        other => Err(Failure::new(format!("there is no command {other}")).next("cargo xtask help lists them.")),
    }
}

fn verify(options: &[String]) -> Outcome<Command> {
    let mut depth = Depth::Short;
    let mut rest = Options { command: "verify", rest: options };
    while let Some((name, _)) = rest.next() {
        match name {
            "--long" => depth = Depth::Long,
            _ => return Err(rest.unknown(name)),
        }
    }
    Ok(Command::Verify(depth))
}

fn demo(options: &[String]) -> Outcome<Command> {
    let mut demo = Demo { port: 8080, portal_port: 8081, docs_port: 8082, open: false };
    let mut rest = Options { command: "demo", rest: options };
    while let Some((name, value)) = rest.next() {
        match name {
            "--port" => demo.port = rest.number(name, value)?,
            "--portal-port" => demo.portal_port = rest.number(name, value)?,
            "--docs-port" => demo.docs_port = rest.number(name, value)?,
            "--open" => demo.open = true,
            _ => return Err(rest.unknown(name)),
        }
    }
    let ports = [demo.port, demo.portal_port, demo.docs_port];
    let same = |(place, port): (usize, &u16)| *port != 0 && ports[..place].contains(port);
    if ports.iter().enumerate().any(same) {
        return Err(Failure::new("the page, the practice portal and the developer portal need different ports"));
    }
    Ok(Command::Demo(demo))
}

fn bench(options: &[String]) -> Outcome<Command> {
    let mut runs = 9;
    let mut rest = Options { command: "bench", rest: options };
    while let Some((name, value)) = rest.next() {
        match name {
            "--runs" => runs = rest.number(name, value)?,
            _ => return Err(rest.unknown(name)),
        }
    }
    Ok(Command::Bench { runs: usize::max(runs, 1) })
}

fn headers(options: &[String]) -> Outcome<Command> {
    let (mut portals, mut into) = (Vec::new(), None);
    let mut rest = Options { command: "headers", rest: options };
    while let Some((name, value)) = rest.next() {
        match name {
            "--into" => into = Some(PathBuf::from(rest.text(name, value)?)),
            "--portal" => portals.push(origin(&rest.text(name, value)?)?),
            _ => return Err(rest.unknown(name)),
        }
    }
    Ok(Command::Headers { portals, into })
}

/// An origin that may stand in a policy: no path, and nothing that a policy or a header file would read as its own.
fn origin(text: &str) -> Outcome<String> {
    let host = text.strip_prefix("https://").or(text.strip_prefix("http://")).unwrap_or_default();
    let plain = |character: char| character.is_ascii_alphanumeric() || "-.:".contains(character);
    if host.is_empty() || !host.chars().all(plain) {
        return Err(Failure::new(format!("{text} is not an origin")).next("Write it like https://www.arcgis.com"));
    }
    Ok(text.to_owned())
}

fn no_options(command: &'static str, options: &[String]) -> Outcome {
    match options.first() {
        None => Ok(()),
        Some(name) => Err(Options { command, rest: options }.unknown(name)),
    }
}

/// The options not read yet: `--name value` or `--name=value`.
struct Options<'a> {
    command: &'static str,
    rest: &'a [String],
}

impl<'a> Options<'a> {
    fn next(&mut self) -> Option<(&'a str, Option<&'a str>)> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(match first.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (first, None),
        })
    }

    fn text(&mut self, name: &str, value: Option<&str>) -> Outcome<String> {
        if let Some(value) = value {
            return Ok(value.to_owned());
        }
        let missing = || Failure::new(format!("{name} needs a value"));
        let (value, rest) = self.rest.split_first().ok_or_else(missing)?;
        self.rest = rest;
        Ok(value.clone())
    }

    fn number<N: std::str::FromStr>(&mut self, name: &str, value: Option<&str>) -> Outcome<N> {
        let text = self.text(name, value)?;
        text.parse().map_err(|_| Failure::new(format!("{name} needs a number in its range, not {text}")))
    }

    fn unknown(&self, name: &str) -> Failure {
        let next = format!("cargo {} --help lists the options.", self.command);
        Failure::new(format!("{} has no option {name}", self.command)).next(next)
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
    fn ports_are_read_with_a_space_or_an_equals_sign() {
        let demo = |port, portal_port, open| Demo { port, portal_port, docs_port: 8082, open };
        check("demo", Ok(Command::Demo(demo(8080, 8081, false))));
        check("demo --port 1 --portal-port=2 --open", Ok(Command::Demo(demo(1, 2, true))));
        check("demo --port 70000", Err("--port needs a number"));
        check("demo --port", Err("--port needs a value"));
        check("demo --port 1 --portal-port 1", Err("different ports"));
        check("demo --docs-port 8080", Err("different ports"));
        check("demo --prot 1", Err("cargo demo --help"));
    }

    #[test]
    fn a_verification_is_short_unless_told_otherwise() {
        check("verify", Ok(Command::Verify(Depth::Short)));
        check("verify --long", Ok(Command::Verify(Depth::Long)));
        check("verify --lang", Err("cargo verify --help"));
    }

    #[test]
    fn help_wins_over_everything_else_on_the_line() {
        check("demo --port --help", Ok(Command::Help(DEMO_HELP)));
        check("verify --help", Ok(Command::Help(VERIFY_HELP)));
        check("", Ok(Command::Help(HELP)));
        check("dmeo", Err("cargo xtask help"));
    }

    #[test]
    fn what_mutants_does_not_know_is_for_cargo_mutants() {
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
