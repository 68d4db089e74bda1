import type { Command } from 'commander';
import { vi } from 'vitest';

/** The whole command as `dearly` runs it, its exit code taken from the process. */
export async function runCommand(command: Command, ...args: string[]) {
  const written = { out: '', err: '' };
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.out += String(text);
    return true;
  });
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.err += String(text);
    return true;
  });
  try {
    await command.parseAsync(args, { from: 'user' });
    return { ...written, exit: process.exitCode };
  } finally {
    process.exitCode = undefined;
    stdout.mockRestore();
    stderr.mockRestore();
  }
}
