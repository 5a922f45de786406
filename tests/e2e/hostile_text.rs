//! Every text of the corpus in every place that shows text of the portal: shown exactly, and never an element more than
//! harmless text makes; with the page's policy, and without it, so that the policy hides no fault of the page.

use std::collections::BTreeMap;

use arcgis_key_wizard::portal::text::{plain, scrubbed};
use practice_portal::Portal;
use practice_portal::endpoint::Endpoint;
use practice_portal::state::item::Access;
use serde_json::json;

use crate::journey::{self, Wish};
use crate::page::Page;
use crate::pages::{DetailsStep, ItemAccessStep, SummaryStep};
use crate::payloads;
use crate::practice::refusal;
use crate::proof::{Part, tell};
use crate::world::{Setup, World};

/// Whose portal is filled: somebody with enough items.
const USER: &str = "max";

/// How many texts are refused with.
const MESSAGES: usize = 16;

/// Harmless text is the same everywhere, so a few rows and messages tell how it looks.
const FEW: (usize, usize) = (200, 1);

/// How often each kind of element, with its attributes' names, stands in the page.
type Census = BTreeMap<String, u64>;

const CENSUS: &str = "(() => { const count = {}; \
    for (const it of document.querySelectorAll('*:not(meta[http-equiv=Content-Security-Policy])')) { \
    const name = [it.localName, ...[...it.attributes].map(it => it.name).sort()].join(' '); count[name] = (count[name] || 0) + 1 } \
    return count })()";

/// Whether a script in the page's own text runs, which the policy forbids.
const INLINE: &str = "(() => { const it = document.createElement('script'); it.textContent = 'globalThis.akwInline = true'; \
    document.head.append(it); it.remove(); return globalThis.akwInline === true })()";

/// Scrolls through the list and gives the texts of every row in their order, and the shapes that rows have.
const ROWS: &str = r"(async () => {
  const list = document.querySelector('.items__list'), rows = new Map(), shapes = {};
  const frame = () => new Promise(done => requestAnimationFrame(done));
  const shape = it => it.localName + '[' + [...it.attributes].map(it => it.name).sort() + '](' + [...it.children].map(shape) + ')';
  for (let still = 0; rows.size < COUNT && still < 600; still++) {
    for (const row of list.querySelectorAll('.items__row')) {
      const id = row.querySelector('input').id;
      if (rows.has(id)) continue;
      still = 0;
      rows.set(id, [row.querySelector('.items__title').textContent, row.querySelector('.items__about').textContent]);
      shapes[shape(row.parentNode)] = (shapes[shape(row.parentNode)] || 0) + 1;
    }
    if (rows.size >= COUNT) break;
    // Twelve rows before and after those in sight are in the page too; no further step before the last one is drawn.
    if (still === 0 || still > 30) list.scrollTop += list.clientHeight + 300;
    await frame();
  }
  list.scrollTop = 0;
  await frame();
  await frame();
  return { rows: [...rows.values()].slice(0, COUNT), shapes };
})()";

/// Puts each text wherever a portal keeps text.
fn fill(portal: &mut Portal, texts: &[String]) {
    portal.sign_in(USER);
    let items = portal.items_of(USER).into_iter().filter(|it| it.access != Access::Public).map(|it| it.id);
    let ids: Vec<String> = items.take(texts.len()).collect();
    assert_eq!(ids.len(), texts.len(), "{USER} has too few items");
    // The last changed stand first, in the order of the texts.
    let mut modified = portal.now_ms;
    for (place, (id, text)) in ids.iter().zip(texts).enumerate() {
        let item = portal.item_mut(id).expect("it was listed");
        item.title.clone_from(text);
        item.kind.clone_from(&texts[(place + 1) % texts.len()]);
        item.snippet = Some(text.clone());
        item.description = Some(text.clone());
        item.tags = vec![text.clone()];
        item.modified = modified;
        modified -= 1;
    }
    for text in texts {
        portal.add_folder(USER, text);
    }
    twin(portal, texts);
    let short = |it: &&String| (10..60).contains(&it.len()) && it.contains('<');
    let mut names = texts.iter().filter(short).chain(texts).cloned();
    portal.user_mut(USER).expect("there is one").full_name = names.next().unwrap_or_default();
    portal.org_mut(USER).expect("there is one").name = names.next().unwrap_or_default();
}

