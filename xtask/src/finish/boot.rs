//! The boot script and the wasm-bindgen glue as one file, without comments.

use crate::failure::{Failure, Outcome};

/// The line of `src/boot.js` that the glue replaces.
pub const IMPORT: &str = "import * as glue from \"./glue.js\";";

/// Puts the glue in place of [`IMPORT`], inside a function so that its names and those of `boot.js` cannot meet.
pub fn bundle(boot: &str, glue: &str) -> Outcome<String> {
    let mut parts = boot.split(IMPORT);
    let (Some(before), Some(after), None) = (parts.next(), parts.next(), parts.next()) else {
        return Err(Failure::new(format!("src/boot.js must hold this line exactly once: {IMPORT}")));
    };
    let module = as_function(glue, "", LOAD)?;
    let (before, after) = (without_comments(before), without_comments(after));
    if begins_line(&before, "import ") || begins_line(&after, "import ") {
        return Err(Failure::new("src/boot.js may import nothing but the glue: no other file is bound to the page"));
    }
    Ok(format!("{before}const glue=({module})();\n{after}"))
}

/// How the page loads its code: in the way that lets browsers keep what they compiled. A host that calls it something
/// else than `application/wasm` is forgiven. What wasm-bindgen has for this takes an address, a request, a module and
/// more, and goes.
const LOAD: &str = "const load=async(answer)=>{\
    const imports=__wbg_get_imports();\
    const made=WebAssembly.instantiateStreaming(answer=await answer,imports).catch(async(error)=>{\
    if(answer.bodyUsed)throw error;\
    return WebAssembly.instantiate(await answer.arrayBuffer(),imports)});\
    __wbg_finalize_init((await made).instance)};\n";

/// How the element makes one more instance of the code that the page has compiled.
pub(super) const INSTANTIATE: &str = "const load=async(code)=>\
    __wbg_finalize_init((await WebAssembly.instantiate(code,__wbg_get_imports())).instance);\n";

/// What of the glue is never needed here, each from its first to its last words: what stands in for parts that every
/// browser has which knows external references; a decoder anew after two gigabytes, in a page of one hour; and texts
/// for an allocator that cannot grow them.
const NEEDLESS: [(&str, &str); 7] = [
    ("if (!('encodeInto' in cachedTextEncoder)) {\n", "\n}\n"),
    ("(typeof FinalizationRegistry === 'undefined')\n", "\n    : "),
    ("    numBytesDecoded += bytes.length;\n", "    }\n"),
    ("    if (realloc === undefined) {\n", "    }\n"),
    ("cachedTextDecoder.decode();\n", ""),
    // A memory that has grown has another buffer.
    ("cachedDataViewMemory0.buffer.detached === true || ", ""),
    ("cachedDataViewMemory0.buffer.detached === undefined && ", ""),
];

/// What of the glue may be said shorter, wherever it stands: every browser knows every class that is asked after, and
/// one name of its window, so no other is asked for; nothing is called with a `this`; and what stands often is a function.
const SHORTER: [(&str, &str); 21] = [
    ("__proto__: null,", ""),
    ("let result;\n            try {\n                result = ", "const result = "),
    ("            } catch (_) {\n                result = false;\n            }\n", ""),
    ("typeof globalThis === 'undefined' ? undefined : ", ""),
    ("typeof global === 'undefined' ? undefined : global;", "null;"),
    ("typeof self === 'undefined' ? undefined : self;", "null;"),
    ("typeof window === 'undefined' ? undefined : window;", "null;"),
    // Of the policies and caches two are used; another fails as one that no browser knows.
    (
        ", \"no-referrer-when-downgrade\", \"origin\", \"origin-when-cross-origin\", \"unsafe-url\", \"same-origin\", \
         \"strict-origin\", \"strict-origin-when-cross-origin\"]",
        "]",
    ),
    (", \"reload\", \"no-cache\", \"force-cache\", \"only-if-cached\"]", "]"),
    ("__wbindgen_enum_ReferrerPolicy[arg1]", "__wbindgen_enum_ReferrerPolicy[arg1] ?? 0"),
    ("__wbindgen_enum_RequestCache[arg1]", "__wbindgen_enum_RequestCache[arg1] ?? 0"),
    ("function() { return handleError(function (", "handleError(function ("),
    ("}, arguments); },\n", "}),\n"),
    ("function handleError(f, args) {\n", "function handleError(f) {\n    return (...args) => {\n"),
    ("return f.apply(this, args);\n", "return f(...args);\n"),
    ("__wbindgen_exn_store(idx);\n    }\n", "__wbindgen_exn_store(idx);\n    }\n    };\n"),
    ("isLikeNone(ret) ? 0 : addToExternrefTable0(ret)", "addUnlessNone(ret)"),
    ("var ptr1 = isLikeNone(ret) ? 0 : passStringToWasm0(", "const ptr1 = passStringToWasm0("),
    ("var len1 = WASM_VECTOR_LEN;", "const len1 = WASM_VECTOR_LEN;"),
    (
        "const ptr1 = passStringToWasm0(ret, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);\n            \
         const len1 = WASM_VECTOR_LEN;\n            \
         getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);\n            \
         getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);\n",
        "writeText(arg0, ret);\n",
    ),
    (
        "function isLikeNone(x) {\n",
        "function addUnlessNone(x) {\nreturn isLikeNone(x) ? 0 : addToExternrefTable0(x);\n}\n\
         function writeText(to, text) {\n\
         const at = isLikeNone(text) ? 0 : passStringToWasm0(text, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);\n\
         getDataViewMemory0().setInt32((to >>> 0) + 4, WASM_VECTOR_LEN, true);\n\
         getDataViewMemory0().setInt32(to >>> 0, at, true);\n}\n\
         function isLikeNone(x) {\n",
    ),
];

