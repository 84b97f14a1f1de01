//! The wrapper of protected health information.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a patient said, is called, or has. Its `Debug` is redacted and it has no `Display`, so that it reaches a log, a
/// panic or an error only where somebody wrote [`Phi::expose`]. Serialising it is allowed: that is how it reaches a sealed
/// event and the screen.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phi<T>(T);

impl<T> Phi<T> {
    /// Marks a value as protected.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for showing it to somebody who may see it or for computing with it; never for a log or an error.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The value itself, under the same rule as [`Phi::expose`].
    pub fn into_exposed(self) -> T {
        self.0
    }

    /// A protected value computed from this one.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Phi<U> {
        Phi(f(self.0))
    }
}

impl<T> From<T> for Phi<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Phi<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl<T> fmt::Debug for Phi<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phi(redacted)")
    }
}

#[cfg(feature = "ts")]
impl<T: ts_rs::TS> ts_rs::TS for Phi<T> {
    type WithoutGenerics = T::WithoutGenerics;
    type OptionInnerType = T::OptionInnerType;

    fn name(cfg: &ts_rs::Config) -> String {
        T::name(cfg)
    }

    fn inline(cfg: &ts_rs::Config) -> String {
        T::inline(cfg)
    }

    fn visit_dependencies(visitor: &mut impl ts_rs::TypeVisitor)
    where
        Self: 'static,
    {
        T::visit_dependencies(visitor);
    }

    fn visit_generics(visitor: &mut impl ts_rs::TypeVisitor)
    where
        Self: 'static,
    {
        T::visit_generics(visitor);
        visitor.visit::<T>();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_holds_nothing_of_the_value() {
        let spoken: Phi<String> = "marmalade".into();
        assert_eq!(format!("{spoken:?}"), "Phi(redacted)");
        assert_eq!(format!("{:?}", Some(vec![spoken])), "Some([Phi(redacted)])");
    }
}
