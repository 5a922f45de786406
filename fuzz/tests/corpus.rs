//! Every input that was kept is still handled, on a plain compiler and without the fuzzer.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use key_wizard_fuzz::TARGETS;

fn corpus() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "corpus"].iter().collect()
}

fn entries(folder: PathBuf) -> impl Iterator<Item = fs::DirEntry> {
    fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("the folder can be read"))
}

#[test]
fn every_property_holds_for_every_input_of_the_corpus() {
    for target in &TARGETS {
        let mut inputs = 0;
        for entry in entries(corpus().join(target.name)) {
            (target.check)(&fs::read_to_string(entry.path()).expect("the input is a text"));
            inputs += 1;
        }
        assert!(inputs >= 5, "{} has inputs to start from", target.name);
    }
}

#[test]
fn every_folder_of_the_corpus_has_a_target() {
    let folders: BTreeSet<_> =
        entries(corpus()).map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(folders, TARGETS.iter().map(|target| target.name.to_owned()).collect());
}

#[test]
fn no_input_is_longer_than_a_person_reads() {
    for entry in entries(corpus()).flat_map(|folder| entries(folder.path())) {
        let text = fs::read_to_string(entry.path()).expect("the input is a text");
        assert!(text.len() <= 4096, "{}", entry.path().display());
    }
}
