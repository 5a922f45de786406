//! A WebDriver BiDi client: commands, answers and events over one WebSocket.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use futures::{SinkExt, StreamExt};
use serde_json::{Map, Value, json};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// An open connection; it closes with the browser or when dropped.
pub struct Bidi {
    outbox: mpsc::UnboundedSender<String>,
    shared: Arc<Shared>,
    last: AtomicU64,
}

#[derive(Default)]
struct Shared {
    waiting: Mutex<HashMap<u64, oneshot::Sender<Value>>>,
    events: Mutex<Vec<Value>>,
}

impl Bidi {
    /// Connects to the address in the session's capabilities.
    pub async fn connect(url: &str) -> Bidi {
        let (socket, _) = tokio_tungstenite::connect_async(url).await.expect("the browser takes a WebSocket");
        let (outbox, posts) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared::default());
        tokio::spawn(carry(socket, posts, shared.clone()));
        Bidi { outbox, shared, last: AtomicU64::new(0) }
    }

    /// Runs a command, for example `script.evaluate`; the error is the browser's, or reports a closed connection.
    pub async fn run(&self, method: &str, params: Value) -> Result<Value, String> {
        let id = self.last.fetch_add(1, Ordering::Relaxed);
        let (answer, waits) = oneshot::channel();
        self.shared.waiting.lock().expect("nobody panics with it").insert(id, answer);
        let post = json!({ "id": id, "method": method, "params": params });
        let gone = || format!("{method}: the browser is gone");
        self.outbox.send(post.to_string()).map_err(|_| gone())?;
        let mut answer = waits.await.map_err(|_| gone())?;
        match answer["type"] == "success" {
            true => Ok(answer["result"].take()),
            false => Err(format!("{method}: {} {}", answer["error"], answer["message"])),
        }
    }

    /// Like [`Bidi::run`], for commands that must succeed.
    pub async fn must(&self, method: &str, params: Value) -> Value {
        self.run(method, params).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// The events since the last call, in order.
    pub fn take_events(&self) -> Vec<Value> {
        std::mem::take(&mut self.shared.events.lock().expect("nobody panics with it"))
    }
}

/// Relays both ways until one end closes; a closed channel notifies pending callers.
async fn carry(mut socket: Socket, mut posts: mpsc::UnboundedReceiver<String>, shared: Arc<Shared>) {
    loop {
        tokio::select! {
            post = posts.recv() => {
                let Some(post) = post else { break };
                if socket.send(Message::text(post)).await.is_err() {
                    break;
                }
            }
            came = socket.next() => match came {
                Some(Ok(Message::Text(text))) => shared.take(&text),
                Some(Ok(_)) => {}
                _ => break,
            },
        }
    }
    posts.close();
    shared.waiting.lock().expect("nobody panics with it").clear();
}

impl Shared {
    fn take(&self, text: &str) {
        let message: Value = serde_json::from_str(text).expect("the browser sends JSON");
        match message["id"].as_u64() {
            None => self.events.lock().expect("nobody panics with it").push(message),
            Some(id) => {
                if let Some(waiting) = self.waiting.lock().expect("nobody panics with it").remove(&id) {
                    // The receiver may have been dropped.
                    let _gone = waiting.send(message);
                }
            }
        }
    }
}

/// A script's result as JSON, or the exception.
pub fn outcome(answer: Value) -> Result<Value, String> {
    match answer["type"] == "success" {
        true => Ok(plain(&answer["result"])),
        false => Err(answer["exceptionDetails"]["text"].to_string()),
    }
}

/// Unwraps a BiDi value; null for values that JSON cannot express.
fn plain(wrapped: &Value) -> Value {
    let inner = &wrapped["value"];
    let list = || inner.as_array().into_iter().flatten();
    match wrapped["type"].as_str().unwrap_or_default() {
        "string" | "boolean" => inner.clone(),
        // BiDi sends numbers that JSON cannot express as strings.
        "number" if inner == "-0" => json!(0),
        "number" => inner.as_f64().map_or(Value::Null, |_| inner.clone()),
        "array" => list().map(plain).collect(),
        "object" => {
            let pairs = list().map(|pair| (pair[0].as_str().unwrap_or_default().to_owned(), plain(&pair[1])));
            Value::Object(pairs.collect::<Map<_, _>>())
        }
        _ => Value::Null,
    }
}
