//! No document makes a parser panic or accept a value that is not there.

use super::proof::said;
use super::readers::{Reader, all};
use super::{documents, mutations};
use crate::proof::{Part, tell};

#[derive(Debug, Default)]
struct Counts {
    read: usize,
    refused: usize,
    believed: usize,
    false_successes: Vec<String>,
}

impl Counts {
    /// Parses one body; `is_wrong` means that every parser must reject it.
    fn read(&mut self, reader: &Reader, status: u16, body: &[u8], is_wrong: bool) {
        self.read += 1;
        // A browser passes text already converted to UTF-8.
        let body =
            if reader.of_portal { body.to_vec() } else { String::from_utf8_lossy(body).into_owned().into_bytes() };
        match reader.read(status, &body) {
            Err(_) => self.refused += 1,
            Ok(told) => {
                self.believed += 1;
                if is_wrong || said(&body, reader.proofs).as_ref() != Some(&told) {
                    let body: String = String::from_utf8_lossy(&body).chars().take(300).collect();
                    self.false_successes.push(format!("{} {status} {told:?}: {body}", reader.name));
                }
            }
        }
    }

    #[track_caller]
    fn print(&self, what: &str) {
        let Self { read, refused, believed, false_successes } = self;
        tell(
            Part::Documents,
            &format!(
                "{what}: {read} read, {refused} refused, {believed} true, {} false successes",
                false_successes.len()
            ),
        );
        let some: Vec<_> = false_successes.iter().take(20).collect();
        assert!(false_successes.is_empty(), "{some:#?}");
    }
}

/// A value alone, and as an extra field at both ends of an otherwise acceptable document.
fn placed(value: &[u8], body: &[u8]) -> [Vec<u8>; 3] {
    let (inside, end) = (&body[1..], &body[..body.len() - 1]);
    [value.to_vec(), [b"{\"$schema\":", value, b",", inside].concat(), [end, b",\"$schema\":", value, b"}"].concat()]
}

#[test]
fn what_is_recorded_is_believed_and_says_what_it_says() {
    for reader in all() {
        let told = reader.read(200, &reader.body).unwrap_or_else(|error| panic!("{}: {error}", reader.name));
        assert_eq!(Some(told), said(&reader.body, reader.proofs), "{}", reader.name);
    }
}

#[test]
fn no_malformed_document_is_believed_even_inside_of_a_good_one() {
    let (readers, documents) = (all(), documents::refused());
    let mut counts = Counts::default();
    for reader in &readers {
        // A browser passes text already converted to UTF-8.
        let fits = |body: &&Vec<u8>| reader.of_portal || std::str::from_utf8(body).is_ok();
        for document in documents.iter().filter(fits) {
            for body in placed(document, &reader.body) {
                counts.read(reader, 200, &body, true);
            }
        }
        for body in documents::around(&reader.body).iter().filter(fits) {
            counts.read(reader, 200, body, true);
        }
    }
    assert!(documents.len() >= 300, "{}", documents.len());
    counts.print(&format!("malformed JSON, {} values in {} readers", documents.len(), readers.len()));
}

#[test]
fn what_the_standard_leaves_open_is_refused_or_said() {
    let (readers, documents) = (all(), documents::undecided());
    let mut counts = Counts::default();
    for reader in &readers {
        for document in &documents {
            for body in placed(document, &reader.body) {
                counts.read(reader, 200, &body, false);
            }
        }
    }
    counts.print(&format!("undecided JSON, {} values", documents.len()));
}

#[test]
fn odd_but_right_values_disturb_nobody() {
    let mut read = 0;
    for reader in all().iter().filter(|document| document.name != "config.json") {
        for value in documents::right() {
            for body in &placed(&value, &reader.body)[1..] {
                read += 1;
                assert!(reader.read(200, body).is_ok(), "{}: {}", reader.name, String::from_utf8_lossy(body));
            }
        }
    }
    tell(Part::Documents, &format!("right JSON: {read} read, {read} believed"));
}

#[test]
fn no_change_of_a_recorded_answer_is_a_false_success() {
    let (mut counts, mut least) = (Counts::default(), usize::MAX);
    let readers = all();
    for reader in &readers {
        let mutations = mutations::of(reader);
        least = least.min(mutations.len());
        for mutation in &mutations {
            counts.read(reader, mutation.status, &mutation.body, mutation.is_wrong);
        }
    }
    let answers = readers.iter().filter(|reader| reader.of_portal).count();
    assert!(answers >= 14 && least >= 200, "{answers} {least}");
    counts.print(&format!("changes of {answers} recorded answers and other documents, at least {least} of each"));
}

#[test]
fn a_reader_that_believes_everything_is_found_out() {
    let mut counts = Counts::default();
    let reader = all().into_iter().find(|document| document.name == "addItem").expect("it was recorded").careless();
    for mutation in mutations::of(&reader) {
        counts.read(&reader, mutation.status, &mutation.body, mutation.is_wrong);
    }
    tell(
        Part::Documents,
        &format!("negative control: {} false successes of a careless reader", counts.false_successes.len()),
    );
    assert!(counts.false_successes.len() > 10, "{counts:?}");
}
