use std::path::PathBuf;

use super::*;

/// A small `dist`, removed when dropped.
struct Dist(PathBuf);

impl Dist {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("akw-site-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("the temporary folder is writable");
        for (file, text) in
            [("index.html", "<p>page"), ("config.json", "{\"built\":1}"), ("boot-0123456789abcdef.js", "boot()")]
        {
            fs::write(path.join(file), text).expect("the temporary folder is writable");
        }
        Self(path)
    }
}

impl Drop for Dist {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).expect("the temporary folder was made by this test");
    }
}

async fn get(url: String) -> reqwest::Response {
    reqwest::get(url).await.expect("the site answers")
}

#[tokio::test]
async fn the_page_is_served_with_the_whole_header_set() {
    let dist = Dist::new("headers");
    let site = start(&dist.0, "{}".to_owned(), 0).expect("a port is free");
    let answer = get(site.url.clone()).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    assert_eq!(answer.headers()["cache-control"], "no-cache");
    for (name, value) in policy::headers(&Connect::AnyPortal, &[]) {
        assert_eq!(answer.headers()[name], value.as_str());
    }
}

#[tokio::test]
async fn the_given_configuration_replaces_the_built_one() {
    let dist = Dist::new("config");
    let site = start(&dist.0, "{\"given\":1}".to_owned(), 0).expect("a port is free");
    let answer = get(format!("{}config.json", site.url)).await;
    assert_eq!(answer.text().await.expect("it is text"), "{\"given\":1}");
}

#[tokio::test]
async fn under_a_sub_path_nothing_is_served_outside_it() {
    let dist = Dist::new("base");
    let options = SiteOptions { config: None, base: "/tools/key/".to_owned(), port: 0 };
    let site = start_with(&dist.0, options).expect("a port is free");
    let origin = site.url.trim_end_matches("/tools/key/").to_owned();
    assert_eq!(get(format!("{}boot-0123456789abcdef.js", site.url)).await.status(), 200);
    assert_eq!(get(format!("{origin}/boot-0123456789abcdef.js")).await.status(), 404);
    assert_eq!(get(format!("{}config.json", site.url)).await.status(), 404);
}

#[tokio::test]
async fn a_replaced_file_is_what_the_next_request_gets() {
    let dist = Dist::new("replace");
    let site = start(&dist.0, "{}".to_owned(), 0).expect("a port is free");
    site.replace("boot-0123456789abcdef.js", b"evil()".to_vec());
    let answer = get(format!("{}boot-0123456789abcdef.js", site.url)).await;
    assert_eq!(answer.headers()["cache-control"], policy::KEEP);
    assert_eq!(answer.text().await.expect("it is text"), "evil()");
}

#[tokio::test]
async fn brotli_is_sent_to_who_accepts_it() {
    let dist = Dist::new("brotli");
    let site = start(&dist.0, "{}".to_owned(), 0).expect("a port is free");
    let request = reqwest::Client::new().get(&site.url).header("accept-encoding", "gzip, br");
    let answer = request.send().await.expect("the site answers");
    assert_eq!(answer.headers()["content-encoding"], "br");
    let bytes = answer.bytes().await.expect("it has a body");
    let mut plain = Vec::new();
    brotli::BrotliDecompress(&mut bytes.as_ref(), &mut plain).expect("it is brotli");
    assert_eq!(plain, b"<p>page");
}

#[tokio::test]
async fn a_file_that_is_held_back_comes_when_it_is_released() {
    let dist = Dist::new("held");
    let site = start(&dist.0, "{}".to_owned(), 0).expect("a port is free");
    site.hold("config.json");
    let held = tokio::spawn(get(format!("{}config.json", site.url)));
    // A different file, requested later, arrives first.
    while site.asked_for("config.json") == 0 {
        assert_eq!(get(site.url.clone()).await.status(), 200);
    }
    assert!(!held.is_finished());
    site.release("config.json");
    assert_eq!(held.await.expect("it is asked for").status(), 200);
    assert_eq!(site.asked_for("config.json"), 1);
}
