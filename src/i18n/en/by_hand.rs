//! Texts about creating the same credential without this page.

use key_wizard_core::{
    by_hand::{
        portal_dialog::{FieldValue, Screen},
        script::Language,
    },
    credential::{draft::KeyChoice, problem::Field},
};

use super::problem::field_name;

pub(super) fn portal_dialog_screen(screen: Screen, has_values: bool) -> &'static str {
    match (screen, has_values) {
        (Screen::Kind, _) => "Content, My content, New item, Developer credentials: choose API key credentials.",
        (Screen::Usage { is_private: false }, _) => "Where it is used: choose Public application.",
        (Screen::Usage { is_private: true }, _) => {
            "Where it is used: choose Private application with selected privileges and access."
        }
        (Screen::Items, true) => "Item access: choose these items.",
        (Screen::Items, false) => "Item access: choose no item.",
        (Screen::Privileges, true) => "Privileges: choose these and no others.",
        (Screen::Privileges, false) => "Privileges: choose none.",
        (Screen::Limits, _) => "Expiration date and referrers: enter these.",
        (Screen::Details, _) => "Item details: enter these.",
        (Screen::End(KeyChoice::Now), _) => "Summary: compare, generate the key, and copy it. It is shown once.",
        (Screen::End(KeyChoice::Later), _) => "Summary: compare, and create the credential without generating a key.",
    }
}

pub(super) fn portal_dialog_value(value: &FieldValue) -> &'static str {
    match value {
        FieldValue::Item { .. } => "Item",
        FieldValue::Privilege(_) => "Privilege",
        FieldValue::Expiration(_) => field_name(Field::Expiration),
        FieldValue::Referrer(_) => "Referrer",
        FieldValue::Title(_) => field_name(Field::Title),
        FieldValue::Folder(_) => field_name(Field::Folder),
        FieldValue::Tags(_) => field_name(Field::Tags),
        FieldValue::Summary(_) => field_name(Field::Summary),
    }
}

pub(super) fn script_language(language: Language) -> &'static str {
    match language {
        Language::RestJs => "arcgis-rest-js",
        Language::Python => "ArcGIS API for Python",
        Language::Curl => "curl",
    }
}
