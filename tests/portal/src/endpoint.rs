//! Every endpoint of the portal, its name for faults, and its path.

use crate::exchange::Method;
use crate::form::unescape;

/// The variable parts of a path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// The user in the path: a username or a user id (F-API-4).
    pub user: String,
    /// The folder id in the path.
    pub folder: Option<String>,
    /// The item id in the path.
    pub item: String,
    /// The client id in the path.
    pub client: String,
    /// The organization id in the path.
    pub org: String,
    /// The resource requested, for an endpoint that serves several.
    pub part: &'static str,
}

macro_rules! endpoints {
    ($($variant:ident $name:literal $writes:literal $what:literal;)*) => {
        /// An endpoint of the portal.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Endpoint { $(#[doc = $what] $variant,)* }

        impl Endpoint {
            /// All endpoints.
            pub const ALL: &[Endpoint] = &[$(Endpoint::$variant,)*];

            /// The name used by `POST /practice/fault` and in the log.
            pub fn name(self) -> &'static str {
                match self { $(Endpoint::$variant => $name,)* }
            }

            /// True if the endpoint changes something and so accepts only POST.
            pub fn writes(self) -> bool {
                match self { $(Endpoint::$variant => $writes,)* }
            }
        }
    };
}

endpoints! {
    Root "root" false "`/sharing/rest` itself.";
    Info "info" false "`info`, the description of the server.";
    PortalsSelf "portalsSelf" false "`portals/self`.";
    PortalById "portalById" false "`portals/{id}`.";
    ApiTokens "apiTokens" false "`portals/self/apiTokens`, the keys of an organization.";
    Nothing "nothing" false "What nobody here has, such as `portals/self/roles` and `community/groups`.";
    Report "report" true "`community/users/{u}/report`.";
    CommunitySelf "communitySelf" false "`community/self`.";
    CommunityUser "communityUser" false "`community/users/{u}`.";
    UserTags "userTags" false "`community/users/{u}/tags`.";
    UserContent "userContent" false "`content/users/{u}` and `content/users/{u}/{folder}`.";
    CreateFolder "createFolder" true "`content/users/{u}/createFolder`.";
    DeleteFolder "deleteFolder" true "`content/users/{u}/{folder}/delete`.";
    AddItem "addItem" true "`content/users/{u}/addItem`, also with a folder id before the last part.";
    ReadItem "readItem" false "`content/items/{id}`.";
    ItemData "itemData" false "`content/items/{id}/data`.";
    ItemParts "itemParts" false "`content/items/{id}/relatedItems`, `…/resources` and `…/dependencies`.";
    ItemGroups "itemGroups" false "`content/items/{id}/groups`.";
    Share "share" true "`…/items/{id}/share`, also as `content/items/{id}/share`.";
    Unshare "unshare" true "`…/items/{id}/unshare`, also as `content/items/{id}/unshare`.";
    UpdateItem "updateItem" true "`content/users/{u}/items/{id}/update`, also with a folder id.";
    MoveItem "moveItem" true "`…/items/{id}/move`.";
    DeleteItem "deleteItem" true "`…/items/{id}/delete`.";
    DeleteItems "deleteItems" true "`content/users/{u}/deleteItems`.";
    ItemStatus "itemStatus" false "`…/items/{id}/status`.";
    CanRecycle "canRecycle" false "`…/items/{id}/canRecycle`.";
    CanDelete "canDelete" false "`…/items/{id}/canDelete`.";
    Protect "protect" true "`…/items/{id}/protect`.";
    Unprotect "unprotect" true "`…/items/{id}/unprotect`.";
    RegisteredAppInfo "registeredAppInfo" false "`…/items/{id}/registeredAppInfo`.";
    Search "search" false "`search`.";
    Authorize "authorize" false "`oauth2/authorize`, the sign-in page.";
    Approval "approval" false "`oauth2/approval`, where an out-of-band code is shown.";
    Token "token" true "`oauth2/token`, all grants and API keys.";
    GenerateToken "generateToken" true "`generateToken`, a token for a username and any password.";
    RevokeToken "revokeToken" true "`oauth2/revokeToken`, for sessions and for API keys.";
    RegisterApp "registerApp" true "`oauth2/registerApp`.";
    ReadApp "readApp" false "`oauth2/apps/{client_id}`.";
    UpdateApp "updateApp" true "`oauth2/apps/{client_id}/update`.";
    Unregister "unregister" true "`oauth2/apps/{client_id}/unregister`.";
    ValidateRedirectUri "validateRedirectUri" false "`oauth2/validateRedirectUri`.";
    ValidateAppAccess "validateAppAccess" false "`oauth2/validateAppAccess`.";
    SignOut "signout" false "`oauth2/signout`.";
    WhoAmI "whoami" false "`practice/whoami`, which no real portal has.";
    ItemPage "itemPage" false "`/home/item.html`, the item's page for people.";
    StyleSheet "styleSheet" false "The style sheet of the portal's own pages.";
}

