//! A folder of pictures for each class, in PNG or JPEG.

use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use image::{ColorType, ImageFormat, ImageReader};

use super::class_folders::{files, folders, format, has_pictures, roots};
use super::made_set::set_of;
use super::watch::ReadWatch;
use super::{DataFileError, MOST_BYTES, picture_code};
use crate::image_set::{ImageSet, MOST_CLASSES, MOST_VALUES, SetError, SetParts, SetValues};
use crate::number;
use crate::regular_file;

/// Pictures that are looked for.
const MOST_PICTURES: usize = 2_000_000;

/// A picture, and the place of its class.
struct ClassPicture {
    path: PathBuf,
    class: usize,
}

/// All pictures of a set.
struct Found {
    pictures: Vec<ClassPicture>,
    classes: Vec<String>,
    train: Option<usize>,
    /// Files that are no pictures.
    others: usize,
    /// Folders that have files and none of them is a picture.
    left_out: Vec<String>,
}

/// Reads a set.
///
/// # Errors
/// If pictures are of different sizes, too large, or damaged.
pub(super) fn read(folder: &Path, watch: &ReadWatch<'_>) -> Result<ImageSet, DataFileError> {
    let Found { pictures, classes, train, others, left_out } = found(folder)?;
    let form = form(&pictures)?;
    let PicturesForm { rows, columns, is_grey, .. } = form;
    let colors = if is_grey { 1 } else { 3 };
    let dim = rows * columns * colors;
    if dim > MOST_VALUES {
        let shape = vec![rows, columns, colors];
        return Err(DataFileError::Set { problem: SetError::Values { shape }, path: folder.to_owned() });
    }
    if pictures.len().saturating_mul(dim) > MOST_BYTES {
        return Err(DataFileError::content(
            "there are more pixels than can be read (1 GiB): use fewer pictures",
            folder,
        ));
    }
    for picture in &pictures {
        watch.expect(std::fs::metadata(&picture.path).map_or(0, |metadata| metadata.len()));
    }
    let mut values = Vec::with_capacity(pictures.len() * dim);
    for ClassPicture { path, .. } in &pictures {
        let image = reader(path, watch)?.decode().map_err(|error| of_image(error, path))?;
        if (image.height() as usize, image.width() as usize) != (rows, columns) {
            return Err(DataFileError::content("this picture changed while it was read: try again", path));
        }
        if is_grey {
            values.extend_from_slice(image.to_luma8().as_raw());
        } else {
            values.extend_from_slice(image.to_rgb8().as_raw());
        }
    }
    let labels = pictures.iter().map(|picture| u8::try_from(picture.class).unwrap_or_default()).collect();
    let mut notes = Vec::new();
    if others > 0 {
        let files = if others == 1 { "file that is no picture was" } else { "files that are no pictures were" };
        notes.push(format!("{} {files} left out.", number::count(others as u64)));
    }
    if let Some(one) = left_out.first() {
        let more = if left_out.len() > 1 { format!(", as have {} more", left_out.len() - 1) } else { String::new() };
        notes.push(format!("The folder {one} has no PNG or JPEG pictures and is no class{more}."));
    }
    let reading = picture_code::reading(folder, &classes, is_grey, form.has_long_greys);
    set_of(SetParts {
        path: folder.to_owned(),
        format: "Pictures",
        shape: if is_grey { vec![rows, columns] } else { vec![rows, columns, colors] },
        values: SetValues::Bytes(values.into()),
        labels: Some(labels),
        classes,
        train,
        notes,
        reading,
        ..SetParts::default()
    })
}

