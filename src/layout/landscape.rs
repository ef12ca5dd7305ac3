use std::sync::{Arc, OnceLock};

use super::canvas::{Canvas, plain};
use super::data::{ColumnAbout, Entry, column};
use super::frame::{self, Around};
use super::lines::Span;
use super::look::Look;
use super::{Content, as_same, words};
use crate::engine::landscape::{Place, Plane, Reading, Standpoint, Survey};
use crate::figure::{Landscape, Mapped, Room, Shade, Sheet, palette};
use crate::page::{Anchor, Color, Item, Path, Picture, Rect, Stroke, Text, Weight};
use crate::subject::Subject;

/// Networks around a subject.
#[derive(Debug)]
pub struct LandscapeContent {
    survey: Arc<Survey>,
    mapped: Mapped,
    around: Standpoint,
    /// Made when it is drawn.
    landscape: OnceLock<Landscape>,
}

impl LandscapeContent {
    /// What the columns of its numbers are.
    pub const COLUMNS: [ColumnAbout; 4] = [
        column("x", "Standard deviation of the weights: σ_w = σ sqrt(fan_in) where the map has that, else σ."),
        column("y", "Standard deviation of the biases σ_b, the number of layers, or the learning rate."),
        column(
            "value",
            "What is mapped: output std, gradient ratio, or the share of dead units, of the last layer; of trained networks the share of images that are classified right, or their mean loss.",
        ),
        column("why_none", "Why there is no value."),
    ];

    /// What is mapped of a survey, around what is marked on it.
    pub fn new(survey: Arc<Survey>, mapped: Mapped, around: impl Into<Standpoint>) -> Self {
        Self { survey, mapped, around: around.into(), landscape: OnceLock::new() }
    }

    fn landscape(&self) -> &Landscape {
        self.landscape.get_or_init(|| Landscape::new(Arc::clone(&self.survey), self.mapped))
    }
}

impl Content for LandscapeContent {
    fn title(&self) -> String {
        self.landscape().headline.to_string()
    }

    fn natural_size(&self, _sheet: &Sheet) -> (f64, f64) {
        (820.0, 640.0)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, sheet: &Sheet) {
        draw(canvas, self.landscape(), &self.around, sheet);
    }

    fn rows(&self) -> Vec<Vec<Entry>> {
        of_landscape(self.landscape())
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &Self::COLUMNS
    }

    fn subjects(&self) -> Vec<Subject> {
        vec![self.around.subject.clone()]
    }

    fn is_same(&self, other: &dyn Content) -> bool {
        as_same::<Self>(other).is_some_and(|other| {
            let is_same = Arc::ptr_eq(&self.survey, &other.survey) && self.mapped == other.mapped;
            is_same && self.around == other.around
        })
    }
}

/// Steps of the scale of colours.
const STEPS: usize = 128;
/// Dark under light, so that a line is seen on every colour.
const UNDER: Color = Color { rgb: [6, 8, 12], alpha: 0.6 };
const WHITE: Color = Color { rgb: [255, 255, 255], alpha: 1.0 };

