use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::ThreadPool;
use rayon::prelude::*;

use super::cell::{CellWorkspace, Ground, Images, by_depth, of_network};
use super::survey::Piece;
use super::trained_cell::TrainingGround;
use super::{Cell, NoTerrain, Plane, Survey, Terrain};
use crate::dataset::Source;
use crate::engine::desk::{Desk, Turn};
use crate::engine::precedence::Precedence;
use crate::engine::{Failure, Measurer, Wish};
use crate::experiment::Experiment;
use crate::network::{DrawCache, Interrupted, Network};
use crate::subject::ToSubject;

/// A thread that surveys the landscape it was asked for last, on the engine's threads while the engine has nothing to do.
///
/// A slot, not a queue, as the engine has: a new request replaces the waiting one, and running work stops at the next layer.
pub type Surveyor = Desk<Wanted, Survey>;

/// Which landscape, and how much of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The networks.
    pub terrain: Terrain,
    /// Whether with a backward pass each.
    pub gradients: bool,
}

impl Wanted {
    /// Around a subject, with a backward pass each or without.
    ///
    /// # Errors
    /// If it has none, or its images have no labels that gradients could be of.
    pub fn of(subject: &impl ToSubject, plane: Plane, gradients: bool) -> Result<Self, NoTerrain> {
        let subject = subject.to_subject();
        if gradients && !subject.experiment().inputs.has_labels() {
            return Err(NoTerrain("These images have no labels: there is no loss, and no gradient to map."));
        }
        Ok(Self { terrain: Terrain::of(&subject, plane)?, gradients })
    }
}

impl Wish for Wanted {
    type Found = Survey;

    fn is_met_by(&self, found: &Survey) -> bool {
        found.is_complete() && found.terrain == self.terrain && (found.gradients || !self.gradients)
    }

    fn covers(&self, other: &Self) -> bool {
        self.terrain == other.terrain && (self.gradients || !other.gradients)
    }
}

/// Time between two answers, about.
const PAUSE: Duration = Duration::from_millis(40);
/// Pieces that are measured before anybody looks at them, at most.
const MOST_TOGETHER: usize = 256;

/// Starts a surveyor on these threads, while those who have precedence leave them alone. `wake` is called after every answer.
///
/// # Errors
/// If the system gives no thread.
pub(in crate::engine) fn surveyor(
    pool: Arc<ThreadPool>,
    precedence: Arc<Precedence>,
    wake: impl Fn() + Send + 'static,
) -> Result<Surveyor, Failure> {
    let mut kept = KeptSurvey::default();
    let survey = move |wanted: Wanted, turn: &Turn<'_>, publish: &mut dyn FnMut(Survey)| {
        let crew = SurveyCrew { pool: &pool, precedence: &precedence, superseded: &|| turn.is_over() };
        crew.survey(wanted, &mut kept, &mut |survey| publish(survey.clone()))
    };
    Desk::start("initscope-surveyor", survey, wake, |_| ())
}

/// Who works, and who goes first.
struct SurveyCrew<'a> {
    pool: &'a ThreadPool,
    precedence: &'a Precedence,
    superseded: &'a (dyn Fn() -> bool + Sync),
}

impl Survey {
    /// All of a landscape at once, on so many threads; 0 for as many as there are cores.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn measure_all(wanted: Wanted, threads: usize) -> Result<Self, Failure> {
        Self::measure_and_tell(wanted, threads, &|_| ())
    }

    /// The same; `told` is given what is known, again and again.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn measure_and_tell(wanted: Wanted, threads: usize, told: &dyn Fn(&Self)) -> Result<Self, Failure> {
        let pool = Measurer::with_threads(threads)?.pool();
        let crew = SurveyCrew { pool: &pool, precedence: &Precedence::default(), superseded: &|| false };
        let mut last = None;
        crew.survey(wanted, &mut KeptSurvey::default(), &mut |survey| {
            told(survey);
            last = Some(survey.clone());
        })?;
        last.ok_or(Failure::Interrupted)
    }
}

