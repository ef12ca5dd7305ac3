use std::process::{Command, Stdio};

/// Whether the system is set up to animate less: GTK's and GNOME's `enable-animations`, KDE's animation speed, and the accessibility
/// settings of macOS. What does not answer asks for nothing.
pub fn wants_less() -> bool {
    if cfg!(target_os = "macos") {
        return said_by("defaults", &["read", "com.apple.universalaccess", "reduceMotion"]).trim() == "1";
    }
    if !cfg!(target_os = "linux") {
        return false;
    }
    let config = directories::BaseDirs::new().map(|folders| folders.config_dir().to_owned());
    let of_files = config.is_some_and(|config| {
        ["gtk-4.0/settings.ini", "gtk-3.0/settings.ini", "kdeglobals"]
            .iter()
            .any(|file| std::fs::read_to_string(config.join(file)).is_ok_and(|text| is_switched_off(&text)))
    });
    of_files || said_by("gsettings", &["get", "org.gnome.desktop.interface", "enable-animations"]).trim() == "false"
}

/// What a program of the system says, if it is there.
fn said_by(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output();
    output.map_or_else(|_| String::new(), |output| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a file of settings switches animations off.
fn is_switched_off(text: &str) -> bool {
    text.lines().filter_map(|line| line.split_once('=')).any(|(key, value)| match (key.trim(), value.trim()) {
        ("gtk-enable-animations", value) => ["0", "false"].contains(&value.to_ascii_lowercase().as_str()),
        ("AnimationDurationFactor", value) => value.parse() == Ok(0.0),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::is_switched_off;

    #[test]
    fn settings_of_gtk_and_kde_are_read_as_they_write_them() {
        assert!(is_switched_off("[Settings]\ngtk-theme-name=Adwaita\ngtk-enable-animations=0\n"));
        assert!(is_switched_off("gtk-enable-animations = False"));
        assert!(is_switched_off("[KDE]\nAnimationDurationFactor=0\n"));
        for moves in ["", "gtk-enable-animations=1", "gtk-enable-animations=true", "AnimationDurationFactor=0.5"] {
            assert!(!is_switched_off(moves), "{moves}");
        }
    }
}
