//! Passes libFuzzer's inputs to the target named by `AKW_FUZZ_TARGET`. `cargo xtask fuzz` runs it.
#![no_main]

use std::sync::LazyLock;

use key_wizard_fuzz::{TARGETS, Target};
use libfuzzer_sys::{Corpus, fuzz_target};

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("AKW_FUZZ_TARGET").expect("AKW_FUZZ_TARGET names a target");
    TARGETS.iter().find(|target| target.name == name).expect("AKW_FUZZ_TARGET names a target")
});

fuzz_target!(|input: &[u8]| -> Corpus {
    // A browser passes strings; native tests cover invalid UTF-8.
    let Ok(text) = std::str::from_utf8(input) else { return Corpus::Reject };
    (TARGET.check)(text);
    Corpus::Keep
});
