//! Words that are nearly the same: by ending, by a slip of the keyboard or of speech recognition.

/// How many letters are wrong, missing, too many or swapped, up to `most`; `None` beyond.
pub(super) fn distance(left: &str, right: &str, most: usize) -> Option<usize> {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    if left.len().abs_diff(right.len()) > most {
        return None;
    }
    let width = right.len() + 1;
    let mut rows = [vec![0; width], (0..width).collect::<Vec<_>>(), vec![0; width]];
    for (row, a) in left.iter().enumerate() {
        let [before, last, here] = &mut rows;
        here[0] = row + 1;
        for (column, b) in right.iter().enumerate() {
            let change = last[column] + usize::from(a != b);
            let mut best = change.min(last[column + 1] + 1).min(here[column] + 1);
            let swapped = row > 0 && column > 0 && *a == right[column - 1] && left[row - 1] == *b;
            if swapped {
                best = best.min(before[column - 1] + 1);
            }
            here[column + 1] = best;
        }
        if here.iter().min().is_some_and(|least| *least > most) {
            return None;
        }
        rows.rotate_left(1);
    }
    Some(rows[1][right.len()]).filter(|distance| *distance <= most)
}

/// How many slips a word of this length may have and still be the same.
pub(super) fn allowed(length: usize) -> usize {
    match length {
        0..=4 => 0,
        5..=7 => 1,
        _ => 2,
    }
}

/// The word without the ending that number, tense and gender give it, for English and Spanish alike.
pub(super) fn stem(word: &str) -> &str {
    let length = word.len();
    if !word.is_ascii() || length < 4 {
        return word;
    }
    const ENDINGS: &[(&str, usize)] = &[
        ("amiento", 4),
        ("aciones", 4),
        ("acion", 4),
        ("iness", 4),
        ("ness", 4),
        ("iendo", 4),
        ("ando", 4),
        ("aron", 4),
        ("ieron", 4),
        ("ings", 4),
        ("ing", 3),
        ("ies", 3),
        ("ados", 4),
        ("adas", 4),
        ("ado", 4),
        ("ada", 4),
        ("idos", 4),
        ("idas", 4),
        ("ido", 4),
        ("ida", 4),
        ("edly", 4),
        ("ed", 3),
        ("es", 3),
        ("ly", 4),
        ("os", 3),
        ("as", 3),
        ("s", 3),
        ("y", 3),
        ("e", 3),
        ("o", 3),
        ("a", 3),
    ];
    for (ending, least) in ENDINGS {
        if word.ends_with(ending) && length - ending.len() >= *least {
            let stem = &word[..length - ending.len()];
            // "vomitting", "stopped": a doubled consonant.
            let bytes = stem.as_bytes();
            let doubled = stem.len() > 3
                && bytes[stem.len() - 1] == bytes[stem.len() - 2]
                && !matches!(bytes[stem.len() - 1], b'l' | b's' | b'e' | b'o')
                && matches!(*ending, "ing" | "ings" | "ed");
            return if doubled { &stem[..stem.len() - 1] } else { stem };
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted_up_to_a_limit() {
        assert_eq!(distance("lisinopril", "lisinipril", 2), Some(1));
        assert_eq!(distance("metformin", "metofrmin", 2), Some(1));
        assert_eq!(distance("metformin", "metfomrine", 2), Some(2));
        assert_eq!(distance("cough", "chest", 2), None);
        assert_eq!(distance("", "a", 1), Some(1));
    }

    #[test]
    fn endings_do_not_make_another_word() {
        for (one, other) in [
            ("dizzy", "dizziness"),
            ("vomiting", "vomited"),
            ("headache", "headaches"),
            ("sweating", "sweats"),
            ("mareado", "mareada"),
            ("stopped", "stop"),
            ("allergy", "allergies"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
    }
}
