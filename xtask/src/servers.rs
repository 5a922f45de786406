//! The real servers for the header files: each serves a finished page with its file, after the three changes that the
//! file asks for: name, root and certificate.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::failure::{Doing, Failure, Outcome};
use crate::tools::system::SERVERS;
use crate::{loopback, package, process};

/// A kind of server, in the order of [`SERVERS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// nginx, with `headers/nginx.conf`.
    Nginx,
    /// Apache, with `.htaccess`.
    Apache,
    /// Caddy, with `headers/Caddyfile`.
    Caddy,
}

/// Every kind.
pub const ALL: [Server; 3] = [Server::Nginx, Server::Apache, Server::Caddy];

/// The timeout for a server to listen.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running server; it stops when dropped.
pub struct RunningServer {
    /// The address of the page, including its path.
    pub url: String,
    /// The folder of the page's files, which a test may change.
    pub page: PathBuf,
    child: Child,
    folder: PathBuf,
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        // Apache's and nginx's workers exit when they see that their parent is gone.
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// Serves a copy of `dist` below `base`, which begins and ends with a slash.
pub fn start(server: Server, dist: &Path, base: &str) -> Outcome<RunningServer> {
    let port = loopback::free_port()?;
    let folder = std::env::temp_dir().join(format!("akw-server-{}-{port}", std::process::id()));
    let root = folder.join("site");
    let page = root.join(base.trim_matches('/'));
    package::copy(dist, &page)?;
    let mut command = match server {
        Server::Nginx => nginx(&folder, &page, port)?,
        Server::Apache => apache(&folder, port)?,
        Server::Caddy => caddy(&folder, &page, port)?,
    };
    let log = File::create(folder.join("log")).doing("making a log")?;
    command.stdout(log.try_clone().doing("making a log")?).stderr(log).stdin(Stdio::null());
    let child = command.spawn().doing(format!("starting {server:?}"))?;
    let mut running = RunningServer { url: format!("http://127.0.0.1:{port}{base}"), page, child, folder };
    let started = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        let ended = running.child.try_wait().doing("looking after a server")?;
        if ended.is_some() || started.elapsed() > PATIENCE {
            let log = fs::read_to_string(running.folder.join("log")).unwrap_or_default();
            return Err(Failure::new(format!("{server:?} does not listen: {log}")));
        }
        std::thread::yield_now();
    }
    Ok(running)
}

fn program(server: Server) -> Outcome<PathBuf> {
    SERVERS[server as usize].path()
}

/// A file for this server, with its placeholders filled in.
fn filled(page: &Path, file: &str, values: &[(&str, String)]) -> Outcome<String> {
    let mut text = fs::read_to_string(page.join("headers").join(file)).doing(format!("reading {file}"))?;
    for (place, value) in values {
        if text.matches(place).count() != 1 {
            return Err(Failure::new(format!("headers/{file} does not hold {place} once")));
        }
        text = text.replace(place, value);
    }
    Ok(text)
}

fn nginx(folder: &Path, page: &Path, port: u16) -> Outcome<Command> {
    let root = folder.join("site");
    let values = [
        ("listen 443 ssl;", format!("listen 127.0.0.1:{port};")),
        ("server_name keys.example.com;", "server_name 127.0.0.1;".to_owned()),
        ("root /srv/key-wizard;", format!("root {};", root.display())),
    ];
    let place = folder.display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|kind| format!("    {kind}_temp_path {place}/{kind};\n"))
        .collect();
    let text = format!(
        "daemon off;\nmaster_process off;\npid {place}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n{temporary}    \
         include {};\n    access_log off;\n{}}}\n",
        first(&["/etc/nginx/mime.types", "/opt/homebrew/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types"])?,
        filled(page, "nginx.conf", &values)?
    );
    let mut command = process::command(program(Server::Nginx)?);
    command.arg("-p").arg(folder).arg("-c").arg(written(folder, "nginx.conf", &text)?).args(["-e", "stderr"]);
    Ok(command)
}

fn caddy(folder: &Path, page: &Path, port: u16) -> Outcome<Command> {
    let values = [
        ("keys.example.com {", format!("http://127.0.0.1:{port} {{")),
        ("/srv/key-wizard", folder.join("site").display().to_string()),
    ];
    let text = format!("{{\n\tadmin off\n}}\n{}", filled(page, "Caddyfile", &values)?);
    let mut command = process::command(program(Server::Caddy)?);
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(written(folder, "Caddyfile", &text)?);
    command.env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
    Ok(command)
}

/// Apache in Debian's setup, with the modules that the file needs; elsewhere with the same modules by name.
fn apache(folder: &Path, port: u16) -> Outcome<Command> {
    let place = folder.display();
    let modules = first(&[
        "/usr/lib/apache2/modules",
        "/usr/lib64/httpd/modules",
        "/opt/homebrew/lib/httpd/modules",
        "/usr/local/lib/httpd/modules",
    ])?;
    let mut text = format!("ServerRoot {place}\nServerName 127.0.0.1\nListen 127.0.0.1:{port}\nPidFile {place}/pid\n");
    text.push_str(&format!("ErrorLog {place}/log\nDefaultRuntimeDir {place}\n"));
    for module in
        ["mpm_event", "unixd", "authz_core", "dir", "mime", "negotiation", "filter", "deflate", "headers", "rewrite"]
    {
        let file = Path::new(&modules).join(format!("mod_{module}.so"));
        if file.exists() {
            text.push_str(&format!("LoadModule {module}_module {}\n", file.display()));
        }
    }
    text.push_str(&format!("TypesConfig {}\n", first(&["/etc/mime.types", "/opt/homebrew/etc/httpd/mime.types"])?));
    for settings in ["mime", "negotiation", "deflate"] {
        text.push_str(&format!("IncludeOptional /etc/apache2/mods-available/{settings}.conf\n"));
    }
    if process::answer("id", &["-u"]).is_some_and(|id| id.trim() == "0") {
        text.push_str("User www-data\nGroup www-data\n");
    }
    text.push_str(&format!(
        "DirectoryIndex index.html\nDocumentRoot {place}/site\n<Directory {place}/site>\n  \
         Options FollowSymLinks\n  AllowOverride FileInfo\n  Require all granted\n</Directory>\n\
         <FilesMatch \"^\\.ht\">\n  Require all denied\n</FilesMatch>\n"
    ));
    let mut command = process::command(program(Server::Apache)?);
    command.arg("-f").arg(written(folder, "apache.conf", &text)?).arg("-DFOREGROUND");
    Ok(command)
}

fn written(folder: &Path, name: &str, text: &str) -> Outcome<PathBuf> {
    let path = folder.join(name);
    fs::write(&path, text).doing(format!("writing {name}"))?;
    Ok(path)
}

/// The first of these paths that exists.
fn first(places: &[&str]) -> Outcome<String> {
    let found = places.iter().find(|place| Path::new(place).exists());
    found.map(|place| (*place).to_owned()).ok_or_else(|| Failure::new(format!("none of {places:?} is there")))
}
