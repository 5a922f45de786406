//! The references of web maps, web scenes and web apps to other items in their data (F-ITEM-18, F-ITEM-19).

use std::borrow::Cow;

use crate::json::Value;
use crate::portal::error::Error;
use crate::portal::id::ItemId;
use crate::portal::items;
use crate::portal::request::Request;
use crate::portal::response::Fields;
use crate::portal::search::{self, FoundItem};
use crate::portal::text::plain;

/// The maximum length of a stored address, in bytes.
const MAX_ADDRESS: usize = 2_000;

/// Members that contain the id of an item.
const ITEM: [&str; 4] = ["itemId", "mapItemId", "webmap", "webscene"];

/// Members that contain the address of a service.
const ADDRESS: [&str; 3] = ["url", "styleUrl", "templateUrl"];

/// Members that contain the name of a layer or a data source.
const NAME: [&str; 3] = ["title", "label", "name"];

/// Members whose values are the author's own and do not name a layer.
const OPAQUE: [&str; 3] = ["popupInfo", "layerDefinition", "featureCollection"];

/// A question about an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Its description.
    Item(ItemId),
    /// Its data.
    Data(ItemId),
}

/// The answer about an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MapAnswer {
    /// Its description.
    Item {
        /// The item.
        item: FoundItem,
        /// Its organization; empty if unknown.
        org_id: String,
        /// The address of its service; empty if it has none.
        address: String,
    },
    /// The layers in its data.
    Data(Vec<Layer>),
}

/// Something that a map or an app shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Its name there; may be empty.
    pub name: String,
    /// Its item, if it has one.
    pub item: Option<ItemId>,
    /// The addresses of its services.
    pub addresses: Vec<String>,
}

impl Ask {
    /// The request.
    pub fn request(&self) -> Request<MapAnswer> {
        match self {
            Self::Item(id) => Request::new(items::address(id), item),
            Self::Data(id) => Request::new([&items::address(id), "/data"].concat(), data),
        }
    }
}

fn item(fields: &Fields<'_, '_>) -> Result<MapAnswer, Error> {
    let text =
        |name| Ok(fields.text_or_none(name)?.filter(|text| text.len() <= MAX_ADDRESS).unwrap_or_default().to_owned());
    Ok(MapAnswer::Item { item: search::found(fields)?, org_id: text("orgId")?, address: address(&text("url")?) })
}

/// The address at the start of a text: it ends at white space, quotes and angle brackets.
fn address(text: &str) -> String {
    let end = text.find(|sign: char| sign.is_whitespace() || "\"'\\<>".contains(sign)).unwrap_or(text.len());
    plain(&text[..end], MAX_ADDRESS)
}

fn data(fields: &Fields<'_, '_>) -> Result<MapAnswer, Error> {
    let mut layers = Vec::new();
    collect(fields.members(), "", &mut layers);
    Ok(MapAnswer::Data(layers))
}

/// Collects everything that names an item or a service, in groups at any depth, which the JSON parser limits. One rule
/// thus finds a group layer, a table, the ground of a scene, a basemap of a slide and the widget of an app.
fn collect(members: &[(Cow<'_, str>, Value<'_>)], outer: &str, layers: &mut Vec<Layer>) {
    let texts = |names: &'static [&str]| {
        let of = |name: &&str| members.iter().find(|(member, _)| member == *name)?.1.as_text();
        names.iter().filter_map(of)
    };
    let own = texts(&NAME).map(|text| plain(text, 250)).find(|name| !name.is_empty());
    let name = own.as_deref().unwrap_or(outer);
    let addresses = texts(&ADDRESS).filter(|address| address.contains('/') && address.len() <= MAX_ADDRESS);
    let addresses: Vec<String> = addresses.map(address).collect();
    let item = texts(&ITEM).find(|id| ItemId::is_one(id)).map(|id| ItemId(id.to_ascii_lowercase()));
    if item.is_some() || !addresses.is_empty() {
        layers.push(Layer { name: name.to_owned(), item, addresses });
    }
    for (_, inner) in members.iter().filter(|(member, _)| !OPAQUE.contains(&&**member)) {
        enter(inner, name, layers);
    }
}

