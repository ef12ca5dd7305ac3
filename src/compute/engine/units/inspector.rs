use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::ThreadPool;
use rayon::prelude::*;

use super::layer::order;
use super::record::{Record, Workspace};
use super::unit::{Unit, kept_values};
use super::{LayerUnits, Matrix, Size};
use crate::engine::desk::{Desk, Turn};
use crate::engine::last_measured::{LastMeasured, MeasuredNetwork};
use crate::engine::precedence::Precedence;
use crate::engine::{Failure, Measurer, Quantities, Wish};
use crate::network::{BLOCK, Interrupted};
use crate::stats::UnitState;
use crate::subject::Subject;

/// A thread that looks closer at a layer of what the engine measured last, on the engine's threads while the engine has
/// nothing to do.
///
/// A slot, not a queue, as the engine has: a new request replaces the waiting one, and running work stops at the next layer.
pub type Inspector = Desk<Wanted, LayerUnits>;

/// Which layer, and what of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// What the engine measured last; of anything else nothing is answered.
    pub subject: Subject,
    /// Which hidden layer, from 0.
    pub layer: usize,
    /// Whether units stand by how often they fire.
    pub sorted: bool,
    /// The unit that is looked at, from 0.
    pub unit: Option<usize>,
    /// How many dots images x units may have, if they are asked for.
    pub matrix: Option<Size>,
}

impl Wish for Wanted {
    type Found = LayerUnits;

    fn is_met_by(&self, found: &LayerUnits) -> bool {
        found.is_exact()
            && found.subject == self.subject
            && (found.layer, found.sorted) == (self.layer, self.sorted)
            && found.matrix.as_ref().map(|matrix| matrix.room) == self.matrix
            && found.unit.as_ref().map(|unit| unit.index) == self.unit.filter(|&unit| unit < found.units())
    }

    fn covers(&self, other: &Self) -> bool {
        self == other
    }
}

/// Time between two answers, about.
const PAUSE: Duration = Duration::from_millis(40);

/// Starts an inspector that looks at what a measurer measures, on its threads, while its engine leaves them alone. `wake` is
/// called after every answer.
///
/// # Errors
/// If the system gives no thread.
pub(in crate::engine) fn inspector(
    (pool, last): (Arc<ThreadPool>, Arc<LastMeasured>),
    precedence: Arc<Precedence>,
    wake: impl Fn() + Send + 'static,
) -> Result<Inspector, Failure> {
    let mut kept = Kept::default();
    let inspect = move |wanted: Wanted, turn: &Turn<'_>, publish: &mut dyn FnMut(LayerUnits)| {
        let crew = Crew { pool: &pool, precedence: &precedence, superseded: &|| turn.is_over() };
        let Some(looked_at) = last.get().filter(|looked_at| looked_at.subject == wanted.subject) else {
            // The engine has gone on: whoever asked will see, and ask again.
            return Ok(());
        };
        Ok(crew.inspect(&looked_at, &wanted, &mut kept, publish)?)
    };
    Desk::start("initscope-inspector", inspect, wake, |_| ())
}

impl LayerUnits {
    /// All of it at once, on so many threads; 0 for as many as there are cores.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn measure_all(wanted: &Wanted, threads: usize) -> Result<Self, Failure> {
        let mut measurer = Measurer::with_threads(threads)?;
        measurer.measure_all(&wanted.subject, Quantities::OUTPUTS)?;
        let (pool, last) = (measurer.pool(), measurer.last_measured());
        let crew = Crew { pool: &pool, precedence: &Precedence::default(), superseded: &|| false };
        let looked_at = last.get().ok_or(Failure::Interrupted)?;
        let mut found = None;
        crew.inspect(&looked_at, wanted, &mut Kept::default(), &mut |units| found = Some(units))?;
        found.ok_or(Failure::Interrupted)
    }
}

/// Who works, and who goes first.
struct Crew<'a> {
    pool: &'a ThreadPool,
    precedence: &'a Precedence,
    superseded: &'a (dyn Fn() -> bool + Sync),
}

/// What every answer to a request has in common.
struct Task<'a> {
    looked_at: &'a MeasuredNetwork,
    wanted: &'a Wanted,
    weight_norms: Vec<f64>,
    biases: Vec<f32>,
}

impl<'a> Task<'a> {
    fn new(looked_at: &'a MeasuredNetwork, wanted: &'a Wanted) -> Self {
        let network = &looked_at.network;
        let kernel = network.linear_layers + wanted.layer;
        let none = || vec![0.0; network.width(wanted.layer)];
        let biases = network.biases.as_ref().map_or_else(none, |biases| biases[kernel].to_vec());
        Self { looked_at, wanted, weight_norms: network.kernels[kernel].unit_norms(), biases }
    }

    /// The unit that is asked for, if there is one of that index.
    fn unit(&self) -> Option<usize> {
        self.wanted.unit.filter(|&unit| unit < self.biases.len())
    }

