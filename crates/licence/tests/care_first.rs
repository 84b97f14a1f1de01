//! Care first: whatever happens to the licence and to the clock, a visit goes on to its end.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use bedside_licence::{
    Act, ClockState, Day, Doubt, Entitlement, Licence, Limits, Meter, Month, Revocation, Revocations,
    Situation, Standing, Tiers,
};
use domain::Timestamp;
use proptest::prelude::*;
use support::*;

const HOUR: i64 = 3_600_000;

/// What may happen between two steps of a visit.
#[derive(Clone, Debug)]
enum Event {
    /// Time passes, with the program running or not.
    Pass {
        hours: i64,
        running: bool,
    },
    /// Somebody sets the clock.
    SetClock {
        hours: i64,
    },
    /// Somebody puts the clock right.
    Right,
    Install {
        from: i64,
        days: u32,
        limit: Option<u64>,
    },
    Revoke,
    Delete,
    /// Other encounters are opened, up to the very limit and above.
    Overrun {
        count: u64,
    },
    Restart,
}

/// The steps of a visit, in order; each asks for its act.
const VISIT: [Act; 8] = [
    Act::ContinueEncounter,
    Act::ContinueEncounter,
    Act::Read,
    Act::ContinueEncounter,
    Act::Sign,
    Act::Export,
    Act::BackUp,
    Act::Read,
];

/// A facility, as the engine keeps it, on a machine whose real time nobody but the test knows.
struct Facility {
    real: i64,
    /// What the machine's clock is off by.
    off: i64,
    begun: Timestamp,
    clock: ClockState,
    licence: Option<Licence>,
    revocations: Revocations,
    /// The months in which encounters were opened.
    opened: Vec<Month>,
    tiers: Tiers,
}

fn utc(_: Timestamp) -> i32 {
    0
}

