//! Short names for what the wasm imports from its glue, and for the closures it exports to it.
//!
//! wasm-bindgen ends each name with a hash of 16 digits, which no compression makes smaller, and it stands in both
//! files: 4 KB (brotli) of this page. wasm-opt renames the imports of its own conventions only.
//! The name of a closure holds its whole type.

use crate::failure::{Failure, Outcome};

/// The id of the import section (WebAssembly core specification, 5.5.5).
const IMPORTS: u8 = 2;
/// The id of the export section.
const EXPORTS: u8 = 7;
/// How the names of exported closures begin.
const CLOSURE: &str = "wasm_bindgen_";
/// Before the first section stand magic number and version.
const HEADER: usize = 8;

/// Renames the imports and exported closures of `wasm` and, alike, the properties of `glue` that they name.
pub fn shorten(glue: &str, wasm: &[u8]) -> Outcome<(String, Vec<u8>)> {
    let mut reader = Reader { bytes: wasm, at: HEADER };
    let mut glue = glue.to_owned();
    let mut short = wasm.get(..HEADER).ok_or_else(garbled)?.to_vec();
    while reader.at < wasm.len() {
        let id = reader.byte()?;
        let body = reader.sized()?;
        let body = match id {
            IMPORTS => imports(body, &mut glue)?,
            EXPORTS => exports(body, &mut glue)?,
            _ => body.to_vec(),
        };
        short.push(id);
        push_sized(&mut short, &body);
    }
    Ok((glue, short))
}

fn imports(section: &[u8], glue: &mut String) -> Outcome<Vec<u8>> {
    let mut reader = Reader { bytes: section, at: 0 };
    let count = reader.number()?;
    let mut renamed = Vec::new();
    push_number(&mut renamed, count);
    for place in 0..count {
        push_sized(&mut renamed, reader.sized()?);
        let name = String::from_utf8(reader.sized()?.to_vec()).map_err(|_| garbled())?;
        let short = if is_hashed(&name) { rename(&name, place, glue)? } else { name };
        push_sized(&mut renamed, short.as_bytes());
        // A function, the only kind that the glue gives, has one number after its kind.
        if reader.byte()? != 0 {
            return Err(Failure::new(format!("the wasm imports something other than a function: {short}")));
        }
        renamed.push(0);
        push_number(&mut renamed, reader.number()?);
    }
    Ok(renamed)
}

fn exports(section: &[u8], glue: &mut String) -> Outcome<Vec<u8>> {
    let mut reader = Reader { bytes: section, at: 0 };
    let count = reader.number()?;
    let mut renamed = Vec::new();
    push_number(&mut renamed, count);
    for place in 0..count {
        let mut name = String::from_utf8(reader.sized()?.to_vec()).map_err(|_| garbled())?;
        if name.starts_with(CLOSURE) {
            // One name may be the beginning of another.
            let (call, short) = (["wasm.", &name, "("].concat(), letters(place));
            if glue.matches(&call).count() != 1 {
                return Err(Failure::new(format!("the glue does not call {name} once")));
            }
            *glue = glue.replace(&call, &["wasm.", &short, "("].concat());
            name = short;
        }
        push_sized(&mut renamed, name.as_bytes());
        renamed.push(reader.byte()?);
        push_number(&mut renamed, reader.number()?);
    }
    Ok(renamed)
}

/// Whether a name ends with wasm-bindgen's hash.
fn is_hashed(name: &str) -> bool {
    name.rsplit_once('_').is_some_and(|(_, hash)| hash.len() == 16 && hash.bytes().all(|it| it.is_ascii_hexdigit()))
}

fn rename(name: &str, place: usize, glue: &mut String) -> Outcome<String> {
    let property = [name, ":"].concat();
    if glue.matches(name).count() != 1 || !glue.contains(&property) {
        return Err(Failure::new(format!("the glue does not name {name} once, as a property")));
    }
    let short = letters(place);
    *glue = glue.replace(name, &short);
    Ok(short)
}

/// `a` to `z`, then `ba`, `bb` and so on.
fn letters(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.insert(0, char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            return letters.into_iter().collect();
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Outcome<u8> {
        let byte = *self.bytes.get(self.at).ok_or_else(garbled)?;
        self.at += 1;
        Ok(byte)
    }

    /// An unsigned number in LEB128: seven bits a byte, the low ones first.
    fn number(&mut self) -> Outcome<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(garbled())
    }

    /// Bytes after their number.
    fn sized(&mut self) -> Outcome<&'a [u8]> {
        let length = self.number()?;
        let bytes = self.bytes.get(self.at..self.at + length).ok_or_else(garbled)?;
        self.at += length;
        Ok(bytes)
    }
}

fn push_number(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

fn push_sized(out: &mut Vec<u8>, bytes: &[u8]) {
    push_number(out, bytes.len());
    out.extend_from_slice(bytes);
}

fn garbled() -> Failure {
    Failure::new("the wasm ends too early")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "__wbg_log_0123456789abcdef";

    fn wasm(name: &str, kind: u8) -> Vec<u8> {
        let mut section = vec![1];
        push_sized(&mut section, b"./x_bg.js");
        push_sized(&mut section, name.as_bytes());
        section.extend([kind, 200, 1]);
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend([1, 1, 0, IMPORTS]);
        push_sized(&mut wasm, &section);
        wasm.extend([10, 2, 7, 7]);
        wasm
    }

    #[test]
    fn an_import_is_renamed_in_both_files_and_nothing_else_changes() {
        let glue = format!("const import0 = {{ {NAME}: function() {{}} }};");
        let (glue, short) = shorten(&glue, &wasm(NAME, 0)).expect("it is one import");
        assert_eq!(glue, "const import0 = { a: function() {} };");
        assert_eq!(short, wasm("a", 0));
    }

    fn exporting(names: [&str; 3]) -> Vec<u8> {
        let mut section = vec![3];
        for name in names {
            push_sized(&mut section, name.as_bytes());
            section.extend([0, 200, 1]);
        }
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.push(EXPORTS);
        push_sized(&mut wasm, &section);
        wasm
    }

    #[test]
    fn an_exported_closure_is_renamed_in_both_files_and_no_other_export() {
        let glue = "wasm.wasm_bindgen_x(1); wasm.wasm_bindgen_x_1(2); wasm.start(3)";
        let before = exporting(["start", "wasm_bindgen_x", "wasm_bindgen_x_1"]);
        let (glue, short) = shorten(glue, &before).expect("each is called once");
        assert_eq!(glue, "wasm.b(1); wasm.c(2); wasm.start(3)");
        assert_eq!(short, exporting(["start", "b", "c"]));
        assert!(shorten("wasm.wasm_bindgen_x(1)", &before).is_err());
    }

    #[test]
    fn names_without_a_hash_stay() {
        let (glue, short) = shorten("memory", &wasm("memory", 0)).expect("it is one import");
        assert_eq!((glue.as_str(), short), ("memory", wasm("memory", 0)));
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        assert!(shorten("nothing", &wasm(NAME, 0)).is_err());
        assert!(shorten(&format!("{NAME}: {NAME}:"), &wasm(NAME, 0)).is_err());
        assert!(shorten(&format!("{NAME}: 1"), &wasm(NAME, 3)).is_err());
        assert!(shorten("", &wasm(NAME, 0)[..20]).is_err());
    }

    #[test]
    fn letters_never_repeat() {
        let names: std::collections::BTreeSet<String> = (0..1000).map(letters).collect();
        assert_eq!(names.len(), 1000);
    }
}
