//! Form encoding (`a=b&c=d`), both ways: the bodies of requests, callbacks, and links into the wizard.

/// Percent-encodes everything but `kept` and the unreserved characters of RFC 3986, which every form decoder leaves
/// unchanged.
pub fn encode(bytes: &[u8], kept: &[u8], push: &mut dyn FnMut(u8)) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
            push(byte);
        } else {
            push(b'%');
            push(HEX[usize::from(byte >> 4)]);
            push(HEX[usize::from(byte & 15)]);
        }
    }
}

/// The `data:` URL of a file of this media type that contains `text` (RFC 2397).
pub fn file(media_type: &str, text: &str) -> String {
    ["data:", media_type, ",", &encoded(text)].concat()
}

/// Percent-encodes a value or one segment of a path: usernames may contain `@` and more (F-API-4).
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    encode(text.as_bytes(), b"", &mut |byte| out.push(byte.into()));
    out
}

/// The names and values between `&`, not yet decoded; a name without `=` has an empty value.
pub fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('&').filter(|part| !part.is_empty()).map(|part| part.split_once('=').unwrap_or((part, "")))
}

/// Decodes a name or a value, where `+` is a space; `None` if an escape is malformed or the bytes are not UTF-8.
pub fn decoded(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let high = char::from(bytes.next()?).to_digit(16)?;
                let low = char::from(bytes.next()?).to_digit(16)?;
                out.push(u8::try_from(16 * high + low).ok()?);
            }
            byte => out.push(byte),
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_username_becomes_one_path_segment() {
        assert_eq!(encoded("jane@example.com/../x"), "jane%40example.com%2F..%2Fx");
    }

    #[test]
    fn what_was_encoded_is_decoded_to_itself() {
        let text: String = (1..0x3000).filter_map(char::from_u32).collect();
        assert_eq!(decoded(&encoded(&text)).as_deref(), Some(text.as_str()));
    }

    #[test]
    fn a_broken_escape_is_refused() {
        for text in ["%", "%2", "%zz", "%+1", "%FF", "a%C3"] {
            assert_eq!(decoded(text), None, "{text}");
        }
        assert_eq!(decoded("a+b%2Bc%C3%A9").as_deref(), Some("a b+cé"));
    }

    #[test]
    fn a_name_may_stand_alone() {
        assert_eq!(pairs("a=1=2&&b&=c").collect::<Vec<_>>(), [("a", "1=2"), ("b", ""), ("", "c")]);
    }
}
