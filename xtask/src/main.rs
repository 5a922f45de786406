//! Runs one command of the project, and ends its child processes, however it ends.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use xtask::args::{self, Command};
use xtask::failure::{Doing, Failure, Outcome};
use xtask::policy::{Connect, hosts};
use xtask::{bench, demo, finish, fuzz, mutants, package, process, release, repository, sums, tools, verify};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let command = args::parse(&arguments).unwrap_or_else(|error| error.exit());
    let outcome = tokio::select! {
        outcome = run(command) => outcome,
        signal = stopped() => {
            process::end_all();
            verify::clean();
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
        Command::Verify(options) => watched(move || verify::run(&root, options)).await,
        Command::Clients => watched(move || verify::run_clients(&root)).await,
        Command::Sites { framework: only } => watched(move || verify::run_sites(&root, only)).await,
        Command::Pictures { tests } => watched(move || verify::pictures(&root, &tests)).await,
        Command::Demo(options) => {
            process::watch()?;
            demo::run(root, options).await
        }
        Command::Bench { runs } => watched(move || bench::run(&root, runs.into())).await,
        Command::Fuzz(options) => watched(move || fuzz::run(&root, &options)).await,
        Command::Mutants(what) => watched(move || mutants::run(&root, &what)).await,
        Command::Setup => watched(move || set_up(&root)).await,
        Command::Headers { portals, into } => headers(portals, into),
        Command::Build => {
            watched(move || tools::for_build(&root).and_then(|tools| release::build(&root, &tools)).map(drop)).await
        }
        Command::Package => watched(move || package::run(&root)).await,
        Command::Prepare => release::prepare(&root),
        Command::Finish => finish_stage(&root),
        Command::Watch { mark } => {
            blocking(move || {
                process::watch_over(&mark);
                Ok(())
            })
            .await
        }
    }
}

fn set_up(root: &Path) -> Outcome {
    tools::set_up(root, &tools::EVERYTHING)?;
    println!("{}", release::by_hand(&tools::for_build(root)?)?);
    Ok(())
}

fn finish_stage(root: &Path) -> Outcome {
    let stage = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let missing = || Failure::new("finish is a hook of Trunk").next("Run: cargo xtask build");
    finish::run(root, &stage.ok_or_else(missing)?, &tools::esbuild(root)?)
}

/// Runs blocking work on its own thread, so that signals are still handled.
async fn blocking(work: impl FnOnce() -> Outcome + Send + 'static) -> Outcome {
    tokio::task::spawn_blocking(work).await.doing("running the command")?
}

/// The same for work that starts processes: the watcher kills them when this process ends.
async fn watched(work: impl FnOnce() -> Outcome + Send + 'static) -> Outcome {
    process::watch()?;
    blocking(work).await
}

fn headers(portals: Vec<String>, into: Option<PathBuf>) -> Outcome {
    let connect = if portals.is_empty() { Connect::AnyPortal } else { Connect::Only(portals) };
    if let Some(dist) = into {
        finish::write_host_files(&dist, &connect)?;
        return sums::write(&dist);
    }
    let hashed = [
        "boot-HASH.js",
        "guide-HASH.json",
        "key-wizard-HASH.wasm",
        "sign-in-start-HASH.wasm",
        "style-HASH.css",
        "wizard-HASH.js",
    ]
    .map(str::to_owned);
    let mut output = std::io::stdout().lock();
    for file in hosts::files(&connect, &[], &hashed) {
        writeln!(output, "==> {} <==\n{}", file.path, file.text).doing("printing the files")?;
    }
    Ok(())
}

/// Waits for Ctrl-C or a termination signal, and returns the signal's number.
#[cfg(unix)]
async fn stopped() -> i32 {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).expect("signals can be listened to in a tokio runtime");
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt()), listen(SignalKind::terminate()));
    let mut hangup = listen(SignalKind::hangup());
    tokio::select! {
        _ = interrupt.recv() => SignalKind::interrupt().as_raw_value(),
        _ = terminate.recv() => SignalKind::terminate().as_raw_value(),
        _ = hangup.recv() => SignalKind::hangup().as_raw_value(),
    }
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
async fn stopped() -> i32 {
    tokio::signal::ctrl_c().await.expect("Ctrl-C can be listened to in a tokio runtime");
    2
}

fn failed(failure: &Failure) -> ExitCode {
    if !failure.is_reported() {
        eprintln!("error: {failure}");
    }
    ExitCode::FAILURE
}
