//! Malformed JSON, modeled on JSONTestSuite (N. Seriot, "Parsing JSON is a Minefield"); the lists are our own.

/// Values that every parser must reject (`n_`).
pub fn refused() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = WORDS.split_ascii_whitespace().map(|word| word.as_bytes().to_vec()).collect();
    all.extend(TEXTS.iter().map(|text| text.as_bytes().to_vec()));
    all.extend(BYTES.iter().map(|byte| byte.to_vec()));
    // Control characters in a string must be escaped; outside strings only four are whitespace.
    all.extend((0..32_u8).map(|byte| vec![b'"', b'a', byte, b'"']));
    all.extend((0..33_u8).filter(|byte| !b"\t\n\r ".contains(byte)).map(|byte| vec![byte, b'1']));
    let escapes = (0x21..0x7f_u8).filter(|byte| !b"\"\\/bfnrtu".contains(byte));
    all.extend(escapes.map(|escape| vec![b'"', b'\\', escape, b'"']));
    // Bytes above ASCII are invalid by themselves.
    all.extend((0x80..=0xff_u8).map(|byte| vec![b'"', byte, b'"']));
    all.extend((0x80..=0xff_u8).step_by(9).map(|place| vec![place]));
    for open in [&b"["[..], b"{\"a\":", b"[{\"a\":", b"[[],"] {
        all.push(open.repeat(100_000));
    }
    all.push([b"[".repeat(100_000), b"]".repeat(99_999)].concat());
    all.sort();
    all.dedup();
    all
}

/// Values on which the standard leaves a choice (`i_`): if accepted, the whole document must be parsed.
pub fn undecided() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = CHOICES.split_ascii_whitespace().map(|word| word.as_bytes().to_vec()).collect();
    all.extend([200, 1000, 100_000].map(|byte| [b"[".repeat(byte), b"]".repeat(byte)].concat()));
    all.extend([200, 100_000].map(|byte| [&b"{\"a\":".repeat(byte)[..], b"1", &b"}".repeat(byte)].concat()));
    all.push(["1", &"0".repeat(10_000)].concat().into_bytes());
    all.push(["0.", &"1".repeat(10_000)].concat().into_bytes());
    all
}

/// Unusual but valid values (`y_`), so that a parser that rejects everything fails.
pub fn right() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = RIGHT.split_ascii_whitespace().map(|word| word.as_bytes().to_vec()).collect();
    all.push(b" \t\r\n[ \n1 , 2\t]\r ".to_vec());
    all.push(b"\"\x7f\"".to_vec());
    all.push("\"\u{2028}\u{feff}\u{10ffff}\u{fdd0}\"".as_bytes().to_vec());
    all.push([b"[".repeat(100), b"]".repeat(100)].concat());
    all.push(["\"", &"a".repeat(100_000), "\""].concat().into_bytes());
    all
}

/// Faults around a valid document.
pub fn around(body: &[u8]) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for before in BEFORE {
        all.push([before, body].concat());
    }
    for after in AFTER {
        all.push([body, after].concat());
    }
    let text = String::from_utf8(body.to_vec()).expect("answers are UTF-8");
    let units = || text.encode_utf16();
    all.push(units().flat_map(u16::to_le_bytes).collect());
    all.push(units().flat_map(u16::to_be_bytes).collect());
    all.push([&b"\xFF\xFE"[..], &units().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat());
    all.push(text.replace('"', "'").into_bytes());
    all.push(text.replace('"', "").into_bytes());
    all.push(text.replace('"', "\u{201c}").into_bytes());
    all.push(text.replacen(':', "=", 1).into_bytes());
    all.push(text.replacen(':', "::", 1).into_bytes());
    all.push(text.replacen(':', " ", 1).into_bytes());
    all.push(text.replacen(',', ",,", 1).replacen('}', ",}", 1).into_bytes());
    all.push(text.replacen('{', "{,", 1).into_bytes());
    all.push(text.replacen('{', "[", 1).into_bytes());
    all.push(text.replacen('{', "{\u{a0}", 1).into_bytes());
    all.push(text.replacen('{', "{/* */", 1).into_bytes());
    all.push(text.replacen('{', "{#\n", 1).into_bytes());
    all
}

