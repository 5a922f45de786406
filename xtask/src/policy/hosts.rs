//! The headers in the format of each kind of host.

use serde_json::json;

use super::{ASK, Connect, KEEP, headers};

/// A file for one kind of host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostFile {
    /// Its path inside `dist`. Files that a host finds automatically are at the root.
    pub path: &'static str,
    /// Its text.
    pub text: String,
}

/// True if a file of a build is only for a host.
pub fn is_for_host(file: &str) -> bool {
    ["_headers", ".htaccess", "web.config", "staticwebapp.config.json"].contains(&file) || file.starts_with("headers/")
}

/// All host files. `ancestors` may frame the page; `hashed` lists the immutable files of the build, relative to the
/// page.
pub fn files(connect: &Connect, ancestors: &[String], hashed: &[String]) -> Vec<HostFile> {
    let set = headers(connect, ancestors);
    vec![
        HostFile { path: "_headers", text: netlify(&set, hashed) },
        HostFile { path: ".htaccess", text: apache(&set) },
        HostFile { path: "web.config", text: iis(&set, hashed) },
        HostFile { path: "staticwebapp.config.json", text: azure(&set, hashed) },
        HostFile { path: "headers/nginx.conf", text: nginx(&set) },
        HostFile { path: "headers/Caddyfile", text: caddy(&set) },
    ]
}

type Set = [(&'static str, String)];

/// Netlify and Cloudflare Pages. `/*` has no `Cache-Control`, because Cloudflare joins the values of two matching
/// rules with a comma; both hosts revalidate by default.
fn netlify(set: &Set, hashed: &[String]) -> String {
    let mut text = String::from("/*\n");
    for (name, value) in set {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    for file in hashed {
        text.push_str(&format!("/{file}\n  Cache-Control: {KEEP}\n"));
    }
    text
}

/// No `<IfModule>` around the headers: a server without mod_headers should fail instead of serving the page
/// unprotected. Many configurations treat `.gz` as a type and `.br` as a language; here they are content encodings.
fn apache(set: &Set) -> String {
    let mut text = String::from(
        "# Needs mod_headers and AllowOverride FileInfo; without them Apache answers 500 rather than drop the headers.\n\
         # With mod_rewrite it sends the compressed files.\n\
         AddType application/wasm .wasm\n\
         AddType text/javascript .js\n",
    );
    for (name, value) in set {
        text.push_str(&format!("Header always set {name} \"{value}\"\n"));
    }
    text.push_str(&format!(
        "# Not always: an error must not be kept for a year.\n\
         Header set Cache-Control \"{ASK}\"\n\
         <FilesMatch \"-[0-9a-f]+\\.(css|js|json|wasm)(\\.(br|gz))?$\">\n  Header set Cache-Control \"{KEEP}\"\n</FilesMatch>\n\
         Header merge Vary Accept-Encoding\n\
         <IfModule mod_rewrite.c>\n  RewriteEngine On\n  \
         # Files for other hosts are of no use here.\n  \
         RewriteRule (^|/)(_headers|web\\.config|staticwebapp\\.config\\.json|headers/.*)$ - [R=404,L]\n"
    ));
    for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
        text.push_str(&format!(
            "  RewriteCond %{{HTTP:Accept-Encoding}} \\b{encoding}\\b\n  \
             RewriteCond %{{REQUEST_FILENAME}}.{ending} -f\n  \
             RewriteRule ^(.+)$ $1.{ending} [L]\n"
        ));
    }
    text.push_str("</IfModule>\n");
    for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
        text.push_str(&format!("RemoveType .{ending}\nRemoveLanguage .{ending}\nAddEncoding {encoding} .{ending}\n"));
    }
    text
}

fn iis(set: &Set, hashed: &[String]) -> String {
    let custom: String =
        set.iter().map(|(name, value)| format!("        <add name=\"{name}\" value=\"{}\" />\n", xml(value))).collect();
    let kept: String = hashed.iter().map(|file| iis_kept(file)).collect();
    let hidden: String = [".htaccess", "_headers", "headers", "staticwebapp.config.json"]
        .iter()
        .map(|name| format!("          <add segment=\"{name}\" />\n"))
        .collect();
    let hidden = format!(
        "    <security>\n      <requestFiltering>\n        <hiddenSegments>\n{hidden}        \
         </hiddenSegments>\n      </requestFiltering>\n    </security>\n"
    );
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n  <system.webServer>\n    \
         <staticContent>\n      <remove fileExtension=\".wasm\" />\n      \
         <mimeMap fileExtension=\".wasm\" mimeType=\"application/wasm\" />\n      \
         <remove fileExtension=\".json\" />\n      \
         <mimeMap fileExtension=\".json\" mimeType=\"application/json\" />\n      \
         <clientCache cacheControlMode=\"DisableCache\" />\n    </staticContent>\n    \
         <httpProtocol>\n      <customHeaders>\n        <remove name=\"X-Powered-By\" />\n{custom}      \
         </customHeaders>\n    </httpProtocol>\n{hidden}  </system.webServer>\n{kept}</configuration>\n"
    )
}

fn iis_kept(file: &str) -> String {
    format!(
        "  <location path=\"{}\">\n    <system.webServer>\n      <staticContent>\n        \
         <clientCache cacheControlMode=\"UseMaxAge\" cacheControlMaxAge=\"365.00:00:00\" \
         cacheControlCustom=\"public, immutable\" />\n      </staticContent>\n    \
         </system.webServer>\n  </location>\n",
        xml(file)
    )
}

