//! Child processes that do not outlive the command that started them.
//!
//! Every child has a mark in its environment, which its descendants inherit. At the end, all processes with the mark
//! are killed. A watcher process does the same if the command itself is killed.

use std::env;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use sysinfo::{Process, ProcessRefreshKind, ProcessesToUpdate, System, UpdateKind};

use crate::failure::{Doing, Failure, Outcome};

/// The environment variable that holds the mark.
const MARK: &str = "AKW_SESSION";

/// Set on shutdown, so that other threads start no more processes.
static ENDING: AtomicBool = AtomicBool::new(false);

/// The process that kills the children if this one is killed.
static WATCHER: Mutex<Option<Child>> = Mutex::new(None);

fn mark() -> &'static str {
    static VALUE: OnceLock<String> = OnceLock::new();
    VALUE.get_or_init(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        format!("{}-{}", std::process::id(), since.as_nanos())
    })
}

/// A command with the mark, and without the package variables set by `cargo run`: build scripts watch these variables
/// and would rerun.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env(MARK, mark());
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"].iter().any(|start| name.starts_with(start)) {
            command.env_remove(name.as_ref());
        }
    }
    command
}

/// Runs a command to completion with our output; fails unless it succeeds.
pub fn run(command: &mut Command) -> Outcome {
    let status = start(command)?.wait().doing(format!("waiting for {}", name(command)))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("{} ended with {status}", name(command)))) }
}

/// Runs a command to completion and passes each line of its standard output to `each` as it arrives.
pub fn run_lines(command: &mut Command, mut each: impl FnMut(&str)) -> Outcome {
    let mut child = start(command.stdout(Stdio::piped()))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            each(&String::from_utf8_lossy(&line.doing(format!("reading from {}", name(command)))?));
        }
    }
    let status = child.wait().doing(format!("waiting for {}", name(command)))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("{} ended with {status}", name(command)))) }
}

/// The output of a short command; `None` if it cannot run or fails.
pub fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    answer_in(Path::new("."), program, arguments)
}

/// The same, in another folder.
pub fn answer_in(folder: &Path, program: &str, arguments: &[&str]) -> Option<String> {
    let mut command = command(on_path(&[program])?);
    command.args(arguments).current_dir(folder).stderr(Stdio::null()).stdin(Stdio::null());
    let output = command.output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The first of these programs found on `PATH`.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| which::which(name).ok())
}

/// Starts a child, unless everything is shutting down.
pub fn start(command: &mut Command) -> Outcome<Child> {
    if ENDING.load(Ordering::SeqCst) {
        return Err(Failure::new("stopped"));
    }
    command.stdin(Stdio::null()).spawn().doing(format!("starting {}", name(command)))
}

/// Kills all child processes and their descendants. Idempotent.
pub fn end_all() {
    ENDING.store(true, Ordering::SeqCst);
    end_strays();
    let watcher = WATCHER.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(mut watcher) = watcher {
        // Closing its standard input makes it check once more and exit.
        drop(watcher.stdin.take());
        watcher.wait().ok();
    }
}

/// Kills what children left behind, such as a browser whose driver has ended.
pub fn end_strays() {
    end_marked(mark());
}

/// The watcher: waits until its parent is gone, then kills what the parent left behind.
pub fn watch_over(mark: &str) {
    let mut nothing = Vec::new();
    std::io::stdin().read_to_end(&mut nothing).ok();
    end_marked(mark);
}

/// Starts the watcher once. It has no mark itself, and its own process group, so that Ctrl-C spares it.
pub fn watch() -> Outcome {
    let mut watcher = WATCHER.lock().unwrap_or_else(PoisonError::into_inner);
    if watcher.is_some() {
        return Ok(());
    }
    let mut command = Command::new(env::current_exe().doing("finding this program")?);
    command.args(["watch", mark()]).env_remove(MARK);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    in_own_group(&mut command);
    *watcher = Some(command.spawn().doing("starting the watcher")?);
    Ok(())
}

#[cfg(unix)]
fn in_own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(windows)]
fn in_own_group(command: &mut Command) {
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NEW_PROCESS_GROUP);
}

/// Kills all processes with the mark in their environment. Twice, because a process may be starting another meanwhile.
fn end_marked(mark: &str) {
    for _ in 0..2 {
        marked(mark, |process| {
            process.kill();
        });
    }
}

/// Calls `each` with every process that carries the mark, except this one, and returns how many there are.
fn marked(mark: &str, each: impl Fn(&Process)) -> usize {
    let wanted = format!("{MARK}={mark}");
    let Ok(mut system) = System::new() else { return 0 };
    let what = ProcessRefreshKind::nothing().without_tasks().with_environ(UpdateKind::Always);
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, what);
    let is_wanted = |process: &&Process| {
        process.pid().as_u32() != std::process::id() && process.environ().iter().any(|pair| *pair == *wanted)
    };
    system.processes().values().filter(is_wanted).inspect(|process| each(process)).count()
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let first = command.get_args().next().map(|argument| format!(" {}", argument.to_string_lossy()));
    format!("{program}{}", first.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_found_by_its_mark_and_ended() {
        let mark = format!("test-{}", std::process::id());
        // Blocks on its standard input, which this test keeps open.
        let mut stray = Command::new(on_path(&["sort"]).expect("sort is part of every system"));
        stray.env(MARK, &mark).stdin(Stdio::piped()).stdout(Stdio::null());
        let mut stray = stray.spawn().expect("sort starts");
        assert_eq!(marked(&mark, |_| {}), 1);
        end_marked(&mark);
        let status = stray.wait().expect("it has ended");
        assert!(!status.success());
        assert_eq!(marked(&mark, |_| {}), 0);
    }

    #[test]
    fn a_command_that_fails_is_named_with_its_first_argument() {
        let failure = run(command("cargo").arg("no-such-command").stderr(Stdio::null())).expect_err("it fails");
        assert!(failure.to_string().starts_with("cargo no-such-command ended with"), "{failure}");
    }
}