/// An item of the title that will be typed lies in a folder of such a name; gives that name.
fn twin(portal: &mut Portal, texts: &[String]) -> String {
    let name = texts.iter().find(|it| it.starts_with("<img") || it.ends_with("text 7")).expect("there is one").clone();
    let folder = portal.folders_of(USER).into_iter().find(|it| it.title == name).expect("it was made");
    let id = portal.items_of(USER).pop().expect("there are thousands").id;
    let created = portal.now_ms;
    let item = portal.item_mut(&id).expect("it was listed");
    item.title = Wish::small().title.to_owned();
    item.folder = Some(folder.id);
    item.created = created;
    name
}

/// What a whole visit looked like.
struct Visit {
    places: usize,
    censuses: Vec<Census>,
    shapes: Vec<String>,
}

/// Goes through every place, and checks each text.
async fn visit(texts: &'static [String], (rows, refusals): (usize, usize), with_policy: bool) -> Visit {
    let prepare = Box::new(|portal: &mut Portal| fill(portal, texts));
    let world = World::with(Setup { prepare, policy: with_policy, ..Setup::default() }).await;
    let page = world.page();
    if !with_policy {
        assert_eq!(page.js(INLINE).await, json!(true), "there is a policy");
    }
    world.sign_in(USER).await;
    let wish = Wish::small();
    journey::credentials(page, &wish).await;
    let mut censuses = vec![names(&world).await];
    journey::privileges(page, &wish).await;
    let shapes = items(page, texts, rows, &mut censuses).await;
    page.button("Cancel").click().await;
    page.button("Skip").click().await;
    DetailsStep(page).wait().await;
    folders(page, texts, &mut censuses).await;
    journey::details(page, &wish).await;
    SummaryStep(page).wait().await;
    let folder = world.portal(|portal| twin(portal, texts));
    page.shows(&format!("lies in the folder {}. The portal allows two", plain(&folder, 250))).await;
    censuses.push(census(page).await);
    messages(&world, texts, refusals, &mut censuses).await;
    let places = 3 + 2 * rows + texts.len() + refusals;
    world.end().await;
    Visit { places, censuses, shapes }
}

async fn census(page: &Page) -> Census {
    serde_json::from_value(page.js(CENSUS).await).expect("numbers by name")
}

async fn names(world: &World) -> Census {
    let (person, org) = world.portal(|portal| {
        let org = portal.org_mut(USER).map(|it| it.name.clone()).unwrap_or_default();
        (portal.user(USER).map(|it| it.full_name.clone()).unwrap_or_default(), org)
    });
    let shown = world.page().js("document.querySelector('.frame__account').textContent").await;
    let expected = format!("{} ({USER}){} · {}", plain(&person, 200), plain(&org, 250), world.portal_host());
    assert_eq!(shown, expected.as_str());
    census(world.page()).await
}

async fn items(page: &Page, texts: &[String], count: usize, censuses: &mut Vec<Census>) -> Vec<String> {
    let dialog = ItemAccessStep(page).browse().await;
    dialog.it().checkbox("*").first().wait().await;
    let before = census(page).await;
    let found = page.js(&ROWS.replace("COUNT", &count.to_string())).await;
    let rows: Vec<[String; 2]> = serde_json::from_value(found["rows"].clone()).expect("texts of rows");
    assert_eq!(rows.len(), count, "every row was seen");
    for (place, [title, about]) in rows.iter().enumerate() {
        assert_eq!(*title, plain(&texts[place], 250));
        let kind = plain(&texts[(place + 1) % texts.len()], 100);
        assert!(about.starts_with(&[&kind, " · "].concat()) && about.ends_with(" · max"), "{about:?}, {kind:?}");
    }
    control(page).await;
    censuses.push(before);
    found["shapes"].as_object().into_iter().flatten().map(|(shape, _)| shape.clone()).collect()
}

