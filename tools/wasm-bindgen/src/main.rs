//! `wasm-bindgen` as Trunk calls it: the library behind the published program, without the test runner and its servers.
//!
//! The published program's lock file names a crate that the index no longer serves, so it cannot be installed with
//! `--locked`. This one has a lock file of its own.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::prelude::*;
use wasm_bindgen_cli_support::{Bindgen, EncodeInto};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let (mut input, mut folder, mut name) = (None, None, None);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("version") => {
                println!("wasm-bindgen {}", env!("CARGO_PKG_VERSION"));
                return Ok(());
            }
            Long("target") => match arguments.value()?.string()?.as_str() {
                "web" => {}
                other => return Err(format!("the page is built for the target web, not {other}").into()),
            },
            Long("out-dir") => folder = Some(PathBuf::from(arguments.value()?)),
            Long("out-name") => name = Some(arguments.value()?.string()?),
            Long("no-typescript") => {}
            Value(path) if input.is_none() => input = Some(PathBuf::from(path)),
            other => return Err(other.unexpected().into()),
        }
    }
    let (Some(input), Some(folder), Some(name)) = (input, folder, name) else {
        return Err("usage: wasm-bindgen --target=web --out-dir=DIR --out-name=NAME FILE".into());
    };
    Bindgen::new()
        .input_path(input)
        .out_name(&name)
        .web(true)?
        .typescript(false)
        // Every browser that the page runs in has `TextEncoder.encodeInto`.
        .encode_into(EncodeInto::Always)
        .generate(folder)
        .map_err(|error| format!("{error:?}").into())
}
