//! Exponentials and what is made of them, without branches and tables, so that loops over them become vector instructions.
//! Those in f64 are accurate to 1e-15, those in f32 to two units in the last place; NaN stays NaN.

use std::f64::consts::{LN_2, LOG2_E, SQRT_2};

use super::level::Arithmetic;

/// ln 2 in two parts; the first has so few bits that its product with the exponent of an f64 is exact (fdlibm's).
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// An argument beyond which exp is 0 or infinite in f32, and far from that in f64.
const FAR: f64 = 700.0;

/// exp(x) for x in f32's range; exp(700) above 700, exp(-700) below -700.
#[inline(always)]
pub(crate) fn exp<A: Arithmetic>(x: f64) -> f64 {
    let (tail, scale) = split::<A>(x);
    A::mul_add_f64(tail, scale, scale)
}

/// exp(x) - 1, to the last places where it is near zero, too.
#[inline(always)]
pub(crate) fn exp_m1<A: Arithmetic>(x: f64) -> f64 {
    let (tail, scale) = split::<A>(x);
    A::mul_add_f64(tail, scale, scale - 1.0)
}

/// (exp(r) - 1, 2^n) for x = n ln 2 + r with |r| <= ln 2 / 2.
#[inline(always)]
fn split<A: Arithmetic>(x: f64) -> (f64, f64) {
    // Added to a number below 2^51, it leaves its nearest integer in the low bits.
    const ROUND: f64 = 1.5 * (1_u64 << 52) as f64;
    let x = x.clamp(-FAR, FAR);
    let rounded = A::mul_add_f64(x, LOG2_E, ROUND);
    let n = rounded - ROUND;
    let r = A::mul_add_f64(n, -LN_2_LOW, A::mul_add_f64(n, -LN_2_HIGH, x));
    let scale = f64::from_bits((rounded.to_bits() << 52).wrapping_add(1.0_f64.to_bits()));
    // Taylor's series: the next term is below 1e-17.
    const SERIES: [f64; 12] = [
        1.0 / 2.0,
        1.0 / 6.0,
        1.0 / 24.0,
        1.0 / 120.0,
        1.0 / 720.0,
        1.0 / 5_040.0,
        1.0 / 40_320.0,
        1.0 / 362_880.0,
        1.0 / 3_628_800.0,
        1.0 / 39_916_800.0,
        1.0 / 479_001_600.0,
        1.0 / 6_227_020_800.0,
    ];
    (A::mul_add_f64(polynomial::<A, 12>(r, &SERIES), r * r, r), scale)
}

/// ln(1 + x) for x in [0, 1].
#[inline(always)]
pub(crate) fn ln_1p<A: Arithmetic>(x: f64) -> f64 {
    // 2 artanh(s), s <= 1/3; the next term is below 1e-17.
    const SERIES: [f64; 16] = [
        1.0 / 3.0,
        1.0 / 5.0,
        1.0 / 7.0,
        1.0 / 9.0,
        1.0 / 11.0,
        1.0 / 13.0,
        1.0 / 15.0,
        1.0 / 17.0,
        1.0 / 19.0,
        1.0 / 21.0,
        1.0 / 23.0,
        1.0 / 25.0,
        1.0 / 27.0,
        1.0 / 29.0,
        1.0 / 31.0,
        1.0 / 33.0,
    ];
    let s = x / (2.0 + x);
    let square = s * s;
    2.0 * A::mul_add_f64(polynomial::<A, 16>(square, &SERIES) * square, s, s)
}

