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
    check("sites", Ok(Command::Sites { framework: None }));
    check("sites mkdocs", Ok(Command::Sites { framework: Some(Framework::MkDocs) }));
    check("sites press", Err("vitepress, docusaurus, starlight, mkdocs"));
}

#[test]
fn ports_are_read_with_a_space_or_an_equals_sign() {
    let demo = |port, portal_port, open| Demo { port, portal_port, docs_port: 8082, open };
    check("demo", Ok(Command::Demo(demo(8080, 8081, false))));
    check("demo --port 1 --portal-port=2 --open", Ok(Command::Demo(demo(1, 2, true))));
    check("demo --port 70000", Err("70000"));
    check("demo --port", Err("--port"));
    check("demo --port 1 --portal-port 1", Err("different ports"));
    check("demo --docs-port 8080", Err("different ports"));
    check("demo --prot 1", Err("--port"));
}

#[test]
fn a_verification_is_short_unless_the_long_one_is_asked_for() {
    let check_verify = |line: &str, depth, part| {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let Ok(Command::Verify(verify)) = parse(&arguments) else { panic!("{line}") };
        assert_eq!((verify.depth(), verify.part), (depth, part), "{line}");
    };
    check_verify("verify", Depth::Short, Part::All);
    check_verify("verify --quick", Depth::Quick, Part::All);
    check_verify("verify --long", Depth::Long, Part::All);
    check_verify("verify --long --part browsers", Depth::Long, Part::Browsers);
    check_verify("verify --part=native", Depth::Short, Part::Native);
    check("verify --quick --long", Err("--long"));
    check("verify --part page", Err("native, browsers"));
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
fn each_command_has_a_help_text_and_the_list_of_all_names_those_for_people() {
    Command::command().debug_assert();
    check("demo --help", Err("--portal-port"));
    check("verify --help", Err("--quick"));
    check("mutants --help", Err("--deliberate"));
    for line in ["", "help", "--help"] {
        check(line, Err("cargo xtask"));
    }
    let help = Command::command().render_help().to_string();
    assert!(help.contains("headers") && !help.contains("prepare"), "{help}");
    for command in Command::command().get_subcommands().filter(|command| !command.is_hide_set()) {
        assert!(command.get_about().is_some(), "{}", command.get_name());
    }
    check("dmeo", Err("demo"));
}

#[test]
fn fuzzing_takes_a_minute_by_default() {
    check("fuzz", Ok(Command::Fuzz(FuzzOptions::minute())));
    let targets = ["link", "recipe"].map(str::to_owned).to_vec();
    let options = FuzzOptions { seconds: 3600, targets, keep: true };
    check("fuzz --seconds 3600 --target link --target=recipe --keep", Ok(Command::Fuzz(options)));
    check("fuzz --seconds long", Err("long"));
}

#[test]
fn options_of_mutants_go_to_cargo_mutants() {
    check("mutants --deliberate", Ok(Command::Mutants(Mutants { deliberate: true, options: Vec::new() })));
    let options = vec!["--re".to_owned(), "undo".to_owned()];
    check("mutants --re undo", Ok(Command::Mutants(Mutants { deliberate: false, options })));
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
