//! Left and right, and of what.

use super::reading::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Both,
}

/// A side, and the part of the body that it is said of.
struct Sided {
    side: Side,
    part: Option<String>,
    at: usize,
}

const PARTS: &str = "knee ankle foot feet toe toes leg thigh calf shin heel hip arm forearm elbow wrist hand finger fingers thumb shoulder \
                     eye ear side chest breast lung flank kidney neck jaw cheek face temple rib ribs groin testicle ovary back buttock \
                     quadrant abdomen belly lobe tonsil nostril hemisphere ventricle atrium carotid clavicle scapula hamstring achilles \
                     palm knuckle eyelid hernia tube rodilla tobillo pie pierna brazo codo muñeca mano dedo hombro cadera ojo oído lado \
                     pecho pulmón costado riñón cuello cara";

/// What "right" and "left" mean where they are no sides.
const NO_SIDE_AFTER: &str = "now away there here after before then on about over up back where when in at to for with the a an i you we they it \
                             and or but so . , ? ! ; my your his her their out off home work early of this that";
const NO_SIDE_BEFORE: &str =
    "all that's is alright okay yeah not i you he she they we have has had just was it's you're do does";

fn sides(text: &Text) -> Vec<Sided> {
    let mut all = Vec::new();
    for (at, token) in text.tokens.iter().enumerate() {
        let side = match token.text.as_str() {
            "left" | "izquierdo" | "izquierda" | "izquierdos" | "izquierdas" => Side::Left,
            "right" | "derecho" | "derecha" | "derechos" | "derechas" => Side::Right,
            "bilateral" | "bilaterally" | "ambos" | "ambas" => Side::Both,
            "both" if part_after(text, at).is_some() => Side::Both,
            _ => continue,
        };
        let part = part_near(text, at);
        let next = text.word(at + 1);
        let named = |list: &str, word: &str| list.split_ascii_whitespace().any(|known| known == word);
        let english = matches!(token.text.as_str(), "left" | "right");
        let before = at.checked_sub(1).map_or("", |before| text.word(before));
        let beside = part_after(text, at).is_some();
        let of_place = matches!(
            before,
            "the" | "on" | "my" | "your" | "his" | "her" | "their" | "upper" | "lower" | "of"
        );
        let is_side = !english
            || beside
            || named("sided lower upper handed hand lateral medial posterior anterior", next)
            || (of_place && (next.is_empty() || named(". , ? ; and side one", next)))
            || !(named(NO_SIDE_AFTER, next) || next.is_empty() || named(NO_SIDE_BEFORE, before));
        if is_side {
            all.push(Sided { side, part, at });
        }
    }
    all
}

fn part_after(text: &Text, at: usize) -> Option<String> {
    let after = text
        .tokens
        .get(at + 1..)?
        .iter()
        .take(3)
        .take_while(|token| !token.ends_clause() && !token.is(", left right"));
    after.filter(|token| token.is(PARTS)).map(|token| one(&token.text)).next()
}

fn part_near(text: &Text, at: usize) -> Option<String> {
    part_after(text, at).or_else(|| {
        let before = text.tokens[at.saturating_sub(4)..at]
            .iter()
            .rev()
            .take_while(|token| !token.ends_clause() && !token.is("left right"));
        before.filter(|token| token.is(PARTS)).map(|token| one(&token.text)).next()
    })
}

/// "knees" are said of as "knee".
fn one(part: &str) -> String {
    match part {
        "feet" => "foot",
        part => part.strip_suffix('s').unwrap_or(part),
    }
    .to_owned()
}

/// The sides of the sentence that were not said, or that were said of another part, as they are written.
pub(super) fn wrong(sentence: &Text, said: &[&Text]) -> Vec<String> {
    let written = sides(sentence);
    if written.is_empty() {
        return Vec::new();
    }
    let told: Vec<Sided> = said.iter().flat_map(|text| sides(text)).collect();
    let fits = |told: &Sided, side: Side| told.side == side;
    let either = |side: Side| {
        told.iter().any(|one| fits(one, side))
            || (side == Side::Both
                && (told.iter().any(|one| one.side == Side::Left)
                    && told.iter().any(|one| one.side == Side::Right)
                    || said
                        .iter()
                        .any(|text| text.has("both each ambos ambas bilateral bilaterally either"))))
    };
    let flipped = |one: &&Sided| {
        if !either(one.side) {
            return true;
        }
        let of_part: Vec<_> =
            told.iter().filter(|told| one.part.is_some() && told.part == one.part).collect();
        one.side != Side::Both
            && !of_part.is_empty()
            && !of_part.iter().any(|told| fits(told, one.side) || told.side == Side::Both)
    };
    let words = |one: &Sided| {
        let side = sentence.word(one.at).to_owned();
        one.part.as_ref().map_or(side.clone(), |part| format!("{side} {part}"))
    };
    written.iter().filter(flipped).map(words).collect()
}