impl Facility {
    fn new() -> Self {
        let begun = noon("2026-12-01");
        Self {
            real: begun.as_millis(),
            off: 0,
            begun,
            clock: ClockState::begin(noon("2026-10-01"), begun),
            licence: None,
            revocations: Revocations::default(),
            opened: Vec::new(),
            tiers: Tiers::builtin().unwrap(),
        }
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.real.saturating_add(self.off))
    }

    fn entitlement(&mut self, ran: i64) -> Entitlement {
        let time = self.clock.observe(noon("2026-10-01"), self.now(), ran);
        let month = Month::of(time.at, &utc);
        let situation = Situation {
            licence: self.licence.as_ref(),
            revocations: Some(&self.revocations),
            facility: here(),
            begun: self.begun,
            built: noon("2026-10-01"),
            time,
            opened: self.opened.iter().filter(|opened| **opened == month).count() as u64,
        };
        Entitlement::of(&situation, &self.tiers)
    }

    fn open(&mut self) -> bool {
        let allowed = self.entitlement(0).permits(Act::OpenEncounter).is_ok();
        if allowed {
            self.opened.push(Month::of(self.clock.mark(), &utc));
        }
        allowed
    }

    fn happen(&mut self, event: &Event) {
        let mut ran = 0;
        match event {
            Event::Pass { hours, running } => {
                self.real += hours * HOUR;
                ran = if *running { hours * HOUR } else { 0 };
            }
            Event::SetClock { hours } => self.off = hours.saturating_mul(HOUR),
            Event::Right => self.off = 0,
            Event::Install { from, days, limit } => {
                let first = Day::of(Timestamp::from_millis(self.real.saturating_add(from * 24 * HOUR)));
                self.licence = Some(Licence {
                    not_before: first,
                    expires: Some(first.plus(*days)),
                    limits: Limits { conversations_per_month: *limit, devices: None },
                    ..licence()
                });
            }
            Event::Revoke => {
                let on = Day::of(self.now());
                self.revocations.add(Revocation { id: licence().id, on, reason: None });
            }
            Event::Delete => self.licence = None,
            Event::Overrun { count } => {
                for _ in 0..*count {
                    self.open();
                }
            }
            Event::Restart => {
                let kept = seal::encode_canonical(&self.clock).unwrap();
                self.clock = seal::decode_canonical(&kept).unwrap();
            }
        }
        self.entitlement(ran);
    }
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (0..2_000i64, any::<bool>()).prop_map(|(hours, running)| Event::Pass { hours, running }),
        prop_oneof![-500_000..500_000i64, Just(i64::MIN), Just(i64::MAX), Just(0)]
            .prop_map(|hours| Event::SetClock { hours }),
        Just(Event::Right),
        (-400..40i64, 0..400u32, proptest::option::of(0..40u64))
            .prop_map(|(from, days, limit)| Event::Install { from, days, limit }),
        Just(Event::Revoke),
        Just(Event::Delete),
        (0..60u64).prop_map(|count| Event::Overrun { count }),
        Just(Event::Restart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn an_open_encounter_always_completes(
        before in proptest::collection::vec(event(), 0..12),
        between in proptest::collection::vec(proptest::collection::vec(event(), 0..4), VISIT.len()),
    ) {
        let mut facility = Facility::new();
        for event in &before {
            facility.happen(event);
        }
        // Refused, it may only be for the month's conversations, and the records stay open all the same.
        if !facility.open() {
            let entitlement = facility.entitlement(0);
            let meter = entitlement.meter;
            prop_assert!(meter.allowed().is_some_and(|allowed| meter.opened >= allowed));
            for act in Act::ALL.into_iter().filter(|act| *act != Act::OpenEncounter) {
                prop_assert_eq!(entitlement.permits(act), Ok(()));
            }
            return Ok(());
        }
        for (events, act) in between.iter().zip(VISIT) {
            for event in events {
                facility.happen(event);
            }
            prop_assert_eq!(facility.entitlement(0).permits(act), Ok(()));
        }
    }

    /// Below its limit no conversation is refused, and a limit is never less than the starter's but by the licence itself.
    #[test]
    fn no_conversation_is_refused_below_the_limit(events in proptest::collection::vec(event(), 0..20)) {
        let mut facility = Facility::new();
        for event in &events {
            facility.happen(event);
            let entitlement = facility.entitlement(0);
            let Meter { opened, limit } = entitlement.meter;
            if limit.is_none_or(|limit| opened < limit) {
                prop_assert_eq!(entitlement.permits(Act::OpenEncounter), Ok(()));
            }
            if !matches!(entitlement.standing, Standing::Licensed { .. } | Standing::Grace { .. }) {
                prop_assert!(limit.is_none_or(|limit| limit >= 100));
            }
        }
    }

    /// A clock that is set anywhere and put right again costs nothing: afterwards everything is as if it had never been,
    /// unless it stayed wrong for three days of running.
    #[test]
    fn a_clock_set_far_ahead_and_put_right_burns_nothing(
        days in 40..200_000i64, hours in 0..70i64, expires in 1..300u32,
    ) {
        let mut facility = Facility::new();
        facility.happen(&Event::Install { from: -1, days: expires, limit: Some(10) });
        facility.happen(&Event::SetClock { hours: days * 24 });
        for _ in 0..hours {
            facility.happen(&Event::Pass { hours: 1, running: true });
            let wrong = facility.entitlement(0);
            prop_assert_eq!(wrong.clock, Some(Doubt::FarAhead));
        }
        facility.happen(&Event::Right);
        let mut untouched = Facility::new();
        untouched.happen(&Event::Install { from: -1, days: expires, limit: Some(10) });
        untouched.happen(&Event::Pass { hours, running: true });
        let (after, never) = (facility.entitlement(0), untouched.entitlement(0));
        prop_assert_eq!(after.clock, None);
        prop_assert_eq!(after, never);
    }

    /// A clock that is set back brings nothing back: neither a month's conversations nor days of a licence that ended.
    #[test]
    fn a_clock_set_back_grants_nothing_new(back in 2..500_000i64, expires in 0..60u32, used in 0..60u64) {
        let mut facility = Facility::new();
        facility.happen(&Event::Install { from: -30, days: expires, limit: Some(50) });
        facility.happen(&Event::Overrun { count: used });
        let before = facility.entitlement(0);
        facility.happen(&Event::SetClock { hours: -back });
        let after = facility.entitlement(0);
        prop_assert_eq!(after.clock, Some(Doubt::SetBack));
        prop_assert_eq!(after.meter, before.meter);
        prop_assert_eq!(after.standing, before.standing);
        prop_assert_eq!(after.features, before.features);
    }
}
