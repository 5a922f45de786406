//! The page's program. It does nothing by itself: `wizard.js` calls `start::start`.

use arcgis_key_wizard as _;

fn main() {}