/// One element more is noticed.
async fn control(page: &Page) {
    let before = census(page).await;
    page.js("void document.querySelector('.items__title').append(document.createElement('img'))").await;
    assert_ne!(census(page).await, before, "the census is blind to an element");
    let found = page.js(&ROWS.replace("COUNT", "1")).await;
    assert!(found["shapes"].to_string().contains("img"), "the shape of a row is blind to an element: {found}");
    page.js("void document.querySelector('.items__title img')?.remove()").await;
    page.js("void document.querySelector('.items__title').setAttribute('title', '')").await;
    assert_ne!(census(page).await, before, "the census is blind to an attribute");
    page.js("void document.querySelector('.items__title').removeAttribute('title')").await;
}

async fn folders(page: &Page, texts: &[String], censuses: &mut Vec<Census>) {
    page.textbox("Folder").click().await;
    let script = "[...document.querySelectorAll('.combobox__option')].map(it => it.textContent)";
    page.until("the folders are listed", async || page.js(script).await.as_array().is_some_and(|it| it.len() > 1000))
        .await;
    let mut shown: Vec<String> = serde_json::from_value(page.js(script).await).expect("texts");
    censuses.push(census(page).await);
    for text in texts {
        let text = plain(text, 250);
        let place = shown.iter().position(|it| *it == text).unwrap_or_else(|| panic!("no folder {text:?}"));
        shown.swap_remove(place);
    }
    page.press("Escape").await;
}

/// The portal refuses with one text after the other.
async fn messages(world: &World, texts: &[String], count: usize, censuses: &mut Vec<Census>) {
    let page = world.page();
    let telling: Vec<&String> = texts.iter().filter(|it| it.len() > 12 && !it.contains("exist")).collect();
    for (place, text) in telling.iter().step_by(telling.len() / count).take(count).enumerate() {
        world.fault_once(Endpoint::CreateFolder, refusal(400, text));
        page.button(if place == 0 { "Create" } else { "Try again" }).click().await;
        let told = scrubbed(text, 300);
        let script = "document.querySelector('.notice')?.textContent ?? ''";
        page.until(&format!("the portal's {told:?} is told"), async || {
            page.js(script).await.as_str().is_some_and(|it| it.contains(&told))
        })
        .await;
        censuses.push(census(page).await);
    }
}

#[tokio::test]
async fn hostile_text_is_shown_exactly_and_makes_no_element() {
    let hostile: &'static [String] = payloads::all().leak();
    let harmless: &'static [String] =
        (0..hostile.len()).map(|it| format!("Harmless text {it}")).collect::<Vec<_>>().leak();
    let expected = visit(harmless, FEW, true).await;
    for with_policy in [true, false] {
        let seen = visit(hostile, (hostile.len(), MESSAGES), with_policy).await;
        for (place, census) in seen.censuses.iter().enumerate() {
            // The last is of a message, and every message is told alike.
            let expected = &expected.censuses[place.min(expected.censuses.len() - 1)];
            assert_eq!(census, expected, "other elements than harmless text makes, at {place}");
        }
        assert_eq!(seen.shapes, expected.shapes);
        let policy = if with_policy { "on" } else { "off" };
        let (texts, places, censuses) = (hostile.len(), seen.places, seen.censuses.len());
        let told = format!("{texts} texts in {places} places exact, {censuses} censuses alike, 0 elements more");
        tell(Part::Browsers, &format!("hostile text, policy {policy}: {told}"));
    }
}