fn azure(set: &Set, hashed: &[String]) -> String {
    let mut global: serde_json::Map<_, _> =
        set.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    global.insert("Cache-Control".to_owned(), json!(ASK));
    let kept = hashed.iter().map(|file| json!({ "route": format!("/{file}"), "headers": { "Cache-Control": KEEP } }));
    // Hide the files for other hosts.
    let hidden = ["/headers/*", "/_headers", "/.htaccess", "/web.config"];
    let routes: Vec<_> = kept.chain(hidden.map(|route| json!({ "route": route, "statusCode": 404 }))).collect();
    let whole = json!({
        "globalHeaders": global,
        "routes": routes,
        "mimeTypes": { ".wasm": "application/wasm", ".json": "application/json" },
    });
    format!("{whole:#}\n")
}

/// nginx supports brotli only by a module that few installations have.
fn nginx(set: &Set) -> String {
    let lines: String =
        set.iter().map(|(name, value)| format!("    add_header {name} \"{value}\" always;\n")).collect();
    format!(
        "# Include in the http context, then set server_name, root and the certificate.\n\
         map $uri $key_wizard_cache {{\n    default \"{ASK}\";\n    ~-[0-9a-f]+\\.(css|js|json|wasm)$ \"{KEEP}\";\n}}\n\
         server {{\n    listen 443 ssl;\n    server_name keys.example.com;\n    root /srv/key-wizard;\n    \
         index index.html;\n    # An add_header in a location would drop all of these: keep them together.\n\
         {lines}    # Not always: an error must not be kept for a year.\n    add_header Cache-Control $key_wizard_cache;\n    \
         # Sends the files that end with .gz. With the module ngx_brotli, add: brotli_static on;\n    \
         gzip_static on;\n    gzip_vary on;\n    \
         location / {{ try_files $uri $uri/ =404; }}\n    \
         location ~ \\.wasm$ {{ types {{ application/wasm wasm; }} }}\n    \
         # Files for other hosts are of no use here.\n    \
         location ~ /(\\.|_headers$|web\\.config$|staticwebapp\\.config\\.json$|headers/) {{ return 404; }}\n}}\n"
    )
}

/// Caddy applies an unconditional `header` after the conditional ones, so both have a condition.
fn caddy(set: &Set) -> String {
    let lines: String = set.iter().map(|(name, value)| format!("\t\t{name} \"{value}\"\n")).collect();
    let hashed = "path_regexp -[0-9a-f]+\\.(css|js|json|wasm)$";
    format!(
        "keys.example.com {{\n\troot * /srv/key-wizard\n\theader {{\n{lines}\t}}\n\
         \t# Only what is there: an error must not be kept for a year.\n\
         \t@hashed {{\n\t\t{hashed}\n\t\tfile\n\t}}\n\
         \t@other {{\n\t\tnot {{\n\t\t\t{hashed}\n\t\t\tfile\n\t\t}}\n\t}}\n\
         \theader @hashed Cache-Control \"{KEEP}\"\n\theader @other Cache-Control \"{ASK}\"\n\
         \tfile_server {{\n\t\tprecompressed br gzip\n\t\t# Files for other hosts are of no use here.\n\
         \t\thide .htaccess _headers web.config staticwebapp.config.json headers\n\t}}\n}}\n"
    )
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('\'', "&apos;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Place, content_security_policy};

    fn all() -> Vec<HostFile> {
        files(&Connect::AnyPortal, &[], &["boot-0123456789abcdef.js".to_owned()])
    }

    #[test]
    fn every_host_file_holds_every_directive_and_every_header() {
        let policy = content_security_policy(&Connect::AnyPortal, Place::Header(&[]));
        for file in all() {
            let plain = file.text.replace("&apos;", "'");
            for directive in policy.split("; ") {
                assert!(plain.contains(directive), "{} lacks {directive}", file.path);
            }
            for (name, value) in headers(&Connect::AnyPortal, &[]) {
                assert!(plain.contains(name), "{} lacks {name}", file.path);
                assert!(plain.contains(&value), "{} lacks the value of {name}", file.path);
            }
            assert!(plain.contains("immutable"), "{} keeps nothing", file.path);
        }
    }

    #[test]
    fn no_value_holds_a_double_quote_or_a_dollar_sign_that_a_host_would_read() {
        for (name, value) in headers(&Connect::AnyPortal, &[]) {
            assert!(!value.contains(['"', '$', '\n', '\\', '{', '%']), "{name}");
        }
    }

    #[test]
    fn the_file_for_azure_is_json_with_the_policy_as_a_global_header() {
        let azure = all().into_iter().find(|file| file.path.starts_with("staticwebapp")).expect("it is generated");
        let json: serde_json::Value = serde_json::from_str(&azure.text).expect("it is JSON");
        let policy = content_security_policy(&Connect::AnyPortal, Place::Header(&[]));
        assert_eq!(json["globalHeaders"]["Content-Security-Policy"], policy.as_str());
        assert_eq!(json["routes"][0]["route"], "/boot-0123456789abcdef.js");
    }

    #[test]
    fn the_file_for_iis_is_well_formed_xml() {
        let iis = all().into_iter().find(|file| file.path == "web.config").expect("it is generated");
        assert_well_formed(&iis.text);
    }

    /// Checks that every element is closed, in order; enough for a file without text content.
    #[track_caller]
    fn assert_well_formed(text: &str) {
        let mut open = Vec::new();
        for tag in text.split('<').skip(1) {
            let (tag, rest) = tag.split_once('>').expect("each < has its >");
            assert!(rest.trim().is_empty(), "text between elements: {rest}");
            if tag.starts_with('?') || tag.ends_with('/') {
                assert_eq!(tag.matches('"').count() % 2, 0, "quotes are paired: {tag}");
                continue;
            }
            match tag.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name)),
                None => open.push(tag.split(' ').next().expect("an element has a name")),
            }
        }
        assert!(open.is_empty(), "{open:?} never closes");
    }
}
