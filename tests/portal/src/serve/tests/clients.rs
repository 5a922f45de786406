//! The requests that Esri's own clients depend on, over a real socket.

use reqwest::Response;
use serde_json::Value;

use super::{PAGE, QUERY, Running, client, header, json, post, running};
use crate::testing::{IN_A_MONTH, key_with, new_item};

async fn get(running: &Running, path: &str) -> Response {
    client().get(format!("{}{path}", running.url)).header("Origin", PAGE).send().await.expect("an answer")
}

/// A GET below `/sharing/rest` with a token, read as JSON.
async fn read(running: &Running, path: &str, token: &str) -> Value {
    let glue = if path.contains('?') { '&' } else { '?' };
    json(get(running, &format!("/sharing/rest{path}{glue}f=json&token={token}")).await).await
}

#[tokio::test]
async fn a_page_that_may_read_may_send_credentials_and_no_other_may() {
    let running = running().await;
    let both = |answer: &Response| {
        ["access-control-allow-origin", "access-control-allow-credentials"]
            .map(|name| header(answer, name).map(str::to_owned))
    };
    let path = "/sharing/rest/portals/self?f=json";
    assert_eq!(both(&get(&running, path).await), [Some(PAGE.to_owned()), Some("true".to_owned())]);
    running.with(|portal| portal.switches.allowed_origins = vec!["https://other.test".to_owned()]);
    assert_eq!(both(&get(&running, path).await), [None, None]);
    let script = client().get(format!("{}{path}", running.url)).send().await.expect("an answer");
    assert_eq!(both(&script), [None, None]);
}

#[tokio::test]
async fn a_key_for_the_referrer_http_works_with_that_header() {
    let running = running().await;
    let key = running.with(|portal| key_with(portal, "jane", &["premium:user:basemaps"], &["http"]).token);
    for (referer, code) in [("http", Value::Null), ("http://a.test/", 498.into())] {
        let url = format!("{}/sharing/rest/practice/whoami?f=json&token={key}", running.url);
        let answer = client().get(url).header("Referer", referer).send().await.expect("an answer");
        assert_eq!(json(answer).await["error"]["code"], code, "{referer}");
    }
}

#[tokio::test]
async fn a_search_in_an_account_finds_what_is_in_the_organization() {
    let running = running().await;
    let token = running.with(|portal| {
        new_item(portal, "jane");
        portal.sign_in("jane")
    });
    let org = read(&running, "/portals/self", &token).await["id"].as_str().expect("an id").to_owned();
    let total = |answer: Value| answer["total"].as_u64().expect("a total");
    let by_account = total(read(&running, &format!("/search?q=type:Application%20accountid:{org}"), &token).await);
    let by_org = total(read(&running, &format!("/search?q=type:Application%20orgid:{org}"), &token).await);
    assert_eq!((by_account, by_account > 0), (by_org, true));
    assert_eq!(total(read(&running, "/search?q=type:Application%20accountid:other", &token).await), 0);
}

#[tokio::test]
async fn the_portal_is_online_to_everybody_and_an_organization_to_its_members() {
    let running = running().await;
    let token = running.with(|portal| portal.sign_in("jane"));
    let mine = read(&running, "/portals/self", &token).await;
    let anybodys = read(&running, "/portals/self", "").await;
    for portal in [&mine, &anybodys] {
        assert_eq!((&portal["portalName"], &portal["portalMode"]), (&"ArcGIS Online".into(), &"multitenant".into()));
    }
    assert_eq!((mine["access"].is_string(), anybodys.get("access")), (true, None));
}

#[tokio::test]
async fn scripts_read_the_code_from_the_title_of_its_page() {
    let running = running().await;
    running.with(|portal| portal.register_client("cli", "Tool", &["urn:ietf:wg:oauth:2.0:oob"]));
    let query = "client_id=cli&response_type=code&redirect_uri=urn:ietf:wg:oauth:2.0:oob";
    let page = format!("{}/sharing/rest/oauth2/authorize?{query}", running.url);
    let fields = [("username", "jane"), ("decision", "allow")];
    let back = client().post(&page).form(&fields).send().await.expect("a redirect");
    let location = header(&back, "location").expect("a location").to_owned();
    let shown = get(&running, &location).await.text().await.expect("a page");
    let code = location.split(['=', '&']).nth(1).expect("a code");
    assert!(shown.contains(&format!("<title>SUCCESS code={code}</title>")), "{shown}");
}

