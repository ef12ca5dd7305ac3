use super::evidence::{LessonEvidence, Unknown};
use super::expression::{Expression, LayerName, Reader, Term, Unreadable};
use super::named::Named;
use crate::engine::Quantities;

/// Something that holds of a measurement or a training, or does not: `std of layer 5 between .1 and 1`, `no dead unit in layer 5`.
/// Several of them, with semicolons between, hold together.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    clauses: Vec<Clause>,
    text: String,
}

#[derive(Clone, Debug, PartialEq)]
struct Clause {
    left: Expression,
    relation: Relation,
}

#[derive(Clone, Debug, PartialEq)]
enum Relation {
    Above(Expression),
    Below(Expression),
    AtLeast(Expression),
    AtMost(Expression),
    Is(Expression),
    Between(Expression, Expression),
    /// Within so much of it, relatively.
    About(Expression, f64),
}

/// How near "about" is.
const NEAR: f64 = 0.1;

impl Condition {
    /// Reads one.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let mut reader = Reader::new(text)?;
        let mut clauses = vec![clause(&mut reader)?];
        while reader.takes_sign(&[";"]).is_some() {
            clauses.push(clause(&mut reader)?);
        }
        reader.end()?;
        Ok(Self { clauses, text: text.split_whitespace().collect::<Vec<_>>().join(" ") })
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it holds.
    ///
    /// # Errors
    /// If something of it is not known.
    pub fn holds(&self, evidence: &LessonEvidence<'_>) -> Result<bool, Unknown> {
        for clause in &self.clauses {
            if !clause.holds(evidence)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What is compared, with the values that it has, for those who are told why it does not hold.
    pub fn values(&self, evidence: &LessonEvidence<'_>) -> String {
        let sides = self.clauses.iter().flat_map(|clause| clause.expressions());
        let values = sides
            .filter(|side| !matches!(side, Expression::Constant(..)))
            .map(|side| side.written(evidence).unwrap_or_else(|unknown| unknown.to_string()));
        values.collect::<Vec<_>>().join(", ")
    }

    /// What it names.
    pub(super) fn terms(&self) -> Vec<&Term> {
        self.clauses.iter().flat_map(Clause::expressions).flat_map(Expression::terms).collect()
    }

    /// What must be measured for it.
    pub fn quantities(&self) -> Quantities {
        let all = self.clauses.iter().flat_map(Clause::expressions).map(Expression::quantities);
        all.fold(Quantities::GLANCE, Quantities::and)
    }
}

impl Clause {
    fn expressions(&self) -> Vec<&Expression> {
        let right = match &self.relation {
            Relation::Above(right)
            | Relation::Below(right)
            | Relation::AtLeast(right)
            | Relation::AtMost(right)
            | Relation::Is(right)
            | Relation::About(right, _) => vec![right],
            Relation::Between(low, high) => vec![low, high],
        };
        [vec![&self.left], right].concat()
    }

    fn holds(&self, evidence: &LessonEvidence<'_>) -> Result<bool, Unknown> {
        let said_of = self.expressions().into_iter().find_map(|side| Some((side.quantifier()?, side)));
        let Some((quantifier, side)) = said_of else { return self.holds_of(evidence, None) };
        let slot = side.terms().into_iter().find(|term| term.layer == Some(quantifier)).and_then(|term| term.slot);
        let layers = evidence.layers(slot)?;
        let each: Result<Vec<_>, _> = (1..=layers).map(|layer| self.holds_of(evidence, Some(layer))).collect();
        let each = each?;
        Ok(if quantifier == LayerName::Every { each.iter().all(|holds| *holds) } else { each.contains(&true) })
    }

    fn holds_of(&self, evidence: &LessonEvidence<'_>, each: Option<usize>) -> Result<bool, Unknown> {
        let of = |side: &Expression| side.value(evidence, each);
        let left = of(&self.left)?;
        Ok(match &self.relation {
            Relation::Above(right) => left > of(right)?,
            Relation::Below(right) => left < of(right)?,
            Relation::AtLeast(right) => left >= of(right)?,
            Relation::AtMost(right) => left <= of(right)?,
            Relation::Is(right) => (left - of(right)?).abs() <= 1e-9 * left.abs().max(1e-300),
            Relation::Between(low, high) => (of(low)?..=of(high)?).contains(&left),
            Relation::About(right, near) => {
                let right = of(right)?;
                (left - right).abs() <= near * right.abs()
            }
        })
    }
}

fn clause(reader: &mut Reader<'_>) -> Result<Clause, Unreadable> {
    if reader.takes(&["no"]) {
        let left = reader.expression()?;
        let is_count = |term: &&Term| matches!(term.named, Named::Dead | Named::AlwaysOn | Named::NeverPositive);
        if !matches!(&left, Expression::Term(term) if is_count(&term)) {
            return Err(reader.wrong("`no` is said of units, as in `no dead unit in layer 5`"));
        }
        return Ok(Clause { left, relation: Relation::Is(Expression::Constant(0.0, false)) });
    }
    let left = reader.expression()?;
    let has_is = reader.takes(&["is"]);
    let relation = if reader.takes(&["between"]) {
        let low = reader.expression()?;
        if !reader.takes(&["and"]) {
            return Err(reader.wrong("`and` is expected here, as in `between .1 and 1`"));
        }
        Relation::Between(low, reader.expression()?)
    } else if reader.takes(&["above"]) || reader.takes_sign(&[">"]).is_some() {
        Relation::Above(reader.expression()?)
    } else if reader.takes(&["below"]) || reader.takes_sign(&["<"]).is_some() {
        Relation::Below(reader.expression()?)
    } else if reader.takes(&["at", "least"]) || reader.takes_sign(&[">=", "≥"]).is_some() {
        Relation::AtLeast(reader.expression()?)
    } else if reader.takes(&["at", "most"]) || reader.takes_sign(&["<=", "≤"]).is_some() {
        Relation::AtMost(reader.expression()?)
    } else if reader.takes(&["about"]) {
        let right = reader.expression()?;
        let near = if reader.takes(&["within"]) { reader.expression()? } else { Expression::Constant(NEAR, true) };
        match near {
            Expression::Constant(near, _) => Relation::About(right, near),
            _ => return Err(reader.wrong("a share is expected after `within`, as in `within 5 %`")),
        }
    } else if reader.takes_sign(&["="]).is_some() || has_is {
        Relation::Is(reader.expression()?)
    } else {
        return Err(reader.wrong(
            "this compares nothing: use `above`, `below`, `at least`, `at most`, `is`, `about` or `between` here",
        ));
    };
    Ok(Clause { left, relation })
}
