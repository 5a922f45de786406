//! Runs the practice portal by itself, on a port.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use practice_portal::{Portal, serve};

const HELP: &str = "\
practice-portal: a local portal that speaks the ArcGIS REST dialect

  --port <number>         the port on 127.0.0.1 (0 or left out: any free one)
  --tls <file>            speak https, with a certificate made at every start; the file gets it, to be trusted
  --redirect-uri <uri>    an address the app key-wizard-demo may be sent back to; may be repeated
  --help                  this text
";

struct Options {
    port: u16,
    /// The file for the certificate if the portal serves TLS.
    tls: Option<PathBuf>,
    redirect_uris: Vec<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help") {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let options = match options(&arguments) {
        Ok(options) => options,
        Err(why) => {
            eprintln!("{why}\n\n{HELP}");
            return ExitCode::FAILURE;
        }
    };
    match run(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("the portal cannot start: {why}");
            ExitCode::FAILURE
        }
    }
}

fn options(arguments: &[String]) -> Result<Options, String> {
    let mut options = Options { port: 0, tls: None, redirect_uris: Vec::new() };
    let mut rest = arguments.iter();
    while let Some(name) = rest.next() {
        let value = rest.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--port" => options.port = value.parse().map_err(|_| format!("{value} is no port"))?,
            "--tls" => options.tls = Some(PathBuf::from(value)),
            "--redirect-uri" => options.redirect_uris.push(value.clone()),
            _ => return Err(format!("{name} is not known")),
        }
    }
    Ok(options)
}

async fn run(options: Options) -> std::io::Result<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now_ms = i64::try_from(now.as_millis()).unwrap_or(i64::MAX);
    // The start time is the seed, so that keys of an earlier run do not work in this one.
    let mut portal = Portal::seeded(now_ms, now_ms.unsigned_abs());
    let uris: Vec<&str> = options.redirect_uris.iter().map(String::as_str).collect();
    portal.register_client("key-wizard-demo", "ArcGIS Key Wizard", &uris);
    let users = portal.users();
    let mut running = match &options.tls {
        None => serve::start(portal, options.port).await?,
        Some(file) => {
            let running = serve::start_tls(portal, options.port).await?;
            std::fs::write(file, running.certificate.as_deref().unwrap_or_default())?;
            running
        }
    };
    println!("practice portal: {}", running.url);
    if let Some(file) = &options.tls {
        println!("certificate:     {}", file.display());
    }
    println!("client id:       key-wizard-demo");
    for user in users {
        println!("user {:<12}{} – {}", user.username, user.full_name, user.note);
    }
    running.wait().await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::options;

    fn read(line: &str) -> Result<(u16, Vec<String>), String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        options(&words).map(|option| (option.port, option.redirect_uris))
    }

    #[test]
    fn a_port_and_several_redirect_uris_are_read() {
        let read = read("--redirect-uri http://a/ --port 81 --redirect-uri http://b/");
        let uris = vec!["http://a/".to_owned(), "http://b/".to_owned()];
        assert_eq!(read, Ok((81, uris)));
    }

    #[test]
    fn a_file_for_the_certificate_asks_for_tls() {
        let words = ["--tls", "portal.pem"].map(str::to_owned);
        let tls = options(&words).map(|option| option.tls);
        assert_eq!(tls, Ok(Some("portal.pem".into())));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert_eq!(read("--port x"), Err("x is no port".to_owned()));
        assert_eq!(read("--port"), Err("--port needs a value".to_owned()));
        assert_eq!(read("--what x"), Err("--what is not known".to_owned()));
    }
}
