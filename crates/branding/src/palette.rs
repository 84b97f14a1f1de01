//! The screens' colours, made from the two of a brand.
//!
//! The names are those of `ui/src/styles/tokens.css`, with `brand-` before them; that file falls back to its own where there is
//! no brand. The surfaces stay what they are: a brand changes the accent and the highlight, and nothing that a reader of
//! alarms relies on.

use crate::Colour;

/// Contrast of text (WCAG 2.2, 1.4.3 AA).
const TEXT: f32 = 4.5;
/// Contrast of edges, marks and the focus (WCAG 2.2, 1.4.11 AA).
const EDGE: f32 = 3.0;
/// Contrast of text for whoever asked for more of it (WCAG 2.2, 1.4.6 AAA).
const STRONG: f32 = 7.0;

/// Something that colours of the brand stand on, or that stands on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surface {
    /// Its name in `tokens.css`.
    pub token: &'static str,
    /// What it is, in words.
    pub name: &'static str,
    /// Its colour there.
    pub colour: Colour,
}

const fn surface(token: &'static str, name: &'static str, red: u8, green: u8, blue: u8) -> Surface {
    Surface { token, name, colour: Colour::rgb(red, green, blue) }
}

const GROUND: Surface = surface("ground", "the page's ground", 0xf6, 0xf4, 0xef);
const SURFACE: Surface = surface("surface", "cards and fields", 0xff, 0xff, 0xff);
const SUNK: Surface = surface("surface-sunk", "sunken surfaces", 0xfa, 0xf9, 0xf6);
const INK: Surface = surface("ink", "the ink", 0x1d, 0x27, 0x28);
const INK_SOFT: Surface = surface("ink-soft", "the soft ink", 0x52, 0x5d, 0x5d);
const DANGER: Surface = surface("danger", "the colour of alarms", 0xa3, 0x23, 0x1c);
const TYPED: Surface = surface("typed", "the colour of what was typed", 0x5a, 0x3d, 0x86);

/// The colours of `tokens.css` that a brand must get along with.
pub const SURFACES: [Surface; 7] = [GROUND, SURFACE, SUNK, INK, INK_SOFT, DANGER, TYPED];

/// Two colours that meet on a screen, and the contrast that they need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// What stands in front.
    pub front: (&'static str, Colour),
    /// What it stands on or beside.
    pub back: (&'static str, Colour),
    /// The least contrast.
    pub needed: f32,
}

impl Pair {
    /// The contrast that they have.
    pub fn ratio(&self) -> f32 {
        self.front.1.contrast(self.back.1)
    }

    /// Whether it is enough.
    pub fn passes(&self) -> bool {
        self.ratio() >= self.needed
    }
}

/// The colours of a brand on the screens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// Buttons, links, what is chosen.
    pub accent: Colour,
    /// The same under a pointer, and for words on a tint.
    pub accent_strong: Colour,
    /// The tint behind what is chosen.
    pub accent_soft: Colour,
    /// Quiet edges, and quiet words on the accent.
    pub accent_line: Colour,
    /// Words on the accent.
    pub on_accent: Colour,
    /// What must be seen: the focus on the accent, marks.
    pub highlight: Colour,
    /// The tint behind what is pointed at.
    pub highlight_soft: Colour,
    /// For whoever chose strong contrast.
    pub high: HighContrast,
}

/// The same on black.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HighContrast {
    /// Buttons, links, what is chosen.
    pub accent: Colour,
    /// The tint behind what is chosen.
    pub accent_soft: Colour,
    /// What must be seen.
    pub highlight: Colour,
}

impl Palette {
    /// The colours that follow from a brand's two. Where one of them cannot be read, the nearest shade of it stands in.
    pub fn derive(primary: Colour, secondary: Colour) -> Self {
        let accent = Choice::Primary.nearest(primary, primary);
        let accent_soft = tint(accent);
        let step = if accent.lightness() < 0.25 { 0.08 } else { -0.08 };
        let accent_strong = accent
            .shade(accent.lightness() + step, 1.0)
            .nearest(|shade| shade.contrast(accent_soft) >= TEXT && shade.contrast(GROUND.colour) >= TEXT)
            .unwrap_or(accent);
        let accent_line = accent
            .shade(0.81, accent.chroma() * 0.45)
            .nearest(|shade| shade.contrast(accent) >= TEXT)
            .unwrap_or(Colour::WHITE);
        let highlight = Choice::Secondary.nearest(secondary, accent);
        let highlight_soft = highlight
            .shade(0.968, (highlight.chroma() * 0.3).min(0.035))
            .nearest(|shade| {
                [accent, INK_SOFT.colour, DANGER.colour, TYPED.colour]
                    .into_iter()
                    .all(|front| front.contrast(shade) >= TEXT)
            })
            .unwrap_or(Colour::WHITE);
        let on_black = |colour: Colour| {
            let lightness = colour.lightness().max(0.86);
            colour
                .shade(lightness, colour.chroma().max(0.1))
                .nearest(|shade| shade.contrast(Colour::BLACK) >= 10.0)
                .unwrap_or(Colour::WHITE)
        };
        let high_accent = on_black(primary);
        let high_soft = primary
            .shade(0.26, 0.05)
            .nearest(|shade| shade.contrast(Colour::WHITE) >= STRONG && shade.contrast(high_accent) >= STRONG)
            .unwrap_or(Colour::BLACK);
        Self {
            accent,
            accent_strong,
            accent_soft,
            accent_line,
            on_accent: Colour::WHITE,
            highlight,
            highlight_soft,
            high: HighContrast {
                accent: high_accent,
                accent_soft: high_soft,
                highlight: on_black(secondary),
            },
        }
    }

