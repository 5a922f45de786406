//! Passes texts of the corpus into the lists of items and folders: the page shows them exactly, and renders no more
//! elements than for harmless text, with its policy, and without it, so that the policy hides no fault of the page.
//! `hostile_places.rs` and `hostile_lists.rs` cover all other places.

use key_wizard_core::portal::text::plain;
use practice_portal::Portal;
use practice_portal::state::item::Access;
use serde_json::json;

use crate::census::{Census, INLINE, census};
use crate::hostile_visit::{harmless, texts};
use crate::journey::{self, Wish};
use crate::page::Page;
use crate::pages::{DetailsStep, ItemAccessStep};
use crate::proof::{Part, tell};
use crate::world::{Setup, World, is_long};

/// The owner of the filled portal: a user with enough items.
const USER: &str = "max";

/// Harmless text looks the same everywhere, so a few rows are enough.
const FEW: usize = 200;

/// Scrolls through the list and returns the texts of every row in order, and the distinct structures of rows.
const ROWS: &str = r"(async () => {
  const list = document.querySelector('.items__list'), rows = new Map(), shapes = {};
  const frame = () => new Promise(done => requestAnimationFrame(done));
  const shape = element => element.localName + '[' + [...element.attributes].map(attribute => attribute.name).sort() + '](' + [...element.children].map(shape) + ')';
  for (let still = 0; rows.size < COUNT && still < 600; still++) {
    for (const row of list.querySelectorAll('.items__row')) {
      const id = row.querySelector('input').id;
      if (rows.has(id)) continue;
      still = 0;
      rows.set(id, [row.querySelector('.items__title').textContent, row.querySelector('.items__about').textContent]);
      shapes[shape(row.parentNode)] = (shapes[shape(row.parentNode)] || 0) + 1;
    }
    if (rows.size >= COUNT) break;
    // The page also renders twelve rows before and after the visible ones; do not scroll on before the last step is
    // rendered.
    if (still === 0 || still > 30) list.scrollTop += list.clientHeight + 300;
    await frame();
  }
  list.scrollTop = 0;
  await frame();
  await frame();
  return { rows: [...rows.values()].slice(0, COUNT), shapes };
})()";

/// Puts each text wherever a portal stores text.
fn fill(portal: &mut Portal, texts: &[String]) {
    portal.sign_in(USER);
    let items = portal.items_of(USER).into_iter().filter(|item| item.access != Access::Public).map(|item| item.id);
    let ids: Vec<String> = items.take(texts.len()).collect();
    assert_eq!(ids.len(), texts.len(), "{USER} has too few items");
    // The portal lists the latest change first; keep the order of the texts.
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
}

/// The observations of a whole visit.
struct Visit {
    places: usize,
    censuses: Vec<Census>,
    shapes: Vec<String>,
}

/// Visits every place, and checks each text.
async fn visit(texts: &'static [String], rows: usize, with_policy: bool) -> Visit {
    let prepare = Box::new(|portal: &mut Portal| fill(portal, texts));
    let world = World::with(Setup { prepare, policy: with_policy, ..Setup::default() }).await;
    let page = world.page();
    if !with_policy {
        assert_eq!(page.js(INLINE).await, json!(true), "there is a policy");
    }
    world.sign_in(USER).await;
    let wish = Wish::small();
    journey::credentials(page, &wish).await;
    let mut censuses = Vec::new();
    journey::privileges(page, &wish).await;
    let shapes = items(page, texts, rows, &mut censuses).await;
    page.button("Cancel").click().await;
    page.button(ItemAccessStep::SKIP).click().await;
    DetailsStep(page).wait().await;
    folders(page, texts, &mut censuses).await;
    let places = 2 * rows + texts.len();
    world.end().await;
    Visit { places, censuses, shapes }
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

/// Checks that an additional element is detected.
async fn control(page: &Page) {
    let before = census(page).await;
    page.js("void document.querySelector('.items__title').append(document.createElement('img'))").await;
    assert_ne!(census(page).await, before, "the census is blind to an element");
    let found = page.js(&ROWS.replace("COUNT", "1")).await;
    assert!(found["shapes"].to_string().contains("img"), "the shape of a row is blind to an element: {found}");
    page.js("void document.querySelector('.items__title img')?.remove()").await;
    page.js("void document.querySelector('.items__title').setAttribute('lang', '')").await;
    assert_ne!(census(page).await, before, "the census is blind to an attribute");
    page.js("void document.querySelector('.items__title').removeAttribute('lang')").await;
}

async fn folders(page: &Page, texts: &[String], censuses: &mut Vec<Census>) {
    page.textbox(DetailsStep::FOLDER).click().await;
    let script = "[...document.querySelectorAll('.combobox__option')].map(option => option.textContent)";
    let all_are_there = async || page.js(script).await.as_array().is_some_and(|folders| folders.len() >= texts.len());
    page.until("the folders are listed", all_are_there).await;
    let mut shown: Vec<String> = serde_json::from_value(page.js(script).await).expect("texts");
    censuses.push(census(page).await);
    for text in texts {
        let text = plain(text, 250);
        let place = shown.iter().position(|title| *title == text).unwrap_or_else(|| panic!("no folder {text:?}"));
        shown.swap_remove(place);
    }
    page.press("Escape").await;
}

async fn hostile_text_is_shown_exactly_and_makes_no_element() {
    let hostile: &'static [String] = texts().leak();
    let harmless: &'static [String] = harmless(hostile.len()).leak();
    let expected = visit(harmless, FEW.min(hostile.len()), true).await;
    // One of the engines makes the other visits without a policy.
    let policies = if is_long() { &[true, false][..] } else { &[true] };
    for &with_policy in policies {
        let seen = visit(hostile, hostile.len(), with_policy).await;
        assert_eq!(seen.censuses, expected.censuses, "other elements than harmless text makes");
        assert_eq!(seen.shapes, expected.shapes);
        let policy = if with_policy { "on" } else { "off" };
        let (texts, places, censuses) = (hostile.len(), seen.places, seen.censuses.len());
        let counted = format!("{texts} texts in {places} places exact, {censuses} censuses alike, 0 elements more");
        tell(Part::Browsers, &format!("hostile text, policy {policy}: {counted}"));
    }
}

crate::suite::tests! {
    one: [
        hostile_text_is_shown_exactly_and_makes_no_element,
    ]
}
