//! Passes every text of the corpus in real portal answers into privileges, and some into registrations and items: the
//! page shows them exactly, and renders no more elements than for harmless text, with and without its policy.

use arcgis_key_wizard::i18n::{self, Message};
use key_wizard_core::credential::referrer::Referrer;
use key_wizard_core::portal::text::plain;
use practice_portal::endpoint::Endpoint;
use serde_json::{Value, json};

use crate::census::{Census, census};
use crate::hostile_visit::{Answer, Place, USER, Visit, each, harmless, policies, texts};
use crate::journey::{self, Wish};
use crate::pages::{CredentialsStep, KeyStep, Problem, SummaryStep};
use crate::payloads;
use crate::practice::refusal;

/// Places that need several presses per text get every `FEW`th text; a dialog under the policy gets every `SOME`th.
const FEW: usize = 139;
const SOME: usize = 16;

/// The maximum number of chosen items.
const MOST: usize = 100;

const PRIVILEGES: Place = Place {
    name: "privileges",
    act: "() => akw.comeIn('the privileges', () => akw.one('.privileges__group'))",
    look: "() => akw.all('.privileges__group').filter(group => akw.text('.privileges__title', group) === 'Other') \
        .flatMap(group => akw.all('.privileges__row', group)) \
        .map(row => [akw.text('code', row), akw.text('.privileges__words', row)]) \
        .filter(([id, words]) => words === id + id).map(row => row[1])",
};

const UNREADABLE: Place = Place {
    name: "privileges that are none",
    act: "async at => { globalThis.akwBox?.click(); await akw.drawn(); \
        const is = row => akw.text('code', row) === akwBrought[at]; \
        globalThis.akwBox = akw.one('input', akw.all('.privileges__row').find(is)); \
        akwBox.click(); await akw.drawn(); await akw.press('Next') }",
    look: "() => [akw.text('.field__error:not([hidden])'), akw.text('.error_summary__link')]",
};

const ITEMS: Place = Place {
    name: "titles, types, sharing and owners of items found and chosen",
    act: "async () => { location.hash = '#/new?title=Maps'; await akw.until('a new form', () => akw.one('#prefilled') && akw.text('h1') === 'Expiration and referrers'); \
        location.hash = '#/new/item-access'; await akw.comeIn('the step', () => akw.button('Browse items')); \
        await akw.press('Browse items'); \
        const list = await akw.until('a list', () => akw.one('dialog[open] .items__row') && akw.one('.items__list')); \
        list.style.cssText = 'flex:none;max-block-size:none;block-size:20000px'; \
        for (let frames = 0; frames < 600 && akw.all('.items__row').length < 100; frames++) { \
            list.dispatchEvent(new Event('scroll')); await new Promise(done => requestAnimationFrame(done)) } \
        await akw.drawn(); \
        globalThis.akwSeen = akw.all('.items__row').flatMap(row => [akw.text('.items__title', row), akw.text('.items__about', row)]); \
        const censuses = [akw.census()]; \
        akw.all('.items__row input').forEach(box => box.click()); await akw.drawn(); \
        await akw.press('Add items'); await akw.until('chosen', () => akw.all('.picked__entry').length === 100); await akw.drawn(); \
        akwSeen.push(...akw.all('.picked__entry').flatMap(entry => [akw.text('.picked__words', entry), akw.one('button', entry).ariaLabel])); \
        censuses.push(akw.census()); \
        location.hash = '#/new/summary'; \
        const row = await akw.until('the Summary', () => akw.all('.summary_list__key').find(key => key.textContent === 'Item access')?.parentNode); await akw.drawn(); \
        akwSeen.push(...akw.all('li', row).map(entry => entry.textContent)); censuses.push(akw.census()); \
        return censuses }",
    look: "() => akwSeen",
};

const STRAYS: Place = Place {
    name: "strays looked at",
    act: "async () => { if (akw.button('Delete what was created')) { await akw.press('Delete what was created'); \
        await akw.press('Back to the Summary') } await akw.press('Look at it'); \
        await akw.until('what is found', () => akw.button('Delete what was created')) }",
    look: "() => akw.all('main .notice p').map(words => words.textContent).filter(words => words.startsWith('The portal has'))",
};

/// True if a draft accepts this as a privilege.
fn is_privilege(text: &str) -> bool {
    text.len() <= 200 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":_-.".contains(&byte))
}

/// The part of an id that a message repeats.
fn repeated(id: &str) -> String {
    let id = id.trim();
    match id.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &id[..end]),
        None => id.to_owned(),
    }
}

