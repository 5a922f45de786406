//! The requests of a creation as a script: for arcgis-rest-js, for Esri's Python API, and for curl. A script asks for a
//! token when it runs and contains no secret. Typed values become literals of its language.

use crate::by_hand::requests::{Part, Sent, Unknown};
use crate::credential::referrer::Referrer;
use crate::json::quoted;
use crate::portal::base_url::PortalRoot;
use crate::urlencoded;

/// The language of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// JavaScript with arcgis-rest-js.
    RestJs,
    /// Python with the ArcGIS API for Python.
    Python,
    /// A shell with curl and jq.
    Curl,
}

impl Language {
    /// Every language.
    pub const ALL: [Language; 3] = [Self::RestJs, Self::Python, Self::Curl];

    /// The file name of such a script.
    pub fn file(self) -> &'static str {
        match self {
            Self::RestJs => "create-api-key.mjs",
            Self::Python => "create_api_key.py",
            Self::Curl => "create-api-key.sh",
        }
    }

    /// The `data:` URL of this script. Following it is a download, which no directive of the policy restricts.
    pub fn address(script: &str) -> String {
        urlencoded::file("text/plain;charset=utf-8", script)
    }

    /// A text as a literal. A JSON string is a valid literal in JavaScript and in Python, too.
    fn literal(self, text: &str) -> String {
        match self {
            Self::RestJs | Self::Python => quoted(text),
            Self::Curl => ["'", &text.replace('\'', r"'\''"), "'"].concat(),
        }
    }

    /// The value of a variable, as an expression.
    fn value_of(self, unknown: Unknown) -> String {
        match self {
            Self::RestJs | Self::Python => variable(unknown).to_owned(),
            Self::Curl => ["\"$", variable(unknown), "\""].concat(),
        }
    }

    fn expression(self, parts: &[Part]) -> String {
        let between = if self == Self::Curl { "" } else { " + " };
        let part = |part: &Part| match part {
            Part::Text(text) => self.literal(text),
            Part::Unknown(unknown) => self.value_of(*unknown),
        };
        parts.iter().map(part).collect::<Vec<_>>().join(between)
    }
}

/// The name of the variable for it, the same in every language.
fn variable(unknown: Unknown) -> &'static str {
    match unknown {
        Unknown::Username => "username",
        Unknown::Token => "token",
        Unknown::Folder => "folder",
        Unknown::Item => "item",
        Unknown::Client => "client_id",
        Unknown::ClientSecret => "client_secret",
        Unknown::Operation => "operation",
        Unknown::Key => "key",
    }
}

const REST_JS: &str = r#"// Creates an API key credential, as ArcGIS Key Wizard would, and prints the key. It holds no secret.
// npm install @esri/arcgis-rest-request
// Run it with a token of your own session in ARCGIS_TOKEN. If a request is refused, delete the item that was made.
import { ArcGISIdentityManager, request } from "@esri/arcgis-rest-request";

const portal = "#;

const REST_JS_START: &str = r#";
const token = process.env.ARCGIS_TOKEN;
if (!token) throw new Error("Set ARCGIS_TOKEN.");
const authentication = await ArcGISIdentityManager.fromToken({ token, portal });
"#;

const REST_JS_USERNAME: &str = "const username = encodeURIComponent(await authentication.getUsername());\n";

const PYTHON: &str = r#""""Creates an API key credential, as ArcGIS Key Wizard would, and prints the key. It holds no secret.

