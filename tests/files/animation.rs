//! `initscope animate`: films of a setting that moves.

use std::path::Path;

use assert_cmd::Command;
use initscope::figure::Scene;
use initscope::page::{Animation, AnimationFormat, Raster};

fn animate(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_initscope"));
    command
        .current_dir(folder)
        .args(["animate", "--images", "64", "--layers", "2", "--size", "300x200"])
        .args(arguments);
    command
}

/// Pictures of a GIF, as a decoder of its own reads them.
fn gif_pictures(bytes: &[u8]) -> Vec<image::RgbaImage> {
    use image::AnimationDecoder as _;
    let decoder = image::codecs::gif::GifDecoder::new(std::io::Cursor::new(bytes)).unwrap();
    decoder.into_frames().map(|frame| frame.unwrap().into_buffer()).collect()
}

fn apng_pictures(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let count = reader.info().animation_control().unwrap().num_frames;
    let mut pictures = Vec::new();
    for _ in 0..count {
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut buffer).unwrap();
        pictures.push(buffer);
    }
    pictures
}

#[test]
fn a_film_has_as_many_pictures_as_asked_for_and_carries_its_scene() {
    let folder = tempfile::tempdir().unwrap();
    for (name, count) in [("film.gif", 5), ("film.png", 4)] {
        let frames = count.to_string();
        animate(folder.path(), &["--from", "0.05", "--to", "0.5", "--frames", &frames, "--out", name])
            .assert()
            .success();
        let path = folder.path().join(name);
        let bytes = std::fs::read(&path).unwrap();
        if name.ends_with("gif") {
            let pictures = gif_pictures(&bytes);
            assert_eq!((pictures.len(), pictures[0].dimensions()), (count, (300, 200)));
            assert!(pictures.windows(2).all(|pair| pair[0] != pair[1]), "each has another sigma");
        } else {
            let pictures = apng_pictures(&bytes);
            assert_eq!(pictures.len(), count);
            assert!(pictures.windows(2).all(|pair| pair[0] != pair[1]), "each has another sigma");
        }
        assert_eq!(Scene::read(&path).unwrap().experiments.len(), 1);
    }
}

