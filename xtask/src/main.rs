//! Runs one command of the project and ends what it started, however it ends.

use std::path::PathBuf;
use std::process::ExitCode;

use tokio::signal::unix::{SignalKind, signal};
use xtask::args::{self, Command};
use xtask::failure::{Doing, Failure, Outcome};
use xtask::policy::{Connect, hosts};
use xtask::{finish, process, repository, style, verify};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let command = match args::parse(&arguments) {
        Ok(command) => command,
        Err(failure) => return failed(&failure),
    };
    let outcome = tokio::select! {
        outcome = run(command) => outcome,
        signal = stopped() => {
            process::end_all();
            // A build may still be waiting on its thread; its processes are gone.
            std::process::exit(128 + signal);
        }
    };
    process::end_all();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failed(&failure),
    }
}

async fn run(command: Command) -> Outcome {
    let root = repository();
    match command {
        Command::Verify => {
            process::watch()?;
            blocking(move || verify::run(&root)).await
        }
        Command::Demo(_) => Err(Failure::new("demo waits for the practice portal")),
        Command::Bench { .. } => Err(Failure::new("bench is not built yet")),
        Command::Headers { portals } => {
            print_headers(portals);
            Ok(())
        }
        Command::Style => style::bundle(&root),
        Command::Finish => {
            let stage = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
            let missing = || Failure::new("finish is a hook of Trunk").next("Run: trunk build --release");
            finish::run(&root, &stage.ok_or_else(missing)?)
        }
        Command::Watch { mark } => {
            blocking(move || {
                process::watch_over(&mark);
                Ok(())
            })
            .await
        }
        Command::Help(text) => {
            println!("{text}");
            Ok(())
        }
    }
}

/// Runs what waits for processes on a thread of its own, so that a signal is still heard.
async fn blocking(work: impl FnOnce() -> Outcome + Send + 'static) -> Outcome {
    tokio::task::spawn_blocking(work).await.doing("running the command")?
}

fn print_headers(portals: Vec<String>) {
    let connect = if portals.is_empty() { Connect::AnyPortal } else { Connect::Only(portals) };
    let hashed = ["boot-HASH.js", "index-HASH.css", "key-wizard-HASH.wasm"].map(str::to_owned);
    for file in hosts::files(&connect, &hashed) {
        println!("==> {} <==\n{}", file.path, file.text);
    }
}

/// Waits for Ctrl-C or a polite end, and returns the signal's number.
async fn stopped() -> i32 {
    let listen = |kind| signal(kind).expect("signals can be listened to in a tokio runtime");
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt()), listen(SignalKind::terminate()));
    let mut hangup = listen(SignalKind::hangup());
    tokio::select! {
        _ = interrupt.recv() => SignalKind::interrupt().as_raw_value(),
        _ = terminate.recv() => SignalKind::terminate().as_raw_value(),
        _ = hangup.recv() => SignalKind::hangup().as_raw_value(),
    }
}

fn failed(failure: &Failure) -> ExitCode {
    if !failure.is_told() {
        eprintln!("error: {failure}");
    }
    ExitCode::FAILURE
}