impl Endpoint {
    /// Looks up an endpoint by name, case-insensitively.
    pub fn parse(name: &str) -> Option<Endpoint> {
        let mut all = Endpoint::ALL.iter().copied();
        all.find(|endpoint| endpoint.name().eq_ignore_ascii_case(name))
    }

    /// True if the endpoint accepts this method; GET shows the sign-in page, POST submits the decision.
    pub fn takes(self, method: Method) -> bool {
        match method {
            Method::Post => true,
            Method::Get => !self.writes(),
            Method::Options | Method::Other => false,
        }
    }
}

/// True if a path belongs to the API, that is, below `/sharing`.
pub fn is_of_the_api(path: &str) -> bool {
    path.to_ascii_lowercase().contains("/sharing/")
}

/// The segments of a path: as sent, and in lower case for comparison, since the fixed segments are case-insensitive
/// (F-API-8).
#[derive(Clone, Copy)]
struct Path<'a> {
    own: &'a [String],
    low: &'a [&'a str],
}

impl<'a> Path<'a> {
    fn from(self, at: usize) -> Path<'a> {
        Path { own: &self.own[at..], low: &self.low[at..] }
    }
}

/// The endpoint for a path, with the path's variable parts.
///
/// Ignores a context before `/sharing`, so that `https://host/context` works too (F-API-1).
pub fn route(path: &str) -> Option<(Endpoint, Names)> {
    let folded = path.to_ascii_lowercase();
    let at = ["/sharing/", "/home/", "/practice.css"].iter().find_map(|start| folded.find(start))?;
    let mut own: Vec<String> = path[at + 1..].split('/').map(|part| unescape(part, false)).collect();
    // rest-js ends some paths with a slash.
    while own.last().is_some_and(String::is_empty) {
        own.pop();
    }
    let low: Vec<String> = own.iter().map(|own| own.to_ascii_lowercase()).collect();
    let low: Vec<&str> = low.iter().map(String::as_str).collect();
    let path = Path { own: &own, low: &low };
    match path.low {
        ["home", "item.html"] => Some((Endpoint::ItemPage, Names::default())),
        ["practice.css"] => Some((Endpoint::StyleSheet, Names::default())),
        ["sharing", "oauth2", ..] => oauth2(path.from(2)),
        ["sharing", "rest", ..] => rest_path(path.from(2)),
        _ => None,
    }
}

fn rest_path(path: Path<'_>) -> Option<(Endpoint, Names)> {
    let endpoint = match path.low {
        [] => Endpoint::Root,
        ["oauth2", ..] => return oauth2(path.from(1)),
        ["community", "groups" | "users"] => return Some(nothing("results")),
        ["community", "users", _, ..] => return community(&path.own[2], path.from(3)),
        ["content", "users", _, ..] => return content(&path.own[2], path.from(3)),
        ["content", "items", _, ..] => return item(&path.own[2], path.from(3)),
        ["content", "groups", _, "search"] => return Some(nothing("results")),
        ["generatetoken"] => Endpoint::GenerateToken,
        ["info"] => Endpoint::Info,
        ["portals", ..] => return portals(path.from(1)),
        ["community", "self"] => Endpoint::CommunitySelf,
        ["search"] => Endpoint::Search,
        ["practice", "whoami"] => Endpoint::WhoAmI,
        _ => return None,
    };
    Some((endpoint, Names::default()))
}

