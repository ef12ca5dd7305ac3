use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Weak};
use std::time::Instant;

use egui::Context;

use super::App;
use crate::data_file::{DataFileError, ReadWatch, SetWish, read_once, unread};
use crate::experiment::{Data, Experiment, Inputs, Split};
use crate::figure::SceneData;
use crate::image_set::{ImageSet, LabelColumn};
use crate::subject::Subject;

/// Data of the user's own that an experiment names: they are read on a thread of their own, and those before stay until they are there.
#[derive(Default)]
pub struct DataReading {
    under_way: Option<UnderWay>,
    /// What was read and is still used somewhere.
    known: Vec<Weak<ImageSet>>,
    /// What was read last, which others than the experiment may be about to use.
    last: Option<Arc<ImageSet>>,
    /// What the experiment was shown in the last frame.
    before: Option<Inputs>,
    /// What data were when a scene or the session was kept.
    digests: Vec<SceneData>,
    /// What is to be read again, since it changed.
    again: Option<SetWish>,
    /// Files and folders that were read, the last first.
    pub recent: Vec<PathBuf>,
}

/// A file that is being read.
struct UnderWay {
    asked: SetWish,
    /// What the experiment is to be shown then, if it is the one that named it.
    wish: Option<Inputs>,
    /// It is what the window began with: what is shown meanwhile was never asked for.
    is_first: bool,
    since: Instant,
    /// The share that is read, as bits of f64.
    share: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
    answer: Receiver<Result<Arc<ImageSet>, DataFileError>>,
}

/// Files that are remembered.
const RECENT: usize = 5;

impl DataReading {
    /// Since when something is being read, and what share of it is.
    pub fn progress(&self) -> Option<(Instant, f64)> {
        let UnderWay { since, share, .. } = self.under_way.as_ref()?;
        Some((*since, f64::from_bits(share.load(Ordering::Relaxed))))
    }

