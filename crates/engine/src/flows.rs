//! Every way that something can leave this machine, or come onto it: one table, from which the page is made.

use std::collections::HashMap;

use domain::Who;
use store::AuditEntry;

use crate::rpc::types::{
    DataFlows, Flow, FlowAct, FlowContent as Content, FlowDirection as Direction, FlowLine, FlowPage as Page,
    FlowState as State,
};
use crate::voice::settings;
use crate::{Engine, Error, destinations, device};

/// A way, as it is built.
struct Way {
    flow: Flow,
    direction: Direction,
    content: Content,
    /// Whether a socket is opened for it.
    network: bool,
    state: fn(&Engine) -> State,
    /// What the audit trail calls setting it, and using it.
    set: &'static [&'static str],
    used: &'static [&'static str],
    page: Option<Page>,
}

const fn by_hand(_: &Engine) -> State {
    State::ByHand
}

const fn on(_: &Engine) -> State {
    State::On
}

const fn absent(_: &Engine) -> State {
    State::Absent
}

const fn switched(on: bool) -> State {
    if on { State::On } else { State::Off }
}

const SETS_DESTINATIONS: &[&str] = &["destinations.save", "destinations.remove"];

/// All of them. A method that lets a file out must be named here: a test compares this with the schema.
const WAYS: &[Way] = &[
    Way {
        flow: Flow::Exports,
        direction: Direction::Leaves,
        content: Content::Plain,
        network: false,
        state: by_hand,
        set: &[],
        used: &["encounters.export"],
        page: None,
    },
    Way {
        flow: Flow::DestinationFolders,
        direction: Direction::Leaves,
        content: Content::Plain,
        network: false,
        state: |engine| switched(destinations::on_now(engine).0 > 0),
        set: SETS_DESTINATIONS,
        used: &[destinations::PUT],
        page: Some(Page::Destinations),
    },
    Way {
        flow: Flow::DestinationEndpoints,
        direction: Direction::Leaves,
        content: Content::Plain,
        network: true,
        state: |engine| switched(destinations::on_now(engine).1 > 0),
        set: SETS_DESTINATIONS,
        used: &[destinations::POSTED],
        page: Some(Page::Destinations),
    },
    Way {
        flow: Flow::LanguageServer,
        direction: Direction::Leaves,
        content: Content::Plain,
        network: true,
        state: |engine| switched(crate::endpoint::in_use(engine).is_some()),
        set: &["endpoint.save", "endpoint.remove"],
        used: &[],
        page: Some(Page::Endpoint),
    },
    Way {
        flow: Flow::Backups,
        direction: Direction::Leaves,
        content: Content::Encrypted,
        network: false,
        state: by_hand,
        set: &[],
        used: &["backup.create"],
        page: Some(Page::Backup),
    },
    Way {
        flow: Flow::Print,
        direction: Direction::Leaves,
        content: Content::Plain,
        network: false,
        state: |engine| switched(device::read(engine).prints_tickets),
        set: &["kiosk.configure"],
        used: &[],
        page: Some(Page::Kiosk),
    },
    Way {
        flow: Flow::Reports,
        direction: Direction::Leaves,
        content: Content::NoRecords,
        network: false,
        state: by_hand,
        set: &[],
        used: &["audit.export", "analytics.export"],
        page: None,
    },
    Way {
        flow: Flow::SupportBundle,
        direction: Direction::Leaves,
        content: Content::NoRecords,
        network: false,
        state: by_hand,
        set: &[],
        used: &["support.save"],
        page: Some(Page::Diagnostics),
    },
    Way {
        flow: Flow::UsageReports,
        direction: Direction::Leaves,
        content: Content::NoRecords,
        network: false,
        state: by_hand,
        set: &[],
        used: &["usage.report"],
        page: Some(Page::Licence),
    },
    Way {
        flow: Flow::Hub,
        direction: Direction::Leaves,
        content: Content::Encrypted,
        network: true,
        state: absent,
        set: &[],
        used: &[],
        page: None,
    },
    Way {
        flow: Flow::Import,
        direction: Direction::Comes,
        content: Content::Plain,
        network: false,
        state: by_hand,
        set: &[],
        used: &["encounters.import"],
        page: None,
    },
    Way {
        flow: Flow::Files,
        direction: Direction::Comes,
        content: Content::NoRecords,
        network: false,
        state: by_hand,
        set: &[],
        used: &["licence.install", "brand.install", "protocols.reload", "models.import"],
        page: None,
    },
    Way {
        flow: Flow::ModelDownload,
        direction: Direction::Comes,
        content: Content::NoRecords,
        network: true,
        state: by_hand,
        set: &[],
        used: &["models.fetch"],
        page: Some(Page::Models),
    },
    Way {
        flow: Flow::Microphone,
        direction: Direction::Stays,
        content: Content::Encrypted,
        network: false,
        state: by_hand,
        set: &["sound.configure"],
        used: &["recording.start"],
        page: Some(Page::Retention),
    },
    Way {
        flow: Flow::KioskVoice,
        direction: Direction::Stays,
        content: Content::Plain,
        network: false,
        state: |engine| switched(settings::read(engine).kiosk_speaks),
        set: &["sound.configure"],
        used: &[],
        page: Some(Page::Sound),
    },
    Way {
        flow: Flow::Vault,
        direction: Direction::Stays,
        content: Content::Encrypted,
        network: false,
        state: on,
        set: &[],
        used: &[],
        page: None,
    },
    Way {
        flow: Flow::Log,
        direction: Direction::Stays,
        content: Content::NoRecords,
        network: false,
        state: on,
        set: &[],
        used: &[],
        page: Some(Page::Diagnostics),
    },
    Way {
        flow: Flow::Browser,
        direction: Direction::Stays,
        content: Content::Plain,
        network: true,
        state: by_hand,
        set: &[],
        used: &[],
        page: None,
    },
];

