//! The portal's own dialog: its screens in order (F-PAGE-2, F-PAGE-3), each with the values to enter.

use crate::credential::draft::{GrantedItem, KeyChoice};
use crate::credential::expiration::format_date;
use crate::credential::spec::Spec;
use crate::portal::id::PrivilegeId;

/// A screen of the portal's dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// Choosing the kind of credential, from the portal's content page.
    Kind,
    /// Choosing where it is used: in a public application, or in a private one because of its privileges.
    Usage {
        /// Whether it has privileges that a public application must not have.
        is_private: bool,
    },
    /// The items that the key can reach.
    Items,
    /// The key's privileges.
    Privileges,
    /// Its lifetime and its referrers.
    Limits,
    /// Its title and its folder.
    Details,
    /// Generating the key, or not.
    End(KeyChoice),
}

/// A value to type or choose on a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// An item, by title and id.
    Item {
        /// Its title.
        title: String,
        /// Its id.
        id: String,
    },
    /// A privilege; its label is the portal's.
    Privilege(PrivilegeId),
    /// The expiration date, `YYYY-MM-DD`.
    Expiration(String),
    /// A referrer.
    Referrer(String),
    /// The title.
    Title(String),
    /// The folder.
    Folder(String),
    /// The tags.
    Tags(String),
    /// The summary.
    Summary(String),
}

/// The screens in order. `items` are those of the draft, which contains their titles.
pub fn screens(spec: &Spec, items: &[GrantedItem]) -> Vec<(Screen, Vec<FieldValue>)> {
    let title_of = |id: &str| items.iter().find(|item| item.id.0 == id).map_or(id, |item| &item.title).to_owned();
    let reached = spec.items().iter().map(|id| FieldValue::Item { title: title_of(&id.0), id: id.0.clone() });
    let mut limits = vec![FieldValue::Expiration(format_date(spec.expiration().date()))];
    limits.extend(spec.referrers().iter().map(|referrer| FieldValue::Referrer(referrer.as_str().to_owned())));
    let mut details = vec![FieldValue::Title(spec.title().to_owned())];
    details.extend(spec.folder().map(|folder| FieldValue::Folder(folder.to_owned())));
    let tags = spec.tags().join(", ");
    details.extend(Some(tags).filter(|tags| !tags.is_empty()).map(FieldValue::Tags));
    details.extend(
        Some(spec.summary())
            .filter(|summary| !summary.is_empty())
            .map(|summary| FieldValue::Summary(summary.to_owned())),
    );
    vec![
        (Screen::Kind, Vec::new()),
        (Screen::Usage { is_private: spec.is_personal() }, Vec::new()),
        (Screen::Items, reached.collect()),
        (Screen::Privileges, spec.privileges().iter().cloned().map(FieldValue::Privilege).collect()),
        (Screen::Limits, limits),
        (Screen::Details, details),
        (Screen::End(spec.key()), Vec::new()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::draft::Draft;
    use crate::portal::id::ItemId;
    use crate::timestamp::Timestamp;

    /// 2026-11-29 12:00 UTC.
    const NOW: Timestamp = Timestamp(1_795_953_600_000);

    fn draft(privilege: &str) -> Draft {
        Draft {
            expiration: "2027-02-27".to_owned(),
            privileges: vec![PrivilegeId(privilege.to_owned())],
            title: "Store finder".to_owned(),
            ..Draft::default()
        }
    }

    #[test]
    fn every_answer_is_on_the_screen_that_asks_for_it() {
        let item = GrantedItem { title: "Parks".to_owned(), ..GrantedItem::unknown(ItemId("a1".to_owned())) };
        let draft = Draft {
            referrers: vec!["https://app.example.com".to_owned(), "http://localhost:5173".to_owned()],
            items: vec![item.clone()],
            folder: "Keys".to_owned(),
            tags: "maps, stores".to_owned(),
            summary: "For the shop".to_owned(),
            ..draft("premium:user:basemaps")
        };
        let spec = draft.check(NOW).expect("the draft is right");
        let text = |text: &str| text.to_owned();
        let expected = vec![
            (Screen::Kind, vec![]),
            (Screen::Usage { is_private: false }, vec![]),
            (Screen::Items, vec![FieldValue::Item { title: text("Parks"), id: text("a1") }]),
            (Screen::Privileges, vec![FieldValue::Privilege(PrivilegeId(text("premium:user:basemaps")))]),
            (
                Screen::Limits,
                vec![
                    FieldValue::Expiration(text("2027-02-27")),
                    FieldValue::Referrer(text("https://app.example.com")),
                    FieldValue::Referrer(text("http://localhost:5173")),
                ],
            ),
            (
                Screen::Details,
                vec![
                    FieldValue::Title(text("Store finder")),
                    FieldValue::Folder(text("Keys")),
                    FieldValue::Tags(text("maps, stores")),
                    FieldValue::Summary(text("For the shop")),
                ],
            ),
            (Screen::End(KeyChoice::Now), vec![]),
        ];
        assert_eq!(screens(&spec, &[item]), expected);
    }

    #[test]
    fn what_was_not_answered_has_no_value_and_private_use_is_named() {
        let draft = Draft { folder: String::new(), key: KeyChoice::Later, ..draft("portal:user:createItem") };
        let screens = screens(&draft.check(NOW).expect("the draft is right"), &[]);
        assert_eq!(screens[1].0, Screen::Usage { is_private: true });
        assert_eq!(screens[2].1, []);
        assert_eq!((screens[4].1.len(), screens[5].1.len()), (1, 1));
        assert_eq!(screens[6].0, Screen::End(KeyChoice::Later));
    }
}
