//! Labels of axes: whatever the values, however the axis bends and however high it is, there are two at least, each says where it
//! is, and none lies over another.

use initscope::figure::{Bend, Range, Room, Tick, ValueAxis};

/// Height of a line of text in px, and how far labels are apart where there is room.
const LINE: f64 = 14.5;
const APART: f64 = 46.0;
/// From a plot as low as two lines to one as high as a poster.
const HEIGHTS: [f64; 13] = [32.0, 34.0, 37.0, 41.0, 47.0, 55.0, 70.0, 92.0, 120.0, 180.0, 320.0, 700.0, 2400.0];

/// Of all sizes, of both signs or one, wide and narrow.
fn ranges() -> Vec<(f64, f64)> {
    let mut ranges = vec![(-1.1, 1.1), (-4.9, 4.9), (-0.05, 1.05), (0.3, 0.7), (-999.0, 1001.0), (40.0, 47.0)];
    for exponent in (-38..=36).step_by(2) {
        let size = 10_f64.powi(exponent);
        for (low, high) in [(0.0, 1.0), (-1.0, 1.0), (-1.7, 1.3), (-0.2, 9.7), (1.0, 1.3), (3.1, 9.8), (-6.0, -2.3)] {
            ranges.push((low * size, high * size));
        }
        for wider in [1, 3, 7, 20] {
            let large = 10_f64.powi((exponent + wider).min(38));
            ranges.extend([(size, 1.1 * large), (-1.2 * size, 4.0 * large), (-3.0 * large, 2.0 * size)]);
        }
    }
    ranges.retain(|(low, high)| low < high);
    ranges
}

fn axes() -> Vec<ValueAxis> {
    let symlog = [1e-30, 1e-3, 0.02, 1.0, 5e4].map(|linear| Bend::Symlog { linear });
    let bends = symlog.into_iter().chain([Bend::Linear, Bend::Log, Bend::LogSize]);
    let of_bend = |bend: Bend| {
        let places = ranges().into_iter().map(move |(low, high)| (bend.place(low), bend.place(high)));
        let places = places.filter(|(low, high)| low.is_finite() && high.is_finite() && low < high);
        places.map(move |places| ValueAxis::around(bend, Some(places), (true, true)))
    };
    bends.flat_map(of_bend).collect()
}

/// What a label says: `−5×10⁻³`, `10⁴`, `0.02`.
fn read(label: &str) -> f64 {
    const HIGH: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let is_high = |letter: char| HIGH.contains(letter);
    let digit =
        |letter: char| HIGH.chars().position(|high| high == letter).map_or(letter, |at| (b'0' + at as u8) as char);
    let plain: String = label.chars().map(digit).collect::<String>().replace(['−', '⁻'], "-");
    let (sign, plain) = plain.strip_prefix('-').map_or((1.0, plain.as_str()), |rest| (-1.0, rest));
    let (factor, power) = match plain.split_once('×') {
        Some((factor, power)) => (factor.parse().unwrap(), power),
        None if label.contains(is_high) => (1.0, plain),
        None => return sign * plain.parse::<f64>().unwrap(),
    };
    format!("{}e{}", sign * factor, power.strip_prefix("10").unwrap()).parse().unwrap()
}

fn assert_labelled(ticks: &[Tick], place: impl Fn(f64) -> f64, height: f64, what: &str) {
    assert!(ticks.len() >= 2, "{what}: {ticks:?}");
    for pair in ticks.windows(2) {
        let apart = (place(pair[1].at) - place(pair[0].at)) * height;
        assert!(apart >= LINE, "{what}: {apart} px between {} and {}", pair[0].label, pair[1].label);
        assert_ne!(pair[0].label, pair[1].label, "{what}");
    }
    let most = place(ticks[ticks.len() - 1].at).max(place(ticks[0].at));
    assert!((0.0..=1.0).contains(&place(ticks[0].at)) && most <= 1.0, "{what}: {ticks:?}");
    let largest = ticks.iter().map(|tick| tick.at.abs()).fold(0.0, f64::max);
    for Tick { at, label } in ticks {
        assert!((read(label) - at).abs() <= 1e-6 * largest, "{what}: {label} is {at}");
    }
}

#[test]
fn every_axis_has_two_labels_at_every_height_and_none_overlap() {
    for axis in axes() {
        for height in HEIGHTS {
            let ticks = axis.ticks(&Room::upright(height, LINE, APART));
            assert_labelled(&ticks, |value| axis.height(value), height, &format!("{axis:?}, {height} px"));
        }
    }
}

#[test]
fn of_a_value_and_its_negative_both_are_labelled_or_none() {
    for axis in axes().into_iter().filter(|axis| matches!(axis.bend, Bend::Symlog { .. })) {
        for height in HEIGHTS {
            let ticks = axis.ticks(&Room::upright(height, LINE, APART));
            // Of only two the outermost may be all there is room for.
            for tick in ticks.iter().filter(|_| ticks.len() > 2) {
                let is_seen = (1e-9..=1.0 - 1e-9).contains(&axis.height(-tick.at));
                let is_labelled = ticks.iter().any(|other| other.at == -tick.at);
                assert!(is_labelled || !is_seen, "{axis:?}, {height} px: {} alone in {ticks:?}", tick.label);
            }
        }
    }
}

#[test]
fn labels_that_lie_have_room_for_their_widths() {
    let width = |label: &str| 7.0 * label.chars().count() as f64;
    for (low, high) in ranges() {
        for length in [150.0, 200.0, 330.0, 800.0, 2000.0] {
            let range = Range { low, high };
            let ticks = range.ticks(&Room::along(length, 80.0, width));
            assert!(ticks.len() >= 2, "{low} to {high}, {length} px: {ticks:?}");
            for pair in ticks.windows(2) {
                let apart = (range.height(pair[1].at) - range.height(pair[0].at)) * length;
                let needed = 0.5 * (width(&pair[0].label) + width(&pair[1].label));
                assert!(apart >= needed, "{low} to {high}, {length} px: {ticks:?}");
            }
        }
    }
}

#[test]
fn what_is_counted_has_whole_numbers() {
    for last in [2.0, 3.0, 7.0, 20.0, 100.0] {
        for height in HEIGHTS {
            let range = Range { low: 0.5, high: last + 0.5 };
            let ticks = range.whole_ticks(&Room::upright(height, LINE, APART));
            assert_labelled(&ticks, |value| range.height(value), height, &format!("1 to {last}, {height} px"));
            assert!(ticks.iter().all(|tick| tick.at.fract() == 0.0 && tick.at >= 1.0), "{ticks:?}");
        }
    }
}
