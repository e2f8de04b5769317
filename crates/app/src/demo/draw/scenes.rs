//! The scenes: what each picture shows. Must not encode or store anything.

use super::{
    Scene,
    canvas::{Canvas, HEIGHT, Ink, WIDTH},
};

const STEEL: Ink = [176, 182, 188];
const STEEL_DARK: Ink = [120, 126, 134];
const DARK: Ink = [34, 36, 40];
const PAPER: Ink = [246, 244, 238];
const INK: Ink = [60, 62, 70];
const RED: Ink = [196, 40, 36];
const YELLOW: Ink = [236, 196, 64];
const LAMP: Ink = [255, 246, 214];
const WALL: Ink = [222, 214, 200];
/// Greater figures are drawn as this one.
const FIGURE_MAX: u32 = 9_999;
const WHOLE: (i32, i32, i32, i32) = (0, 0, WIDTH, HEIGHT);

/// Draws a scene with its figure.
pub(super) fn draw(canvas: &mut Canvas, scene: Scene, value: u32) {
    match scene {
        Scene::Level => level(canvas, value),
        Scene::Doors => doors(canvas, value),
        Scene::Panel => panel(canvas, value),
        Scene::Display => display(canvas, value),
        Scene::Scratches => scratches(canvas, value),
        Scene::Ceiling => ceiling(canvas, value),
        Scene::Pit => pit(canvas, value),
        Scene::Meter => meter(canvas, value),
        Scene::Sheet => sheet(canvas, value),
        Scene::Letter => letter(canvas),
        Scene::Wall => wall(canvas),
        Scene::Parts => parts(canvas, value),
        Scene::Finish => finish(canvas),
    }
    canvas.grain(5);
}

fn signed(value: u32) -> i32 {
    i32::try_from(value.min(FIGURE_MAX)).unwrap_or_default()
}

/// The landing on the left, the car on the right and lower, a ruler between them: 4 pixels for
/// each millimetre.
fn level(canvas: &mut Canvas, millimetres: u32) {
    let step = signed(millimetres.min(60)) * 4;
    canvas.shade(WHOLE, [92, 96, 102], DARK);
    canvas.shade((0, 240, 330, 360), [190, 178, 160], [140, 128, 112]);
    canvas.rect((0, 240, 330, 14), STEEL);
    canvas.shade((400, 240 + step, 400, 360 - step), [150, 154, 160], [96, 100, 106]);
    canvas.rect((400, 240 + step, 400, 14), STEEL);
    canvas.rect((336, 60, 58, 480), YELLOW);
    for mark in 0..120 {
        let long = if mark % 10 == 0 { 34 } else { 16 };
        canvas.rect((336, 60 + mark * 4, long, 2), DARK);
    }
    canvas.line((330, 240), (398, 240), 3, RED);
    canvas.line((336, 240 + step), (470, 240 + step), 3, RED);
    canvas.number(millimetres, (560, 90), 56, [250, 250, 246]);
}

fn doors(canvas: &mut Canvas, millimetres: u32) {
    let half = signed(millimetres.min(300)) / 2;
    canvas.shade(WHOLE, WALL, [188, 180, 166]);
    canvas.rect((170, 50, 460, 550), STEEL_DARK);
    canvas.rect((190, 70, 420, 530), DARK);
    canvas.shade((190, 70, 210 - half, 530), STEEL, STEEL_DARK);
    canvas.shade((400 + half, 70, 210 - half, 530), STEEL, STEEL_DARK);
    canvas.rect((396 - half, 70, 4, 530), [80, 84, 90]);
    canvas.rect((400 + half, 70, 4, 530), [80, 84, 90]);
    canvas.rect((690, 250, 50, 130), STEEL);
    canvas.disc((715, 290), 14, YELLOW);
    canvas.disc((715, 340), 14, DARK);
    canvas.line((400 - half, 330), (400 + half, 330), 4, RED);
}

