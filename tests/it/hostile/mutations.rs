//! Mutations of a recorded document: of each value in it, of the whole, and of single bytes.

use serde_json::{Value, json};

use super::Chance;
use super::readers::Reader;

/// Random mutations for each document.
const BY_CHANCE: usize = 400;
/// The maximum number of places mutated individually; a long list repeats itself.
const MOST_PLACES: usize = 120;

/// A mutated document.
pub struct Mutation {
    /// Its HTTP status.
    pub status: u16,
    /// The document.
    pub body: Vec<u8>,
    /// True if every parser must reject it.
    pub is_wrong: bool,
}

/// All mutations of a reader's valid document.
pub fn of(reader: &Reader) -> Vec<Mutation> {
    let mut all = of_values(reader);
    let body = &reader.body;
    all.extend((0..body.len()).map(|end| wrong(200, body[..end].to_vec())));
    all.extend(by_chance(body).into_iter().map(|body| Mutation { status: 200, body, is_wrong: false }));
    for whole in ["", "null", "[]", "0", "\"\"", "true", "<!doctype html><title>Sign in</title>", "OK", "\u{feff}"] {
        all.push(wrong(200, whole.as_bytes().to_vec()));
    }
    for (before, after) in [("[", "]"), ("{\"data\":", "}"), ("<html>", "</html>"), ("callback(", ")"), ("\"", "\"")] {
        let body = [before.as_bytes(), body, after.as_bytes()].concat();
        // A draft and a recipe ignore unknown fields.
        all.push(Mutation { status: 200, is_wrong: before != "{\"data\":", body });
    }
    if reader.of_portal {
        all.extend(refusals(body).into_iter().map(|refusal| wrong(200, refusal)));
        all.extend(
            [100, 199, 300, 301, 304, 307, 400, 401, 403, 404, 429, 500, 502, 503, 504, 0, 999]
                .map(|text| wrong(text, body.clone())),
        );
        all.push(wrong(200, [body.as_slice(), &b" ".repeat(9_000_000)].concat()));
    }
    all
}

fn wrong(status: u16, body: Vec<u8>) -> Mutation {
    Mutation { status, body, is_wrong: true }
}

/// Adds a refusal to a complete success.
fn refusals(body: &[u8]) -> Vec<Vec<u8>> {
    const NO: [&str; 15] = [
        r#""error":{"code":400,"message":"No","details":[]}"#,
        r#""error":{"code":498,"message":"Invalid token."}"#,
        r#""error":{"code":500}"#,
        r#""error":{}"#,
        r#""error":"invalid_grant""#,
        r#""error":"""#,
        r#""error":true"#,
        r#""error":[]"#,
        r#""error":400"#,
        r#""status":"error""#,
        r#""status":"failed""#,
        r#""success":false"#,
        r#""code":498"#,
        r#""code":"500""#,
        r#""code":400.0"#,
    ];
    let (inside, end) = (&body[1..], &body[..body.len() - 1]);
    let at_both_ends =
        |no: &str| [[b"{", no.as_bytes(), b",", inside].concat(), [end, b",", no.as_bytes(), b"}"].concat()];
    NO.iter().flat_map(|no| at_both_ends(no)).collect()
}

/// Each value removed, duplicated, and replaced.
fn of_values(reader: &Reader) -> Vec<Mutation> {
    let document: Value = serde_json::from_slice(&reader.body).expect("what was recorded is JSON");
    let mut places = Vec::new();
    collect(&document, String::new(), &mut places);
    places.truncate(MOST_PLACES);
    let mut all = Vec::new();
    let proves = |place: &String| reader.proofs.iter().any(|proof| is_below(proof.place(), place));
    for place in &places {
        for value in others() {
            let mut changed = document.clone();
            *changed.pointer_mut(place).expect("it was found there") = value;
            all.push(Mutation { status: 200, body: changed.to_string().into_bytes(), is_wrong: false });
        }
        let body = written(&document, "", &|other| if other == place { 0 } else { 1 }).into_bytes();
        all.push(Mutation { status: 200, body, is_wrong: proves(place) });
        let body = written(&document, "", &|other| if other == place { 2 } else { 1 }).into_bytes();
        // Duplicating a list entry is valid; a duplicate name proves nothing.
        let is_name = !place.ends_with(|character: char| character.is_ascii_digit());
        all.push(Mutation { status: 200, body, is_wrong: is_name && proves(place) });
    }
    all
}

fn is_below(place: &str, above: &str) -> bool {
    place.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn others() -> Vec<Value> {
    let texts = [
        "",
        " ",
        "text",
        ".",
        "..",
        "../../x",
        "\u{0}",
        "\n",
        "true",
        "-1",
        "1e3",
        "9007199254740993",
        "<b>",
        "\u{202e}",
    ];
    let mut all: Vec<Value> = texts.iter().map(|text| json!(text)).collect();
    all.extend([json!(null), json!(true), json!(false), json!([]), json!({}), json!([null]), json!([[]]), json!([{}])]);
    all.extend([json!(0), json!(-1), json!(1.5), json!(1e300), json!(i64::MIN), json!(u64::MAX)]);
    all.extend([json!(9_007_199_254_740_993_i64), json!(-9_007_199_254_740_993_i64), json!(253_402_300_800_000_i64)]);
    all.extend([
        json!({"error": {"code": 498}}),
        json!(["text", 1]),
        json!("x".repeat(300)),
        json!("x".repeat(100_000)),
    ]);
    all
}

fn collect(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                places.push([&place, "/", &name].concat());
                collect(value, [&place, "/", &name].concat(), places);
            }
        }
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate().take(2) {
                places.push([&place, "/", &at.to_string()].concat());
                collect(value, [&place, "/", &at.to_string()].concat(), places);
            }
        }
        _ => {}
    }
}

/// The document as text, each value repeated this many times.
fn written(value: &Value, place: &str, times: &dyn Fn(&str) -> usize) -> String {
    let mut parts = Vec::new();
    let mut push = |name: &str, value: &Value, before: &str| {
        let place = [place, "/", &name.replace('~', "~0").replace('/', "~1")].concat();
        let text = [before, &written(value, &place, times)].concat();
        parts.extend(std::iter::repeat_n(text, times(&place)));
    };
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| push(name, value, &[&json!(name).to_string(), ":"].concat()));
            ["{", &parts.join(","), "}"].concat()
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, value)| push(&at.to_string(), value, ""));
            ["[", &parts.join(","), "]"].concat()
        }
        other => other.to_string(),
    }
}

/// Flips, drops, duplicates, swaps and inserts bytes.
fn by_chance(body: &[u8]) -> Vec<Vec<u8>> {
    const MARKS: &[u8] = b"\"\\{}[]:,0-.eEtfn \0\xFF\xC3u/";
    let mut chance = Chance(0x5EED_0001 + body.len() as u64);
    let changed = |_| {
        let mut body = body.to_vec();
        for _ in 0..=chance.below(3) {
            let at = chance.below(body.len());
            let end = (at + chance.below(12)).min(body.len());
            match chance.below(6) {
                0 => body[at] ^= 1 << chance.below(8),
                1 => drop(body.drain(at..end)),
                2 => body.insert(at, MARKS[chance.below(MARKS.len())]),
                3 => body[at] = MARKS[chance.below(MARKS.len())],
                4 => body[at..end].reverse(),
                _ => body.splice(at..at, body[at..end].to_vec()).for_each(drop),
            }
        }
        body
    };
    (0..BY_CHANCE).map(changed).collect()
}