Needs the package arcgis, and a token of your own session: in ARCGIS_TOKEN, or typed when asked.
If a request is refused, delete the item that was made.
"""
import getpass
import os
import urllib.parse

from arcgis.gis import GIS

portal = "#;

const PYTHON_START: &str = r#"
token = os.environ.get("ARCGIS_TOKEN") or getpass.getpass("Token: ")
gis = GIS(portal, token=token)


def post(path, fields):
    answer = gis.session.post(portal + "/sharing/rest/" + path, data={"f": "json", **fields}).json()
    if "error" in answer:
        raise SystemExit(answer["error"])
    return answer


"#;

const PYTHON_USERNAME: &str = r#"username = urllib.parse.quote(gis.users.me.username, safe="")
"#;

const CURL: &str = r#"#!/usr/bin/env bash
# Creates an API key credential, as ArcGIS Key Wizard would, and prints the key. It holds no secret.
# Needs curl and jq, and a token of your own session: in ARCGIS_TOKEN, or typed when asked.
# If a request is refused, delete the item that was made.
set -euo pipefail

portal="#;

// Passes secrets as files, because other programs can read the arguments of a process.
const CURL_START: &str = r#"
token=${ARCGIS_TOKEN:-}
[ -n "$token" ] || read -rsp 'Token: ' token

post() {
  local path=$1 answer
  shift
  answer=$(curl --fail --silent --show-error "$portal/$path" --data f=json "$@") || return
  if jq -e 'has("error")' <<<"$answer" >/dev/null; then
    printf '%s\n' "$answer" >&2
    return 1
  fi
  printf '%s' "$answer"
}

"#;

const CURL_USERNAME: &str = r#"username=$(post community/self --data-urlencode token@<(printf %s "$token") | jq -er '.username|strings|@uri')
"#;

/// The requests as a script for this portal. Omits reads, which only check what was created.
pub fn script(language: Language, root: &PortalRoot, requests: &[Sent]) -> String {
    let rest = root.rest_url("");
    let (before, address, after) = match language {
        Language::RestJs => (REST_JS, rest.trim_end_matches('/'), REST_JS_START),
        Language::Python => (PYTHON, root.as_str(), PYTHON_START),
        Language::Curl => (CURL, rest.trim_end_matches('/'), CURL_START),
    };
    let is_owner_unknown = requests.iter().any(|request| request.path.contains(&Part::Unknown(Unknown::Username)));
    let username = match language {
        _ if !is_owner_unknown => "",
        Language::RestJs => REST_JS_USERNAME,
        Language::Python => PYTHON_USERNAME,
        Language::Curl => CURL_USERNAME,
    };
    let mut out = [before, &language.literal(address), after, username].concat();
    let mut last = Unknown::Item;
    for (place, sent) in requests.iter().filter(|request| !request.is_read).enumerate() {
        match language {
            Language::RestJs => rest_js(&mut out, sent, place),
            Language::Python => python(&mut out, sent, place),
            Language::Curl => curl(&mut out, sent, place),
        }
        last = if sent.gives.iter().any(|(unknown, _)| *unknown == Unknown::Key) { Unknown::Key } else { last };
    }
    let value = language.value_of(last);
    out + &match language {
        Language::RestJs => ["console.log(", &value, ");\n"].concat(),
        Language::Python => ["print(", &value, ")\n"].concat(),
        Language::Curl => ["printf '%s\\n' ", &value, "\n"].concat(),
    }
}

/// A command for bash and zsh that asks for a key and prints the portal's description of it (F-ACCOUNT-9). It sends the
/// first referrer. The key is typed in, so that neither the command nor the shell's history contains it.
pub fn check_key(root: &PortalRoot, referrers: &[String]) -> String {
    let literal = |text: &str| Language::Curl.literal(text);
    let referrer = referrers.first().map(|referrer| match Referrer::parse(referrer) {
        Ok(referrer) => referrer.examples()[0].clone(),
        // Not written by this page; sent unchanged.
        Err(_) => referrer.clone(),
    });
    let referrer = referrer.map(|page| [" --referer ", &literal(&page)].concat()).unwrap_or_default();
    let ask = "(printf 'API key: ' && read -rs key && printf %s \"$key\" | \
               curl --silent --show-error --data f=json --data-urlencode token@-";
    [ask, &referrer, " ", &literal(&root.rest_url("portals/self")), ")"].concat()
}

/// The fields to include in a script: the client adds the format, and the marker, which only this page uses to find its
/// items, is omitted.
fn given(sent: &Sent) -> impl Iterator<Item = &(String, Vec<Part>)> {
    sent.fields.iter().filter(|(name, _)| !matches!(name.as_str(), "f" | "token" | "typeKeywords"))
}

fn is_signed(sent: &Sent) -> bool {
    sent.fields.iter().any(|(name, _)| name == "token")
}

/// The variable of an answer, such as `answer1`.
fn answer(place: usize) -> String {
    ["answer", &(place + 1).to_string()].concat()
}

fn push(out: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| out.push_str(part));
}

fn rest_js(out: &mut String, sent: &Sent, place: usize) {
    let (language, answer) = (Language::RestJs, answer(place));
    push(out, &["const ", &answer, " = await request(portal + \"/\" + ", &language.expression(&sent.path), ", {\n"]);
    if is_signed(sent) {
        out.push_str("  authentication,\n");
    }
    out.push_str("  params: {\n");
    for (name, value) in given(sent) {
        push(out, &["    ", name, ": ", &language.expression(value), ",\n"]);
    }
    out.push_str("  },\n});\n");
    for (unknown, names) in sent.gives {
        push(out, &["const ", variable(*unknown), " = ", &answer, ".", &names.join("."), ";\n"]);
    }
}

fn python(out: &mut String, sent: &Sent, place: usize) {
    let (language, answer) = (Language::Python, answer(place));
    push(out, &[&answer, " = post(", &language.expression(&sent.path), ", {\n"]);
    for (name, value) in given(sent) {
        push(out, &["    \"", name, "\": ", &language.expression(value), ",\n"]);
    }
    if is_signed(sent) {
        out.push_str("    \"token\": token,\n");
    }
    out.push_str("})\n");
    for (unknown, names) in sent.gives {
        push(out, &[variable(*unknown), " = ", &answer, "[\"", &names.join("\"][\""), "\"]\n"]);
    }
}

fn curl(out: &mut String, sent: &Sent, place: usize) {
    let (language, answer) = (Language::Curl, answer(place));
    push(out, &[&answer, "=$(post ", &language.expression(&sent.path)]);
    for (name, value) in given(sent) {
        match value.as_slice() {
            [Part::Unknown(Unknown::ClientSecret)] => hidden(out, name, Unknown::ClientSecret),
            value => push(out, &[" \\\n  --data-urlencode ", name, "=", &language.expression(value)]),
        }
    }
    if is_signed(sent) {
        hidden(out, "token", Unknown::Token);
    }
    out.push_str(")\n");
    for (unknown, names) in sent.gives {
        push(out, &[variable(*unknown), "=$(jq -r .", &names.join("."), " <<<\"$", &answer, "\")\n"]);
    }
}

fn hidden(out: &mut String, name: &str, unknown: Unknown) {
    push(out, &[" \\\n  --data-urlencode ", name, "@<(printf %s ", &Language::Curl.value_of(unknown), ")"]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::by_hand::requests::tests::{draft, nobody, played};
    use crate::credential::draft::{Draft, KeyChoice};

    fn written(language: Language, draft: &Draft) -> String {
        let root = PortalRoot::parse("https://gis.example.com/portal").expect("an address");
        script(language, &root, &played(draft))
    }

    #[track_caller]
    fn holds(language: Language, draft: &Draft, expected: &[&str]) {
        let script = written(language, draft);
        let mut rest = script.as_str();
        for piece in expected {
            let found = rest.find(piece).unwrap_or_else(|| panic!("{piece} is not there or too early:\n{script}"));
            rest = &rest[found + piece.len()..];
        }
    }

    #[test]
    fn rest_js_sends_the_requests_in_their_order() {
        holds(
            Language::RestJs,
            &draft(),
            &[
                "const portal = \"https://gis.example.com/portal/sharing/rest\";\n",
                "const answer1 = await request(portal + \"/\" + \"content/users/jane%40x/createFolder\", {\n  authentication,\n  params: {\n    title: \"Keys\",\n  },\n});\nconst folder = answer1.folder.id;\n",
                "portal + \"/\" + \"content/users/jane%40x/\" + folder + \"/addItem\"",
                "title: \"<item id>\",",
                "const item = answer2.id;",
                "itemId: item,",
                "privileges: \"[\\\"premium:user:basemaps\\\"]\",",
                "const client_secret = answer3.client_secret;",
                "apiToken1ExpirationDate: \"1803772799999\",",
                "\"oauth2/token\", {\n  params: {",
                "client_secret: client_secret,",
                "const key = answer5.access_token;\nconsole.log(key);\n",
            ],
        );
    }

    #[test]
    fn python_sends_them_too() {
        holds(
            Language::Python,
            &draft(),
            &[
                "portal = \"https://gis.example.com/portal\"\n",
                "answer1 = post(\"content/users/jane%40x/createFolder\", {\n    \"title\": \"Keys\",\n    \"token\": token,\n})\nfolder = answer1[\"folder\"][\"id\"]\n",
                "\"content/users/jane%40x/\" + folder + \"/addItem\"",
                "key = answer5[\"access_token\"]\nprint(key)\n",
            ],
        );
    }

    #[test]
    fn curl_sends_them_too_and_shows_no_secret_to_other_programs() {
        holds(
            Language::Curl,
            &draft(),
            &[
                "portal='https://gis.example.com/portal/sharing/rest'\n",
                "answer1=$(post 'content/users/jane%40x/createFolder' \\\n  --data-urlencode title='Keys' \\\n  --data-urlencode token@<(printf %s \"$token\"))\nfolder=$(jq -r .folder.id <<<\"$answer1\")\n",
                "post 'content/users/jane%40x/'\"$folder\"'/addItem'",
                "--data-urlencode itemId=\"$item\"",
                "--data-urlencode client_secret@<(printf %s \"$client_secret\")",
                "printf '%s\\n' \"$key\"\n",
            ],
        );
    }

    #[test]
    fn a_script_for_nobody_asks_the_portal_whose_token_it_has() {
        let root = PortalRoot::parse("https://gis.example.com/portal").expect("an address");
        for (language, asks, sends) in [
            (Language::RestJs, "authentication.getUsername()", "\"content/users/\" + username + \"/createFolder\""),
            (Language::Python, "gis.users.me.username", "\"content/users/\" + username + \"/createFolder\""),
            (Language::Curl, "post community/self", "'content/users/'\"$username\"'/createFolder'"),
        ] {
            let script = script(language, &root, &nobody(&draft()));
            let (asked, sent) = (script.find(asks).expect(asks), script.find(sends).expect(sends));
            assert!(asked < sent, "{script}");
            assert!(!written(language, &draft()).contains(asks), "who is signed in is known");
        }
    }

    #[test]
    fn a_key_for_later_is_not_asked_for_and_the_item_is_named() {
        for language in Language::ALL {
            let script = written(language, &Draft { key: KeyChoice::Later, ..draft() });
            assert!(!script.contains("oauth2/token"), "{script}");
            let last = script.lines().last().unwrap_or_default();
            assert!(last.contains("item"), "{last}");
        }
    }

    #[test]
    fn a_key_is_checked_from_a_page_that_it_lets_in() {
        let root = PortalRoot::parse("https://gis.example.com/portal").expect("an address");
        let check = |referrers: &[&str]| {
            check_key(&root, &referrers.iter().map(|referrer| (*referrer).to_owned()).collect::<Vec<_>>())
        };
        let address = "'https://gis.example.com/portal/sharing/rest/portals/self'";
        let whole = "(printf 'API key: ' && read -rs key && printf %s \"$key\" | curl --silent --show-error --data f=json \
                     --data-urlencode token@- ";
        assert_eq!(check(&[]), [whole, address, ")"].concat());
        let page = "--referer 'https://app.example.com/map' ";
        assert!(check(&["https://*.example.com", "http://b"]).ends_with(&[page, address, ")"].concat()));
        assert!(check(&["http"]).ends_with(&["--referer 'http' ", address, ")"].concat()));
        assert!(check(&["'$(id)"]).ends_with(&[r"--referer ''\''$(id)' ", address, ")"].concat()));
    }

    /// A typed text cannot break out of its literal.
    #[test]
    fn a_hostile_title_stays_a_text() {
        let title = r#"'; rm -rf "$HOME" `id` ${x} \ " + process.env.ARCGIS_TOKEN + ""#;
        let hostile = Draft { title: title.to_owned(), ..draft() };
        let json = r#""'; rm -rf \"$HOME\" `id` ${x} \\ \" + process.env.ARCGIS_TOKEN + \"""#;
        holds(Language::RestJs, &hostile, &[&["title: ", json, ",\n"].concat()]);
        holds(Language::Python, &hostile, &[&["\"title\": ", json, ",\n"].concat()]);
        let shell = r#"title=''\''; rm -rf "$HOME" `id` ${x} \ " + process.env.ARCGIS_TOKEN + "'"#;
        holds(Language::Curl, &hostile, &[shell]);
    }
}