fn portals(path: Path<'_>) -> Option<(Endpoint, Names)> {
    let part = match path.low {
        ["self"] => return Some((Endpoint::PortalsSelf, Names::default())),
        ["self", "apitokens"] => return Some((Endpoint::ApiTokens, Names::default())),
        ["self", "apikeys"] => "apiKeys",
        ["self", "isservicenameavailable"] => "isServiceNameAvailable",
        ["self", "roles"] => "roles",
        ["self", "servers"] => "servers",
        ["self", "settings"] => "settings",
        ["self", "urls"] => "urls",
        ["self", "users", "search"] => "results",
        ["regions"] | ["self", "regions"] => "regions",
        [_] => return Some((Endpoint::PortalById, Names { org: path.own[0].clone(), ..Names::default() })),
        _ => return None,
    };
    Some(nothing(part))
}

fn nothing(part: &'static str) -> (Endpoint, Names) {
    (Endpoint::Nothing, Names { part, ..Names::default() })
}

/// The endpoints below `content/items/{id}`, whose path has no owner.
fn item(id: &str, path: Path<'_>) -> Option<(Endpoint, Names)> {
    let (endpoint, part) = match path.low {
        [] => (Endpoint::ReadItem, ""),
        ["data"] => (Endpoint::ItemData, ""),
        ["dependencies"] => (Endpoint::ItemParts, "dependencies"),
        ["groups"] => (Endpoint::ItemGroups, ""),
        ["relateditems"] => (Endpoint::ItemParts, "relatedItems"),
        ["resources"] => (Endpoint::ItemParts, "resources"),
        ["share"] => (Endpoint::Share, ""),
        ["unshare"] => (Endpoint::Unshare, ""),
        _ => return None,
    };
    let (endpoint, names) = of_item(endpoint, "", id);
    Some((endpoint, Names { part, ..names }))
}

fn oauth2(path: Path<'_>) -> Option<(Endpoint, Names)> {
    let endpoint = match path.low {
        ["authorize"] => Endpoint::Authorize,
        ["approval"] => Endpoint::Approval,
        ["token"] => Endpoint::Token,
        ["revoketoken"] => Endpoint::RevokeToken,
        ["registerapp"] => Endpoint::RegisterApp,
        ["validateappaccess"] => Endpoint::ValidateAppAccess,
        ["validateredirecturi"] => Endpoint::ValidateRedirectUri,
        ["signout"] => Endpoint::SignOut,
        ["apps", _] => Endpoint::ReadApp,
        ["apps", _, "update"] => Endpoint::UpdateApp,
        ["apps", _, "unregister"] => Endpoint::Unregister,
        _ => return None,
    };
    let client = path.own.get(1).cloned().unwrap_or_default();
    Some((endpoint, Names { client, ..Names::default() }))
}

fn community(user: &str, path: Path<'_>) -> Option<(Endpoint, Names)> {
    let endpoint = match path.low {
        [] => Endpoint::CommunityUser,
        ["tags"] => Endpoint::UserTags,
        ["report"] => Endpoint::Report,
        ["properties"] => return Some(nothing("properties")),
        ["userlicensetype"] => return Some(nothing("userLicenseType")),
        _ => return None,
    };
    Some(of_user(endpoint, user, None))
}

fn content(user: &str, path: Path<'_>) -> Option<(Endpoint, Names)> {
    let own = path.own;
    Some(match path.low {
        [] => of_user(Endpoint::UserContent, user, None),
        ["createfolder"] => of_user(Endpoint::CreateFolder, user, None),
        ["additem"] => of_user(Endpoint::AddItem, user, None),
        ["deleteitems"] => of_user(Endpoint::DeleteItems, user, None),
        ["items", _, action] => of_item(item_action(action)?, user, &own[1]),
        [_] => of_user(Endpoint::UserContent, user, Some(&own[0])),
        [_, "additem"] => of_user(Endpoint::AddItem, user, Some(&own[0])),
        [_, "delete"] => of_user(Endpoint::DeleteFolder, user, Some(&own[0])),
        [_, "items", _, action] => of_item(item_action(action)?, user, &own[2]),
        _ => return None,
    })
}

