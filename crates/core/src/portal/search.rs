//! Items of the organization that the person can reach and that are not public (F-SEARCH-1, F-APP-12).

use crate::portal::error::Error;
use crate::portal::id::ItemId;
use crate::portal::request::Request;
use crate::portal::response::Fields;
use crate::portal::text::plain;

/// The maximum number of items on a page (F-SEARCH-1).
pub const PAGE: u32 = 100;
/// The last result that paging can reach (F-SEARCH-2).
pub const LAST: u32 = 10_000;
/// Excludes credentials, which have nothing that a key could open (F-APP-6). Other apps may be registered, too.
const NO_CREDENTIALS: &str = " AND NOT (type:\"Application\" AND typekeywords:\"Registered App\")";
/// Enough to distinguish items, and far below the 10 KB limit of a query.
const MOST_WORDS: usize = 12;
const LONGEST_WORD: usize = 100;

/// The items to search for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemQuery {
    /// The organization.
    pub org_id: String,
    /// Words as the person typed them.
    pub words: String,
    /// Only items of this type, such as `Feature Service`.
    pub kind: Option<String>,
    /// Only items shared like this.
    pub sharing: Option<Sharing>,
    /// The first result, counted from 1; 0 means 1.
    pub start: u32,
}

/// The sharing level of an item that is not public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// Not shared.
    Private,
    /// With groups.
    Groups,
    /// With the whole organization.
    Organization,
}

/// The sharing level of a public item.
pub const PUBLIC: &str = "public";

/// An item found by the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundItem {
    /// Its id.
    pub id: ItemId,
    /// Its title.
    pub title: String,
    /// Its type.
    pub kind: String,
    /// Its sharing level in the portal's term: `private`, `shared`, `org`.
    pub access: String,
    /// The username of its owner.
    pub owner: String,
}

impl FoundItem {
    /// An item that cannot be looked up: only its id is known.
    pub fn unknown(id: ItemId) -> Self {
        Self { title: id.0.clone(), id, kind: String::new(), access: String::new(), owner: String::new() }
    }

    /// Whether only its id is known.
    pub fn is_unknown(&self) -> bool {
        self.access.is_empty()
    }

    /// Whether everybody may open it.
    pub fn is_public(&self) -> bool {
        self.access == PUBLIC
    }
}

/// One page of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The total number of results.
    pub total: i64,
    /// The start of the next page, if there is one.
    pub next: Option<u32>,
    /// This page's items.
    pub items: Vec<FoundItem>,
}

impl ItemQuery {
    /// Whether an item of a folder matches the query, as far as its listing shows: words are matched against titles and
    /// types.
    pub fn fits(&self, item: &FoundItem) -> bool {
        let is_shared_so = match self.sharing {
            None => !item.is_public(),
            Some(Sharing::Private) => item.access == "private",
            Some(Sharing::Groups) => item.access == "shared",
            Some(Sharing::Organization) => item.access == "org",
        };
        // Credentials have nothing that a key could open (F-APP-6).
        if item.kind == "Application" || self.kind.as_ref().is_some_and(|kind| item.kind != *kind) {
            return false;
        }
        match id_in(&self.words) {
            Some(id) => item.id.0.eq_ignore_ascii_case(id) && (self.sharing.is_none() || is_shared_so),
            None => {
                let holds = |text: &str, word: &str| text.to_lowercase().contains(&word.to_lowercase());
                let is_met = |term: QueryTerm<'_>| match term {
                    QueryTerm::Field("owner:", owner) => item.owner.eq_ignore_ascii_case(owner),
                    QueryTerm::Field("type:", kind) => holds(&item.kind, kind),
                    // A listing does not show tags and groups.
                    QueryTerm::Field(..) => true,
                    QueryTerm::Word(word) => holds(&item.title, word) || holds(&item.kind, word),
                };
                is_shared_so && terms(&self.words).all(is_met)
            }
        }
    }
}

/// Requests one page of items, last changed first.
pub fn items(query: &ItemQuery) -> Request<Page> {
    paged(&text(query), query.start)
}