fn without_the_needless(glue: &str) -> String {
    let glue = SHORTER.iter().fold(glue.to_owned(), |glue, (long, short)| glue.replace(long, short));
    NEEDLESS.iter().fold(glue, |glue, (first, last)| {
        let parts = glue.split_once(first).and_then(|(before, rest)| Some((before, rest.split_once(last)?.1)));
        parts.map_or(glue.clone(), |(before, after)| [before, after].concat())
    })
}

/// The glue as a function that runs it and returns its exports, with this `load` for how it begins.
pub(super) fn as_function(glue: &str, parameter: &str, load: &str) -> Outcome<String> {
    let mut body = String::new();
    let mut exports = Vec::new();
    for line in without_comments(&without_the_needless(glue)).lines() {
        let Some(exported) = line.strip_prefix("export ") else {
            if line.starts_with("import ") {
                return Err(Failure::new(format!("the glue imports another file, which nothing would bind: {line}")));
            }
            body.push_str(line);
            body.push('\n');
            continue;
        };
        match exported.strip_prefix('{').and_then(|list| list.strip_suffix("};").or(list.strip_suffix('}'))) {
            Some(list) => exports.extend(list.split(',').map(renamed)),
            None => {
                exports.push(declared(exported)?);
                body.push_str(exported);
                body.push('\n');
            }
        }
    }
    let count = exports.len();
    exports.retain(|it| it != "initSync" && it != "default:__wbg_init");
    if exports.len() + 2 != count {
        return Err(Failure::new("the glue begins in a way not known here: it exports no __wbg_init or no initSync"));
    }
    exports.push("load".to_owned());
    body.push_str(load);
    Ok(format!("({parameter})=>{{\n{body}return {{{}}};\n}}", exports.join(",")))
}

/// `a as b` as a property `b: a`.
fn renamed(export: &str) -> String {
    match export.trim().split_once(" as ") {
        Some((inner, outer)) => format!("{outer}:{inner}"),
        None => export.trim().to_owned(),
    }
}

/// The name of an exported function or class.
fn declared(declaration: &str) -> Outcome<String> {
    ["function ", "async function ", "class "]
        .iter()
        .find_map(|keyword| declaration.strip_prefix(keyword))
        .and_then(|rest| rest.split(|end: char| !(end.is_alphanumeric() || end == '_' || end == '$')).next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .ok_or_else(|| Failure::new(format!("the glue exports in a way not known here: {declaration}")))
}

fn begins_line(text: &str, start: &str) -> bool {
    text.lines().any(|line| line.starts_with(start))
}

/// The script without comments, indentation and blank lines. Line ends stay, for statements without semicolons.
pub fn without_comments(script: &str) -> String {
    let mut kept = String::new();
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '/' if rest.starts_with("//") => {
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
                continue;
            }
            '/' if rest.starts_with("/*") => {
                rest = &rest[rest.find("*/").map_or(rest.len(), |at| at + 2)..];
                continue;
            }
            '/' if starts_expression(&kept) => regex_end(rest),
            '"' | '\'' | '`' => quoted_end(rest, first),
            _ => first.len_utf8(),
        };
        push(&mut kept, &rest[..end]);
        rest = &rest[end..];
    }
    kept
}