fn found(folder: &Path) -> Result<Found, DataFileError> {
    let roots = roots(folder);
    let mut found = Found { pictures: Vec::new(), classes: Vec::new(), train: None, others: 0, left_out: Vec::new() };
    let of_part = |part: &Path| folders(part).into_iter().filter(|class| has_pictures(class));
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    found.classes = roots.iter().flat_map(|root| of_part(root)).map(|class| name(&class)).collect();
    found.classes.sort();
    found.classes.dedup();
    if found.classes.len() > MOST_CLASSES {
        let problem = SetError::ManyClasses { classes: found.classes.len() };
        return Err(DataFileError::Set { problem, path: folder.to_owned() });
    }
    for (at, root) in roots.iter().enumerate() {
        if at == 1 {
            found.train = Some(found.pictures.len());
        }
        for class in of_part(root) {
            let place = found.classes.binary_search(&name(&class)).unwrap_or_default();
            for path in files(&class) {
                match format(&path) {
                    Some(_) => found.pictures.push(ClassPicture { path, class: place }),
                    None => found.others += 1,
                }
            }
        }
        found.others += files(root).len();
        let without = folders(root).into_iter().filter(|class| !has_pictures(class) && !files(class).is_empty());
        found.left_out.extend(without.map(|class| name(&class)));
    }
    if found.pictures.len() > MOST_PICTURES {
        return Err(DataFileError::content("there are more than 2,000,000 pictures: use fewer", folder));
    }
    Ok(found)
}

/// What all pictures are.
struct PicturesForm {
    rows: usize,
    columns: usize,
    /// Whether none has colours.
    is_grey: bool,
    /// Whether grey ones have 16 bits, which not every program makes 8 of.
    has_long_greys: bool,
}

fn form(pictures: &[ClassPicture]) -> Result<PicturesForm, DataFileError> {
    let mut first: Option<(u32, u32, &Path)> = None;
    let (mut is_grey, mut has_long_greys) = (true, false);
    let tell = |_| true;
    let nobody = ReadWatch::new(&tell);
    for ClassPicture { path, .. } in pictures {
        let decoder = reader(path, &nobody)?.into_decoder().map_err(|error| of_image(error, path))?;
        let (width, height) = image::ImageDecoder::dimensions(&decoder);
        let color = image::ImageDecoder::color_type(&decoder);
        is_grey &= matches!(color, ColorType::L8 | ColorType::La8 | ColorType::L16 | ColorType::La16);
        has_long_greys |= color == ColorType::L16;
        let (columns, rows, named) = *first.get_or_insert((width, height, path));
        if (columns, rows) != (width, height) {
            let problem = format!(
                "this picture has {width} × {height} pixels, but {} has {columns} × {rows}: make all pictures of one size",
                named.file_name().unwrap_or_default().to_string_lossy()
            );
            return Err(DataFileError::content(problem, path));
        }
    }
    let (columns, rows, _) = first.unwrap_or((0, 0, Path::new("")));
    Ok(PicturesForm { rows: rows as usize, columns: columns as usize, is_grey, has_long_greys })
}

/// Bytes that a picture's file may have: those that can be shown are small.
const LARGEST: u64 = 64 << 20;

fn reader(path: &Path, watch: &ReadWatch<'_>) -> Result<ImageReader<std::io::Cursor<Vec<u8>>>, DataFileError> {
    let of_io = |error| DataFileError::of_io(error, path);
    let file = BufReader::new(regular_file::open(path).map_err(of_io)?);
    let mut bytes = Vec::new();
    watch.count(file).take(LARGEST).read_to_end(&mut bytes).map_err(of_io)?;
    let format = match bytes[..] {
        [0x89, b'P', b'N', b'G', ..] => ImageFormat::Png,
        [0xff, 0xd8, ..] => ImageFormat::Jpeg,
        _ => {
            return Err(DataFileError::content(
                "this is no PNG or JPEG picture, whatever its name says: take it out of the folder",
                path,
            ));
        }
    };
    let mut reader = ImageReader::with_format(std::io::Cursor::new(bytes), format);
    let mut limits = image::Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(MOST_VALUES as u32), Some(MOST_VALUES as u32));
    limits.max_alloc = Some(LARGEST);
    reader.limits(limits);
    Ok(reader)
}

fn of_image(error: image::ImageError, path: &Path) -> DataFileError {
    match error {
        image::ImageError::Limits(_) => DataFileError::content(
            format!(
                "this picture is far too large, {} values can be shown: make the pictures smaller",
                number::count(MOST_VALUES as u64)
            ),
            path,
        ),
        image::ImageError::IoError(error) => DataFileError::of_io(error, path),
        _ => DataFileError::content("this picture is damaged and cannot be read: get it again", path),
    }
}
