use std::marker::PhantomData;
use std::sync::Arc;

use egui::{Color32, ColorImage, Context, Pos2, Rect, TextureHandle, TextureOptions, Ui, pos2};

use crate::engine::{Desk, Job, Stoppable, Turn, Wish};
use crate::page::{Fonts, Page, raster};

/// A picture that takes longer than a frame may: it is made on a thread of its own, of the newest that is wanted, and what was
/// made last stays until it is there.
///
/// What it is of is a value. Whoever draws it says what that is, and not what is wanted by then; it is asked for when the frame
/// is over.
pub struct Painting<K: Clone + PartialEq + Send + Sync + 'static, V: Send + Sync + 'static> {
    name: &'static str,
    /// Makes what paints, when there is something to paint for the first time.
    painter: fn(Context) -> Painter<K, V>,
    job: Option<Job<Order<K, V>>>,
    /// What is wanted in this frame, until it is over.
    wanted: Option<K>,
    /// Nobody wants anything that comes up to this number any more.
    given_up: u64,
    shown: Option<Arc<Painted<K, V>>>,
    /// What could not be made, and why, in one sentence.
    failed: Option<(K, String)>,
}

/// What a picture is to be of.
struct Order<K, V>(K, PhantomData<fn() -> V>);

impl<K: Clone, V> Clone for Order<K, V> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<K: Clone + PartialEq + Send + Sync + 'static, V: Send + Sync + 'static> Wish for Order<K, V> {
    type Found = Painted<K, V>;

    fn is_met_by(&self, found: &Painted<K, V>) -> bool {
        found.of == self.0
    }

    fn covers(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// What makes a picture.
pub type Painter<K, V> = Box<dyn FnMut(&K) -> V + Send>;

/// A picture.
pub struct Painted<K, V> {
    /// What it is of.
    pub of: K,
    /// The picture, with what is said of it.
    pub picture: V,
}

impl<K: Clone + PartialEq + Send + Sync + 'static, V: Send + Sync + 'static> Painting<K, V> {
    /// A painting of nothing yet, on a thread of this name.
    pub fn new(name: &'static str, painter: fn(Context) -> Painter<K, V>) -> Self {
        Self { name, painter, job: None, wanted: None, given_up: 0, shown: None, failed: None }
    }

    /// What is painted, by now, of what is wanted, or still of what was wanted before.
    pub fn of(&mut self, wanted: K) -> Option<Arc<Painted<K, V>>> {
        self.take();
        let _ = self.failed.take_if(|(failed, _)| *failed != wanted);
        self.wanted = Some(wanted);
        self.shown.clone()
    }

    /// What is painted, of whatever it is.
    pub fn shown(&self) -> Option<&Arc<Painted<K, V>>> {
        self.shown.as_ref()
    }

    /// Takes what was made since the last frame.
    pub fn take(&mut self) {
        let Some(job) = &mut self.job else { return };
        let Some(news) = job.take() else { return };
        if news.request <= self.given_up {
            return;
        }
        match (news.found, job.failure(), job.asked()) {
            (Some(painted), ..) => self.shown = Some(painted),
            (None, Some(failure), Some(Order(asked, _))) => self.failed = Some((asked.clone(), failure.to_string())),
            (None, ..) => {}
        }
    }

    /// Asks for what was wanted in the frame that is over, unless it is painted, or cannot be.
    pub fn ask(&mut self, ctx: &Context) {
        let Some(wanted) = self.wanted.take() else { return };
        let is_shown = self.shown.as_ref().is_some_and(|shown| shown.of == wanted);
        if is_shown || self.failed.is_some() {
            self.give_up();
        } else {
            self.want(ctx, wanted);
        }
    }

    /// Whether what is wanted is still being made, or will be.
    pub fn is_under_way(&self) -> bool {
        let is_new = |wanted: &K| self.failed.is_none() && self.shown.as_ref().is_none_or(|shown| shown.of != *wanted);
        self.wanted.as_ref().is_some_and(is_new) || self.job.as_ref().is_some_and(Stoppable::is_open)
    }

    /// Why what was wanted last could not be made, in one sentence.
    pub fn failure(&self) -> Option<&str> {
        self.failed.as_ref().map(|(_, sentence)| sentence.as_str())
    }

    fn give_up(&mut self) {
        if let Some(job) = &mut self.job
            && let Some(number) = job.number()
        {
            self.given_up = number;
            job.give_up();
        }
    }

    fn want(&mut self, ctx: &Context, wanted: K) {
        if self.job.is_none() {
            let mut painter = (self.painter)(ctx.clone());
            let again = ctx.clone();
            let paint = move |Order(of, _): Order<K, V>, _: &Turn<'_>, publish: &mut dyn FnMut(Painted<K, V>)| {
                let picture = painter(&of);
                publish(Painted { of, picture });
                Ok(())
            };
            match Desk::start(self.name, paint, move || again.request_repaint(), |_| ()) {
                Ok(desk) => self.job = Some(Job::new(desk)),
                Err(failure) => self.failed = Some((wanted.clone(), failure.to_string())),
            }
        }
        if let Some(job) = &mut self.job {
            job.want(Order(wanted, PhantomData));
        }
    }
}

impl<K: Clone + PartialEq + Send + Sync + 'static, V: Send + Sync + 'static> Painting<K, Result<V, String>> {
    /// What is to be seen of what was painted, or in one sentence why there is nothing; `None` before anything is painted.
    pub fn seen<'a>(&self, painted: Option<&'a Seeable<K, V>>) -> Option<Sight<'a, K, V>> {
        match (self.failure(), painted) {
            (Some(why), _) => Some(Err(why.to_owned())),
            (None, Some(painted)) => {
                Some(painted.picture.as_ref().map(|picture| (painted, picture)).map_err(Clone::clone))
            }
            (None, None) => None,
        }
    }
}

