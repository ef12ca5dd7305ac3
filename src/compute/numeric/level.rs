//! The same loops compiled for several kinds of CPU; the best one that this CPU understands is chosen at run time.

#![allow(unsafe_code, reason = "a function for newer CPUs may be called only where the CPU was asked")]

/// Instructions that loops are compiled for. All levels are equally accurate; sums differ in the last bits between those
/// that fuse multiplications with additions and those that do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level(InstructionSet);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InstructionSet {
    /// What every CPU of the architecture has.
    Baseline,
    /// 16 numbers at a time. Intel and AMD.
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// 8 numbers at a time. Intel and AMD.
    #[cfg(target_arch = "x86_64")]
    Avx2,
}

/// Loops to compile for every level.
pub(crate) trait Work {
    /// What comes out.
    type Output;

    /// The loops, in terms of a level's arithmetic. To be `#[inline(always)]`, with all it calls.
    fn run<A: Arithmetic>(self) -> Self::Output;
}

/// What differs between levels in the source; all else is up to the compiler.
pub(crate) trait Arithmetic {
    /// Sums that a matrix product keeps in registers: rows by columns.
    const TILE: Tile;

    /// a b + c, rounded once by an instruction of the CPU. Where there is none it would take 20 ns or more, and is rounded twice.
    #[inline(always)]
    fn mul_add(a: f32, b: f32, c: f32) -> f32 {
        a.mul_add(b, c)
    }

    /// The same in f64.
    #[inline(always)]
    fn mul_add_f64(a: f64, b: f64, c: f64) -> f64 {
        a.mul_add(b, c)
    }
}

/// See [`Arithmetic::TILE`].
pub(crate) enum Tile {
    /// 20 of 32 registers of 16 numbers.
    FiveBy64,
    /// 12 of 16 registers of 8 numbers. Six rows of 16 would be as many, and their factors six more: too many.
    ThreeBy32,
    /// 12 of 16 registers of 4 numbers, or of 32.
    ThreeBy16,
}

/// AVX-512.
#[cfg(target_arch = "x86_64")]
struct Wide;

/// AVX2 with FMA.
#[cfg(target_arch = "x86_64")]
struct Fused;

/// For any CPU.
pub(crate) struct Plain;

impl Level {
    /// The best that this CPU understands.
    pub fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
            {
                return Self(InstructionSet::Avx512);
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                return Self(InstructionSet::Avx2);
            }
        }
        Self(InstructionSet::Baseline)
    }

    /// All that this CPU understands, the best first.
    pub fn all() -> Vec<Self> {
        match Self::best().0 {
            InstructionSet::Baseline => vec![Self(InstructionSet::Baseline)],
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx2 => vec![Self(InstructionSet::Avx2), Self(InstructionSet::Baseline)],
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx512 => {
                vec![Self(InstructionSet::Avx512), Self(InstructionSet::Avx2), Self(InstructionSet::Baseline)]
            }
        }
    }

    /// Runs the loops as they were compiled for this level.
    pub(crate) fn run<W: Work>(self, work: W) -> W::Output {
        match self.0 {
            InstructionSet::Baseline => work.run::<Plain>(),
            // SAFETY: only `best` and `all` make a level, and only of what the CPU was found to understand; every CPU
            // with AVX-512 has AVX2 and FMA.
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx512 => unsafe { avx512(work) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx2 => unsafe { avx2(work) },
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
fn avx512<W: Work>(work: W) -> W::Output {
    work.run::<Wide>()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn avx2<W: Work>(work: W) -> W::Output {
    work.run::<Fused>()
}

#[cfg(target_arch = "x86_64")]
impl Arithmetic for Wide {
    const TILE: Tile = Tile::FiveBy64;
}

#[cfg(target_arch = "x86_64")]
impl Arithmetic for Fused {
    const TILE: Tile = Tile::ThreeBy32;
}

/// Whether every CPU that this was compiled for fuses.
const FUSES: bool = cfg!(any(target_feature = "fma", target_arch = "aarch64"));

impl Arithmetic for Plain {
    const TILE: Tile = Tile::ThreeBy16;

    #[inline(always)]
    fn mul_add(a: f32, b: f32, c: f32) -> f32 {
        if FUSES { a.mul_add(b, c) } else { a * b + c }
    }

    #[inline(always)]
    fn mul_add_f64(a: f64, b: f64, c: f64) -> f64 {
        if FUSES { a.mul_add(b, c) } else { a * b + c }
    }
}
