//! A canvas of 800 by 600 pixels with the few strokes the scenes need.
//! Must not know any scene.

use image::{Rgb, RgbImage};

/// Width in pixels.
pub(super) const WIDTH: i32 = 800;
/// Height in pixels.
pub(super) const HEIGHT: i32 = 600;
const WIDTH_PIXELS: u32 = WIDTH.unsigned_abs();
const HEIGHT_PIXELS: u32 = HEIGHT.unsigned_abs();

/// A colour.
pub(super) type Ink = [u8; 3];
/// A rectangle: left, top, width, height.
pub(super) type Frame = (i32, i32, i32, i32);

/// Segments of the figures 0 to 9: top, two upper, middle, two lower, bottom, from the left.
const FIGURES: [[bool; 7]; 10] = [
    [true, true, true, false, true, true, true],
    [false, false, true, false, false, true, false],
    [true, false, true, true, true, false, true],
    [true, false, true, true, false, true, true],
    [false, true, true, true, false, true, false],
    [true, true, false, true, false, true, true],
    [true, true, false, true, true, true, true],
    [true, false, true, false, false, true, false],
    [true, true, true, true, true, true, true],
    [true, true, true, true, false, true, true],
];
/// Segments of the letter E.
const LETTER_E: [bool; 7] = [true, true, false, true, true, false, true];

/// What is drawn on.
pub(super) struct Canvas(RgbImage);

impl Canvas {
    /// An empty one.
    pub(super) fn new() -> Self {
        Self(RgbImage::new(WIDTH_PIXELS, HEIGHT_PIXELS))
    }

    /// What was drawn.
    pub(super) fn into_image(self) -> RgbImage {
        self.0
    }

    /// Colours one pixel; outside nothing happens.
    fn dot(&mut self, x: i32, y: i32, ink: Ink) {
        if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y))
            && let Some(pixel) = self.0.get_pixel_mut_checked(x, y)
        {
            *pixel = Rgb(ink);
        }
    }

    /// A rectangle whose colour goes from one to another downwards.
    pub(super) fn shade(&mut self, (left, top, width, height): Frame, from: Ink, to: Ink) {
        for y in 0..height {
            let ink = mix(from, to, y, height.max(1));
            self.stripe(top + y, left, left + width, ink);
        }
    }

    /// A row of pixels from one edge to another, as far as they lie on the canvas.
    fn stripe(&mut self, y: i32, left: i32, right: i32, ink: Ink) {
        let at = |x: i32| usize::try_from(y * WIDTH + x.clamp(0, WIDTH)).unwrap_or(0) * ink.len();
        if !(0..HEIGHT).contains(&y) || left >= right {
            return;
        }
        if let Some(row) = self.0.get_mut(at(left)..at(right)) {
            row.chunks_exact_mut(ink.len()).for_each(|pixel| pixel.copy_from_slice(&ink));
        }
    }

    /// A rectangle of one colour.
    pub(super) fn rect(&mut self, frame: Frame, ink: Ink) {
        self.shade(frame, ink, ink);
    }

    /// A disc.
    pub(super) fn disc(&mut self, (x, y): (i32, i32), radius: i32, ink: Ink) {
        for down in -radius..=radius {
            for right in -radius..=radius {
                if right * right + down * down <= radius * radius {
                    self.dot(x + right, y + down, ink);
                }
            }
        }
    }

    /// A ring.
    pub(super) fn ring(&mut self, (x, y): (i32, i32), radius: i32, thick: i32, ink: Ink) {
        let inner = (radius - thick).max(0);
        for down in -radius..=radius {
            for right in -radius..=radius {
                let far = right * right + down * down;
                if far <= radius * radius && far >= inner * inner {
                    self.dot(x + right, y + down, ink);
                }
            }
        }
    }

    /// A line.
    pub(super) fn line(&mut self, from: (i32, i32), to: (i32, i32), thick: i32, ink: Ink) {
        let steps = (to.0 - from.0).abs().max((to.1 - from.1).abs()).max(1);
        for step in 0..=steps {
            let x = from.0 + (to.0 - from.0) * step / steps;
            let y = from.1 + (to.1 - from.1) * step / steps;
            self.rect((x - thick / 2, y - thick / 2, thick.max(1), thick.max(1)), ink);
        }
    }

    /// A figure of seven segments; `E` stands for numbers above 9.
    pub(super) fn figure(&mut self, number: u32, (x, y): (i32, i32), size: i32, ink: Ink) {
        let index = usize::try_from(number).unwrap_or(usize::MAX);
        let lit = FIGURES.get(index).unwrap_or(&LETTER_E);
        let (thick, wide, high) = (size / 7 + 1, size, size);
        let bars = [
            (x, y, wide, thick),
            (x, y, thick, high),
            (x + wide - thick, y, thick, high),
            (x, y + high - thick, wide, thick),
            (x, y + high - thick, thick, high),
            (x + wide - thick, y + high - thick, thick, high),
            (x, y + 2 * high - 2 * thick, wide, thick),
        ];
        for (bar, _) in bars.into_iter().zip(lit).filter(|(_, lit)| **lit) {
            self.rect(bar, ink);
        }
    }

    /// A number of seven segments.
    pub(super) fn number(&mut self, number: u32, (x, y): (i32, i32), size: i32, ink: Ink) {
        let mut left = x;
        for digit in number.to_string().chars().filter_map(|c| c.to_digit(10)) {
            self.figure(digit, (left, y), size, ink);
            left += size + size / 3;
        }
    }

    /// Grain, so that a plane looks like a photograph: lighter and darker dots, always the same.
    pub(super) fn grain(&mut self, strength: u8) {
        let mut chance: u32 = 0x9E37_79B9;
        let range = u32::from(strength) * 2 + 1;
        for part in self.0.iter_mut() {
            chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let change = u8::try_from((chance >> 16) % range).unwrap_or(strength);
            *part = part.saturating_add(change).saturating_sub(strength);
        }
    }
}

/// `part` of `whole` on the way from one colour to another.
fn mix(from: Ink, to: Ink, part: i32, whole: i32) -> Ink {
    let mut mixed = from;
    for (mixed, to) in mixed.iter_mut().zip(to) {
        let (start, end) = (i32::from(*mixed), i32::from(to));
        *mixed = u8::try_from(start + (end - start) * part / whole).unwrap_or(*mixed);
    }
    mixed
}