/// One page of items with these texts, and how they are shown: in the dialog, in the list of chosen items, on the
/// Summary.
fn items(texts: &[String], round: usize) -> Answer {
    let mut shown = [Vec::new(), Vec::new(), Vec::new()];
    let mut results: Vec<Value> = Vec::new();
    for at in 0..MOST {
        let text = texts.get(at).cloned().unwrap_or_else(|| format!("Harmless text {at}"));
        let id = format!("{:032x}", round * MOST + at);
        // Without its access, only the title of a chosen item is shown.
        let access = if plain(&text, 20).is_empty() { "elsewhere" } else { &*text };
        results.push(json!({"id": id, "title": text, "type": text, "access": access, "owner": text, "modified": 1}));
        let (title, kind, access, owner) = (plain(&text, 250), plain(&text, 100), plain(access, 20), plain(&text, 200));
        shown[0].extend([title.clone(), format!("{kind} · {access} · {owner}")]);
        shown[1].extend([format!("{title} {kind} · {access}"), format!("Remove {title}")]);
        shown[2].push(format!("{title} ({kind}, {id})"));
    }
    let body = json!({"total": MOST, "nextStart": -1, "results": results});
    Answer {
        // The page prefetches it, and a quick press requests it again.
        bodies: vec![(Endpoint::Search, 0, body)],
        shown: shown.concat(),
        texts: texts.len(),
        ..Answer::default()
    }
}

impl Visit {
    async fn go_to(&self, step: &str) {
        self.world.page().js(&format!("location.hash = '#/new/{step}'")).await;
    }

    async fn privileges(&mut self, texts: &[String]) {
        self.go_to("privileges").await;
        let account = self.account();
        let answer = |texts: &[String]| {
            let mut account = account.clone();
            account["user"]["privileges"].as_array_mut().expect("a list").extend(texts.iter().map(|text| json!(text)));
            // A privilege she already has, and that is in no catalog.
            let own = "portal:user:practiceOnly".to_owned();
            let mut shown: Vec<&String> = texts.iter().filter(|text| !text.trim().is_empty()).chain([&own]).collect();
            shown.sort();
            let shown = shown.iter().map(|id| format!("{id}{id}")).collect();
            vec![Answer {
                bodies: vec![(Endpoint::PortalsSelf, 1, account)],
                shown,
                texts: texts.len(),
                ..Answer::default()
            }]
        };
        let quiet = harmless(2);
        let all = [texts, &quiet].concat();
        self.shows(&PRIVILEGES, &answer(&like(&all)), &answer(&all)).await;
        let unreadable = |text: &String| {
            let shown = format!("“{}” is not a valid item id. Remove it from the list.", repeated(text));
            Answer { brought: text.clone(), shown: vec![shown.clone(), shown], texts: 1, ..Answer::default() }
        };
        let some = texts.iter().filter(|text| !text.trim().is_empty() && !is_privilege(text));
        let some: Vec<String> = some.step_by(FEW).cloned().collect();
        // A press in a list of thousands takes seconds.
        let few = [&*some, &quiet].concat();
        self.shows(&PRIVILEGES, &answer(&like(&few)), &answer(&few)).await;
        let answers = |texts: &[String]| texts.iter().map(unreadable).collect::<Vec<Answer>>();
        self.shows(&UNREADABLE, &answers(&quiet), &answers(&some)).await;
        self.world.page().js("akwBox.click()").await;
    }

    async fn items(&mut self, texts: &[String]) {
        self.go_to("item-access").await;
        let step = if self.has_policy { each(SOME) } else { 1 };
        let texts: Vec<String> = texts.iter().step_by(step).cloned().collect();
        let pages: Vec<Answer> = texts.chunks(MOST).enumerate().map(|(at, texts)| items(texts, at)).collect();
        self.shows(&ITEMS, &[items(&[], 0)], &pages).await;
        // A new form without items.
        self.world.page().js("location.hash = '#/new?title=Another'").await;
        journey::to_summary(self.world.page(), &Wish { folder: Some(""), ..Wish::small() }).await;
    }

    /// Operations left by other browsers, opened one after another.
    async fn strays(&mut self, texts: &[String]) {
        let quiet = harmless(2);
        let some: Vec<String> = texts.iter().step_by(each(FEW)).cloned().collect();
        let all = [&*quiet, &some].concat();
        self.world.portal(|portal| {
            for (at, (item, title)) in portal.items_of(USER).into_iter().zip(&all).enumerate() {
                let item = portal.item_mut(&item.id).expect("it was listed");
                item.title.clone_from(title);
                item.type_keywords = vec![format!("akw-op:{at:032x}")];
                // The oldest is listed first.
                item.created = 1_700_000_000_000 + i64::try_from(at).expect("a few");
            }
        });
        self.all_is_well();
        self.go_to("summary").await;
        self.comes_in().await;
        let answer = |text: &String| {
            let title = plain(text, 250);
            let shown = format!("The portal has the item “{title}”, without privileges and without a key.");
            Answer { shown: vec![shown], texts: 1, ..Answer::default() }
        };
        let answers: Vec<Answer> = all.iter().map(answer).collect();
        self.shows(&STRAYS, &answers[..2], &answers[2..]).await;
        self.press("Delete what was created").await;
        self.press("Back to the Summary").await;
    }

