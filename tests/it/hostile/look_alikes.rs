//! Addresses that look like one host but lead to another, or that programs parse differently.

const TRUSTED: [&str; 3] = ["www.arcgis.com", "gis.example.com", "app.example.com"];

/// All addresses, without duplicates.
pub fn all() -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for host in TRUSTED {
        all.extend(templates(host));
        all.extend(slashes(host));
        all.extend(letters(host));
        all.extend(put_in(host));
        all.extend(PORTS.split(' ').map(|part| ["https://", host, ":", part].concat()));
        all.extend(PATHS.split(' ').map(|part| ["https://", host, part].concat()));
        all.extend(SCHEMES.split(' ').map(|part| [part, host].concat()));
    }
    for host in HOSTS.split_ascii_whitespace() {
        for (before, after) in [
            ("https://", ""),
            ("http://", ""),
            ("https://", "/portal"),
            ("https://*.", ""),
            ("", ""),
            ("https://", ":8443"),
        ] {
            all.push([before, host, after].concat());
        }
    }
    for (part, times) in [
        ("a", 63),
        ("a", 64),
        ("a", 253),
        ("a", 254),
        ("a.", 126),
        ("a.", 127),
        ("a", 3000),
        ("%61", 1000),
        ("é", 2000),
    ] {
        all.push(["https://", &part.repeat(times), ".com"].concat());
        all.push(["https://www.arcgis.com/", &part.repeat(times)].concat());
        all.push(["https://", &part.repeat(times), "@www.arcgis.com"].concat());
    }
    all.sort();
    all.dedup();
    all
}

fn templates(host: &str) -> impl Iterator<Item = String> {
    let fill = move |text: &str| text.replace('H', host).replace('E', "evil.example");
    TEMPLATES.split_ascii_whitespace().map(fill)
}

/// Every combination of up to four slashes and backslashes.
fn slashes(host: &str) -> Vec<String> {
    let mut all = Vec::new();
    for length in 0..=4_u32 {
        for bits in 0..(1 << length) {
            let marks: String = (0..length).map(|number| if bits >> number & 1 == 1 { '\\' } else { '/' }).collect();
            all.extend(["https:", "http:", ""].map(|scheme| [scheme, &marks, host].concat()));
        }
    }
    all
}

/// Replaces each letter of the host by a look-alike, a capital, or its percent-encoded form.
fn letters(host: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (at, letter) in host.char_indices() {
        let with = |text: &str| ["https://", &host[..at], text, &host[at + 1..]].concat();
        let encoded = format!("%{:02x}", u32::from(letter));
        all.extend([with(&encoded), with(&encoded.to_uppercase()), with(&encoded.replace('%', "%25"))]);
        all.push(with(&letter.to_ascii_uppercase().to_string()));
        // The full-width forms have the same order as ASCII.
        let wide = char::from_u32(u32::from(letter) + 0xfee0).expect("there is one for each");
        all.push(with(&wide.to_string()));
        let look_alikes = LOOK_ALIKES.iter().filter(|entry| entry.0 == letter).flat_map(|entry| entry.1.chars());
        all.extend(look_alikes.map(|character| with(&character.to_string())));
    }
    all
}

/// Inserts invisible characters between the parts.
fn put_in(host: &str) -> Vec<String> {
    let middle = host.len() / 2;
    let mut all = Vec::new();
    for sign in UNSEEN.iter().map(char::to_string) {
        let (start, end) = host.split_at(middle);
        all.extend([
            [&sign, "https://", host].concat(),
            ["ht", &sign, "tps://", host].concat(),
            ["https", &sign, "://", host].concat(),
            ["https:", &sign, "//", host].concat(),
            ["https:/", &sign, "/", host].concat(),
            ["https://", &sign, host].concat(),
            ["https://", start, &sign, end].concat(),
            ["https://", host, &sign].concat(),
            ["https://", host, &sign, ".evil.example"].concat(),
            ["https://", host, "/", &sign].concat(),
            ["https://", host, ":44", &sign, "3"].concat(),
        ]);
    }
    all
}