/// Draws a cell for every network around what is marked.
fn draw(canvas: &mut Canvas<'_>, landscape: &Landscape, point: &Standpoint, sheet: &Sheet) {
    let look = canvas.look;
    let shades = landscape.shades();
    let around = Around {
        title: words::title(look, std::slice::from_ref(&landscape.headline)),
        legend: legend(look, landscape, point, &shades),
        caption: vec![Span::plain(caption(landscape, &point.subject), look.quiet)],
    };
    let body = frame::draw(canvas, sheet, &around);
    let size = 0.92 * look.size;
    let terrain = &landscape.survey.terrain;
    let upright = |height: f64| Room::upright(height, canvas.line_height(size), look.px(44.0));
    // The map is a little lower than all that is left to it.
    let height = (body.height - 3.9 * look.size).max(1.0);
    let y_ticks = landscape.y_ticks(&upright(height));
    let widest = |labels: &mut dyn Iterator<Item = &String>| {
        labels.map(|label| canvas.fonts.width(label, size, Weight::Regular)).fold(0.0, f64::max)
    };
    let left = 2.4 * look.size + widest(&mut y_ticks.iter().map(|tick| &tick.label));
    let scale_ticks = landscape.scale.map(|scale| scale.ticks(landscape.mapped, &upright(height)));
    let labels = widest(&mut scale_ticks.iter().flatten().map(|tick| &tick.label));
    let right = if landscape.scale.is_some() { look.px(40.0) + labels + 1.4 * look.size } else { look.px(8.0) };
    let map = Rect::between(
        (body.x + left, body.right() - right),
        (body.y + 0.5 * look.size, body.bottom() - 3.4 * look.size),
    );
    if map.width < 20.0 || map.height < 20.0 {
        return;
    }
    let unknown = [0; 4];
    let color = |shade: &Shade| match *shade {
        Shade::Unknown => unknown,
        Shade::At(share) => opaque(palette::map(share)),
        Shade::Zero | Shade::Overflow | Shade::Undefined => opaque(palette::no_number(look.ground)),
    };
    canvas.picture(Picture { rect: map, columns: terrain.columns(), rgba: shades.iter().map(color).collect() });
    signs(canvas, (&shades, terrain.columns()), map);
    canvas.stroke(Path::rect(map), look.px(0.9), look.quiet.faint(0.6));
    let x = |value: f64| map.x + map.width * terrain.x_share(value);
    let y = |value: f64| map.bottom() - map.height * terrain.y_share(value);
    let length = |label: &str| canvas.width(label, size, Weight::Regular) + look.px(6.0);
    let x_ticks = landscape.x_ticks(&Room::along(map.width, look.px(70.0), length));
    for tick in x_ticks {
        let at = x(tick.at);
        canvas.line((at, map.bottom()), (at, map.bottom() + look.px(4.0)), look.px(0.9), look.quiet.faint(0.6));
        let at = (at, map.bottom() + look.size);
        canvas.text_at_middle(plain(tick.label, at, Anchor::Middle, size, look.quiet));
    }
    for tick in y_ticks {
        let at = y(tick.at);
        canvas.line((map.x - look.px(4.0), at), (map.x, at), look.px(0.9), look.quiet.faint(0.6));
        canvas.text_at_middle(plain(tick.label, (map.x - look.px(8.0), at), Anchor::End, size, look.quiet));
    }
    let below = (map.center().0, map.bottom() + 2.5 * look.size);
    canvas.text_at_middle(plain(landscape.x_label(), below, Anchor::Middle, size, look.quiet));
    let beside = (body.x + 0.6 * look.size, map.center().1);
    let name = plain(landscape.y_label(), beside, Anchor::Middle, size, look.quiet);
    canvas.text_at_middle(Text { upright: true, ..name });
    canvas.clipped(map, |canvas| {
        if let Some(Ok(lines)) = landscape.survey.edge.as_deref() {
            for line in lines {
                let path = Path::line(line.iter().map(|&[across, up]| (x(across), y(up))));
                edge(canvas, &path);
            }
        }
        if let Some(place) = on_map(landscape, point) {
            if let Some((from, to)) = place.span {
                for (width, color) in [(4.0, UNDER), (2.0, WHITE)] {
                    canvas.line((x(from), y(place.y)), (x(to), y(place.y)), look.px(width), color);
                }
            }
            let ring = Path::circle((x(place.x), y(place.y)), look.px(6.5));
            canvas.stroke(ring.clone(), look.px(4.0), UNDER);
            canvas.stroke(ring, look.px(2.0), WHITE);
            if place.exact {
                canvas.fill(Path::circle((x(place.x), y(place.y)), look.px(2.4)), WHITE);
            }
        }
    });
    if let (Some(scale), Some(ticks)) = (landscape.scale, scale_ticks) {
        let bar = Rect { x: map.right() + look.px(16.0), width: look.px(13.0), ..map };
        let rgba = (0..STEPS).rev().map(|step| opaque(palette::map((step as f64 + 0.5) / STEPS as f64))).collect();
        canvas.picture(Picture { rect: bar, columns: 1, rgba });
        for tick in ticks {
            let at = bar.bottom() - bar.height * scale.share(tick.at);
            canvas.line((bar.right(), at), (bar.right() + look.px(4.0), at), look.px(0.9), look.quiet.faint(0.6));
            let label = (bar.right() + look.px(7.0), at);
            canvas.text_at_middle(plain(tick.label, label, Anchor::Start, size, look.quiet));
        }
        let at = (bar.right() + look.px(11.0) + labels + 0.6 * look.size, bar.center().1);
        let name = plain(landscape.mapped.symbol(), at, Anchor::Middle, size, look.quiet);
        canvas.text_at_middle(Text { upright: true, ..name });
    }
}

