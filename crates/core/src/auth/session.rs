//! A signed-in session: its tokens, when to renew it, and when it must end.

use crate::portal::id::{ClientId, Username};
use crate::portal::request::Request;
use crate::portal::tokens::{self, SessionTokens};
use crate::secret::Secret;
use crate::timestamp::Timestamp;

/// Tokens count as expired this much earlier, as in Esri's clients (F-TOKEN-3): 5 minutes in milliseconds.
const EARLY_MS: i64 = 5 * 60 * 1000;
/// An idle session ends after 15 minutes, in milliseconds.
const IDLE_MS: i64 = 15 * 60 * 1000;
/// Every session ends after 60 minutes, in milliseconds.
const ABSOLUTE_MS: i64 = 60 * 60 * 1000;
/// The lead time of the warning before a limit, in milliseconds.
const WARNING_MS: i64 = 3 * 60 * 1000;
/// The maximum lifetime of a token, in seconds: two weeks (F-TOKEN-12). Longer values are capped to avoid overflow.
const LONGEST_S: i64 = 14 * 24 * 60 * 60;

/// A session. Its tokens are here and nowhere else.
#[derive(Debug)]
pub struct Session {
    access: Secret,
    refresh: Option<Secret>,
    client_id: ClientId,
    username: Option<Username>,
    began: Timestamp,
    renewed: Timestamp,
    expires: Timestamp,
}

impl Session {
    /// Begins a session with the tokens from the code exchange.
    pub fn new(tokens: SessionTokens, client_id: ClientId, now: Timestamp) -> Self {
        Self {
            expires: expiry(&tokens, now),
            access: tokens.access,
            refresh: tokens.refresh,
            client_id,
            username: tokens.username,
            began: now,
            renewed: now,
        }
    }

    /// The access token.
    pub fn token(&self) -> &Secret {
        &self.access
    }

    /// The app that the session was issued to.
    pub fn client_id(&self) -> &ClientId {
        &self.client_id
    }

    /// When it began.
    pub fn began(&self) -> Timestamp {
        self.began
    }

    /// When the access token expires.
    pub fn expires(&self) -> Timestamp {
        self.expires
    }

    /// Whether renewal is due: five minutes before the end, or halfway through a shorter lifetime.
    pub fn refresh_due(&self, now: Timestamp) -> bool {
        let life = self.expires.millis_since(self.renewed);
        self.refresh.is_some() && self.expires.millis_since(now) <= EARLY_MS.min(life / 2)
    }

    /// The request that renews it, if it has a refresh token.
    pub fn refresh(&self) -> Option<Request<SessionTokens>> {
        self.refresh.as_ref().map(|refresh| tokens::refresh(&self.client_id, refresh))
    }

    /// Takes over new tokens. Returns false and discards them if they are another person's.
    pub fn renew(&mut self, tokens: SessionTokens, now: Timestamp) -> bool {
        if tokens.username.is_some() && self.username.is_some() && tokens.username != self.username {
            return false;
        }
        self.expires = expiry(&tokens, now);
        self.renewed = now;
        self.access = tokens.access;
        if tokens.refresh.is_some() {
            self.refresh = tokens.refresh;
        }
        true
    }

    /// The request that revokes it at the portal: revoking the refresh token also revokes its access tokens.
    pub fn end(&self) -> Request<()> {
        tokens::end_session(&self.client_id, self.refresh.as_ref().unwrap_or(&self.access))
    }

    /// The status of the session's limits; `active` is the time of the person's last activity.
    pub fn limit_status(&self, active: Timestamp, now: Timestamp) -> LimitStatus {
        let (mut at, mut by) = (active.plus_millis(IDLE_MS), Limit::Idle);
        let latest = self.began.plus_millis(ABSOLUTE_MS);
        if latest <= at {
            (at, by) = (latest, Limit::Absolute);
        }
        // With a refresh token, the page renews it without notice.
        if self.refresh.is_none() && self.expires <= at {
            (at, by) = (self.expires, Limit::Portal);
        }
        match at.millis_since(now) {
            left if left <= 0 => LimitStatus::Over(by),
            left if left <= WARNING_MS => LimitStatus::EndsSoon { minutes: (left + 59_999) / 60_000, by },
            _ => LimitStatus::Fine,
        }
    }
}

/// The status of a session's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitStatus {
    /// No limit is near.
    Fine,
    /// It ends within so many minutes, rounded up, unless extended.
    EndsSoon {
        /// From 1 to 3.
        minutes: i64,
        /// The limit.
        by: Limit,
    },
    /// It must end now.
    Over(Limit),
}

/// The remaining minutes that a creation needs.
const CREATION_MINUTES: i64 = 2;

impl LimitStatus {
    /// The limit that must end the session before anything is sent.
    pub fn limit(self) -> Option<Limit> {
        match self {
            Self::Over(by) => Some(by),
            Self::Fine | Self::EndsSoon { .. } => None,
        }
    }

    /// The same for a call of a creation, which must not be cut off before its key is generated.
    pub fn limit_for_creation(self) -> Option<Limit> {
        match self {
            Self::EndsSoon { minutes: ..=CREATION_MINUTES, .. } => Some(Limit::Soon),
            status => status.limit(),
        }
    }
}

