//! The only reader of answers. An answer is a success only if it proves it: status, a JSON object, every needed field.
//!
//! A portal refuses with status 200 and an error in one of several forms (F-ERROR-1, F-ERROR-2, F-ERROR-7). All of them
//! are recognized here.

use std::borrow::Cow;

use zeroize::Zeroizing;

use crate::json::{self, Value};
use crate::portal::error::{Error, Refusal};
use crate::secret::Secret;

/// The maximum length of an answer, in bytes; longer ones are not read.
pub const LONGEST: usize = 8 * 1024 * 1024;

/// A raw answer.
pub struct Raw {
    /// The HTTP status.
    pub status: u16,
    /// The `Retry-After` header in seconds, if it could be read.
    pub retry_after: Option<u32>,
    /// The body, wiped when dropped.
    pub body: Zeroizing<Vec<u8>>,
}

/// Parses an answer with `read`, unless it is a refusal in any form.
pub fn decode<T>(raw: &Raw, read: impl FnOnce(&Fields<'_, '_>) -> Result<T, Error>) -> Result<T, Error> {
    if raw.status == 429 {
        return Err(busy(raw));
    }
    let refused_or = |error: Error| match raw.status {
        // From a server in front of the portal: the request was not applied (RFC 9110, section 15.5.2).
        401 => Error::Refused(Refusal::new(401, "", "", [].into_iter())),
        _ => error,
    };
    let tree = parse(&raw.body).map_err(refused_or)?;
    let Value::Object(fields) = &tree else {
        return Err(refused_or(Error::Unreadable { what: "not a JSON object" }));
    };
    let fields = Fields(fields);
    refuse(raw, &fields)?;
    match raw.status {
        200..300 => read(&fields),
        _ => Err(Error::Unreadable { what: "the HTTP status" }),
    }
}

fn busy(raw: &Raw) -> Error {
    Error::Busy { wait_ms: raw.retry_after.map(|retry_after| retry_after.saturating_mul(1000)) }
}

fn parse(body: &[u8]) -> Result<Value<'_>, Error> {
    if body.len() > LONGEST {
        return Err(Error::Unreadable { what: "longer than 8 MB" });
    }
    // Some proxies put a byte order mark before the answer; serde_json does not accept it.
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    json::parse(body).map_err(|_| Error::Unreadable { what: "not JSON" })
}

/// Looks for every form of refusal.
fn refuse(raw: &Raw, fields: &Fields<'_, '_>) -> Result<(), Error> {
    match fields.get("error")? {
        None => {}
        Some(Value::Object(inner)) => return Err(classify(raw, &Fields(inner))),
        // The form of RFC 6749, 5.2, and of newer services.
        Some(Value::Text(_)) => return Err(classify(raw, fields)),
        Some(_) => return Err(Error::Unreadable { what: "error" }),
    }
    let code = fields.get("code")?.and_then(Value::whole);
    let status = fields.get("status")?.and_then(Value::as_text);
    let success = fields.get("success")?;
    let says_no = code.is_some_and(|code| (400..600).contains(&code))
        || matches!(status, Some("error" | "failed" | "failure"))
        || matches!(success, Some(Value::Flag(false)))
        || raw.status == 401 && success.is_none();
    match says_no {
        true => Err(classify(raw, fields)),
        false => Ok(()),
    }
}

fn classify(raw: &Raw, fields: &Fields<'_, '_>) -> Error {
    // A gateway's 5xx does not show what happened behind it, whatever its body says.
    if raw.status >= 500 {
        return Error::Unreadable { what: "the HTTP status" };
    }
    let text = |name| fields.get(name).ok().flatten().and_then(Value::as_text).unwrap_or_default();
    let code = fields.get("code").ok().flatten().and_then(Value::whole).and_then(|code| i32::try_from(code).ok());
    // The form of RFC 6749, 5.2, has no code of its own.
    let code = code.or_else(|| (400..500).contains(&raw.status).then_some(i32::from(raw.status)));
    match code.unwrap_or_default() {
        498 | 499 => return Error::SignedOut,
        429 => return busy(raw),
        _ => {}
    }
    let name = [text("messageCode"), text("error")].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let message =
        [text("message"), text("error_description")].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let details = fields.list("details").unwrap_or_default();
    Error::Refused(Refusal::new(code.unwrap_or_default(), name, message, details.iter().filter_map(Value::as_text)))
}

