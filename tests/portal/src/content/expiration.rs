//! Expiration dates of the two key slots, which are fields of the item (F-DATE-1).

use crate::portal::Portal;
use crate::refusal::Refusal;
use crate::switches::{ApiTokenKeyword, Strictness};

const DAY_MS: i64 = 86_400_000;
/// The date fields of slot 1 and slot 2.
pub(crate) const FIELDS: [&str; 2] = ["apiToken1ExpirationDate", "apiToken2ExpirationDate"];

/// The last millisecond of the day in UTC (F-DATE-4).
pub(crate) fn end_of_day(ms: i64) -> i64 {
    ms.div_euclid(DAY_MS) * DAY_MS + DAY_MS - 1
}

/// The date to store, in epoch milliseconds; `-1` for none.
///
/// Allows at most one year ahead, including the day one year from today (F-DATE-2). The message, and refusing past
/// dates, are inferred.
pub(crate) fn checked(portal: &Portal, field: &str, text: &str) -> Result<i64, Refusal> {
    let refused = |why: &str| Refusal::new(400, &format!("Unable to update item. '{field}' {why}."));
    let asked: i64 = match text.trim() {
        "" => -1,
        text => text.parse().map_err(|_| refused("is not a date"))?,
    };
    if asked == -1 {
        return Ok(-1);
    }
    if asked <= portal.now_ms {
        return Err(refused("must be in the future"));
    }
    let longest = end_of_day(portal.now_ms + 365 * DAY_MS);
    let asked = match (asked > longest, portal.switches.long_expiration) {
        (true, Strictness::Refused) => return Err(refused("exceeds the maximum of one year")),
        (true, Strictness::Accepted) => longest,
        (false, _) => asked,
    };
    match portal.switches.rounds_expiration {
        true => Ok(end_of_day(asked)),
        false => Ok(asked),
    }
}

/// Stores the date of a slot; before registration it has no effect yet (F-DATE-1).
pub(crate) fn store(portal: &mut Portal, id: &str, slot: usize, ms: i64) {
    let registered = portal.world.app_of_item(id).map(|app| app.client_id.clone());
    let Some(item) = portal.world.items.get_mut(id) else {
        return;
    };
    if item.first_expiration[slot] == -1 {
        item.first_expiration[slot] = ms;
    }
    let Some(client) = registered else {
        return;
    };
    let changed = item.expiration[slot] != ms;
    item.expiration[slot] = ms;
    if portal.switches.api_token_keyword == ApiTokenKeyword::WhenExpirationSet && ms != -1 {
        item.add_keyword("APIToken");
    }
    if changed
        && portal.switches.date_edit_ends_key
        && let Some(app) = portal.world.apps.get_mut(&client)
    {
        app.keys[slot] = None;
    }
}

#[cfg(test)]
mod tests {
    use crate::switches::{ApiTokenKeyword, Strictness};
    use crate::testing::{DAY, IN_A_MONTH, NOON, code, key_of, new_item, portal, register, set_date};

    #[test]
    fn a_date_before_registration_has_no_effect_and_after_it_has() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        assert_eq!(set_date(&mut portal, "jane", &item, IN_A_MONTH)["success"], true);
        let read = |portal: &mut crate::Portal| portal.as_user("jane", &format!("/content/items/{item}"), &[]);
        assert_eq!(read(&mut portal)["apiToken1ExpirationDate"], -1);
        register(&mut portal, "jane", &item, &["premium:user:basemaps"], &[]);
        assert_eq!(read(&mut portal)["apiToken1ExpirationDate"], -1);
        set_date(&mut portal, "jane", &item, IN_A_MONTH);
        assert_eq!(read(&mut portal)["apiToken1ExpirationDate"], IN_A_MONTH);
        assert_eq!(read(&mut portal)["apiToken2ExpirationDate"], -1);
    }

    #[test]
    fn a_date_moves_to_the_end_of_its_day_in_utc() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        register(&mut portal, "jane", &item, &[], &[]);
        set_date(&mut portal, "jane", &item, IN_A_MONTH - 5 * 3_600_000);
        assert_eq!(portal.item(&item).expect("it exists").expiration[0], IN_A_MONTH);
        portal.switches.rounds_expiration = false;
        set_date(&mut portal, "jane", &item, IN_A_MONTH - 7);
        assert_eq!(portal.item(&item).expect("it exists").expiration[0], IN_A_MONTH - 7);
    }

    #[test]
    fn one_year_ahead_is_taken_and_a_day_more_is_refused_or_shortened() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        register(&mut portal, "jane", &item, &[], &[]);
        assert_eq!(code(&set_date(&mut portal, "jane", &item, NOON + 365 * DAY)), 0);
        assert_eq!(code(&set_date(&mut portal, "jane", &item, NOON + 366 * DAY)), 400);
        assert_eq!(code(&set_date(&mut portal, "jane", &item, NOON - 1)), 400);
        portal.switches.long_expiration = Strictness::Accepted;
        assert_eq!(code(&set_date(&mut portal, "jane", &item, NOON + 500 * DAY)), 0);
        let stored = portal.item(&item).expect("it exists").expiration[0];
        assert_eq!(stored, super::end_of_day(NOON + 365 * DAY));
    }

    #[test]
    fn the_api_token_keyword_comes_when_the_switch_says() {
        let cases = [
            (ApiTokenKeyword::WhenRegistered, [true, true]),
            (ApiTokenKeyword::WhenExpirationSet, [false, true]),
            (ApiTokenKeyword::WhenKeyExists, [false, false]),
        ];
        for (switch, expected) in cases {
            let mut portal = portal();
            portal.switches.api_token_keyword = switch;
            let item = new_item(&mut portal, "jane");
            register(&mut portal, "jane", &item, &["premium:user:basemaps"], &[]);
            let has = |portal: &crate::Portal| portal.item(&item).expect("it exists").has_keyword("APIToken");
            let after_registering = has(&portal);
            set_date(&mut portal, "jane", &item, IN_A_MONTH);
            assert_eq!([after_registering, has(&portal)], expected, "{switch:?}");
        }
    }

    #[test]
    fn a_changed_date_leaves_the_key_alone_unless_the_switch_says_otherwise() {
        let mut portal = portal();
        let key = key_of(&mut portal, "jane", &["premium:user:basemaps"]);
        set_date(&mut portal, "jane", &key.item, IN_A_MONTH + DAY);
        assert_eq!(portal.live_keys()[0].expires, IN_A_MONTH);
        portal.switches.date_edit_ends_key = true;
        set_date(&mut portal, "jane", &key.item, IN_A_MONTH);
        assert!(portal.live_keys().is_empty());
    }
}
