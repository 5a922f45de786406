//! The native tests: the client and the machine against the practice portal, and the house rules.

mod faults;
mod model;
mod regressions;
mod tidy;
mod wire;
mod world;
