use super::*;

fn raw(status: u16, body: &[u8]) -> Raw {
    Raw { status, retry_after: None, body: Zeroizing::new(body.to_vec()) }
}

fn answer(status: u16, body: &str) -> Result<String, Error> {
    decode(&raw(status, body.as_bytes()), |fields| fields.id("id"))
}

#[track_caller]
fn unreadable(status: u16, body: &str) {
    let answer = answer(status, body);
    assert!(matches!(answer, Err(Error::Unreadable { .. })), "{status} {body}: {answer:?}");
}

#[track_caller]
fn refused(body: &str, expected: (i32, &str, &str)) {
    let answer = answer(200, body);
    let Err(Error::Refused(refusal)) = &answer else { panic!("{body}: {answer:?}") };
    assert_eq!((refusal.code, refusal.name.as_str(), refusal.message.as_str()), expected, "{body}");
}

#[test]
fn an_answer_is_read_only_if_everything_fits() {
    assert_eq!(answer(200, r#"{"id":"a1"}"#), Ok("a1".to_owned()));
    assert_eq!(answer(200, "\u{FEFF}{\"id\":\"a1\"}"), Ok("a1".to_owned()));
    assert_eq!(answer(200, r#" {"id":"a1","success":true,"error":null,"more":[{}]} "#), Ok("a1".to_owned()));
}

#[test]
fn what_is_no_json_object_is_unreadable() {
    for body in [
        "",
        " ",
        "<html><body>Sign in</body></html>",
        "{\"id\":\"a1\"",
        "[{\"id\":\"a1\"}]",
        "\"a1\"",
        "null",
        "true",
        "1",
        "{\"id\":\"a1\"}{\"id\":\"a2\"}",
        "{'id':'a1'}",
        "{\"id\":\"a1\",}",
        "{\"id\":\"\\ud800\"}",
        "{id:1}",
        "NaN",
    ] {
        unreadable(200, body);
    }
    unreadable(200, &"[".repeat(100_000));
    unreadable(200, &["{\"id\":", &"{\"a\":".repeat(1000)].concat());
}

#[test]
fn a_401_of_whatever_form_is_a_refusal() {
    for body in ["", "<html><body>Unauthorized</body></html>", "[]", "{}", r#"{"message":"Unauthorized"}"#] {
        let answer = answer(401, body);
        assert!(matches!(&answer, Err(Error::Refused(refusal)) if refusal.code == 401), "{body}: {answer:?}");
    }
    unreadable(403, "<html></html>");
}

#[test]
fn a_field_that_is_missing_empty_or_of_another_type_is_unreadable() {
    for body in [
        "{}",
        r#"{"id":null}"#,
        r#"{"id":""}"#,
        r#"{"id":7}"#,
        r#"{"id":["a"]}"#,
        r#"{"id":{"a":1}}"#,
        r#"{"id":".."}"#,
        r#"{"id":"."}"#,
        r#"{"id":"a\u0000"}"#,
        r#"{"ID":"a"}"#,
        r#"{"id":"a","id":"a"}"#,
        r#"{"id":"a","error":7}"#,
        r#"{"id":"a","error":[]}"#,
        r#"{"id":"a","error":true}"#,
        r#"{"id":"a","success":true,"success":false}"#,
        r#"{"id":"a","error":null,"error":{"code":498}}"#,
    ] {
        unreadable(200, body);
    }
}

#[test]
fn every_way_to_say_no_is_heard() {
    refused(
        r#"{"error":{"code":400,"messageCode":"CONT_0001","message":"Item does not exist or is inaccessible.","details":[]}}"#,
        (400, "CONT_0001", "Item does not exist or is inaccessible."),
    );
    refused(r#"{"error":{"code":403,"message":"No."},"id":"a1"}"#, (403, "", "No."));
    refused(r#"{"error":{}}"#, (0, "", ""));
    refused(r#"{"error":{"message":"only words"}}"#, (0, "", "only words"));
    refused(r#"{"error":{"code":"400"}}"#, (400, "", ""));
    refused(r#"{"error":"invalid_grant","error_description":"used"}"#, (0, "invalid_grant", "used"));
    refused(
        r#"{"error":{"code":400,"error":"invalid_request","error_description":"Invalid redirect_uri","message":"Invalid redirect_uri","details":[]}}"#,
        (400, "invalid_request", "Invalid redirect_uri"),
    );
    refused(r#"{"success":false,"id":"a1"}"#, (0, "", ""));
    refused(r#"{"success":false,"error":{"code":500,"message":"x"}}"#, (500, "", "x"));
    refused(r#"{"code":500,"message":"m","status":"failure","id":"a1"}"#, (500, "", "m"));
    refused(r#"{"status":"failed","id":"a1"}"#, (0, "", ""));
    refused(r#"{"code":400,"message":"m","id":"a1"}"#, (400, "", "m"));
}

#[test]
fn the_end_of_a_session_and_a_busy_portal_differ() {
    for code in [498, 499] {
        let body = [r#"{"error":{"code":"#, &code.to_string(), r#","message":"Invalid token."}}"#].concat();
        assert_eq!(answer(200, &body), Err(Error::SignedOut));
        assert_eq!(answer(401, &body), Err(Error::SignedOut));
    }
    assert_eq!(answer(429, "slow down"), Err(Error::Busy { wait_ms: None }));
    assert_eq!(answer(200, r#"{"error":{"code":429}}"#), Err(Error::Busy { wait_ms: None }));
    let told = Raw { retry_after: Some(7), ..raw(429, b"") };
    assert_eq!(decode(&told, |_| Ok(())), Err(Error::Busy { wait_ms: Some(7000) }));
}

#[test]
fn a_status_that_is_no_success_is_never_one() {
    for status in [0, 100, 204 + 100, 301, 302, 400, 401, 403, 404, 500, 502, 503, 504] {
        unreadable(status, r#"{"id":"a1","success":true}"#);
    }
    for status in [500, 502, 503, 504] {
        unreadable(status, r#"{"error":{"code":400,"message":"a gateway's words"}}"#);
    }
}

#[test]
fn an_answer_that_is_too_long_is_not_read() {
    let mut body = Vec::from(&b"{\"id\":\"a1\"}"[..]);
    body.resize(8_388_608, b' ');
    assert!(decode(&raw(200, &body), |fields| fields.id("id")).is_ok());
    body.push(b' ');
    assert_eq!(decode(&raw(200, &body), |fields| fields.id("id")), Err(Error::Unreadable { what: "longer than 8 MB" }));
}

#[test]
fn numbers_are_taken_as_portals_send_them() {
    let number = |body: &str| decode(&raw(200, body.as_bytes()), |fields| fields.number("n"));
    for body in [r#"{"n":7200}"#, r#"{"n":"7200"}"#, r#"{"n":7200.0}"#, r#"{"n":7.2e3}"#] {
        assert_eq!(number(body), Ok(7200), "{body}");
    }
    assert_eq!(number(r#"{"n":1771632799999}"#), Ok(1_771_632_799_999));
    assert_eq!(number(r#"{"n":-1}"#), Ok(-1));
    for body in
        [r#"{"n":7200.5}"#, r#"{"n":"x"}"#, r#"{"n":1e300}"#, r#"{"n":1e999}"#, r#"{"n":true}"#, r#"{"n":null}"#]
    {
        assert!(matches!(number(body), Err(Error::Unreadable { .. })), "{body}");
    }
}

#[test]
fn no_error_keeps_what_the_portal_said_beyond_its_bounds() {
    let key = "AAPTxy8BH1VEsoebNVZXo8HurC";
    let body = [
        r#"{"error":{"code":400,"messageCode":""#,
        key,
        r#"","message":"key "#,
        key,
        r#" \u202E","details":[""#,
        key,
        r#"",7]}}"#,
    ];
    let error = answer(200, &body.concat()).expect_err("it is an error");
    let print = format!("{error:?} {error}");
    assert!(!print.contains("AAPT") && !print.contains('\u{202E}'), "{print}");
    let long = [
        r#"{"error":{"code":400,"message":""#,
        &"word ".repeat(10_000),
        r#"","details":["#,
        &"\"d\",".repeat(5000),
        "\"d\"]}}",
    ];
    let error = answer(200, &long.concat()).expect_err("it is an error");
    let refusal = error.refusal().expect("it is a refusal");
    assert!(refusal.message.chars().count() <= 301 && refusal.details.len() <= 10);
}

#[test]
fn what_breaks_inside_the_portal_leaves_its_effect_open() {
    let error =
        answer(200, r#"{"error":{"code":500,"message":"Unable to register app."}}"#).expect_err("it is an error");
    assert!(error.is_unknown());
    let error = answer(200, r#"{"error":{"code":400,"message":"no"}}"#).expect_err("it is an error");
    assert!(!error.is_unknown());
}

#[test]
fn no_mutation_of_an_answer_panics_or_passes_without_its_id() {
    let body = r#"{"success":true,"id":"fe8","folder":null,"n":[1,2.5,"x",{"a":"\u00e9"}]}"#.as_bytes();
    for place in 0..body.len() {
        for byte in [0, b'"', b'{', b'}', b'[', b',', b'\\', b'0', 0xFF] {
            let mut body = body.to_vec();
            body[place] = byte;
            if let Ok(id) = decode(&raw(200, &body), |fields| fields.id("id")) {
                assert!(!id.is_empty());
            }
            body.truncate(place);
            assert!(decode(&raw(200, &body), |fields| fields.id("id")).is_err());
        }
    }
}

#[test]
fn a_name_may_be_256_bytes_long() {
    let named = |length| answer(200, &["{\"id\":\"", &"a".repeat(length), "\"}"].concat());
    assert!(named(256).is_ok_and(|text| text.len() == 256));
    assert!(named(257).is_err());
}

#[test]
fn a_flag_is_what_the_portal_says_and_missing_is_no() {
    let flag = |body: &str| decode(&raw(200, body.as_bytes()), |fields| fields.flag("f"));
    assert_eq!([flag(r#"{"f":true}"#), flag(r#"{"f":false}"#), flag("{}")], [Ok(true), Ok(false), Ok(false)]);
    assert!(flag(r#"{"f":"true"}"#).is_err());
}

#[test]
fn texts_are_all_there_in_their_order() {
    let texts = |body: &str| decode(&raw(200, body.as_bytes()), |fields| fields.texts("t"));
    assert_eq!(texts(r#"{"t":["b","a"]}"#), Ok(vec!["b".to_owned(), "a".to_owned()]));
    assert_eq!(texts("{}"), Ok(Vec::new()));
    assert!(texts(r#"{"t":["b",1]}"#).is_err() && texts(r#"{"t":"b"}"#).is_err());
}

#[test]
fn objects_are_a_list_of_objects_and_nothing_else() {
    let ids = |body: &str| decode(&raw(200, body.as_bytes()), |fields| fields.objects("o", |fields| fields.id("id")));
    assert_eq!(ids(r#"{"o":[{"id":"a"},{"id":"b"}]}"#), Ok(vec!["a".to_owned(), "b".to_owned()]));
    for body in ["{}", r#"{"o":{}}"#, r#"{"o":["a"]}"#, r#"{"o":[{}]}"#] {
        assert!(ids(body).is_err(), "{body}");
    }
}

#[test]
fn an_object_may_be_missing_or_null() {
    let inner = |body: &str| {
        let read = |fields: &Fields<'_, '_>| fields.object_or_none("o")?.map(|item| item.id("id")).transpose();
        decode(&raw(200, body.as_bytes()), read)
    };
    assert_eq!(inner(r#"{"o":{"id":"a"}}"#), Ok(Some("a".to_owned())));
    assert_eq!([inner("{}"), inner(r#"{"o":null}"#)], [Ok(None), Ok(None)]);
    assert!(inner(r#"{"o":[]}"#).is_err());
}
