//! Which of two voices is the clinician's, by what they say.

/// How much more the words sound like a clinician's than like a patient's: of those that tell, the share that addresses the
/// other ("you", "let's", "any") less the share that speaks of oneself ("I", "my"), -1 to 1. `None` where none tells.
pub fn clinician_leaning<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<f64> {
    const ADDRESSES: &[&str] = &[
        "you", "your", "you're", "you've", "we'll", "let's", "any", "anything", "usted", "su", "sus", "le",
        "vamos", "algún", "alguna", "tiene", "toma", "siente",
    ];
    const OWN: &[&str] = &[
        "i", "i'm", "i've", "i'd", "my", "me", "mine", "myself", "yo", "mi", "mis", "me", "tengo", "estoy",
        "tomo", "siento",
    ];
    let (mut addresses, mut own) = (0_u32, 0_u32);
    for text in texts {
        for word in text.split(|letter: char| !(letter.is_alphanumeric() || letter == '\'')) {
            let word = word.to_lowercase();
            addresses += u32::from(ADDRESSES.contains(&word.as_str()));
            own += u32::from(OWN.contains(&word.as_str()));
        }
        addresses += u32::try_from(text.matches('?').count()).unwrap_or(0) * 2;
    }
    let told = addresses + own;
    (told > 0).then(|| (f64::from(addresses) - f64::from(own)) / f64::from(told))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_leans_to_the_clinician_and_who_tells_of_themselves_to_the_patient() {
        let clinician =
            clinician_leaning(["Any fever?", "How long have you had this", "let's take your temperature"])
                .unwrap();
        let patient = clinician_leaning(["I have had a headache", "my left knee hurts", "no"]).unwrap();
        assert!(clinician > 0.5 && patient < -0.5, "{clinician} {patient}");
        assert_eq!(clinician_leaning(["no", "three days"]), None);
        assert!(
            clinician_leaning(["¿Tiene fiebre?", "¿toma usted algo?"]).unwrap()
                > clinician_leaning(["tengo fiebre", "me duele"]).unwrap()
        );
    }
}