fn panel(canvas: &mut Canvas, dead: u32) {
    canvas.shade(WHOLE, [206, 208, 210], STEEL_DARK);
    canvas.rect((230, 30, 340, 540), [148, 152, 158]);
    canvas.rect((300, 50, 200, 70), [18, 20, 24]);
    canvas.number(dead % 10, (380, 60), 26, RED);
    for floor in 0..8_u32 {
        let (column, row) = (signed(floor % 2), signed(floor / 2));
        let centre = (325 + column * 150, 190 + row * 105);
        let is_dead = floor + 1 == dead;
        canvas.disc(centre, 42, STEEL);
        canvas.ring(centre, 42, 5, if is_dead { RED } else { LAMP });
        let ink = if is_dead { [150, 152, 156] } else { INK };
        canvas.number(floor + 1, (centre.0 - 9, centre.1 - 18), 19, ink);
        if is_dead {
            canvas.line((centre.0 - 34, centre.1 - 20), (centre.0 + 30, centre.1 + 24), 3, DARK);
        }
    }
}

fn display(canvas: &mut Canvas, code: u32) {
    canvas.shade(WHOLE, STEEL, STEEL_DARK);
    canvas.rect((150, 120, 500, 340), [26, 28, 32]);
    canvas.rect((170, 140, 460, 300), [10, 12, 14]);
    canvas.figure(10, (230, 190), 96, RED);
    canvas.number(code, (380, 190), 96, RED);
    canvas.disc((400, 520), 16, YELLOW);
}

fn scratches(canvas: &mut Canvas, count: u32) {
    canvas.shade(WHOLE, [198, 202, 206], [150, 156, 162]);
    for y in 0..60 {
        canvas.rect((0, y * 10, WIDTH, 1), [188, 192, 196]);
    }
    for scratch in 0..signed(count.min(12)) {
        let x = 120 + scratch * 83 % 520;
        let y = 90 + scratch * 137 % 380;
        canvas.line((x, y), (x + 150, y + 60 + scratch * 11 % 50), 3, [236, 238, 240]);
        canvas.line((x, y + 3), (x + 150, y + 63 + scratch * 11 % 50), 1, [92, 96, 102]);
    }
    canvas.rect((560, 540, 200, 24), YELLOW);
    for mark in 0..20 {
        canvas.rect((560 + mark * 10, 540, 2, if mark % 5 == 0 { 18 } else { 10 }), DARK);
    }
}

fn ceiling(canvas: &mut Canvas, dark: u32) {
    canvas.shade(WHOLE, [96, 90, 82], [54, 50, 46]);
    canvas.rect((60, 60, 680, 480), [132, 124, 112]);
    for lamp in 0..6 {
        let centre = (190 + lamp % 3 * 210, 190 + lamp / 3 * 220);
        let is_dark = lamp < signed(dark);
        let ring = if is_dark { [92, 86, 80] } else { [226, 208, 160] };
        canvas.disc(centre, 74, ring);
        canvas.disc(centre, 56, if is_dark { [40, 38, 36] } else { LAMP });
    }
    canvas.ring((400, 300), 34, 6, STEEL_DARK);
}

fn pit(canvas: &mut Canvas, millimetres: u32) {
    let high = signed(millimetres.min(400));
    canvas.shade(WHOLE, [70, 68, 66], [110, 106, 100]);
    canvas.rect((60, 0, 26, 600), STEEL_DARK);
    canvas.rect((714, 0, 26, 600), STEEL_DARK);
    canvas.rect((350, 260, 100, 340), [170, 60, 40]);
    canvas.disc((400, 250), 62, [48, 50, 54]);
    canvas.shade((0, 600 - high, WIDTH, high), [96, 116, 112], [44, 60, 64]);
    for wave in 0..9 {
        canvas.line(
            (wave * 96, 604 - high + wave % 3 * 5),
            (wave * 96 + 58, 604 - high),
            2,
            [190, 206, 204],
        );
    }
}

fn meter(canvas: &mut Canvas, decibels: u32) {
    canvas.shade(WHOLE, [206, 198, 186], [150, 142, 130]);
    canvas.rect((240, 40, 320, 520), [40, 42, 48]);
    canvas.disc((400, 40), 40, [28, 28, 30]);
    canvas.rect((270, 110, 260, 180), [186, 204, 176]);
    canvas.number(decibels, (320, 140), 58, [28, 36, 30]);
    canvas.rect((270, 310, 260, 120), [16, 18, 22]);
    let mut last = (276, 400);
    for step in 1..26 {
        let next = (276 + step * 10, 412 - (step * 37 % 61) - signed(decibels) / 3);
        canvas.line(last, next, 2, [96, 220, 120]);
        last = next;
    }
    canvas.disc((340, 490), 24, YELLOW);
    canvas.disc((460, 490), 24, STEEL_DARK);
}

