//! A draft for another credential like this one, for example for the next stage of the same app, which has its own
//! title and referrers.

use chrono::TimeDelta;

use crate::credential::draft::Draft;
use crate::credential::expiration::{clamp, format_date, parse_date, utc_date};
use crate::credential::notice::{Notice, Outcome, Source};
use crate::credential::prefill::FIELDS;
use crate::credential::problem::Field;
use crate::credential::referrer_list;
use crate::credential::unresolved::Unresolved;
use crate::timestamp::Timestamp;

impl Draft {
    /// A copy without title and referrers and with the same lifetime in days: the original was `made` then, the copy
    /// starts now.
    #[must_use]
    pub fn another(&self, made: Timestamp, now: Timestamp) -> Self {
        let mut draft = self.clone();
        draft.is_copy = true;
        draft.operation = None;
        draft.title.clear();
        draft.suggested_title.clear();
        draft.suggested_expiration.clear();
        draft.item_entry.clear();
        draft.decide_about_referrers();
        if let Some(date) = parse_date(&self.expiration) {
            let passed = utc_date(now).signed_duration_since(utc_date(made)).max(TimeDelta::zero());
            let later = date.checked_add_signed(passed).unwrap_or(date);
            draft.expiration = format_date(clamp(later, now));
        }
        let filled = FIELDS.into_iter().filter(|field| draft.is_given(*field)).collect();
        draft.notice = Some(Notice { filled, ..Notice::new(Outcome::Filled(Source::Copy)) });
        draft
    }

    /// Without referrers the copy would work from anywhere, so the person decides about each one.
    fn decide_about_referrers(&mut self) {
        // `Create` adds typed referrers, so the first key has those, too.
        let typed = referrer_list::take_apart(&std::mem::take(&mut self.referrer_entry));
        for referrer in std::mem::take(&mut self.referrers).iter().chain(&typed) {
            self.add_unresolved(Unresolved::referrer(referrer));
        }
    }

    fn is_given(&self, field: Field) -> bool {
        match field {
            Field::Expiration => parse_date(&self.expiration).is_some(),
            Field::Privileges => !self.privileges.is_empty(),
            Field::Items => !self.items.is_empty(),
            Field::Folder => !self.folder.is_empty(),
            Field::Tags => !self.tags.is_empty(),
            Field::Summary => !self.summary.is_empty(),
            Field::Referrers | Field::Title | Field::Portal => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::draft::{GrantedItem, KeyChoice, Usage};
    use crate::credential::unresolved::Restriction;
    use crate::operation_id::OperationId;
    use crate::portal::id::{ItemId, PrivilegeId};

    const DAY: i64 = 86_400_000;
    /// 2026-11-29 12:00 UTC.
    const NOW: Timestamp = Timestamp(20_786 * DAY + DAY / 2);

    fn made() -> Draft {
        Draft {
            usage: Usage::WebPage,
            expiration: "2027-02-27".to_owned(),
            referrers: vec!["https://app.example.com".to_owned()],
            referrer_entry: "https://x.example".to_owned(),
            privileges: vec![PrivilegeId("premium:user:basemaps".to_owned())],
            items: vec![GrantedItem::unknown(ItemId("a1".to_owned()))],
            title: "Store finder".to_owned(),
            suggested_title: "Key for app.example.com".to_owned(),
            tags: "maps".to_owned(),
            summary: "For the shop".to_owned(),
            key: KeyChoice::Later,
            operation: OperationId::parse(&"0f".repeat(16)),
            ..Draft::default()
        }
    }

    #[test]
    fn everything_is_carried_over_but_title_and_referrers() {
        let (from, to) = (made(), made().another(NOW, NOW));
        let expected = Draft {
            referrers: Vec::new(),
            referrer_entry: String::new(),
            title: String::new(),
            suggested_title: String::new(),
            operation: None,
            notice: to.notice.clone(),
            is_copy: true,
            unresolved: ["https://app.example.com", "https://x.example"].map(Unresolved::referrer).to_vec(),
            ..from
        };
        assert_eq!(to, expected);
        let told = [Field::Expiration, Field::Privileges, Field::Items, Field::Folder, Field::Tags, Field::Summary];
        assert_eq!(to.notice.map(|notice| notice.filled), Some(told.to_vec()));
        assert_eq!(Draft::restore(&expected.store()), Some(expected), "also after a reload");
    }

    #[test]
    fn a_copy_of_a_restricted_key_waits_for_a_decision_about_its_referrers() {
        let mut copy = made().another(NOW, NOW);
        assert!(copy.unresolved.iter().all(|entry| entry.restriction == Restriction::Referrers));
        copy.referrer_entry = "https://staging.example.com".to_owned();
        copy.add_referrers().expect("it is a referrer");
        assert!(copy.unresolved.is_empty(), "referrers of its own are an answer");
        let free = Draft { referrers: Vec::new(), referrer_entry: String::new(), ..made() };
        assert!(free.another(NOW, NOW).unresolved.is_empty(), "there was no restriction");
    }

    #[test]
    fn it_lasts_as_long_as_the_first_did() {
        for (days, expiration) in [(0, "2027-02-27"), (1, "2027-02-28"), (3, "2027-03-02"), (-2, "2027-02-27")] {
            let now = Timestamp(NOW.0 + days * DAY);
            assert_eq!(made().another(NOW, now).expiration, expiration, "{days} days later");
        }
        let over = Draft { expiration: "2026-11-29".to_owned(), ..made() };
        assert_eq!(over.another(NOW, NOW).expiration, "2026-11-30", "the first day that is possible");
        let odd = Draft { expiration: "soon".to_owned(), ..made() };
        assert_eq!(odd.another(NOW, NOW).expiration, "soon", "the check names it");
        assert!(Draft::new(utc_date(NOW)).another(NOW, NOW).has_answers(), "the date is no suggestion any more");
    }
}
