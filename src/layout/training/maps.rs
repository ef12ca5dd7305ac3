use super::grid::{GridPanel, grid, title};
use super::race_drawn::{RaceDrawn, has_titles};
use super::time_plot::{STEPPED_BACK, TimePlot, small, widest};
use crate::figure::training::{LayerMap, LayerQuantity, LayerScale, LayersOverTime, TimeAxis, letter};
use crate::figure::{Range, Room, Shade, Sheet, palette};
use crate::layout::canvas::{Canvas, plain};
use crate::layout::frame;
use crate::layout::lines::Span;
use crate::number;
use crate::page::{Anchor, Color, Path, Picture, Rect, Text, Weight};

/// Columns of a map, at most.
const COLUMNS: f64 = 480.0;
/// Steps of the scale of colours.
const STEPS: usize = 128;

/// Draws a map for every racer that is shown, all with the same colours.
pub(super) fn draw_maps(drawn: &RaceDrawn<'_>, found: &LayersOverTime, canvas: &mut Canvas<'_>, sheet: &Sheet) {
    let look = canvas.look;
    let scale = LayerScale::of_colors(found);
    let maps: Vec<_> = found.racers.iter().map(|series| LayerMap::new(series, &scale, COLUMNS as usize)).collect();
    let around = drawn.around(look, false, &marks(found, &maps));
    let body = frame::draw(canvas, sheet, &around);
    let size = small(canvas);
    let titled = has_titles(sheet, drawn.names.len());
    let ticks = scale.ticks(&Room::upright(0.8 * body.height, canvas.line_height(size), 3.2 * size));
    let labels = widest(canvas, ticks.iter());
    let right = look.px(16.0 + 13.0 + 7.0) + labels + 1.9 * size;
    let left = 1.5 * size + canvas.width(&found.layers().to_string(), size, Weight::Regular) + look.px(9.0);
    let maps_body = Rect { width: body.width - right, ..body };
    let Some(panels) = grid(canvas, maps_body, found.racers.len(), (left, 0.0), (titled, &found.time)) else { return };
    for ((series, map), panel) in found.racers.iter().zip(&maps).zip(&panels) {
        if titled {
            title(canvas, panel, &panel_title(drawn, series.racer, (look.word(look.racer(series.racer)), look.text)));
        }
        draw_map(canvas, panel, map, (&scale, &found.time), (series.layers.len(), sheet.only));
        let plot = TimePlot { rect: panel.rect, time: &found.time };
        plot.now(canvas, drawn.now);
        if panel.is_left {
            plot.beside(canvas, body.x, &["hidden layer", "layer"]);
        }
    }
    let Some(first) = panels.first() else { return };
    let bottom = panels.iter().map(|panel| panel.rect.bottom()).fold(first.rect.bottom(), f64::max);
    let bar = Rect::between(
        (body.right() - right + look.px(16.0), body.right() - right + look.px(29.0)),
        (first.rect.y, bottom),
    );
    draw_scale(canvas, bar, &scale, found.quantity);
}

/// A racer's letter in a colour of its own, and what it is.
pub(super) fn panel_title(drawn: &RaceDrawn<'_>, racer: usize, (own, text): (Color, Color)) -> Vec<Span> {
    let mut name = drawn.names.get(racer).cloned().unwrap_or_default();
    // What is blank from there on has a reason.
    if let Some(ended) = drawn.race.racers.get(racer).and_then(|racer| racer.ended) {
        name += &format!(", stopped in step {}", number::count(ended.step));
    }
    if drawn.names.len() < 2 {
        return vec![Span::plain(name, text)];
    }
    vec![Span::bold(format!("{}\u{a0}\u{a0}", letter(racer)), own), Span::plain(name, text)]
}