/// A picture that there may be none of.
pub type Seeable<K, V> = Painted<K, Result<V, String>>;
/// One with what it is of, or why there is none.
pub type Sight<'a, K, V> = Result<(&'a Seeable<K, V>, &'a V), String>;

/// A page as pixels, so many for every px.
///
/// # Errors
/// A sentence, if that is no picture, or one too large.
pub fn texture_of(
    ctx: &Context,
    name: &str,
    (page, fonts): (&Page, &Fonts),
    scale: f64,
) -> Result<TextureHandle, String> {
    let raster = raster(page, fonts, scale).map_err(|error| error.to_string())?;
    let size = [raster.width as usize, raster.height as usize];
    let image = ColorImage::from_rgba_unmultiplied(size, &raster.rgba);
    Ok(ctx.load_texture(name, image, TextureOptions::LINEAR))
}

/// A texture, as large as its place.
pub fn texture_ui(ui: &Ui, texture: &TextureHandle, place: Rect) {
    let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    ui.painter().image(texture.id(), place, whole, Color32::WHITE);
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::sync::{Mutex, PoisonError};
    use std::time::{Duration, Instant};

    use super::*;

    /// Whoever wants a picture to be finished sends something here.
    static BRUSH: Mutex<Option<Receiver<()>>> = Mutex::new(None);

    fn painter(_: Context) -> Painter<u32, u32> {
        let brush = BRUSH.lock().unwrap_or_else(PoisonError::into_inner).take();
        Box::new(move |of| {
            let told = brush.as_ref().map(|brush| brush.recv_timeout(Duration::from_secs(30)));
            assert!(told.is_some_and(|told| told.is_ok()), "nobody wants it");
            10 * of
        })
    }

    fn brush() -> Sender<()> {
        let (send, receive) = channel();
        *BRUSH.lock().unwrap_or_else(PoisonError::into_inner) = Some(receive);
        send
    }

    fn wait(painting: &mut Painting<u32, u32>, is_so: impl Fn(&Painting<u32, u32>) -> bool) {
        let start = Instant::now();
        while !is_so(painting) {
            assert!(start.elapsed() < Duration::from_secs(30));
            std::thread::sleep(Duration::from_millis(1));
            painting.take();
        }
    }

    #[test]
    fn the_picture_before_stays_until_the_newest_is_there_and_says_what_it_is_of() {
        let (ctx, finish) = (Context::default(), brush());
        let mut painting = Painting::new("test-painting", painter);
        let shown = |painting: &mut Painting<u32, u32>, wanted| {
            let shown = painting.of(wanted).map(|painted| (painted.of, painted.picture));
            painting.ask(&ctx);
            shown
        };
        assert_eq!(shown(&mut painting, 1), None, "nobody waits for it");
        assert!(finish.send(()).is_ok());
        wait(&mut painting, |painting| !painting.is_under_way());
        assert_eq!(shown(&mut painting, 1), Some((1, 10)));
        // What was wanted in between and is half done comes too, what was not begun does not.
        for wanted in [2, 3, 4] {
            assert_eq!(shown(&mut painting, wanted), Some((1, 10)));
            assert!(painting.is_under_way());
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(finish.send(()).is_ok());
        wait(&mut painting, |painting| painting.shown().is_some_and(|painted| painted.of == 2));
        assert_eq!(shown(&mut painting, 4), Some((2, 20)));
        assert!(finish.send(()).is_ok());
        wait(&mut painting, |painting| !painting.is_under_way());
        assert_eq!(shown(&mut painting, 4), Some((4, 40)));
        // What is given up does not come any more.
        assert_eq!(shown(&mut painting, 5), Some((4, 40)));
        std::thread::sleep(Duration::from_millis(20));
        assert_eq!(shown(&mut painting, 4), Some((4, 40)));
        assert!(!painting.is_under_way());
        assert!(finish.send(()).is_ok());
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(shown(&mut painting, 4), Some((4, 40)));
        // What cannot be made is said, and not tried again and again.
        drop(finish);
        shown(&mut painting, 6);
        wait(&mut painting, |painting| !painting.is_under_way());
        assert_eq!(shown(&mut painting, 6), Some((4, 40)));
        assert!(!painting.is_under_way() && painting.failure().is_some());
        assert_eq!(shown(&mut painting, 4), Some((4, 40)));
        assert_eq!(painting.failure(), None, "of what is shown there is nothing to say");
    }
}
