//! Host names as the browser sends them.

use web_sys::Url;

/// The ASCII form of an international host name, by the browser's own rules; `None` if it is not a host name.
pub fn to_ascii(host: &str) -> Option<String> {
    Url::new(&["https://", host].concat()).ok().map(|url| url.host()).filter(|host| host.is_ascii())
}
