//! Form encoding: it round-trips, and the `url` crate decodes it the same way.

use key_wizard_core::urlencoded;
use url::form_urlencoded;

pub fn check(text: &str) {
    let encoded = urlencoded::encoded(text);
    assert_eq!(urlencoded::decoded(&encoded).as_deref(), Some(text), "an encoded text is read back");
    assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
    let reference: Vec<_> = form_urlencoded::parse(text.as_bytes()).collect();
    let pairs: Vec<_> = urlencoded::pairs(text).collect();
    assert_eq!(pairs.len(), reference.len());
    for ((name, value), (known_name, known_value)) in pairs.into_iter().zip(reference) {
        for (ours, known) in [(name, known_name), (value, known_value)] {
            // A broken escape is rejected here, where a browser leaves it or inserts U+FFFD.
            assert!(urlencoded::decoded(ours).is_none_or(|decoded| decoded == known));
        }
    }
}