/// Adds a token, leaving out space at the start and the end of a line.
fn push(kept: &mut String, token: &str) {
    match token {
        " " | "\t" | "\r" if kept.is_empty() || kept.ends_with('\n') => {}
        "\n" => {
            kept.truncate(kept.trim_end_matches([' ', '\t', '\r']).len());
            if !kept.is_empty() && !kept.ends_with('\n') {
                kept.push('\n');
            }
        }
        _ => kept.push_str(token),
    }
}

/// Whether a slash here begins a regular expression rather than divides: by the last character before it.
fn starts_expression(before: &str) -> bool {
    match before.trim_end().chars().next_back() {
        None => true,
        Some(last) => "(,=:[!&|?{};".contains(last) || before.trim_end().ends_with("return"),
    }
}

fn quoted_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + character.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

fn regex_end(text: &str) -> usize {
    let (mut escaped, mut in_class) = (false, false);
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_strings_and_expressions_stay() {
        let script =
            "  // a\nlet a = \"http://x\"; /* b */\n\n  let b = /[/]\\//.test('//'); // c\nlet c = a / b / 2;\n";
        let expected = "let a = \"http://x\";\nlet b = /[/]\\//.test('//');\nlet c = a / b / 2;\n";
        assert_eq!(without_comments(script), expected);
    }

    #[test]
    fn the_glue_becomes_one_object_in_place_of_its_import() {
        let boot = format!("first();\n{IMPORT}\nawait glue.load(code);\n");
        let glue = "export function leave() {}\nclass Inner {}\nfunction start() {}\n\
                    export { start as begin, initSync, __wbg_init as default };";
        let expected = [
            "first();\nconst glue=(()=>{\nfunction leave() {}\nclass Inner {}\nfunction start() {}\n",
            LOAD,
            "return {leave,begin:start,load};\n})();\nawait glue.load(code);\n",
        ];
        assert_eq!(bundle(&boot, glue).expect("it bundles"), expected.concat());
    }

    #[test]
    fn a_boot_script_that_imports_something_else_is_refused() {
        let boot = format!("{IMPORT}\nimport x from \"./x.js\";\n");
        assert!(bundle(&boot, "export { a };").is_err());
        assert!(bundle("no import at all", "export { a };").is_err());
    }

    #[test]
    fn what_is_never_needed_goes_and_its_neighbours_stay() {
        let glue = "const A = (typeof FinalizationRegistry === 'undefined')\n    ? {}\n    : new B();\n\
                    function c(arg, malloc, realloc) {\n    if (realloc === undefined) {\n        d();\n    }\n    e();\n}\n";
        let expected = "const A = new B();\nfunction c(arg, malloc, realloc) {\n    e();\n}\n";
        assert_eq!(without_the_needless(glue), expected);
    }

    #[test]
    fn what_stands_often_becomes_a_function_and_an_error_is_still_kept() {
        let glue = "a: function() { return handleError(function (arg0) {\n            const ret = arg0.a;\n            \
                    return isLikeNone(ret) ? 0 : addToExternrefTable0(ret);\n        }, arguments); },\n\
                    function handleError(f, args) {\n    try {\n        return f.apply(this, args);\n    } catch (e) {\n        \
                    wasm.__wbindgen_exn_store(idx);\n    }\n}\n";
        let expected = "a: handleError(function (arg0) {\n            const ret = arg0.a;\n            \
                        return addUnlessNone(ret);\n        }),\n\
                        function handleError(f) {\n    return (...args) => {\n    try {\n        return f(...args);\n    \
                        } catch (e) {\n        wasm.__wbindgen_exn_store(idx);\n    }\n    };\n}\n";
        assert_eq!(without_the_needless(glue), expected);
    }

    #[test]
    fn glue_that_imports_a_snippet_is_refused() {
        assert!(bundle(IMPORT, "import { a } from './snippets/a.js';\nexport { a };").is_err());
    }
}
