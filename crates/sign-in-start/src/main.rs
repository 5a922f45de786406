//! The start of a sign-in as a small WebAssembly of its own: `src/boot.js` calls it for a press of `Sign in` that comes
//! before the wizard. All it does is in [`key_wizard_core::auth`], which the wizard uses too.

use key_wizard_core::{auth::departure, timestamp::Timestamp};
#[cfg(target_arch = "wasm32")]
use lol_alloc::{FreeListAllocator, LockedAllocator};
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroize;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: LockedAllocator<FreeListAllocator> = LockedAllocator::new(FreeListAllocator::new());

fn main() {}

/// Leaves for a portal of the configuration, given by three texts of its entry. Returns the address to go to, and after
/// it, in turn, the names and the texts to keep in `sessionStorage`; nothing if the entry is not plain or `random` has
/// not 64 bytes. `now` is in epoch milliseconds.
#[wasm_bindgen]
pub fn depart(
    id: &str,
    url: &str,
    client_id: &str,
    redirect_uri: &str,
    fragment: &str,
    mut random: Vec<u8>,
    now: f64,
) -> Vec<String> {
    let bytes = random.as_slice().try_into().ok();
    random.zeroize();
    let (Some(target), Some(bytes)) = (departure::target(id, url, client_id), bytes) else { return Vec::new() };
    let departure = departure::depart(&target, redirect_uri, fragment, bytes, Timestamp(now as i64));
    let mut texts = vec![departure.address];
    for (name, text) in departure.records {
        texts.extend([name, text.expose().to_owned()]);
    }
    texts
}
