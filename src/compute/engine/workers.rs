use super::companion::companion;
use super::landscape::{Surveyor, surveyor};
use super::race::{RaceTrainer, SeedTrainer, race_trainer, seed_trainer};
use super::resample::resampler;
use super::tuner::{RateTuner, rate_tuner};
use super::units::{Inspector, inspector};
use super::{Companion, Engine, Failure, Measurer, Resampler};

/// All who work in the background, on the same threads, but for those who train, who have their own: the engine first, the others while
/// it has nothing to do.
pub struct Workers {
    /// Measures what is set.
    pub engine: Engine,
    /// Maps networks around it.
    pub surveyor: Surveyor,
    /// Looks closer at one of its layers.
    pub inspector: Inspector,
    /// Measures it with other seeds.
    pub resampler: Resampler,
    /// Measures what it is compared with.
    pub companion: Companion,
    /// Measures what might help.
    pub trials: Companion,
    /// Measures presets, to show them in small.
    pub presets: Companion,
    /// Trains networks side by side.
    pub trainer: RaceTrainer,
    /// Repeats that with other seeds.
    pub seed_trainer: SeedTrainer,
    /// Looks for their learning rates.
    pub tuner: RateTuner,
}

impl Workers {
    /// Starts them. `wake` is called after every answer of any.
    ///
    /// # Errors
    /// If the system gives no threads.
    pub fn start(wake: impl Fn() + Clone + Send + 'static) -> Result<Self, Failure> {
        let measurer = Measurer::new()?;
        let (pool, last) = (measurer.pool(), measurer.last_measured());
        let engine = Engine::of(measurer, wake.clone())?;
        let inspector = inspector((pool.clone(), last), engine.precedence(), wake.clone())?;
        let resampler = resampler(Measurer::on(pool.clone()).keeping(0), engine.precedence(), wake.clone())?;
        let beside = |name: &str| companion(name, Measurer::on(pool.clone()), engine.precedence(), wake.clone());
        let (companion, trials) = (beside("initscope-companion")?, beside("initscope-trials")?);
        let presets = beside("initscope-presets")?;
        let trainer = race_trainer(Measurer::new()?, engine.precedence(), wake.clone())?;
        let seed_trainer = seed_trainer(Measurer::new()?, engine.precedence(), wake.clone())?;
        let tuner = rate_tuner(Measurer::new()?, engine.precedence(), wake.clone())?;
        let surveyor = surveyor(pool, engine.precedence(), wake)?;
        Ok(Self { engine, surveyor, inspector, resampler, companion, trials, presets, trainer, seed_trainer, tuner })
    }
}
