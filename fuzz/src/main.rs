//! Hands the inputs of libFuzzer to the target that `AKW_FUZZ_TARGET` names. `cargo xtask fuzz` runs it.
#![no_main]

use std::sync::LazyLock;

use key_wizard_fuzz::{TARGETS, Target};

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("AKW_FUZZ_TARGET").expect("AKW_FUZZ_TARGET names a target");
    TARGETS.iter().find(|target| target.name == name).expect("AKW_FUZZ_TARGET names a target")
});

libfuzzer_sys::fuzz_target!(|input: &[u8]| TARGET.check(input));
