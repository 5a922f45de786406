//! A body that arrives byte by byte.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Bytes, HttpBody};
use http_body::Frame;
use tokio::time::{Interval, MissedTickBehavior, interval};

/// The remaining bytes, one at each tick.
pub(super) struct Drip {
    bytes: Bytes,
    ticks: Interval,
}

impl Drip {
    /// A body that completes after this time.
    pub(super) fn new(bytes: Bytes, over: Duration) -> Drip {
        let drops = u32::try_from(bytes.len().max(1)).unwrap_or(u32::MAX);
        let mut ticks = interval((over / drops).max(Duration::from_millis(1)));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Drip { bytes, ticks }
    }
}

impl HttpBody for Drip {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.bytes.is_empty() {
            return Poll::Ready(None);
        }
        ready!(self.ticks.poll_tick(context));
        let drop = self.bytes.split_to(1);
        Poll::Ready(Some(Ok(Frame::data(drop))))
    }
}
