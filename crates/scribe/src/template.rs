//! Templates: which sections a note has, what stands in each, and to whom it speaks. Data, so that a clinic writes its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Error;

/// What a sentence of a visit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// What the patient tells: complaint, symptoms, past, medicines, allergies, family, habits.
    History,
    /// What the clinician finds on examining, vital signs included.
    Examination,
    /// What tests and images showed.
    Results,
    /// What the clinician makes of it.
    Assessment,
    /// What is to be done.
    Plan,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 5] =
        [Self::History, Self::Examination, Self::Results, Self::Assessment, Self::Plan];
}

/// A part of a topic that a template may put into a section of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// Of history and plan: medicines.
    Medicines,
    /// Of history: allergies.
    Allergies,
    /// Of history: what relatives have or had.
    Family,
    /// Of history: smoking, drinking, work, home.
    Habits,
    /// Of history: earlier illnesses and operations.
    Past,
    /// Of examination: vital signs.
    Vitals,
    /// Of plan: tests that are ordered.
    Tests,
    /// Of plan: when to come back or to call.
    Return,
}

/// What a section is made of: a topic, or a part of one. Written "history" or "history.allergies".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Take {
    /// The topic.
    pub topic: Topic,
    /// The part of it; none for whatever of it no other section takes.
    pub matter: Option<Matter>,
}

const TAKES: &[(&str, Topic, Option<Matter>)] = &[
    ("history", Topic::History, None),
    ("history.medicines", Topic::History, Some(Matter::Medicines)),
    ("history.allergies", Topic::History, Some(Matter::Allergies)),
    ("history.family", Topic::History, Some(Matter::Family)),
    ("history.habits", Topic::History, Some(Matter::Habits)),
    ("history.past", Topic::History, Some(Matter::Past)),
    ("examination", Topic::Examination, None),
    ("examination.vitals", Topic::Examination, Some(Matter::Vitals)),
    ("results", Topic::Results, None),
    ("assessment", Topic::Assessment, None),
    ("plan", Topic::Plan, None),
    ("plan.medicines", Topic::Plan, Some(Matter::Medicines)),
    ("plan.tests", Topic::Plan, Some(Matter::Tests)),
    ("plan.return", Topic::Plan, Some(Matter::Return)),
];

impl TryFrom<String> for Take {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        TAKES
            .iter()
            .find(|(name, ..)| *name == text)
            .map(|&(_, topic, matter)| Self { topic, matter })
            .ok_or_else(|| {
                let known: Vec<_> = TAKES.iter().map(|(name, ..)| *name).collect();
                format!("\"{}\" is none of {}", text.chars().take(40).collect::<String>(), known.join(", "))
            })
    }
}

impl From<Take> for String {
    fn from(take: Take) -> Self {
        let known = TAKES.iter().find(|(_, topic, matter)| (*topic, *matter) == (take.topic, take.matter));
        known.map_or("history", |(name, ..)| name).to_owned()
    }
}

/// To whom a note speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reader {
    /// To clinicians: the patient is "the patient".
    #[default]
    Clinician,
    /// To the patient, who is "you". Its reading grade is shown.
    Patient,
}

/// The words of a heading by language (primary tags of BCP 47).
pub type Words = BTreeMap<String, String>;

/// The shape of a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// The stable name ("soap").
    pub id: String,
    /// What it is called on the screen.
    pub title: Words,
    /// To whom the note speaks.
    #[serde(default)]
    pub reader: Reader,
    /// Its sections, in order. One of which nothing was said is left out of the note.
    pub sections: Vec<TemplateSection>,
}

/// A section of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateSection {
    /// The stable name ("subjective").
    pub id: String,
    /// Its heading.
    pub title: Words,
    /// What it is made of, in the order in which it stands. What no section takes is left out of the note.
    pub takes: Vec<Take>,
    /// What a language model is told to write here, in English.
    #[serde(default)]
    pub asks: String,
}

