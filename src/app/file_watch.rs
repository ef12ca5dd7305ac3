use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use egui::Context;

use crate::data_file::{ReadWatch, SetWish, read_with};
use crate::file_stamp::FileStamp;
use crate::network_file::NetworkFile;

/// A file or folder of the user's own that is looked at, and what it held when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedFile {
    /// What it was read as.
    pub kind: WatchedKind,
    /// The digest of what was read.
    pub digest: String,
}

/// What is read of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchedKind {
    /// Images.
    Data(SetWish),
    /// A network.
    Network(PathBuf),
}

/// Looks from time to time, on a thread of its own, whether files still hold what was read of them. As long as nobody writes there it
/// looks at sizes and times alone; what was written is read once nobody writes any more, and is a change if its digest is another.
#[derive(Default)]
pub struct FileWatch {
    wanted: Vec<WatchedFile>,
    thread: Option<WatchThread>,
    changed: Vec<WatchedFile>,
}

struct WatchThread {
    wish: Sender<Vec<WatchedFile>>,
    news: Receiver<(WatchedFile, bool)>,
    is_over: Arc<AtomicBool>,
}

/// Between two looks; longer where a look takes long.
const PAUSE: Duration = Duration::from_millis(500);
/// A look takes one part in so many of the time.
const SHARE: u32 = 200;

impl FileWatch {
    /// Watches these files from now on.
    pub fn watch(&mut self, files: Vec<WatchedFile>, ctx: &Context) {
        if files == self.wanted {
            return;
        }
        self.changed.retain(|changed| files.contains(changed));
        self.wanted.clone_from(&files);
        if self.thread.is_none() {
            self.thread = start(ctx);
        }
        if let Some(thread) = &self.thread {
            // Where the system gives no thread, nothing is noticed.
            let _ = thread.wish.send(files);
        }
    }

    /// Those that hold something else by now.
    pub fn changed(&mut self) -> &[WatchedFile] {
        while let Some((file, is_other)) = self.thread.as_ref().and_then(|thread| thread.news.try_recv().ok()) {
            self.changed.retain(|changed| *changed != file);
            if is_other && self.wanted.contains(&file) {
                self.changed.push(file);
            }
        }
        &self.changed
    }

    /// Leaves a change unsaid, until there is another.
    pub fn let_go(&mut self, file: &WatchedFile) {
        self.changed.retain(|changed| changed != file);
    }
}

impl Drop for WatchThread {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}

fn start(ctx: &Context) -> Option<WatchThread> {
    let ((wish, wishes), (send, news)) = (channel(), channel());
    let is_over = Arc::new(AtomicBool::new(false));
    let (ctx, over) = (ctx.clone(), Arc::clone(&is_over));
    let tell = move |file: &WatchedFile, is_other: bool| {
        // The window may be gone by now.
        let _ = send.send((file.clone(), is_other));
        ctx.request_repaint();
    };
    let thread = std::thread::Builder::new().name("initscope-watch".to_owned());
    thread.spawn(move || watch(&wishes, &over, &tell)).ok()?;
    Some(WatchThread { wish, news, is_over })
}

/// A file, and how it looked when it was last looked at.
struct WatchLook {
    file: WatchedFile,
    /// When what is known of it was found.
    known: Option<FileStamp>,
    last: Option<FileStamp>,
}

fn watch(wishes: &Receiver<Vec<WatchedFile>>, is_over: &AtomicBool, tell: &dyn Fn(&WatchedFile, bool)) {
    let (mut looks, mut pause): (Vec<WatchLook>, _) = (Vec::new(), PAUSE);
    loop {
        match wishes.recv_timeout(pause) {
            Ok(files) => {
                let look = |file: WatchedFile| {
                    let before = looks.iter().position(|look| look.file == file);
                    before.map(|at| looks.swap_remove(at)).unwrap_or_else(|| {
                        let known = FileStamp::of(file.path());
                        WatchLook { file, last: known.clone(), known }
                    })
                };
                looks = files.into_iter().map(look).collect();
            }
            Err(RecvTimeoutError::Timeout) => {
                let begin = Instant::now();
                looks.iter_mut().for_each(|look| look.again(is_over, tell));
                pause = PAUSE.max(begin.elapsed() * SHARE);
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

impl WatchLook {
    fn again(&mut self, is_over: &AtomicBool, tell: &dyn Fn(&WatchedFile, bool)) {
        let now = FileStamp::of(self.file.path());
        let rests = now == self.last;
        self.last.clone_from(&now);
        // What is gone may be about to come anew, and what is being written is not there yet.
        if now.is_none() || now == self.known || !rests {
            return;
        }
        self.known = now;
        if let Some(digest) = self.file.digest_now(is_over) {
            tell(&self.file, digest != self.file.digest);
        }
    }
}

impl WatchedFile {
    /// Where it is.
    pub fn path(&self) -> &Path {
        match &self.kind {
            WatchedKind::Data(wish) => &wish.path,
            WatchedKind::Network(path) => path,
        }
    }

    /// The digest of what it holds now; `None` if that cannot be read.
    fn digest_now(&self, is_over: &AtomicBool) -> Option<String> {
        match &self.kind {
            WatchedKind::Data(wish) => {
                let go_on = |_| !is_over.load(Ordering::Relaxed);
                let set = read_with(&wish.path, wish.label_column.as_ref(), &ReadWatch::new(&go_on)).ok()?;
                Some(set.digest().to_owned())
            }
            WatchedKind::Network(path) => Some(NetworkFile::read(path).ok()?.digest),
        }
    }
}
