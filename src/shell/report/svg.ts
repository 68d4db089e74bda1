// Enters: shapes of a picture, its size and words. Leaves: a whole SVG, by day and by night, on a phone and on a desk. Never: a script, a font file, anything from outside.
import { theme } from '../../../templates/theme.ts';

/** Units of the picture, which scales to whatever width it gets. */
export const width = 720;
export const pad = 28;
export const inner = width - 2 * pad;

const { light, dark } = theme.colors;
const { weight } = theme.font;

type Colors = typeof light | typeof dark;
const colors = (it: Colors) =>
  `.paper{fill:${it.card}}.track{fill:${it.line}}.bar{fill:${it.accent}}.other{fill:${it.inkSoft}}text{fill:${it.ink}}.soft{fill:${it.inkSoft}}.whisker{stroke:${it.ink}}`;

// Shrunk to a phone's width, the letters grow: there is room for it, and what is less important goes.
const style = `:root{color-scheme:light dark}text{font-family:${theme.font.email.replaceAll("'", '')};font-size:15px;font-weight:${weight.text};font-variant-numeric:tabular-nums}.strong{font-weight:${weight.strong}}.title{font-size:25px;font-weight:${weight.strong};letter-spacing:-.015em}.end{text-anchor:end}.whisker{stroke-width:2}${colors(light)}@media (prefers-color-scheme:dark){${colors(dark)}}@media (max-width:560px){text{font-size:23px}.title{font-size:32px}.wide{display:none}}`;

export interface Picture {
  /** Told to whoever cannot see it. */
  readonly title: string;
  readonly description: string;
  readonly subtitle: string;
  readonly height: number;
  readonly shapes: readonly string[];
}

export function svgOf({ title, description, subtitle, height, shapes }: Picture): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description" lang="en" style="max-width:100%;height:auto">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="description">${escapeXml(description)}</desc>`,
    `<style>${style}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="title" x="${pad}" y="54">${escapeXml(clip(title, 36))}</text>`,
    `<text class="soft" x="${pad}" y="86">${escapeXml(subtitle)}</text>`,
    ...shapes,
    '</svg>\n',
  ].join('\n');
}

/** Where the shapes begin, below the title. */
export const top = 112;

export function text(x: number, y: number, content: string, classes = ''): string {
  return `<text${classes && ` class="${classes}"`} x="${round(x)}" y="${round(y)}">${escapeXml(content)}</text>`;
}

export function rect(classes: string, x: number, y: number, wide: number, high: number): string {
  const radius = Math.min(4, wide / 2);
  return `<rect class="${classes}" x="${round(x)}" y="${round(y)}" width="${round(wide)}" height="${high}" rx="${round(radius)}"/>`;
}

/** From where to where the truth may lie: below the bar, where nothing hides it. */
export function whisker(from: number, until: number, y: number): string {
  const ends = [from, until].map((x) => `M${round(x)} ${y - 3}v6`).join('');
  return `<path class="whisker" d="M${round(from)} ${y}H${round(until)}${ends}" fill="none" stroke-linecap="round"/>`;
}

/** Cut so that it fits; the whole of it stands in the description. */
export function clip(content: string, most: number): string {
  const letters = [...content];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : content;
}

/** What XML cannot hold is left out: names of runs may come from outside. */
function escapeXml(content: string): string {
  return content
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
