//! The languages that a questionnaire can be taken in.

use std::collections::BTreeSet;

use domain::Language;

use super::{Item, Notice};
use crate::Text;

/// The questionnaire's own language and those that each shown text is translated to. A language that only some are translated
/// to is not offered; a notice names the first item that lacks it.
pub(super) fn complete(
    own: &Language,
    title: &Text,
    items: &[Item],
    notices: &mut Vec<Notice>,
) -> Vec<Language> {
    let of_items = items.iter().filter(|item| !item.hidden);
    let shown: Vec<(&str, &Text)> = std::iter::once(("title", title))
        .chain(of_items.flat_map(|item| item.texts().map(|text| (item.link_id.as_str(), text))))
        .collect();
    let asked = std::iter::once(title).chain(items.iter().map(|item| &item.text));
    let candidates: BTreeSet<&Language> = asked.flat_map(Text::translated).collect();
    let mut languages = vec![own.clone()];
    for language in candidates.into_iter().filter(|language| *language != own) {
        match shown.iter().find(|(_, text)| !text.translated().any(|translated| translated == language)) {
            None => languages.push(language.clone()),
            Some((item, _)) => notices.push(Notice {
                link_id: (*item).to_owned(),
                what: format!("a text is not translated to '{language}', which is therefore not offered"),
            }),
        }
    }
    languages
}
