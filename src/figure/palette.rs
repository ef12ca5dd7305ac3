//! The colours of layers, unit states and maps: the same on the screen and in files, safe for colour-blind eyes.

/// What a figure stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    /// Near white.
    Light,
    /// Near black.
    Dark,
}

/// A colour as red, green, blue.
pub type Rgb = [u8; 3];

/// Okabe and Ito 2008, the yellow darkened for light backgrounds, all lightened for dark ones.
const LAYERS_LIGHT: [Rgb; 5] = [[0, 114, 178], [0, 158, 115], [213, 94, 0], [204, 121, 167], [184, 168, 0]];
const LAYERS_DARK: [Rgb; 5] = [[86, 166, 232], [48, 190, 143], [240, 138, 56], [222, 148, 190], [226, 208, 78]];

/// A ramp of one direction in lightness, after Viridis (Smith and van der Walt 2015), its unreadable ends left out.
const RAMP_LIGHT: [Rgb; 5] = [[68, 30, 110], [52, 94, 141], [28, 136, 132], [70, 160, 80], [158, 172, 20]];
const RAMP_DARK: [Rgb; 5] = [[136, 112, 222], [86, 140, 215], [50, 182, 170], [120, 210, 100], [250, 230, 60]];

/// The colour of layer `index` (from 0) of `layers`: one of five, or beyond five layers a ramp by depth.
pub fn layer(index: usize, layers: usize, background: Background) -> Rgb {
    let few = match background {
        Background::Light => LAYERS_LIGHT,
        Background::Dark => LAYERS_DARK,
    };
    if layers <= few.len() {
        return few[index.min(few.len() - 1)];
    }
    ramp(index, layers, background)
}

/// Okabe and Ito's eight, the yellow darkened for light backgrounds, blue and black lightened for dark ones.
const RACERS_LIGHT: [Rgb; 8] = [
    [0, 114, 178],
    [213, 94, 0],
    [0, 158, 115],
    [204, 121, 167],
    [230, 159, 0],
    [70, 170, 225],
    [40, 44, 52],
    [176, 160, 0],
];
const RACERS_DARK: [Rgb; 8] = [
    [60, 140, 220],
    [244, 118, 62],
    [36, 190, 143],
    [228, 150, 196],
    [240, 172, 32],
    [130, 205, 248],
    [226, 228, 232],
    [240, 228, 66],
];

/// The colour of a network that is trained beside others, by its place from 0.
pub fn racer(place: usize, background: Background) -> Rgb {
    let colors = if background == Background::Light { RACERS_LIGHT } else { RACERS_DARK };
    colors[place % colors.len()]
}

/// The same on a ramp by depth, however few there are.
pub fn ramp(index: usize, layers: usize, background: Background) -> Rgb {
    between(if background == Background::Light { &RAMP_LIGHT } else { &RAMP_DARK }, depth(index, layers))
}

/// The same in greys, which every printer has.
pub fn grey(index: usize, layers: usize, background: Background) -> Rgb {
    let ends = match background {
        Background::Light => [[60; 3], [168; 3]],
        Background::Dark => [[216; 3], [112; 3]],
    };
    between(&ends, depth(index, layers))
}

/// The same in colours of the user's own: one each where there are as many, else on a ramp over them.
pub fn own(index: usize, layers: usize, colors: &[Rgb]) -> Rgb {
    match colors {
        [] => [128; 3],
        [one] => *one,
        several if layers <= several.len() => several[index.min(several.len() - 1)],
        several => between(several, depth(index, layers)),
    }
}

/// A colour on the straight way from one to another, from 0 to 1.
pub fn mixed_of(one: Rgb, other: Rgb, share: f32) -> Rgb {
    between(&[one, other], share)
}

/// Whether light text is read better on a colour than dark text.
pub fn is_dark(color: Rgb) -> bool {
    // Where black and white have the same contrast (WCAG 2).
    luminance(color) < 0.179
}

/// The least contrast at which words are read (WCAG 2.2, level AA).
pub const READABLE: f64 = 4.5;

/// The contrast of two colours (WCAG 2.2), from 1 to 21.
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The colour of words about something of this colour: the same where it can be read on a ground, else as little darker as it takes,
/// or lighter on a dark ground.
pub fn readable(color: Rgb, ground: Rgb) -> Rgb {
    let end = if is_dark(ground) { [255; 3] } else { [0; 3] };
    let way = (0..=STEPS).map(|step| mixed_of(color, end, step as f32 / STEPS as f32));
    way.into_iter().find(|color| contrast(*color, ground) >= READABLE).unwrap_or(end)
}

/// Steps from a colour to black or white.
const STEPS: u8 = 64;