    /// The portal has registered more than requested: the page says so before it generates a key, and beside the key.
    async fn registered(&mut self, texts: &[String]) -> [Census; 2] {
        SummaryStep(self.world.page()).wait().await;
        self.world.fault(Endpoint::UpdateItem, refusal(400, "No"));
        SummaryStep(self.world.page()).create().await;
        self.world.page().heading(Problem::REFUSED).wait().await;
        let items: Vec<String> = texts.iter().map(|text| format!("portal:app:access:item:{text}")).collect();
        let item = self.world.portal(|portal| {
            let item = portal.credentials_of(USER).remove(0).id;
            let app = portal.app_of_item_mut(&item).expect("it is registered");
            app.privileges.as_mut().expect("a list").extend(texts.iter().chain(&items).cloned());
            app.referrers = texts.to_vec();
            item
        });
        self.all_is_well();
        self.comes_in().await;
        self.world.clear_faults();
        // The stubbed update changes nothing.
        let as_it_is = self.truth(&format!("content/users/{USER}/items/{item}/registeredAppInfo"));
        self.always(Endpoint::UpdateApp, &as_it_is);
        self.press("Continue").await;
        let page = self.world.page();
        page.heading(Problem::DIFFERS).wait().await;
        let extra = texts.iter().chain(&items).map(|privilege| format!("Granted without being asked for: {privilege}"));
        let [rest @ .., last] = texts else { panic!("there are texts") };
        let foreign = texts.iter().filter_map(|referrer| {
            let problem = Referrer::parse(referrer).err()?;
            Some(i18n::text(Message::ForeignReferrer { referrer, rule: &problem.rule }))
        });
        let referrers = format!("Referrers: {}, and {last}", rest.join(", "));
        let expected: Vec<String> = extra.chain([referrers]).chain(foreign).collect();
        assert_eq!(page.js("akw.all('main .notice li').map(entry => entry.textContent)").await, json!(expected));
        let before = census(page).await;
        self.press("Generate the key anyway").await;
        KeyStep(page).key().await;
        let rows =
            "akw.all('.summary_list__row').slice(1, 4).map(row => akw.all('li', row).map(entry => entry.textContent))";
        let rows: [Vec<String>; 3] = serde_json::from_value(page.js(rows).await).expect("three rows");
        let shown = |text: &&String| !text.trim().is_empty();
        let texts: Vec<String> = texts.iter().filter(shown).cloned().collect();
        let ends = items.iter().map(|item| item.rsplit(':').next().unwrap_or_default().to_owned());
        assert_eq!(rows[0][1..], texts, "privileges");
        assert_eq!(rows[1], texts, "referrers");
        assert_eq!(rows[2], ends.filter(|end| shown(&end)).collect::<Vec<_>>(), "items");
        [before, census(page).await]
    }

    async fn registrations(&mut self, texts: &[String]) {
        let quiet = self.registered(&like(texts)).await;
        KeyStep(self.world.page()).saved().await;
        self.press("Create another key").await;
        CredentialsStep(self.world.page()).wait().await;
        journey::to_summary(self.world.page(), &Wish { folder: Some(""), ..Wish::small() }).await;
        let seen = self.registered(texts).await;
        assert_eq!(seen, quiet, "other elements than harmless text makes: registrations");
        self.counted(&format!("registered privileges, referrers and items {}", texts.len()));
        KeyStep(self.world.page()).saved().await;
        self.world.page().heading(KeyStep::DONE).wait().await;
    }
}

/// The same number of harmless texts. Texts without visible characters, and referrers, which need no explanation, stay
/// unchanged.
fn like(texts: &[String]) -> Vec<String> {
    let is_blank = |text: &str| text.rsplit(':').next().unwrap_or_default().trim().is_empty();
    let stays = |text: &str| is_blank(text) || Referrer::parse(text).is_ok();
    let like = |(at, text): (usize, &String)| if stays(text) { text.clone() } else { format!("Harmless text {at}") };
    texts.iter().enumerate().map(like).collect()
}

async fn what_the_portal_lists_is_shown_exactly() {
    for has_policy in policies() {
        lists(*has_policy).await;
    }
}

async fn lists(has_policy: bool) {
    let texts = texts();
    let mut visit = Visit::start(has_policy, true).await;
    // This place takes all texts in one answer; each of the others needs an answer or a press for a few texts.
    visit.privileges(&payloads::all()).await;
    visit.items(&texts).await;
    visit.strays(&texts).await;
    visit.registrations(&texts).await;
    visit.ends("lists").await;
}

crate::suite::tests! {
    one: [
        what_the_portal_lists_is_shown_exactly,
    ]
}
