//! Placeholder until the practice portal lands.
