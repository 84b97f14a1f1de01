//! Times as they are written.

use domain::Timestamp;
use time::{OffsetDateTime, UtcOffset};

/// A time at an offset from UTC; a time or an offset that no calendar has becomes the epoch, in UTC.
pub(crate) fn at(time: Timestamp, offset_seconds: i32) -> OffsetDateTime {
    let nanos = i128::from(time.as_millis()) * 1_000_000;
    let utc = OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    UtcOffset::from_whole_seconds(offset_seconds)
        .ok()
        .and_then(|offset| utc.checked_to_offset(offset))
        .unwrap_or(utc)
}

/// Day and time, as on the clinic's clock: `2026-11-24 09:05`.
pub(crate) fn shown(time: Timestamp, offset_seconds: i32) -> String {
    let time = at(time, offset_seconds);
    format!("{} {:02}:{:02}", day(time, "-"), time.hour(), time.minute())
}

/// An HL7 v2 time stamp, to the second, with its offset: `20261124090500-0500`.
pub(crate) fn stamp(time: Timestamp, offset_seconds: i32) -> String {
    let time = at(time, offset_seconds);
    format!("{}{}", day(time, ""), clock(time, ""))
}

/// ISO 8601, to the second, with its offset: `2026-11-24T09:05:00-05:00`.
pub(crate) fn iso(time: Timestamp, offset_seconds: i32) -> String {
    let time = at(time, offset_seconds);
    format!("{}T{}", day(time, "-"), clock(time, ":"))
}

fn day(time: OffsetDateTime, between: &str) -> String {
    format!("{:04}{between}{:02}{between}{:02}", time.year(), u8::from(time.month()), time.day())
}

/// The time of the day with its offset from UTC.
fn clock(time: OffsetDateTime, between: &str) -> String {
    let (hour, minute, second) = time.to_hms();
    let (hours, minutes, _) = time.offset().as_hms();
    let sign = if time.offset().is_negative() { '-' } else { '+' };
    let (hours, minutes) = (hours.unsigned_abs(), minutes.unsigned_abs());
    format!("{hour:02}{between}{minute:02}{between}{second:02}{sign}{hours:02}{between}{minutes:02}")
}

/// A number without a needless ".0".
pub(crate) fn number(value: f64) -> String {
    format!("{value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_on_the_clinics_clock() {
        let time = Timestamp::from_millis(1_700_000_000_123);
        assert_eq!(shown(time, -5 * 3600), "2023-11-14 17:13");
        assert_eq!(stamp(time, -5 * 3600), "20231114171320-0500");
        assert_eq!(stamp(time, 20_700), "20231115035820+0545");
        assert_eq!(iso(time, 0), "2023-11-14T22:13:20+00:00");
        for millis in [i64::MIN, i64::MAX] {
            assert_eq!(shown(Timestamp::from_millis(millis), 3600).len(), 16);
        }
    }
}