const BEFORE: &[&[u8]] = &[
    b",",
    b":",
    b"]",
    b"}",
    b"[",
    b"{",
    b"\0",
    b"\x0c",
    b"\xEF\xBB",
    b"\xFE\xFF",
    b"\xFF\xFE",
    b"\xC2\xA0",
    b"//\n",
    b"/**/",
    b"while(1);",
    b")]}',\n",
    b"callback(",
    b"<",
    b"1 ",
    b"null",
    b"true,",
    b"\"\"",
    b"\\",
];

const AFTER: &[&[u8]] = &[
    b",",
    b":",
    b"]",
    b"}",
    b"[",
    b"{",
    b"\0",
    b"\x0c",
    b"\xEF\xBB\xBF",
    b"\xC2\xA0",
    b"//",
    b"/**/",
    b"#",
    b";",
    b")",
    b"null",
    b"{}",
    b"[]",
    b"\"\"",
    b"0",
    b" x",
    b"\xFF",
    b"\x1A",
    b"<!-- -->",
    b"\\n",
];

/// Texts without spaces.
const WORDS: &str = r#"
nul nulll Null NULL nil none None undefined tru truee True TRUE fals False FALSE yes on NaN nan -NaN +NaN Infinity
+Infinity -Infinity Inf inf -inf 1e 1E 1e+ 1e- 1E+ 0e 0e+ 0E 1.0e 1.0e+ 1.0e- 1eE2 1e1.5 01 -01 00 007 -00 012 0x1 0xFF
-0x1 0X0 0b1 0o7 1_000 1'000 1a 1aa .1 -.1 .e1 -.e1 1. -1. 0. -0. 2.e3 2.e+3 0.3e 0.3e+ 1.1.1 1..2 ++1 +1 +-1 -+1
--1 - + . e E -a -foo 1+2 1-2 1/2 1*2 1e5.0 -1x -2. ０ １ －1 ½ ∞ ١ [ ] { } , : ; [, [,] [,1] [1, [1,] [1,,] [1,,2]
[,,] [1:2] [1;2] [1}} [1} [1]] [1,2 ["a" ["a ["a", ["a",] [[] [[1] [{] [{} [{},] [} [a [a,b] [*] [-] [1true] [+1]
[1.] [.5] [0x1] [01] [-] [-01] [nul] [tru] [fals] [True] [NaN] [Infinity] [-Infinity] [1e] ["] ["\] [\n] [''] ['a']
["a"b] ["a""b"] ["\u"] ["a"]b {, {,} {:} {"a {"a" {"a": {"a":1 {"a":1, {"a":1,} {"a":1,,} {"a":1,,"b":2} {"a"} {"a",}
{"a","b"} {"a"::1} {"a":1:2} {"a":} {:1} {"a"1} {"a"=1} {a:1} {'a':1} {1:1} {null:1} {true:1} {[]:1} {{}:1} {"a":1]
["a":1] {"a":1}} {"a":1}# {"a":1}/**/ {"a":1}// {"a":/**/1} {"a":1/**/} {"a":'1'} {"a":a} {"a":.1} {"a":01} {"a":+1}
{"a":1;"b":2} {"a":1"b":2} {-:1} {"\u":1} {"\x":1} {...} {…} ` `a` 'a' 'a "a "a' '' " "\" "\u" "\u0"
"\u00" "\u000" "\u000g" "\u{0}" "\uD8" "\U0041" "\x41" "\x" "\0" "\1" "\012" "\a" "\e" "\v" "\'" "\☺" "\u 041"
"\u-041" "\u+041" "\uD83D\u" "\uD83D\uD" "\uD800\" "\uD800\n\ <null> <a></a> <!-- /**/ // # @ $ % ^ & * ( ) ~ \
\u0031 \"a\" &quot;a&quot; “a” «a» undefined, new() Date(0) /a/ 1n 1L 1f 1d 1u ObjectId("1") $oid ,1 1, :1 1:
"#;

/// Texts with whitespace.
const TEXTS: &[&str] = &[
    "",
    " ",
    "\n",
    "1 2",
    "- 1",
    "1 .5",
    "1. 5",
    "1 e5",
    "1e 5",
    "tr ue",
    "nu ll",
    "[1 2]",
    "[1 true]",
    "[1\n2]",
    "[\"a\",\n4\n,1,",
    "[1,\n1\n,1",
    "[ , 1 ]",
    "{ \"a\" 1 }",
    "{ \"a\" : }",
    "{ , \"a\": 1 }",
    "{ a : 1 }",
    "{\"a\": 1 \"b\": 2}",
    "\"a\nb\"",
    "\"a\tb\"",
    "\"\\\n\"",
    "\"\\ \"",
    "\u{feff}1",
    "\u{a0}1",
    "\u{2028}1",
    "\u{2060}1",
    "\u{3000}1",
    "\u{85}1",
    "\u{b}1",
    "[\u{c}1]",
    "[\u{a0}]",
    "[1\u{feff}]",
    "{\u{2003}}",
    "{\"a\"\u{a0}:1}",
    "/* a */ 1",
    "1 // a",
    "1 # a",
    "--- 1",
    "- a\n- b",
    "a: 1",
    "%YAML 1.2",
    "\"a\" + \"b\"",
    "\"\\u00 41\"",
    "\"\\ud83d \\ u\"",
];

/// Texts that are not UTF-8 (RFC 3629, 3) or not text at all.
const BYTES: &[&[u8]] = &[
    b"\"\xC0\xAF\"",
    b"\"\xC0\x80\"",
    b"\"\xC1\xBF\"",
    b"\"\xE0\x80\xAF\"",
    b"\"\xE0\x9F\xBF\"",
    b"\"\xED\xA0\x80\"",
    b"\"\xED\xAF\xBF\"",
    b"\"\xED\xBF\xBF\"",
    b"\"\xED\xA0\xBD\xED\xB8\x80\"",
    b"\"\xF0\x80\x80\xAF\"",
    b"\"\xF0\x8F\xBF\xBF\"",
    b"\"\xF4\x90\x80\x80\"",
    b"\"\xF8\x88\x80\x80\x80\"",
    b"\"\xFC\x84\x80\x80\x80\x80\"",
    b"\"\xC3\"",
    b"\"\xE2\x82\"",
    b"\"\xF0\x9F\x98\"",
    b"\"\xC3(\"",
    b"\"\xE2(\xA1\"",
    b"\"\xE2\x82(\"",
    b"\"\xF0(\x8C\xBC\"",
    b"\"\xF0\x90(\xBC\"",
    b"\"\xA0\xA1\"",
    b"\"a\xE5\"",
    b"\"\\u\xE5\"",
    b"\"\\\xE5\"",
    b"\"\\uD800\xED\xB0\x80\"",
    b"[\xFF]",
    b"{\"\xFF\":1}",
    b"{\xFF:1}",
    b"1\xE5",
    b"1e\xE5",
    b"1e1\xE5",
    b"0\xE5",
    b"[1\0]",
    b"[\0]",
    b"{\"a\0b\":1}",
    b"\0",
    b"\x89PNG\r\n\x1a\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\0",
    b"%PDF-1.7",
    b"\"\\u0000",
    b"\"\xEF\xBF\"",
    b"\x7f",
    b"\"\xFE\"",
    b"\"\xFF\"",
];

const CHOICES: &str = r#"
1e309 -1e309 1e400 -1e400 1e9999999999 -1e9999999999 1e+99999999999999999999 123e-10000000 0e99999999999999999999
1e-400 0.1e-999 18446744073709551615 18446744073709551616 -9223372036854775808 -9223372036854775809
9007199254740993 -9007199254740993 100000000000000000000 1.7976931348623159e308 4.9e-324 "\uD800" "\uDBFF" "\uDC00" "\uDFFF"
"\uD800\uD800" "\uDC00\uD800" "\uD800a" "\uD800\n" "\uD800\u0041" "a\uD83D" "\uDEAD" "\uD888\u1234" "\uFFFE" "\uFDD0"
{"a":1,"a":2} {"a":1,"\u0061":2} {"":1,"":2} {"__proto__":{"a":1}} {"constructor":{"prototype":{}}} {"\uD800":1}
"#;

const RIGHT: &str = r#"
0 -0 -0.0 0e0 0E+0 1E2 1e-2 1E+2 -1.5e-3 123456789012 1.7976931348623157e308 5e-324 123e-999 null true false "" []
{} [[]] [{}] {"":0} {"a":[]} "\u0000" "\u0041" "\ud83d\ude00" "\uD834\uDD1E" "\"\\\/\b\f\n\r\t" "\uFFFF" "é" "😀" "//" "/*a*/"
"\\u0000" "\\\"" "'" "[1]" [1,"a",null,true,{"b":[]}] {"a":{"a":{"a":{}}}} "<script>" "</script>" "\u2028" "＂"
"#;