/// The fields of a JSON object in an answer. A duplicate field is an error only when it is read.
#[derive(Clone, Copy)]
pub struct Fields<'t, 'a>(&'t [(Cow<'a, str>, Value<'a>)]);

impl<'t, 'a> Fields<'t, 'a> {
    /// A required string.
    pub fn text(&self, name: &'static str) -> Result<&'t str, Error> {
        self.text_or_none(name)?.ok_or(Error::Unreadable { what: name })
    }

    /// A required id that is safe in a path: not empty, not too long, and without dot segments.
    pub fn id(&self, name: &'static str) -> Result<String, Error> {
        match self.text(name)? {
            "" | "." | ".." => Err(Error::Unreadable { what: name }),
            id if id.len() > 256 || id.chars().any(char::is_control) => Err(Error::Unreadable { what: name }),
            id => Ok(id.to_owned()),
        }
    }

    /// An optional string; it may be missing or `null`.
    pub fn text_or_none(&self, name: &'static str) -> Result<Option<&'t str>, Error> {
        match self.get(name)? {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(_) => Err(Error::Unreadable { what: name }),
        }
    }

    /// A required secret. It is copied once, directly from the answer; both buffers are wiped when dropped.
    pub fn secret(&self, name: &'static str) -> Result<Secret, Error> {
        match self.text(name)? {
            "" => Err(Error::Unreadable { what: name }),
            text => Ok(Secret::new(text.to_owned())),
        }
    }

    /// An optional whole number; `"7200"` and `7200.0` are accepted, too.
    pub fn number_or_none(&self, name: &'static str) -> Result<Option<i64>, Error> {
        match self.get(name)? {
            None => Ok(None),
            Some(value) => value.whole().map(Some).ok_or(Error::Unreadable { what: name }),
        }
    }

    /// A required whole number.
    pub fn number(&self, name: &'static str) -> Result<i64, Error> {
        self.number_or_none(name)?.ok_or(Error::Unreadable { what: name })
    }

    /// A boolean; false if missing.
    pub fn flag(&self, name: &'static str) -> Result<bool, Error> {
        match self.get(name)? {
            None => Ok(false),
            Some(Value::Flag(flag)) => Ok(*flag),
            Some(_) => Err(Error::Unreadable { what: name }),
        }
    }

    /// A list; empty if missing.
    pub fn list(&self, name: &'static str) -> Result<&'t [Value<'a>], Error> {
        match self.get(name)? {
            None => Ok(&[]),
            Some(Value::List(entries)) => Ok(entries),
            Some(_) => Err(Error::Unreadable { what: name }),
        }
    }

    /// A required list of objects, each parsed by `read`: an empty list is not the same as a missing one.
    pub fn objects<T>(
        &self,
        name: &'static str,
        read: fn(&Fields<'_, '_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let object = |value: &Value<'_>| match value {
            Value::Object(fields) => read(&Fields(fields)),
            _ => Err(Error::Unreadable { what: name }),
        };
        match self.get(name)? {
            Some(Value::List(entries)) => entries.iter().map(object).collect(),
            _ => Err(Error::Unreadable { what: name }),
        }
    }

    /// A list of strings.
    pub fn texts(&self, name: &'static str) -> Result<Vec<String>, Error> {
        let text = |value: &Value<'_>| value.as_text().map(str::to_owned).ok_or(Error::Unreadable { what: name });
        self.list(name)?.iter().map(text).collect()
    }

    /// An optional object; it may be missing or `null`.
    pub fn object_or_none(&self, name: &'static str) -> Result<Option<Fields<'t, 'a>>, Error> {
        match self.get(name)? {
            None => Ok(None),
            Some(Value::Object(fields)) => Ok(Some(Fields(fields))),
            Some(_) => Err(Error::Unreadable { what: name }),
        }
    }

    /// All members, for answers whose structure is up to their author.
    pub(super) fn members(&self) -> &'t [(Cow<'a, str>, Value<'a>)] {
        self.0
    }

    /// A field that occurs once and is not `null`.
    fn get(&self, name: &'static str) -> Result<Option<&'t Value<'a>>, Error> {
        let mut found = self.0.iter().filter(|(member, _)| member == name);
        match (found.next(), found.next()) {
            (None | Some((_, Value::Null)), None) => Ok(None),
            (Some((_, tree)), None) => Ok(Some(tree)),
            (_, Some(_)) => Err(Error::Unreadable { what: name }),
        }
    }
}

/// Parses our own JSON text, such as a stored record.
pub fn read_text<T>(text: &str, read: impl FnOnce(&Fields<'_, '_>) -> Result<T, Error>) -> Result<T, Error> {
    match parse(text.as_bytes())? {
        Value::Object(fields) => read(&Fields(&fields)),
        _ => Err(Error::Unreadable { what: "not a JSON object" }),
    }
}

#[cfg(test)]
mod tests;
