//! Step 3: which private items the key may open.

use leptos::prelude::*;

use super::items_dialog::ItemsDialog;
use crate::{
    app::App,
    credential::{draft::GrantedItem, problem::Field as Name},
    html, i18n,
    ui::{
        button::Button,
        field::Field,
        picked::{Entry, Picked},
    },
};

/// The most items one credential may open (facts d.1).
pub const MOST: usize = 100;

/// The fields of the step.
#[component]
pub fn Items() -> impl IntoView {
    let app = App::here();
    let browsing = RwSignal::new(false);
    let entries = Signal::derive(move || app.draft(|draft| draft.items.iter().map(entry).collect::<Vec<_>>()));
    let count = move || i18n::items_chosen(app.draft(|draft| draft.items.len()));
    let close = move || {
        browsing.set(false);
        crate::browser::focus::on(Name::Items.id());
    };
    html! {
        <p>
            {"A key opens public items and, with the right privileges, ArcGIS services without any of this. "}
            {"Choose items here only if your app must open private ones. If it need not, skip this step."}
        </p>
        <div class="stack stack--close">
            <Field id=Name::Items.id() label="Items the key may open" error=app.error_of(Name::Items)>
                <div class="button-row">
                    <button type="button" class="button" id=Name::Items.id() on:click=move |_| browsing.set(true)>
                        {"Browse items"}
                    </button>
                    <Show when=move || app.draft(|draft| draft.items.is_empty())>
                        <Button words="Skip" on_press=move || app.next() />
                    </Show>
                </div>
            </Field>
            <p class="hint" role="status">{count}</p>
            <Picked
                label="Chosen items"
                remove="Remove"
                entries=entries
                on_remove=move |place| app.edit(|draft| { draft.items.remove(place); })
            />
        </div>
        {move || browsing.get().then(|| html! { <ItemsDialog on_close=close /> })}
    }
}

fn entry(item: &GrantedItem) -> Entry {
    Entry { words: item.title.clone(), about: format!("{} · {}", item.kind, i18n::sharing(&item.access)) }
}
