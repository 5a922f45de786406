//! The durations of the browser tests, from the lines they write: test, seconds in total, seconds of the launch,
//! seconds of the end.

use std::collections::BTreeMap;
use std::fmt::Write;

/// The test budget, in seconds of one browser seat. It is not enforced; it shows the author what a new test costs
/// everyone.
const BUDGET: f32 = 1400.0;

/// The number of the longest tests to list.
const LONGEST: usize = 20;

/// The duration of one test.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Time<'a> {
    test: &'a str,
    whole: f32,
    launch: f32,
    end: f32,
}

impl<'a> Time<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let mut fields = line.split('\t');
        let test = fields.next()?;
        let mut seconds = || fields.next()?.parse::<f32>().ok();
        Some(Self { test, whole: seconds()?, launch: seconds()?, end: seconds()? })
    }

    /// Engine and module, as in `chromium::walk`.
    fn file(&self) -> &'a str {
        self.test.rsplit_once("::").map_or(self.test, |(file, _)| file)
    }
}

fn parse(lines: &str) -> Vec<Time<'_>> {
    lines.lines().filter_map(Time::parse).collect()
}

/// Reports the longest tests, the sum of each file, and the total beside the budget.
pub fn report(lines: &str) -> String {
    let mut times = parse(lines);
    times.sort_by(|one, other| other.whole.total_cmp(&one.whole));
    let mut text = format!("The {LONGEST} longest of {} browser tests: seconds, of launch, of end\n", times.len());
    for time in times.iter().take(LONGEST) {
        writeln!(text, "{:>7.1} {:>5.1} {:>5.1}  {}", time.whole, time.launch, time.end, time.test).ok();
    }
    let mut files = BTreeMap::<&str, (f32, usize)>::new();
    for time in &times {
        let file = files.entry(time.file()).or_default();
        *file = (file.0 + time.whole, file.1 + 1);
    }
    let mut files: Vec<_> = files.into_iter().collect();
    files.sort_by(|(_, one), (_, other)| other.0.total_cmp(&one.0));
    text.push_str("Each file: seconds, tests\n");
    for (file, (seconds, tests)) in files {
        writeln!(text, "{seconds:>7.1} {tests:>5}  {file}").ok();
    }
    let sum = |seconds: fn(&Time<'_>) -> f32| times.iter().map(seconds).sum::<f32>();
    let (whole, launch, end) = (sum(|time| time.whole), sum(|time| time.launch), sum(|time| time.end));
    let verdict = if whole > BUDGET { "over the test budget" } else { "within the test budget" };
    writeln!(text, "{whole:.0} seat-seconds ({launch:.0} of launches, {end:.0} of ends), {verdict} of {BUDGET:.0}")
        .ok();
    text
}

/// Updates the last known times of all tests with these lines.
pub fn merge(before: &str, lines: &str) -> String {
    let mut last = BTreeMap::new();
    for line in before.lines().chain(lines.lines()) {
        if let Some(time) = Time::parse(line) {
            last.insert(time.test, line);
        }
    }
    last.into_values().map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "chromium::walk::a\t3.50\t1.00\t0.50\nfirefox::walk::a\t7.00\t2.00\t1.00\nchromium::walk::b\t4.00\t0.00\t0.50\n";

    #[test]
    fn the_longest_come_first_and_files_are_summed() {
        let report = report(LINES);
        let places: Vec<_> = ["firefox::walk::a", "chromium::walk::b", "chromium::walk::a"]
            .map(|test| report.find(test).expect("each is named"))
            .to_vec();
        assert!(places.is_sorted(), "{report}");
        assert!(report.contains("    7.5     2  chromium::walk\n"), "{report}");
        assert!(report.contains("14 seat-seconds (3 of launches, 2 of ends), within the test budget"), "{report}");
    }

    #[test]
    fn what_ran_last_counts_and_what_did_not_run_is_kept() {
        let merged = merge(LINES, "chromium::walk::b\t9.00\t0.00\t0.50\nno line\n");
        assert_eq!(merged.lines().count(), 3);
        assert!(merged.contains("chromium::walk::b\t9.00") && merged.contains("firefox::walk::a\t7.00"));
    }
}