    /// Every pair that meets on a screen, with what it needs.
    pub fn pairs(&self) -> Vec<Pair> {
        let named = |surface: Surface| (surface.name, surface.colour);
        let accent = ("accent", self.accent);
        let strong = ("accent-strong", self.accent_strong);
        let soft = ("accent-soft", self.accent_soft);
        let line = ("accent-line", self.accent_line);
        let on_accent = ("on-accent", self.on_accent);
        let highlight = ("highlight", self.highlight);
        let highlight_soft = ("highlight-soft", self.highlight_soft);
        let black = ("black", Colour::BLACK);
        let white = ("white", Colour::WHITE);
        let high_accent = ("high accent", self.high.accent);
        let high_soft = ("high accent-soft", self.high.accent_soft);
        let mut pairs = Vec::new();
        let mut put = |front, back, needed| pairs.push(Pair { front, back, needed });
        for back in [named(GROUND), named(SURFACE), named(SUNK), soft] {
            put(accent, back, TEXT);
            put(strong, back, TEXT);
            put(named(INK), back, TEXT);
            put(named(INK_SOFT), back, TEXT);
        }
        for back in [accent, strong, named(DANGER)] {
            put(on_accent, back, TEXT);
        }
        put(line, accent, TEXT);
        put(highlight, accent, EDGE);
        put(highlight, named(INK), EDGE);
        for front in [accent, named(INK), named(INK_SOFT), named(DANGER), named(TYPED)] {
            put(front, highlight_soft, TEXT);
        }
        put(high_accent, black, STRONG);
        put(("high highlight", self.high.highlight), black, STRONG);
        put(white, high_soft, STRONG);
        put(high_accent, high_soft, TEXT);
        pairs
    }

    /// The CSS variables, by name.
    pub fn variables(&self) -> [(&'static str, Colour); 10] {
        [
            ("--brand-accent", self.accent),
            ("--brand-accent-strong", self.accent_strong),
            ("--brand-accent-soft", self.accent_soft),
            ("--brand-accent-line", self.accent_line),
            ("--brand-on-accent", self.on_accent),
            ("--brand-highlight", self.highlight),
            ("--brand-highlight-soft", self.highlight_soft),
            ("--brand-high-accent", self.high.accent),
            ("--brand-high-accent-soft", self.high.accent_soft),
            ("--brand-high-highlight", self.high.highlight),
        ]
    }
}

/// The tint of a colour, for grounds.
fn tint(colour: Colour) -> Colour {
    colour
        .shade(0.945, (colour.chroma() * 0.25).min(0.03))
        .nearest(|shade| shade.contrast(INK_SOFT.colour) >= TEXT)
        .unwrap_or(Colour::WHITE)
}

/// Which of the two colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// `colours.primary`: the accent.
    Primary,
    /// `colours.secondary`: the highlight.
    Secondary,
}

/// What the screens make of one of the two colours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Which.
    pub choice: Choice,
    /// The colour.
    pub colour: Colour,
    /// The surface on which it does worst for what it needs there.
    pub against: Surface,
    /// The contrast there.
    pub ratio: f32,
    /// The contrast that it needs there.
    pub needed: f32,
    /// The nearest shade that passes everywhere: the colour itself where it does.
    pub proposed: Colour,
}

impl Verdict {
    /// Whether the colour passes everywhere.
    pub fn passes(&self) -> bool {
        self.proposed == self.colour
    }
}

impl Choice {
    /// The key in `brand.toml`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Primary => "colours.primary",
            Self::Secondary => "colours.secondary",
        }
    }

    /// Where a colour stands on the screens, and the contrast that it needs there. The highlight also stands on the accent.
    fn needs(self, colour: Colour, accent: Colour) -> Vec<(Surface, f32)> {
        match self {
            Self::Primary => {
                let own = Surface { token: "accent-soft", name: "its own tint", colour: tint(colour) };
                [GROUND, SURFACE, SUNK, own].map(|surface| (surface, TEXT)).into()
            }
            Self::Secondary => {
                let primary = Surface { token: "accent", name: "the primary colour", colour: accent };
                [primary, INK].map(|surface| (surface, EDGE)).into()
            }
        }
    }

    fn nearest(self, colour: Colour, accent: Colour) -> Colour {
        let passes = |shade: Colour| {
            self.needs(shade, accent).iter().all(|(back, needed)| shade.contrast(back.colour) >= *needed)
        };
        let end = if self == Self::Primary { Colour::BLACK } else { Colour::WHITE };
        colour.nearest(passes).unwrap_or(end)
    }

    /// What the screens make of the colour, beside the accent that they use.
    pub fn judge(self, colour: Colour, accent: Colour) -> Verdict {
        let needs = self.needs(colour, accent);
        let enough = |(back, needed): &&(Surface, f32)| colour.contrast(back.colour) / needed;
        let worst = needs.iter().min_by(|a, b| enough(a).total_cmp(&enough(b)));
        let (against, needed) = worst.copied().unwrap_or((SURFACE, TEXT));
        Verdict {
            choice: self,
            colour,
            against,
            ratio: colour.contrast(against.colour),
            needed,
            proposed: self.nearest(colour, accent),
        }
    }
}
