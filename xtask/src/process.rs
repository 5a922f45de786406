//! Child processes that cannot outlive the command that started them.
//!
//! Every child leads a process group of its own and carries a mark in its environment, which its own children
//! inherit even when they leave the group, as Chromium's do. At the end whatever still carries the mark is ended.
//! A watcher process does the same when the command itself is killed.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::failure::{Doing, Failure, Outcome};

/// The environment variable that holds the mark.
const MARK: &str = "AKW_SESSION";

/// The groups of children that have not ended yet.
static GROUPS: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// The process that ends the children if this one is killed.
static WATCHER: Mutex<Option<Child>> = Mutex::new(None);

fn mark() -> &'static str {
    static VALUE: OnceLock<String> = OnceLock::new();
    VALUE.get_or_init(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        format!("{}-{}", std::process::id(), since.as_nanos())
    })
}

/// A command in a group of its own, with the mark, and without what `cargo run` told this process about its package:
/// build scripts watch those variables and would run again.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.process_group(0).env(MARK, mark());
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"].iter().any(|start| name.starts_with(start)) {
            command.env_remove(name.as_ref());
        }
    }
    command
}

/// Runs a command to its end, its output going to ours; anything but success is a failure.
pub fn run(command: &mut Command) -> Outcome {
    let mut child = start(command)?;
    let status = child.wait();
    finished(&child);
    let status = status.doing(format!("waiting for {}", name(command)))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("{} ended with {status}", name(command))))
}

/// Runs a command to its end and hands each line of its standard output to `each`, as it comes.
pub fn run_lines(command: &mut Command, mut each: impl FnMut(&str)) -> Outcome {
    let mut child = start(command.stdout(Stdio::piped()))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            each(&String::from_utf8_lossy(&line.doing(format!("reading from {}", name(command)))?));
        }
    }
    let status = child.wait();
    finished(&child);
    let status = status.doing(format!("waiting for {}", name(command)))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("{} ended with {status}", name(command))))
}

/// What a short command prints, or `None` when it cannot be run or fails.
pub fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    answer_in(Path::new("."), program, arguments)
}

/// The same, in another folder.
pub fn answer_in(folder: &Path, program: &str, arguments: &[&str]) -> Option<String> {
    let mut command = command(program);
    command.args(arguments).current_dir(folder).stderr(Stdio::null()).stdin(Stdio::null());
    let output = command.output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Starts a child and remembers its group. Pair it with [`finished`].
pub fn start(command: &mut Command) -> Outcome<Child> {
    let child = command.stdin(Stdio::null()).spawn().doing(format!("starting {}", name(command)))?;
    groups().insert(child.id());
    Ok(child)
}

/// Ends what a child that has been waited for left behind in its group.
pub fn finished(child: &Child) {
    end_groups(&[child.id()]);
    groups().remove(&child.id());
}

/// Ends every process this one has started, and theirs. Safe to call more than once.
pub fn end_all() {
    let started: Vec<u32> = groups().iter().copied().collect();
    end_groups(&started);
    end_marked(mark());
    let watcher = WATCHER.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
    if let Some(mut watcher) = watcher {
        // Its standard input closes, it looks once more, and ends.
        drop(watcher.stdin.take());
        watcher.wait().ok();
    }
}

/// The watcher: waits until the process that started it is gone, then ends what that one left behind.
pub fn watch_over(mark: &str) {
    let mut nothing = Vec::new();
    std::io::stdin().read_to_end(&mut nothing).ok();
    end_marked(mark);
}

/// Ends what has left its group but carries the mark: a browser whose driver has ended, for example.
pub fn end_strays() {
    end_marked(mark());
}

/// Starts the watcher once, where there is a `/proc` for it to look in.
/// It carries no mark itself, and leads its own group so that Ctrl-C spares it.
pub fn watch() -> Outcome {
    let mut watcher = WATCHER.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if watcher.is_some() || !Path::new("/proc/self/environ").exists() {
        return Ok(());
    }
    let program = env::current_exe().doing("finding this program")?;
    let mut command = Command::new(program);
    command.args(["watch", mark()]).process_group(0).env_remove(MARK);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    *watcher = Some(command.spawn().doing("starting the watcher")?);
    Ok(())
}

fn groups() -> std::sync::MutexGuard<'static, BTreeSet<u32>> {
    GROUPS.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Sends KILL to whole groups; one that is gone already is no problem.
fn end_groups(leaders: &[u32]) {
    let targets: Vec<String> = leaders.iter().map(|leader| format!("-{leader}")).collect();
    kill(&targets);
}

/// Ends all processes whose environment holds the mark. Twice, because a process may be starting another meanwhile.
fn end_marked(mark: &str) {
    for _ in 0..2 {
        let marked: Vec<String> = marked(mark).iter().map(u32::to_string).collect();
        kill(&marked);
    }
}

/// The processes that carry a mark, this one apart. Empty where there is no `/proc`.
pub fn marked(mark: &str) -> Vec<u32> {
    let wanted = format!("{MARK}={mark}");
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|process| *process != std::process::id())
        .filter(|process| {
            fs::read(format!("/proc/{process}/environ"))
                .is_ok_and(|environment| environment.split(|byte| *byte == 0).any(|pair| pair == wanted.as_bytes()))
        })
        .collect()
}

fn kill(targets: &[String]) {
    if targets.is_empty() {
        return;
    }
    let mut command = Command::new("kill");
    command.args(["-KILL", "--"]).args(targets).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().ok();
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let first = command.get_args().next().map(|argument| format!(" {}", argument.to_string_lossy()));
    format!("{program}{}", first.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_leaves_its_group_is_found_by_its_mark() {
        let mark = format!("test-{}", std::process::id());
        let mut stray = Command::new("setsid");
        stray.args(["--fork", "tail", "-f", "/dev/null"]).env(MARK, &mark).stdout(Stdio::null());
        stray.status().expect("setsid is part of every Linux");
        let mut seen = marked(&mark);
        while seen.is_empty() {
            std::thread::yield_now();
            seen = marked(&mark);
        }
        end_marked(&mark);
        while !marked(&mark).is_empty() {
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_command_that_fails_is_named_with_its_first_argument() {
        let failure = run(command("false").arg("now")).expect_err("false fails");
        assert!(failure.to_string().starts_with("false now ended with"), "{failure}");
    }
}
