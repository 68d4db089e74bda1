// Enters: how far something is. Leaves: a bar on stderr where a person looks on, a line where a log does.
// Never: a byte on stdout, which belongs to data.
import { styleText } from 'node:util';
import { SingleBar } from 'cli-progress';

export interface Progress {
  /** `done` of `total`, in the unit the title speaks of. */
  update(done: number, total: number): void;
  /** Ends it with a line that stays. */
  end(summary: string): void;
  /** Ends it because it went wrong; whoever reports the error speaks next. */
  fail(): void;
  /** `using`: what has not ended when its block is left went wrong. */
  [Symbol.dispose](): void;
}

const isWatched = process.stderr.isTTY;
const titleWidth = 22;
const paint = (style: Parameters<typeof styleText>[0], text: string) =>
  styleText(style, text, { stream: process.stderr });

/** @param unit what is counted, where percent and time left tell more than the count alone */
export function startProgress(title: string, unit?: string): Progress {
  const startedAt = performance.now();
  const label = title.padEnd(titleWidth);
  const bar = isWatched
    ? new SingleBar({
        format: `  ${paint('dim', '·')} ${label} ${paint('cyan', '{bar}')} ${
          unit === undefined ? '{value}/{total}' : `{percentage}%  {value}/{total} ${unit}  {left}`
        }`,
        barCompleteChar: '━',
        barIncompleteChar: '─',
        barsize: 28,
        hideCursor: true,
        clearOnComplete: true,
        stream: process.stderr,
      })
    : null;
  let isDrawn = false;
  let first = { at: startedAt, done: 0 };
  /** By the pace since the first report: what comes before it (a browser starts) says nothing of the rest. */
  const left = (done: number, total: number) => {
    const perMs = (done - first.done) / (performance.now() - first.at);
    return perMs > 0 ? `${inMinutes((total - done) / perMs / 1000)} left` : '';
  };
  if (!isWatched) process.stderr.write(`  ${title} …\n`);
  else process.stderr.write(`  ${paint('dim', '·')} ${label} ${paint('dim', '…')}`);

  let hasEnded = false;
  const clear = () => {
    hasEnded = true;
    if (isDrawn) bar?.stop();
    if (isWatched) process.stderr.write('\r\x1b[2K');
  };
  const fail = () => {
    clear();
    process.stderr.write(`  ${paint('red', '✗')} ${label}\n`);
  };
  return {
    update(done, total) {
      if (bar === null || total === 0) return;
      if (isDrawn) {
        bar.setTotal(total);
        bar.update(done, { left: left(done, total) });
      } else {
        process.stderr.write('\r\x1b[2K');
        first = { at: performance.now(), done };
        bar.start(total, done, { left: '' });
        isDrawn = true;
      }
    },
    end(summary) {
      clear();
      const seconds = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
      process.stderr.write(`  ${paint('green', '✓')} ${label} ${summary} ${paint('dim', seconds)}\n`);
    },
    fail,
    [Symbol.dispose]() {
      if (!hasEnded) fail();
    },
  };
}

/** `42 s`, `3 min 05 s`, `42 min`, `2 h 10 min`, `3 days`: as exact as somebody who waits wants it. */
export function inMinutes(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const two = (count: number) => String(count).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${two(minutes % 60)} min` : `${Math.round(hours / 24)} days`;
}
