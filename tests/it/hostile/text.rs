//! Text from others passes through everything that shows, writes or parses it, and stays text.

use arcgis_key_wizard::i18n::{self, Message};
use key_wizard_core::config::Config;
use key_wizard_core::credential::draft::Draft;
use key_wizard_core::credential::expiration;
use key_wizard_core::credential::notice::{Note, Notice, Outcome, Rejection, Source};
use key_wizard_core::credential::prefill::{self, Filled, MAX_LINK, ReadContext};
use key_wizard_core::json::quoted;
use key_wizard_core::operation::begin;
use key_wizard_core::operation::journal::Journal;
use key_wizard_core::portal::error::Error;
use key_wizard_core::portal::id::{ItemId, Username};
use key_wizard_core::portal::request::Request;
use key_wizard_core::portal::response::Raw;
use key_wizard_core::portal::search::{self, ItemQuery};
use key_wizard_core::portal::text::scrubbed;
use key_wizard_core::portal::web_map::{Ask, MapAnswer};
use key_wizard_core::portal::{account, folders};
use key_wizard_core::timestamp::Timestamp;
use url::Url;

use super::markup::{Piece, pieces};
use super::payloads;
use crate::proof::{Part, tell};
use crate::wish;
use crate::world::NOW_MS;

const PAGE: &str = "https://keys.example.com/tools/";

fn corpus() -> Vec<String> {
    let all = payloads::all();
    assert!(all.len() >= 1500, "{}", all.len());
    all
}

#[test]
fn the_sample_for_the_browsers_is_of_the_corpus_and_holds_each_kind() {
    let (all, sample) = (corpus(), payloads::sample());
    assert!((130..=170).contains(&sample.len()), "{}", sample.len());
    assert!(sample.iter().all(|text| all.contains(text)));
    let holds =
        |what: &str, fits: &dyn Fn(&str) -> bool| assert!(sample.iter().any(|payload| fits(payload)), "{what:?}");
    for tag in payloads::TAGS.split(' ') {
        holds(tag, &|payload| {
            payload.contains(&format!("<{tag} on")) || payload.contains(&format!("<{}/ON", tag.to_uppercase()))
        });
    }
    for event in payloads::EVENTS.split(' ') {
        holds(event, &|payload| payload.to_lowercase().contains(&format!("{event}=")));
    }
    for form in ["<", "\"><", "'><"] {
        holds(form, &|payload| payload.starts_with(form) && payload.to_lowercase().contains("alert(1)"));
    }
    for out in payloads::WAYS_OUT {
        holds(out, &|payload| payloads::SHOWING.iter().any(|showing| payload == [out, *showing].concat()));
    }
    for encoding in [
        "&#",
        "&#0",
        "&#x",
        "%3c",
        "%253C",
        "\\u003c",
        "\\x3c",
        "\\74",
        "＜",
        "&lt;",
        "&amp;lt;",
        "+ADw-",
        "<\0",
        "< ",
        "<<",
        "al\u{ad}ert",
        "\u{c}",
        "\n",
        "o\u{200b}n",
    ] {
        holds(encoding, &|payload| payload.contains(encoding));
    }
    for mark in payloads::MARKS.chars() {
        holds(&mark.to_string(), &|payload| payload.contains(mark));
    }
}

/// An independent version of how the page shows a portal's text: it removes invisible marks and replaces control
/// characters by spaces.
fn shown(text: &str) -> String {
    const GONE: &str = "\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{180e}\u{200b}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\
        \u{3164}\u{feff}\u{ffa0}";
    let is_tag = |character: char| ('\u{e0000}'..='\u{e007f}').contains(&character);
    let is_gone = |character: char| {
        GONE.contains(character) || ('\u{2060}'..='\u{206f}').contains(&character) || is_tag(character)
    };
    let is_space = |character: char| character.is_control() || character == '\u{2028}' || character == '\u{2029}';
    text.chars()
        .filter(|character| !is_gone(*character))
        .map(|character| if is_space(character) { ' ' } else { character })
        .collect()
}

#[track_caller]
fn is_shown(text: &str, most: usize, out: &str) {
    let all = shown(text);
    match out.strip_suffix('…').filter(|_| text.chars().count() > most) {
        Some(cut) => assert_eq!(cut, all.chars().take(most).collect::<String>(), "{text:?}"),
        None => assert_eq!(out, all.trim_end(), "{text:?}"),
    }
}

/// The characters of keys, tokens and JWTs, listed independently of the code.
fn is_of_a_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-_.~+/=%".contains(character)
}

/// True if any rule could find a token in the text.
fn may_hold_a_token(text: &str) -> bool {
    let looks = |run: &str| {
        run.len() >= 32 || ["AAPT", "AAPK", "AATK", "AAST", "eyJ"].iter().any(|prefix| run.contains(prefix))
    };
    text.split(|character| !is_of_a_token(character)).any(looks)
}

