//! The session in use: renewed in time, by one request at a time; ended by its limits.

use crate::auth::session::{LimitStatus, Session};
use crate::portal::error::Error;
use crate::portal::id::ClientId;
use crate::portal::request::Request;
use crate::portal::tokens::SessionTokens;
use crate::secret::Secret;
use crate::timestamp::Timestamp;

/// Delays before asking the portal again who has signed in, in milliseconds.
const RETRY_MS: [u32; 2] = [2_000, 5_000];

/// A session in use.
#[derive(Debug)]
pub struct Active {
    session: Session,
    /// The time of the person's last activity.
    used: Timestamp,
    is_renewing: bool,
}

impl Active {
    /// Starts using a new session.
    pub fn new(session: Session, now: Timestamp) -> Self {
        Self { session, used: now, is_renewing: false }
    }

    /// The access token.
    pub fn token(&self) -> &Secret {
        self.session.token()
    }

    /// The app that the session was issued to.
    pub fn client_id(&self) -> &ClientId {
        self.session.client_id()
    }

    /// When it began, which also identifies it.
    pub fn began(&self) -> Timestamp {
        self.session.began()
    }

    /// The minutes that it may stay valid at a portal that was not notified of its end.
    pub fn minutes_left(&self, now: Timestamp) -> i64 {
        self.session.expires().millis_since(now).max(0) / 60_000 + 1
    }

    /// The request that revokes it at the portal.
    pub fn end(&self) -> Request<()> {
        self.session.end()
    }

    /// Records activity of the person.
    pub fn touch(&mut self, now: Timestamp) {
        self.used = now;
    }

    /// Whether a limit is near or reached.
    pub fn limit_status(&self, now: Timestamp) -> LimitStatus {
        self.session.limit_status(self.used, now)
    }

    /// The request that renews it, if renewal is due and none is in flight.
    pub fn begin_renewal(&mut self, now: Timestamp) -> Option<Request<SessionTokens>> {
        if self.is_renewing || !self.session.refresh_due(now) {
            return None;
        }
        self.is_renewing = true;
        self.session.refresh()
    }

    /// Handles the answer to a renewal. A failed renewal is retried with the next request. Returns false if the tokens
    /// are another person's: they are discarded, and the session is over.
    #[must_use]
    pub fn finish_renewal(&mut self, answer: Result<SessionTokens, Error>, now: Timestamp) -> bool {
        self.is_renewing = false;
        answer.map_or(true, |tokens| self.session.renew(tokens, now))
    }
}

/// Whether an answer ends the session: the portal says it is over, and no other session has begun since the request.
/// Sessions are identified by when they began.
pub fn ends_session(error: &Error, sent_in: Option<Timestamp>, current: Option<Timestamp>) -> bool {
    matches!(error, Error::SignedOut) && !has_another_begun(sent_in, current)
}

/// Whether another session has begun since a request was sent. Its account must not be shown the answer.
pub fn has_another_begun(sent_in: Option<Timestamp>, current: Option<Timestamp>) -> bool {
    current.is_some() && current != sent_in
}

/// The delay before asking the portal again who has signed in; `tries` counts the requests so far. `None` if the answer
/// is final: one lost answer does not end a new session.
pub fn identify_again_ms(error: &Error, tries: usize) -> Option<u32> {
    let is_lost = matches!(error, Error::Unreachable | Error::Unreadable { .. } | Error::Busy { .. });
    RETRY_MS.get(tries.checked_sub(1)?).copied().filter(|_| is_lost)
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::auth::session::Limit;
    use crate::portal::id::Username;

    const MINUTE: i64 = 60_000;

    fn tokens(username: &str) -> SessionTokens {
        SessionTokens {
            access: Secret::new("a".to_owned()),
            expires_in_s: 1800,
            refresh: Some(Secret::new("r".to_owned())),
            username: Some(Username(username.to_owned())),
        }
    }

    fn active() -> Active {
        Active::new(Session::new(tokens("jane"), ClientId("c".to_owned()), Timestamp(0)), Timestamp(0))
    }

    fn at(minute: i64) -> Timestamp {
        Timestamp(minute * MINUTE)
    }

    #[test]
    fn an_answer_is_for_the_session_that_asked_or_for_none() {
        let (first, second) = (Some(at(0)), Some(at(1)));
        let table = [(first, first, false), (first, second, true), (first, None, false), (None, second, true)];
        for (sent_in, current, expected) in table {
            assert_eq!(has_another_begun(sent_in, current), expected, "{sent_in:?} {current:?}");
        }
    }

    #[test]
    fn one_renewal_is_on_its_way_at_a_time() {
        let mut active = active();
        assert!(active.begin_renewal(at(24)).is_none());
        assert!(active.begin_renewal(at(25)).is_some());
        assert!(active.begin_renewal(at(26)).is_none());
        assert!(active.finish_renewal(Ok(tokens("jane")), at(26)));
        assert!(active.begin_renewal(at(50)).is_none());
        assert!(active.begin_renewal(at(51)).is_some());
    }

    #[test]
    fn a_renewal_that_fails_is_tried_again() {
        let mut active = active();
        assert!(active.begin_renewal(at(25)).is_some());
        assert!(active.finish_renewal(Err(Error::Unreachable), at(25)));
        assert!(active.begin_renewal(at(25)).is_some());
    }

    #[test]
    fn tokens_of_another_person_end_the_session() {
        let mut active = active();
        assert!(active.begin_renewal(at(25)).is_some());
        assert!(!active.finish_renewal(Ok(tokens("newt")), at(25)));
    }

    #[test]
    fn what_the_person_does_moves_the_end_of_an_idle_session() {
        let mut active = active();
        assert_eq!(active.limit_status(at(15)), LimitStatus::Over(Limit::Idle));
        active.touch(at(14));
        assert_eq!(active.limit_status(at(15)), LimitStatus::Fine);
    }

    #[test]
    fn minutes_left_are_rounded_up_and_at_least_one() {
        assert_eq!(active().minutes_left(Timestamp(1)), 30);
        assert_eq!(active().minutes_left(at(99)), 1);
    }

    #[test]
    fn a_late_answer_does_not_end_the_session_after_its_own() {
        let (first, second) = (Some(Timestamp(1)), Some(Timestamp(2)));
        assert!(ends_session(&Error::SignedOut, first, first));
        assert!(ends_session(&Error::SignedOut, first, None));
        assert!(!ends_session(&Error::SignedOut, first, second));
        assert!(!ends_session(&Error::SignedOut, None, second));
        assert!(!ends_session(&Error::Unreachable, first, first));
    }

    #[test]
    fn who_has_signed_in_is_asked_three_times_if_answers_are_lost() {
        let pauses = [1, 2, 3].map(|tries| identify_again_ms(&Error::Unreachable, tries));
        assert_eq!(pauses, [Some(2_000), Some(5_000), None]);
        assert_eq!(identify_again_ms(&Error::SignedOut, 1), None);
    }
}
