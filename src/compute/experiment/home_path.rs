use std::path::{Path, PathBuf};

/// A path as a shell has it, whose beginning `~` is the user's own folder: not every path comes through a shell. Where something is called
/// so, that is meant.
pub fn at_home(path: &Path) -> PathBuf {
    match path.strip_prefix("~") {
        Ok(rest) if !path.exists() => match std::env::home_dir() {
            Some(home) if rest.as_os_str().is_empty() => home,
            Some(home) => home.join(rest),
            None => path.to_owned(),
        },
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_tilde_of_its_own_is_the_users_folder() {
        let home = std::env::home_dir().unwrap_or_default();
        assert_eq!(at_home(Path::new("~/data/x.csv")), home.join("data/x.csv"));
        assert_eq!(at_home(Path::new("~")), home);
        for other in ["~other/x.csv", "data/~/x.csv", "/x.csv"] {
            assert_eq!(at_home(Path::new(other)), Path::new(other));
        }
    }
}