#[tokio::test]
async fn an_unknown_client_id_is_named_in_both_spellings() {
    let running = running().await;
    let shown = get(&running, "/sharing/rest/oauth2/authorize?client_id=nobody&response_type=code").await;
    assert_eq!(shown.status(), 400);
    let shown = shown.text().await.expect("a page");
    assert!(shown.contains("Error: Invalid client_id") && shown.contains("Error: 400 Invalid client_id"), "{shown}");
}

#[tokio::test]
async fn who_asks_for_a_token_reads_the_refusal_from_the_fragment() {
    let running = running().await;
    let query = QUERY.replace("response_type=code", "response_type=token");
    let back = get(&running, &format!("/sharing/oauth2/authorize?{query}")).await;
    let location = header(&back, "location").expect("a location");
    assert!(location.starts_with("https://page.test/#error=unsupported_response_type&"), "{location}");
}

#[tokio::test]
async fn a_path_in_capitals_leads_to_the_same_place() {
    let running = running().await;
    let token = running.with(|portal| portal.sign_in("jane"));
    assert_eq!(read(&running, "/Community/self", &token).await["username"], "jane");
    let fields = [("f", "json"), ("token", &*token)];
    let listed = post(&running, "/Content/Users/jane", &fields).await.expect("an answer");
    assert_eq!(json(listed).await["username"], "jane");
}

#[tokio::test]
async fn what_is_not_of_the_api_is_not_found() {
    let running = running().await;
    for (path, status) in
        [("/.well-known/oauth-authorization-server", 404), ("/home/content.html", 404), ("/sharing/rest/nothing", 200)]
    {
        assert_eq!(get(&running, path).await.status(), status, "{path}");
    }
}

#[tokio::test]
async fn the_root_of_the_api_tells_its_version_with_and_without_a_slash() {
    let running = running().await;
    for path in ["/sharing/rest", "/sharing/rest/"] {
        assert_eq!(json(get(&running, &format!("{path}?f=json")).await).await["currentVersion"], "2025.1", "{path}");
        assert_eq!(json(get(&running, &format!("{path}?f=json&token=x")).await).await["error"]["code"], 498, "{path}");
    }
}

#[tokio::test]
async fn an_item_that_was_added_is_complete() {
    let running = running().await;
    let (item, folder, token) = running
        .with(|portal| (new_item(portal, "jane"), portal.folders_of("jane")[0].id.clone(), portal.sign_in("jane")));
    for place in [String::new(), format!("{folder}/")] {
        let path = format!("/content/users/jane/{place}items/{item}/status");
        assert_eq!(read(&running, &path, &token).await["status"], "completed");
    }
}

#[tokio::test]
async fn a_key_reads_its_own_end_and_the_organization_of_its_owner() {
    let running = running().await;
    let key = running.with(|portal| key_with(portal, "jane", &["premium:user:basemaps"], &[]).token);
    let mine = read(&running, "/community/self", &key).await;
    let org = read(&running, "/portals/self", &key).await;
    assert_eq!(
        (&mine["appInfo"]["expirationDate"], &org["appInfo"]["expirationDate"]),
        (&IN_A_MONTH.into(), &IN_A_MONTH.into())
    );
    assert!(org["subscriptionInfo"]["id"].is_string());
    running.with(|portal| portal.switches.describes_standard_keys = false);
    assert_eq!(read(&running, "/community/self", &key).await["error"]["code"], 403);
}

#[tokio::test]
async fn a_plain_challenge_is_taken_unless_the_switch_refuses_it() {
    let running = running().await;
    let path = format!("/sharing/oauth2/authorize?{}", QUERY.replace("=S256", "=plain"));
    assert_eq!(get(&running, &path).await.status(), 200);
    running.with(|portal| portal.switches.sign_in.takes_plain_pkce = false);
    let back = get(&running, &path).await;
    assert!(header(&back, "location").expect("a location").contains("?error=invalid_request&"));
}

