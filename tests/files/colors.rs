//! Colours that mean different things are told apart by colour-blind eyes, too: CIEDE2000 of 10 or more between what protan, deutan
//! and tritan eyes see (Machado, Oliveira and Fernandes 2009, severity 1), in both themes.

use initscope::figure::palette::{self, Background, Rgb};

const APART: f64 = 10.0;

/// What an eye makes of linear RGB: the ordinary one, and the three deficiencies at severity 1.
const EYES: [(&str, [[f64; 3]; 3]); 4] = [
    ("any", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protan",
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ),
    (
        "deutan",
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ),
    (
        "tritan",
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ),
];

type Lab = [f64; 3];

fn times(matrix: &[[f64; 3]; 3], of: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(of).map(|(factor, value)| factor * value).sum())
}

/// sRGB (IEC 61966-2-1) as an eye sees it, in CIELAB under D65.
fn lab(color: Rgb, eye: &[[f64; 3]; 3]) -> Lab {
    let linear = color.map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    let seen = times(eye, linear).map(|value| value.clamp(0.0, 1.0));
    let xyz = times(
        &[
            [0.412_456_4, 0.357_576_1, 0.180_437_5],
            [0.212_672_9, 0.715_152_2, 0.072_175_0],
            [0.019_333_9, 0.119_192_0, 0.950_304_1],
        ],
        seen,
    );
    let white = [0.950_47, 1.0, 1.088_83];
    let [x, y, z] = [0, 1, 2].map(|at| {
        let (share, knee) = (xyz[at] / white[at], 6.0_f64 / 29.0);
        if share > knee.powi(3) { share.cbrt() } else { share / (3.0 * knee * knee) + 4.0 / 29.0 }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// CIEDE2000 as Sharma, Wu and Dalal 2005 write it down.
fn difference([l1, a1, b1]: Lab, [l2, a2, b2]: Lab) -> f64 {
    let seventh = |chroma: f64| (chroma.powi(7) / (chroma.powi(7) + 25.0_f64.powi(7))).sqrt();
    let g = 0.5 * (1.0 - seventh((a1.hypot(b1) + a2.hypot(b2)) / 2.0));
    let (a1, a2) = ((1.0 + g) * a1, (1.0 + g) * a2);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let turn = if c1 * c2 == 0.0 { 0.0 } else { (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0 };
    let hues = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let (lightness, chroma) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let mean_hue = match (h1 + h2, (h1 - h2).abs() <= 180.0) {
        (sum, _) if c1 * c2 == 0.0 => sum,
        (sum, true) => sum / 2.0,
        (sum, false) if sum < 360.0 => (sum + 360.0) / 2.0,
        (sum, false) => (sum - 360.0) / 2.0,
    };
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(mean_hue - 30.0) + 0.24 * cos(2.0 * mean_hue) + 0.32 * cos(3.0 * mean_hue + 6.0)
        - 0.20 * cos(4.0 * mean_hue - 63.0);
    let off = (lightness - 50.0).powi(2);
    let of_lightness = (l2 - l1) / (1.0 + 0.015 * off / (20.0 + off).sqrt());
    let of_chroma = (c2 - c1) / (1.0 + 0.045 * chroma);
    let of_hue = hues / (1.0 + 0.015 * chroma * t);
    let rotation = 60.0 * (-((mean_hue - 275.0) / 25.0).powi(2)).exp();
    let turned = -2.0 * seventh(chroma) * rotation.to_radians().sin();
    (of_lightness.powi(2) + of_chroma.powi(2) + of_hue.powi(2) + turned * of_chroma * of_hue).sqrt()
}

/// Four of the pairs that Sharma, Wu and Dalal give to test implementations with.
#[test]
fn the_difference_is_that_of_the_published_pairs() {
    for (one, other, expected) in [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0011], 7.2195),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082),
    ] {
        assert!((difference(one, other) - expected).abs() < 1e-4, "{one:?} {other:?}: {}", difference(one, other));
    }
}

fn assert_apart(what: &str, one: Rgb, other: Rgb) {
    for (eye, matrix) in &EYES {
        let found = difference(lab(one, matrix), lab(other, matrix));
        assert!(found >= APART, "{what}, {eye} eyes: {found:.1}");
    }
}

const BACKGROUNDS: [Background; 2] = [Background::Light, Background::Dark];

type Named = (&'static str, fn(Background) -> Rgb);

const STATES: [Named; 3] =
    [("dead", palette::dead), ("never positive", palette::never_positive), ("always on", palette::always_on)];

#[test]
fn states_are_told_apart_in_a_bar() {
    let all: Vec<Named> = STATES.into_iter().chain([("mixed", palette::mixed as fn(Background) -> Rgb)]).collect();
    for background in BACKGROUNDS {
        for (index, (one, of_one)) in all.iter().enumerate() {
            for (other, of_other) in &all[..index] {
                assert_apart(&format!("{background:?}: {one}, {other}"), of_one(background), of_other(background));
            }
        }
    }
}

#[test]
fn states_are_told_apart_from_however_often_a_unit_fires() {
    let all: Vec<Named> = STATES.into_iter().chain([("NaN", palette::no_number as fn(Background) -> Rgb)]).collect();
    for background in BACKGROUNDS {
        for (index, (one, of_one)) in all.iter().enumerate() {
            for (other, of_other) in &all[..index] {
                assert_apart(&format!("{background:?}: {one}, {other}"), of_one(background), of_other(background));
            }
            for percent in 0..=100 {
                let rate = palette::rate(f64::from(percent) / 100.0);
                assert_apart(&format!("{background:?}: {one}, fires for {percent} %"), of_one(background), rate);
            }
        }
    }
}

#[test]
fn seldom_and_often_negative_and_positive_weights_are_told_apart() {
    assert_apart("seldom, half", palette::rate(0.0), palette::rate(0.5));
    assert_apart("half, often", palette::rate(0.5), palette::rate(1.0));
    for background in BACKGROUNDS {
        let [negative, none, positive] = [-1.0, 0.0, 1.0].map(|share| palette::weight(share, background));
        assert_apart("negative, positive", negative, positive);
        assert_apart("negative, none", negative, none);
        assert_apart("none, positive", none, positive);
    }
}
