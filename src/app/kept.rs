use std::sync::Arc;

/// What was made of something, kept while that stays the same.
pub struct Kept<K, V>(Option<(K, Arc<V>)>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    /// What is made of `of`, made now if it is not there.
    pub fn of(&mut self, of: K, make: impl FnOnce() -> V) -> Arc<V> {
        match &self.0 {
            Some((same, made)) if *same == of => Arc::clone(made),
            _ => {
                let made = Arc::new(make());
                self.0 = Some((of, Arc::clone(&made)));
                made
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_made_again_only_when_what_decides_it_changes() {
        let mut kept = Kept::default();
        let mut made = Vec::new();
        for of in [1, 1, 2, 2, 1] {
            kept.of(of, || made.push(of));
        }
        assert_eq!(made, [1, 2, 1]);
    }
}