/// Relative luminance (WCAG 2).
fn luminance(color: Rgb) -> f64 {
    let linear = |channel: u8| match f64::from(channel) / 255.0 {
        share if share <= 0.04045 => share / 12.92,
        share => ((share + 0.055) / 1.055).powf(2.4),
    };
    let [red, green, blue] = color.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// From 0 to 1 over the layers.
fn depth(index: usize, layers: usize) -> f32 {
    index as f32 / layers.saturating_sub(1).max(1) as f32
}

/// The colour at a share from 0 to 1 of the way over these stops.
fn between(stops: &[Rgb], share: f32) -> Rgb {
    let position = share.clamp(0.0, 1.0) * (stops.len() - 1) as f32;
    let stop = (position as usize).min(stops.len() - 2);
    let part = position - stop as f32;
    std::array::from_fn(|channel| {
        let (one, other) = (f32::from(stops[stop][channel]), f32::from(stops[stop + 1][channel]));
        (one + (other - one) * part).round() as u8
    })
}

/// Viridis (Smith and van der Walt 2015) at every eighth of its way, as matplotlib has it.
const VIRIDIS: [Rgb; 9] = [
    [68, 1, 84],
    [71, 45, 123],
    [59, 82, 139],
    [44, 114, 142],
    [33, 145, 140],
    [40, 174, 128],
    [94, 201, 98],
    [173, 220, 48],
    [253, 231, 37],
];

/// The colour of a value on a map, from 0 to 1 of its scale; lighter is more.
pub fn map(share: f64) -> Rgb {
    between(&VIRIDIS, share as f32)
}

/// How often a unit that is mixed fires, from 0 to 1: the way of [`map`] without its green and yellow end, which colour-blind
/// eyes take for dead units and for such as are always on.
pub fn rate(share: f64) -> Rgb {
    map(0.62 * share)
}

/// A weight on its way from -1 to 1: blue, nothing, orange (Okabe and Ito 2008).
pub fn weight(share: f64, background: Background) -> Rgb {
    let (blue, none, orange) = match background {
        Background::Light => ([0, 90, 160], [250, 250, 250], [200, 82, 0]),
        Background::Dark => ([96, 176, 240], [20, 22, 26], [244, 146, 60]),
    };
    let end = if share < 0.0 { blue } else { orange };
    between(&[none, end], share.abs() as f32)
}

/// Cells of a map that have no number on its scale; a pattern on it says why.
pub fn no_number(background: Background) -> Rgb {
    match background {
        Background::Light => [202, 206, 214],
        Background::Dark => [96, 96, 100],
    }
}

/// Units whose derivative is 0 for every image.
pub fn dead(background: Background) -> Rgb {
    match background {
        Background::Light => [200, 56, 48],
        Background::Dark => [232, 98, 90],
    }
}

/// Units whose output is positive for no image, and which are not dead.
pub fn never_positive(background: Background) -> Rgb {
    match background {
        Background::Light => [168, 128, 240],
        Background::Dark => [204, 196, 250],
    }
}

/// Units that are neither dead nor always on.
pub fn mixed(background: Background) -> Rgb {
    match background {
        Background::Light => [174, 184, 203],
        Background::Dark => [88, 98, 120],
    }
}

/// Units that are not dead, but could be, and whose output is always positive.
pub fn always_on(background: Background) -> Rgb {
    match background {
        Background::Light => [222, 158, 0],
        Background::Dark => [240, 184, 64],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_colour_where_it_is_read_and_are_readable_on_every_ground() {
        assert_eq!(readable([0, 106, 168], [255; 3]), [0, 106, 168]);
        for ground in (0..=255).step_by(5).map(|grey| [grey; 3]) {
            for color in LAYERS_LIGHT.into_iter().chain(RACERS_DARK).chain([[128; 3]]) {
                let found = contrast(readable(color, ground), ground);
                assert!(found >= READABLE, "{color:?} on {ground:?}: {found:.2}");
            }
        }
    }

    #[test]
    fn maps_go_from_viridis_dark_end_to_its_light_one_and_only_get_lighter() {
        assert_eq!((map(0.0), map(1.0)), ([68, 1, 84], [253, 231, 37]));
        // matplotlib 3.8: viridis(0.3) is (53, 95, 141).
        let found = map(0.3).map(i32::from);
        assert!(found.iter().zip([53, 95, 141]).all(|(found, expected)| (found - expected).abs() <= 3), "{found:?}");
        let lights: Vec<_> = (0..=100).map(|step| luminance(map(f64::from(step) / 100.0))).collect();
        assert!(lights.windows(2).all(|pair| pair[0] < pair[1]), "grey prints and colour-blind eyes keep the order");
    }
}
