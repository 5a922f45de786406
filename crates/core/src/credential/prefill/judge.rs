//! Compares answers of a link, a recipe or another account with the account, which is known only after the sign-in.

use crate::credential::catalogue::{self, Group};
use crate::credential::check::is_safe_item_id;
use crate::credential::draft::{Draft, GrantedItem};
use crate::credential::notice::{Note, Notice, Outcome, Rejection, Source};
use crate::credential::privilege::{self, Privilege};
use crate::credential::problem::Field;
use crate::credential::unresolved::{Restriction, Unresolved};
use crate::portal::error::Error;
use crate::portal::id::{ItemId, PrivilegeId};

impl Draft {
    /// Assigns the answers to the account with this hash, and returns whether they have to be compared with it. Of
    /// items that are not public, chosen with another account, only the ids stay: their titles may be hidden from this
    /// one.
    pub fn assign_to(&mut self, account: String) -> bool {
        let is_of_another = self.account.as_ref().is_some_and(|earlier| *earlier != account);
        self.account = Some(account);
        if is_of_another {
            for item in self.items.iter_mut().filter(|item| !item.is_public()) {
                *item = GrantedItem::unknown(item.id.clone());
            }
            // What an earlier notice left out may be in this account.
            if self.has_answers() {
                let left_out = self.notice.take().map_or_else(Vec::new, |notice| notice.left_out);
                self.notice = Some(Notice { left_out, ..Notice::new(Outcome::Filled(Source::OtherAccount)) });
            }
        }
        self.notice.is_some() || self.is_uncompared || self.items.iter().any(GrantedItem::is_unknown) || is_of_another
    }

    /// Takes the privileges out that the account does not have; the others get the account's own spelling. What an
    /// earlier account lacked is compared again.
    pub fn reconcile_privileges(&mut self, groups: &[Group]) -> Vec<Note> {
        self.undo_comparison();
        let mut notes = Vec::new();
        let mut met = |id: PrivilegeId| match catalogue::find(groups, &id) {
            Some(privilege) => Some(privilege.id.clone()),
            None => {
                // Also of an id that the catalogue does not know.
                let parent = PrivilegeId(id.0.rsplit_once(':').map_or("", |(parent, _)| parent).to_owned());
                let offered = |child: &str| catalogue::find(groups, &PrivilegeId(child.to_owned()));
                let narrower: Vec<String> = catalogue::children_of(&id.0)
                    .into_iter()
                    .filter_map(offered)
                    .map(|child| child.id.0.clone())
                    .collect();
                let why = match catalogue::find(groups, &parent) {
                    Some(wider) => Rejection::HasWider(wider.id.0.clone()),
                    None if !narrower.is_empty() => Rejection::HasNarrower(narrower),
                    // Newer than this page, or misspelled.
                    None if !catalogue::is_known(&id) => Rejection::UnknownPrivilege,
                    None => Rejection::NotHeld,
                };
                notes.push(Note { what: id.0, why });
                None
            }
        };
        for id in std::mem::take(&mut self.privileges) {
            if let Some(id) = met(id) {
                self.choose_privilege(id, true);
            }
        }
        self.withheld = std::mem::take(&mut self.withheld).into_iter().filter_map(met).collect();
        // Code needs the wider privilege if the account has only that.
        for id in std::mem::take(&mut self.needed) {
            if let Some(privilege) = given_for(groups, &id).filter(|privilege| !self.needed.contains(&privilege.id)) {
                self.needed.push(privilege.id.clone());
            }
        }
        notes
    }

    /// The notice is about the account that is signed in: what an earlier one lacked is asked for once more. What the
    /// person has decided about stays decided.
    fn undo_comparison(&mut self) {
        let Some(notice) = &mut self.notice else { return };
        let is_of_preset = |note: &Note| self.presets.iter().any(|preset| preset.is_lack(note));
        let (lacked, left_out): (Vec<Note>, _) = std::mem::take(&mut notice.left_out)
            .into_iter()
            .partition(|note| note.why.is_of_account() && !is_of_preset(note));
        notice.left_out = left_out;
        for Note { what, why } in lacked {
            let field = match why {
                Rejection::NotLookedUp(_) => {
                    self.look_up_again();
                    Field::Items
                }
                Rejection::NotFound => {
                    let asked = Unresolved::new(Restriction::Items, &what);
                    if !self.unresolved.contains(&asked) {
                        continue;
                    }
                    self.leave_out(&asked);
                    self.items.push(GrantedItem::unknown(ItemId(what)));
                    Field::Items
                }
                _ => {
                    let id = PrivilegeId(what);
                    match privilege::is_administrative(&id) {
                        true => self.withheld.push(id),
                        // The person may have said since that the key is for a web page.
                        false if self.usage.closes(&id) => continue,
                        false => self.choose_privilege(id, true),
                    }
                    Field::Privileges
                }
            };
            if let Some(notice) = self.notice.as_mut().filter(|notice| !notice.filled.contains(&field)) {
                notice.filled.push(field);
                notice.filled.sort_by_key(|field| *field as usize);
            }
        }
    }

