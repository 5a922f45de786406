//! Hostile input: JSON, addresses and text. Every test prints how many inputs it tried.

mod addresses;
mod documents;
mod doors;
mod json;
mod look_alikes;
mod markup;
mod mutations;
mod payloads;
mod proof;
mod readers;
mod text;

/// A deterministic random generator.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        // xorshift64 (Marsaglia 2003).
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).expect("it is below a usize")
    }
}
