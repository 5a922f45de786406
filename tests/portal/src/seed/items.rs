//! The folders and items of the demo: many types, every access level, and tricky titles.

use serde_json::json;

use crate::seed::{BIG_ORG, CROWD_OWNER, ORG};
use crate::state::World;
use crate::state::item::{Access, Folder, Item};

const DAY_MS: i64 = 86_400_000;

/// The folders of `jane`; on purpose, none is called "Developer credentials".
const FOLDERS: &[&str] = &["Maps", "City planning", "Archive 2024"];

/// The types of the numbered items.
const KINDS: &[&str] = &[
    "Web Map",
    "Feature Service",
    "Vector Tile Service",
    "Web Mapping Application",
    "Scene Service",
    "Web Scene",
    "Image Service",
    "Dashboard",
    "StoryMap",
    "Map Service",
];

const ACCESSES: &[Access] =
    &[Access::Private, Access::Org, Access::Private, Access::Shared, Access::Private, Access::Public];

const THINGS: &[&str] = &[
    "Bike paths",
    "Street trees",
    "Bus stops",
    "Flood zones",
    "Parcels",
    "Playgrounds",
    "Noise levels",
    "Building heights",
];

const PLACES: &[&str] = &["North", "South", "East", "West", "Harbour"];

/// Tricky titles that a renderer must handle, with their type.
const ODD: &[(&str, &str)] = &[
    ("<img src=x onerror=alert(1)>", "Web Map"),
    ("\"><script>alert(2)</script>", "Feature Service"),
    ("🗺️ City map 🚲 with emoji", "Web Map"),
    ("خريطة المدينة", "Web Map"),
    ("מפת העיר \u{202e}txt.exe", "Feature Service"),
    (
        "A title that goes on and on and on, since somebody pasted the whole abstract of the study into it and \
      nobody ever came back to shorten it, which is why it ends only here, after rather more than two hundred \
      characters, with a full stop.",
        "Feature Service",
    ),
    ("Straßenbäume & Grünflächen", "Feature Service"),
];

/// Items of colleagues, some shared with the organization.
const COLLEAGUES: &[(&str, &str, &str, Access)] = &[
    ("newt", "Sensor network", "Feature Service", Access::Org),
    ("newt", "Sensor dashboard", "Dashboard", Access::Org),
    ("newt", "Draft of a map", "Web Map", Access::Private),
    ("ada", "Organization basemap", "Vector Tile Service", Access::Org),
    ("ada", "Address points", "Feature Service", Access::Org),
    ("ada", "Aerial photos 2025", "Image Service", Access::Org),
    ("ada", "City boundary", "Feature Service", Access::Public),
    ("ada", "Budget", "PDF", Access::Private),
];

pub(super) fn add(world: &mut World, now_ms: i64) {
    let mut folders = Vec::new();
    for title in FOLDERS {
        let id = world.ids.hex();
        folders.push(id.clone());
        let folder = Folder {
            id: id.clone(),
            owner: "jane".to_owned(),
            title: (*title).to_owned(),
            created: now_ms - 400 * DAY_MS,
        };
        world.folders.insert(id, folder);
    }
    let mut made = Vec::new();
    for number in 0..33 {
        let mut item = Item::new(&world.ids.hex(), "jane", ORG);
        by_number(&mut item, number, now_ms);
        // A third of the items are in folders.
        item.folder = (number % 3 == 2).then(|| folders[number % folders.len()].clone());
        made.push(item.id.clone());
        insert(world, item);
    }
    show_layers(world, &made);
    for (place, (title, kind)) in ODD.iter().enumerate() {
        let mut item = Item::new(&world.ids.hex(), "jane", ORG);
        by_number(&mut item, place, now_ms);
        item.access = if place % 2 == 0 { Access::Private } else { Access::Org };
        named(&mut item, title, kind);
        insert(world, item);
    }
    for (place, (owner, title, kind, access)) in COLLEAGUES.iter().enumerate() {
        let mut item = Item::new(&world.ids.hex(), owner, ORG);
        by_number(&mut item, place, now_ms);
        item.access = *access;
        named(&mut item, title, kind);
        insert(world, item);
    }
}

/// The 10,000 items of `max`, always the same; three in four are private or shared with the organization.
pub(crate) fn crowd(now_ms: i64) -> Vec<Item> {
    let made = |number: usize| {
        // Multiplication by an odd number is a bijection, so the ids are scattered and unique.
        let id = (number as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        let mut item = Item::new(&format!("{id:032x}"), CROWD_OWNER, BIG_ORG);
        by_number(&mut item, number, now_ms);
        item
    };
    (0..10_000).map(made).collect()
}

fn by_number(item: &mut Item, number: usize, now_ms: i64) {
    let age = i64::try_from(number).unwrap_or(0);
    let thing = THINGS[number % THINGS.len()];
    let place = PLACES[number / THINGS.len() % PLACES.len()];
    let kind = KINDS[number % KINDS.len()];
    named(item, &format!("{thing} {place} {number:04}"), kind);
    item.tags = vec![thing.to_lowercase(), place.to_lowercase()];
    item.snippet = Some(format!("{thing} of the district {place}."));
    item.access = ACCESSES[number % ACCESSES.len()];
    item.created = now_ms - (age % 700 + 30) * DAY_MS - age;
    item.modified = item.created + (age % 29) * DAY_MS;
    item.views = (age * 37) % 1000;
}

fn named(item: &mut Item, title: &str, kind: &str) {
    item.title = title.to_owned();
    item.kind = kind.to_owned();
    item.type_keywords = vec![kind.to_owned()];
    item.data = ["Web Map", "Web Scene"]
        .contains(&kind)
        .then(|| json!({"operationalLayers": [], "version": "2.31"}).to_string());
    item.url = kind.ends_with("Service").then(|| format!("https://services.example.com/{}/{}", item.org, item.id));
}

/// The first map shows a basemap, an organization layer, and a group with a private and a public layer (F-ITEM-18).
/// The first app shows that map (F-ITEM-19).
fn show_layers(world: &mut World, made: &[String]) {
    let layer = |place: usize| {
        let item = &world.items[&made[place]];
        json!({"id": format!("layer-{place}"), "title": item.title, "itemId": item.id, "url": item.url})
    };
    let styles = "https://basemapstyles-api.arcgis.com/arcgis/rest/services/styles/v2/styles/arcgis/navigation";
    let map = json!({
        "operationalLayers": [
            layer(1),
            {"id": "group", "title": "Traffic", "layerType": "GroupLayer", "layers": [layer(2), layer(11)]},
        ],
        "baseMap": {"title": "Navigation", "baseMapLayers": [{"id": "base", "title": "Navigation", "styleUrl": styles}]},
        "version": "2.31",
    });
    let app = json!({"source": "template", "values": {"webmap": made[0]}});
    for (place, data) in [(0, map), (3, app)] {
        if let Some(item) = world.items.get_mut(&made[place]) {
            item.data = Some(data.to_string());
        }
    }
}

fn insert(world: &mut World, item: Item) {
    world.items.insert(item.id.clone(), item);
}
