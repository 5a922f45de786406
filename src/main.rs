//! Starts the page.

fn main() {
    arcgis_key_wizard::app::start();
}
