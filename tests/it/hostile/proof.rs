//! What an answer must contain to be a success, checked independently of the product's code.

use serde_json::Value;

/// One requirement on an answer, by JSON pointer.
#[derive(Debug, Clone, Copy)]
pub enum Proof {
    /// `true`.
    Yes(&'static str),
    /// A name that is valid in a path.
    Id(&'static str),
    /// A text, possibly empty.
    Text(&'static str),
    /// A text that is required but not kept.
    There(&'static str),
    /// A nonempty text.
    Secret(&'static str),
    /// An integer, as a number or a text.
    Whole(&'static str),
    /// A list; only its length is compared.
    List(&'static str),
}

impl Proof {
    /// Its JSON pointer.
    pub fn place(self) -> &'static str {
        match self {
            Self::Yes(pointer) | Self::Id(pointer) | Self::Text(pointer) | Self::There(pointer) => pointer,
            Self::Secret(pointer) | Self::Whole(pointer) | Self::List(pointer) => pointer,
        }
    }

    /// Its value, if it is present.
    fn said(self, value: &Value) -> Option<String> {
        let found = value.pointer(self.place())?;
        match self {
            Self::Yes(_) => (*found == Value::Bool(true)).then(|| "yes".to_owned()),
            Self::Id(_) => found.as_str().filter(|text| is_name(text)).map(str::to_owned),
            Self::Text(_) => found.as_str().map(str::to_owned),
            Self::There(_) => found.as_str().map(|_| "there".to_owned()),
            Self::Secret(_) => found.as_str().filter(|text| !text.is_empty()).map(str::to_owned),
            Self::Whole(_) => whole(found).map(|whole| whole.to_string()),
            Self::List(_) => found.as_array().map(|entry| entry.len().to_string()),
        }
    }
}

fn is_name(text: &str) -> bool {
    !["", ".", ".."].contains(&text) && text.len() <= 256 && !text.chars().any(char::is_control)
}

fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| {
            let number = number.as_f64()?;
            (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
        }),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// The values of a body, in the order of its proofs; `None` if a proof is missing.
pub fn said(body: &[u8], proofs: &[Proof]) -> Option<String> {
    let mut body = body;
    while let Some(rest) = body.strip_prefix(b"\xEF\xBB\xBF") {
        body = rest;
    }
    let value: Value = serde_json::from_slice(body).ok()?;
    value.as_object()?;
    let said: Option<Vec<String>> = proofs.iter().map(|proof| proof.said(&value)).collect();
    said.map(|said| said.join("|"))
}
