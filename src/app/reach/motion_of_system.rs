use std::process::{Command, Stdio};

#[cfg(target_os = "linux")]
use super::motion_of_portal::said_by_portal;

/// Portals are Linux's.
#[cfg(not(target_os = "linux"))]
fn said_by_portal() -> Option<bool> {
    None
}

/// Whether the system is set up to animate less: what the desktop's portal says of it, GTK's and GNOME's `enable-animations`, KDE's
/// animation speed, and the accessibility settings of macOS and Windows. What does not answer asks for nothing.
pub fn wants_less() -> bool {
    if cfg!(target_os = "macos") {
        return said_by("defaults", &["read", "com.apple.universalaccess", "reduceMotion"]).trim() == "1";
    }
    if cfg!(windows) {
        let desktop = ["query", r"HKCU\Control Panel\Desktop", "/v", "UserPreferencesMask"];
        return is_switched_off_in_mask(&said_by("reg", &desktop));
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
    // The portal answers in a sandbox, too; without one the program asks by itself.
    let of_gnome =
        || said_by("gsettings", &["get", "org.gnome.desktop.interface", "enable-animations"]).trim() == "false";
    of_files || said_by_portal().unwrap_or_else(of_gnome)
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

/// Whether animations of windows are switched off in what Windows keeps of a user's preferences: bit 33 of a mask, which `reg` prints
/// byte by byte.
fn is_switched_off_in_mask(text: &str) -> bool {
    let mask = text.split_whitespace().skip_while(|word| *word != "REG_BINARY").nth(1);
    let byte = mask.and_then(|mask| u8::from_str_radix(mask.get(8..10)?, 16).ok());
    byte.is_some_and(|byte| byte & 0b10 == 0)
}

#[cfg(test)]
mod tests {
    use super::{is_switched_off, is_switched_off_in_mask};

    #[test]
    fn settings_of_gtk_and_kde_are_read_as_they_write_them() {
        assert!(is_switched_off("[Settings]\ngtk-theme-name=Adwaita\ngtk-enable-animations=0\n"));
        assert!(is_switched_off("gtk-enable-animations = False"));
        assert!(is_switched_off("[KDE]\nAnimationDurationFactor=0\n"));
        for moves in ["", "gtk-enable-animations=1", "gtk-enable-animations=true", "AnimationDurationFactor=0.5"] {
            assert!(!is_switched_off(moves), "{moves}");
        }
    }

    #[test]
    fn the_mask_of_windows_is_read_as_its_settings_write_it() {
        let said = |mask: &str| {
            format!(
                "\r\nHKEY_CURRENT_USER\\Control Panel\\Desktop\r\n    UserPreferencesMask    REG_BINARY    {mask}\r\n\r\n"
            )
        };
        // As Windows 10 has it at first, and after "Adjust for best performance".
        assert!(!is_switched_off_in_mask(&said("9E1E078012000000")));
        assert!(is_switched_off_in_mask(&said("9012038010000000")));
        for nothing in
            ["", "ERROR: The system was unable to find the specified registry key or value.", &said("9E1E07")]
        {
            assert!(!is_switched_off_in_mask(nothing), "{nothing}");
        }
    }
}
