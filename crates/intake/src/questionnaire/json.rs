//! Reading FHIR's JSON: elements that may be absent, and extensions by the last part of their URL.

use domain::Coding;
use serde_json::{Map, Value};

/// A JSON object.
pub(super) type Object = Map<String, Value>;

const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";
const SDC: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";

/// The string, trimmed; `None` where it is absent, empty or none.
pub(super) fn string<'a>(object: &'a Object, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// The boolean; false where it is absent.
pub(super) fn boolean(object: &Object, name: &str) -> bool {
    object.get(name).and_then(Value::as_bool).unwrap_or(false)
}

/// The objects of a list; none where it is absent.
pub(super) fn objects<'a>(object: &'a Object, name: &str) -> impl Iterator<Item = &'a Object> {
    object.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// The extensions of that name, of FHIR's core or of Structured Data Capture.
pub(super) fn extensions<'a>(object: &'a Object, name: &'a str) -> impl Iterator<Item = &'a Object> {
    objects(object, "extension").filter(move |extension| {
        string(extension, "url").is_some_and(|url| {
            url.strip_prefix(CORE).or_else(|| url.strip_prefix(SDC)).is_some_and(|last| last == name)
        })
    })
}

/// The value of the first extension of that name that has one of that type.
pub(super) fn extension_value<'a>(object: &'a Object, name: &'a str, value: &str) -> Option<&'a Value> {
    extensions(object, name).find_map(|extension| extension.get(value))
}

/// The same for a count.
pub(super) fn extension_size(object: &Object, name: &str) -> Option<usize> {
    extension_value(object, name, "valueInteger")?.as_u64().and_then(|number| usize::try_from(number).ok())
}

/// A Quantity's value and its unit.
pub(super) fn quantity(object: &Object) -> Option<(f64, Option<String>)> {
    let unit = string(object, "code").or_else(|| string(object, "unit")).map(str::to_owned);
    Some((object.get("value")?.as_f64()?, unit))
}

/// A Coding as it stands in the file.
pub(super) struct RawCoding<'a> {
    pub(super) system: Option<&'a str>,
    pub(super) code: &'a str,
    pub(super) display: Option<&'a str>,
}

impl RawCoding<'_> {
    pub(super) fn into_coding(self) -> Coding {
        Coding {
            system: self.system.map(str::to_owned),
            code: self.code.to_owned(),
            display: self.display.unwrap_or(self.code).to_owned(),
        }
    }
}

/// The Codings of a list that have a code.
pub(super) fn codings<'a>(object: &'a Object, name: &'a str) -> impl Iterator<Item = RawCoding<'a>> {
    objects(object, name).filter_map(|coding| {
        Some(RawCoding {
            system: string(coding, "system"),
            code: string(coding, "code")?,
            display: string(coding, "display"),
        })
    })
}
