//! The native tests.