/// Requests the organization's items with these ids, at most [`PAGE`], regardless of who may open them.
pub fn by_id(org_id: &str, ids: &[ItemId]) -> Request<Page> {
    let ids: Vec<String> = ids.iter().map(|id| ["id:", &phrase(&id.0)].concat()).collect();
    paged(&["orgid:", &phrase(org_id), " AND (", &ids.join(" OR "), ")"].concat(), 1)
}

fn paged(query: &str, start: u32) -> Request<Page> {
    sorted(Request::new("search".to_owned(), |fields| page(fields, "results")).param("q", query), start)
}

/// Sorts by last change: no sort field shows what was used last (F-SEARCH-12).
pub(super) fn sorted(request: Request<Page>, start: u32) -> Request<Page> {
    let start = start.max(1);
    let number = PAGE.min((LAST + 1).saturating_sub(start)).max(1);
    request
        .param("start", &start.to_string())
        .param("num", &number.to_string())
        .param("sortField", "modified")
        .param("sortOrder", "desc")
}

/// The query in the portal's syntax. Outside text is letters and digits, or is quoted and has no quotes.
fn text(query: &ItemQuery) -> String {
    let id = id_in(&query.words);
    let sharing = match query.sharing {
        // A public item that is given by its id may still need access (F-APP-15).
        None if id.is_some() => "",
        None => " AND (access:private OR access:shared OR access:org)",
        Some(Sharing::Private) => " AND access:private",
        Some(Sharing::Groups) => " AND access:shared",
        Some(Sharing::Organization) => " AND access:org",
    };
    let mut out = ["orgid:", &phrase(&query.org_id), sharing, NO_CREDENTIALS].concat();
    if let Some(kind) = &query.kind {
        out.push_str(" AND type:");
        out.push_str(&phrase(kind));
    }
    if let Some(id) = id {
        return [&out, " AND id:", &phrase(id)].concat();
    }
    for term in terms(&query.words).take(MOST_WORDS) {
        out.push_str(" AND ");
        match term {
            QueryTerm::Field(field, value) => {
                out.push_str(field);
                out.push_str(&phrase(value));
            }
            QueryTerm::Word(word)
                if word.chars().all(|character| character.is_ascii_alphanumeric() || !character.is_ascii()) =>
            {
                // Matches prefixes, too; in lower case, because `OR` is an operator.
                let word: String = word.chars().take(LONGEST_WORD).collect();
                out.push_str(&word.to_lowercase());
                out.push('*');
            }
            QueryTerm::Word(word) => out.push_str(&phrase(word)),
        }
    }
    out
}

/// The id of an item in the typed text: alone, or in the address of the item's page. The search does not match words
/// against ids (F-SEARCH-5).
pub fn id_in(words: &str) -> Option<&str> {
    let words = words.trim();
    let is_one = !words.contains(char::is_whitespace);
    words
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|_| is_one)
        .find(|part| ItemId::is_one(part))
}

/// A part of the typed text.
enum QueryTerm<'a> {
    /// A field with its value, such as `owner:jane` or `type:"Web Map"`: plain words are not matched against owners
    /// (F-SEARCH-5, F-SEARCH-11).
    Field(&'static str, &'a str),
    /// Anything else.
    Word(&'a str),
}

/// The parts of the typed text. Only the value of a field may have spaces, between quotes.
fn terms(typed: &str) -> impl Iterator<Item = QueryTerm<'_>> {
    let is_end = |character: char| character.is_whitespace() || is_syntax(character);
    let mut rest = typed;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(is_end);
        let (word, after) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
        let quoted = after.strip_prefix('"').map(|quoted| quoted.split_once('"').unwrap_or((quoted, "")));
        let (term, after) = match (field_in(word), quoted) {
            (Some((field, "")), Some((value, after))) if !value.is_empty() => (QueryTerm::Field(field, value), after),
            (Some((field, value)), _) if !value.is_empty() => (QueryTerm::Field(field, value), after),
            _ => (QueryTerm::Word(word), after),
        };
        rest = after;
        (!word.is_empty()).then_some(term)
    })
}

