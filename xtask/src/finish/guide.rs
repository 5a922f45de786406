//! The data for the privileges step, which the first screen does not need: bundles `data/*.json` into one small file
//! that the page loads when the user approaches that step.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use super::{Code, read};
use crate::failure::{Doing, Failure, Outcome};

/// Writes the file into `stage`: an object that maps the name of each file of `data` to its content.
pub fn write(root: &Path, stage: &Path) -> Outcome<Code> {
    let text = joined(&root.join("data"))?;
    fs::write(stage.join("guide.json"), text).doing("writing guide.json")?;
    Code::named(stage, "guide.json", "guide")
}

/// The files of the folder as one JSON object, without whitespace.
pub fn joined(folder: &Path) -> Outcome<String> {
    let mut whole = Map::new();
    for entry in fs::read_dir(folder).doing(format!("reading {}", folder.display()))? {
        let path = entry.doing("listing the data")?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let value: Value = serde_json::from_str(&read(&path)?)
            .map_err(|error| Failure::new(format!("{} is no JSON: {error}", path.display())))?;
        whole.insert(name, value);
    }
    Ok(Value::Object(whole).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_of_the_folder_is_in_the_one_file_under_its_name() {
        let folder = std::env::temp_dir().join(format!("akw-guide-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("the temporary folder is writable");
        for (file, text) in [("b.json", "[ 1,\n 2 ]"), ("a.json", "{\"x\": \"\u{fc}\"}"), ("README.md", "no data")] {
            fs::write(folder.join(file), text).expect("the temporary folder is writable");
        }
        assert_eq!(joined(&folder).expect("it is JSON"), "{\"a\":{\"x\":\"\u{fc}\"},\"b\":[1,2]}");
        fs::write(folder.join("c.json"), "{").expect("the temporary folder is writable");
        assert!(joined(&folder).is_err());
        fs::remove_dir_all(&folder).expect("it was made here");
    }
}
