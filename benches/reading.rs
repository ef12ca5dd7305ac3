//! How fast files of the user's own are read: a table of a million rows, images as IDX, and networks of 100 MB.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark fails by panicking")]

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use initscope::data_file::{ReadWatch, read};
use initscope::network_file::NetworkFile;
use ndarray::{Array1, Array2};

/// Columns of numbers in a table, beside that of the labels.
const COLUMNS: usize = 12;
/// 97 MB in f32.
const WIDTHS: [usize; 5] = [784, 4096, 4096, 1024, 10];

fn written(path: PathBuf, write: impl FnOnce(&mut BufWriter<File>)) -> PathBuf {
    let mut file = BufWriter::new(File::create(&path).unwrap());
    write(&mut file);
    file.flush().unwrap();
    path
}

fn table(folder: &Path, rows: usize) -> PathBuf {
    written(folder.join("rows.csv"), |file| {
        for row in 0..rows {
            for column in 0..COLUMNS {
                write!(file, "{}.{:06},", row % 10, (row * 7919 + column * 104_729) % 1_000_000).unwrap();
            }
            writeln!(file, "class {}", row % 7).unwrap();
        }
    })
}

fn idx(folder: &Path, images: u32) -> PathBuf {
    written(folder.join("own-labels-idx1-ubyte"), |file| {
        file.write_all(&[0, 0, 8, 1]).unwrap();
        file.write_all(&images.to_be_bytes()).unwrap();
        file.write_all(&(0..images).map(|image| (image % 10) as u8).collect::<Vec<_>>()).unwrap();
    });
    written(folder.join("own-images-idx3-ubyte"), |file| {
        file.write_all(&[0, 0, 8, 3]).unwrap();
        [images, 28, 28].iter().for_each(|length| file.write_all(&length.to_be_bytes()).unwrap());
        let image: Vec<u8> = (0..784).map(|pixel| (pixel * 37 % 256) as u8).collect();
        (0..images).for_each(|_| file.write_all(&image).unwrap());
    })
}

fn layers() -> impl Iterator<Item = (Array2<f32>, Array1<f32>)> {
    let weight = |(row, column): (usize, usize)| ((row * 31 + column * 17) % 1000) as f32 * 1e-4 - 0.05;
    WIDTHS.windows(2).map(move |pair| (Array2::from_shape_fn((pair[0], pair[1]), weight), Array1::zeros(pair[1])))
}

fn npz(folder: &Path) -> PathBuf {
    let path = folder.join("network.npz");
    let mut writer = ndarray_npy::NpzWriter::new(File::create(&path).unwrap());
    for (number, (kernel, bias)) in (1..).zip(layers()) {
        writer.add_array(format!("W{number}"), &kernel).unwrap();
        writer.add_array(format!("b{number}"), &bias).unwrap();
    }
    writer.finish().unwrap();
    path
}

/// As PyTorch's users save it: [units, inputs].
fn safetensors(folder: &Path) -> PathBuf {
    let (mut entries, mut data) = (Vec::new(), Vec::<u8>::new());
    for (number, (kernel, bias)) in layers().enumerate() {
        let turned = kernel.reversed_axes();
        let arrays = [
            ("weight", format!("[{},{}]", turned.nrows(), turned.ncols()), turned.iter().copied().collect::<Vec<_>>()),
            ("bias", format!("[{}]", bias.len()), bias.to_vec()),
        ];
        for (name, shape, values) in arrays {
            let from = data.len();
            data.extend(values.iter().flat_map(|value| value.to_le_bytes()));
            let to = data.len();
            entries.push(format!(
                "\"{}.{name}\":{{\"dtype\":\"F32\",\"shape\":{shape},\"data_offsets\":[{from},{to}]}}",
                2 * number
            ));
        }
    }
    let header = format!("{{{}}}", entries.join(","));
    written(folder.join("network.safetensors"), |file| {
        file.write_all(&(header.len() as u64).to_le_bytes()).unwrap();
        file.write_all(header.as_bytes()).unwrap();
        file.write_all(&data).unwrap();
    })
}

fn reading(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let mut group = criterion.benchmark_group("reading");
    group.sample_size(10);
    let data =
        [("csv/1000000 rows", table(folder.path(), 1_000_000)), ("idx/60000 images", idx(folder.path(), 60_000))];
    for (name, path) in data {
        group.throughput(Throughput::Bytes(path.metadata().unwrap().len()));
        group.bench_with_input(BenchmarkId::from_parameter(name), &path, |bencher, path| {
            bencher.iter(|| read(path, &ReadWatch::new(&|_| true)).unwrap());
        });
    }
    for (name, path) in [("network/npz", npz(folder.path())), ("network/safetensors", safetensors(folder.path()))] {
        group.throughput(Throughput::Bytes(path.metadata().unwrap().len()));
        group.bench_with_input(BenchmarkId::from_parameter(name), &path, |bencher, path| {
            bencher.iter(|| NetworkFile::read(path).unwrap());
        });
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
