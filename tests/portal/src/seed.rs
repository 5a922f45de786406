//! The people, folders and items of the demo.

mod items;
mod people;

pub(crate) use items::crowd;

use crate::portal::Portal;
use crate::state::World;
use crate::state::person::Org;

/// The organization of `jane`, `newt` and `ada`.
pub(crate) const ORG: &str = "Xj56SBi2udA78cPR";
/// The organization of `max`, separate so that only `max` sees the 10,000 items.
pub(crate) const BIG_ORG: &str = "B1gOrgAnizationM";
/// The single-member organization of `nora`.
pub(crate) const PLATFORM_ORG: &str = "L0cationPlatform";
/// The owner of the 10,000 items.
pub(crate) const CROWD_OWNER: &str = "max";
/// The owner of the OAuth apps of pages.
pub(crate) const CLIENT_OWNER: &str = "ada";
/// The OAuth app of the demo.
pub(crate) const DEMO_CLIENT: &str = "key-wizard-demo";

/// The demo world. The 10,000 items of `max` are created when `max` first signs in.
pub(crate) fn world(now_ms: i64, seed: u64) -> World {
    let mut world = World::new(seed);
    for (id, name, url_key) in [
        (ORG, "Practice Organization", "practice"),
        (BIG_ORG, "Big Practice Organization", "bigpractice"),
        (PLATFORM_ORG, "Nora's Location Platform", "nora-platform"),
    ] {
        let org = Org { id: id.to_owned(), name: name.to_owned(), url_key: url_key.to_owned() };
        world.orgs.insert(org.id.clone(), org);
    }
    people::add(&mut world, now_ms);
    items::add(&mut world, now_ms);
    world
}

/// Creates the 10,000 items on the first sign-in of `max`.
pub(crate) fn wake(portal: &mut Portal, username: &str) {
    if username != CROWD_OWNER || portal.world.crowd_made {
        return;
    }
    portal.world.crowd_made = true;
    for item in crowd(portal.now_ms) {
        portal.world.items.insert(item.id.clone(), item);
    }
}

#[cfg(test)]
mod tests {
    use crate::Portal;
    use crate::privileges::{ASSIGN_PRIVILEGES, CREATE_ITEM, GENERATE_API_TOKENS};
    use crate::testing::NOON;

    #[test]
    fn everybody_is_who_the_demo_says() {
        let portal = Portal::demo(NOON);
        let may = |name: &str, what: &str| portal.user(name).expect("a user").may(what);
        for name in ["jane", "max", "nora", "ada"] {
            for what in [CREATE_ITEM, GENERATE_API_TOKENS, ASSIGN_PRIVILEGES] {
                assert!(may(name, what), "{name} {what}");
            }
        }
        assert!(may("newt", CREATE_ITEM));
        assert!(!may("newt", GENERATE_API_TOKENS) && !may("newt", ASSIGN_PRIVILEGES));
        assert!(may("jane", "premium:user:geocode") && may("jane", "premium:user:geocode:stored"));
        assert!(may("nora", "premium:user:places") && !may("nora", "premium:user:geocode"));
    }

    #[test]
    fn the_items_are_as_many_and_as_mixed_as_the_demo_says() {
        let portal = Portal::demo(NOON);
        let jane = portal.items_of("jane");
        assert!((38..=45).contains(&jane.len()), "{}", jane.len());
        let kinds: std::collections::BTreeSet<&str> = jane.iter().map(|item| item.kind.as_str()).collect();
        assert!(kinds.len() >= 8, "{kinds:?}");
        for access in ["private", "shared", "org", "public"] {
            assert!(jane.iter().any(|item| item.access.text() == access), "{access}");
        }
        assert!(portal.items_of("newt").iter().any(|item| item.access.text() == "org"));
        assert!(portal.items_of("nora").is_empty());
        assert_eq!(portal.items_of("max").len(), 10_000);
        assert!(portal.folders_of("jane").iter().all(|folder| folder.title != "Developer credentials"));
    }

    #[test]
    fn the_crowd_is_the_same_every_time_and_every_id_is_its_own() {
        let (one, other) = (super::crowd(NOON), super::crowd(NOON));
        assert_eq!(one, other);
        let ids: std::collections::BTreeSet<&String> = one.iter().map(|item| &item.id).collect();
        assert_eq!(ids.len(), 10_000);
        assert!(ids.iter().all(|id| id.len() == 32));
    }
}
