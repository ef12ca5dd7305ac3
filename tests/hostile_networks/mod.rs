//! Files that lie: their headers promise more than there is, or ask for what no reader should do. Each with words of the sentence
//! that says so.

use std::io::Write as _;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// A file by its name.
pub struct Hostile {
    /// Its name.
    pub name: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Words of the sentence.
    pub says: &'static str,
}

/// All of them.
pub fn hostile() -> Vec<Hostile> {
    let one = |name, bytes, says| Hostile { name, bytes, says };
    vec![
        one("header_of_2_63.safetensors", safetensors(1 << 63, r#"{"a":1}"#), "its header would be"),
        one(
            "overflowing.safetensors",
            weights(r#""shape":[4294967296,4294967296],"data_offsets":[0,4]"#),
            "can be counted",
        ),
        one("beyond.safetensors", weights(r#""shape":[2,2],"data_offsets":[0,4611686018427387904]"#), "beyond the end"),
        one("backwards.safetensors", weights(r#""shape":[1],"data_offsets":[4,0]"#), "beyond the end"),
        one("no_json.safetensors", safetensors(8, "{\"a\":[[["), "JSON"),
        one("shape.npz", npz(&npy("(1099511627776, 1099511627776)", &[0; 8])), "can be counted"),
        one("length.npz", npz(&npy("(1000, 1000)", &[0; 8])), "another length"),
        one("bomb.npz", bomb(), "unpacks to far more"),
        one("lying_bomb.npz", lying_bomb(), "checksum or length"),
        one("foreign.pt", torch(b"cos\nsystem\n(X\x04\x00\x00\x00echotR."), "os.system"),
        one("builtins.pt", torch(b"\x80\x02cbuiltins\neval\nX\x01\x00\x00\x001\x85R."), "builtins.eval"),
        one(
            "text_of_2_63.pt",
            torch(&[b"\x80\x04\x8d".as_slice(), &(1_u64 << 63).to_le_bytes()].concat()),
            "ends too early",
        ),
        one("memo.pt", torch(b"\x80\x02Nr\xff\xff\xff\xff."), "cannot be"),
        one("itself.pt", torch(b"\x80\x02}q\x00X\x0a\x00\x00\x00state_dicth\x00s."), "no network"),
        one("marks.pt", torch(&[b"\x80\x02".as_slice(), &b"(".repeat(100_000), b"."].concat()), "takes more"),
        one("storage.pt", torch(STORAGE), "missing"),
        one("script.pt", zipped(&[("a/data.pkl", b"."), ("a/constants.pkl", b".")]), "TorchScript"),
        one("pickle.pkl", b"\x80\x04}.".to_vec(), "only Python"),
        one("leaves.onnx", onnx(&tensor(&[2, 2], &external("../secret"))), "outside its folder"),
        one("absolute.onnx", onnx(&tensor(&[2, 2], &external("/etc/passwd"))), "outside its folder"),
        one("missing.onnx", onnx(&tensor(&[2, 2], &external("weights.data"))), "cannot be read"),
        one("shape.onnx", onnx(&tensor(&[1 << 40, 1 << 40], &field(9, &[0; 16]))), "can be counted"),
        one("shape_of_2_63.onnx", onnx(&tensor(&[1 << 63, 1], &field(9, &[0; 16]))), "larger than can be"),
        one("length.onnx", onnx(&tensor(&[2, 2], &field(9, &[0; 8]))), "another length"),
        one("truncated.h5", b"\x89HDF\r\n\x1a\n\x00\x00\x00".to_vec(), "damaged"),
        one("nothing.bin", vec![0; 64], "no file of a network"),
        one("empty.npz", Vec::new(), "no file of a network"),
    ]
}

/// A tensor of a storage that is not there, with strides that would reach beyond any.
const STORAGE: &[u8] = b"\x80\x02}X\x08\x00\x00\x000.weightctorch._utils\n_rebuild_tensor_v2\n(\
    (X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x04tQ\
    K\x00K\x02K\x02\x86J\xff\xff\xff\x7fK\x01\x86tRs.";

fn safetensors(length: u64, header: &str) -> Vec<u8> {
    [&length.to_le_bytes(), header.as_bytes()].concat()
}

fn weights(of: &str) -> Vec<u8> {
    let header = format!(r#"{{"0.weight":{{"dtype":"F32",{of}}}}}"#);
    [safetensors(header.len() as u64, &header), vec![0; 4]].concat()
}

fn npy(shape: &str, values: &[u8]) -> Vec<u8> {
    let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n");
    let size = (header.len() as u16).to_le_bytes();
    [b"\x93NUMPY\x01\x00", &size[..], header.as_bytes(), values].concat()
}

fn npz(array: &[u8]) -> Vec<u8> {
    zipped(&[("W1.npy", array), ("W2.npy", array)])
}

fn torch(pickle: &[u8]) -> Vec<u8> {
    zipped(&[("archive/data.pkl", pickle), ("archive/version", b"3")])
}

/// A gibibyte of zeros in a megabyte.
fn bomb() -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&vec![0; 16 << 20]).unwrap();
    let packed = encoder.finish().unwrap();
    // The header says what a whole bomb would unpack to.
    let entry = Entry { name: "W1.npy", method: 8, crc: 0, size: 1 << 30, packed: &packed };
    archive(&[Entry { name: "W2.npy", ..entry }, entry])
}

/// Sixteen mebibytes that are said to be a hundred bytes.
fn lying_bomb() -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&vec![0; 16 << 20]).unwrap();
    let packed = encoder.finish().unwrap();
    let entry = Entry { name: "W1.npy", method: 8, crc: 0, size: 100, packed: &packed };
    archive(&[Entry { name: "W2.npy", ..entry }, entry])
}

#[derive(Clone, Copy)]
struct Entry<'a> {
    name: &'a str,
    method: u16,
    crc: u32,
    size: u32,
    packed: &'a [u8],
}

/// A zip archive of files as they are.
pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let entries: Vec<_> = files
        .iter()
        .map(|&(name, bytes)| {
            let mut crc = Crc::new();
            crc.update(bytes);
            Entry { name, method: 0, crc: crc.sum(), size: bytes.len() as u32, packed: bytes }
        })
        .collect();
    archive(&entries)
}

fn archive(entries: &[Entry<'_>]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for Entry { name, method, crc, size, packed } in entries {
        let at = bytes.len() as u32;
        let mut common = vec![20, 0, 0, 0];
        common.extend(method.to_le_bytes());
        common.extend([0; 4]);
        common.extend(crc.to_le_bytes());
        common.extend((packed.len() as u32).to_le_bytes());
        common.extend(size.to_le_bytes());
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0; 2]);
        bytes.extend(b"PK\x03\x04".iter().chain(&common).chain(name.as_bytes()).chain(*packed));
        directory.extend(b"PK\x01\x02\x14\x00".iter().chain(&common));
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, count) = (bytes.len() as u32, entries.len() as u16);
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(at.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

fn field(number: u64, value: &[u8]) -> Vec<u8> {
    [varint(number << 3 | 2), varint(value.len() as u64), value.to_vec()].concat()
}

fn external(location: &str) -> Vec<u8> {
    let entry = [field(1, b"location"), field(2, location.as_bytes())].concat();
    [field(13, &entry), varint(14 << 3), varint(1)].concat()
}

fn tensor(shape: &[u64], data: &[u8]) -> Vec<u8> {
    let lengths: Vec<_> = shape.iter().flat_map(|&length| [varint(1 << 3), varint(length)].concat()).collect();
    [lengths, varint(2 << 3), varint(1), field(8, b"W"), data.to_vec()].concat()
}

/// A model whose one node is the product of its input and a tensor.
fn onnx(tensor: &[u8]) -> Vec<u8> {
    let node = [field(1, b"x"), field(1, b"W"), field(2, b"y"), field(4, b"MatMul")].concat();
    let value = |name: &[u8]| field(1, name);
    let graph = [field(1, &node), field(5, tensor), field(11, &value(b"x")), field(12, &value(b"y"))].concat();
    [varint(1 << 3), varint(8), field(7, &graph)].concat()
}
