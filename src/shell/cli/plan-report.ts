import { styleText } from 'node:util';
import type { FormatPlan, RenderPlan } from '../../run/video/plan-render.ts';
import { formats } from '../../template/composition.ts';
import { inMinutes } from './progress.ts';
import { inBytes } from './render-file.ts';

const labelWidth = 14;
const numberWidth = 15;

const bold = (text: string) => styleText('bold', text);
const dim = (text: string) => styleText('dim', text);
const many = (value: number) => value.toLocaleString('en-US');
/** Rounded down: what is not quite shared by all is not 100 %. */
const percent = (share: number) => `${Math.floor(share * 100)} %`;

/** For people; `--json` has the same for programs. Colours only where a person looks: `styleText` asks. */
export function describePlan(plan: RenderPlan): string {
  const { campaign, composition, people, films, skipped, failed } = plan;
  const reasons = Object.entries(skipped)
    .map(([reason, count]) => `${many(count)} ${reason}`)
    .sort();
  const left = reasons.length > 0 ? `; skipped: ${reasons.join(', ')}` : '';
  const lines = [
    `${bold(campaign)} ${dim(`with compositions/${composition}`)}`,
    '',
    fact('people', many(people), `${many(films)} films${left}`),
    ...Object.entries(failed).map(([code, { count, example }]) =>
      fact('failing', many(count), `${code}, for example: ${example}`),
    ),
    ...plan.formats.flatMap((it) => describeFormat(it, plan)),
  ];
  return `${lines.join('\n')}\n`;
}

function describeFormat(plan: FormatPlan, whole: RenderPlan): string[] {
  const { width, height } = formats[plan.format];
  const { frames, distinctSegments, distinctFrames, keptFrames, framesToDraw } = plan;
  return [
    '',
    `${bold(plan.format)} ${dim(`${width}×${height}`)}`,
    dim(row('scene', 'frames shown', 'segments', 'their frames', 'shared')),
    ...plan.scenes.map((it) => scene(it.id, it.frames, it.distinctSegments, it.distinctFrames)),
    dim('─'.repeat(labelWidth + 4 * numberWidth)),
    scene('all', frames, distinctSegments, distinctFrames),
    '',
    fact('kept already', many(keptFrames), 'frames'),
    fact(
      'to draw',
      many(framesToDraw),
      `frames, ${percent(framesToDraw / Math.max(1, frames))} of those shown`,
    ),
    ...expected(plan, whole),
  ];
}

function expected({ expected: it }: FormatPlan, { films, pace }: RenderPlan): string[] {
  if (films === 0) return [];
  const { minutes, filmBytes, segmentBytes } = it;
  const time =
    minutes === null
      ? fact('time', 'unknown', 'nothing could be drawn to measure it; give --frames-per-second')
      : fact('time', `about ${inMinutes(minutes * 60)}`, paceInWords(pace));
  if (filmBytes === null || segmentBytes === null) return [time];
  const parts = `${many(films)} films of ${inBytes(filmBytes / films)}, ${inBytes(segmentBytes)} of scenes kept for reuse`;
  return [time, fact('disk', `about ${inBytes(filmBytes + segmentBytes)}`, parts)];
}

function paceInWords(pace: RenderPlan['pace']): string {
  const { framesPerSecond, secondsPerFilm, from } = pace ?? {};
  const how = from === 'told' ? 'as you say' : 'as measured here just now';
  return [
    ...(framesPerSecond ? [`${many(framesPerSecond)} frames a second, ${how}`] : []),
    ...(secondsPerFilm ? [`${many(Math.round(secondsPerFilm * 1000))} ms to join a film`] : []),
  ].join('; ');
}

function scene(id: string, frames: number, segments: number, distinctFrames: number): string {
  const shared = frames === 0 ? '' : percent(1 - distinctFrames / frames);
  return row(id, many(frames), many(segments), many(distinctFrames), shared);
}

function row(name: string, ...cells: readonly string[]): string {
  return `${name.padEnd(labelWidth)}${cells.map((it) => it.padStart(numberWidth)).join('')}`;
}

function fact(name: string, value: string, note: string): string {
  return `${name.padEnd(labelWidth)}${value.padStart(numberWidth)}  ${dim(note)}`.trimEnd();
}