/// The templates that are built in, in the order in which they are offered.
const BUILT_IN: &[&str] = &[
    include_str!("../templates/soap.toml"),
    include_str!("../templates/history-and-physical.toml"),
    include_str!("../templates/progress.toml"),
    include_str!("../templates/referral-letter.toml"),
    include_str!("../templates/patient-instructions.toml"),
    include_str!("../templates/visit-summary.toml"),
];

/// Most sections of a template, and most characters of a name or a heading.
const MOST_SECTIONS: usize = 24;
const LONGEST: usize = 80;

impl Template {
    /// The SOAP note: subjective, objective, assessment, plan.
    pub fn soap() -> Self {
        Self::parse(BUILT_IN[0]).unwrap_or_else(|_| unreachable!("checked by a test"))
    }

    /// The templates that are built in.
    pub fn built_in() -> Vec<Self> {
        BUILT_IN.iter().filter_map(|text| Self::parse(text).ok()).collect()
    }

    /// The built-in template of that name.
    pub fn named(id: &str) -> Option<Self> {
        Self::built_in().into_iter().find(|template| template.id == id)
    }

    /// What it is called in a language, or in English, or in whichever it is called.
    pub fn title_in(&self, language: &str) -> &str {
        in_language(&self.title, language)
    }

    /// Reads a template from TOML. Its sections have distinct ids and headings, and nothing belongs to two.
    ///
    /// # Errors
    /// [`Error::Template`] with the field that is wrong.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let template: Self = toml::from_str(text).map_err(|error| {
            let line =
                error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            Error::template(&format!("line {line}"), error.message())
        })?;
        template.check()?;
        Ok(template)
    }

    fn check(&self) -> Result<(), Error> {
        check_id("id", &self.id)?;
        check_words("title", &self.title)?;
        if self.sections.is_empty() {
            return Err(Error::template("sections", "there are none"));
        }
        if self.sections.len() > MOST_SECTIONS {
            return Err(Error::template("sections", &format!("there are more than {MOST_SECTIONS}")));
        }
        let (mut ids, mut taken) = (Vec::new(), Vec::new());
        for (place, section) in self.sections.iter().enumerate() {
            let field = |name: &str| format!("sections[{place}].{name}");
            check_id(&field("id"), &section.id)?;
            if ids.contains(&&section.id) {
                return Err(Error::template(&field("id"), &format!("another section is \"{}\"", section.id)));
            }
            ids.push(&section.id);
            check_words(&field("title"), &section.title)?;
            if section.takes.is_empty() {
                return Err(Error::template(&field("takes"), "it takes nothing"));
            }
            for take in &section.takes {
                if taken.contains(take) {
                    let name = String::from(*take);
                    return Err(Error::template(
                        &field("takes"),
                        &format!("another section takes \"{name}\""),
                    ));
                }
                taken.push(*take);
            }
        }
        Ok(())
    }

    /// Where a sentence of this topic and matter stands: the section's place and the place within what it takes. The closest
    /// fit: a section that takes the matter, else one that takes the whole topic.
    pub fn place(&self, topic: Topic, matter: Option<Matter>) -> Option<(usize, usize)> {
        let find = |wanted: Take| {
            self.sections.iter().enumerate().find_map(|(place, section)| {
                section.takes.iter().position(|take| *take == wanted).map(|within| (place, within))
            })
        };
        find(Take { topic, matter }).or_else(|| find(Take { topic, matter: None }))
    }
}

impl TemplateSection {
    /// Its heading in a language, or in English, or in whichever there is.
    pub fn title_in(&self, language: &str) -> &str {
        in_language(&self.title, language)
    }
}

fn in_language<'w>(words: &'w Words, language: &str) -> &'w str {
    let primary = language.split('-').next().unwrap_or(language);
    let any = || words.values().next();
    words.get(primary).or_else(|| words.get("en")).or_else(any).map_or("", String::as_str)
}

