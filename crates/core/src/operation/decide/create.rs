//! The next call toward the planned credential.

use crate::operation::decide::Decision;
use crate::operation::model::call::Call;
use crate::operation::model::operation::Operation;
use crate::operation::model::plan::Destination;
use crate::operation::model::stage::Stage;
use crate::portal::id::ItemId;
use crate::portal::registration::RegisteredApp;
use crate::timestamp::Timestamp;

/// The first thing the plan still lacks. The order is part of the promise: reversible steps first, the key last.
pub fn next(operation: &mut Operation, now: Timestamp) -> Decision {
    content(operation).or_else(|| registration(operation)).map_or_else(|| key(operation, now), Decision::Call)
}

fn content(operation: &Operation) -> Option<Call> {
    let (plan, facts) = (&operation.plan, &operation.facts);
    if let (false, Destination::Titled(title)) = (facts.folder.is_ready(), &plan.folder) {
        return Some(Call::CreateFolder { title: title.clone() });
    }
    let Some(item) = facts.item.id() else {
        let mut details = plan.details.clone();
        if let (true, Some(title)) = (facts.item.is_requested(), facts.item.requested_title()) {
            // On a portal that drops keywords, an item from a late answer is recognized by its title.
            details.title = title.to_owned();
        }
        return Some(Call::AddItem { folder: facts.folder.id().cloned(), details, marker: plan.id.marker() });
    };
    if let Some(duplicate) = facts.item.duplicates().first() {
        // Delete it now: a reload loses its id, and after a change of title or folder a search might miss it.
        return Some(Call::DeleteItem { item: duplicate.clone() });
    }
    let moves = facts.item.folder() != facts.folder.id();
    if moves && !facts.item.is_searched_for_duplicates() {
        // Search before the move: a portal that lists one folder at a time would not show a duplicate in the old folder
        // later.
        return Some(facts.find());
    }
    moves.then(|| Call::MoveItem { item: item.clone(), folder: facts.folder.id().cloned() })
}

fn registration(operation: &Operation) -> Option<Call> {
    let (plan, facts) = (&operation.plan, &operation.facts);
    let item = facts.item.id()?.clone();
    let Some(app) = &facts.app else {
        return Some(Call::Register { item, grants: plan.grants.clone() });
    };
    if facts.grants.as_ref() != Some(&plan.grants) {
        return Some(Call::UpdateRegistration { item, client_id: app.client_id.clone(), grants: plan.grants.clone() });
    }
    let details = (facts.details.as_ref() != Some(&plan.details)).then(|| plan.details.clone());
    if details.is_some() && !facts.item.is_searched_for_duplicates() {
        // On a portal that drops keywords, a duplicate is recognized by its title.
        return Some(facts.find());
    }
    if details.is_some() || facts.expires != Some(plan.expires) {
        return Some(Call::UpdateItem { item, slot: plan.slot, expires: plan.expires, details });
    }
    facts.item_read.is_none().then_some(Call::ReadItem { item })
}

fn key(operation: &mut Operation, now: Timestamp) -> Decision {
    let differences = operation.differences();
    let facts = &operation.facts;
    if !differences.is_empty() && facts.agreed.as_ref() != Some(&differences) {
        return Decision::Stop(Stage::Mismatch(differences));
    }
    if facts.item.may_be_doubled() && !facts.item.is_searched_for_duplicates() {
        return Decision::Call(facts.find());
    }
    if facts.secret_held
        && let Some(look) = late_key(operation, now)
    {
        return look;
    }
    let (plan, facts) = (&operation.plan, &operation.facts);
    // If the key is to be generated later, no earlier key may stay alive; read first whether there is one.
    let may_live = operation.slot_is_active() || facts.key.may_live() && !facts.secret_held;
    if !plan.key_now && !may_live {
        return Decision::Stop(Stage::CreatedWithoutKey);
    }
    let item = facts.item.id().cloned().expect("`content` gives a call until there is an item");
    match &facts.app {
        Some(app) if facts.secret_held => Decision::Call(generate(operation, item, app)),
        _ => Decision::Call(Call::ReadRegistration { item }),
    }
}

/// A lost key request may still take effect and leave a key nobody has seen; a lost revocation may still take effect
/// and end the next key. Looks once more, at a time when either must have taken effect.
pub fn late_key(operation: &mut Operation, now: Timestamp) -> Option<Decision> {
    let is_active = operation.slot_is_active();
    let facts = &mut operation.facts;
    facts.app.as_ref()?;
    let item = facts.item.id().cloned().filter(|_| is_active == facts.key.is_ending())?;
    let ms = Some(facts.key.late_ms(now)).filter(|ms| *ms > 0)?;
    facts.app_read = false;
    facts.key.looked_for_at_last();
    Some(Decision::Later(Call::ReadRegistration { item }, ms))
}

/// The call for the key. Revokes a key that is already in the slot first, because a replaced key may live on (F-KEY-4);
/// replaces it directly only if the portal refuses to revoke it (F-KEY-3).
pub fn generate(operation: &Operation, item: ItemId, app: &RegisteredApp) -> Call {
    let (slot, client_id) = (operation.plan.slot, app.client_id.clone());
    let replace = app.is_active(slot);
    match replace && !(operation.facts.key.is_revocation_refused() && operation.plan.key_now) {
        true => Call::RevokeKey { item, client_id, slot },
        false => Call::GenerateKey { item, client_id, slot, replace },
    }
}
