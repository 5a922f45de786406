//! The native tests: the client and the machine against the practice portal, and the house rules.

mod audit;
mod client;
mod drafts;
mod elsewhere;
mod exhaustive;
mod faults;
mod first_tries;
mod histories;
mod hostile;
mod matrix;
mod model;
mod named_faults;
mod oauth;
mod open_facts;
mod person;
mod proof;
mod recipes;
mod regressions;
mod standing;
mod tabs;
mod tidy;
mod visit;
mod wire;
mod wish;
mod words;
mod world;