const UNSEEN: [char; 44] = [
    '\0',
    '\u{1}',
    '\u{8}',
    '\t',
    '\n',
    '\u{b}',
    '\u{c}',
    '\r',
    '\u{1b}',
    '\u{1f}',
    ' ',
    '\u{7f}',
    '\u{80}',
    '\u{85}',
    '\u{9f}',
    '\u{a0}',
    '\u{ad}',
    '\u{34f}',
    '\u{61c}',
    '\u{115f}',
    '\u{1680}',
    '\u{180e}',
    '\u{2000}',
    '\u{2003}',
    '\u{200b}',
    '\u{200c}',
    '\u{200d}',
    '\u{200e}',
    '\u{200f}',
    '\u{2028}',
    '\u{2029}',
    '\u{202e}',
    '\u{202f}',
    '\u{205f}',
    '\u{2060}',
    '\u{2066}',
    '\u{3000}',
    '\u{3164}',
    '\u{fe0f}',
    '\u{feff}',
    '\u{ffa0}',
    '\u{fff9}',
    '\u{fffd}',
    '\u{e0041}',
];

const LOOK_ALIKES: [(char, &str); 14] = [
    ('a', "аɑαａ𝐚ⓐᴀ"),
    ('e', "еｅ𝐞ⓔєĕ"),
    ('o', "оοօ𝐨ⓞºσ"),
    ('p', "рρ𝐩ⓟ"),
    ('c', "сϲ𝐜ⓒᴄ"),
    ('x', "х𝐱ⓧ×"),
    ('i', "іıⅰ𝐢ⓘl1|"),
    ('l', "ⅼ𝐥ⓛI1|"),
    ('m', "ⅿ𝐦ⓜ"),
    ('s', "ѕſ𝐬ⓢ"),
    ('w', "ԝ𝐰ⓦʷ"),
    ('r', "г𝐫ⓡ"),
    ('g', "ɡ𝐠ⓖ"),
    ('.', "。．｡․‥…·⸱:,/\\%"),
];

