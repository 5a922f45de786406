//! The requests of `Create`: runs the operation against answers that let every request succeed. Secrets and everything
//! that only the portal knows are named placeholders.

use crate::config::PortalKey;
use crate::credential::spec::Spec;
use crate::operation::{self, Answer, Call, Effect, Event, Identity, OperationId, Plan};
use crate::portal::folders::Folder;
use crate::portal::id::{ClientId, FolderId, ItemId, Slot, Username};
use crate::portal::items::Item;
use crate::portal::registration::RegisteredApp;
use crate::secret::Secret;
use crate::timestamp::Timestamp;
use crate::urlencoded;

/// A value that is not known before the portal has answered, or that is never shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// The username, percent-encoded for a path.
    Username,
    /// The session's token.
    Token,
    /// The id of a new folder.
    Folder,
    /// The item's id.
    Item,
    /// The client id of the registered app.
    Client,
    /// The client secret of the registered app.
    ClientSecret,
    /// The random id of the operation.
    Operation,
    /// The key.
    Key,
}

/// A part of a path or of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Literal text; in a path, already percent-encoded.
    Text(String),
    /// A placeholder.
    Unknown(Unknown),
}

/// Joins the parts for display; unknown values become placeholders.
pub fn shown(parts: &[Part]) -> String {
    let text = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Unknown(unknown) => unknown.placeholder().to_owned(),
    };
    parts.iter().map(text).collect()
}

/// A request, a `POST` of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The path below `sharing/rest/`.
    pub path: Vec<Part>,
    /// Names and values, in the order in which they are sent.
    pub fields: Vec<(String, Vec<Part>)>,
    /// Whether it only reads.
    pub is_read: bool,
    /// The values in its answer, each with its JSON path.
    pub gives: &'static [(Unknown, &'static [&'static str])],
}

impl Unknown {
    const ALL: [Unknown; 8] = [
        Self::Username,
        Self::Token,
        Self::Folder,
        Self::Item,
        Self::Client,
        Self::ClientSecret,
        Self::Operation,
        Self::Key,
    ];

    /// Its placeholder in a displayed request.
    pub fn placeholder(self) -> &'static str {
        match self {
            Self::Username => "<username>",
            Self::Token => "<token>",
            Self::Folder => "<folder id>",
            Self::Item => "<item id>",
            Self::Client => "<client id>",
            Self::ClientSecret => "<client secret>",
            Self::Operation => "<random id>",
            Self::Key => "<API key>",
        }
    }

    /// Marks its position while the operation runs: no text of a person contains this character (`credential/text.rs`).
    fn mark(self) -> String {
        [MARK, self.placeholder(), MARK].concat()
    }
}

const MARK: &str = "\u{1}";

/// The requests of `Create`, in order. Without an owner, the username is a placeholder.
pub fn requests(spec: &Spec, owner: Option<&Username>, folders: &[Folder]) -> Vec<Sent> {
    let id = OperationId::from_bytes([0; 16]);
    let owner = owner.cloned().unwrap_or_else(|| Username(Unknown::Username.mark()));
    // Only a journal names the portal, and none is written here.
    let who = Identity { id, portal_key: PortalKey(String::new()), owner };
    let plan = Plan::new(spec, who, folders);
    let now = Timestamp(0);
    let mut sent = Vec::new();
    let (mut state, mut effects) = operation::step(operation::begin(plan.clone()), Event::Started, now);
    while let Some(Effect::Send(call)) = effects.pop() {
        sent.push(request(&call, &plan));
        let Some(answer) = success(&call, &plan) else { break };
        (state, effects) = operation::step(state, Event::Answered(answer), now);
    }
    sent
}

fn request(call: &Call, plan: &Plan) -> Sent {
    let secret = Secret::new(Unknown::ClientSecret.mark());
    let (encoded, _) = call.request(&plan.owner, Some(&secret)).encode();
    let operation = plan.id.as_str();
    let fields = urlencoded::pairs(std::str::from_utf8(encoded.body.as_bytes()).unwrap_or_default());
    let mut fields: Vec<(String, Vec<Part>)> = fields
        .map(|(name, value)| {
            let value = urlencoded::decoded(value).unwrap_or_default();
            let value =
                if name == "typeKeywords" { value.replace(operation, &Unknown::Operation.mark()) } else { value };
            (name.to_owned(), parts(&value))
        })
        .collect();
    if !call.needs_client_secret() {
        fields.push(("token".to_owned(), vec![Part::Unknown(Unknown::Token)]));
    }
    let mut path = encoded.path;
    for unknown in Unknown::ALL {
        path = path.replace(&urlencoded::encoded(&unknown.mark()), &unknown.mark());
    }
    Sent { path: parts(&path), fields, is_read: call.is_read(), gives: gives(call) }
}

/// Splits a text at the marks; each mark becomes a placeholder.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for (place, piece) in text.split(MARK).enumerate() {
        // Marks come in pairs, so every second piece is between the two of a pair.
        let unknown = Unknown::ALL.into_iter().find(|unknown| place % 2 == 1 && unknown.placeholder() == piece);
        match unknown {
            Some(unknown) => parts.push(Part::Unknown(unknown)),
            None if piece.is_empty() => {}
            None => parts.push(Part::Text(piece.to_owned())),
        }
    }
    if parts.is_empty() { vec![Part::Text(String::new())] } else { parts }
}

