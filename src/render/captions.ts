// Enters: a storyboard. Leaves: its words as WebVTT, timed to its scenes. Never: markup from data; a name is text, whatever it holds.
import type { Storyboard } from '../merge/snapshot.ts';

/** What is read at a glance at the picture's lower edge. */
const lineLength = 42;
const linesPerCue = 2;

/** https://www.w3.org/TR/webvtt1/. Every scene has a cue; right-to-left text stands as it is, players order it. */
export function toWebVtt({ fps, scenes }: Storyboard): string {
  const cues: string[] = [];
  let start = 0;
  for (const { caption, durationInFrames } of scenes) {
    const texts = split(caption);
    const lengths = texts.map((it) => it.length);
    const whole = lengths.reduce((sum, it) => sum + it, 0);
    let read = 0;
    for (const [index, text] of texts.entries()) {
      const from = start + (durationInFrames * read) / whole;
      read += lengths[index] as number;
      const until = start + (durationInFrames * read) / whole;
      const times = `${clock(from / fps)} --> ${clock(until / fps)}`;
      cues.push(`${cues.length + 1}\n${times}\n${toLines(text).map(escapeText).join('\n')}\n`);
    }
    start += durationInFrames;
  }
  return ['WEBVTT\n', ...cues].join('\n');
}

/** Cues of at most two lines: whole sentences together where they fit, one sentence over several cues where it is long. */
function split(caption: string): string[] {
  // A line that begins a cue's times, or ends the cue, must not come out of data. Spaces that hold amounts together stay.
  const words = caption.replace(/(?:[^\S\u00a0\u202f]|\p{Cc})+/gu, ' ').trim();
  const cues: string[] = [];
  for (const sentence of words.split(/(?<=[.!?…。！？؟][»”"')]*) /u)) {
    const last = cues.at(-1);
    if (last !== undefined && fits(`${last} ${sentence}`)) cues[cues.length - 1] = `${last} ${sentence}`;
    else cues.push(...halve(sentence));
  }
  return cues.filter((it) => it !== '');
}

/** As even as words allow: a cue with one word left over is gone before it is read. */
function halve(sentence: string): string[] {
  if (fits(sentence)) return [sentence];
  const lines = toLines(sentence);
  const parts = Math.ceil(lines.length / linesPerCue);
  const aim = Math.ceil(sentence.length / parts);
  const cues: string[] = [];
  for (const word of sentence.split(' ').flatMap(breakWord)) {
    const last = cues.at(-1);
    const longer = `${last} ${word}`;
    const isOpen =
      last !== undefined && fits(longer) && (last.length + word.length / 2 < aim || cues.length >= parts);
    if (isOpen) cues[cues.length - 1] = longer;
    else cues.push(word);
  }
  return cues;
}

function fits(text: string): boolean {
  return toLines(text).length <= linesPerCue;
}

function toLines(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap(breakWord)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= lineLength)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A word longer than a line is cut between letters as they are seen, so that no emoji or accent comes apart. */
function breakWord(word: string): string[] {
  if (word.length <= lineLength) return [word];
  const parts = [''];
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    const last = parts.at(-1) ?? '';
    if (last !== '' && last.length + segment.length > lineLength) parts.push(segment);
    else parts[parts.length - 1] = last + segment;
  }
  return parts;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function clock(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const part = (value: number, digits: number) => String(value).padStart(digits, '0');
  const [h, m, s] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
  return `${part(h, 2)}:${part(m, 2)}:${part(s, 2)}.${part(ms % 1000, 3)}`;
}
