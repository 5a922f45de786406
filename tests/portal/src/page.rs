//! HTML pages: sign-in, errors, an item, and JSON when `f=json` is missing. They have no scripts, escape all text
//! from outside, and add a strict policy as a second defense.

use serde_json::Value;

use crate::exchange::Answered;
use crate::form::Form;
use crate::oauth2::redirect::OUT_OF_BAND;
use crate::portal::{Call, Done, Portal, Reply};
use crate::state::app::App;
use crate::state::person::User;

const STYLE: &str = include_str!("practice.css");

/// The style sheet of these pages.
pub(crate) fn style_sheet() -> Reply {
    let answered = Answered::new(200, "text/css;charset=utf-8", STYLE.to_owned());
    Ok(Done::Page(answered))
}

/// The sign-in page (F-SIGNIN-1): a choice of users, Allow and Cancel, no password. The form posts to the page's own
/// address, so the query repeats the app's request.
pub(crate) fn sign_in(portal: &Portal, form: &Form, app: &App, last: &str) -> Answered {
    let chosen = portal.world.users.get(last).map_or("jane", |user| user.username.as_str());
    let users = portal.world.users.values();
    let people: String = users.map(|user| person(user, user.username == chosen)).collect();
    let body = format!(
        "<h1>Sign in to the practice portal</h1>\
         <p><strong>{}</strong> asks to act for you. This is a portal for practice: no password, \
         and nothing you do here leaves this machine.</p>\
         <form method=\"post\">\
         <fieldset><legend>Who are you?</legend>{people}</fieldset>\
         <div class=\"buttons\">\
         <button type=\"submit\" name=\"decision\" value=\"allow\">Allow</button>\
         <button type=\"submit\" name=\"decision\" value=\"cancel\">Cancel</button>\
         </div></form>",
        text(&app.title)
    );
    let answered = whole(200, "Sign in", &body, &form_target(form.text("redirect_uri")));
    answered.header("Cache-Control", "no-store".to_owned())
}

/// The sign-in's error page: status 400 and no redirect (F-SIGNIN-3). It has the message in both forms: the title
/// includes the status, and Python looks for the form without it (F-SIGNIN-18).
pub(crate) fn problem(words: &str) -> Answered {
    let body = format!(
        "<h1>Sign-in is not possible</h1><p class=\"note\">Error: {}</p>\
         <p>The app that sent you here is not registered in this portal with this address.</p>",
        text(words)
    );
    whole(400, &format!("Error: 400 {words}"), &body, "'none'")
}

/// A server's error page for a request that never reached the portal.
pub(crate) fn refused(status: u16, words: &str) -> Answered {
    whole(status, "Error", &format!("<h1>{status}</h1><p>{}</p>", text(words)), "'none'")
}

/// The page of an out-of-band code; scripts read the code from its title (F-SIGNIN-17).
pub(crate) fn approval(code: &str) -> Answered {
    let body = format!("<h1>Copy this code into the app</h1><p><code>{}</code></p>", text(code));
    titled(200, &format!("SUCCESS code={code}"), &body, "'none'")
}

/// The page after signing out.
pub(crate) fn signed_out() -> Answered {
    let body = "<h1>You are signed out</h1><p>You may close this page.</p>";
    whole(200, "Signed out", body, "'none'")
}

/// The item's page; it shows only public fields, since page requests carry no token.
pub(crate) fn item(portal: &Portal, call: &Call) -> Reply {
    let id = call.form.text("id");
    let known = portal.world.items.get(id).filter(|item| !item.in_bin);
    let answered = match known {
        Some(item) => {
            let body = format!(
                "<h1>{}</h1><p>{} of <strong>{}</strong></p><p><code>{}</code></p>",
                text(&item.title),
                text(&item.kind),
                text(&item.owner),
                text(&item.id)
            );
            whole(200, "Item", &body, "'none'")
        }
        None => whole(404, "Item", "<h1>Item does not exist or is inaccessible.</h1>", "'none'"),
    };
    Ok(Done::Page(answered))
}

/// Renders JSON as a page: the portal's answer without `f=json` (F-API-2).
pub(crate) fn of_value(value: &Value) -> Answered {
    let pretty = format!("{value:#}");
    let body = format!("<h1>Practice portal</h1><pre>{}</pre>", text(&pretty));
    whole(200, "Practice portal", &body, "'none'")
}

/// Escapes text for HTML.
fn text(raw: &str) -> String {
    raw.chars().fold(String::with_capacity(raw.len()), |mut out, character| {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            character => out.push(character),
        }
        out
    })
}

fn person(user: &User, chosen: bool) -> String {
    let checked = if chosen { " checked" } else { "" };
    let name = text(&user.username);
    format!(
        "<div class=\"person\"><label><input type=\"radio\" name=\"username\" value=\"{name}\"{checked} \
         aria-describedby=\"about-{name}\"><span class=\"who\">{} ({name})</span></label>\
         <div class=\"what\" id=\"about-{name}\">{}</div></div>",
        text(&user.full_name),
        text(&user.note)
    )
}

/// The policy's `form-action`: this page, and the app, since browsers apply it to the redirect too.
fn form_target(redirect_uri: &str) -> String {
    let origin = match redirect_uri.split_once("://") {
        Some((scheme, rest)) if redirect_uri != OUT_OF_BAND => {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            format!(" {scheme}://{host}")
        }
        _ => String::new(),
    };
    format!("'self'{origin}")
}

/// The home page.
pub fn home() -> Answered {
    whole(200, "Home", "<h1>Practice portal</h1>", "'none'")
}

fn whole(status: u16, title: &str, body: &str, form_action: &str) -> Answered {
    titled(status, &format!("{title} · practice portal"), body, form_action)
}

/// A page with exactly this title.
fn titled(status: u16, title: &str, body: &str, form_action: &str) -> Answered {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{}</title><link rel=\"stylesheet\" href=\"/practice.css\">\
         <link rel=\"icon\" href=\"data:,\"></head><body><main>{body}</main></body></html>",
        text(title)
    );
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src data:; form-action {form_action}; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    Answered::page(status, html)
        .header("Content-Security-Policy", policy)
        .header("X-Content-Type-Options", "nosniff".to_owned())
        .header("Referrer-Policy", "no-referrer".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::Asked;
    use crate::testing::portal;

    #[test]
    fn hostile_titles_are_text_on_every_page() {
        let mut portal = portal();
        let hostile =
            portal.items_of("jane").into_iter().find(|item| item.title.contains("<img")).expect("a hostile title");
        let page = portal.answer(Asked::get(&format!("/home/item.html?id={}", hostile.id)));
        assert!(page.body.contains("&lt;img src=x onerror=alert(1)&gt;"));
        assert!(!page.body.contains("<img"));
    }

    #[test]
    fn an_unknown_item_has_a_page_that_says_so() {
        assert_eq!(portal().answer(Asked::get("/home/item.html?id=x")).status, 404);
    }

    #[test]
    fn the_style_sheet_is_a_file() {
        let answered = portal().answer(Asked::get("/practice.css"));
        assert!(answered.content_type.starts_with("text/css"));
    }
}
