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
}

const isWatched = process.stderr.isTTY;
const titleWidth = 22;

export function startProgress(title: string): Progress {
  const startedAt = performance.now();
  const label = title.padEnd(titleWidth);
  const bar = isWatched
    ? new SingleBar({
        format: `  ${styleText('dim', '·')} ${label} ${styleText('cyan', '{bar}')} {value}/{total}`,
        barCompleteChar: '━',
        barIncompleteChar: '─',
        barsize: 28,
        hideCursor: true,
        clearOnComplete: true,
        stream: process.stderr,
      })
    : null;
  let isDrawn = false;
  if (!isWatched) process.stderr.write(`  ${title} …\n`);
  else process.stderr.write(`  ${styleText('dim', '·')} ${label} ${styleText('dim', '…')}`);

  const clear = () => {
    if (isDrawn) bar?.stop();
    if (isWatched) process.stderr.write('\r\x1b[2K');
  };
  return {
    update(done, total) {
      if (bar === null || total === 0) return;
      if (isDrawn) {
        bar.setTotal(total);
        bar.update(done);
      } else {
        process.stderr.write('\r\x1b[2K');
        bar.start(total, done);
        isDrawn = true;
      }
    },
    end(summary) {
      clear();
      const seconds = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
      const mark = styleText('green', '✓', { stream: process.stderr });
      process.stderr.write(
        `  ${mark} ${label} ${summary} ${styleText('dim', seconds, { stream: process.stderr })}\n`,
      );
    },
    fail() {
      clear();
      process.stderr.write(`  ${styleText('red', '✗', { stream: process.stderr })} ${label}\n`);
    },
  };
}