/// `H` is the trusted host and `E` the other one.
const TEMPLATES: &str = r"
https://H@E https://H:443@E https://H:pass@E https://E@H https://@H https://:@H https://:pass@H https://u:p@H https://u@H
https://H%40E https://H%2540E https://H%23@E https://H%2f@E https://H%5c@E https://H\@E https://H\\@E https://E\@H https://E/@H
https://E#@H https://E?@H https://E#H https://E?H https://E/H https://E;@H https://E;H https://E,H https://E&H https://E&@H
https://H#@E https://H?@E https://H/@E https://H;@E https://H,E https://H;E https://H&E https://H|E https://H^E https://H`E
https://H{E https://H}E https://H<E https://H>E https://H'E https://H'@E https://H!@E https://H$@E https://H*@E https://H+@E
https://H(@E https://H)@E https://H=@E https://H~@E https://H.E https://E.H https://H-E https://H_E https://HE https://evilH
https://H%2eE https://H%2EE https://H%00.E https://H%00@E https://H%09.E https://H%0a.E https://H%0d%0a.E https://H%20.E
https://H%5c.E https://H%2f.E https://H%3f.E https://H%23.E https://H%3a.E https://H%252e.E https://H%e3%80%82E
https://H%c2%ad https://H%E2%80%8B https://%48 https://%2f%2fH https://[H] https://[H https://H] https://H[E] https://[::1]@H
https://[::1].H https://H:@E https://H:80:443 https://H::443 https://H: https://H:/ https://H:443:@E https://H@ https://@
https://@E@H https://u@E@H https://u:p@E:p@H https://H@E@H https://H\E https://H/\E https://H\/E https://H//E https://H///E
https://H/\\E https://H\.E https://H\..\E https://H/..//E https://H/.//E https://H/%2e%2e//E https://H/;@E https://H:E https://H:E:443
https://.H https://..H https://H. https://H.. https://H./ https://H.:443 https://H.:/ https://H...E https://-H https://H- https://_H
https://*.H https://*H https://*@H https://*.*.H https://H.* https://*:443 https://* https://*. https://*.H:8443 https://*.H./
https://**.H https://%2a.H https://?.H https://*.H@E https://*.E\@H https://*.H#@E https://*.H/x https://*.H? https://{*}.H
https://xn--H https://xn--.H https://xn--a.H https://www.xn--arcgis-.com https://H.xn-- https://XN--MNCHEN-3YA.H https://xn--mnchen-3ya.H
https:H https:/H https:///H https:////H https:\H https:\\H https:/\H https:\/H https:@H https:/@H https:///@H https://\H https:// https:
//H ///H ////H \\H \\\H /\H \/H /H H H/ H:443 H:443/portal H@E @H ?H #H &H ./H ../H .H ;H ,H https;//H https//H https.//H
https::://H https:://H https:https://H https://https://H https://https:H https://http://H https://https//H http:https://H
https://H/portal/../../E https://H/portal/%2e%2e/ https://H/portal/.%2e/ https://H/portal/%2e./ https://H/portal/./ https://H/portal/.
https://H/portal/..;/ https://H/portal;x=1 https://H/portal%00 https://H/portal%2f https://H/portal%5c https://H/portal\x https://H/portal//
https://H/portal?x https://H/portal#x https://H/portal/#/ https://H/?token=x https://H/#access_token=x https://H/sharing/rest https://H/home
https://H/portal/home/index.html https://H/portal/SHARING https://H/portal/sharing%2frest https://H/po%72tal https://H/pörtal https://H/…
https://H/~jane https://H/a.b-c_d https://H/a+b https://H/a,b https://H/a:b https://H/a@b https://H/a=b https://H/a&b https://H/a$b https://H/a!b
https://H/a*b https://H/a'b https://H/(a) https://H/[a] https://H/{a} https://H/a|b https://H/a^b https://H/a`b https://H/<a> https://H/%zz https://H/%
";

const SCHEMES: &str = "HTTPS:// hTTpS:// HTTP:// Https:// https+http:// ht%74ps:// %68ttps:// httpѕ:// ｈttps:// https\u{ff1a}// https:\u{2215}\u{2215} https:\u{2044}\u{2044} https:\u{ff0f}\u{ff0f} \
    shttp:// httpss:// http: ws:// wss:// ftp:// file:// file:/// blob:https:// view-source:https:// javascript:// javascript:https:// \
    data:text/html,https:// about:// chrome:// resource:// mailto: tel: vbscript:// filesystem:https:// jar:https:// feed:https:// urn: x:// a:b:// -https:// 1https:// .https:// https-:// https.:// https:\\/\\/ \
    https%3a// https:%2f%2f https:%5c%5c https&colon;// https&#58;// \"https:// 'https:// <https:// (https:// https://\" https://' https://<";

const PORTS: &str = "443 0443 00443 80 080 0 00 1 65535 65536 65979 99999 999999999999 4294967739 -1 -443 +443 4e2 44.3 443. .443 0x1bb 0b1 443a a443 a : :443 443: 443:443 443@evil.example \
    443\\@evil.example 443.evil.example 443/ 443// 443\\ 443? 443# 443#@evil.example 443/@evil.example ４４３ ٤٤٣ 4４3 %34%34%33 443%00 443%20 443; 443, * [443] {443}";

const PATHS: &str = "/ // /// \\ \\\\ /\\ \\/ ? # ?# #? /? /# /. /.. /./ /../ /... /.../ /%2e /%2E%2e /.%2e /%2e%2e%2f /%252e%252e /%5c /%2f /%00 /%0a /%09 /%20 /%ff /%c0%af /a/../b /a/./b /a//b /a/ /a// /a\\b \
    /a%2fb /a%5cb /a;b /;/ /; /@ /: /:80 /~ /- /_ /.a /a. /a.. /..a /é /ａ /\u{2025} /\u{202e} /\u{200b} /a?b#c /a#b?c";

