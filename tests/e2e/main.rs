//! The browser tests: a user's path through the page, in headless Chromium or Firefox, against the release build and
//! the practice portal.
//!
//! Run by `cargo verify`, or with a finished `dist` by `cargo test --test e2e`; an engine, a module or a name after
//! `--` filters: `cargo test --test e2e -- firefox::walk`.
//!
//! `suite` lists the tests and runs them, `browser` starts and stops the processes, `engine` implements for each
//! browser what WebDriver lacks, `page`, `target` and `hands` find elements and use them, `watch` records what the
//! page requests and logs, `world` combines browser, site and portal, and `pages` knows the wizard by its accessible
//! names.

mod addresses;
mod another;
mod axe;
mod bidi;
mod blocked;
mod browser;
mod by_hand;
mod cdp;
mod census;
mod chromium;
mod clock;
mod complaints;
mod config;
mod create;
mod demo_site;
mod docs;
#[path = "../it/hostile/doors.rs"]
mod doors;
mod duplicate_title;
mod embed;
mod embed_back;
mod embed_frame;
mod embed_key;
mod embed_life;
mod embed_pictures;
mod embed_prefill;
mod engine;
mod find_privileges;
mod firefox;
mod first_screen;
mod forgotten;
mod hands;
mod harness_tests;
mod hostile;
mod hostile_lists;
mod hostile_places;
mod hostile_text;
mod hostile_visit;
mod hosts;
mod input;
mod items;
mod journey;
mod key;
mod key_ends;
mod keyboard;
mod kills;
mod leaks;
mod leaks_tests;
mod links;
#[path = "../it/hostile/look_alikes.rs"]
mod look_alikes;
mod memory;
#[path = "../it/named_faults.rs"]
mod named_faults;
mod on_the_way_in;
mod open_tasks;
mod own_draft;
mod page;
mod pages;
#[path = "../it/hostile/payloads.rs"]
mod payloads;
mod pictures;
mod practice;
mod presses;
#[path = "../it/proof.rs"]
mod proof;
mod session;
mod sight;
mod sign_in;
mod states;
mod suite;
mod tabs;
mod target;
mod visit_faults;
mod walk;
mod watch;
mod web_maps;
mod world;

fn main() -> std::process::ExitCode {
    let lists = [
        addresses::tests(),
        another::tests(),
        blocked::tests(),
        by_hand::tests(),
        complaints::tests(),
        config::tests(),
        create::tests(),
        duplicate_title::tests(),
        demo_site::tests(),
        embed::tests(),
        embed_back::tests(),
        embed_frame::tests(),
        embed_key::tests(),
        embed_life::tests(),
        embed_pictures::tests(),
        embed_prefill::tests(),
        first_screen::tests(),
        forgotten::tests(),
        harness_tests::tests(),
        hostile::tests(),
        hostile_lists::tests(),
        hostile_places::tests(),
        hostile_text::tests(),
        hosts::tests(),
        find_privileges::tests(),
        input::tests(),
        items::tests(),
        key::tests(),
        key_ends::tests(),
        keyboard::tests(),
        kills::tests(),
        leaks_tests::tests(),
        links::tests(),
        memory::tests(),
        on_the_way_in::tests(),
        open_tasks::tests(),
        own_draft::tests(),
        pictures::tests(),
        presses::tests(),
        session::tests(),
        sight::tests(),
        sign_in::tests(),
        states::tests(),
        tabs::tests(),
        visit_faults::tests(),
        walk::tests(),
        web_maps::tests(),
        world::tests(),
    ];
    suite::run(lists.into_iter().flatten().collect())
}
