//! A colour of a screen, and how far two of them stand apart.

use std::fmt;
use std::str::FromStr;

use palette::color_difference::Wcag21RelativeContrast as _;
use palette::convert::{FromColorUnclamped as _, IntoColorUnclamped as _};
use palette::{Oklch, Srgb};

/// How many steps of lightness a search takes from black to white: about as many as eight bits tell apart.
const STEPS: u16 = 256;

/// An opaque sRGB colour of eight bits a channel. Written `#rrggbb`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour([u8; 3]);

impl Colour {
    /// White.
    pub const WHITE: Self = Self([255; 3]);
    /// Black.
    pub const BLACK: Self = Self([0; 3]);

    /// From its three channels.
    pub const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// Red, green, blue.
    pub const fn channels(self) -> [u8; 3] {
        self.0
    }

    fn linear(self) -> Srgb<f32> {
        let [red, green, blue] = self.0;
        Srgb::new(red, green, blue).into_format()
    }

    /// The contrast ratio of WCAG 2.x, from 1 to 21: relative luminances, plus 0.05 each
    /// (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
    pub fn contrast(self, other: Self) -> f32 {
        self.linear().relative_contrast(other.linear())
    }

    fn oklch(self) -> Oklch {
        Oklch::from_color_unclamped(self.linear())
    }

    /// The colour of this hue with another lightness, from 0 to 1 as eyes see it (OKLab), and so much of its chroma as the
    /// screen can show there, but no more than `chroma`.
    pub fn shade(self, lightness: f32, chroma: f32) -> Self {
        let mut wanted = self.oklch();
        wanted.l = lightness.clamp(0.0, 1.0);
        let most = wanted.chroma.min(chroma);
        // The largest chroma that the screen can show: halving finds it to a thousandth.
        let (mut shown, mut beyond) = (0.0_f32, most);
        wanted.chroma = most;
        if fits(wanted) {
            shown = most;
        } else {
            for _ in 0..12 {
                wanted.chroma = f32::midpoint(shown, beyond);
                if fits(wanted) { shown = wanted.chroma } else { beyond = wanted.chroma }
            }
        }
        wanted.chroma = shown;
        let colour: Srgb<f32> = wanted.into_color_unclamped();
        let channel = |value: f32| (value.clamp(0.0, 1.0) * 255.0).round() as u8;
        Self([channel(colour.red), channel(colour.green), channel(colour.blue)])
    }

    /// Its lightness, as eyes see it, from 0 to 1.
    pub fn lightness(self) -> f32 {
        self.oklch().l
    }

    /// How far it is from grey, from 0 to about 0.32.
    pub fn chroma(self) -> f32 {
        self.oklch().chroma
    }

    /// Its hue, in degrees from 0 to 360. Of no meaning where there is hardly any chroma.
    pub fn hue(self) -> f32 {
        self.oklch().hue.into_positive_degrees()
    }

    /// This colour where it passes, else the shade of its hue with the nearest lightness that does; none where none does.
    pub fn nearest(self, passes: impl Fn(Self) -> bool) -> Option<Self> {
        if passes(self) {
            return Some(self);
        }
        let (from, chroma) = (self.lightness(), self.chroma());
        (1..=STEPS)
            .find_map(|step| {
                let away = f32::from(step) / f32::from(STEPS);
                [from - away, from + away]
                    .into_iter()
                    .filter(|lightness| (0.0..=1.0).contains(lightness))
                    .map(|lightness| self.shade(lightness, chroma))
                    .find(|shade| passes(*shade))
            })
            // The ends themselves, which no step may have met.
            .or_else(|| [Self::BLACK, Self::WHITE].into_iter().find(|end| passes(*end)))
    }
}

fn fits(colour: Oklch) -> bool {
    let shown: Srgb<f32> = colour.into_color_unclamped();
    let within = |value: f32| (-0.0005..=1.0005).contains(&value);
    within(shown.red) && within(shown.green) && within(shown.blue)
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl fmt::Debug for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Colour {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits =
            text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii()).ok_or(())?;
        let mut channels = [0; 3];
        for (channel, place) in channels.iter_mut().zip([0, 2, 4]) {
            let pair = digits.get(place..place + 2).ok_or(())?;
            if !pair.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                return Err(());
            }
            *channel = u8::from_str_radix(pair, 16).map_err(|_| ())?;
        }
        Ok(Self(channels))
    }
}
