//! Controls a running portal over HTTP, for tests written in other languages. Accepts requests from this machine
//! only, and never from a page: a request with an `Origin` header is refused.
//!
//! `POST /practice/fault` takes `endpoint` and `fault`, and optionally `times` (a number or `always`), `skip`,
//! `number` (milliseconds of a delay or of a late effect, code of an error body), `message`, `effect` (`true` or
//! `false`).
//! `POST /practice/release` with `endpoint` releases held answers.
//! `POST /practice/reset` resets the portal, `POST /practice/advance` with `ms` advances the clock.

use std::net::SocketAddr;

use serde_json::json;

use crate::endpoint::Endpoint;
use crate::exchange::{Answered, Asked, JSON, Method};
use crate::fault::{Fault, Rule};
use crate::form::Form;
use crate::portal::Portal;

/// Answers the control paths; `None` for any other path.
pub(crate) fn answer(portal: &mut Portal, asked: &Asked, peer: Option<SocketAddr>) -> Option<Answered> {
    let action = asked.path.strip_prefix("/practice/")?;
    let local = peer.is_some_and(|peer| peer.ip().is_loopback());
    if asked.method != Method::Post || asked.origin.is_some() || !local {
        return Some(say(403, "only by POST, from this machine, and not from a page"));
    }
    let done = match action {
        "fault" => add_fault(portal, &asked.form),
        "release" => release(portal, &asked.form),
        "reset" => {
            portal.reset();
            Ok(())
        }
        "advance" => {
            portal.advance(asked.form.number("ms").unwrap_or(0));
            Ok(())
        }
        _ => Err("unknown path"),
    };
    Some(match done {
        Ok(()) => Answered::new(200, JSON, json!({"success": true}).to_string()),
        Err(why) => say(400, why),
    })
}

fn add_fault(portal: &mut Portal, form: &Form) -> Result<(), &'static str> {
    let endpoint = endpoint(form)?;
    let number = form.number("number").unwrap_or(0);
    let fault = Fault::parse(form.text("fault"), number, form.text("message")).ok_or("unknown fault")?;
    let mut rule = Rule::once(endpoint, fault);
    if form.text("times") == "always" {
        rule.times = None;
    } else if let Some(times) = form.number("times") {
        rule.times = Some(u32::try_from(times.max(1)).unwrap_or(1));
    }
    rule.skip = u32::try_from(form.number("skip").unwrap_or(0)).unwrap_or(0);
    if form.get("effect").is_some() {
        rule.effect = form.flag("effect");
    }
    portal.add_fault(rule);
    Ok(())
}

fn release(portal: &mut Portal, form: &Form) -> Result<(), &'static str> {
    portal.release(endpoint(form)?);
    Ok(())
}

fn endpoint(form: &Form) -> Result<Endpoint, &'static str> {
    Endpoint::parse(form.text("endpoint")).ok_or("unknown endpoint")
}

fn say(status: u16, why: &str) -> Answered {
    Answered::new(status, JSON, json!({"success": false, "why": why}).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{code, portal};

    fn here() -> Option<SocketAddr> {
        Some(SocketAddr::from(([127, 0, 0, 1], 5)))
    }

    #[test]
    fn a_fault_is_set_and_strikes() {
        let mut portal = portal();
        let asked = Asked::post("/practice/fault")
            .field("endpoint", "portalsSelf")
            .field("fault", "errorBody")
            .field("number", "500")
            .field("times", "2");
        assert_eq!(answer(&mut portal, &asked, here()).map(|answer| answer.status), Some(200));
        let codes = [0; 3].map(|_| code(&portal.post("/portals/self", &[])));
        assert_eq!(codes, [500, 500, 0]);
    }

    #[test]
    fn pages_and_other_machines_cannot_steer() {
        let mut portal = portal();
        let reset = Asked::post("/practice/reset");
        let page = reset.clone().from_page("https://page.test");
        assert_eq!(answer(&mut portal, &page, here()).map(|answer| answer.status), Some(403));
        let far = Some(SocketAddr::from(([10, 0, 0, 1], 5)));
        assert_eq!(answer(&mut portal, &reset, far).map(|answer| answer.status), Some(403));
        assert_eq!(answer(&mut portal, &Asked::get("/practice/reset"), here()).map(|answer| answer.status), Some(403));
        assert_eq!(answer(&mut portal, &Asked::post("/sharing/rest/info"), here()), None);
        assert_eq!(answer(&mut portal, &reset, here()).map(|answer| answer.status), Some(200));
    }
}
