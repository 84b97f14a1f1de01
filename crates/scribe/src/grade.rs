//! How hard a text is to read.
//!
//! The Flesch-Kincaid grade: 0.39 × words a sentence + 11.8 × syllables a word - 15.59, a school year of the United States.
//! Kincaid, Fishburne, Rogers and Chissom, "Derivation of New Readability Formulas (…) for Navy Enlisted Personnel", Research
//! Branch Report 8-75, 1975. It is a formula for English and counts nothing but lengths.

use domain::Note;

/// The grade of a note's sentences, 0 or more; none where there is no word. Only of a note in English.
pub fn reading_grade(note: &Note) -> Option<f64> {
    grade(note.sentences().map(|sentence| sentence.text.expose().as_str()))
}

fn grade<'t>(sentences: impl Iterator<Item = &'t str>) -> Option<f64> {
    let (mut count, mut words, mut syllables) = (0_u32, 0_u32, 0_u32);
    for text in sentences {
        for sentence in text.split_inclusive(['.', '?', '!', ';', ':']) {
            let here: Vec<u32> = sentence
                .split(|c: char| !(c.is_alphanumeric() || c == '\''))
                .filter(|word| word.chars().any(char::is_alphanumeric))
                .map(self::syllables)
                .collect();
            if !here.is_empty() {
                count += 1;
                words += u32::try_from(here.len()).unwrap_or(u32::MAX);
                syllables += here.iter().sum::<u32>();
            }
        }
    }
    if words == 0 {
        return None;
    }
    let (words, sentences) = (f64::from(words), f64::from(count));
    Some((0.39 * words / sentences + 11.8 * f64::from(syllables) / words - 15.59).max(0.0))
}

/// Groups of vowels, without a silent "e" at the end; a number counts as its digits.
fn syllables(word: &str) -> u32 {
    let word = word.to_lowercase();
    if word.chars().all(|c| c.is_ascii_digit()) {
        return u32::try_from(word.len()).unwrap_or(1);
    }
    let is_vowel = |c: char| "aeiouyáéíóúü".contains(c);
    let mut groups = 0;
    let mut before = false;
    for letter in word.chars() {
        let vowel = is_vowel(letter);
        groups += u32::from(vowel && !before);
        before = vowel;
    }
    let silent = (word.ends_with('e') && !word.ends_with("le"))
        || (word.ends_with("es")
            && !["ses", "ces", "zes", "ches", "shes", "xes", "ges"].iter().any(|end| word.ends_with(end)))
        || (word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded"));
    if silent && groups > 1 { groups - 1 } else { groups.max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        for (word, count) in [
            ("take", 1),
            ("tablet", 2),
            ("medicine", 3),
            ("hypertension", 4),
            ("table", 2),
            ("walked", 1),
            ("wanted", 2),
            ("doses", 2),
            ("the", 1),
        ] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn short_words_and_sentences_have_a_lower_grade() {
        let plain = grade(["Take one pill a day.", "Call us if the pain comes back."].into_iter()).unwrap();
        let hard = grade(
            ["Administer antihypertensive medication daily and immediately communicate recurrent symptomatology."]
                .into_iter(),
        )
        .unwrap();
        assert!(plain < 3.0 && hard > 12.0, "{plain} {hard}");
        // 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 - 15.59 is below 0.
        assert_eq!(grade(["The cat sat on the mat."].into_iter()), Some(0.0));
        assert_eq!(grade(["..."].into_iter()), None);
    }
}
