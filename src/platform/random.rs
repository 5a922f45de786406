//! Random bytes from the browser's cryptographic generator.

use super::window;

/// An array of random bytes.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let crypto = window().crypto().expect("every browser with WebAssembly has `crypto`");
    crypto.get_random_values_with_u8_array(&mut bytes).expect("fewer than 65,536 bytes are asked for");
    bytes
}
