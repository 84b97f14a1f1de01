//! Any two colours give screens that can be read, and a proposed shade always passes.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::collections::BTreeMap;

use bedside_branding::{Choice, Colour, Palette, SURFACES, builtin};
use proptest::prelude::*;

const TOKENS: &str = include_str!("../../../ui/src/styles/tokens.css");

/// The colours of `tokens.css`, by name; a brand's own is left out, what stands in its place is taken.
fn tokens() -> BTreeMap<&'static str, Colour> {
    let lines = TOKENS.lines().filter_map(|line| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(':')?;
        let at = value.find('#')?;
        Some((name, value.get(at..at + 7)?.parse().ok()?))
    });
    lines.collect()
}

fn colour() -> impl Strategy<Value = Colour> {
    (any::<u8>(), any::<u8>(), any::<u8>()).prop_map(|(red, green, blue)| Colour::rgb(red, green, blue))
}

/// The smallest angle between two hues, in degrees.
fn apart(a: f32, b: f32) -> f32 {
    let turn = (a - b).rem_euclid(360.0);
    turn.min(360.0 - turn)
}

#[test]
fn contrast_is_the_one_of_wcag() {
    let of = |front: &str, back: &str| front.parse::<Colour>().unwrap().contrast(back.parse().unwrap());
    assert!((of("#000000", "#ffffff") - 21.0).abs() < 0.001);
    assert!((of("#ffffff", "#ffffff") - 1.0).abs() < 0.001);
    // The two greys that every checker of WCAG is tried with, on either side of AA.
    assert!((of("#767676", "#ffffff") - 4.54).abs() < 0.005);
    assert!((of("#777777", "#ffffff") - 4.48).abs() < 0.005);
    assert!((of("#ff0000", "#ffffff") - 3.998).abs() < 0.005);
    assert!((of("#ffffff", "#ff0000") - 3.998).abs() < 0.005);
}

#[test]
fn the_surfaces_that_brands_are_measured_against_are_those_of_the_screens() {
    let tokens = tokens();
    for surface in SURFACES {
        assert_eq!(tokens.get(surface.token), Some(&surface.colour), "--{}", surface.token);
    }
}

#[test]
fn the_screens_own_colours_pass_what_a_brand_must_pass() {
    let tokens = tokens();
    let mut palette = builtin().unwrap().palette;
    palette.accent = tokens["accent"];
    palette.accent_strong = tokens["accent-strong"];
    palette.accent_soft = tokens["accent-soft"];
    palette.accent_line = tokens["accent-line"];
    palette.on_accent = tokens["on-accent"];
    palette.highlight = tokens["highlight"];
    palette.highlight_soft = tokens["highlight-soft"];
    let failing: Vec<_> = palette.pairs().into_iter().filter(|pair| !pair.passes()).collect();
    assert!(failing.is_empty(), "{failing:?}");
    let brand = builtin().unwrap();
    assert_eq!(brand.fields.primary.parse(), Ok(tokens["accent"]));
    assert_eq!(brand.fields.secondary.parse(), Ok(tokens["highlight"]));
}

#[test]
fn a_colour_that_passes_is_taken_as_it_is() {
    let (primary, secondary) = ("#1d4fa3".parse().unwrap(), "#8fe3cf".parse().unwrap());
    let palette = Palette::derive(primary, secondary);
    assert_eq!((palette.accent, palette.highlight), (primary, secondary));
    assert!(Choice::Primary.judge(primary, primary).passes());
}

#[test]
fn black_white_and_grey_have_palettes_too() {
    for primary in [Colour::BLACK, Colour::WHITE, Colour::rgb(128, 128, 128)] {
        for secondary in [Colour::BLACK, Colour::WHITE, primary] {
            let failing: Vec<_> = Palette::derive(primary, secondary)
                .pairs()
                .into_iter()
                .filter(|pair| !pair.passes())
                .collect();
            assert!(failing.is_empty(), "{primary} {secondary}: {failing:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_pair_that_meets_on_a_screen_can_be_read_whatever_two_colours_a_brand_has(
        primary in colour(), secondary in colour(),
    ) {
        for pair in Palette::derive(primary, secondary).pairs() {
            prop_assert!(pair.passes(), "{primary} {secondary}: {pair:?} has {}", pair.ratio());
        }
    }

    #[test]
    fn a_proposed_shade_passes_and_is_proposed_for_itself(primary in colour(), secondary in colour()) {
        let first = Choice::Primary.judge(primary, primary);
        let again = Choice::Primary.judge(first.proposed, first.proposed);
        prop_assert!(again.passes(), "{primary} -> {} -> {}", first.proposed, again.proposed);
        prop_assert!(again.ratio >= again.needed);
        let second = Choice::Secondary.judge(secondary, first.proposed);
        let again = Choice::Secondary.judge(second.proposed, first.proposed);
        prop_assert!(again.passes() && again.ratio >= again.needed);
        // A verdict never says that a colour passes that is too weak somewhere, nor the other way round.
        prop_assert_eq!(first.passes(), first.ratio >= first.needed);
        prop_assert_eq!(second.passes(), second.ratio >= second.needed);
    }

    #[test]
    fn a_proposed_shade_keeps_the_hue(primary in colour()) {
        let proposed = Choice::Primary.judge(primary, primary).proposed;
        // Of near-greys and near-blacks, rounding to eight bits leaves no hue to compare.
        if primary.chroma() > 0.04 && proposed.chroma() > 0.04 {
            prop_assert!(apart(primary.hue(), proposed.hue()) < 4.0, "{primary} {proposed}");
        }
    }

    #[test]
    fn a_proposed_shade_is_the_nearest(primary in colour()) {
        let proposed = Choice::Primary.judge(primary, primary).proposed;
        let away = (proposed.lightness() - primary.lightness()).abs();
        // Nothing clearly nearer passes, on either side.
        for part in 1..20_u8 {
            let nearer = away * f32::from(part) / 20.0 - 0.01;
            if nearer <= 0.0 { continue }
            for lightness in [primary.lightness() - nearer, primary.lightness() + nearer] {
                let shade = primary.shade(lightness, primary.chroma());
                prop_assert!(!Choice::Primary.judge(shade, shade).passes(), "{primary}: {shade} before {proposed}");
            }
        }
    }

    #[test]
    fn a_colour_reads_back_as_it_was_written(colour in colour()) {
        prop_assert_eq!(colour.to_string().parse(), Ok(colour));
    }
}
