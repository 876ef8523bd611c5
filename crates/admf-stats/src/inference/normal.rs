//! The standard normal distribution.
//!
//! Written out on `libm` because the crates that have it (`statrs` and others) call the system's logarithm and
//! exponential, whose last bits differ between machines.

use std::f64::consts::FRAC_1_SQRT_2;

/// Probability that a standard normal variable is at most `x`, with full relative accuracy in the lower tail.
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// The `x` with [`normal_cdf`]`(x) = probability`; `None` outside the open interval (0, 1).
///
/// Algorithm AS 241 (PPND16): Wichura, The Percentage Points of the Normal Distribution, Applied Statistics 37(3),
/// 1988; relative accuracy about 1e-16. Near 1 the argument itself has few digits left: ask for 1 - p and negate.
pub fn normal_quantile(probability: f64) -> Option<f64> {
    if !(probability > 0.0 && probability < 1.0) {
        return None;
    }
    let q = probability - 0.5;
    if q.abs() <= 0.425 {
        return Some(q * rational(0.180_625 - q * q, &CENTRE));
    }
    let tail = if q < 0.0 { probability } else { 1.0 - probability };
    let r = (-libm::log(tail)).sqrt();
    let size = if r <= 5.0 { rational(r - 1.6, &TAIL) } else { rational(r - 5.0, &FAR_TAIL) };
    Some(size.copysign(q))
}

/// Quotient of two polynomials, coefficients from the constant term up.
struct Rational {
    numerator: [f64; 8],
    denominator: [f64; 8],
}

fn rational(x: f64, of: &Rational) -> f64 {
    let polynomial = |coefficients: &[f64; 8]| coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c);
    polynomial(&of.numerator) / polynomial(&of.denominator)
}

/// For |p - 0.5| ≤ 0.425, in 0.425² - (p - 0.5)².
const CENTRE: Rational = Rational {
    numerator: [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    denominator: [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_545,
    ],
};

/// For √(-ln p) ≤ 5, in √(-ln p) - 1.6.
const TAIL: Rational = Rational {
    numerator: [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ],
    denominator: [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
};

/// For √(-ln p) > 5, in √(-ln p) - 5.
const FAR_TAIL: Rational = Rational {
    numerator: [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    denominator: [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_7e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
};

#[cfg(test)]
mod tests;