fn sheet(canvas: &mut Canvas, marked: u32) {
    canvas.shade(WHOLE, [150, 132, 112], [112, 96, 80]);
    canvas.rect((110, 24, 580, 560), PAPER);
    canvas.rect((150, 60, 260, 22), INK);
    canvas.rect((150, 94, 180, 8), STEEL);
    for row in 0..9 {
        let y = 150 + row * 42;
        if row == signed(marked) {
            canvas.rect((140, y - 10, 520, 36), [252, 232, 150]);
        }
        canvas.rect((150, y, 230 - row * 17 % 90, 9), INK);
        canvas.rect((430, y, 40, 9), STEEL_DARK);
        canvas.rect((550, y, 90 - row * 13 % 40, 9), INK);
        canvas.rect((140, y + 26, 520, 1), STEEL);
    }
    canvas.ring((610, 160 + signed(marked) * 42), 58, 4, RED);
}

fn letter(canvas: &mut Canvas) {
    canvas.shade(WHOLE, [128, 118, 104], [96, 88, 78]);
    canvas.rect((140, 16, 520, 572), PAPER);
    canvas.rect((270, 52, 260, 14), INK);
    canvas.rect((310, 78, 180, 6), INK);
    canvas.rect((250, 124, 300, 18), INK);
    for row in 0..10 {
        canvas.rect((186, 176 + row * 26, 428 - row * 31 % 120, 7), [112, 114, 120]);
    }
    canvas.line((420, 500), (470, 470), 4, [40, 60, 150]);
    canvas.line((470, 470), (500, 520), 4, [40, 60, 150]);
    canvas.line((500, 520), (600, 480), 4, [40, 60, 150]);
    canvas.ring((470, 490), 62, 5, RED);
    canvas.ring((470, 490), 44, 2, RED);
}

fn wall(canvas: &mut Canvas) {
    canvas.shade(WHOLE, WALL, [200, 192, 176]);
    canvas.rect((520, 0, 60, 600), STEEL_DARK);
    canvas.shade((580, 0, 220, 600), STEEL, STEEL_DARK);
    for stroke in 0..7 {
        let y = 240 + stroke * 17;
        canvas.line((300 + stroke * 9, y), (510, y + 26 - stroke * 5), 5, [150, 138, 120]);
    }
    canvas.disc((470, 300), 34, [168, 156, 138]);
    canvas.rect((0, 560, 520, 40), [112, 92, 70]);
}

/// A wall of the car beside the landing door, in two tones of gold.
fn finish(canvas: &mut Canvas) {
    canvas.shade((0, 0, 390, HEIGHT), [206, 154, 104], [158, 108, 66]);
    canvas.shade((410, 0, 390, HEIGHT), [232, 200, 116], [196, 158, 70]);
    canvas.rect((390, 0, 20, HEIGHT), DARK);
    for stripe in 0..5 {
        canvas.rect((40 + stripe * 76, 0, 2, HEIGHT), [224, 178, 130]);
        canvas.rect((450 + stripe * 76, 0, 2, HEIGHT), [246, 222, 150]);
    }
    canvas.rect((0, 540, WIDTH, 60), [92, 84, 76]);
}

fn parts(canvas: &mut Canvas, serial: u32) {
    canvas.shade(WHOLE, [86, 110, 98], [58, 78, 70]);
    for part in 0..2_u32 {
        let left = 70 + signed(part) * 370;
        canvas.shade((left, 130, 290, 340), STEEL, STEEL_DARK);
        canvas.disc((left + 145, 240), 78, [70, 74, 80]);
        canvas.disc((left + 145, 240), 30, STEEL);
        canvas.rect((left + 30, 350, 230, 90), PAPER);
        if part == 0 {
            canvas.number(serial, (left + 50, 370), 22, INK);
        }
        for corner in [(24, 154), (266, 154), (24, 446), (266, 446)] {
            canvas.disc((left + corner.0, corner.1), 9, DARK);
        }
    }
}
