//! The few UCUM units that questionnaires compare with one another.

/// How many of `to` one `from` is, where both are units of the same kind. Months are 30.4375 days, years 365.25.
fn ratio(from: &str, to: &str) -> Option<f64> {
    let known = |unit: &str| {
        Some(match unit {
            "s" => ("time", 1.0),
            "min" => ("time", 60.0),
            "h" => ("time", 3_600.0),
            "d" => ("time", 86_400.0),
            "wk" => ("time", 604_800.0),
            "mo" => ("time", 2_629_800.0),
            "a" => ("time", 31_557_600.0),
            "mg" => ("mass", 0.001),
            "g" => ("mass", 1.0),
            "kg" => ("mass", 1_000.0),
            "[oz_av]" => ("mass", 28.349_523_125),
            "[lb_av]" => ("mass", 453.592_37),
            "mm" => ("length", 0.001),
            "cm" => ("length", 0.01),
            "m" => ("length", 1.0),
            "[in_i]" => ("length", 0.025_4),
            "[ft_i]" => ("length", 0.304_8),
            "mL" => ("volume", 0.001),
            "L" => ("volume", 1.0),
            _ => return None,
        })
    };
    let ((from_kind, from_size), (to_kind, to_size)) = (known(from)?, known(to)?);
    (from_kind == to_kind).then_some(from_size / to_size)
}

/// The value in another unit; `None` where that makes no sense or the units are not known.
pub(crate) fn convert(value: f64, from: &str, to: &str) -> Option<f64> {
    match (from, to) {
        _ if from == to => Some(value),
        ("Cel", "[degF]") => Some(value * 9.0 / 5.0 + 32.0),
        ("[degF]", "Cel") => Some((value - 32.0) * 5.0 / 9.0),
        _ => ratio(from, to).map(|ratio| value * ratio),
    }
}

#[cfg(test)]
mod tests {
    use super::convert;

    #[test]
    fn two_weeks_are_fourteen_days_and_no_kilograms() {
        assert_eq!(convert(2.0, "wk", "d"), Some(14.0));
        assert_eq!(convert(2.0, "wk", "kg"), None);
        assert_eq!(convert(3.0, "{tablet}", "{tablet}"), Some(3.0));
        assert_eq!(convert(37.0, "Cel", "[degF]").map(f64::round), Some(99.0));
    }
}
