//! Two kinds of command beyond standard WebDriver: the devtools protocol and the browser's logs.

use fantoccini::Client;
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// A POST below the session's address.
#[derive(Debug)]
struct Post {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!("session/{session}/{}", self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// Runs a devtools command, for example `Page.getNavigationHistory`.
pub async fn run(client: &Client, command: &str, params: Value) -> Result<Value, CmdError> {
    let body = json!({ "cmd": command, "params": params });
    client.issue_cmd(Post { path: "goog/cdp/execute", body }).await
}

/// Takes the entries that the named log (`browser` or `performance`) collected since the last call.
pub async fn take_log(client: &Client, kind: &str) -> Result<Vec<Value>, CmdError> {
    let answer = client.issue_cmd(Post { path: "se/log", body: json!({ "type": kind }) }).await?;
    Ok(answer.as_array().cloned().unwrap_or_default())
}
