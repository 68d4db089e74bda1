// Enters: how far each fault is. Leaves: a bar each on a terminal, a line each in a log. Never: a byte on stdout.
import { styleText } from 'node:util';
import { openBlock } from '../../src/shell/cli/live-block.ts';
import { dim, many, table, track } from '../../src/shell/cli/paint.ts';
import { inMinutes } from '../../src/shell/cli/progress.ts';
import type { Line, Verdict } from './play.ts';

export interface Board {
  begin(name: string): void;
  move(name: string, share: number): void;
  end(verdict: Verdict): void;
  close(): void;
}

const widthOfBar = 24;

export function openBoard(names: readonly string[]): Board {
  const out = process.stderr;
  const block = openBlock(out);
  const width = Math.max(...names.map((it) => it.length));
  const underWay = new Map<string, { share: number; startedAt: number }>();
  let done = 0;
  const show = () =>
    block.show([
      ...[...underWay].map(([name, { share, startedAt }]) => {
        const seconds = inMinutes((performance.now() - startedAt) / 1000);
        return `  ${dim('·')} ${name.padEnd(width)}  ${track(share, widthOfBar)}  ${dim(seconds)}`;
      }),
      dim(`    ${done} of ${names.length}`),
    ]);
  const timer = setInterval(show, 200);

  return {
    begin(name) {
      underWay.set(name, { share: 0, startedAt: performance.now() });
    },
    move(name, share) {
      const it = underWay.get(name);
      if (it) it.share = share;
    },
    end(verdict) {
      const { line, objections, seconds } = verdict;
      underWay.delete(line.fault);
      done++;
      block.clear();
      const mark = line.verdict === 'passed' ? styleText('green', '✓') : styleText('red', '✗');
      const said = `${figures(verdict)}  ${dim(inMinutes(seconds))}`;
      out.write(`  ${mark} ${line.fault.padEnd(width)}  ${said}\n`);
      for (const objection of objections)
        out.write(`      ${styleText('red', objection.split('\n').slice(0, 12).join('\n      '))}\n`);
    },
    close() {
      clearInterval(timer);
      block.clear();
    },
  };
}

function figures({ line, pace }: Verdict): string {
  const { runs, missing, duplicates, unknown } = line;
  const doubled = `${missing} missing, ${duplicates} doubled, ${unknown} in doubt`;
  const busiest = pace === null ? '' : dim(`, ${pace.busiest} in a second of ${pace.perSecond}`);
  return `${many(runs)} × ${doubled}${busiest}`;
}

export function tableOf(lines: readonly Line[]): string {
  const head = ['fault', 'runs', 'missing', 'duplicates', 'unknown', 'verdict'];
  const rows = lines.map((it) => [
    it.fault,
    many(it.runs),
    many(it.missing),
    many(it.duplicates),
    many(it.unknown),
    it.verdict,
  ]);
  return table([head, ...rows]).join('\n');
}