    /// The items that could not be looked up are unknown again.
    pub fn look_up_again(&mut self) {
        let is_meant = |asked: &Unresolved| asked.is_not_looked_up && is_safe_item_id(&asked.text);
        let (items, others): (Vec<_>, Vec<_>) = std::mem::take(&mut self.unresolved).into_iter().partition(is_meant);
        self.unresolved = others;
        self.items.extend(items.into_iter().map(|asked| GrantedItem::unknown(ItemId(asked.text))));
    }

    /// Marks the answers as compared with the account, whose items can be searched now instead of typed. The notice
    /// names the fields in which something is left.
    pub fn mark_compared(&mut self) {
        self.is_uncompared = false;
        self.item_entry.clear();
        let has_privileges = self.asks_for_privileges();
        let has_items = !self.items.is_empty();
        let Some(notice) = &mut self.notice else { return };
        notice.filled.retain(|field| match field {
            Field::Privileges => has_privileges,
            Field::Items => has_items,
            _ => true,
        });
        let is_of_notes = matches!(notice.outcome, Outcome::Filled(Source::Page | Source::ByHand));
        if is_of_notes && notice.left_out.is_empty() {
            self.notice = None;
        }
    }

    /// The items of which nothing but the id is known yet.
    pub fn unknown_items(&self) -> Vec<ItemId> {
        self.items.iter().filter(|item| item.is_unknown()).map(|item| item.id.clone()).collect()
    }

    /// Completes the unknown items with what the portal found, and removes those it did not find.
    pub fn reconcile_items(&mut self, mut found: Vec<GrantedItem>) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut items = std::mem::take(&mut self.items);
        items.retain_mut(|item| {
            if !item.is_unknown() {
                return true;
            }
            let why = match found.iter().position(|other| other.id == item.id) {
                Some(at) if !found[at].is_public() => {
                    *item = found.swap_remove(at);
                    return true;
                }
                Some(_) => Rejection::Public,
                None => Rejection::NotFound,
            };
            notes.push(Note { what: item.id.0.clone(), why });
            false
        });
        self.items = items;
        // A public item needs no grant, unless items were to narrow a privilege that reaches every layer.
        let edits_every_layer = self.items.is_empty() && self.privileges.iter().any(privilege::reaches_every_layer);
        for note in notes.iter().filter(|note| edits_every_layer || note.why != Rejection::Public) {
            self.add_unresolved(Unresolved::new(Restriction::Items, &note.what));
        }
        notes
    }

    /// Removes the items of which only the id is known, because they cannot be looked up now.
    pub fn leave_out_unknown_items(&mut self, error: Error) -> Vec<Note> {
        for id in self.unknown_items() {
            self.add_unresolved(Unresolved { is_not_looked_up: true, ..Unresolved::new(Restriction::Items, &id.0) });
        }
        self.items.retain(|item| !item.is_unknown());
        vec![Note { what: "items".to_owned(), why: Rejection::NotLookedUp(error) }]
    }

    /// Adds the administrative privileges that a link or a recipe asked for, as the person decided.
    pub fn add_withheld(&mut self) {
        for id in std::mem::take(&mut self.withheld) {
            self.choose_privilege(id, true);
        }
    }
}