#[tokio::test]
async fn an_item_is_shared_and_has_no_groups() {
    let running = running().await;
    let (item, token) = running.with(|portal| (new_item(portal, "jane"), portal.sign_in("jane")));
    let fields = [("f", "json"), ("token", &*token), ("everyone", "true"), ("account", "true")];
    let path = format!("/content/users/jane/items/{item}/share");
    let shared = json(post(&running, &path, &fields).await.expect("an answer")).await;
    assert_eq!(shared["notSharedWith"], Value::Array(Vec::new()));
    assert_eq!(read(&running, &format!("/content/items/{item}"), "").await["access"], "public");
    assert_eq!(
        read(&running, &format!("/content/items/{item}/groups"), &token).await["admin"],
        Value::Array(Vec::new())
    );
}

#[tokio::test]
async fn an_item_has_an_empty_body_of_data_and_empty_lists() {
    let running = running().await;
    let (item, token) = running.with(|portal| (new_item(portal, "jane"), portal.sign_in("jane")));
    let data = get(&running, &format!("/sharing/rest/content/items/{item}/data?f=json&token={token}")).await;
    assert_eq!(header(&data, "access-control-allow-origin"), Some(PAGE));
    assert_eq!(data.text().await.expect("a body"), "");
    for part in ["relatedItems", "resources"] {
        assert_eq!(read(&running, &format!("/content/items/{item}/{part}"), &token).await["total"], 0, "{part}");
    }
}

#[tokio::test]
async fn a_search_counts_values_where_it_is_asked_to() {
    let running = running().await;
    let token = running.with(|portal| portal.sign_in("jane"));
    let answer = read(&running, "/search?q=owner:jane&countFields=access", &token).await;
    let counts = &answer["aggregations"]["counts"][0];
    let values = counts["fieldValues"].as_array().expect("a list");
    let all: u64 = values.iter().map(|value| value["count"].as_u64().expect("a count")).sum();
    assert_eq!((&counts["fieldName"], all), (&"access".into(), answer["total"].as_u64().expect("a total")));
}

#[tokio::test]
async fn an_administrator_lists_keys_and_nobody_has_a_legacy_one() {
    let running = running().await;
    let (item, token) =
        running.with(|portal| (key_with(portal, "jane", &["premium:user:basemaps"], &[]).item, portal.sign_in("ada")));
    let fields = [("f", "json"), ("token", &*token), ("num", "100"), ("startExpirationDate", "1")];
    let keys = json(post(&running, "/portals/self/apiTokens", &fields).await.expect("an answer")).await;
    assert_eq!((&keys["items"][0]["itemId"], &keys["items"][0]["apiToken"]), (&item.into(), &1.into()));
    assert_eq!(read(&running, "/portals/self/apiKeys", &token).await["total"], 0);
}

#[tokio::test]
async fn everybody_may_use_an_app_that_exists() {
    let running = running().await;
    let token = running.with(|portal| portal.sign_in("jane"));
    let path = "/oauth2/validateAppAccess?client_id=";
    assert_eq!(read(&running, &format!("{path}key-wizard-demo"), &token).await["valid"], true);
    assert_eq!(read(&running, &format!("{path}nobody"), &token).await["error"]["messageCode"], "GWM_0007");
}

#[tokio::test]
async fn what_clients_read_in_passing_is_there_and_empty() {
    let running = running().await;
    let token = running.with(|portal| portal.sign_in("jane"));
    for path in ["/portals/self/roles", "/community/users", "/community/groups", "/content/groups/g/search"] {
        assert_eq!(read(&running, path, &token).await["total"], 0, "{path}");
    }
    assert_eq!(read(&running, "/portals/Xj56SBi2udA78cPR", &token).await["name"], "Practice Organization");
    assert_eq!(read(&running, "/portals/regions", "").await, Value::Array(Vec::new()));
}