/// The standard normal's distribution function; below, its tail is exact.
#[inline(always)]
pub(crate) fn normal_cdf<A: Arithmetic>(z: f64) -> f64 {
    // f32's least number is far inside.
    let z = z.clamp(-FURTHEST, FURTHEST);
    let x = z.abs() / SQRT_2;
    // (1 + 2x) exp(x^2) erfc(x) as a polynomial in (x - 4) / (x + 4) (Shepherd and Laframboise 1981), fitted for x <= 10.6.
    const FIT: [f64; 19] = [
        1.232_995_118_625_552_5,
        -0.139_621_116_840_562_1,
        0.015_379_652_102_620_694,
        0.068_097_054_254_571_29,
        -0.101_039_066_036_704_43,
        0.093_732_835_005_553_04,
        -0.066_330_365_788_136_51,
        0.037_167_515_381_830_64,
        -0.016_197_734_649_745_52,
        0.005_031_971_352_607_436,
        -0.000_757_766_154_256_280_3,
        -0.000_199_259_245_210_177_36,
        0.000_150_578_634_368_840_42,
        -0.000_024_433_608_345_232_93,
        -0.000_011_111_335_811_341_798,
        5.918_462_817_597_162e-6,
        2.909_712_555_577_432e-7,
        -1.144_809_812_856_276_8e-6,
        -2.564_156_941_686_239e-7,
    ];
    let (near, far) = (x + 4.0, A::mul_add_f64(2.0, x, 1.0));
    let inverse = 1.0 / (near * far);
    let scaled = polynomial::<A, 19>((x - 4.0) * far * inverse, &FIT) * near * inverse;
    let tail = 0.5 * scaled * exp::<A>(-0.5 * z * z);
    if z > 0.0 { 1.0 - tail } else { tail }
}

/// Phi of minus this is 2e-50.
const FURTHEST: f64 = 14.99;

/// exp(x) in f32 for x <= 0, denormal results included.
#[inline(always)]
pub(crate) fn exp_of_negative<A: Arithmetic>(x: f32) -> f32 {
    exp_of_negative_times::<A>(1.0, x)
}

/// factor exp(x) in f32 for x <= 0 and a factor of 1 to 4, denormal results included.
#[inline(always)]
pub(crate) fn exp_of_negative_times<A: Arithmetic>(factor: f32, x: f32) -> f32 {
    // 4 exp(-106) rounds to zero.
    let (tail, scale) = split_f32::<A, 64>(if x < -106.0 { -106.0 } else { x });
    const DOWN: f32 = 1.0 / (1_u64 << 63) as f32 / 2.0;
    A::mul_add(tail, scale, scale) * (factor * DOWN)
}

/// exp(x) - 1 in f32 for x from -80 to 80.
#[inline(always)]
pub(crate) fn exp_m1_f32<A: Arithmetic>(x: f32) -> f32 {
    let (tail, scale) = split_f32::<A, 0>(x);
    A::mul_add(tail, scale, scale - 1.0)
}

/// (exp(r) - 1, 2^(n + UP)) for x = n ln 2 + r with |r| <= ln 2 / 2.
#[inline(always)]
fn split_f32<A: Arithmetic, const UP: u32>(x: f32) -> (f32, f32) {
    const ROUND: f32 = 1.5 * (1_u32 << 23) as f32;
    // 9 bits and the rest.
    const LN_2_HIGH: f32 = 355.0 / 512.0;
    const LN_2_LOW: f32 = (LN_2 - 355.0 / 512.0) as f32;
    let rounded = A::mul_add(x, LOG2_E as f32, ROUND);
    let n = rounded - ROUND;
    let r = A::mul_add(n, -LN_2_LOW, A::mul_add(n, -LN_2_HIGH, x));
    let scale = f32::from_bits((rounded.to_bits() << 23).wrapping_add(1.0_f32.to_bits() + (UP << 23)));
    const SERIES: [f32; 6] = [1.0 / 2.0, 1.0 / 6.0, 1.0 / 24.0, 1.0 / 120.0, 1.0 / 720.0, 1.0 / 5_040.0];
    let polynomial = SERIES.iter().rev().fold(0.0, |sum, &factor| A::mul_add(sum, r, factor));
    (A::mul_add(polynomial, r * r, r), scale)
}

/// Horner's scheme, from the constant on.
#[inline(always)]
fn polynomial<A: Arithmetic, const N: usize>(x: f64, factors: &[f64; N]) -> f64 {
    factors.iter().rev().fold(0.0, |sum, &factor| A::mul_add_f64(sum, x, factor))
}