/// The privilege by which an account gives this one: the same, or its parent.
fn given_for<'a>(groups: &'a [Group], id: &PrivilegeId) -> Option<&'a Privilege> {
    let parent = || catalogue::parent_of(&id.0).map(|parent| PrivilegeId(parent.to_owned()));
    catalogue::find(groups, id).or_else(|| catalogue::find(groups, &parent()?))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::credential::draft::Usage;
    use crate::credential::offer::Offer;
    use crate::route::Step;

    fn id(text: &str) -> PrivilegeId {
        PrivilegeId(text.to_owned())
    }

    #[test]
    fn what_code_needs_follows_the_account() {
        let mut draft = Draft::default();
        draft.choose_found(vec![id("premium:user:geocode:stored"), id("Premium:user:Basemaps")], Vec::new());
        draft.choose_found(vec![id("premium:user:places")], Vec::new());
        let held = [id("premium:user:geocode"), id("premium:user:basemaps")];
        draft.reconcile_privileges(&Offer::held(&held, false, None).groups);
        assert_eq!(draft.needed, held, "the wider one, the account's spelling, and nothing that it lacks");
    }

    #[test]
    fn items_that_were_all_left_out_are_not_said_to_be_filled_in() {
        let unknown = || GrantedItem::unknown(ItemId("0f".to_owned()));
        let filled = vec![Field::Items, Field::Title];
        let notice = Some(Notice { filled, ..Notice::new(Outcome::Filled(Source::Link)) });
        let mut draft = Draft { items: vec![unknown()], notice, ..Draft::default() };
        draft.reconcile_items(vec![GrantedItem { access: "public".to_owned(), ..unknown() }]);
        draft.mark_compared();
        assert_eq!(draft.notice.map(|notice| notice.filled), Some(vec![Field::Title]));
    }

    /// Compares a draft with an account that has these privileges and finds these items.
    fn compare(draft: &mut Draft, held: &[&str], found: &[&str]) {
        let held: Vec<PrivilegeId> = held.iter().map(|held| id(held)).collect();
        let notes = draft.reconcile_privileges(&Offer::held(&held, false, None).groups);
        draft.note(notes);
        let shown = |item: &&str| GrantedItem {
            access: "private".to_owned(),
            ..GrantedItem::unknown(ItemId((*item).to_owned()))
        };
        let notes = draft.reconcile_items(found.iter().map(shown).collect());
        draft.note(notes);
        draft.mark_compared();
    }

    /// The fields that the notice names, and what it says was left out.
    fn said(draft: &Draft) -> (Vec<Field>, Vec<&str>) {
        let notice = draft.notice.as_ref().expect("a notice");
        (notice.filled.clone(), notice.left_out.iter().map(|note| note.what.as_str()).collect())
    }

    #[test]
    fn a_notice_is_about_the_account_that_is_signed_in() {
        let [basemaps, places, users] = ["premium:user:basemaps", "premium:user:places", "portal:admin:viewUsers"];
        let (filled, asked) = (vec![Field::Privileges, Field::Items], [basemaps, places].map(id).to_vec());
        let notice = Notice {
            filled: filled.clone(),
            left_out: vec![Note { what: "colour".to_owned(), why: Rejection::UnknownKey }],
            ..Notice::new(Outcome::Filled(Source::Link))
        };
        let items = vec![GrantedItem::unknown(ItemId("a1".to_owned()))];
        let mut draft =
            Draft { privileges: asked, withheld: vec![id(users)], items, notice: Some(notice), ..Draft::default() };

        compare(&mut draft, &[places], &[]);
        assert_eq!(said(&draft), (vec![Field::Privileges], vec!["colour", basemaps, users, "a1"]));
        assert_eq!(draft.unresolved.len(), 1, "the item");
        let first = draft.clone();
        compare(&mut draft, &[places], &[]);
        assert_eq!(draft, first, "the same person again reads the same");

        compare(&mut draft, &[basemaps, users], &["a1"]);
        assert_eq!(said(&draft), (filled, vec!["colour", places]));
        assert_eq!((&draft.privileges, &draft.withheld), (&vec![id(basemaps)], &vec![id(users)]));
        assert_eq!((draft.items.len(), draft.unresolved.len()), (1, 0));

        compare(&mut draft, &[], &[]);
        assert_eq!(said(&draft).0, [Field::Items], "no privilege was taken");
    }

    #[test]
    fn answers_of_another_account_are_compared_with_the_one_that_is_signed_in() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 30).expect("a date");
        let [basemaps, places] = ["premium:user:basemaps", "premium:user:places"];
        let shared = GrantedItem {
            id: ItemId("a1".to_owned()),
            title: "Salaries".to_owned(),
            kind: "Web Map".to_owned(),
            access: "private".to_owned(),
        };
        let mut draft = Draft {
            privileges: [basemaps, places].map(id).to_vec(),
            items: vec![shared.clone(), GrantedItem { id: ItemId("b2".to_owned()), ..shared }],
            ..Draft::new(today)
        };
        assert!(!draft.assign_to("ada".to_owned()), "chosen from what the account has");
        assert!(!draft.assign_to("ada".to_owned()), "the same person again");
        assert_eq!(draft.notice, None);

        assert!(draft.assign_to("nora".to_owned()));
        assert_eq!(draft.items[0].title, "a1", "a title of another account is not shown");
        compare(&mut draft, &[places], &["b2"]);
        let notice = draft.notice.as_ref().expect("a notice");
        assert_eq!(notice.outcome, Outcome::Filled(Source::OtherAccount));
        assert_eq!(notice.on(Step::Privileges).as_ref(), Some(notice), "whose answers they are is said on every step");
        assert_eq!(said(&draft).1, [basemaps, "a1"]);
        assert_eq!((&draft.privileges, draft.items.len()), (&vec![id(places)], 1));
        assert_eq!(draft.unresolved, [Unresolved::new(Restriction::Items, "a1")], "this holds Create");
        assert_eq!(Draft::restore(&draft.store()).as_ref(), Some(&draft));

        assert!(draft.assign_to("ada".to_owned()));
        compare(&mut draft, &[basemaps, places], &["a1", "b2"]);
        assert_eq!(said(&draft).1, Vec::<&str>::new());
        assert_eq!((draft.privileges.len(), draft.items.len(), draft.unresolved.len()), (2, 2, 0));

        let public = GrantedItem { access: "public".to_owned(), ..draft.items[0].clone() };
        draft.items = vec![public.clone()];
        draft.notify(Outcome::Refused(Source::Link, Rejection::TooLong));
        assert!(draft.assign_to("nora".to_owned()));
        compare(&mut draft, &[places], &[]);
        assert_eq!(draft.items, [public], "everybody sees it");
        let outcome = draft.notice.as_ref().map(|notice| notice.outcome.clone());
        assert_eq!(outcome, Some(Outcome::Filled(Source::OtherAccount)), "in place of the refused link");

        let mut untouched = Draft::new(today);
        untouched.assign_to("ada".to_owned());
        untouched.assign_to("nora".to_owned());
        assert_eq!(untouched.notice, None, "there are no answers");
    }

    #[test]
    fn items_that_could_not_be_looked_up_are_looked_up_for_the_next_account() {
        let items = vec![GrantedItem::unknown(ItemId("a1".to_owned()))];
        let mut draft = Draft { items, notice: Some(Notice::new(Outcome::Filled(Source::Link))), ..Draft::default() };
        let notes = draft.leave_out_unknown_items(Error::Unreachable);
        draft.note(notes);
        draft.mark_compared();
        assert_eq!((draft.items.len(), draft.unresolved.len(), draft.unresolved[0].is_not_looked_up), (0, 1, true));
        assert_eq!(Draft::restore(&draft.store()).as_ref(), Some(&draft));
        compare(&mut draft, &[], &["a1"]);
        assert_eq!((draft.items.len(), draft.unresolved.len()), (1, 0));
        assert_eq!(said(&draft), (vec![Field::Items], vec![]));
    }

    #[test]
    fn after_another_account_an_administrative_privilege_is_asked_about_and_no_notice_claims_the_answers() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 30).expect("a date");
        let users = "portal:admin:viewUsers";
        let left_out = vec![Note { what: "colour".to_owned(), why: Rejection::UnknownKey }];
        let copied = Notice { left_out, filled: vec![Field::Privileges], ..Notice::new(Outcome::Filled(Source::Copy)) };
        let mut draft = Draft { privileges: vec![id(users)], notice: Some(copied), ..Draft::new(today) };
        draft.assign_to("ada".to_owned());
        compare(&mut draft, &[users], &[]);
        assert_eq!(draft.notice.as_ref().map(|notice| &notice.outcome), Some(&Outcome::Filled(Source::Copy)));
        draft.assign_to("jane".to_owned());
        compare(&mut draft, &[], &[]);
        draft.assign_to("ada".to_owned());
        compare(&mut draft, &[users], &[]);
        assert_eq!((draft.privileges.len(), &draft.withheld), (0, &vec![id(users)]));
        let outcome = draft.notice.as_ref().map(|notice| &notice.outcome);
        assert_eq!(outcome, Some(&Outcome::Filled(Source::OtherAccount)));
        assert_eq!(said(&draft).1, ["colour"]);
    }

    #[test]
    fn a_privilege_that_the_usage_closes_is_not_chosen_for_the_next_account() {
        let personal = "portal:user:createItem";
        let mut draft = Draft {
            privileges: vec![id(personal)],
            notice: Some(Notice::new(Outcome::Filled(Source::Link))),
            ..Draft::default()
        };
        compare(&mut draft, &[], &[]);
        draft.usage = Usage::WebPage;
        compare(&mut draft, &[personal], &[]);
        assert_eq!(draft.privileges, []);
    }

    #[test]
    fn what_was_decided_about_an_item_is_not_asked_again() {
        let items = vec![GrantedItem::unknown(ItemId("a1".to_owned()))];
        let mut draft = Draft { items, notice: Some(Notice::new(Outcome::Filled(Source::Link))), ..Draft::default() };
        compare(&mut draft, &[], &[]);
        draft.leave_out(&draft.unresolved[0].clone());
        compare(&mut draft, &[], &["a1"]);
        assert_eq!((draft.items.len(), draft.unresolved.len()), (0, 0));
    }

    #[test]
    fn a_notice_of_what_an_account_lacks_goes_when_another_one_lacks_nothing() {
        let mut draft = Draft { privileges: vec![id("premium:user:places")], is_uncompared: true, ..Draft::default() };
        compare(&mut draft, &[], &[]);
        assert_eq!(said(&draft).1, ["premium:user:places"]);
        compare(&mut draft, &["premium:user:places"], &[]);
        assert_eq!((draft.notice, draft.privileges.len()), (None, 1));
    }
}