fn draw_map(
    canvas: &mut Canvas<'_>,
    panel: &GridPanel,
    map: &LayerMap,
    (scale, time): (&LayerScale, &TimeAxis),
    (layers, only): (usize, Option<usize>),
) {
    let look = canvas.look;
    let rect = panel.rect;
    let rgba = map.shades.iter().map(|shade| match *shade {
        Shade::Unknown => [0; 4],
        Shade::At(share) => opaque(scale.color(share, look.ground)),
        Shade::Zero | Shade::Overflow | Shade::Undefined => opaque(palette::no_number(look.ground)),
    });
    canvas.picture(Picture { rect, columns: map.columns, rgba: rgba.collect() });
    let row = rect.height / layers.max(1) as f64;
    for index in (0..layers).filter(|index| only.is_some_and(|only| only != *index)) {
        // The first layer is the lowest row.
        let over = Rect { y: rect.bottom() - (index + 1) as f64 * row, height: row, ..rect };
        canvas.fill(Path::rect(over), look.paper.faint(1.0 - STEPPED_BACK));
    }
    // Rows are told apart where they have room.
    if row > look.px(9.0) {
        for index in 1..layers {
            let y = rect.y + index as f64 * row;
            canvas.line((rect.x, y), (rect.right(), y), look.px(1.0), look.paper);
        }
    }
    canvas.stroke(Path::rect(rect), look.px(0.9), look.quiet.faint(0.6));
    let plot = TimePlot { rect, time };
    plot.below(canvas, panel.is_lowest, panel.is_lowest);
    if panel.is_left {
        let size = small(canvas);
        let range = Range { low: 0.5, high: layers as f64 + 0.5 };
        let room = Room::upright(rect.height, canvas.line_height(size), 1.9 * size);
        let ticks = if layers > 1 { range.whole_ticks(&room) } else { Vec::new() };
        let one = (layers == 1).then(|| (0.5, "1".to_owned()));
        for (height, label) in one.into_iter().chain(ticks.into_iter().map(|tick| (range.height(tick.at), tick.label)))
        {
            let at = (rect.x - look.px(7.0), plot.y(height));
            canvas.text_at_middle(plain(label, at, Anchor::End, size, look.quiet));
        }
    }
}

/// The scale of colours, with what is usual marked.
fn draw_scale(canvas: &mut Canvas<'_>, bar: Rect, scale: &LayerScale, quantity: LayerQuantity) {
    let look = canvas.look;
    let size = small(canvas);
    let colors = (0..STEPS).rev().map(|step| scale.color((step as f64 + 0.5) / STEPS as f64, look.ground));
    canvas.picture(Picture { rect: bar, columns: 1, rgba: colors.map(opaque).collect() });
    canvas.stroke(Path::rect(bar), look.px(0.9), look.quiet.faint(0.6));
    let y = |share: f64| bar.bottom() - share * bar.height;
    if let Some((low, high)) = quantity.band() {
        for number in [low, high] {
            let at = y(scale.share(number));
            canvas.line((bar.x, at), (bar.right(), at), look.px(1.4), look.text);
        }
    }
    let ticks = scale.ticks(&Room::upright(bar.height, canvas.line_height(size), 3.2 * size));
    let labels = widest(canvas, ticks.iter());
    for (share, label) in ticks {
        let at = y(share);
        canvas.line((bar.right(), at), (bar.right() + look.px(4.0), at), look.px(0.9), look.quiet.faint(0.6));
        canvas.text_at_middle(plain(label, (bar.right() + look.px(7.0), at), Anchor::Start, size, look.quiet));
    }
    let at = (bar.right() + look.px(9.0) + labels + 0.8 * size, bar.center().1);
    let name = plain(quantity.symbol(), at, Anchor::Middle, size, look.quiet);
    canvas.text_at_middle(Text { upright: true, ..name });
}

fn opaque([red, green, blue]: palette::Rgb) -> [u8; 4] {
    [red, green, blue, 255]
}

/// What colours mean.
fn marks(found: &LayersOverTime, maps: &[LayerMap]) -> String {
    let quantity = found.quantity;
    let mut parts = vec![format!("Colours: {}", lower(quantity.about()))];
    if quantity.band().is_some() {
        parts.push("Blue is less and orange more than usual; the band from 10⁻³·⁵ to 10⁻²·⁵ is marked.".to_owned());
    }
    match maps.iter().map(|map| map.beyond).sum::<usize>() {
        0 => {}
        1 => parts.push("1 number lies beyond the scale, and has the colour of its end.".to_owned()),
        beyond => parts.push(format!(
            "{} numbers lie beyond the scale, and have the colour of its end.",
            number::count(beyond as u64)
        )),
    }
    let has = |shade: Shade| maps.iter().any(|map| map.shades.contains(&shade));
    if has(Shade::Zero) {
        parts.push("Grey: exactly 0.".to_owned());
    }
    if has(Shade::Overflow) || has(Shade::Undefined) {
        parts.push("Grey, too: not a finite number.".to_owned());
    }
    if has(Shade::Unknown) {
        parts.push("Blank: nothing was found.".to_owned());
    }
    parts.join(" ")
}

/// A sentence that goes on after a colon.
pub(super) fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| if sentence.starts_with("L2") { first } else { first.to_ascii_lowercase() });
    first.into_iter().chain(letters).collect()
}
