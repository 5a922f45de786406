//! Editor metadata for the element, generated from its manifest to stay consistent.

use serde_json::{Value, json};

/// VS Code's custom data, which users reference in the setting `html.customData`.
pub fn vscode(manifest: &Value) -> Value {
    let tags = elements(manifest).map(|element| {
        let attributes = list(element, "attributes").map(|attribute| {
            let mut entry = json!({ "name": attribute["name"], "description": attribute["description"] });
            let values: Vec<Value> = choices(attribute).map(|name| json!({ "name": name })).collect();
            if !values.is_empty() {
                entry["values"] = values.into();
            }
            entry
        });
        json!({
            "name": element["tagName"],
            "description": element["description"],
            "attributes": attributes.collect::<Vec<_>>(),
        })
    });
    json!({ "version": 1.1, "tags": tags.collect::<Vec<_>>() })
}

/// The data of JetBrains IDEs, which they find by the `web-types` of the package.
pub fn web_types(manifest: &Value, version: &str) -> Value {
    let named = |element: &Value, what: &str| -> Vec<Value> {
        list(element, what).map(|entry| json!({ "name": entry["name"], "description": entry["description"] })).collect()
    };
    let typed = |value: &Value| json!({ "name": value["name"], "description": value["description"], "type": value["type"]["text"] });
    let elements = elements(manifest).map(|element| {
        let attributes = list(element, "attributes").map(|entry| {
            let value = json!({ "type": entry["type"]["text"] });
            json!({ "name": entry["name"], "description": entry["description"], "value": value })
        });
        let properties = list(element, "members").filter(|entry| entry["kind"] == "field").map(typed);
        json!({
            "name": element["tagName"],
            "description": element["description"],
            "attributes": attributes.collect::<Vec<_>>(),
            "slots": named(element, "slots"),
            "js": { "properties": properties.collect::<Vec<_>>(), "events": named(element, "events") },
            "css": { "properties": named(element, "cssProperties"), "parts": named(element, "cssParts") },
        })
    });
    json!({
        "$schema": "https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json",
        "name": "arcgis-key-wizard",
        "version": version,
        "description-markup": "markdown",
        "contributions": { "html": { "elements": elements.collect::<Vec<_>>() } },
    })
}

fn elements(manifest: &Value) -> impl Iterator<Item = &Value> {
    let declarations = list(manifest, "modules").flat_map(|module| list(module, "declarations"));
    declarations.filter(|declaration| declaration["customElement"] == true)
}

fn list<'a>(of: &'a Value, what: &str) -> impl Iterator<Item = &'a Value> {
    of[what].as_array().into_iter().flatten()
}

/// The possible values of an attribute with a union type: `'light' | 'dark'`.
fn choices(attribute: &Value) -> impl Iterator<Item = &str> {
    let kind = attribute["type"]["text"].as_str().unwrap_or_default();
    kind.split('|').filter_map(|choice| choice.trim().strip_prefix('\'')?.strip_suffix('\''))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::*;

    fn file(name: &str) -> String {
        fs::read_to_string(crate::repository().join("src/embed").join(name)).expect("it is in the repository")
    }

    fn manifest() -> Value {
        serde_json::from_str(&file("custom-elements.json")).expect("it is JSON")
    }

    fn element() -> Value {
        elements(&manifest()).next().expect("there is one").clone()
    }

    fn names(of: &Value, what: &str) -> BTreeSet<String> {
        list(of, what).filter_map(|entry| entry["name"].as_str().map(str::to_owned)).collect()
    }

    /// The quoted strings between `start` and `end`.
    fn quoted_in(text: &str, start: &str, end: &str) -> BTreeSet<String> {
        let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("{start} is not there"));
        let (part, _) = rest.split_once(end).unwrap_or_else(|| panic!("{end} is not there"));
        part.split('"').skip(1).step_by(2).map(str::to_owned).collect()
    }

    /// The names declared in the block of types that begins with `start`.
    fn declared_in(start: &str) -> BTreeSet<String> {
        let types = file("arcgis-key-wizard.d.ts");
        let (_, rest) = types.split_once(start).unwrap_or_else(|| panic!("{start} is not there"));
        let (block, _) = rest.split_once("\n}").unwrap_or_else(|| panic!("{start} does not end"));
        let is_name = |line: &&str| line.starts_with("  ") && !line.trim_start().starts_with(['/', '*']);
        let name = |line: &str| {
            let words =
                line.trim().trim_start_matches("readonly ").trim_start_matches("get ").trim_start_matches("set ");
            words.split([':', '?', '(', '<']).next().unwrap_or_default().trim_matches('"').to_owned()
        };
        block
            .lines()
            .filter(is_name)
            .map(name)
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .collect()
    }

    #[test]
    fn script_types_and_manifest_know_the_same_attributes_and_events() {
        let (element, script) = (element(), file("element.js"));
        let attributes = names(&element, "attributes");
        let mut of_script = quoted_in(&script, "const PREFILL = [", "]");
        of_script.extend(quoted_in(&script, "const OTHERS = [", "]"));
        assert_eq!(attributes, of_script);
        assert_eq!(attributes, declared_in("interface KeyWizardAttributes {"));
        let properties: BTreeSet<String> =
            list(&element, "attributes").filter_map(|entry| entry["fieldName"].as_str().map(str::to_owned)).collect();
        let members = names(&element, "members");
        assert!(members.is_superset(&properties), "{members:?}");
        let class = declared_in("class ArcgisKeyWizard extends HTMLElement {");
        assert!(class.is_superset(&members), "{members:?} of {class:?}");
        assert_eq!(names(&element, "events"), declared_in("interface KeyWizardEvents {"));
    }

    #[test]
    fn the_document_names_every_attribute_event_part_and_token() {
        let document = fs::read_to_string(crate::repository().join("docs/embedding.md")).expect("it is there");
        let element = element();
        for what in ["attributes", "events", "cssProperties"] {
            for name in names(&element, what) {
                assert!(document.contains(&format!("`{name}`")), "{what}: {name} is in no table");
            }
        }
        for part in names(&element, "cssParts") {
            assert!(document.contains(&format!("::part({part})")), "{part}");
        }
    }

    #[test]
    fn editors_get_what_the_manifest_says() {
        let manifest = manifest();
        assert_eq!(manifest["schemaVersion"], "2.1.0");
        let element = element();
        let vscode = vscode(&manifest);
        let tag = &vscode["tags"][0];
        assert_eq!(tag["name"], "arcgis-key-wizard");
        assert_eq!(names(tag, "attributes"), names(&element, "attributes"));
        let theme = list(tag, "attributes").find(|entry| entry["name"] == "theme").expect("it is there");
        assert_eq!(names(theme, "values"), BTreeSet::from(["dark".to_owned(), "light".to_owned()]));
        let web_types = web_types(&manifest, "1.2.3");
        let html = &web_types["contributions"]["html"]["elements"][0];
        assert_eq!((&html["name"], &web_types["version"]), (&json!("arcgis-key-wizard"), &json!("1.2.3")));
        assert_eq!(names(html, "attributes"), names(&element, "attributes"));
        assert_eq!(names(&html["js"], "events"), names(&element, "events"));
        assert_eq!(names(&html["css"], "properties"), names(&element, "cssProperties"));
        let described =
            list(html, "attributes").chain(list(&html["js"], "events")).chain(list(&html["js"], "properties"));
        for entry in described {
            assert!(entry["description"].as_str().is_some_and(|text| text.len() > 4), "{entry}");
        }
    }
}
