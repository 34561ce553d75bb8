// Draws photo.png, hills under an evening sky, the same every time: node make-photo.mjs
import { writeFileSync } from 'node:fs';
import { encodePng } from './png.mjs';

const WIDTH = 1440;
const HEIGHT = 960;

/** A hash of two whole numbers, from 0 to 1. */
function random(x, y) {
  let hash = Math.imul(x, 374761393) + Math.imul(y, 668265263);
  hash = Math.imul(hash ^ (hash >>> 13), 1274126177);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Smooth noise: random values at whole numbers, blended between them. */
function noise(x, y) {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const blend = (t) => t * t * (3 - 2 * t);
  const across = blend(x - column);
  const down = blend(y - row);
  const mix = (a, b, t) => a + (b - a) * t;
  return mix(
    mix(random(column, row), random(column + 1, row), across),
    mix(random(column, row + 1), random(column + 1, row + 1), across),
    down,
  );
}

function colourAt(x, y) {
  const height = y / HEIGHT;
  // The nearest hill hides those behind it.
  for (const hill of [3, 2, 1, 0]) {
    const ridge = 0.45 + hill * 0.14 - 0.16 * noise(x / (260 - hill * 50) + hill * 40, hill * 9.7);
    if (height < ridge) continue;
    const shade = 1 - hill * 0.2 + 0.12 * (noise(x / 120, y / 60) - 0.5);
    return [58 * shade, 92 * shade, 74 * shade];
  }
  const cloud = noise(x / 300, y / 90);
  return [
    236 - 120 * (1 - height) + 60 * cloud,
    150 + 20 * height + 70 * cloud,
    110 + 110 * (1 - height) + 60 * cloud,
  ];
}

const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
for (let y = 0; y < HEIGHT; y += 1) {
  for (let x = 0; x < WIDTH; x += 1) {
    const colour = colourAt(x, y).map((value) => Math.min(255, 64 * Math.round(value / 64)));
    pixels.set(colour, (y * WIDTH + x) * 3);
  }
}
writeFileSync(
  new URL('./photo.png', import.meta.url),
  encodePng({ width: WIDTH, height: HEIGHT, pixels }),
);
