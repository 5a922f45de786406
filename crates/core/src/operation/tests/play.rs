//! Helpers for the tests of the machine: a plan, answers, and a machine that keeps a log.

use super::*;

pub(super) const NOW: Timestamp = Timestamp(1_795_000_000_000);
pub(super) const END: Timestamp = Timestamp(1_797_638_399_999);

pub(super) fn plan() -> Plan {
    Plan {
        id: OperationId::from_bytes([0xAB; 16]),
        portal_key: PortalKey("practice".to_owned()),
        owner: Username("jane".to_owned()),
        folder: Destination::Root,
        details: Details { title: "Map key".to_owned(), tags: vec!["maps".to_owned()], summary: String::new() },
        grants: Grants {
            privileges: vec![PrivilegeId("premium:user:basemaps".to_owned())],
            referrers: vec!["https://app.example.com".to_owned()],
            personal: false,
        },
        expires: END,
        slot: Slot::One,
        key_now: true,
        complete: true,
    }
}

pub(super) fn in_new_folder() -> Plan {
    Plan { folder: Destination::Titled("Keys".to_owned()), ..plan() }
}

pub(super) fn app(active: bool) -> RegisteredApp {
    RegisteredApp {
        client_id: ClientId("c1".to_owned()),
        privileges: plan().grants.privileges,
        referrers: plan().grants.referrers,
        active: [active, false],
    }
}

pub(super) fn item(id: &str, keyword: &str, expires: Option<Timestamp>) -> Item {
    Item {
        id: ItemId(id.to_owned()),
        title: "Map key".to_owned(),
        kind: "Application".to_owned(),
        keywords: vec![keyword.to_owned()],
        created: NOW,
        folder: None,
        expires: [expires, None],
    }
}

pub(super) fn ours(id: &str) -> Item {
    item(id, &plan().id.marker(), Some(END))
}

pub(super) fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

pub(super) fn refusal(code: i32, message: &str) -> Error {
    Error::Refused(Refusal::new(code, "", message, [].into_iter()))
}

/// The item does not exist, in a language that the code does not know.
pub(super) fn gone() -> Event {
    Event::Failed(Error::Refused(Refusal::new(400, "CONT_0001", "Xyz.", [].into_iter())))
}

pub(super) fn lost() -> Event {
    Event::Failed(Error::Unreachable)
}

/// A successful answer to each call.
pub(super) fn yes(call: &str) -> Event {
    Event::Answered(match call {
        "CreateFolder" => Answer::Folder(Folder { id: FolderId("f1".to_owned()), title: "Keys".to_owned() }),
        "AddItem" | "UpdateItem" => Answer::ItemId(ItemId("i1".to_owned())),
        "Register" | "ReadRegistration" => Answer::Registration(app(false), secret("client-secret")),
        "ReadItem" => Answer::Item(ours("i1")),
        "GenerateKey" => Answer::Key(secret("the-key")),
        "FindItem" => Answer::Items(vec![ours("i1")]),
        "ListFolders" => Answer::Folders(Vec::new()),
        "DeleteItem" | "RevokeKey" | "MoveItem" => Answer::Done,
        "UpdateRegistration" => Answer::RegistrationChanged(app(false)),
        other => panic!("no answer to {other}"),
    })
}

/// A machine with a log of its effects: `Name` of a call, `wait N`, `show`, `forget`.
pub(super) struct Play {
    pub(super) state: Option<State>,
    pub(super) log: Vec<String>,
}

impl Play {
    pub(super) fn of(plan: Plan) -> Self {
        let mut play = Self { state: Some(begin(plan)), log: Vec::new() };
        play.say(Event::Started);
        play
    }

    #[track_caller]
    pub(super) fn say(&mut self, event: Event) -> &mut Self {
        let (state, effects) = step(self.state.take().expect("put back below"), event, self.now());
        self.state = Some(state);
        for effect in effects {
            match effect {
                Effect::Send(call) => self.log.push(name(&call)),
                Effect::Sleep(ms) => self.log.push(["wait ", &(ms / 1000).to_string()].concat()),
                Effect::ShowKey(key) => {
                    assert_eq!(key.expose(), "the-key");
                    self.log.push("show".to_owned());
                }
                Effect::DeleteJournal => self.log.push("forget".to_owned()),
                Effect::SaveJournal(_) | Effect::HoldSecret(_) | Effect::WipeSecret => {}
            }
        }
        self
    }

    /// The time after all its waits.
    fn now(&self) -> Timestamp {
        let waits = self.log.iter().filter_map(|entry| entry.strip_prefix("wait ")?.parse::<i64>().ok());
        NOW.plus_millis(waits.sum::<i64>() * 1000)
    }

    /// Answers calls with success until `call` is in flight.
    #[track_caller]
    pub(super) fn until(&mut self, call: &str) -> &mut Self {
        for _ in 0..20 {
            let last = self.log.last().expect("something was asked for").clone();
            if last == call {
                return self;
            }
            self.say(if last.starts_with("wait") { Event::TimerFired } else { yes(&last) });
        }
        panic!("{call} never came: {:?}", self.log);
    }

    pub(super) fn stage(&self) -> &Stage {
        &self.state.as_ref().expect("a step puts it back").stage
    }

    pub(super) fn facts(&self) -> &Facts {
        &self.state.as_ref().expect("a step puts it back").operation.facts
    }

    #[track_caller]
    pub(super) fn log_is(&self, expected: &str) {
        assert_eq!(self.log.join(", "), expected);
    }
}

pub(super) fn name(call: &Call) -> String {
    let print = format!("{call:?}");
    let end = print.find([' ', '{']).unwrap_or(print.len());
    print[..end].to_owned()
}
