//! Images come out as they are in the files of data/ and of the user's folders, and what is wrong with a folder is said
//! in one sentence that ends in the path of the file.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use initscope::{
    dataset::Dataset,
    experiment::{Data, Split},
};
use tempfile::TempDir;

const TEST_LABELS: &str = "t10k-labels-idx1-ubyte";
const TRAIN_LABELS: &str = "train-labels-idx1-ubyte";
const TEST_IMAGES: &str = "t10k-images-idx3-ubyte";
const TRAIN_IMAGES: &str = "train-images-idx3-ubyte";
const ALL: [&str; 4] = [TEST_LABELS, TRAIN_LABELS, TEST_IMAGES, TRAIN_IMAGES];

// What comes out

#[test]
fn embedded_test_labels_are_those_of_mnist() {
    assert_eq!(embedded(Split::Test).labels()[..10], [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
}

#[test]
fn embedded_train_labels_are_those_of_mnist() {
    assert_eq!(embedded(Split::Train).labels()[..10], [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
}

/// The sums are those published for the original files, header included.
#[test]
fn every_embedded_test_byte_is_mnists() {
    let test = embedded(Split::Test);
    assert_eq!(md5(&[0x801, 10_000], test.labels()), "27ae3e4e09519cfbb04c329615203637");
    assert_eq!(md5(&[0x803, 10_000, 28, 28], test.pixels(0..test.len())), "2646ac647ad5339dbf082846283269ea");
}

/// The sums are those published for the original files, header included.
#[test]
fn every_embedded_train_byte_is_mnists() {
    let train = embedded(Split::Train);
    assert_eq!(md5(&[0x801, 60_000], train.labels()), "a25bea736e30d166cdddb491f175f624");
    assert_eq!(md5(&[0x803, 60_000, 28, 28], train.pixels(0..train.len())), "6bbc9ace898e44ae57da46a324031adb");
}

#[test]
fn pixels_of_a_range_are_those_of_its_images() {
    let test = embedded(Split::Test);
    assert_eq!(test.pixels(3..5), &test.pixels(0..10_000)[3 * 784..5 * 784]);
}

#[test]
fn a_folder_of_plain_files_equals_the_embedded_set() {
    let folder = Folder::of_plain_files();
    assert_same(&folder.load(Split::Test), &embedded(Split::Test));
    assert_same(&folder.load(Split::Train), &embedded(Split::Train));
}

#[test]
fn a_folder_of_gz_files_equals_the_embedded_set() {
    let folder = Folder::of_gz_files();
    assert_same(&folder.load(Split::Test), &embedded(Split::Test));
    assert_same(&folder.load(Split::Train), &embedded(Split::Train));
}

#[test]
fn the_spelling_with_a_dot_is_read() {
    let folder = Folder::of_gz_files();
    for name in ALL {
        folder.rename(&format!("{name}.gz"), &format!("{}.gz", name.replace("-idx", ".idx")));
    }
    folder.remove("t10k-labels.idx1-ubyte.gz");
    folder.write("t10k-labels.idx1-ubyte", &unpacked(TEST_LABELS));
    assert_same(&folder.load(Split::Test), &embedded(Split::Test));
}

/// Browsers unpack what they fetch, or do not, whatever the name says.
#[test]
fn compressed_files_are_read_whatever_their_names_say_and_however_often_they_are() {
    let folder = Folder::of_gz_files();
    folder.rename(&format!("{TEST_IMAGES}.gz"), TEST_IMAGES);
    folder.rename(&format!("{TRAIN_LABELS}.gz"), "train-labels.idx1-ubyte");
    let twice = gzip(&fs::read(folder.path(&format!("{TEST_LABELS}.gz"))).unwrap());
    folder.write(&format!("{TEST_LABELS}.gz"), &twice);
    assert_same(&folder.load(Split::Test), &embedded(Split::Test));
}

/// `torchvision.datasets.MNIST(root)` keeps its files in `root/MNIST/raw`, compressed and not.
#[test]
fn the_folder_may_be_torchvisions_root() {
    let root = Folder(temporary());
    let raw = root.path("MNIST/raw");
    fs::create_dir_all(&raw).unwrap();
    copy_gz_files(&raw);
    for folder in [root.path(""), root.path("MNIST"), raw] {
        assert_same(&Dataset::load(&Data::Folder(folder), Split::Test).unwrap(), &embedded(Split::Test));
    }
    // Of two sets nobody knows which is meant.
    let other = root.path("FashionMNIST/raw");
    fs::create_dir_all(&other).unwrap();
    copy_gz_files(&other);
    let sentence = Dataset::load(&root.data(), Split::Test).unwrap_err().to_string();
    assert!(sentence.contains("several sets") && sentence.contains("FashionMNIST/raw"), "{sentence}");
}

#[test]
fn a_plain_file_wins_over_a_gz() {
    let folder = Folder::of_gz_files();
    let mut labels = unpacked(TEST_LABELS);
    labels[8] = 3;
    folder.write(TEST_LABELS, &labels);
    assert_eq!(folder.load(Split::Test).labels()[..3], [3, 2, 1]);
}

/// The copy of MNIST on Kaggle has a folder `train-images-idx3-ubyte` beside a file `train-images.idx3-ubyte`.
#[test]
fn a_file_wins_over_a_folder_of_a_likelier_name() {
    let folder = Folder::of_gz_files();
    fs::create_dir(folder.path(TEST_LABELS)).unwrap();
    assert_same(&folder.load(Split::Test), &embedded(Split::Test));
}

#[cfg(unix)]
#[test]
fn a_folder_whose_name_is_not_utf8_is_read() {
    use std::os::unix::ffi::OsStrExt as _;
    let parent = temporary();
    let path = parent.path().join(std::ffi::OsStr::from_bytes(b"images-\xe9"));
    if fs::create_dir(&path).is_err() {
        return; // this file system has no such names
    }
    copy_gz_files(&path);
    assert_same(&Dataset::load(&Data::Folder(path), Split::Test).unwrap(), &embedded(Split::Test));
}

#[test]
fn the_users_folder_is_unchanged_afterwards() {
    let folder = Folder::of_gz_files();
    let before = folder.state();
    folder.load(Split::Test);
    assert_eq!(folder.state(), before);
}

#[test]
fn fashion_mnist_of_debian_is_read() {
    let path = PathBuf::from("/usr/share/datasets/fashion-mnist");
    if path.exists() {
        let test = Dataset::load(&Data::Folder(path), Split::Test).unwrap();
        assert_eq!(test.labels()[..10], [9, 2, 1, 1, 6, 1, 4, 6, 5, 7]);
    }
}

// What is refused

#[test]
fn a_folder_that_does_not_exist_is_refused() {
    let parent = temporary();
    let path = parent.path().join("absent");
    let sentence = Dataset::load(&Data::Folder(path.clone()), Split::Test).unwrap_err().to_string();
    let said = "the data folder does not exist: name one that holds the four IDX files of a set like MNIST";
    assert_eq!(sentence, format!("{said}: {}", path.display()));
}

#[test]
fn a_file_instead_of_the_folder_is_refused() {
    let folder = Folder::of_gz_files();
    let path = folder.path("t10k-labels-idx1-ubyte.gz");
    let sentence = Dataset::load(&Data::Folder(path.clone()), Split::Test).unwrap_err().to_string();
    let said =
        "the data must be a folder with the four IDX files of a set like MNIST, but this is a file: name its folder";
    assert_eq!(sentence, format!("{said}: {}", path.display()));
}

#[test]
fn a_missing_file_is_refused() {
    let said = "the train images are missing: put them here, plain or compressed with a name that ends in .gz";
    Folder::without(TRAIN_IMAGES).refuses(TRAIN_IMAGES, said);
}

#[test]
fn a_folder_instead_of_a_file_is_refused() {
    let folder = Folder::without(TEST_LABELS);
    fs::create_dir(folder.path(TEST_LABELS)).unwrap();
    folder.refuses(TEST_LABELS, "the test labels must be a file, but this is a folder: put the file in its place");
}

#[cfg(unix)]
#[test]
fn a_pipe_or_socket_is_refused_and_not_waited_for() {
    let folder = Folder::without(TEST_LABELS);
    // A socket's path may be no longer than about 100 characters.
    let parent = TempDir::new().unwrap();
    let socket = parent.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    std::os::unix::fs::symlink(&socket, folder.path(TEST_LABELS)).unwrap();
    folder.refuses(
        TEST_LABELS,
        "the test labels must be a file, but this is a device or pipe: put the file in its place",
    );
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::of_gz_files();
    let path = folder.path("train-labels-idx1-ubyte.gz");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&path).is_err() {
        // not for root, who may read everything
        let said = "the train labels cannot be read (Permission denied (os error 13)): check that you may read them";
        folder.refuses("train-labels-idx1-ubyte.gz", said);
    }
}

#[test]
fn a_gz_that_is_not_compressed_is_refused() {
    let folder = Folder::of_gz_files();
    folder.write("t10k-labels-idx1-ubyte.gz", &unpacked(TEST_LABELS));
    folder.refuses_gzip("t10k-labels-idx1-ubyte.gz", "the test labels");
}

#[test]
fn a_gz_cut_short_is_refused() {
    let folder = Folder::of_gz_files();
    let bytes = fs::read(folder.path("t10k-labels-idx1-ubyte.gz")).unwrap();
    folder.write("t10k-labels-idx1-ubyte.gz", &bytes[..bytes.len() / 2]);
    folder.refuses_gzip("t10k-labels-idx1-ubyte.gz", "the test labels");
}

#[test]
fn an_empty_gz_is_refused() {
    let folder = Folder::of_gz_files();
    folder.write("t10k-labels-idx1-ubyte.gz", &[]);
    folder.refuses_gzip("t10k-labels-idx1-ubyte.gz", "the test labels");
}

/// The eight bytes at the end of a gzip file are the checksum and the length of its content.
#[test]
fn a_gz_with_a_wrong_checksum_is_refused() {
    let folder = Folder::of_gz_files();
    let mut bytes = fs::read(folder.path("t10k-images-idx3-ubyte.gz")).unwrap();
    let checksum = bytes.len() - 8;
    bytes[checksum] ^= 1;
    folder.write("t10k-images-idx3-ubyte.gz", &bytes);
    folder.refuses_gzip("t10k-images-idx3-ubyte.gz", "the test images");
}

/// 10 GB of labels in 50 MB: reading on, let alone writing them down, would not go unnoticed.
#[test]
fn a_gz_that_grows_without_end_is_refused() {
    let folder = Folder::of_gz_files();
    let header = gzip(&unpacked(TEST_LABELS)[..8]);
    folder.write("t10k-labels-idx1-ubyte.gz", &[header, gzip(&vec![0; 1 << 20]).repeat(10_000)].concat());
    let said =
        "the test labels must be 10,008 bytes long when decompressed, but this file is longer: get the file again";
    folder.refuses("t10k-labels-idx1-ubyte.gz", said);
}

#[test]
fn images_in_place_of_labels_are_refused() {
    let folder = Folder::without(TRAIN_LABELS);
    folder.write(TRAIN_LABELS, &unpacked(TEST_IMAGES));
    let said = "the train labels must begin with the IDX magic number 0x00000801, but these begin with \
                0x00000803: this file holds images, put the labels in its place";
    folder.refuses(TRAIN_LABELS, said);
}

#[test]
fn labels_in_place_of_images_are_refused() {
    let folder = Folder::without(TEST_IMAGES);
    folder.write(TEST_IMAGES, &unpacked(TEST_LABELS));
    let said = "the test images must begin with the IDX magic number 0x00000803, but these begin with \
                0x00000801: this file holds labels, put the images in its place";
    folder.refuses(TEST_IMAGES, said);
}

/// Ten bytes of a gzip header and nothing behind them.
#[test]
fn a_compressed_file_without_gz_in_its_name_is_refused_where_it_is_cut_short() {
    let folder = Folder::without(TEST_IMAGES);
    folder.write(TEST_IMAGES, &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
    folder.refuses_gzip(TEST_IMAGES, "the test images");
}

#[test]
fn what_is_compressed_more_than_three_times_is_refused() {
    let folder = Folder::without(TEST_LABELS);
    let mut bytes = unpacked(TEST_LABELS);
    for _ in 0..4 {
        bytes = gzip(&bytes);
    }
    folder.write(TEST_LABELS, &bytes);
    let sentence = Dataset::load(&folder.data(), Split::Test).unwrap_err().to_string();
    assert!(sentence.contains("it is compressed more than three times, decompress it first"), "{sentence}");
}

#[test]
fn another_format_is_refused() {
    let folder = Folder::without(TEST_IMAGES);
    folder.write(TEST_IMAGES, b"\x89PNG\r\n\x1a\n and so on");
    let said = "the test images must begin with the IDX magic number 0x00000803, but these begin with \
                0x89504e47: get a file in this format";
    folder.refuses(TEST_IMAGES, said);
}

#[test]
fn another_number_of_images_is_refused() {
    let folder = Folder::without(TRAIN_IMAGES);
    folder.write(TRAIN_IMAGES, &unpacked(TEST_IMAGES));
    let said = "the train images must number 60,000, but the header says 10,000: use a set of exactly MNIST's size";
    folder.refuses(TRAIN_IMAGES, said);
}

#[test]
fn images_of_another_size_are_refused() {
    let folder = Folder::without(TEST_IMAGES);
    let mut images = unpacked(TEST_IMAGES);
    images[15] = 32;
    folder.write(TEST_IMAGES, &images);
    folder
        .refuses(TEST_IMAGES, "the test images must be 28 x 28 pixels, but the header says 28 x 32: scale them first");
}

#[test]
fn an_empty_file_is_refused() {
    let folder = Folder::without(TRAIN_LABELS);
    folder.write(TRAIN_LABELS, &[]);
    folder.refuses(TRAIN_LABELS, "the train labels must be 60,008 bytes long, but this file has 0: get the file again");
}

#[test]
fn a_file_that_ends_in_its_header_is_refused() {
    let folder = Folder::without(TRAIN_IMAGES);
    folder.write(TRAIN_IMAGES, &[0, 0, 8, 3, 0, 0, 0xea, 0x60, 0, 0]);
    folder.refuses(
        TRAIN_IMAGES,
        "the train images must be 47,040,016 bytes long, but this file has 10: get the file again",
    );
}

#[test]
fn labels_cut_short_are_refused() {
    let folder = Folder::without(TEST_LABELS);
    folder.write(TEST_LABELS, &unpacked(TEST_LABELS)[..10_007]);
    folder.refuses(
        TEST_LABELS,
        "the test labels must be 10,008 bytes long, but this file has 10,007: get the file again",
    );
}

#[test]
fn images_cut_short_are_refused() {
    let folder = Folder::without(TEST_IMAGES);
    folder.write(TEST_IMAGES, &unpacked(TEST_IMAGES)[..7_000_000]);
    let said = "the test images must be 7,840,016 bytes long, but this file has 7,000,000: get the file again";
    folder.refuses(TEST_IMAGES, said);
}

/// All four files are read for either split.
#[test]
fn train_images_cut_short_are_refused_for_the_test_split_too() {
    let folder = Folder::of_gz_files();
    folder.write("train-images-idx3-ubyte.gz", &gzip(&[0, 0, 8, 3, 0, 0, 0xea, 0x60, 0, 0, 0, 28, 0, 0, 0, 28, 0]));
    let said =
        "the train images must be 47,040,016 bytes long when decompressed, but this file has 17: get the file again";
    folder.refuses("train-images-idx3-ubyte.gz", said);
}

#[test]
fn a_byte_too_many_is_refused() {
    let folder = Folder::without(TEST_IMAGES);
    folder.write(TEST_IMAGES, &[unpacked(TEST_IMAGES), vec![0]].concat());
    folder.refuses(
        TEST_IMAGES,
        "the test images must be 7,840,016 bytes long, but this file is longer: get the file again",
    );
}

#[test]
fn a_label_over_9_is_refused() {
    let folder = Folder::without(TRAIN_LABELS);
    let mut labels = unpacked(TRAIN_LABELS);
    labels[8 + 4710] = 10;
    folder.write(TRAIN_LABELS, &labels);
    let said = "the train labels must be 0 to 9, but label number 4,711 is 10: use a set of ten classes";
    folder.refuses(TRAIN_LABELS, said);
}

// Help

/// A folder like a user's, removed with the value.
struct Folder(TempDir);

impl Folder {
    fn of_gz_files() -> Self {
        let folder = temporary();
        copy_gz_files(folder.path());
        Self(folder)
    }

    fn of_plain_files() -> Self {
        let folder = Self(temporary());
        for name in ALL {
            folder.write(name, &unpacked(name));
        }
        folder
    }

    fn without(name: &str) -> Self {
        let folder = Self::of_gz_files();
        folder.remove(&format!("{name}.gz"));
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).unwrap();
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    fn data(&self) -> Data {
        Data::Folder(self.0.path().to_owned())
    }

    fn load(&self, split: Split) -> Dataset {
        Dataset::load(&self.data(), split).unwrap()
    }

    #[track_caller]
    fn refuses(&self, name: &str, said: &str) {
        let sentence = Dataset::load(&self.data(), Split::Test).unwrap_err().to_string();
        assert_eq!(sentence, format!("{said}: {}", self.path(name).display()));
    }

    /// In the middle are the decompressor's own words.
    #[track_caller]
    fn refuses_gzip(&self, name: &str, part: &str) {
        let sentence = Dataset::load(&self.data(), Split::Test).unwrap_err().to_string();
        let beginning = format!("{part} must be a complete gzip file, but decompressing fails (");
        let end = format!("): get the file again: {}", self.path(name).display());
        assert!(sentence.starts_with(&beginning) && sentence.ends_with(&end), "{sentence}");
    }

    /// Names, times and contents.
    fn state(&self) -> Vec<(PathBuf, std::time::SystemTime, Vec<u8>)> {
        let paths = fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().path());
        let mut state: Vec<_> = paths
            .map(|path| (path.clone(), fs::metadata(&path).unwrap().modified().unwrap(), fs::read(path).unwrap()))
            .collect();
        state.sort();
        state
    }
}

/// Not where the program puts its temporary folders.
fn temporary() -> TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

fn embedded_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(format!("{name}.gz"))
}

fn copy_gz_files(folder: &Path) {
    for name in ALL {
        fs::copy(embedded_file(name), folder.join(format!("{name}.gz"))).unwrap();
    }
}

fn unpacked(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(fs::File::open(embedded_file(name)).unwrap()).read_to_end(&mut bytes).unwrap();
    bytes
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn embedded(split: Split) -> Dataset {
    Dataset::load(&Data::Mnist, split).unwrap()
}

/// Not `assert_eq`, which would print millions of numbers.
#[track_caller]
fn assert_same(one: &Dataset, other: &Dataset) {
    assert!(one.labels() == other.labels(), "labels differ");
    assert!(one.pixels(0..one.len()) == other.pixels(0..other.len()), "pixels differ");
}

/// Of an IDX file with this header.
fn md5(header: &[u32], body: &[u8]) -> String {
    let mut context = md5::Context::new();
    for number in header {
        context.consume(number.to_be_bytes());
    }
    context.consume(body);
    format!("{:x}", context.finalize())
}
