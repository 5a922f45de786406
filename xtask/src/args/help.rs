//! The `--help` text of each command.

pub(super) const HELP: &str = "\
The commands of ArcGIS Key Wizard:
  cargo demo            build the page, start it with a practice portal, print its address
  cargo verify          run every check and test; --quick and --long run fewer and more
  cargo xtask build     build the release page into dist/, for a host
  cargo xtask package   make the release archive and the npm package of the element
  cargo xtask setup     install the tools for the commands above
  cargo xtask bench     print the figures: bytes, load times, requests
  cargo xtask clients   run Esri's own clients against the practice portal
  cargo xtask sites     build documentation sites with the element and walk through them
  cargo xtask fuzz      fuzz the parsers of untrusted input
  cargo xtask pictures  take screenshots of every screen in each browser engine
  cargo xtask mutants   run mutation tests
  cargo xtask headers   print the header files for hosts

Each has its own --help.";

pub(super) const DEMO_HELP: &str = "\
cargo demo: builds the release page and starts it beside a practice portal, and a developer portal that embeds it,
each on a loopback port.
Installs missing tools on first use. Ctrl-C stops everything.

  --port N          the page's port (8080)
  --portal-port N   the practice portal's port (8081)
  --docs-port N     the developer portal's port (8082)
  --open            open the page in the browser
  --help            this text";

pub(super) const BUILD_HELP: &str = "\
cargo xtask build: builds the release page into dist/. The same as `trunk build --release` with the tools of
`cargo xtask setup` on PATH, which prints the line for that.";

pub(super) const PACKAGE_HELP: &str = "\
cargo xtask package: builds the page and puts two files into target/package:
  arcgis-key-wizard-<version>.zip   the page with its header files, the documents, SHA256SUMS and a bill of materials
                                    (sbom.cdx.json, CycloneDX); unpack it on a host
  arcgis-key-wizard-<version>.tgz   the npm package of the element";

pub(super) const SETUP_HELP: &str = "\
cargo xtask setup: installs the tools for build, demo and verify, and prints how to call Trunk by hand.";

pub(super) const VERIFY_HELP: &str = "\
cargo verify: formatting, lints on both targets, documentation, native tests, release build, byte budget,
browser tests in headless Chromium and Firefox, a walk in WebKit. Installs missing tools on first use. Prints the proof
tables after the native tests, and the number of tests at the end.

  --quick           formatting, lints, native tests without the exhaustive ones, and two dozen browser tests in
                    Chromium: about three minutes
  --long            1,000,000 steps of the model instead of 20,000, 100,000 random histories instead of 2,000, every
                    kind of fault in pairs and in triples, all at random (a failure is printed as its shortest
                    history), a second clean build, and every browser test in both engines with all its data
  --part native     only the checks without a browser, and the page; at most an hour with --long
  --part browsers   only the page and the browser tests; at most an hour with --long
  --help            this text";

pub(super) const SITES_HELP: &str = "\
cargo xtask sites: builds sites with the element in VitePress (once with the module in its head and once in its bundle, with
a check of the element's types), Docusaurus, Astro Starlight and MkDocs Material, and walks through each in Chromium to
a key. Installs the frameworks once, pinned by lock files, as tools of the tests: about 750 MB.
`cargo verify` does so with VitePress, `cargo verify --long` with all.

  NAME     only this one: vitepress, docusaurus, starlight or mkdocs
  --help   this text";

pub(super) const CLIENTS_HELP: &str = "\
cargo xtask clients: runs Esri's own clients, unchanged, against the practice portal: arcgis-rest-js in Node, arcgis for
Python behind TLS, and @arcgis/core in headless Chromium behind TLS. Installs them once, pinned by lock files, as tools
of the tests: about 700 MB. `cargo verify` runs the first one, `cargo verify --long` all.";

pub(super) const PICTURES_HELP: &str = "\
cargo xtask pictures: takes screenshots into target/pictures, wide and narrow, in light and dark, in Chromium and
Firefox.

  TEST     the engine, module or name of the tests to run (pictures); `session`, for example
  --help   this text";

pub(super) const BENCH_HELP: &str = "\
cargo xtask bench: prints bytes, load times in headless Chromium beside a page of Preact and one of React, and requests
from Create to the key.

  --runs N   loads per figure (9); medians are printed";

pub(super) const FUZZ_HELP: &str = "\
cargo xtask fuzz: fuzzes the parsers of untrusted input, guided by coverage. Resumes from the corpus in target/fuzz.
Needs a C++ compiler.

  --seconds N       total time for all targets (60); 3600 is an hour
  --target NAME     only this parser, a folder of fuzz/corpus; may be repeated
  --keep            add the inputs that reach new code to fuzz/corpus";

pub(super) const MUTANTS_HELP: &str = "\
cargo xtask mutants: runs mutation tests on the most critical code, in a copy, and prints the surviving mutants.
Takes hours. Other options go to cargo-mutants, to choose a part.

  --deliberate      only three recovery bugs: no read-back, blind retry, no compensation (minutes)
  --re PATTERN      only mutants with matching names, such as operation/decide/rollback
  --list            print the mutants without running them";

pub(super) const HEADERS_HELP: &str = "\
cargo xtask headers: prints the header files for hosts, or writes them into a finished build.

  --into DIR        the target build, such as dist
  --portal ORIGIN   allow requests to this portal alone, such as https://www.arcgis.com; may be repeated";

/// The help text of a command; the general help for an unknown name.
pub(super) fn of(command: &str) -> &'static str {
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