#[test]
fn numbered_pictures_go_into_a_folder_and_the_axis_stands_still() {
    let folder = tempfile::tempdir().unwrap();
    animate(folder.path(), &["--sweep", "depth", "--from", "1", "--to", "3", "--frames", "3", "--out", "frames/"])
        .assert()
        .success();
    let mut names: Vec<_> = std::fs::read_dir(folder.path().join("frames"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["frame-1.png", "frame-2.png", "frame-3.png"]);
    // Left of the layers nothing moves: the same axis in every picture.
    let edge = |name: &str| {
        let picture = image::open(folder.path().join("frames").join(name)).unwrap().to_rgba8();
        image::imageops::crop_imm(&picture, 0, 40, 24, 60).to_image()
    };
    assert_eq!(edge("frame-1.png"), edge("frame-2.png"));
    assert_eq!(edge("frame-2.png"), edge("frame-3.png"));
}

#[test]
fn what_makes_no_film_is_said_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, code, said) in [
        (vec!["--from", "0.1", "--to", "0.2", "--out", "film.mp4"], 2, ".gif or .png"),
        (vec!["--from", "0.1", "--to", "0.2", "--frames", "1", "--out", "film.gif"], 2, "2 to 1000"),
        (vec!["--from", "0", "--to", "9", "--sweep", "depth", "--out", "film.gif"], 2, "1 to 100"),
        (vec!["--from", "0.1", "--to", "0.2", "--sigma", "0.1,0.2", "--out", "film.gif"], 2, "there are 2 experiments"),
        (vec!["--from", "0.1", "--to", "0.2", "--fps", "0", "--out", "film.gif"], 2, "--fps"),
        (vec!["--from", "0.1", "--to", "0.2", "--init", "zeros", "--out", "film.gif"], 2, "has no sigma"),
        (
            vec!["--from", "0.1", "--to", "0.2", "--frames", "2", "--out", "missing/film.gif"],
            1,
            "choose a file or a folder",
        ),
    ] {
        let ran = animate(folder.path(), &arguments).assert().code(code);
        let error = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
        assert!(error.lines().count() == 1 && error.contains(said), "{arguments:?}: {error}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn flat_areas_of_a_gif_keep_their_very_colour_however_many_there_are() {
    // 300 colours: a ground, a large area, and a ramp of edges between them.
    let (width, height) = (300_u32, 40_u32);
    let pixel = |index: u32| match (index / width, index % width) {
        (0, x) => [(x % 256) as u8, (x / 3) as u8, 200, 255],
        (_, x) if x < 100 => [255, 255, 255, 255],
        _ => [0, 114, 178, 255],
    };
    let rgba: Vec<u8> = (0..width * height).flat_map(pixel).collect();
    let picture = Raster { width, height, rgba };
    let mut bytes = Vec::new();
    let mut animation =
        Animation::begin(&mut bytes, AnimationFormat::Gif, (width, height), (1, 10.0), "version = 1").unwrap();
    animation.add(&picture).unwrap();
    animation.finish().unwrap();
    let read = &gif_pictures(&bytes)[0];
    assert_eq!(read.get_pixel(10, 20).0, [255, 255, 255, 255]);
    assert_eq!(read.get_pixel(200, 20).0, [0, 114, 178, 255]);
    let off = (0..width).map(|x| {
        let (found, expected) = (read.get_pixel(x, 0).0, pixel(x));
        found.iter().zip(expected).map(|(one, other)| u32::from(one.abs_diff(other))).max().unwrap_or(0)
    });
    assert!(off.max().unwrap() <= 24, "edges are near their colour");
}

/// Each picture's time, as decoders of their own read it: a player adds them up, and must not run away.
#[test]
fn a_film_lasts_as_long_as_its_rate_says() {
    let picture = Raster { width: 2, height: 2, rgba: vec![200; 16] };
    for (fps, frames) in
        [(8.0, 80), (24.0, 240), (30.0, 300), (10.0, 50), (0.1, 3), (23.976, 200), (49.0, 49), (50.0, 50)]
    {
        let written = |kind| {
            let mut bytes = Vec::new();
            let mut animation = Animation::begin(&mut bytes, kind, (2, 2), (frames, fps), "version = 1").unwrap();
            (0..frames).for_each(|_| animation.add(&picture).unwrap());
            animation.finish().unwrap();
            bytes
        };
        let mut options = gif::DecodeOptions::new();
        options.set_color_output(gif::ColorOutput::RGBA);
        let gif = written(AnimationFormat::Gif);
        let mut decoder = options.read_info(gif.as_slice()).unwrap();
        let mut shown = 0;
        for pictures in 1..=frames {
            let delay = decoder.read_next_frame().unwrap().unwrap().delay;
            assert!(delay >= 2, "programs take less for a tenth of a second");
            shown += u32::from(delay);
            let off = f64::from(shown) - 100.0 * f64::from(pictures) / fps;
            assert!(off.abs() <= 0.5 + 1e-9, "{fps} a second: {off} hundredths off after {pictures} pictures");
        }
        let apng = written(AnimationFormat::Apng);
        let mut reader = png::Decoder::new(std::io::Cursor::new(&apng)).read_info().unwrap();
        let mut seconds = 0.0;
        for _ in 0..frames {
            let control = *reader.info().frame_control().unwrap();
            seconds += f64::from(control.delay_num) / f64::from(control.delay_den);
            let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut buffer).unwrap();
        }
        assert!((seconds * fps / f64::from(frames) - 1.0).abs() < 1e-9, "{fps} a second: {seconds} s");
    }
}

#[test]
fn a_sweep_that_goes_nowhere_is_refused() {
    for ends in [["--from", "0.4", "--to", "0.4"], ["--from", "0.40", "--to", ".4"]] {
        let fixed = ["animate", "--images", "5", "--out", "still.gif"];
        let mut command = Command::new(env!("CARGO_BIN_EXE_initscope"));
        let ran = command.args(fixed).args(ends).assert().code(2);
        let said = String::from_utf8_lossy(&ran.get_output().stderr).into_owned();
        assert!(said.contains("nothing would move: the sigma is the same in all pictures"), "{said}");
    }
    assert!(!Path::new("still.gif").exists());
}
