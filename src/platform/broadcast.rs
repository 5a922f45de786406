//! Messages to the other tabs of this browser.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

thread_local! {
    /// `None` if the browser has no channels; the tabs then hear nothing of each other.
    static CHANNEL: Option<BroadcastChannel> = BroadcastChannel::new("akw.tabs").ok();
}

/// Sends a text to the other tabs.
pub fn send(text: &str) {
    with_channel(|channel| {
        // Fails only for a closed channel.
        let _ = channel.post_message(&JsValue::from_str(text));
    });
}

/// Listens to the other tabs until the channel is closed.
pub fn listen(run: impl Fn(String) + 'static) {
    let run = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(text) = event.data().as_string() {
            run(text);
        }
    });
    with_channel(|channel| channel.set_onmessage(Some(run.into_js_value().unchecked_ref())));
}

/// Closes the channel, which would keep an element that was removed.
pub fn close() {
    with_channel(BroadcastChannel::close);
}

fn with_channel(act: impl FnOnce(&BroadcastChannel)) {
    CHANNEL.with(|channel| channel.as_ref().map(act));
}
