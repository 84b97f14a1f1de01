//! What happened, told in order to every screen that watches.

use domain::{EncounterRecord, EventBody, Language, Permission, Role};
use intake::RedFlagRules;
use tokio::sync::broadcast;

use crate::rpc::types::Notice;

/// How many notices a slow screen may be behind before it is told that it missed some.
const BACKLOG: usize = 1024;

/// The channel to the screens.
pub(crate) struct Notices {
    sender: broadcast::Sender<(Audience, Notice)>,
}

/// Whom a notice is for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Audience {
    /// Everybody who sees the work list.
    Staff,
    /// Everybody who manages models.
    Models,
    /// One session, by its token.
    Session(String),
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
            let _ = self.sender.send((Audience::Staff, notice));
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
        let _ = self.sender.send((Audience::Staff, Notice::PersonWanted));
    }

    /// Tells those who manage models how far the work on them is.
    pub(crate) fn models(&self, notice: Notice) {
        let _ = self.sender.send((Audience::Models, notice));
    }

    /// Tells one session.
    pub(crate) fn to(&self, token: &str, notice: Notice) {
        let _ = self.sender.send((Audience::Session(token.to_owned()), notice));
    }

    /// A new screen's end of the channel, for somebody in a role: its own notices, and those that the role may see. Where
    /// somebody waits for a person already, that is the first notice of who sees the work list.
    pub(crate) fn watch(&self, token: &str, role: Role, somebody_waits: bool) -> Watch {
        let staff = role.may(Permission::EncounterList);
        Watch {
            first: (staff && somebody_waits).then_some(Notice::PersonWanted),
            token: token.to_owned(),
            staff,
            models: role.may(Permission::ModelsManage),
            receiver: self.sender.subscribe(),
        }
    }
}

/// One screen's end of the channel.
pub struct Watch {
    first: Option<Notice>,
    token: String,
    staff: bool,
    models: bool,
    receiver: broadcast::Receiver<(Audience, Notice)>,
}

impl Watch {
    /// The next notice; none once the engine is gone.
    pub async fn next(&mut self) -> Option<Notice> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            match self.receiver.recv().await {
                Ok((Audience::Staff, notice)) if self.staff => return Some(notice),
                Ok((Audience::Models, notice)) if self.models => return Some(notice),
                Ok((Audience::Session(token), notice)) if token == self.token => return Some(notice),
                Ok(_) => {}
                Err(broadcast::error::RecvError::Lagged(count)) => return Some(Notice::Missed { count }),
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}
