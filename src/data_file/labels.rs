//! Labels as they stand in files, and the classes they become.

use std::collections::{BTreeMap, BTreeSet};

use super::made_set::text;
use crate::image_set::{MOST_CLASSES, SetError};

/// Labels as places among classes, and what the classes are called.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ClassLabels {
    pub labels: Vec<u8>,
    pub classes: Vec<String>,
    /// Whether a class's place is its number.
    pub is_plain: bool,
}

/// What gives the places of labels among those that occur, as an expression of Python in which `{}` stands for the labels.
pub(super) const UNIQUE: &str = "np.unique({}, return_inverse=True)[1]";

impl ClassLabels {
    /// An expression of Python for the places of labels, `{}`, among the classes. Parts of which each is read by itself may have other
    /// labels than all together.
    pub fn python(&self, in_parts: bool, are_texts: bool) -> String {
        let numbers = self.classes.iter().map(|class| class.parse().ok()).collect::<Option<Vec<i64>>>();
        match numbers.filter(|_| !are_texts).as_deref() {
            Some([first, .., last]) if *first > 0 && last - first + 1 == self.classes.len() as i64 => {
                format!("{{}} - {first}")
            }
            _ if !in_parts => UNIQUE.to_owned(),
            Some(_) => format!("np.searchsorted([{}], {{}})", self.classes.join(", ")),
            None => {
                let names: Vec<_> = self.classes.iter().map(|class| text(class)).collect();
                format!("np.searchsorted([{}], {{}}.astype(str))", names.join(", "))
            }
        }
    }
}

/// Classes of whole numbers, in their order. Where they are numbered from 0 the classes between those that occur are there, too.
///
/// # Errors
/// If there are more than there may be.
pub(super) fn of_numbers(numbers: &[i64]) -> Result<ClassLabels, SetError> {
    let mut distinct = BTreeSet::new();
    for &number in numbers {
        if distinct.insert(number) && distinct.len() > MOST_CLASSES {
            return Err(SetError::ManyClasses { classes: numbers.iter().collect::<BTreeSet<_>>().len() });
        }
    }
    let (least, greatest) = (distinct.first().copied().unwrap_or(0), distinct.last().copied().unwrap_or(0));
    if least == 0 && greatest < MOST_CLASSES as i64 && 2 * distinct.len() as i64 > greatest {
        let labels = numbers.iter().map(|&number| u8::try_from(number).unwrap_or_default()).collect();
        return Ok(ClassLabels {
            labels,
            classes: (0..=greatest).map(|class| class.to_string()).collect(),
            is_plain: true,
        });
    }
    let place: BTreeMap<i64, u8> =
        distinct.iter().zip(0_u8..=u8::MAX).map(|(&number, place)| (number, place)).collect();
    let labels = numbers.iter().map(|number| place.get(number).copied().unwrap_or_default()).collect();
    Ok(ClassLabels { labels, classes: distinct.iter().map(i64::to_string).collect(), is_plain: false })
}

/// Classes of words, in the order of their letters; each image has the place of its word among `words`.
///
/// # Errors
/// If there are more than there may be.
pub(super) fn of_words(images: &[u16], words: &[String]) -> Result<ClassLabels, SetError> {
    if words.len() > MOST_CLASSES {
        return Err(SetError::ManyClasses { classes: words.len() });
    }
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by(|&one, &other| words[one].cmp(&words[other]));
    let mut place = vec![0_u8; words.len()];
    order.iter().zip(0_u8..=u8::MAX).for_each(|(&word, at)| place[word] = at);
    let labels = images.iter().map(|&word| place.get(usize::from(word)).copied().unwrap_or_default()).collect();
    Ok(ClassLabels { labels, classes: order.into_iter().map(|word| words[word].clone()).collect(), is_plain: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(numbers: &[i64]) -> Vec<String> {
        of_numbers(numbers).map(|found| found.classes).unwrap_or_default()
    }

    #[test]
    fn numbers_from_0_are_their_own_classes_and_others_are_in_order() {
        assert_eq!(classes(&[3, 0, 1]), ["0", "1", "2", "3"]);
        assert_eq!(classes(&[2, 1, 3]), ["1", "2", "3"]);
        assert_eq!(classes(&[1, -1]), ["-1", "1"]);
        assert_eq!(classes(&[0, 255]), ["0", "255"]);
        assert_eq!(of_numbers(&[5, 7, 5]).map(|found| found.labels), Ok(vec![0, 1, 0]));
    }

    #[test]
    fn words_are_in_the_order_of_their_letters() {
        let words = ["virginica", "setosa"].map(str::to_owned);
        let found = of_words(&[0, 1, 0], &words);
        assert!(found.is_ok_and(|found| found.labels == [1, 0, 1] && found.classes == ["setosa", "virginica"]));
    }

    #[test]
    fn more_classes_than_256_are_refused_with_their_number() {
        let numbers: Vec<i64> = (0..300).collect();
        assert_eq!(of_numbers(&numbers), Err(SetError::ManyClasses { classes: 300 }));
        let classes = of_numbers(&numbers[..256]).map(|found| found.classes.len());
        assert_eq!(classes, Ok(256));
    }
}