/// Checks that the message is the text as shown, except that `[…]` replaces whole runs of token characters that are
/// long enough to be a token. Returns how many.
#[track_caller]
fn is_redacted(text: &str, most: usize, out: &str) -> usize {
    let all = shown(text);
    if !may_hold_a_token(&all) {
        is_shown(text, most, out);
        return 0;
    }
    let (out, is_cut) = out.strip_suffix('…').map_or((out, false), |start| (start, true));
    let mut rest = all.trim_end();
    let pieces: Vec<&str> = out.split("[…]").collect();
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            let end = rest.find(|character| !is_of_a_token(character)).unwrap_or(rest.len());
            assert!(end >= 8, "{:?} of {text:?} is no token", &rest[..end]);
            rest = &rest[end..];
        }
        rest = rest.strip_prefix(piece).unwrap_or_else(|| panic!("{piece:?} is not next in {rest:?} of {text:?}"));
    }
    assert!(is_cut || rest.is_empty(), "{rest:?} of {text:?} is missing");
    pieces.len() - 1
}

fn decoded<T: 'static>(request: Request<T>, body: String) -> Result<T, Error> {
    request.encode().1.decode(&Raw { status: 200, retry_after: None, body: body.into_bytes().into() })
}

#[test]
fn text_of_the_portal_is_shown_exactly_but_for_marks_that_deceive() {
    let corpus = corpus();
    let mut checked = 0;
    for text in &corpus {
        let json = quoted(text);
        let body = format!(r#"{{"total":1,"results":[{{"id":"a","title":{json},"type":{json},"owner":{json}}}]}}"#);
        let page = decoded(search::items(&ItemQuery::default()), body).expect("a page");
        is_shown(text, 250, &page.items[0].title);
        is_shown(text, 100, &page.items[0].kind);
        is_shown(text, 200, &page.items[0].owner);
        let jane = Username("jane".to_owned());
        let body = format!(r#"{{"username":"jane","folders":[{{"id":"a","title":{json}}}]}}"#);
        is_shown(text, 250, &decoded(folders::list(&jane), body).expect("a list")[0].title);
        let user = format!(r#"{{"username":"jane","fullName":{json},"role":{json}}}"#);
        let person =
            decoded(account::read(), format!(r#"{{"id":"o","name":{json},"user":{user}}}"#)).expect("an account");
        is_shown(text, 250, &person.org_name);
        is_shown(text, 100, &person.role);
        // A name without visible characters is replaced by the username.
        let name = if shown(text).trim_end().is_empty() { "jane" } else { text };
        is_shown(name, 200, &person.full_name);
        // For every kind of layer, also inside a group.
        let layer = format!(r#"{{"title":{json},"itemId":"{}"}}"#, "0f".repeat(16));
        let body = format!(r#"{{"operationalLayers":[{{"layers":[{layer}]}}],"tables":[{layer}]}}"#);
        let Ok(MapAnswer::Data(layers)) = decoded(Ask::Data(ItemId("a".to_owned())).request(), body) else {
            panic!("layers of {text:?}")
        };
        assert_eq!(layers.len(), 2, "{text:?}");
        layers.iter().for_each(|layer| is_shown(text, 250, &layer.name));
        checked += 9;
    }
    tell(Part::Texts, &format!("text of the portal: {} texts, {checked} places, all exact", corpus.len()));
}

#[test]
fn messages_of_the_portal_are_shown_whole_and_without_tokens() {
    let corpus = corpus();
    let mut changed = 0;
    for text in &corpus {
        let body = format!(r#"{{"error":{{"code":400,"message":{0},"details":[{0}]}}}}"#, quoted(text));
        let error = decoded(account::read(), body).expect_err("a refusal");
        let refusal = error.refusal().expect("a refusal");
        changed += usize::from(is_redacted(text, 300, &refusal.message) > 0);
        assert!(i18n::text(Message::Error(&error)).contains(&refusal.message), "{text:?}");
        let key =
            ["AAPTxy8BH1VEsoebNVZXo8HurC", "eyJhbGciOi.eyJzdWIi.c2ln"].map(|key| [text, " ", key, " ", text].concat());
        for text in key {
            let told = scrubbed(&text, 300);
            assert!(!told.contains("AAPTxy8") && !told.contains("eyJhbGci"), "{told}");
        }
    }
    assert!(changed > 0, "no text of the corpus holds anything like a token");
    tell(Part::Texts, &format!("messages: {} texts, {changed} with something like a token, none left", corpus.len()));
}

#[test]
fn sentences_repeat_what_was_left_out_and_nothing_else() {
    let corpus = corpus();
    for text in &corpus {
        let noted = |what: &str| {
            let left_out = vec![Note { what: what.to_owned(), why: Rejection::NotFound }];
            i18n::notice(&Notice { left_out, ..Notice::new(Outcome::Filled(Source::Link)) }).left_out
        };
        assert_eq!(noted(text), noted("§").iter().map(|words| words.replace('§', text)).collect::<Vec<_>>());
        let said = |text: &str| {
            let held = [text.to_owned()];
            let messages = [Message::NotGranted(text), Message::GrantedUnasked(text), Message::ReferrersHeld(&held)];
            messages.map(i18n::text)
        };
        assert_eq!(said(text), said("§").map(|words| words.replace('§', text)));
    }
    tell(Part::Texts, &format!("sentences: {} texts, all exact", corpus.len()));
}

fn context() -> ReadContext<'static> {
    let now = Timestamp(NOW_MS);
    ReadContext { today: expiration::utc_date(now), now, knows_portal: &|_| false, to_ascii: &|_| None }
}

/// A draft with the text in each text field.
fn draft(text: &str) -> Draft {
    let text = || text.to_owned();
    Draft { title: text(), folder: text(), tags: text(), summary: text(), ..wish::draft("", Default::default()) }
}

/// Checks that each field is unchanged, or omitted with a note.
#[track_caller]
fn is_the_same(draft: &Draft, filled: &Filled) {
    let fields = |draft: &Draft| [draft.title.clone(), draft.folder.clone(), draft.tags.clone(), draft.summary.clone()];
    for ((name, old), new) in
        ["title", "folder", "tags", "summary"].iter().zip(fields(draft)).zip(fields(&filled.draft))
    {
        let noted = filled.notes.iter().any(|note| note.what == *name);
        assert!(noted || old == new, "{name}: {old:?} became {new:?}");
    }
    assert_eq!(filled.draft.referrers, draft.referrers);
    assert_eq!(filled.draft.privileges, draft.privileges);
}

#[test]
fn links_recipes_and_stores_give_back_what_they_were_given() {
    let corpus = corpus();
    let (mut links, mut noted) = (0, 0);
    for text in &corpus {
        let draft = draft(text);
        let written = prefill::write(&draft, context().today);
        let recipe = prefill::recipe(&written.recipe, &context()).expect("a recipe");
        noted += usize::from(!recipe.notes.is_empty());
        is_the_same(&draft, &recipe);
        let value: serde_json::Value = serde_json::from_str(&written.recipe).expect("it is JSON");
        assert_eq!(value["title"].as_str().unwrap_or_default(), text);
        assert_eq!(Draft::restore(&draft.store()).map(|draft| draft.title), Some(text.clone()));
        if written.link.len() <= MAX_LINK {
            links += 1;
            let query = written.link.split_once('?').expect("it says something").1;
            is_the_same(&draft, &prefill::link(query, &context()).expect("a link"));
            let whole = [PAGE, &written.link].concat();
            assert_eq!(Url::parse(&whole).expect("an address").as_str(), whole, "a browser leaves it as it is");
        }
        let mut plan = wish::plan("Keys", Default::default());
        plan.details.title.clone_from(text);
        let journal = Journal::of(&begin(plan).operation, Timestamp(NOW_MS));
        assert_eq!(Journal::parse(&journal.text()), Some(journal));
    }
    tell(
        Part::Texts,
        &format!(
            "round trips: {} texts, {links} links, {noted} with something left out by the rules, 0 changed",
            corpus.len()
        ),
    );
}

/// True if a snippet is exactly one link to this address.
fn is_one_link(html: &str, address: &str) -> bool {
    let odd = html.match_indices('&').any(|(at, _)| !html[at..].starts_with("&amp;"));
    let href = vec![("href".to_owned(), address.replace('&', "&amp;"))];
    let link =
        [Piece::Start("a".to_owned(), href), Piece::Text("Get an API key".to_owned()), Piece::End("a".to_owned())];
    !odd && pieces(html).is_some_and(|pieces| pieces == link)
}

#[test]
fn the_html_button_is_one_link_whatever_its_address_holds() {
    let corpus = corpus();
    let (mut buttons, mut broken) = (0, 0);
    for text in &corpus {
        let link = prefill::write(&draft(text), context().today).link;
        // Any address of the page, normalized by the address bar as in the URL Standard.
        for page in
            [PAGE.to_owned(), [PAGE, text].concat(), [PAGE, "?", text].concat(), [PAGE, "a;b'/", text, "/"].concat()]
        {
            let Ok(page) = Url::parse(&page) else { continue };
            let page = page.as_str().split('#').next().unwrap_or_default();
            let address = [page, &link].concat();
            buttons += 1;
            assert!(is_one_link(&prefill::button(&address), &address), "{address}");
        }
        broken += usize::from(!is_one_link(&prefill::button(text), text));
    }
    tell(
        Part::Texts,
        &format!(
            "HTML buttons: {buttons} made, 0 broken; negative control: {broken} broken by text that is no address"
        ),
    );
    assert!(broken > 400);
}

#[test]
fn names_of_the_configuration_are_shown_as_they_are_written() {
    let (mut taken, mut refused) = (0, 0);
    for text in corpus() {
        let name = quoted(&text);
        let file =
            format!(r#"{{"portals":[{{"id":"a","name":{name},"url":"https://www.arcgis.com","clientId":"x"}}]}}"#);
        match Config::parse(&file) {
            Ok(config) => {
                taken += 1;
                assert_eq!(config.portals[0].name, text.trim());
            }
            Err(_) => refused += 1,
        }
    }
    tell(Part::Texts, &format!("names of portals: {taken} exact, {refused} refused"));
}
