//! Texts about input errors and configuration errors.

use super::*;

#[test]
fn every_unresolved_restriction_is_explained() {
    for restriction in Restriction::ALL {
        check_sentence(&text(Message::Unresolved(restriction)), &restriction);
    }
    check(&text(Message::UseReferrer("https://a.example")), &"a suggestion");
    let date = NaiveDate::from_ymd_opt(2026, 12, 24).expect("a day of the calendar");
    check(&text(Message::KeepDate(date)), &"the date that is kept");
    check(&text(Message::AnswerAbout { answer: "Leave it out", part: "x" }), &"an answer");
}

#[test]
fn every_problem_is_a_sentence() {
    let date = NaiveDate::from_ymd_opt(2026, 12, 31).expect("a date of the calendar");
    let text_of = || "x".to_owned();
    let mut rules = vec![
        Rule::Expiration(ExpirationProblem::Missing),
        Rule::Expiration(ExpirationProblem::NotADate),
        Rule::Expiration(ExpirationProblem::TooEarly { earliest: date, latest: date }),
        Rule::Expiration(ExpirationProblem::TooLate { earliest: date, latest: date }),
        Rule::RepeatedReferrer { entry: text_of() },
        Rule::NothingGranted,
        Rule::Unresolved,
        Rule::UnreadableId { id: text_of() },
        Rule::UnfinishedItem { entry: text_of() },
        Rule::Required,
        Rule::TooMany { max: 100, count: 1_000 },
        Rule::TooLong { max: 100, count: 1_000 },
        Rule::LongTag { tag: text_of(), max: 128 },
        Rule::ControlCharacter { character: '\u{202e}' },
    ];
    for origin in origin_problems() {
        rules.push(referrer(ReferrerRule::Origin(origin)));
    }
    rules.extend([
        referrer(ReferrerRule::Path),
        referrer(ReferrerRule::Wildcard),
        referrer(ReferrerRule::PythonClient),
    ]);
    for field in FIELDS.into_iter().chain([Field::Portal]) {
        check(&text(Message::Field(field)), &field);
        for rule in &rules {
            let problem = Problem { field, rule: rule.clone() };
            check_sentence(&text(Message::Problem(&problem)), &problem);
        }
    }
}

fn referrer(rule: ReferrerRule) -> Rule {
    let suggestion = Referrer::parse("https://app.example.com").ok();
    Rule::Referrer { entry: "x".to_owned(), problem: ReferrerProblem { rule, suggestion } }
}

fn origin_problems() -> [OriginProblem; 11] {
    use OriginProblem::*;
    [Empty, TooLong, Scheme, Space, NotAscii, Backslash, UserInfo, Host, NumericHost, Ipv6, Port]
}

#[test]
fn every_fault_of_the_configuration_is_a_sentence_after_its_key() {
    let mut roots: Vec<RootProblem> = origin_problems().into_iter().map(RootProblem::Origin).collect();
    roots.extend([RootProblem::PlainHttp, RootProblem::Query, RootProblem::Fragment, RootProblem::Path]);
    roots.extend([RootProblem::EsriSite, RootProblem::BehindAdaptor { root: "https://gis.example.com".to_owned() }]);
    let below = RootProblem::BelowRoot { root: "https://gis.example.com/portal".to_owned() };
    roots.extend([below, RootProblem::Server { root: "https://gis.example.com/portal".to_owned() }]);
    for root in &roots {
        check_sentence(&text(Message::PortalAddressProblem(root)), root);
    }
    let mut rules: Vec<ConfigRule> = roots.into_iter().map(ConfigRule::Root).collect();
    rules.extend([Kind::Object, Kind::List, Kind::Text, Kind::Bool].map(|expected| ConfigRule::WrongKind { expected }));
    rules.extend([
        ConfigRule::NotJson { line: 1, column: 2 },
        ConfigRule::TooLong { max: 65_536 },
        ConfigRule::Missing,
        ConfigRule::Unknown { allowed: &["portals", "allowOtherPortals"] },
        ConfigRule::Repeated,
        ConfigRule::Empty,
        ConfigRule::Character,
        ConfigRule::DuplicateId { first: "portals[0].id".to_owned() },
        ConfigRule::Placeholder,
    ]);
    let problem = |rule| ConfigFault::Problem(ConfigProblem { key: "portals[1].id".to_owned(), rule });
    let mut faults: Vec<ConfigFault> = rules.into_iter().map(problem).collect();
    faults.extend([0, 404, 500].map(|status| ConfigFault::NotServed { status }));
    for fault in &faults {
        let words = text(Message::ConfigFault(fault));
        let (key, sentence) = words.split_once(": ").expect("a key comes first");
        assert!(["portals[1].id", "config.json"].contains(&key), "{words}");
        check_brackets(sentence, fault);
    }
}
