//! Measurements, with the median and the worst value of each.

pub mod frames;
pub mod keystrokes;
pub mod loads;
pub mod requests;

use serde_json::{Value, json};

use crate::engine::Engine;
use crate::page::Page;

/// How much the browser is throttled.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The name in devtools.
    pub name: &'static str,
    /// The CPU slowdown factor.
    pub cpu: u32,
    /// Latency per request in milliseconds, and download speed in bytes per second; `None` for no limit.
    pub network: Option<(f64, f64)>,
}

/// The network presets of devtools.
pub const PACES: [Pace; 4] = [
    Pace { name: "loopback", cpu: 1, network: None },
    Pace { name: "loopback, CPU ×4", cpu: 4, network: None },
    Pace { name: "Fast 4G, CPU ×4", cpu: 4, network: Some((165.0, 8_100_000.0 / 8.0)) },
    Pace { name: "Slow 4G, CPU ×4", cpu: 4, network: Some((562.5, 1_440_000.0 / 8.0)) },
];

impl Page {
    /// Runs a devtools command that must succeed; Chromium only.
    pub async fn cdp(&self, command: &str, params: Value) -> Value {
        match &self.engine {
            Engine::Chromium(chromium) => chromium.cdp(command, params).await,
            Engine::Firefox(_) => panic!("{command}: Firefox has no devtools protocol"),
        }
    }

    /// Drops the accessibility tree that lookups by role leave behind: Chromium keeps it up to date with each change,
    /// which doubles the time of a key. Only a tree that was enabled can be disabled.
    async fn forget_accessibility(&self) {
        self.cdp("Accessibility.enable", json!({})).await;
        self.cdp("Accessibility.disable", json!({})).await;
    }
}

impl Pace {
    /// Throttles the page from now on.
    pub async fn set(self, page: &Page) {
        page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": self.cpu })).await;
        if let Some((latency, down)) = self.network {
            page.cdp("Network.enable", json!({})).await;
            let limits = json!({ "offline": false, "latency": latency, "downloadThroughput": down, "uploadThroughput": down / 2.0 });
            page.cdp("Network.emulateNetworkConditions", limits).await;
        }
    }
}

/// The quantile of the values; 0.5 is the median.
pub fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    values.get((share * last as f64).round() as usize).copied().unwrap_or(f64::NAN)
}

/// The numbers of a JSON list.
pub fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}
