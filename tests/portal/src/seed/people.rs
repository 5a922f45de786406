//! The people of the demo and their privileges.

use crate::privileges::{ADMIN, KEY_MAKER, MEMBER, ONLINE_SERVICES, PLATFORM_SERVICES, UNHEARD_OF, list};
use crate::seed::{BIG_ORG, ORG, PLATFORM_ORG};
use crate::state::World;
use crate::state::person::{Role, User};

/// The age of every account: two years, in milliseconds.
const ACCOUNT_AGE_MS: i64 = 2 * 365 * 86_400_000;

struct Person {
    username: &'static str,
    full_name: &'static str,
    note: &'static str,
    role: Role,
    org: &'static str,
    privileges: &'static [&'static [&'static str]],
}

pub(super) fn add(world: &mut World, now_ms: i64) {
    for person in PEOPLE {
        let user = User {
            username: person.username.to_owned(),
            id: world.ids.hex(),
            full_name: person.full_name.to_owned(),
            note: person.note.to_owned(),
            role: person.role,
            org: person.org.to_owned(),
            privileges: list(person.privileges),
            created: now_ms - ACCOUNT_AGE_MS,
        };
        world.users.insert(user.username.clone(), user);
    }
}

const PEOPLE: &[Person] = &[
    Person {
        username: "jane",
        full_name: "Jane Keller",
        note: "Developer who may make API keys; about forty items.",
        role: Role::User,
        org: ORG,
        privileges: &[ONLINE_SERVICES, MEMBER, KEY_MAKER, UNHEARD_OF],
    },
    Person {
        username: "newt",
        full_name: "Newt Ortiz",
        note: "Colleague without the two privileges API keys need.",
        role: Role::User,
        org: ORG,
        privileges: &[ONLINE_SERVICES, MEMBER],
    },
    Person {
        username: "max",
        full_name: "Max Lindqvist",
        note: "Developer with 10,000 items in another organization.",
        role: Role::Publisher,
        org: BIG_ORG,
        privileges: &[ONLINE_SERVICES, MEMBER, KEY_MAKER],
    },
    Person {
        username: "nora",
        full_name: "Nora Okafor",
        note: "Location Platform account that owns nothing yet.",
        role: Role::Admin,
        org: PLATFORM_ORG,
        privileges: &[PLATFORM_SERVICES, KEY_MAKER],
    },
    Person {
        username: "ada",
        full_name: "Ada Marchetti",
        note: "Administrator of Jane's organization.",
        role: Role::Admin,
        org: ORG,
        privileges: &[ONLINE_SERVICES, MEMBER, KEY_MAKER, ADMIN],
    },
];
