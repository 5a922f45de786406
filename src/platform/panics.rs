//! Panics: logs only the location in the code, never the message, which may quote what a person typed.

use std::panic::{self, PanicHookInfo};

/// Replaces the hook of the standard library, which would format the message.
pub fn report_places_only() {
    panic::set_hook(Box::new(|info| web_sys::console::error_1(&place(info).into())));
}

fn place(info: &PanicHookInfo<'_>) -> String {
    info.location().map_or_else(|| "panicked".to_owned(), |location| format!("panicked at {location}"))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};
    use std::thread;

    use super::*;

    #[test]
    fn a_panic_says_where_and_not_what() {
        let said = Arc::new(Mutex::new(Vec::new()));
        let (kept, here, before) = (said.clone(), thread::current().id(), panic::take_hook());
        panic::set_hook(Box::new(move |info| match thread::current().id() == here {
            true => kept.lock().expect("nobody panics with it").push(place(info)),
            false => before(info),
        }));
        panic::catch_unwind(|| panic!("the token is {}", "s3cret")).expect_err("it panics");
        let said = said.lock().expect("nobody panics with it").join("\n");
        assert!(said.starts_with("panicked at ") && said.contains("panics.rs:") && !said.contains("s3cret"), "{said}");
    }
}
