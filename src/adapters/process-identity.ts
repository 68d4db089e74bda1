import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process id alone is used again after a while; together with the start it names one process. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque; to be compared only. */
  readonly startedAt: string;
}

/** Undefined when no such process runs (one that has ended but was not yet waited for does not run). */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  if (process.platform !== 'linux') {
    const [state, ...started] = (await ps(pid, 'stat=,lstart=')).split(/\s+/);
    return !state || state.startsWith('Z') ? undefined : { pid, startedAt: started.join(' ') };
  }
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; fields count from behind it: state first, start time 20th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : { pid, startedAt: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  return (await identifyProcess(identity.pid))?.startedAt === identity.startedAt;
}

/** The command line with its arguments, parted by spaces; empty when no such process runs. */
export async function commandOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return ps(pid, 'command=');
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ').trim();
}

async function ps(pid: number, format: string): Promise<string> {
  return promisify(execFile)('ps', ['-o', format, '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}
