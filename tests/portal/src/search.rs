//! `search` (F-SEARCH-1): the items visible to this caller that match `q` and `filter`.

pub(crate) mod fits;
pub(crate) mod query;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::content::item_json::item_json;
use crate::content::listing::{Paging, sort};
use crate::portal::{Call, Done, Portal, Reply};
use crate::refusal::Refusal;
use crate::state::item::Item;
use fits::How;

/// The last result reachable by paging (F-SEARCH-2).
const MOST: usize = 10_000;
/// The maximum query length in bytes (F-SEARCH-2).
const LONGEST_QUERY: usize = 10_240;

/// The number of values counted per field, both the default and the maximum (F-SEARCH-10).
const COUNTED: i64 = 10;
const MOST_COUNTED: i64 = 200;

/// The requested page of results.
pub(crate) fn search(portal: &mut Portal, call: &Call) -> Reply {
    let (q, filter) = (call.form.text("q"), call.form.text("filter"));
    // Both messages are inferred. A blank `q` is valid with a filter (F-SEARCH-1).
    if q.trim().is_empty() && filter.trim().is_empty() {
        return Err(Refusal::new(400, "'q' or 'filter' parameter required."));
    }
    if q.len() + filter.len() > LONGEST_QUERY {
        return Err(Refusal::new(400, "Query is too long."));
    }
    let mut found = found(portal, call, q, filter);
    order(&mut found, call);
    let paging = Paging::of(call.form);
    let reachable = found.len().min(MOST);
    let page = found[..reachable].iter().skip(paging.start - 1).take(paging.num);
    let results: Vec<Value> = page.map(|item| result(portal, call, item)).collect();
    let mut answer = json!({
        "query": q, "total": found.len(), "start": paging.start, "num": paging.num,
        "nextStart": paging.next_start(reachable), "results": results,
    });
    let fields = call.form.commas("countFields");
    if !fields.is_empty() {
        answer["aggregations"] = json!({"counts": counts(&found, &fields, call)});
    }
    age(portal);
    Ok(Done::Json(answer))
}

fn found<'a>(portal: &'a Portal, call: &Call, q: &str, filter: &str) -> Vec<&'a Item> {
    let q = query::parse(q);
    let filter = query::parse(filter);
    let loose = match portal.switches.search_finds_beginnings {
        true => How::Beginnings,
        false => How::Words,
    };
    let all = portal.world.items.values();
    all.filter(|item| !item.in_bin && item.hidden_from_search == 0)
        .filter(|item| portal.can_see(&call.caller, item))
        .filter(|item| fits::fits(&filter, item, How::Exact))
        .filter(|item| fits::fits(&q, item, loose))
        .collect()
}

/// The most frequent values among all results, for each of these fields (F-SEARCH-10).
fn counts(found: &[&Item], fields: &[String], call: &Call) -> Vec<Value> {
    let size = call.form.number("countSize").unwrap_or(COUNTED).clamp(0, MOST_COUNTED);
    let of_field = |field: &String| {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for value in found.iter().flat_map(|item| values(item, field)) {
            *seen.entry(value).or_default() += 1;
        }
        let mut seen: Vec<_> = seen.into_iter().collect();
        seen.sort_by_key(|(_, count)| Reverse(*count));
        seen.truncate(usize::try_from(size).unwrap_or(0));
        let values: Vec<Value> = seen.iter().map(|(value, count)| json!({"value": value, "count": count})).collect();
        json!({"fieldName": field, "fieldValues": values})
    };
    fields.iter().map(of_field).collect()
}

/// An item's values for a countable field; empty for other fields.
fn values<'a>(item: &'a Item, field: &str) -> Vec<&'a str> {
    let all = |list: &'a [String]| list.iter().map(String::as_str).collect();
    match field.to_ascii_lowercase().as_str() {
        "access" => vec![item.access.text()],
        "owner" => vec![&item.owner],
        "tags" => all(&item.tags),
        "type" => vec![&item.kind],
        "typekeywords" => all(&item.type_keywords),
        _ => Vec::new(),
    }
}

