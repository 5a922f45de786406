//! The commands that the page gives, run by the programs they are for, against the practice portal.

use std::env;
use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use key_wizard_core::by_hand::requests::requests;
use key_wizard_core::by_hand::script::{Language, check_key, script};
use key_wizard_core::credential::draft::KeyChoice;
use key_wizard_core::portal::base_url::PortalRoot;
use key_wizard_core::portal::id::Username;
use key_wizard_core::timestamp::Timestamp;
use practice_portal::Portal;
use practice_portal::serve::{self, Running};
use serde_json::{Value, json};

use crate::wish::draft;
use crate::world::NOW_MS;

/// The `PATH` of bash, with the folders of the named tools first.
fn path() -> Option<OsString> {
    let named = ["AKW_CURL", "AKW_JQ"].into_iter().filter_map(env::var_os).map(PathBuf::from);
    let folders = named.filter_map(|tool| Some(tool.parent()?.to_owned())).filter(|folder| folder.is_absolute());
    env::join_paths(folders.chain(env::split_paths(&env::var_os("PATH")?))).ok()
}

/// What bash prints for a command, with a token of the person's and with this typed.
async fn bash(command: String, token: String, typed: String) -> String {
    let run = move || {
        let mut bash = Command::new(env::var_os("AKW_BASH").unwrap_or_else(|| "bash".into()));
        if let Some(path) = path() {
            bash.env("PATH", path);
        }
        // A proxy of this computer is not between the two.
        bash.args(["-c", &command]).env("ARCGIS_TOKEN", token).env("no_proxy", "*");
        let mut bash = bash.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("bash, a tool of these tests");
        bash.stdin.take().expect("it is piped").write_all(typed.as_bytes()).expect("bash reads it");
        let output = bash.wait_with_output().expect("bash ends");
        assert!(output.status.success(), "{command}\n{output:?}");
        String::from_utf8(output.stdout).expect("text")
    };
    tokio::task::spawn_blocking(run).await.expect("no panic")
}

/// What the command that checks a key prints.
async fn checked(running: &Running, key: &str, referrers: &[String]) -> Value {
    let root = PortalRoot::parse(&running.url).expect("loopback may speak plain http");
    let printed = bash(check_key(&root, referrers), String::new(), format!("{key}\n")).await;
    serde_json::from_str(printed.strip_prefix("API key: ").expect("it asks")).expect("JSON")
}

#[tokio::test]
async fn the_script_for_curl_makes_the_key_and_the_command_beside_it_describes_it() {
    let running = serve::start(Portal::demo(NOW_MS), 0).await.expect("a port is free");
    let root = PortalRoot::parse(&running.url).expect("loopback may speak plain http");
    for (folder, owner) in [("Keys", Some(Username("jane".to_owned()))), ("", None)] {
        let draft = draft(folder, KeyChoice::Now);
        let spec = draft.check(Timestamp(NOW_MS)).expect("the draft is right");
        let token = running.with(|portal| portal.sign_in("jane"));
        let command = script(Language::Curl, &root, &requests(&spec, owner.as_ref(), &[]));
        let key = bash(command, token, String::new()).await.trim().to_owned();
        assert!(running.with(|portal| portal.live_keys()).iter().any(|live| live.token == key), "{key}");
        let app = checked(&running, &key, &draft.referrers).await["appInfo"].clone();
        assert_eq!(app["privileges"], json!(["premium:user:basemaps", "premium:user:geocode"]));
        assert!(app["expirationDate"].is_number(), "{app}");
        let elsewhere = ["https://elsewhere.example".to_owned()];
        assert_eq!(checked(&running, &key, &elsewhere).await["error"]["code"], 498);
    }
    assert_eq!(checked(&running, "no key", &[]).await["error"]["code"], 498);
}