fn opaque([red, green, blue]: palette::Rgb) -> [u8; 4] {
    [red, green, blue, 255]
}

/// A dashed line that is seen from the back of a room.
fn edge(canvas: &mut Canvas<'_>, path: &Path) {
    let look = canvas.look;
    for (width, color) in [(5.5, UNDER), (3.0, WHITE)] {
        let dash = Some((look.px(10.0), look.px(6.0)));
        canvas.items.push(Item::Stroke(path.clone(), Stroke { width: look.px(width), color, dash }));
    }
}

/// On cells that have no number, why: a rising line where values exceed f32, a dot for 0 / 0, nothing for 0.
fn signs(canvas: &mut Canvas<'_>, (shades, columns): (&[Shade], usize), map: Rect) {
    let look = canvas.look;
    let (width, height) = (map.width / columns as f64, map.height / (shades.len() / columns).max(1) as f64);
    for (at, shade) in shades.iter().enumerate() {
        let cell =
            Rect { x: map.x + (at % columns) as f64 * width, y: map.y + (at / columns) as f64 * height, width, height };
        match shade {
            Shade::Overflow => {
                canvas.line((cell.x, cell.bottom()), (cell.right(), cell.y), look.px(0.8), look.quiet);
            }
            Shade::Undefined => canvas.fill(Path::circle(cell.center(), 0.16 * width.min(height)), look.quiet),
            _ => {}
        }
    }
}

/// Where something stands, if that is on the map.
fn on_map(landscape: &Landscape, point: &Standpoint) -> Option<Place> {
    landscape.survey.terrain.place(point).ok().filter(|place| landscape.contains(place.x, place.y))
}

/// What signs on the map mean.
fn legend(look: &Look, landscape: &Landscape, point: &Standpoint, shades: &[Shade]) -> Vec<Span> {
    let mut parts = Vec::new();
    if let Some(place) = on_map(landscape, point) {
        parts.push(match (place.exact, place.span) {
            (true, _) => "Ring: the experiment.",
            (false, None) => "Ring: the experiment's hidden layers.",
            (false, Some(_)) => "Line: the experiment's hidden layers, ring: their middle.",
        });
    }
    if landscape.survey.edge.as_deref().is_some_and(Result::is_ok) {
        parts.push(match landscape.survey.terrain.plane() {
            Plane::Depth if landscape.mapped.is_trained() => {
                "Dashed: 6 ξ_c, about the depth that theory expects to be trainable."
            }
            _ => "Dashed: the edge of chaos of mean-field theory, χ₁ = 1.",
        });
    }
    let has = |shade: Shade| shades.contains(&shade);
    if has(Shade::Overflow) {
        parts.push(match landscape.mapped {
            Mapped::Accuracy | Mapped::Loss => "Grey with lines: the training stopped being finite.",
            _ => "Grey with lines: values exceed f32.",
        });
    }
    if has(Shade::Undefined) {
        parts.push("Grey with dots: 0 / 0, no gradient reaches the last layer.");
    }
    if has(Shade::Zero) {
        parts.push("Grey: exactly 0.");
    }
    vec![Span::plain(parts.join(" "), look.quiet)]
}

fn caption(landscape: &Landscape, subject: &Subject) -> String {
    format!("{} {} Seed {}.", landscape.summary(), landscape.note(), subject.experiment().seed)
}

fn of_landscape(landscape: &Landscape) -> Vec<Vec<Entry>> {
    let survey = &landscape.survey;
    let cells =
        (0..survey.terrain.rows()).flat_map(|row| (0..survey.terrain.columns()).map(move |column| (column, row)));
    let row = |(column, row): (usize, usize)| {
        let reading = survey.cell((column, row)).and_then(|cell| landscape.mapped.of(&cell));
        let [value, why] = match reading {
            None => [Entry::Nothing, Entry::Word("not_measured")],
            Some(Reading::Overflow) if landscape.mapped.is_trained() => [Entry::Nothing, Entry::Word("not_finite")],
            Some(Reading::Overflow) => [Entry::Nothing, Entry::Word("exceeds_f32")],
            Some(Reading::Undefined) => [Entry::Nothing, Entry::Word("0_over_0")],
            Some(Reading::Number(number)) => [Entry::Number(number), Entry::Nothing],
        };
        vec![Entry::Number(survey.terrain.x(column)), Entry::Number(survey.terrain.y(row)), value, why]
    };
    cells.map(row).collect()
}
