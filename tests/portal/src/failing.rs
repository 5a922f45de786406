//! Applies faults to requests, and runs late effects.

use crate::endpoint::{Endpoint, Names, route};
use crate::exchange::{Answered, Asked, JSON};
use crate::fault::{Fault, Rule};
use crate::portal::Portal;

impl Portal {
    /// Fails the next request to this endpoint.
    pub fn fault(&mut self, endpoint: Endpoint, fault: Fault) {
        self.faults.add(Rule::once(endpoint, fault));
    }

    /// Fails the next request to any endpoint.
    pub fn fault_next(&mut self, fault: Fault) {
        self.next = Some(fault);
    }

    /// Adds a fault with its own count, start and effect.
    pub fn add_fault(&mut self, rule: Rule) {
        self.faults.add(rule);
    }

    /// Clears all pending faults.
    pub fn clear_faults(&mut self) {
        self.faults.clear();
    }

    /// True if every fault with a limited count is used up.
    pub fn faults_are_spent(&self) -> bool {
        self.faults.is_spent()
    }

    /// True if every fault has struck at least once, unlimited ones included.
    pub fn faults_have_struck(&self) -> bool {
        self.faults.have_struck()
    }

    /// True once any fault has struck.
    pub fn has_any_fault_struck(&self) -> bool {
        self.faults.has_any_struck()
    }

    /// Releases the held answers of this endpoint.
    pub fn release(&mut self, endpoint: Endpoint) {
        self.held.retain(|_, of| *of != endpoint);
    }

    /// True if an answer of this endpoint is held.
    pub fn holds(&self, endpoint: Endpoint) -> bool {
        self.held.values().any(|of| *of == endpoint)
    }

    /// True if the answer with this number is held.
    pub(crate) fn is_held(&self, number: u64) -> bool {
        self.held.contains_key(&number)
    }

    fn hold(&mut self, endpoint: Endpoint) -> u64 {
        let number = self.held.last_key_value().map_or(0, |(number, _)| number + 1);
        self.held.insert(number, endpoint);
        number
    }

    /// Applies the late requests that are due.
    pub(crate) fn catch_up(&mut self) {
        let now = self.now_ms;
        let due: Vec<_> = self.late.extract_if(.., |(due, _)| due.is_some_and(|due| due <= now)).collect();
        for (due, asked) in due {
            self.now_ms = due.unwrap_or(now);
            self.perform_again(&asked);
        }
        self.now_ms = now;
    }

    /// Applies all late requests now.
    pub fn settle(&mut self) {
        for (_, asked) in std::mem::take(&mut self.late) {
            self.perform_again(&asked);
        }
    }

    pub(crate) fn answer_or_fail(&mut self, endpoint: Endpoint, names: Names, asked: &Asked) -> Answered {
        let next = self.next.take().map(|fault| Rule::once(endpoint, fault));
        let Some(rule) = next.or_else(|| self.faults.take(endpoint)) else {
            return self.perform(endpoint, names, asked);
        };
        if rule.fault == Fault::ExpiredToken
            && let Some(token) = asked.token()
        {
            self.world.sessions.remove(token);
        }
        match rule.fault {
            Fault::Late => self.late.push((None, asked.clone())),
            Fault::SilentThenLate { late_ms } | Fault::LostThenLate { late_ms } => {
                self.late.push((Some(self.now_ms + late_ms), asked.clone()));
            }
            _ => {}
        }
        if rule.fault == Fault::Twice {
            self.perform(endpoint, names.clone(), asked);
        }
        let right = match rule.effect {
            true => self.perform(endpoint, names, asked),
            false => self.stamp(asked, Answered::new(200, JSON, "{}".to_owned())),
        };
        let mut spoilt = rule.fault.spoil(right);
        if rule.fault == Fault::Held {
            spoilt.held = Some(self.hold(endpoint));
        }
        if spoilt.status >= 429 && !self.switches.errors_carry_cors {
            spoilt.allow_origin = None;
        }
        if self.switches.exposes_retry_after {
            spoilt = spoilt.header("Access-Control-Expose-Headers", "Retry-After".to_owned());
        }
        spoilt
    }

    pub(crate) fn perform_again(&mut self, asked: &Asked) {
        if let Some((endpoint, names)) = route(&asked.path) {
            self.perform(endpoint, names, asked);
        }
    }
}