fn item_action(action: &str) -> Option<Endpoint> {
    Some(match action {
        "update" => Endpoint::UpdateItem,
        "move" => Endpoint::MoveItem,
        "delete" => Endpoint::DeleteItem,
        "canrecycle" => Endpoint::CanRecycle,
        "candelete" => Endpoint::CanDelete,
        "protect" => Endpoint::Protect,
        "unprotect" => Endpoint::Unprotect,
        "registeredappinfo" => Endpoint::RegisteredAppInfo,
        "share" => Endpoint::Share,
        "status" => Endpoint::ItemStatus,
        "unshare" => Endpoint::Unshare,
        _ => return None,
    })
}

fn of_user(endpoint: Endpoint, user: &str, folder: Option<&str>) -> (Endpoint, Names) {
    let names = Names { user: user.to_owned(), folder: folder.map(str::to_owned), ..Names::default() };
    (endpoint, names)
}

fn of_item(endpoint: Endpoint, user: &str, item: &str) -> (Endpoint, Names) {
    let names = Names { user: user.to_owned(), item: item.to_owned(), ..Names::default() };
    (endpoint, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: Option<Endpoint>) {
        assert_eq!(route(path).map(|route| route.0), expected, "{path}");
    }

    #[test]
    fn every_path_of_the_call_sequence_leads_to_its_endpoint() {
        for (path, endpoint) in [
            ("", Endpoint::Root),
            ("oauth2/authorize", Endpoint::Authorize),
            ("oauth2/revokeToken/", Endpoint::RevokeToken),
            ("oauth2/apps/abc/update", Endpoint::UpdateApp),
            ("content/users/jane/createFolder", Endpoint::CreateFolder),
            ("content/users/jane/addItem", Endpoint::AddItem),
            ("content/users/jane/f1/addItem", Endpoint::AddItem),
            ("content/users/jane/items/a1/update", Endpoint::UpdateItem),
            ("content/users/jane/f1/items/a1/update", Endpoint::UpdateItem),
            ("content/users/jane/items/a1/status", Endpoint::ItemStatus),
            ("content/users/jane/f1/items/a1/status", Endpoint::ItemStatus),
            ("content/users/jane/items/a1/registeredAppInfo", Endpoint::RegisteredAppInfo),
        ] {
            check(&format!("/sharing/rest/{path}"), Some(endpoint));
        }
    }

    #[test]
    fn a_context_is_ignored_and_unknown_paths_lead_nowhere() {
        check("/sharing/oauth2/authorize", Some(Endpoint::Authorize));
        check("/portal/sharing/rest", Some(Endpoint::Root));
        check("/portal/sharing/rest/portals/self", Some(Endpoint::PortalsSelf));
        check("/sharing/rest/nothing", None);
        check("/sharing/rest/portals", None);
        check("/sharing/rest/portals/self/nothing", None);
        check("/sharing/rest/content/items/a1/nothing", None);
        check("/elsewhere", None);
    }

    #[test]
    fn names_in_a_path_are_decoded() {
        let (_, names) = route("/sharing/rest/content/users/a%40b%2Fc/f1").expect("a known path");
        assert_eq!(names.user, "a@b/c");
        assert_eq!(names.folder.as_deref(), Some("f1"));
    }

    #[test]
    fn fixed_words_of_a_path_heed_no_case_and_names_keep_theirs() {
        check("/sharing/rest/Community/Self", Some(Endpoint::CommunitySelf));
        check("/Sharing/REST/oauth2/registerapp", Some(Endpoint::RegisterApp));
        let (endpoint, names) = route("/sharing/rest/Content/Users/Jane/F1/Items/A1/RegisteredAppInfo").expect("known");
        assert_eq!((endpoint, names.user.as_str(), names.item.as_str()), (Endpoint::RegisteredAppInfo, "Jane", "A1"));
        let (_, names) = route("/sharing/rest/oauth2/Apps/aBc").expect("known");
        assert_eq!(names.client, "aBc");
    }

    #[test]
    fn every_name_leads_back_to_its_endpoint() {
        for endpoint in Endpoint::ALL {
            assert_eq!(Endpoint::parse(endpoint.name()), Some(*endpoint));
        }
    }

    #[test]
    fn what_writes_takes_no_get() {
        assert!(!Endpoint::AddItem.takes(Method::Get));
        assert!(Endpoint::RegisteredAppInfo.takes(Method::Get));
        assert!(!Endpoint::ReadItem.takes(Method::Options));
    }
}
