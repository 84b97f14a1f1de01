//! Templates: which sections a note has, and what each is made of. Data, so that a clinic can write its own.

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

/// The shape of a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// The stable name ("soap").
    pub id: String,
    /// What it is called on the screen.
    pub title: String,
    /// The language of its headings, as a BCP 47 tag.
    pub language: String,
    /// Its sections, in order.
    pub sections: Vec<TemplateSection>,
}

/// A section of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateSection {
    /// The stable name ("subjective").
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What it is made of. A topic that no section takes is left out of the note.
    pub takes: Vec<Topic>,
}

impl Template {
    /// The SOAP note: subjective, objective, assessment, plan.
    pub fn soap() -> Self {
        Self::parse(include_str!("../templates/soap.toml"))
            .unwrap_or_else(|_| unreachable!("checked by a test"))
    }

    /// The built-in template of that name.
    pub fn named(id: &str) -> Option<Self> {
        (id == "soap").then(Self::soap)
    }

    /// Reads a template from TOML. Its sections have distinct ids and headings, and no topic belongs to two.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let template: Self =
            toml::from_str(text).map_err(|_| Error::Template("it is not TOML of a template's shape"))?;
        let mut topics = Vec::new();
        let mut ids = Vec::new();
        for section in &template.sections {
            if section.id.trim().is_empty() || section.title.trim().is_empty() {
                return Err(Error::Template("a section lacks its id or its title"));
            }
            if ids.contains(&&section.id) {
                return Err(Error::Template("two sections have the same id"));
            }
            ids.push(&section.id);
            for topic in &section.takes {
                if topics.contains(topic) {
                    return Err(Error::Template("two sections take the same topic"));
                }
                topics.push(*topic);
            }
        }
        if ids.is_empty() {
            return Err(Error::Template("it has no sections"));
        }
        Ok(template)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soap_template_takes_every_topic_once() {
        let template = Template::soap();
        let ids: Vec<_> = template.sections.iter().map(|section| section.id.as_str()).collect();
        assert_eq!(ids, ["subjective", "objective", "assessment", "plan"]);
        let mut taken: Vec<_> = template.sections.iter().flat_map(|section| section.takes.clone()).collect();
        taken.sort_unstable();
        assert_eq!(taken, Topic::ALL);
    }

    #[test]
    fn a_template_that_takes_a_topic_twice_is_refused() {
        let text = include_str!("../templates/soap.toml").replace("\"examination\"", "\"plan\"");
        assert!(matches!(Template::parse(&text), Err(Error::Template(_))));
    }
}
