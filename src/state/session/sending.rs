//! Sending requests as the signed-in person, with tokens that are renewed in time.

use std::pin::Pin;

use key_wizard_core::{
    auth::{active, session::Limit},
    portal::{
        error::Error,
        request::{Encoded, Request},
        response::Raw,
    },
};

use super::{Connection, SessionStore};
use crate::platform::time;

impl SessionStore {
    /// Sends a request with the session's token, renewing it first if it is about to expire. Ends the session on the
    /// screen when the portal says it is over. [`Error::SignedOut`] if another session has begun meanwhile.
    pub async fn send<T: 'static>(self, request: Request<T>) -> Result<T, Error> {
        let (encoded, awaited) = request.encode();
        let sent_in = self.began();
        let answer = self.post_signed(encoded).await.and_then(|raw| awaited.decode(&raw));
        if let Err(error) = &answer
            && active::ends_session(error, sent_in, self.began())
        {
            self.expire(Limit::Portal);
        }
        answer
    }

    /// The part of [`send`](Self::send) that is the same for every answer, boxed so that its code exists once.
    fn post_signed(self, mut encoded: Encoded) -> Pin<Box<dyn Future<Output = Result<Raw, Error>>>> {
        Box::pin(async move {
            let sent_in = self.began();
            self.renew().await;
            if active::has_another_begun(sent_in, self.began()) {
                return Err(Error::SignedOut);
            }
            let client = self.connection(|connection| {
                encoded.sign(connection.active.as_ref()?.token());
                Some(connection.client.clone())
            });
            let Some(client) = client.flatten() else { return Err(Error::SignedOut) };
            let answer = client.post(encoded).await;
            match active::has_another_begun(sent_in, self.began()) {
                true => Err(Error::SignedOut),
                false => answer,
            }
        })
    }

    async fn renew(self) {
        let due = self.change(|Connection { client, active, .. }| {
            let active = active.as_mut()?;
            Some((client.clone(), active.begin_renewal(time::now())?, active.began()))
        });
        let Some((client, request, began)) = due else { return };
        let answer = client.send(request, None).await;
        self.change(|connection| {
            // Another session may have begun meanwhile, perhaps at another portal.
            let active = connection.active.as_mut().filter(|active| active.began() == began)?;
            if !active.finish_renewal(answer, time::now()) {
                connection.active = None;
            }
            Some(())
        });
    }
}
