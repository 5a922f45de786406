//! Parts of the screen that know no portal, no credential and no language: they receive texts and values, and call back
//! on presses.

pub mod button;
pub mod combobox;
pub mod copy_button;
pub mod dialog;
pub mod dom;
pub mod error_summary;
pub mod field;
pub mod keyed_rows;
pub mod notice;
pub mod removable_list;
pub mod secret_once;