impl SurveyCrew<'_> {
    /// Surveys a landscape coarse to fine; `publish` is given what is known, again and again, at last all.
    fn survey(&self, wanted: Wanted, kept: &mut KeptSurvey, publish: &mut dyn FnMut(&Survey)) -> Result<(), Failure> {
        let mut survey = kept.take(wanted);
        let result = self.complete(&mut survey, kept, publish);
        kept.surveys.push(survey);
        result
    }

    /// Measures what is missing.
    fn complete(
        &self,
        survey: &mut Survey,
        kept: &mut KeptSurvey,
        publish: &mut dyn FnMut(&Survey),
    ) -> Result<(), Failure> {
        if survey.done() > 0 {
            publish(survey);
        }
        let KeptSurvey { draws, images, .. } = kept;
        let (terrain, gradients) = (survey.terrain.clone(), survey.gradients);
        let (_, images) = match images.take().filter(|(of, _)| shows_the_same(of, terrain.base())) {
            Some(same) => images.insert(same),
            None => images.insert((terrain.base().clone(), Images::of(&Source::load(terrain.base())?))),
        };
        let training = TrainingGround::of(&terrain)?;
        self.take_turn()?;
        let (base, ground) = self.pool.install(|| {
            let base = Network::draw(terrain.base(), draws);
            let ground = Ground::new(images, &base);
            (base, ground)
        });
        let mut published = Instant::now();
        let mut together = self.pool.current_num_threads();
        for stage in survey.missing() {
            let mut left = &stage[..];
            while !left.is_empty() {
                self.take_turn()?;
                let (now, later) = left.split_at(together.min(left.len()));
                let begun = Instant::now();
                let networks: Vec<_> =
                    self.pool.install(|| now.iter().map(|&piece| network(piece, &terrain, draws)).collect());
                let grounds = (&ground, training.as_ref().map(|training| (training, &terrain)));
                let mut found = self.measured(now, &networks, &base, grounds, gradients);
                // What measurements interrupted is done again.
                while let Some(at) = found.iter().position(Option::is_none) {
                    self.take_turn()?;
                    let again = self.measured(&now[at..=at], &networks[at..=at], &base, grounds, gradients);
                    found[at] = again.into_iter().next().flatten();
                }
                for (&piece, cells) in now.iter().zip(found) {
                    for (row, cell) in cells.into_iter().flatten().enumerate() {
                        match piece {
                            Piece::Cell(column, row) => survey.set((column, row), cell),
                            Piece::Column(column) => survey.set((column, row), cell),
                        }
                    }
                }
                let share = PAUSE.as_secs_f64() / begun.elapsed().as_secs_f64().max(1e-6);
                let most = (2 * together).min(MOST_TOGETHER);
                together = ((together as f64 * share) as usize).clamp(self.pool.current_num_threads().min(most), most);
                if published.elapsed() >= PAUSE {
                    publish(survey);
                    published = Instant::now();
                }
                left = later;
            }
            publish(survey);
            if survey.edge.is_none() {
                self.take_turn()?;
                survey.edge = Some(Arc::new(self.pool.install(|| terrain.edge())));
            }
        }
        publish(survey);
        Ok(())
    }

    /// Waits until nobody else needs the threads.
    fn take_turn(&self) -> Result<(), Interrupted> {
        self.precedence.wait(self.superseded);
        if (self.superseded)() { Err(Interrupted) } else { Ok(()) }
    }

    /// What is found of each piece, on all threads; `None` where others needed them.
    fn measured(
        &self,
        pieces: &[Piece],
        networks: &[Network],
        deepest: &Network,
        (ground, training): (&Ground<'_>, Option<(&TrainingGround, &Terrain)>),
        gradients: bool,
    ) -> Vec<Option<Vec<Cell>>> {
        let go_on = || if self.precedence.is_taken() || (self.superseded)() { Err(Interrupted) } else { Ok(()) };
        let measure = |workspace: &mut CellWorkspace, (piece, network): (&Piece, &Network)| {
            go_on().ok()?;
            if let (Some((ground, terrain)), &Piece::Cell(_, row)) = (training, piece)
                && let Some(training) = terrain.training_of(row)
            {
                return ground.train((network, training), &go_on).ok().map(|cell| vec![cell]);
            }
            match piece {
                Piece::Cell(..) => of_network(network, ground, workspace, &go_on).ok().map(|cell| vec![cell]),
                Piece::Column(_) => by_depth(network, ground, workspace, &go_on).ok(),
            }
        };
        self.pool.install(|| {
            let start = || CellWorkspace::new(deepest, gradients);
            pieces.par_iter().zip(networks).map_init(start, measure).collect()
        })
    }
}

/// What the next landscape can use.
#[derive(Default)]
struct KeptSurvey {
    draws: DrawCache,
    /// An experiment's.
    images: Option<(Experiment, Images)>,
    /// The last ones, perhaps with cells missing.
    surveys: Vec<Survey>,
}

/// Surveys that are kept: some 0.1 MB each.
const SURVEYS: usize = 8;

impl KeptSurvey {
    /// What is known of a landscape; it is put back when more is.
    fn take(&mut self, Wanted { terrain, gradients }: Wanted) -> Survey {
        let serves = |survey: &Survey| survey.terrain == terrain && (survey.gradients || !gradients);
        let known = self.surveys.iter().position(serves).map(|at| self.surveys.remove(at));
        let most = self.surveys.len().min(SURVEYS - 1);
        self.surveys.drain(..self.surveys.len() - most);
        known.unwrap_or_else(|| Survey::new(terrain, gradients))
    }
}

/// Whether two experiments' networks are shown the same; inputs that are drawn depend on the seed.
fn shows_the_same(one: &Experiment, other: &Experiment) -> bool {
    one.inputs == other.inputs && (one.inputs.data.has_pixels() || one.seed == other.seed)
}

/// The network of a piece, the deepest of a column.
fn network(piece: Piece, terrain: &Terrain, draws: &mut DrawCache) -> Network {
    let at = match piece {
        Piece::Cell(column, row) => (column, row),
        Piece::Column(column) => (column, terrain.rows() - 1),
    };
    Network::draw(&terrain.experiment(at), draws)
}
