use super::canvas::Canvas;
use super::lines::{Lines, Span};
use crate::figure::Sheet;
use crate::page::{Anchor, Rect};

/// What stands around a figure.
pub(crate) struct Around {
    /// Over it.
    pub title: Vec<Span>,
    /// Under it: what colours and widths mean.
    pub legend: Vec<Span>,
    /// Under that: what was measured.
    pub caption: Vec<Span>,
}

/// So much of the page is left to the figure itself, or what stands around it gives way.
pub(crate) const BODY: f64 = 0.58;

/// Air around all of it.
fn margin(canvas: &Canvas<'_>) -> f64 {
    let (width, height) = canvas.size;
    canvas.look.px(14.0).min(0.05 * width).min(0.05 * height)
}

/// How wide the figure is, whatever stands around it.
pub(crate) fn width(canvas: &Canvas<'_>) -> f64 {
    canvas.size.0 - 2.0 * margin(canvas)
}

/// Draws title, legend and caption as far as there is room, and returns where the figure is.
pub(crate) fn draw(canvas: &mut Canvas<'_>, sheet: &Sheet, around: &Around) -> Rect {
    let look = canvas.look;
    let (width, height) = canvas.size;
    let (margin, room) = (margin(canvas), self::width(canvas));
    let lines = |canvas: &Canvas<'_>, is_wanted: bool, spans: &[Span], part: f64, most: usize| {
        let is_there = is_wanted && !spans.is_empty();
        is_there.then(|| Lines::of(canvas, spans, part * look.size, room, most))
    };
    let own_title = sheet.title_text.iter().map(|text| Span::bold(text.clone(), look.text)).collect::<Vec<_>>();
    let own_caption = sheet.caption_text.iter().map(|text| Span::plain(text.clone(), look.quiet)).collect::<Vec<_>>();
    let or = |own: &Vec<Span>, usual: &Vec<Span>| if own.is_empty() { usual.clone() } else { own.clone() };
    let mut title = lines(canvas, sheet.title, &or(&own_title, &around.title), 1.2, 2);
    // Half a legend explains half of the figure: it has the lines it needs, or none.
    let mut legend = lines(canvas, sheet.legend, &around.legend, 0.86, 5).filter(|legend| !legend.is_cut());
    let mut caption = lines(canvas, sheet.caption, &or(&own_caption, &around.caption), 0.86, 3);
    let air = look.px(6.0);
    let tall = |lines: &Option<Lines>| lines.as_ref().map_or(0.0, |lines| lines.height() + air);
    let body = |title: &_, legend: &_, caption: &_| height - 2.0 * margin - tall(title) - tall(legend) - tall(caption);
    for wanting in 0..3 {
        if body(&title, &legend, &caption) >= BODY * height {
            break;
        }
        match wanting {
            0 => legend = None,
            1 => caption = None,
            _ => title = None,
        }
    }
    let top = margin + tall(&title);
    let bottom = height - margin - tall(&legend) - tall(&caption);
    if let Some(title) = &title {
        title.draw(canvas, margin, margin, Anchor::Start);
    }
    let mut y = bottom + air;
    for lines in [&legend, &caption].into_iter().flatten() {
        lines.draw(canvas, margin, y, Anchor::Start);
        y += lines.height() + air;
    }
    Rect::between((margin, width - margin), (top, bottom))
}
