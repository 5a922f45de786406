//! Texts about privileges, remarks of the review, presets, code and web maps.

use super::*;

#[test]
fn what_is_known_of_a_privilege_is_said_in_words() {
    let role = Lack::Role { group: "General privileges", subgroup: "Content" };
    for lack in [Lack::Product(vec![Product::Platform, Product::Online]), Lack::PayAsYouGo, role, Lack::Subscription] {
        check_sentence(&text(Message::Lack(&lack)), &lack);
    }
    for because in [Because::Includes("Service area".to_owned()), Because::Word("isochrone".to_owned())] {
        check(&text(Message::Because(&because)), &because);
    }
    let known = |trap, standing| PrivilegeFacts { trap, standing, ..PrivilegeFacts::default() };
    assert_eq!(text(Message::PrivilegeFacts(&known(None, Standing::Documented))), "");
    for trap in [None, Some(Trap::Batch), Some(Trap::Beta), Some(Trap::EveryLayer)] {
        for standing in [Standing::ThirdParty, Standing::Inferred] {
            let services = vec!["a.arcgis.com/x".to_owned(), "a.arcgis.com/y".to_owned()];
            let words = text(Message::PrivilegeFacts(&PrivilegeFacts { services, ..known(trap, standing) }));
            check(&words, &(trap, standing));
            assert_eq!(words.matches("a.arcgis.com").count(), 1, "{words}");
        }
    }
}

#[test]
fn every_remark_is_a_sentence_and_so_is_what_a_leak_could_cost() {
    let (text_of, id) = (|| "x".to_owned(), || PrivilegeId("a:b".to_owned()));
    for remark in [
        Remark::SharedHost(text_of()),
        Remark::PlainHttp(text_of()),
        Remark::PersonalInWebPage(id()),
        Remark::LocalBesidePublic(text_of()),
        Remark::NoReferrers,
        Remark::ReferrersUnsent,
        Remark::EveryLayer(id()),
        Remark::StoredToo(id()),
        Remark::Unneeded(id(), 1),
        Remark::Unneeded(id(), 3),
        Remark::NeededBy(text_of(), id()),
        Remark::NeededNotChosen(id(), 1),
        Remark::NeededNotChosen(id(), 2),
        Remark::ItemNotChosen(text_of(), 1),
        Remark::ItemNotChosen(text_of(), 2),
        Remark::LongLife(343),
        Remark::PublicItem(text_of()),
        Remark::NonpublicItem(text_of(), 1),
        Remark::NonpublicItem(text_of(), 3),
        Remark::MapAlone(text_of()),
        Remark::LayersLeftOut(text_of(), 1),
        Remark::LayersLeftOut(text_of(), 3),
        Remark::ItemsBeyondCode(text_of(), 1),
        Remark::ItemsBeyondCode(text_of(), 3),
    ] {
        check_sentence(&text(Message::Remark(&remark)), &remark);
    }
    assert_eq!(text(Message::Exposure(Exposure::default())), "");
    let all = Exposure { spends: true, reads: true, changes: true, administers: true };
    check_sentence(&text(Message::Exposure(all)), &all);
    check(&text(Message::PrivilegesOfOffered { chosen: 4, of: 61 }), &"a count");
    check(&text(Message::PrivilegesFound { found: 4, of: 61 }), &"a count");
}

#[test]
fn what_a_preset_needs_is_said_with_how_sure_that_is() {
    let (none, some): (&[String], &[String]) = (&[], &["Routing".to_owned()]);
    for basis in [Basis::Stated, Basis::Sample, Basis::Catalogue, Basis::Inferred, Basis::Deployer] {
        for (gives, lacks, closed, needs_items) in
            [(some, none, none, false), (none, some, none, true), (none, none, some, true)]
        {
            let preset = StartingPoint { basis, needs_items, ..StartingPoint::default() };
            check(&text(Message::PresetNeeds { gives, lacks, closed, preset: &preset }), &preset);
        }
    }
}

#[test]
fn what_was_found_in_code_is_said_with_its_places() {
    let place = |file: Option<&str>, line: usize| Place::Line {
        file: file.map(str::to_owned),
        line,
        matched: "geocode".to_owned(),
    };
    assert_eq!(text(Message::CodePlaces(&[place(None, 3)])), "line 3: geocode");
    let many: Vec<Place> = (1..=7).map(|line| place(Some("a.js"), line)).collect();
    let words = text(Message::CodePlaces(&many));
    assert!(
        words.starts_with("a.js, line 1: geocode · ") && words.ends_with("line 5: geocode · and 2 more"),
        "{words}"
    );
    let layers = ["Roads", "Trees"].map(|name| Place::Layer(name.to_owned()));
    assert_eq!(text(Message::CodePlaces(&layers)), "Roads · Trees");
    let most: Vec<Place> = (1..=MAX_PLACES).map(|line| place(Some("a.js"), line)).collect();
    assert!(text(Message::CodePlaces(&most)).ends_with(" · and more"), "there may be others");
    let (none, some): (&[String], &[String]) = (&[], &["Routing".to_owned()]);
    for (gives, items, lacks) in [(none, none, none), (some, none, some), (none, some, none), (some, some, some)] {
        let message = Message::ChosenFromCode { gives, items, lacks };
        check_sentence(&text(message), &message);
    }
}

#[test]
fn what_a_map_shows_is_counted_and_what_is_missing_is_named() {
    let name = || "Roads".to_owned();
    let read = |gaps: &[Gap]| text(Message::MapRead { done: 23, of: 41, gaps });
    assert_eq!(read(&[]), "23 of 41 read");
    let unread = |error| Gap::Unread(name(), error);
    for gap in [
        unread(Error::Unreachable),
        unread(Error::Unreadable { what: "not JSON" }),
        Gap::OfOthers(name()),
        Gap::TooMany(1),
        Gap::TooMany(3),
    ] {
        let words = read(std::slice::from_ref(&gap));
        check_sentence(words.strip_prefix("23 of 41 read\n").expect("a line of its own"), &gap);
    }
    let many = read(&vec![Gap::OfOthers(name()); 12]);
    assert!(many.lines().count() == 12 && many.ends_with("\nAnd 2 more."), "{many}");
    for (maps, layers, expected) in [
        (1, 1, "Also give access to its private item"),
        (1, 3, "Also give access to its 3 private items"),
        (2, 3, "Also give access to their 3 private items"),
    ] {
        assert_eq!(text(Message::GrantLayers { maps, layers }), expected);
    }
    // A browser test expects that this does not appear.
    let beyond = text(Message::Remark(&Remark::ItemsBeyondCode("Trees".to_owned(), 1)));
    assert!(beyond.starts_with("What you started from"), "{beyond}");
}
