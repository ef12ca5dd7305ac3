/// Gauss-Legendre rule of 16 points on [-1, 1], its positive half: (node, weight).
const RULE: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_6),
    (0.458_016_777_657_227_4, 0.169_156_519_395_002_54),
    (0.617_876_244_402_643_7, 0.149_595_988_816_576_73),
    (0.755_404_408_355_003, 0.124_628_971_255_533_87),
    (0.865_631_202_387_831_7, 0.095_158_511_682_492_78),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_89),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_095),
];

/// Points and weights of the Gauss-Legendre rule of 16 points between two ends: the sum of weight x f(point) is the integral
/// of f, exact for polynomials of degree 31.
pub fn points(from: f64, to: f64) -> impl Iterator<Item = (f64, f64)> {
    let (centre, half) = (0.5 * (from + to), 0.5 * (to - from));
    let both = move |(node, weight): (f64, f64)| {
        [(centre - half * node, weight * half), (centre + half * node, weight * half)]
    };
    RULE.into_iter().flat_map(both)
}