fn check_id(field: &str, id: &str) -> Result<(), Error> {
    let plain = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if id.is_empty() || id.len() > LONGEST || !plain || !id.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Err(Error::template(
            field,
            "it must be small letters a to z, digits and hyphens, a letter first",
        ));
    }
    Ok(())
}

fn check_words(field: &str, words: &Words) -> Result<(), Error> {
    if words.is_empty() {
        return Err(Error::template(field, "it is in no language"));
    }
    for (language, text) in words {
        if !(2..=3).contains(&language.len()) || !language.chars().all(|c| c.is_ascii_lowercase()) {
            return Err(Error::template(field, "a language is two or three small letters, as in en"));
        }
        let bad = text.chars().any(char::is_control) || text.chars().count() > LONGEST;
        if text.trim().is_empty() || bad {
            let why = format!("it is empty or longer than {LONGEST} characters");
            return Err(Error::template(&format!("{field}.{language}"), &why));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soap_template_takes_every_topic_once() {
        let template = Template::soap();
        let ids: Vec<_> = template.sections.iter().map(|section| section.id.as_str()).collect();
        assert_eq!(ids, ["subjective", "objective", "assessment", "plan"]);
        let mut taken: Vec<_> =
            template.sections.iter().flat_map(|section| &section.takes).map(|take| take.topic).collect();
        taken.sort_unstable();
        assert_eq!(taken, Topic::ALL);
    }

    #[test]
    fn every_built_in_template_reads_and_is_in_english_and_spanish() {
        let all = Template::built_in();
        assert_eq!(all.len(), BUILT_IN.len());
        for template in all {
            let titles = template.sections.iter().map(|section| &section.title).chain([&template.title]);
            for words in titles {
                assert!(words.contains_key("en") && words.contains_key("es"), "{}: {words:?}", template.id);
            }
            assert_eq!(Template::named(&template.id).as_ref(), Some(&template));
            assert!(template.sections.iter().all(|section| !section.asks.is_empty()), "{}", template.id);
            let again = Template::parse(&toml::to_string(&template).unwrap()).unwrap();
            assert_eq!(again, template, "it reads as it was written");
        }
    }

    #[test]
    fn what_is_wrong_with_a_template_is_said_with_its_field() {
        let soap = include_str!("../templates/soap.toml");
        for (from, to, field) in [
            ("\"examination\"", "\"plan\"", "sections[3].takes"),
            ("\"examination\"", "\"exam\"", "line"),
            ("id = \"plan\"", "id = \"objective\"", "sections[3].id"),
            ("id = \"plan\"", "id = \"The Plan\"", "sections[3].id"),
            ("en = \"Plan\"", "en = \" \"", "sections[3].title.en"),
            ("en = \"Plan\"", "english = \"Plan\"", "sections[3].title"),
            ("takes = [\"plan\"]", "takes = []", "sections[3].takes"),
            ("id = \"soap\"", "", "line"),
            ("id = \"soap\"", "id = \"soap\"\ncolour = \"red\"", "line"),
        ] {
            let text = soap.replacen(from, to, 1);
            assert_ne!(text, soap, "{from}");
            let Err(Error::Template { field: said, .. }) = Template::parse(&text) else {
                panic!("{to} was taken")
            };
            assert!(said.starts_with(field), "{to}: {said}");
        }
    }

    #[test]
    fn a_sentence_stands_where_its_matter_does_else_where_its_topic_does() {
        let template = Template::named("history-and-physical").unwrap();
        let of = |topic, matter| {
            template.place(topic, matter).map(|(place, _)| template.sections[place].id.as_str())
        };
        assert_eq!(of(Topic::History, Some(Matter::Allergies)), Some("allergies"));
        assert_eq!(of(Topic::History, None), Some("present-illness"));
        assert_eq!(of(Topic::Plan, Some(Matter::Tests)), Some("plan"));
        assert_eq!(Template::named("patient-instructions").unwrap().place(Topic::History, None), None);
    }
}