/// A known field and the text after its colon, which may be empty.
fn field_in(word: &str) -> Option<(&'static str, &str)> {
    let (name, value) = word.split_once(':')?;
    let field = match name.to_ascii_lowercase().as_str() {
        "owner" => "owner:",
        "tag" | "tags" => "tags:",
        "type" => "type:",
        "group" => "group:",
        _ => return None,
    };
    Some((field, value))
}

/// Quotes and backslashes are the only special characters between quotes.
fn is_syntax(character: char) -> bool {
    character == '"' || character == '\\' || character.is_control()
}

fn phrase(word: &str) -> String {
    let mut out = String::from('"');
    out.extend(word.chars().filter(|character| !is_syntax(*character)).take(LONGEST_WORD));
    out.push('"');
    out
}

/// Parses a page whose items are in the member `items`.
pub(super) fn page(fields: &Fields<'_, '_>, items: &'static str) -> Result<Page, Error> {
    let next = fields.number_or_none("nextStart")?.and_then(|start| u32::try_from(start).ok());
    Ok(Page {
        total: fields.number("total")?,
        next: next.filter(|next| (1..=LAST).contains(next)),
        items: fields.objects(items, found)?,
    })
}

pub(super) fn found(fields: &Fields<'_, '_>) -> Result<FoundItem, Error> {
    let text = |name, most| Ok(plain(fields.text_or_none(name)?.unwrap_or_default(), most));
    Ok(FoundItem {
        id: ItemId(fields.id("id")?),
        title: text("title", 250)?,
        kind: text("type", 100)?,
        access: text("access", 20)?,
        owner: text("owner", 200)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "orgid:\"org1\" AND (access:private OR access:shared OR access:org) \
                        AND NOT (type:\"Application\" AND typekeywords:\"Registered App\")";

    #[track_caller]
    fn check(words: &str, expected: &str) {
        let query = ItemQuery { org_id: "org1".to_owned(), words: words.to_owned(), ..ItemQuery::default() };
        assert_eq!(text(&query), [BASE, expected].concat());
    }

    #[test]
    fn typed_words_cannot_break_out_of_the_query() {
        check("", "");
        check("parks  Roads", " AND parks* AND roads*");
        check("\") OR access:public OR (\"", " AND \")\" AND or* AND \"access:public\" AND or* AND \"(\"");
        check("a\\\" OR b", " AND a* AND or* AND b*");
        check("owner:", " AND \"owner:\"");
        check("type:\"\" roads", " AND \"type:\" AND roads*");
        check("owner:a\"b OR", " AND owner:\"a\" AND b* AND or*");
        check("access:public", " AND \"access:public\"");
        check("\u{0}\n\t", "");
    }

    #[test]
    fn an_owner_a_tag_a_type_and_a_group_are_looked_for_as_such() {
        check("owner:jane_doe parks", " AND owner:\"jane_doe\" AND parks*");
        check("Owner:max@example.com TAG:roads", " AND owner:\"max@example.com\" AND tags:\"roads\"");
        check("type:Dashboard roads", " AND type:\"Dashboard\" AND roads*");
        check("group:0f1e", " AND group:\"0f1e\"");
        check("Type:\"Web Map\" roads", " AND type:\"Web Map\" AND roads*");
        check("tag:\"land use\"type:\"Web Map", " AND tags:\"land use\" AND type:\"Web Map\"");
        check("owner:\"a\" OR access:public", " AND owner:\"a\" AND or* AND \"access:public\"");
    }

    #[test]
    fn an_item_is_found_by_its_id_and_by_the_address_of_its_page() {
        let id = "0f".repeat(16);
        let found = ["orgid:\"org1\"", NO_CREDENTIALS, " AND id:\"", &id, "\""].concat();
        for words in [
            format!(" {id}\n"),
            format!("https://www.arcgis.com/home/item.html?id={id}#overview"),
            format!("https://services.example.com/items/{id}"),
        ] {
            let query = ItemQuery { org_id: "org1".to_owned(), words: words.clone(), ..ItemQuery::default() };
            assert_eq!(text(&query), found, "{words}: public or not");
        }
        check(&format!("parks {id}"), &format!(" AND parks* AND {id}*"));
        check(&id[1..], &format!(" AND {}*", &id[1..]));
    }

    #[test]
    fn a_long_query_stays_below_the_portals_limit() {
        let query = ItemQuery { words: "é".repeat(50_000) + &" x".repeat(5_000), ..ItemQuery::default() };
        assert!(text(&query).len() < 10_000);
    }

    #[test]
    fn the_items_of_a_folder_are_narrowed_as_a_search_narrows() {
        let id = "0f".repeat(16);
        let item = |title: &str, kind: &str, access: &str| FoundItem {
            title: title.to_owned(),
            kind: kind.to_owned(),
            access: access.to_owned(),
            owner: "jane".to_owned(),
            ..FoundItem::unknown(ItemId(id.clone()))
        };
        let query = |words: &str, kind: Option<&str>, sharing: Option<Sharing>| ItemQuery {
            words: words.to_owned(),
            kind: kind.map(str::to_owned),
            sharing,
            ..ItemQuery::default()
        };
        let parks = item("City PARKS 2026", "Web Map", "org");
        for (words, kind, sharing, expected) in [
            ("", None, None, true),
            ("parks city", None, None, true),
            ("web parks", None, None, true),
            ("roads", None, None, false),
            ("owner:Jane parks", None, None, true),
            ("owner:max", None, None, false),
            ("\"city parks\" type:map", None, None, true),
            ("type:\"web map\" parks", None, None, true),
            ("type:\"map web\"", None, None, false),
            ("type:Dashboard", None, None, false),
            ("tag:roads", None, None, true),
            ("", Some("Web Map"), None, true),
            ("", Some("Web Scene"), None, false),
            ("", None, Some(Sharing::Organization), true),
            ("", None, Some(Sharing::Private), false),
            (&id.to_uppercase(), None, None, true),
            (&id.replace("0f", "1f"), None, None, false),
        ] {
            assert_eq!(query(words, kind, sharing).fits(&parks), expected, "{words} {kind:?} {sharing:?}");
        }
        let (public, credential) = (item("Parks", "Web Map", "public"), item("A key", "Application", "private"));
        assert!(
            !query("", None, None).fits(&public) && query(&id, None, None).fits(&public),
            "only where asked for by id"
        );
        assert!(!query("", None, None).fits(&credential));
    }

    #[test]
    fn type_and_sharing_narrow_the_query() {
        let query = ItemQuery {
            org_id: "o\"1".to_owned(),
            kind: Some("Feature \"Service".to_owned()),
            sharing: Some(Sharing::Groups),
            ..ItemQuery::default()
        };
        assert_eq!(
            text(&query),
            ["orgid:\"o1\" AND access:shared", NO_CREDENTIALS, " AND type:\"Feature Service\""].concat()
        );
        for (sharing, access) in [(Sharing::Private, "private"), (Sharing::Organization, "org")] {
            let query = ItemQuery { org_id: "o1".to_owned(), sharing: Some(sharing), ..ItemQuery::default() };
            assert_eq!(text(&query), ["orgid:\"o1\" AND access:", access, NO_CREDENTIALS].concat());
        }
    }

    #[test]
    fn items_are_asked_for_by_id_within_the_organization_and_below_the_limit() {
        let ids = |id: &str, count: usize| vec![ItemId(id.to_owned()); count];
        let (encoded, _) = by_id("o1", &ids("a\" OR b", 2)).encode();
        let body = String::from_utf8(encoded.body.as_bytes().to_vec()).expect("a form is ASCII");
        let sent = crate::urlencoded::pairs(&body)
            .find(|(name, _)| *name == "q")
            .and_then(|(_, value)| crate::urlencoded::decoded(value));
        assert_eq!(sent.as_deref(), Some("orgid:\"o1\" AND (id:\"a OR b\" OR id:\"a OR b\")"));
        let (encoded, _) = by_id("o1", &ids(&"f".repeat(64), 100)).encode();
        assert!(encoded.body.as_bytes().len() < 10_000);
    }
}