    /// Whether something is being read.
    pub fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }

    /// Gives up what is being read.
    pub fn stop(&self) {
        if let Some(UnderWay { stop, .. }) = &self.under_way {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Something else is set: what is being read is not shown any more when it is there.
    pub fn drop_wish(&mut self) {
        if let Some(under_way) = &mut self.under_way {
            under_way.wish = None;
        }
    }

    /// What data were when they were kept: others of that name are said.
    pub fn expect(&mut self, digests: Vec<SceneData>) {
        self.digests = digests;
    }

    /// Forgets what was read there, so that it is read again.
    pub fn forget(&mut self, path: &Path) {
        self.known.retain(|set| set.upgrade().is_some_and(|set| set.path() != path));
        self.last.take_if(|set| set.path() == path);
        self.digests.retain(|data| data.file != path);
    }

    /// Reads again what was read there, for all who look at it.
    pub fn read_again(&mut self, asked: SetWish) {
        self.forget(&asked.path);
        self.again = Some(asked);
    }

    fn known(&self, asked: &SetWish) -> Option<Arc<ImageSet>> {
        self.known.iter().filter_map(Weak::upgrade).find(|set| SetWish::of(set) == *asked)
    }

    /// It was read or, before the window opened, given.
    fn note(&mut self, set: &Arc<ImageSet>) {
        self.known.retain(|known| known.strong_count() > 0);
        self.known.push(Arc::downgrade(set));
        self.last = Some(Arc::clone(set));
        self.note_shown(set);
    }

    fn note_shown(&mut self, set: &ImageSet) {
        if self.recent.first().is_some_and(|first| first == set.path()) {
            return;
        }
        self.recent.retain(|recent| recent != set.path());
        self.recent.insert(0, set.path().to_owned());
        self.recent.truncate(RECENT);
    }

    fn start(&mut self, asked: SetWish, wish: Option<Inputs>, ctx: &Context) -> Result<(), String> {
        if let Some(under_way) = self.under_way.as_mut().filter(|under_way| under_way.asked == asked) {
            under_way.wish = wish.or(under_way.wish.take());
            return Ok(());
        }
        self.stop();
        let (send, answer) = channel();
        let (share, stop) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let (told, stopped, named, ctx) = (Arc::clone(&share), Arc::clone(&stop), asked.clone(), ctx.clone());
        let work = move || {
            let tell = |share: f64| {
                told.store(share.to_bits(), Ordering::Relaxed);
                !stopped.load(Ordering::Relaxed)
            };
            // The window may be gone by now.
            let _ = send.send(read_once(&named, &ReadWatch::new(&tell)));
            ctx.request_repaint();
        };
        let thread = std::thread::Builder::new().name("initscope-data".to_owned()).spawn(work);
        thread.map_err(|error| format!("the data cannot be read, the system gives no thread ({error}): try again"))?;
        let is_first = self.before.is_none();
        self.under_way = Some(UnderWay { asked, wish, is_first, since: Instant::now(), share, stop, answer });
        Ok(())
    }
}

impl App {
    /// Reads what experiments only name. Until it is there the experiment keeps what it was shown before.
    pub(super) fn read_named_data(&mut self, ctx: &Context) {
        self.take_read_data();
        self.give_known_data();
        if let Some(asked) = unread(&self.experiment) {
            let before = self.data_reading.before.clone().unwrap_or_else(|| Experiment::article().inputs);
            let wish = std::mem::replace(&mut self.experiment.inputs, before);
            if let Err(sentence) = self.data_reading.start(asked, Some(wish), ctx) {
                self.notice = Some(sentence);
            }
        } else if let Some(asked) = self.next_of_others()
            && let Err(sentence) = self.data_reading.start(asked.clone(), None, ctx)
        {
            self.notice = Some(sentence);
            self.leave_out(&asked);
        }
        if let Data::Set(set) = &self.experiment.inputs.data {
            self.data_reading.note_shown(set);
        }
        self.data_reading.before = Some(self.experiment.inputs.clone());
    }

    /// Data that an experiment beside the present one only names, if nothing is being read.
    fn next_of_others(&self) -> Option<SetWish> {
        let pinned = self.comparison.pinned().iter().map(Subject::experiment);
        let mut named = self.cases.iter().chain(pinned).filter_map(unread).chain(self.data_reading.again.clone());
        if self.data_reading.is_under_way() { None } else { named.next() }
    }

    /// Experiments beside the present one whose data cannot be had are not offered any more.
    fn leave_out(&mut self, asked: &SetWish) {
        let is_it = |experiment: &Experiment| unread(experiment).as_ref() == Some(asked);
        self.cases.retain(|case| !is_it(case));
        let place = self.comparison.place();
        let pinned = self.comparison.pinned().iter();
        let left: Vec<_> = pinned.filter(|subject| !is_it(subject.experiment())).cloned().collect();
        self.comparison.set(&left, place);
    }

    /// Puts what was read before in its place.
    fn give_known_data(&mut self) {
        let reading = &self.data_reading;
        let give = |experiment: &mut Experiment| {
            let set = unread(experiment).and_then(|asked| reading.known(&asked))?;
            experiment.inputs = experiment.inputs.of_set(set).ok()?;
            Some(())
        };
        give(&mut self.experiment);
        for case in &mut self.cases {
            give(case);
        }
        let mut is_new = false;
        let subject = |subject: &Subject| {
            let mut experiment = subject.experiment().clone();
            if give(&mut experiment).is_none() {
                return subject.clone();
            }
            is_new = true;
            Subject::from(experiment)
        };
        let pinned: Vec<_> = self.comparison.pinned().iter().map(subject).collect();
        if is_new {
            let place = self.comparison.place();
            self.comparison.set(&pinned, place);
        }
    }

    /// Takes what was read.
    fn take_read_data(&mut self) {
        let Some(under_way) = &self.data_reading.under_way else { return };
        let answer = match under_way.answer.try_recv() {
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => Err(DataFileError::Content {
                problem: "reading the data failed: try again".to_owned(),
                path: under_way.asked.path.clone(),
            }),
            Ok(answer) => answer,
        };
        let Some(UnderWay { asked, wish, is_first, .. }) = self.data_reading.under_way.take() else { return };
        let is_again = self.data_reading.again.take_if(|again| *again == asked).is_some();
        let shown = answer.map_err(|error| error.to_string()).and_then(|set| {
            self.data_reading.note(&set);
            if is_again {
                self.replace_data(&set);
            }
            let Some(wish) = &wish else { return Ok(None) };
            wish.of_set(Arc::clone(&set)).map(Some).map_err(|problem| format!("{problem}: {}", asked.path.display()))
        });
        match shown {
            Ok(inputs) => {
                if let Some(inputs) = inputs {
                    self.folder.show(&inputs);
                    let before = std::mem::replace(&mut self.experiment.inputs, inputs);
                    if is_first {
                        self.history.forget_inputs(&before, &self.experiment.inputs);
                    }
                }
                self.say_changed(&asked);
            }
            Err(sentence) => {
                self.notice = Some(sentence);
                self.folder.failed = wish.is_some();
                self.leave_out(&asked);
            }
        }
    }

    /// Says that data are others than those that were kept.
    fn say_changed(&mut self, asked: &SetWish) {
        let path = &asked.path;
        let Some(set) = self.data_reading.known(asked) else { return };
        // A table may have been read with its labels in different columns.
        let mut kept = self.data_reading.digests.iter().filter(|data| data.file == *path).peekable();
        if kept.peek().is_some() && kept.all(|data| data.digest != set.digest()) {
            self.notice = Some(format!("these data have changed since they were looked at last: {}", path.display()));
        }
        self.data_reading.digests.retain(|data| data.file != *path);
    }

    /// Shows data of the user's own, once they are read.
    pub(super) fn choose_path(&mut self, path: PathBuf) {
        self.choose_table(path, None);
    }

    /// The same of a table whose labels are in the column that is named, if one is.
    pub(super) fn choose_table(&mut self, path: PathBuf, label_column: Option<LabelColumn>) {
        self.data_reading.forget(&path);
        self.notice = None;
        let inputs = Inputs {
            data: Data::Folder(path),
            split: Split::Whole,
            images: USUAL_IMAGES,
            label_column,
            ..self.experiment.inputs.clone()
        };
        self.folder.show(&inputs);
        self.experiment.inputs = inputs;
    }

    /// What data of the user's own are now, as far as they are shown.
    pub(super) fn data_now(&self) -> Vec<SceneData> {
        let all = self.cases.iter().chain(std::iter::once(&self.experiment)).cloned();
        let pinned = self.comparison.pinned().iter().map(|subject| subject.experiment().clone());
        crate::figure::Scene::of(all.chain(pinned).collect()).data_now()
    }
}

/// So many images are shown, if there are so many and nothing else is set.
pub const USUAL_IMAGES: usize = 10_000;