/// The table as it stands now.
pub(crate) fn read(engine: &Engine) -> Result<DataFlows, Error> {
    let vault = engine.vault()?;
    let names: HashMap<_, _> = vault.people()?.into_iter().map(|person| (person.id, person.name)).collect();
    let acts = vault.audit_latest()?;
    let newest = |actions: &[&str]| {
        let of_these = |entry: &&AuditEntry| actions.contains(&entry.action.as_str());
        let entry = acts.iter().filter(of_these).max_by_key(|entry| entry.sequence)?;
        let by = match entry.actor.who {
            Who::Person(person) => names.get(&person).cloned(),
            Who::Device(_) => None,
        };
        Some(FlowAct { at: entry.time.wall, by })
    };
    let flows = WAYS
        .iter()
        .map(|way| FlowLine {
            flow: way.flow,
            direction: way.direction,
            state: (way.state)(engine),
            content: way.content,
            network: way.network,
            set: newest(way.set),
            used: newest(way.used),
            page: way.page,
        })
        .collect();
    Ok(DataFlows { generated: engine.now(), flows })
}

#[cfg(test)]
mod tests {
    use std::any::TypeId;
    use std::collections::BTreeSet;

    use super::*;
    use crate::rpc::schema::{Method, MethodVisitor, RULES, visit_methods};
    use crate::rpc::types::{BackupCreated, ExportedFile, UsageReported};

    /// The methods whose answer is a file, or says where one was written.
    #[derive(Default)]
    struct LettingOut(BTreeSet<&'static str>);

    impl MethodVisitor for LettingOut {
        fn visit<M: Method>(&mut self) {
            let out =
                [TypeId::of::<ExportedFile>(), TypeId::of::<UsageReported>(), TypeId::of::<BackupCreated>()];
            if out.contains(&TypeId::of::<M::Response>()) {
                self.0.insert(M::RULE.name);
            }
        }
    }

    #[test]
    fn every_method_that_lets_a_file_out_stands_in_the_table() {
        let mut letting = LettingOut::default();
        visit_methods(&mut letting);
        assert!(letting.0.contains("encounters.export") && letting.0.len() >= 5, "{:?}", letting.0);
        let leaving = WAYS.iter().filter(|way| way.direction == Direction::Leaves);
        let named: BTreeSet<&str> = leaving.flat_map(|way| way.used.iter().copied()).collect();
        let missing: Vec<_> = letting.0.difference(&named).collect();
        assert!(missing.is_empty(), "these let a file out and stand in no way: {missing:?}");
    }

    #[test]
    fn a_way_is_named_once_and_what_it_names_can_happen() {
        for (index, way) in WAYS.iter().enumerate() {
            assert!(WAYS.iter().skip(index + 1).all(|other| other.flow != way.flow), "{:?}", way.flow);
            for action in way.set.iter().chain(way.used) {
                let known = RULES.iter().any(|rule| rule.name == *action);
                // What goes by itself is no call.
                assert!(known || [destinations::PUT, destinations::POSTED].contains(action), "{action}");
            }
        }
    }
}