/// A limit that ends a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Nobody used the page for 15 minutes.
    Idle,
    /// It lasted for 60 minutes.
    Absolute,
    /// The portal's token expires, and there is no refresh token.
    Portal,
    /// It would have ended before a key was generated.
    Soon,
    /// The page was left, and the browser restored it from its back/forward cache.
    Left,
}

fn expiry(tokens: &SessionTokens, now: Timestamp) -> Timestamp {
    now.plus_millis(1000 * tokens.expires_in_s.clamp(0, LONGEST_S))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    fn tokens(expires_in_s: i64, refresh: Option<&str>, username: &str) -> SessionTokens {
        SessionTokens {
            access: Secret::new("a".to_owned()),
            expires_in_s,
            refresh: refresh.map(|refresh| Secret::new(refresh.to_owned())),
            username: Some(Username(username.to_owned())),
        }
    }

    fn session(expires_in_s: i64) -> Session {
        Session::new(tokens(expires_in_s, Some("r"), "jane"), ClientId("c".to_owned()), Timestamp(0))
    }

    #[track_caller]
    fn check_due(expires_in_s: i64, at_min: i64, expected: bool) {
        assert_eq!(session(expires_in_s).refresh_due(Timestamp(at_min * MINUTE)), expected);
    }

    #[test]
    fn a_session_is_renewed_five_minutes_before_its_end_or_halfway() {
        check_due(1800, 0, false);
        check_due(1800, 24, false);
        check_due(1800, 25, true);
        check_due(1800, 99, true);
        check_due(240, 1, false);
        check_due(240, 2, true);
    }

    #[test]
    fn without_a_refresh_token_it_is_never_renewed() {
        let session = Session::new(tokens(60, None, "jane"), ClientId("c".to_owned()), Timestamp(0));
        assert!(!session.refresh_due(Timestamp(55_000)));
        assert!(session.refresh().is_none());
        assert_eq!(session.expires(), Timestamp(60_000));
    }

    #[test]
    fn a_renewal_keeps_the_refresh_token_and_moves_the_end() {
        let mut session = session(1800);
        assert!(session.renew(tokens(1800, None, "jane"), Timestamp(25 * MINUTE)));
        assert!(session.refresh().is_some());
        assert_eq!(session.expires(), Timestamp(55 * MINUTE));
        assert!(!session.refresh_due(Timestamp(26 * MINUTE)));
    }

    #[test]
    fn a_renewal_for_another_person_is_refused() {
        let mut session = session(1800);
        assert!(!session.renew(tokens(1800, None, "max"), Timestamp(1)));
        assert_eq!(session.expires(), Timestamp(30 * MINUTE));
    }

    #[test]
    fn absurd_lifetimes_neither_overflow_nor_last() {
        assert_eq!(session(i64::MAX).expires(), Timestamp(14 * 24 * 60 * MINUTE));
        assert!(session(i64::MIN).expires() <= Timestamp(0));
    }

    #[track_caller]
    fn check_status(session: &Session, active_min: i64, now_min: i64, expected: LimitStatus) {
        assert_eq!(session.limit_status(Timestamp(active_min * MINUTE), Timestamp(now_min * MINUTE)), expected);
    }

    #[test]
    fn a_session_ends_when_idle_and_at_the_latest_after_an_hour() {
        let session = session(1800);
        check_status(&session, 0, 11, LimitStatus::Fine);
        check_status(&session, 0, 12, LimitStatus::EndsSoon { minutes: 3, by: Limit::Idle });
        check_status(&session, 0, 14, LimitStatus::EndsSoon { minutes: 1, by: Limit::Idle });
        check_status(&session, 0, 15, LimitStatus::Over(Limit::Idle));
        check_status(&session, 50, 56, LimitStatus::Fine);
        check_status(&session, 55, 58, LimitStatus::EndsSoon { minutes: 2, by: Limit::Absolute });
        check_status(&session, 59, 60, LimitStatus::Over(Limit::Absolute));
    }

    #[test]
    fn a_creation_is_not_begun_in_the_last_two_minutes() {
        let soon = |minutes| LimitStatus::EndsSoon { minutes, by: Limit::Idle };
        assert_eq!(soon(2).limit_for_creation(), Some(Limit::Soon));
        assert_eq!(soon(3).limit_for_creation(), None);
        assert_eq!(LimitStatus::Fine.limit_for_creation(), None);
        assert_eq!(LimitStatus::Over(Limit::Idle).limit_for_creation(), Some(Limit::Idle));
        assert_eq!((soon(1).limit(), LimitStatus::Over(Limit::Absolute).limit()), (None, Some(Limit::Absolute)));
    }

    #[test]
    fn without_a_refresh_token_the_portals_own_limit_counts() {
        let session = Session::new(tokens(600, None, "jane"), ClientId("c".to_owned()), Timestamp(0));
        check_status(&session, 6, 6, LimitStatus::Fine);
        check_status(&session, 8, 8, LimitStatus::EndsSoon { minutes: 2, by: Limit::Portal });
        check_status(&session, 9, 10, LimitStatus::Over(Limit::Portal));
    }
}