/// Numbers in every notation, and invalid hosts.
const HOSTS: &str = r"
127.0.0.1 127.0.0.01 127.0.0.001 0127.0.0.1 00127.0.0.1 0177.0.0.1 0177.0.0.01 0177.0.1 0177.1 0x7f.0.0.1 0X7F.0.0.1 0x7f.1 0x7f000001 0x7F000001
0x07f000001 017700000001 2130706433 02130706433 127.1 127.0.1 127.0.0.1. 127.0.0.1.. 127..0.1 127.0.0 127 127. 127.0.0.0.1 127.0.0.256 127.0.0.-1
127.0.0.1e0 127.0.0.1a 127.0.0.0x1 127.0.0.0x 127.0.0.08 127.0.0.09 127.0.0.０ １２７.0.0.1 127。0。0。1 127．0．0．1 127.0.0.①  127.0.0.1%00 %3127.0.0.1
127.0x0.0.1 127.0.0.00000001 0.0.0.0 0 00 0x0 0x 0X 255.255.255.255 256.256.256.256 4294967295 4294967296 99999999999 1.2.3.4 1.2.3 1.2 1 1.2.3.4.5 01.02.03.04
1.2.3.04 0x1.0x2.0x3.0x4 1.2.3.4x x1.2.3.4 1.2.3.4-5 1.2.3.+4 1.2.3.4, 1.2.3.٤ 169.254.169.254 2852039166 0xa9fea9fe 10.0.0.1 192.168.1 192.168.257 1.0x 1.0xg a.1 a.0x1 a.01 a.1. 1.a a.1e5 a.0x a.0xg 0x1.a
127.0.0.1.nip.io 127-0-0-1.example localhost LOCALHOST LocalHost localhost. localhost.localdomain localhost.evil.example evil.localhost locälhost ｌocalhost loc%61lhost localhost%00 ⓛocalhost localhoſt
[::1] [::1]. [::1 ::1] ::1 [0:0:0:0:0:0:0:1] [0000:0000:0000:0000:0000:0000:0000:0001] [::0001] [::01] [0::1] [::1%25lo] [::1%lo] [::1%] [:::1] [::1::] [::127.0.0.1] [::ffff:127.0.0.1] [::ffff:7f00:1]
[::ffff:0x7f.1] [::1.2.3] [::] [::2] [fe80::1] [2001:db8::1] [2001:DB8::1] [1:2:3:4:5:6:7:8] [1:2:3:4:5:6:7] [1:2:3:4:5:6:7:8:9] [12345::] [g::] [v1.a] [] [.] [a] [::1]a a[::1] [[::1]] [::1][::1] [::１] [\u003a:1] {::1}
[::1]:80 [::1]:080 [::1]: [::1]:65536 [::1]:: [::1]:a [::1]@evil.example [::1]\@evil.example [::1]/ [::1]? [::1]#
example com a com. .com - -- _ a- -a a_b _a a_ a--b xn--a xn--a-ecp.ru xn--80ak6aa92e.com xn--mnchen-3ya.de XN--MNCHEN-3YA.DE xn--fiqs8s xn--0 xn--- xn--zzzzzz xn--e1awd7f.com ex.xn--p1ai
аррӏе.com раураl.com münchen.de MÜNCHEN.DE faß.de fass.de ﬃ.com ℡.com ㏕.com ⅷ.com ½.com İ.com ı.com K.com ſ.com ß.com ς.gr σ.gr a‌b.com क्‍ष.com ﷺ.com 例え.jp 例え。jp x。y x．y x｡y x․y x…y
a,b a;b a!b a$b a&b a'b a(b) a*b a+b a=b a~b a|b a^b a`b a{b} a<b> a%b a%2 a%zz a%41 a%2e b%c3%a9 %65xample.com %00 %20 %2f %5c %40 %3a %23 %3f %25 %ff ..com com..com example..com ... . .. *. *.. *.com *.co.uk *.1.2.3.4 *.[::1]
";
