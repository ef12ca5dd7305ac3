/// A lesson to begin one's own with: it explains every key, and is right as it stands.
pub fn template() -> &'static str {
    include_str!("../../assets/lessons/template.toml")
}