fn enter(tree: &Value<'_>, outer: &str, layers: &mut Vec<Layer>) {
    match tree {
        Value::List(entries) => entries.iter().for_each(|entry| enter(entry, outer, layers)),
        Value::Object(members) => collect(members, outer, layers),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::response::Raw;

    fn answer(ask: &Ask, body: &str) -> Result<MapAnswer, Error> {
        let (_, decoder) = ask.request().encode();
        decoder.decode(&Raw { status: 200, retry_after: None, body: body.as_bytes().to_vec().into() })
    }

    /// Checks the layers found in the data, written as `name id addresses`.
    #[track_caller]
    fn check(body: &str, expected: &[&str]) {
        let Ok(MapAnswer::Data(layers)) = answer(&Ask::Data(ItemId("i".to_owned())), body) else { panic!("{body}") };
        let shown = layers.iter().map(|layer| {
            let id = layer.item.as_ref().map_or("-", |id| &id.0[..1]);
            [&*layer.name, id, &layer.addresses.join(",")].join(" ").trim_end().to_owned()
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{body}");
    }

    fn id(digit: char) -> String {
        digit.to_string().repeat(32)
    }

    #[test]
    fn layers_of_maps_are_found_in_groups_basemaps_tables_and_the_ground() {
        let (a, b, c) = (id('a'), id('B'), id('c'));
        let group = format!(
            r#"{{"operationalLayers":[{{"title":"Outer","layerType":"GroupLayer","layers":[{{"title":"Inner","layers":[
            {{"title":"Roads","itemId":"{a}","url":"https://x.example/FeatureServer/0"}},{{"url":"https://y.example/0"}}]}}]}}],
            "tables":[{{"title":"Owners","itemId":"{b}"}}],"ground":{{"layers":[{{"url":"https://e.example/"}}]}},
            "baseMap":{{"title":"Night","baseMapLayers":[{{"styleUrl":"https://s.example/","itemId":"{c}"}}]}}}}"#
        );
        check(
            &group,
            &[
                "Roads a https://x.example/FeatureServer/0",
                "Inner - https://y.example/0",
                "Owners b",
                " - https://e.example/",
                "Night c https://s.example/",
            ],
        );
    }

    #[test]
    fn apps_name_their_maps_in_different_places() {
        let (a, b) = (id('a'), id('b'));
        for (data, expected) in [
            (format!(r#"{{"values":{{"webmap":"{a}","title":"App"}}}}"#), &["App a"][..]),
            (format!(r#"{{"map":{{"itemId":"{a}","appProxy":{{"mapItemId":"{b}"}}}}}}"#), &[" a", " b"]),
            (format!(r#"{{"dataSources":{{"d1":{{"sourceLabel":"x","itemId":"{a}"}}}}}}"#), &[" a"]),
            (format!(r#"{{"widgets":[{{"type":"mapWidget","name":"W","itemId":"{a}"}}]}}"#), &["W a"]),
            (format!(r#"{{"resources":{{"r-1":{{"type":"webmap","data":{{"itemId":"{a}"}}}}}}}}"#), &[" a"]),
        ] {
            check(&data, expected);
        }
    }

    #[test]
    fn text_of_others_is_cleaned_and_what_is_no_layer_is_passed_over() {
        check(
            r#"{"operationalLayers":[{"title":7,"itemId":"../../self"},{"itemId":["x"]},null,"x"],"tables":{}}"#,
            &[],
        );
        check(r#"{"operationalLayers":[{"url":"no address"},{"popupInfo":{"url":"https://x.example/"}}]}"#, &[]);
        let two = r#"{"title":"L","url":"https://x.example/\",\"https://places-api.arcgis.com/arcgis"}"#;
        check(two, &["L - https://x.example/"]);
        let titled = format!("{{\"title\":\"a\u{202e}b\",\"itemId\":\"{}\"}}", id('a'));
        check(&titled, &["ab a"]);
        let long = format!(r#"{{"title":"{}","itemId":"{}"}}"#, "x".repeat(10_000), id('a'));
        let Ok(MapAnswer::Data(layers)) = answer(&Ask::Data(ItemId("i".to_owned())), &long) else {
            panic!("it is JSON")
        };
        assert_eq!(layers[0].name.chars().count(), 251);
        let deep = format!("{{\"layers\":{}{}}}", "[".repeat(500), "]".repeat(500));
        assert!(answer(&Ask::Data(ItemId("i".to_owned())), &deep).is_err(), "deeper than JSON is read");
        assert!(answer(&Ask::Data(ItemId("i".to_owned())), "").is_err(), "no data");
    }

    #[test]
    fn an_item_comes_with_its_organization_and_its_service() {
        let body =
            r#"{"id":"i","title":"T","type":"Feature Service","access":"org","orgId":"o","url":"https://x.example/"}"#;
        let Ok(MapAnswer::Item { item, org_id, address }) = answer(&Ask::Item(ItemId("i".to_owned())), body) else {
            panic!("it is an item")
        };
        assert_eq!((&*item.access, &*org_id, &*address), ("org", "o", "https://x.example/"));
        let (encoded, _) = Ask::Data(ItemId("a/b".to_owned())).request().encode();
        assert_eq!(encoded.path, "content/items/a%2Fb/data");
    }
}
