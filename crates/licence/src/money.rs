//! Prices of usage-based contracts.

use std::fmt;
use std::str::FromStr;

use ciborium::Value;
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::fields::{self, Fields};

/// An amount in ten-thousandths of a currency's unit: exact, so that a report adds up on both sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Money(u64);

const PARTS: u64 = 10_000;

impl Money {
    /// So many times the amount.
    fn times(self, count: u64) -> Option<Self> {
        self.0.checked_mul(count).map(Self)
    }
}

impl fmt::Display for Money {
    /// With two digits, or four where the last two are not zero.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / PARTS, self.0 % PARTS);
        if part % 100 == 0 { write!(f, "{whole}.{:02}", part / 100) } else { write!(f, "{whole}.{part:04}") }
    }
}

impl FromStr for Money {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let invalid = || Error::Invalid {
            field: "price".to_owned(),
            reason: "a price is a number with at most four digits after the point",
        };
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 4 {
            return Err(invalid());
        }
        let whole: u64 = whole.parse().map_err(|_| invalid())?;
        let part: u64 = format!("{part:0<4}").parse().map_err(|_| invalid())?;
        whole.checked_mul(PARTS).and_then(|whole| whole.checked_add(part)).map(Self).ok_or_else(invalid)
    }
}

impl From<Money> for String {
    fn from(money: Money) -> Self {
        money.to_string()
    }
}

impl TryFrom<String> for Money {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

/// The price of a month's conversations up to a number of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The last conversation of the month at this price; `None` for all that follow.
    pub up_to: Option<u64>,
    /// The price of each.
    pub price: Money,
}

/// What conversations cost: each at the price of the step that it falls in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prices {
    /// The currency's three letters (ISO 4217).
    currency: String,
    steps: Vec<Step>,
}

/// A step's part of a month's bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// The first conversation of the month at this price, from 1.
    pub from: u64,
    /// How many there were at this price.
    pub conversations: u64,
    /// The price of each.
    pub price: Money,
    /// The price of all of them.
    pub amount: Money,
}

impl Prices {
    /// Prices by steps, of which each ends above the one before, and the last has no end.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub fn new(currency: &str, steps: Vec<Step>) -> Result<Self, Error> {
        let invalid = |reason| Err(Error::Invalid { field: "prices".to_owned(), reason });
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return invalid("a currency is three capital letters");
        }
        let Some((last, others)) = steps.split_last() else { return invalid("there is no step") };
        let mut ends = others.iter().map(|step| step.up_to);
        if last.up_to.is_some() || !ends.clone().all(|end| end.is_some_and(|end| end > 0)) {
            return invalid("the last step, and no other, has no end");
        }
        if !ends.by_ref().collect::<Vec<_>>().windows(2).all(|pair| pair[0] < pair[1]) {
            return invalid("each step must end above the one before");
        }
        Ok(Self { currency: currency.to_owned(), steps })
    }

    /// The currency's three letters.
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// The steps, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What so many conversations of one month cost, step by step, and together.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the amount is beyond counting.
    pub fn bill(&self, conversations: u64) -> Result<(Vec<Charge>, Money), Error> {
        let beyond =
            || Error::Invalid { field: "prices".to_owned(), reason: "the amount is beyond counting" };
        let (mut charges, mut total, mut billed) = (Vec::new(), 0u64, 0);
        for step in &self.steps {
            let end = step.up_to.map_or(conversations, |end| end.min(conversations));
            let Some(count) = end.checked_sub(billed).filter(|count| *count > 0) else { continue };
            let amount = step.price.times(count).ok_or_else(beyond)?;
            total = total.checked_add(amount.0).ok_or_else(beyond)?;
            charges.push(Charge { from: billed + 1, conversations: count, price: step.price, amount });
            billed = end;
        }
        Ok((charges, Money(total)))
    }

    pub(crate) fn to_value(&self) -> Value {
        let step = |step: &Step| {
            let mut fields = std::collections::BTreeMap::new();
            fields::put(&mut fields, "up_to", step.up_to);
            fields::put(&mut fields, "price", Some(step.price.0));
            fields::map(fields)
        };
        let mut fields = std::collections::BTreeMap::new();
        fields::put(&mut fields, "currency", Some(self.currency.clone()));
        fields::put(&mut fields, "steps", Some(Value::Array(self.steps.iter().map(step).collect())));
        fields::map(fields)
    }

    pub(crate) fn read(mut fields: Fields) -> Result<Self, Error> {
        let step = |value| {
            let mut step = Fields::of(value, "prices.steps.".to_owned())?;
            let read = Step { up_to: step.maybe_number("up_to")?, price: Money(step.number("price")?) };
            step.rest().map(|_| read)
        };
        let steps = fields.list("steps")?.into_iter().map(step).collect::<Result<_, _>>()?;
        let prices = Self::new(&fields.text("currency", 3)?, steps)?;
        fields.rest().map(|_| prices)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prices(steps: &[(Option<u64>, &str)]) -> Result<Prices, Error> {
        let step =
            |(up_to, price): &(Option<u64>, &str)| Step { up_to: *up_to, price: price.parse().unwrap() };
        Prices::new("EUR", steps.iter().map(step).collect())
    }

    #[test]
    fn each_conversation_costs_what_its_step_says() {
        let prices = prices(&[(Some(100), "0.30"), (Some(1000), "0.25"), (None, "0.1255")]).unwrap();
        let total = |count| prices.bill(count).unwrap().1.to_string();
        assert_eq!(total(0), "0.00");
        assert_eq!(total(100), "30.00");
        assert_eq!(total(101), "30.25");
        assert_eq!(total(1000), "255.00");
        assert_eq!(total(1001), "255.1255");
        let (charges, _) = prices.bill(1001).unwrap();
        let counts: Vec<_> = charges.iter().map(|charge| (charge.from, charge.conversations)).collect();
        assert_eq!(counts, [(1, 100), (101, 900), (1001, 1)]);
        assert!(prices.bill(u64::MAX).is_err());
    }

    #[test]
    fn steps_that_do_not_follow_each_other_are_refused() {
        assert!(prices(&[]).is_err());
        assert!(prices(&[(Some(5), "1")]).is_err());
        assert!(prices(&[(None, "1"), (None, "1")]).is_err());
        assert!(prices(&[(Some(5), "1"), (Some(5), "1"), (None, "1")]).is_err());
        for bad in ["", ".5", "1.", "-1", "1.00001", "1e3", "99999999999999999999"] {
            assert!(bad.parse::<Money>().is_err(), "{bad}");
        }
    }
}
