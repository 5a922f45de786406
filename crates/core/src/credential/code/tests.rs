use std::collections::BTreeSet;
use std::time::Instant;

use super::*;
use crate::credential::guide::Guide;

/// Programs that the recognizers were made with: what they need is known, and so is what only looks like it.
const CORPUS: &str = include_str!("corpus.txt");

/// The data in the repository, as a build makes one file of it.
fn guide() -> Guide {
    let read = |name: &str| {
        let path = [env!("CARGO_MANIFEST_DIR"), "/../../data/", name].concat();
        std::fs::read_to_string(path).expect("it is in the repository")
    };
    let (privileges, recognizers) = (read("privileges.json"), read("recognizers.json"));
    Guide::parse(&format!("{{\"privileges\":{privileges},\"recognizers\":{recognizers}}}")).expect("it is the data")
}

fn pasted(text: &str) -> Vec<Source> {
    vec![Source { name: String::new(), text: text.to_owned() }]
}

/// What is found, as the corpora write it.
fn found(recognizers: &Recognizers, text: &str) -> BTreeSet<String> {
    find(recognizers, &pasted(text)).into_iter().map(|it| written(&it.need)).collect()
}

fn written(need: &Need) -> String {
    match need {
        Need::Privilege(id) => id.0.clone(),
        Need::Item(id) => format!("item:{}", id.0),
    }
}

/// A program and what it needs.
struct Sample<'a> {
    name: &'a str,
    needs: BTreeSet<String>,
    text: &'a str,
}

/// `=== name | needs`, then the program; a need without a realm is one of `premium:user:`.
fn samples(corpus: &str) -> Vec<Sample<'_>> {
    let whole = |need: &str| match ["item:", "portal:", "features:", "premium:"].iter().any(|it| need.starts_with(it)) {
        true => need.to_owned(),
        false => format!("premium:user:{need}"),
    };
    let parts = corpus.split("=== ").skip(1).map(|part| part.split_once('\n').expect("a program below its heading"));
    let samples = parts.map(|(heading, text)| {
        let (name, needs) = heading.split_once('|').expect("a name and needs");
        Sample { name: name.trim(), needs: needs.split_whitespace().map(whole).collect(), text }
    });
    samples.collect()
}

struct Figures {
    samples: usize,
    precision: f64,
    recall: f64,
}

/// Prints what differs, and the figures over all needs of a corpus.
fn measure(title: &str, corpus: &str) -> Figures {
    let guide = guide();
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    let samples = samples(corpus);
    for sample in &samples {
        let found = found(&guide.recognizers, sample.text);
        for it in found.difference(&sample.needs) {
            println!("{title}: {}: {it} is wrong", sample.name);
        }
        for it in sample.needs.difference(&found) {
            println!("{title}: {}: {it} is missed", sample.name);
        }
        right += found.intersection(&sample.needs).count();
        wrong += found.difference(&sample.needs).count();
        missed += sample.needs.difference(&found).count();
    }
    let share = |of: usize| f64::from(u32::try_from(right).expect("few")) / f64::from(u32::try_from(of).expect("few"));
    let figures = Figures { samples: samples.len(), precision: share(right + wrong), recall: share(right + missed) };
    println!(
        "{title}: {} programs, {} needs; precision {:.3}, recall {:.3}",
        figures.samples,
        right + missed,
        figures.precision,
        figures.recall
    );
    figures
}

#[test]
fn the_corpus_is_recognised() {
    let figures = measure("corpus", CORPUS);
    assert!(figures.samples >= 80, "{}", figures.samples);
    assert!(figures.precision >= 0.95 && figures.recall >= 0.95);
}
