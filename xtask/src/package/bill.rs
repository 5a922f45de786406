//! The bill of materials: every crate that is compiled into the page, in CycloneDX 1.6 format.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};

use crate::failure::{Doing, Failure, Outcome};
use crate::process;
use crate::tools::system::WASM;

/// The bill as JSON, without a timestamp or random number, so that the same tree gives the same bill.
pub fn of(root: &Path) -> Outcome<String> {
    let arguments = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", WASM];
    let metadata = process::answer_in(root, "cargo", &arguments);
    let metadata = metadata.ok_or_else(|| Failure::new("cargo metadata failed").next("Run: cargo fetch --locked"))?;
    let metadata: Value = serde_json::from_str(&metadata).doing("reading what cargo says of the tree")?;
    let bill = bill(&metadata).ok_or_else(|| Failure::new("cargo metadata has another form than it had"))?;
    Ok(format!("{bill:#}\n"))
}

fn bill(metadata: &Value) -> Option<Value> {
    let packages = by_id(&metadata["packages"])?;
    let nodes = by_id(&metadata["resolve"]["nodes"])?;
    let page = metadata["resolve"]["root"].as_str()?;
    let mut reached = BTreeSet::new();
    let mut open = vec![page];
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(
                nodes.get(id)?["deps"]
                    .as_array()?
                    .iter()
                    .filter(|edge| is_normal(edge))
                    .filter_map(|edge| edge["pkg"].as_str()),
            );
        }
    }
    let part = |id: &str| component(packages.get(id)?);
    let depends = |id: &&str| {
        let edges = nodes.get(*id)?["deps"].as_array()?.iter().filter(|edge| is_normal(edge));
        let on: Option<Vec<String>> = edges.map(|edge| purl(packages.get(edge["pkg"].as_str()?)?)).collect();
        Some(json!({ "ref": purl(packages.get(*id)?)?, "dependsOn": on? }))
    };
    let components: Option<Vec<Value>> = reached.iter().filter(|id| **id != page).map(|id| part(id)).collect();
    let dependencies: Option<Vec<Value>> = reached.iter().map(depends).collect();
    let mut whole = part(page)?;
    whole["type"] = json!("application");
    Some(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": whole },
        "components": components?,
        "dependencies": dependencies?,
    }))
}

fn by_id(list: &Value) -> Option<BTreeMap<&str, &Value>> {
    list.as_array()?.iter().map(|entry| Some((entry["id"].as_str()?, entry))).collect()
}

/// True if one crate depends on another at run time, not only for building or testing.
fn is_normal(edge: &Value) -> bool {
    edge["dep_kinds"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
}

fn component(package: &Value) -> Option<Value> {
    let purl = purl(package)?;
    let is_macro = package["targets"].as_array()?.iter().any(|target| target["kind"][0] == "proc-macro");
    let mut component = json!({
        "type": "library",
        "bom-ref": purl,
        "name": package["name"],
        "version": package["version"],
        // A macro runs only in the compiler.
        "scope": if is_macro { "excluded" } else { "required" },
        "purl": purl,
    });
    if let Some(licence) = package["license"].as_str() {
        // Older crates use a slash for "or".
        component["licenses"] = json!([{ "expression": licence.replace('/', " OR ").replace("  ", " ") }]);
    }
    Some(component)
}

/// The package URL, used by package managers and vulnerability databases.
fn purl(package: &Value) -> Option<String> {
    Some(format!("pkg:cargo/{}@{}", package["name"].as_str()?, package["version"].as_str()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bill_names_what_is_in_the_page_and_nothing_of_the_tests() {
        let text = of(&crate::repository()).expect("the crates are there");
        let bill: Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(
            (&bill["bomFormat"], &bill["metadata"]["component"]["name"]),
            (&json!("CycloneDX"), &json!("arcgis-key-wizard"))
        );
        let components = bill["components"].as_array().expect("it is a list");
        let has = |name: &str| components.iter().any(|part| part["name"] == name);
        assert!(has("leptos") && has("wasm-bindgen") && has("sha2"));
        assert!(!has("fantoccini") && !has("practice-portal") && !has("xtask") && !has("reqwest"));
        for part in components {
            assert!(part["version"].is_string() && part["licenses"][0]["expression"].is_string(), "{part}");
        }
        let refs: BTreeSet<&str> = components.iter().filter_map(|part| part["bom-ref"].as_str()).collect();
        assert_eq!(refs.len(), components.len());
        for edge in bill["dependencies"].as_array().expect("it is a list") {
            let on = edge["dependsOn"].as_array().expect("it is a list").iter().filter_map(Value::as_str);
            on.for_each(|name| assert!(refs.contains(name), "{name}"));
        }
        assert_eq!(text, of(&crate::repository()).expect("the crates are there"));
    }
}