/// Sorts by `sortField`; by default the latest change comes first (inferred, the real order is by relevance).
fn order(found: &mut [&Item], call: &Call) {
    match call.form.text("sortField") {
        "" => found.sort_by(|a, b| (b.modified, &a.id).cmp(&(a.modified, &b.id))),
        _ => sort(found, call.form),
    }
}

/// Search results omit details: the dates of keys are always -1 (F-SEARCH-8).
fn result(portal: &Portal, call: &Call, item: &Item) -> Value {
    let mut value = item_json(portal, &call.caller, item);
    value["apiToken1ExpirationDate"] = json!(-1);
    value["apiToken2ExpirationDate"] = json!(-1);
    value
}

/// Counts this search for items that `search_lag` still hides.
fn age(portal: &mut Portal) {
    for item in portal.world.items.values_mut() {
        item.hidden_from_search = item.hidden_from_search.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::Portal;
    use crate::testing::{code, key_of, new_item, portal};

    fn total(portal: &mut Portal, user: &str, q: &str) -> u64 {
        search(portal, user, &[("q", q)])["total"].as_u64().unwrap_or_else(|| panic!("no total for {q}"))
    }

    fn search(portal: &mut Portal, user: &str, fields: &[(&str, &str)]) -> Value {
        portal.as_user(user, "/search", fields)
    }

    #[test]
    fn an_owner_a_type_and_an_access_narrow_the_results() {
        let mut portal = portal();
        let mine = portal.items_of("jane");
        let count =
            |keep: &dyn Fn(&crate::state::item::Item) -> bool| mine.iter().filter(|item| keep(item)).count() as u64;
        assert_eq!(total(&mut portal, "jane", "owner:jane"), mine.len() as u64);
        assert_eq!(total(&mut portal, "jane", "owner:Jane"), 0);
        let maps = count(&|item| item.kind == "Web Map");
        assert_eq!(total(&mut portal, "jane", "owner:jane type:\"Web Map\""), maps);
        assert_eq!(total(&mut portal, "jane", "owner:jane AND NOT type:\"Web Map\""), mine.len() as u64 - maps);
        assert_eq!(total(&mut portal, "jane", "owner:jane -type:\"Web Map\""), mine.len() as u64 - maps);
        let public = count(&|item| item.access.text() == "public");
        assert_eq!(total(&mut portal, "jane", "owner:jane access:public"), public);
    }

    #[test]
    fn values_are_counted_over_all_results_whatever_the_page() {
        let mut portal = portal();
        let mine = portal.items_of("jane");
        let of_kind = |kind: &str| mine.iter().filter(|item| item.kind == kind).count();
        let most = mine.iter().map(|item| of_kind(&item.kind)).max().expect("jane has items");
        let fields = [("q", "owner:jane"), ("num", "1"), ("countFields", "type,access,nonsense"), ("countSize", "2")];
        let answer = search(&mut portal, "jane", &fields);
        let counts = &answer["aggregations"]["counts"];
        assert_eq!(counts[0]["fieldName"], "type");
        let first = &counts[0]["fieldValues"][0];
        assert_eq!(first["count"], most);
        assert_eq!(of_kind(first["value"].as_str().expect("a kind")), most);
        assert_eq!(counts[0]["fieldValues"].as_array().map(Vec::len), Some(2));
        assert_eq!(counts[2]["fieldValues"], serde_json::json!([]));
        assert!(search(&mut portal, "jane", &[("q", "owner:jane")]).get("aggregations").is_none());
    }

    #[test]
    fn the_portals_own_filter_finds_the_credentials() {
        let mut portal = portal();
        let before = total(&mut portal, "jane", "owner:jane type:Application");
        let key = key_of(&mut portal, "jane", &["premium:user:basemaps"]);
        let filter = "owner: jane -typekeywords:(\"MapAreaPackage\") -type:(\"Map Area\" OR \"Indoors Map Configuration\" \
            OR \"Code Attachment\") (type:\"Application\" AND typekeywords:(\"Registered App\" AND \"APIToken\"))";
        let answer = search(
            &mut portal,
            "jane",
            &[("q", "  "), ("filter", filter), ("sortField", "modified"), ("sortOrder", "desc")],
        );
        assert_eq!(answer["results"][0]["id"], key.item, "{answer}");
        assert_eq!(answer["results"][0]["apiToken1ExpirationDate"], -1);
        assert!(total(&mut portal, "jane", "owner:jane type:Application") > before);
    }

    #[test]
    fn items_of_others_are_found_only_within_reach() {
        let mut portal = portal();
        let org = portal.user("jane").expect("jane").org.clone();
        let query = format!("orgid:{org} -owner:jane");
        assert!(total(&mut portal, "jane", &query) > 0);
        let private = new_item(&mut portal, "newt");
        assert_eq!(total(&mut portal, "jane", &format!("id:{private}")), 0);
        assert_eq!(total(&mut portal, "ada", &format!("id:{private}")), 1);
        let open = portal.post("/search", &[("q", "owner:jane")]);
        assert!(open["results"].as_array().expect("results").iter().all(|item| item["access"] == "public"));
    }

    #[test]
    fn ten_thousand_items_are_paged_by_a_hundred_and_no_further() {
        let mut portal = portal();
        let page = search(&mut portal, "max", &[("q", "owner:max"), ("num", "500")]);
        assert_eq!((page["total"].clone(), page["num"].clone()), (10_000.into(), 100.into()));
        assert_eq!(page["nextStart"], 101);
        let last = search(&mut portal, "max", &[("q", "owner:max"), ("num", "100"), ("start", "9901")]);
        assert_eq!(last["results"].as_array().expect("results").len(), 100);
        assert_eq!(last["nextStart"], -1);
        new_item(&mut portal, "max");
        let beyond = search(&mut portal, "max", &[("q", "owner:max"), ("num", "100"), ("start", "10001")]);
        assert_eq!(beyond["total"], 10_001);
        assert!(beyond["results"].as_array().expect("results").is_empty());
        assert_eq!(beyond["nextStart"], -1);
    }

    #[test]
    fn results_are_sorted_both_ways() {
        let mut portal = portal();
        let mut titles = |order: &str| -> Vec<String> {
            let fields = [("q", "owner:jane"), ("sortField", "title"), ("sortOrder", order), ("num", "100")];
            let answer = search(&mut portal, "jane", &fields);
            let all = answer["results"].as_array().expect("results").iter();
            all.map(|item| item["title"].as_str().expect("a title").to_lowercase()).collect()
        };
        let (up, mut down) = (titles("asc"), titles("desc"));
        down.reverse();
        assert!(up.is_sorted());
        assert_eq!(up, down);
    }

    #[test]
    fn a_new_item_is_missing_for_as_many_searches_as_the_switch_says() {
        let mut portal = portal();
        portal.switches.search_lag = 1;
        new_item(&mut portal, "nora");
        assert_eq!(total(&mut portal, "nora", "owner:nora"), 0);
        assert_eq!(total(&mut portal, "nora", "owner:nora"), 1);
    }

    #[test]
    fn an_empty_and_an_endless_query_are_refused() {
        let mut portal = portal();
        assert_eq!(code(&search(&mut portal, "jane", &[("q", " ")])), 400);
        assert_eq!(code(&search(&mut portal, "jane", &[("q", &"x".repeat(11_000))])), 400);
    }

    #[test]
    fn a_key_finds_the_items_it_opens() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let key = key_of(&mut portal, "jane", &[&format!("portal:app:access:item:{item}")]);
        let answer = portal.post("/search", &[("q", "-access:public"), ("token", &key.token)]);
        assert_eq!(answer["total"], 1);
        assert_eq!(answer["results"][0]["id"], item);
    }
}
