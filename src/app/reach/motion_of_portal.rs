//! What the desktop's portal says of motion: the one place that also programs in a sandbox can ask.

use std::collections::HashMap;

use zbus::zvariant::OwnedValue;

/// Settings, each in its namespace.
type PortalSettings = HashMap<String, HashMap<String, OwnedValue>>;

/// What all desktops say, and what GNOME and those that follow it do.
const NAMESPACES: [&str; 2] = ["org.freedesktop.appearance", "org.gnome.desktop.interface"];

/// Whether the portal says that there is to be less motion; nothing, if there is none, or it says nothing of that.
pub fn said_by_portal() -> Option<bool> {
    is_less(&pollster::block_on(settings()).ok()?)
}

async fn settings() -> zbus::Result<PortalSettings> {
    let connection = zbus::Connection::session().await?;
    let portal = (Some("org.freedesktop.portal.Desktop"), "/org/freedesktop/portal/desktop");
    let interface = Some("org.freedesktop.portal.Settings");
    let asked = (NAMESPACES.as_slice(),);
    let reply = connection.call_method(portal.0, portal.1, interface, "ReadAll", &asked).await?;
    reply.body().deserialize()
}

fn is_less(settings: &PortalSettings) -> Option<bool> {
    let [appearance, gnome] = NAMESPACES.map(|namespace| settings.get(namespace));
    let reduced = appearance.and_then(|all| u32::try_from(all.get("reduced-motion")?).ok()).map(|said| said == 1);
    let animated = gnome.and_then(|all| bool::try_from(all.get("enable-animations")?).ok());
    match (reduced, animated) {
        (None, None) => None,
        (reduced, animated) => Some(reduced == Some(true) || animated == Some(false)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portal_that_says_nothing_of_motion_is_told_from_one_that_wants_it() {
        let said = |settings: &[(usize, &str, OwnedValue)]| {
            let mut all = PortalSettings::new();
            for (namespace, key, value) in settings {
                let of = all.entry(NAMESPACES[*namespace].to_owned()).or_default();
                of.insert((*key).to_owned(), value.clone());
            }
            is_less(&all)
        };
        let (reduced, animated) =
            (|is: u32| (0, "reduced-motion", OwnedValue::from(is)), |is: bool| (1, "enable-animations", is.into()));
        assert_eq!(said(&[(0, "color-scheme", OwnedValue::from(1_u32))]), None);
        assert_eq!(said(&[reduced(1)]), Some(true));
        assert_eq!(said(&[reduced(0), animated(true)]), Some(false));
        assert_eq!(said(&[reduced(0), animated(false)]), Some(true));
    }
}
