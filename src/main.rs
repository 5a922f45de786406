//! The page's program. `boot.js` starts it.

fn main() {
    arcgis_key_wizard::app::start::install_panic_hook();
}
