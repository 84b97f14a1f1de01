//! What happened, told in order to every screen that watches.

use domain::{EncounterRecord, EventBody, Language};
use intake::RedFlagRules;
use tokio::sync::broadcast;

use crate::rpc::types::Notice;

/// How many notices a slow screen may be behind before it is told that it missed some.
const BACKLOG: usize = 256;

/// The channel to the screens.
pub(crate) struct Notices {
    sender: broadcast::Sender<Notice>,
}

impl Notices {
    pub(crate) fn new() -> Self {
        Self { sender: broadcast::Sender::new(BACKLOG) }
    }

    /// Tells the screens what these events, now durable, did to the encounter.
    pub(crate) fn tell(
        &self,
        record: &EncounterRecord,
        events: &[EventBody],
        rules: &RedFlagRules,
        staff: &Language,
    ) {
        let send = |notice| {
            // Nobody watching is not an error.
            let _ = self.sender.send(notice);
        };
        for event in events {
            match event {
                EventBody::RedFlagRaised { rule, severity, .. } => send(Notice::RedFlagRaised {
                    encounter: record.id,
                    ticket: record.ticket.clone(),
                    severity: *severity,
                    title: rules.rule(rule).map_or_else(|| rule.clone(), |rule| rule.title(staff).to_owned()),
                }),
                EventBody::HelpRequested => {
                    send(Notice::HelpRequested { encounter: record.id, ticket: record.ticket.clone() });
                }
                _ => {}
            }
        }
        send(Notice::EncounterChanged { encounter: record.id, status: record.status });
    }

    /// Somebody at a kiosk wants a person and has no record yet.
    pub(crate) fn person_wanted(&self) {
        let _ = self.sender.send(Notice::PersonWanted);
    }

    /// A new screen's end of the channel. Where somebody waits for a person already, that is its first notice.
    pub(crate) fn watch(&self, somebody_waits: bool) -> Watch {
        Watch { first: somebody_waits.then_some(Notice::PersonWanted), receiver: self.sender.subscribe() }
    }
}

/// One screen's end of the channel.
pub struct Watch {
    first: Option<Notice>,
    receiver: broadcast::Receiver<Notice>,
}

impl Watch {
    /// The next notice; none once the engine is gone.
    pub async fn next(&mut self) -> Option<Notice> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        match self.receiver.recv().await {
            Ok(notice) => Some(notice),
            Err(broadcast::error::RecvError::Lagged(count)) => Some(Notice::Missed { count }),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}
