import { expect, it } from 'vitest';
import { type Palette, theme } from '../../templates/theme.ts';

const pairs: readonly (readonly [text: keyof Palette, ground: keyof Palette])[] = [
  ['ink', 'paper'],
  ['ink', 'card'],
  ['ink', 'accentSoft'],
  ['inkSoft', 'paper'],
  ['inkSoft', 'card'],
  ['inkSoft', 'accentSoft'],
  ['accent', 'paper'],
  ['accent', 'card'],
  ['accent', 'accentSoft'],
  ['onAccent', 'accent'],
  ['onNight', 'night'],
  ['onNightSoft', 'night'],
  ['glow', 'night'],
];

for (const scheme of ['light', 'dark'] as const) {
  it.each(pairs)(`${scheme}: %s can be read on %s`, (text, ground) => {
    const palette = theme.colors[scheme];
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });
}

/** WCAG 2.2, relative luminance. */
function contrast(a: string, b: string): number {
  const [dim = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