fn gives(call: &Call) -> &'static [(Unknown, &'static [&'static str])] {
    match call {
        Call::CreateFolder { .. } => &[(Unknown::Folder, &["folder", "id"])],
        Call::AddItem { .. } => &[(Unknown::Item, &["id"])],
        Call::Register { .. } => &[(Unknown::Client, &["client_id"]), (Unknown::ClientSecret, &["client_secret"])],
        Call::GenerateKey { .. } => &[(Unknown::Key, &["access_token"])],
        _ => &[],
    }
}

/// The answer of a portal at which every call succeeds.
fn success(call: &Call, plan: &Plan) -> Option<Answer> {
    let item = || ItemId(Unknown::Item.mark());
    let keyless = || RegisteredApp {
        client_id: ClientId(Unknown::Client.mark()),
        privileges: plan.grants.privileges.clone(),
        referrers: plan.grants.referrers.clone(),
        active: [false; 2],
    };
    Some(match call {
        Call::CreateFolder { title } => {
            Answer::Folder(Folder { id: FolderId(Unknown::Folder.mark()), title: title.clone() })
        }
        Call::AddItem { .. } | Call::UpdateItem { .. } => Answer::ItemId(item()),
        Call::Register { .. } | Call::ReadRegistration { .. } => {
            Answer::Registration(keyless(), Secret::new(String::new()))
        }
        Call::ReadItem { .. } => Answer::Item(Item {
            id: item(),
            title: plan.details.title.clone(),
            kind: String::new(),
            keywords: Vec::new(),
            created: Timestamp(0),
            folder: None,
            expires: Slot::ALL.map(|slot| (slot == plan.slot).then_some(plan.expires)),
        }),
        // The key is the last step.
        _ => return None,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::credential::draft::{Draft, KeyChoice};
    use crate::portal::id::PrivilegeId;

    /// 2026-11-29 12:00 UTC.
    const NOW: Timestamp = Timestamp(1_795_953_600_000);

    pub(in crate::by_hand) fn draft() -> Draft {
        Draft {
            expiration: "2027-02-27".to_owned(),
            referrers: vec!["https://app.example.com".to_owned()],
            privileges: vec![PrivilegeId("premium:user:basemaps".to_owned())],
            title: "<item id>".to_owned(),
            folder: "Keys".to_owned(),
            ..Draft::default()
        }
    }

    pub(in crate::by_hand) fn played(draft: &Draft) -> Vec<Sent> {
        requests(&draft.check(NOW).expect("the draft is right"), Some(&Username("jane@x".to_owned())), &[])
    }

    pub(in crate::by_hand) fn nobody(draft: &Draft) -> Vec<Sent> {
        requests(&draft.check(NOW).expect("the draft is right"), None, &[])
    }

    fn paths(sent: &[Sent]) -> Vec<String> {
        sent.iter().map(|request| shown(&request.path)).collect()
    }

    #[test]
    fn the_requests_are_those_of_a_creation_in_their_order() {
        let sent = played(&draft());
        assert_eq!(
            paths(&sent),
            [
                "content/users/jane%40x/createFolder",
                "content/users/jane%40x/<folder id>/addItem",
                "oauth2/registerApp",
                "content/users/jane%40x/items/<item id>/update",
                "content/items/<item id>",
                "oauth2/token",
            ]
        );
        assert_eq!(
            sent.iter().map(|request| request.is_read).collect::<Vec<_>>(),
            [false, false, false, false, true, false]
        );
        let fields = |sent: &Sent| {
            sent.fields.iter().map(|(name, value)| [name, "=", &shown(value)].concat()).collect::<Vec<_>>()
        };
        assert_eq!(
            fields(&sent[1]),
            [
                "f=json",
                "type=Application",
                "typeKeywords=akw-op:<random id>",
                "title=<item id>",
                "tags=",
                "snippet=",
                "token=<token>"
            ]
        );
        assert_eq!(sent[1].fields[3].1, [Part::Text("<item id>".to_owned())], "a title is never taken for an id");
        assert_eq!(
            fields(&sent[5]),
            [
                "f=json",
                "grant_type=client_credentials",
                "client_id=<client id>",
                "client_secret=<client secret>",
                "apiToken=1",
                "regenerateApiToken=false"
            ]
        );
    }

    #[test]
    fn without_a_sign_in_the_username_is_left_open() {
        let sent = nobody(&draft());
        assert_eq!(shown(&sent[0].path), "content/users/<username>/createFolder");
        assert!(sent[0].path.contains(&Part::Unknown(Unknown::Username)));
    }

    #[test]
    fn an_existing_folder_is_not_made_and_a_key_for_later_not_asked_for() {
        let later = Draft { key: KeyChoice::Later, ..draft() };
        let folder = Folder { id: FolderId("f1".to_owned()), title: "keys".to_owned() };
        let spec = later.check(NOW).expect("the draft is right");
        let sent = requests(&spec, Some(&Username("jane".to_owned())), &[folder]);
        let expected = [
            "content/users/jane/f1/addItem",
            "oauth2/registerApp",
            "content/users/jane/items/<item id>/update",
            "content/items/<item id>",
        ];
        assert_eq!(paths(&sent), expected);
    }
}
