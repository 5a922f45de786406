//! The next call on the way to what is wanted.

use crate::operation::decide::Next;
use crate::operation::model::call::Call;
use crate::operation::model::operation::Work;
use crate::operation::model::plan::Place;
use crate::operation::model::stage::Stage;
use crate::portal::apps::App;
use crate::portal::id::ItemId;
use crate::timestamp::Timestamp;

/// The first thing the plan still lacks. The order is part of the promise: what can be undone first, the key last.
pub fn next(work: &mut Work, now: Timestamp) -> Next {
    content(work).or_else(|| registration(work)).map_or_else(|| key(work, now), Next::Call)
}

fn content(work: &Work) -> Option<Call> {
    let (plan, made) = (&work.plan, &work.made);
    if let (false, Place::Titled(title)) = (made.folder_ready, &plan.folder) {
        return Some(Call::CreateFolder { title: title.clone() });
    }
    let Some(item) = &made.item else {
        let mut details = plan.details.clone();
        if let (Some(_), Some(title)) = (made.item_sent, &made.item_title) {
            // Where keywords are dropped, what a late answer leaves is known by its title.
            details.title = title.clone();
        }
        return Some(Call::AddItem { folder: made.folder.clone(), details, keyword: plan.id.keyword() });
    };
    if let Some(extra) = made.extras.first() {
        // At once: a page that dies forgets it, and after a new title or folder it might not be found again.
        return Some(Call::DeleteItem { item: extra.clone() });
    }
    let moves = made.item_folder != made.folder;
    if moves && !made.swept {
        // A portal that lists one folder at a time would not show a twin in the old folder later.
        return Some(made.find());
    }
    moves.then(|| Call::MoveItem { item: item.clone(), folder: made.folder.clone() })
}

fn registration(work: &Work) -> Option<Call> {
    let (plan, made) = (&work.plan, &work.made);
    let item = made.item.clone()?;
    let Some(app) = &made.app else {
        return Some(Call::Register { item, grants: plan.grants.clone() });
    };
    if made.grants.as_ref() != Some(&plan.grants) {
        return Some(Call::UpdateApp { item, client_id: app.client_id.clone(), grants: plan.grants.clone() });
    }
    let details = (made.details.as_ref() != Some(&plan.details)).then(|| plan.details.clone());
    if details.is_some() && !made.swept {
        // Where keywords are dropped, a twin is known by its title.
        return Some(made.find());
    }
    if details.is_some() || made.expires != Some(plan.expires) {
        return Some(Call::UpdateItem { item, slot: plan.slot, expires: plan.expires, details });
    }
    made.item_read.is_none().then_some(Call::ReadItem { item })
}

fn key(work: &mut Work, now: Timestamp) -> Next {
    let differences = work.differences();
    let made = &work.made;
    if !differences.is_empty() && made.agreed.as_ref() != Some(&differences) {
        return Next::Stop(Stage::Differs(differences));
    }
    if made.item_doubled && !made.swept {
        return Next::Call(made.find());
    }
    if made.secret_held
        && let Some(look) = late_key(work, now)
    {
        return look;
    }
    let (plan, made) = (&work.plan, &work.made);
    let is_active = made.app.as_ref().is_some_and(|it| it.is_active(plan.slot));
    // A key for later leaves none behind that was made before; whether there is one is read first.
    let may_live = is_active || made.key_sent && !made.key_revoked && !made.secret_held;
    if !plan.key_now && !may_live {
        return Next::Stop(Stage::Made);
    }
    let item = made.item.clone().expect("`content` gives a call until there is an item");
    match &made.app {
        Some(app) if made.secret_held => Next::Call(generate(work, item, app)),
        _ => Next::Call(Call::ReadApp { item }),
    }
}

/// A key that was asked for and is not there yet may still come, and would live unseen; an end that was asked for may
/// still come, and would end the next key. One more look, when it must have come.
pub fn late_key(work: &mut Work, now: Timestamp) -> Option<Next> {
    let made = &mut work.made;
    let is_active = made.app.as_ref()?.is_active(work.plan.slot);
    let item = made.item.clone().filter(|_| is_active == made.key_ending)?;
    let ms = Some(made.late_key_ms(now)).filter(|it| *it > 0)?;
    made.app_read = false;
    made.key_asked = None;
    Some(Next::Later(Call::ReadApp { item }, ms))
}

/// The key call. A key that is already in the slot is revoked first, because a replaced key may live on (F-KEY-4);
/// it is replaced directly only where the portal refuses to revoke it (F-KEY-3).
pub fn generate(work: &Work, item: ItemId, app: &App) -> Call {
    let (slot, client_id) = (work.plan.slot, app.client_id.clone());
    let replace = app.is_active(slot);
    match replace && !(work.made.revoke_refused && work.plan.key_now) {
        true => Call::RevokeKey { item, client_id, slot },
        false => Call::GenerateKey { item, client_id, slot, replace },
    }
}