    /// What is known, with a unit's pre-activations as far as they are.
    fn found(&self, record: &Record, z: Option<&[f32]>) -> LayerUnits {
        let Wanted { subject, layer, sorted, matrix, .. } = self.wanted;
        let firing = &record.firing;
        let flat = subject.activation(*layer).plateaus().flat;
        let state = |unit: usize| UnitState::of(record.counts(unit), firing.images(), flat);
        let order = order(firing.fired(), *sorted, |unit| state(unit) == UnitState::Dead);
        let labels = self.looked_at.source.labels();
        LayerUnits {
            subject: subject.clone(),
            layer: *layer,
            images: firing.images(),
            total: record.total(),
            fired: firing.fired().to_vec(),
            flat: record.flat.clone(),
            undefined: firing.undefined().to_vec(),
            alike: firing.is_alike(),
            sorted: *sorted,
            biases: self.biases.clone(),
            weight_norms: self.weight_norms.clone(),
            unit: self.unit().zip(z).map(|(unit, z)| Unit::of(self.looked_at, *layer, unit, z)),
            matrix: matrix.map(|room| Matrix::of(firing, labels, &order, room)),
            order,
        }
    }
}

impl Crew<'_> {
    /// Looks at a layer, ever more of its images; `publish` is given what is known, again and again, at last all.
    fn inspect(
        &self,
        looked_at: &MeasuredNetwork,
        wanted: &Wanted,
        kept: &mut Kept,
        publish: &mut dyn FnMut(LayerUnits),
    ) -> Result<(), Interrupted> {
        if wanted.layer >= looked_at.network.layers() {
            return Ok(());
        }
        let task = Task::new(looked_at, wanted);
        let record = kept.record(looked_at, wanted.layer);
        let mut pace = Pace::new(self.pool.current_num_threads());
        let z = |record: &Record| task.unit().map(|unit| kept_values(record, unit));
        if record.done() > 0 {
            publish(task.found(record, z(record).as_deref()));
        }
        while record.done() < record.blocks() {
            let next = record.done()..(record.done() + pace.together).min(record.blocks());
            // A first glance takes less than a frame, and waits for nobody.
            let glance = record.done() == 0;
            let measure = |workspace: &mut Workspace, block: usize| {
                record.measure((looked_at, block), workspace, &|| self.go_on(glance))
            };
            let found = self.turn(looked_at, (next, glance), &mut pace, measure)?;
            found.into_iter().for_each(|block| record.add(block));
            let is_alone = glance && self.precedence.is_taken();
            if pace.is_due() || is_alone || record.done() == record.blocks() {
                publish(task.found(record, z(record).as_deref()));
            }
        }
        let Some(unit) = task.unit() else { return Ok(()) };
        let mut z = kept_values(record, unit);
        while z.len() < record.total() {
            let first = z.len() / BLOCK;
            let next = first..(first + pace.together).min(record.blocks());
            let measure = |workspace: &mut Workspace, block: usize| {
                record.values((looked_at, block, unit), workspace, &|| self.go_on(false))
            };
            z.extend(self.turn(looked_at, (next, false), &mut pace, measure)?.into_iter().flatten());
            if pace.is_due() || z.len() == record.total() {
                publish(task.found(record, Some(&z)));
            }
        }
        Ok(())
    }

    /// Does something with some blocks on all threads, and once more where measurements needed them; a glance does not mind.
    fn turn<T: Send>(
        &self,
        looked_at: &MeasuredNetwork,
        (blocks, glance): (Range<usize>, bool),
        pace: &mut Pace,
        measure: impl Fn(&mut Workspace, usize) -> Result<T, Interrupted> + Sync,
    ) -> Result<Vec<T>, Interrupted> {
        loop {
            if !glance {
                self.precedence.wait(self.superseded);
            }
            if (self.superseded)() {
                return Err(Interrupted);
            }
            let begun = Instant::now();
            let start = || Workspace::new(looked_at);
            let found: Result<Vec<_>, _> =
                self.pool.install(|| blocks.clone().into_par_iter().map_init(start, &measure).collect());
            if let Ok(found) = found {
                pace.took(begun.elapsed());
                return Ok(found);
            }
        }
    }

    fn go_on(&self, glance: bool) -> Result<(), Interrupted> {
        if !glance && self.precedence.is_taken() || (self.superseded)() { Err(Interrupted) } else { Ok(()) }
    }
}

/// How many blocks are measured before anybody looks at them: about as many as a pause is long.
struct Pace {
    threads: usize,
    together: usize,
    published: Instant,
}

impl Pace {
    fn new(threads: usize) -> Self {
        Self { threads, together: 2 * threads, published: Instant::now() }
    }

    fn took(&mut self, time: Duration) {
        let share = PAUSE.as_secs_f64() / time.as_secs_f64().max(1e-6);
        self.together = ((self.together as f64 * share) as usize).clamp(self.threads, 4 * self.together);
    }

    /// Whether it is time for an answer.
    fn is_due(&mut self) -> bool {
        let due = self.published.elapsed() >= PAUSE;
        if due {
            self.published = Instant::now();
        }
        due
    }
}

/// The layers of one network that were looked at last; only the newest with its pre-activations.
#[derive(Default)]
struct Kept(Vec<Record>);

/// Layers that are kept: some 0.6 MB each at 10,000 images and 512 units.
const RECORDS: usize = 8;

impl Kept {
    /// What is known of a layer. What is known of other networks is given up: their weights may be large.
    fn record(&mut self, looked_at: &MeasuredNetwork, layer: usize) -> &mut Record {
        self.0.retain(|record| record.is_of(looked_at));
        let known = self.0.iter().position(|record| record.is_of_layer(looked_at, layer));
        let record = match known {
            Some(known) => self.0.remove(known),
            None => Record::new(looked_at, layer),
        };
        let most = self.0.len().min(RECORDS - 1);
        self.0.drain(..self.0.len() - most);
        self.0.iter_mut().for_each(Record::forget_values);
        self.0.push(record);
        let last = self.0.len() - 1;
        &mut self.0[last]
    }
}
