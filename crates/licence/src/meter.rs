//! How much of a month is used.

use serde::Serialize;

/// Warnings, in per cent of the limit.
const WARN: [(u64, Level); 3] = [(100, Level::Over), (95, Level::Near95), (80, Level::Near80)];
/// Up to here, in per cent of the limit, new conversations go on.
const SOFT: u64 = 110;

/// How far along the month's conversations are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Below 80 %, or without a limit.
    Fine,
    /// From 80 %: time to tell somebody.
    Near80,
    /// From 95 %.
    Near95,
    /// From 100 %, within the allowance above it: everything goes on.
    Over,
    /// The allowance is used up: no new conversation begins.
    UsedUp,
}

/// A month's conversations against their limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Meter {
    /// Encounters opened in the month.
    pub opened: u64,
    /// The limit; `None` for none.
    pub limit: Option<u64>,
}

impl Meter {
    /// The limit and the allowance above it: the last conversation that begins.
    pub fn allowed(&self) -> Option<u64> {
        self.limit.map(|limit| {
            let allowed = u128::from(limit) * u128::from(SOFT) / 100;
            u64::try_from(allowed).unwrap_or(u64::MAX)
        })
    }

    /// How far along.
    pub fn level(&self) -> Level {
        let (Some(limit), Some(allowed)) = (self.limit, self.allowed()) else { return Level::Fine };
        if self.opened >= allowed {
            return Level::UsedUp;
        }
        let reached =
            |per_cent: u64| u128::from(self.opened) * 100 >= u128::from(limit) * u128::from(per_cent);
        WARN.into_iter().find(|(per_cent, _)| reached(*per_cent)).map_or(Level::Fine, |(_, level)| level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_come_at_80_95_and_100_per_cent_and_a_refusal_after_110() {
        let level = |opened, limit| Meter { opened, limit: Some(limit) }.level();
        for (opened, expected) in [
            (0, Level::Fine),
            (79, Level::Fine),
            (80, Level::Near80),
            (94, Level::Near80),
            (95, Level::Near95),
            (99, Level::Near95),
            (100, Level::Over),
            (109, Level::Over),
            (110, Level::UsedUp),
            (u64::MAX, Level::UsedUp),
        ] {
            assert_eq!(level(opened, 100), expected, "{opened}");
        }
        assert_eq!(level(0, 0), Level::UsedUp);
        assert_eq!(level(u64::MAX - 1, u64::MAX), Level::Near95);
        assert_eq!(Meter { opened: u64::MAX, limit: None }.level(), Level::Fine);
    }
}
