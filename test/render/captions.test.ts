import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toWebVtt } from '../../src/render/captions.ts';
import { sampleStoryboard } from '../compositions/sample-storyboard.ts';
import { film } from '../support/sound.ts';

interface Cue {
  readonly from: number;
  readonly until: number;
  readonly lines: readonly string[];
}

/** Reads as players do (WebVTT §6.1): blocks parted by blank lines, the times on a line with an arrow. */
function read(vtt: string): Cue[] {
  const [head, ...blocks] = vtt.replace(/\n+$/, '').split(/\n{2,}/);
  expect(head).toBe('WEBVTT');
  return blocks.map((block) => {
    const [, times = '', ...lines] = block.split('\n');
    const match = /^(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})$/.exec(times);
    const [, h1, m1, s1, h2, m2, s2] = (match ?? []).map(Number) as number[];
    const seconds = (h = Number.NaN, m = 0, s = 0) => h * 3600 + m * 60 + s;
    return { from: seconds(h1, m1, s1), until: seconds(h2, m2, s2), lines };
  });
}

const plain = (cues: readonly Cue[]) =>
  cues
    .flatMap((it) => it.lines)
    .join(' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

test('every scene has its words in its time', async () => {
  const { storyboard } = await sampleStoryboard('ada-credit');
  const cues = read(toWebVtt(storyboard));
  expect(plain(cues)).toBe(storyboard.scenes.map((it) => it.caption).join(' '));
  let start = 0;
  for (const { caption, durationInFrames } of storyboard.scenes) {
    const end = start + durationInFrames / storyboard.fps;
    const mine = cues.filter((it) => it.from >= start - 0.001 && it.until <= end + 0.001);
    expect(plain(mine)).toBe(caption);
    expect(mine[0]?.from).toBeCloseTo(start, 2);
    expect(mine.at(-1)?.until).toBeCloseTo(end, 2);
    start = end;
  }
});

test('a sentence stands alone, a long one over several cues of two lines', () => {
  const caption =
    'Guten Tag Anna. Ihr Verbrauch ist gesunken, weil Sie im Winter weniger geheizt und im Sommer seltener gekühlt haben als im Jahr davor.';
  expect(toWebVtt(film([{ durationInFrames: 300, caption }]))).toBe(`WEBVTT

1
00:00:00.000 --> 00:00:01.136
Guten Tag Anna.

2
00:00:01.136 --> 00:00:05.833
Ihr Verbrauch ist gesunken, weil Sie im
Winter weniger geheizt

3
00:00:05.833 --> 00:00:10.000
und im Sommer seltener gekühlt haben als
im Jahr davor.
`);
});

test('names are text', () => {
  const caption = '<b>Anna</b> & Co --> \n\nNOTE 2\n00:00:00.000 --> 00:00:09.000\r\u2028x\0y &lt;';
  const vtt = toWebVtt(film([{ durationInFrames: 90, caption }]));
  expect(vtt).toContain('&lt;b&gt;Anna&lt;/b&gt; &amp; Co --&gt; NOTE 2');
  expect(vtt).toContain('&amp;lt;');
  expect(read(vtt)).toHaveLength(1);
});

test('right-to-left stands as it is', () => {
  expect(toWebVtt(film([{ durationInFrames: 90, caption: 'שלום אנה, צרכת 2.340' }]))).toContain(
    '\nשלום אנה, צרכת 2.340\n',
  );
});

test('without words there is no cue, and the file is one all the same', () => {
  expect(toWebVtt(film([{ durationInFrames: 90, caption: ' ' }]))).toBe('WEBVTT\n');
});

test('any words come back whole, in two lines of 42, one after the other', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 300 });
  fc.assert(
    fc.property(
      fc.array(words, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(25, 30, 60),
      (captions, fps) => {
        const scenes = captions.map((caption) => ({ caption, durationInFrames: 120 }));
        const cues = read(toWebVtt(film(scenes, { fps })));
        const bare = (text: string) => text.replace(/[\s\p{Cc}]+/gu, '');
        expect(bare(plain(cues))).toBe(bare(captions.join(' ')));
        for (const [index, { from, until, lines }] of cues.entries()) {
          expect(lines.length).toBeGreaterThan(0);
          expect(lines.length).toBeLessThanOrEqual(2);
          for (const line of lines)
            expect(plain([{ from, until, lines: [line] }]).length).toBeLessThanOrEqual(60);
          expect(from).toBeGreaterThanOrEqual(cues[index - 1]?.until ?? 0);
          expect(until).toBeGreaterThan(from);
        }
        expect(cues.at(-1)?.until ?? 0).toBeLessThanOrEqual((captions.length * 120) / fps + 0.001);
      },
    ),
    { numRuns: 200 },
  );
});
