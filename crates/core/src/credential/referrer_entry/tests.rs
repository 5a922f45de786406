use super::*;

fn with_entry(entry: &str) -> Draft {
    Draft { referrer_entry: entry.to_owned(), referrers: vec!["https://a.example".to_owned()], ..Draft::default() }
}

#[track_caller]
fn check_added(entry: &str, expected: &[&str]) {
    let mut draft = with_entry(entry);
    assert_eq!(draft.add_referrers(), Ok(()), "{entry}");
    assert_eq!(draft.referrers[1..], *expected, "{entry}");
    assert_eq!(draft.referrer_entry, "");
}

/// The rule that an entry breaks; checks that the list and the entry are unchanged.
#[track_caller]
fn refusal(entry: &str) -> Rule {
    let mut draft = with_entry(entry);
    let mut problems = draft.add_referrers().expect_err(entry);
    assert_eq!(draft, with_entry(entry));
    assert_eq!((problems.len(), problems[0].field), (1, Field::Referrers));
    problems.remove(0).rule
}

#[test]
fn an_entry_moves_into_the_list_in_canonical_form() {
    check_added(" HTTPS://B.example:443/ ", &["https://b.example"]);
    check_added(
        "https://b.example, http://localhost:5173\nhttps://*.c.example",
        &["https://b.example", "http://localhost:5173", "https://*.c.example"],
    );
}

#[test]
fn of_several_entries_those_that_can_be_read_are_added_and_the_others_stay_with_what_they_mean() {
    let mut draft =
        with_entry("| Production | https://b.example |\n| Here | localhost:5173 |\n| Test | c.example/map |");
    let problems = draft.add_referrers().expect_err("two are doubtful");
    assert_eq!(draft.referrers, ["https://a.example", "https://b.example"]);
    assert_eq!(draft.referrer_entry, "localhost:5173 c.example/map");
    let doubtful = draft.doubtful_referrers();
    let rules: Vec<Rule> = doubtful.iter().map(|(piece, problem)| refused(piece, problem.clone())).collect();
    assert_eq!(problems.into_iter().map(|problem| problem.rule).collect::<Vec<_>>(), rules);
    let meant: Vec<Referrer> = doubtful.into_iter().filter_map(|(_, problem)| problem.suggestion).collect();
    assert_eq!(meant.iter().map(Referrer::as_str).collect::<Vec<_>>(), ["http://localhost:5173", "https://c.example"]);
    draft.use_meant(&meant[1..]);
    assert_eq!(draft.referrers[2..], ["https://c.example"]);
    assert_eq!(draft.referrer_entry, "localhost:5173");
    draft.use_meant(&meant);
    assert_eq!(draft.referrers[3..], ["http://localhost:5173"]);
    assert_eq!(draft.referrer_entry, "");
}

#[test]
fn an_entry_of_which_nothing_can_be_added_stays_as_it_was_typed() {
    assert!(matches!(refusal("“c.example”,"), Rule::Referrer { .. }));
    assert!(matches!(refusal("javascript:alert(1)"), Rule::Referrer { .. }));
}

#[test]
fn a_referrer_is_added_once() {
    assert_eq!(refusal("https://A.example/"), Rule::RepeatedReferrer { entry: "https://a.example".to_owned() });
    check_added("https://b.example https://b.example:443, https://a.example", &["https://b.example"]);
}

#[test]
fn a_referrer_of_ones_own_computer_is_put_on_the_list_and_taken_off_again() {
    let mut draft = with_entry("");
    let referrer = Referrer::local(5173);
    draft.toggle_referrer(&referrer);
    assert_eq!(draft.referrers, ["https://a.example", "http://localhost:5173"]);
    draft.toggle_referrer(&referrer);
    assert_eq!(draft.referrers, ["https://a.example"]);
}

#[test]
fn a_blank_entry_is_refused_when_added_and_dropped_when_left() {
    assert!(matches!(refusal(" ,\t"), Rule::Referrer { .. }));
    let mut draft = with_entry(" \t");
    assert_eq!(draft.settle_entry(), Ok(()));
    assert_eq!(draft, with_entry(""));
}

#[test]
fn a_message_repeats_only_the_start_of_a_long_entry() {
    let Rule::Referrer { entry, .. } = refusal(&"🗺".repeat(10_000)) else { panic!("a referrer problem") };
    assert_eq!(entry.chars().count(), 81);
}

#[test]
fn a_thousand_referrers_are_added_and_one_more_is_not() {
    let list = |count: usize| (0..count).map(|number| format!("https://h{number}.example\n")).collect::<String>();
    let mut draft = Draft { referrer_entry: list(MAX_REFERRERS), ..Draft::default() };
    assert_eq!(draft.add_referrers(), Ok(()));
    assert_eq!(draft.referrers.len(), MAX_REFERRERS);
    assert_eq!(refusal(&list(MAX_REFERRERS)), Rule::TooMany { max: MAX_REFERRERS, count: MAX_REFERRERS + 1 });
}

#[test]
fn what_parts_of_the_entry_mean_is_added_once_and_as_far_as_there_is_room() {
    let meant = Referrer::parse("https://b.example").expect("a referrer");
    let mut draft = with_entry("b.example https://b.example/map");
    draft.use_meant(std::slice::from_ref(&meant));
    assert_eq!(draft.referrers, ["https://a.example", "https://b.example"]);
    assert_eq!(draft.referrer_entry, "");
    let full: Vec<String> = (0..MAX_REFERRERS).map(|number| format!("https://{number}.example")).collect();
    let mut draft = Draft { referrers: full.clone(), ..with_entry("b.example") };
    draft.use_meant(std::slice::from_ref(&meant));
    draft.toggle_referrer(&meant);
    assert_eq!((draft.referrers, &*draft.referrer_entry), (full, "b.example"));
}

#[test]
fn words_of_a_link_that_are_no_address_are_refused_as_a_whole() {
    let refused = |written: &str| match with_entry("").take_written(written).expect_err(written).rule {
        Rule::Referrer { entry, .. } => entry,
        rule => panic!("{rule:?}"),
    };
    assert_eq!(refused(" not an address "), "not an address");
    assert_eq!(refused("https://b.example c.example"), "c.example", "what is meant is known");
}
