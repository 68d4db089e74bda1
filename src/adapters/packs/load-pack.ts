// Enters: a folder of packs and a name. Leaves: CompiledPack. Never: a pack that has a fault.
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { DearlyError } from '../../errors.ts';
import { type CompiledPack, compilePack } from '../../template/compile-pack.ts';
import type { Contract } from '../../template/contract.ts';
import { isPlainName, readFolder } from './read-folder.ts';

const contractModule = z.object({
  default: z.custom<Contract>(
    (it) =>
      z
        .object({
          purpose: z.string(),
          data: z.instanceof(z.ZodObject),
          view: z.instanceof(z.ZodObject),
          present: z.function(),
        })
        .safeParse(it).success,
  ),
});
const sharedFiles = ['theme.css', 'theme.print.css', 'theme.mjml'];
const themeModule = z.object({ theme: z.record(z.string(), z.unknown()) });

/** @throws DearlyError `pack-missing`; `pack-invalid`, naming file, line and the way out */
export async function loadPack(folder: string, name: string): Promise<CompiledPack> {
  const root = join(folder, name);
  const missing = `No pack "${name}" stands in ${folder}.`;
  if (!isPlainName(name)) throw new DearlyError('pack-missing', missing);
  const files = { ...(await readFolder(root, 'pack-missing', missing)), ...(await readShared(folder)) };
  return compilePack({ name, files, contract: await importContract(root, name) });
}

/** Names of all packs, sorted. */
export async function listPacks(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((it) => it.isDirectory() && isPlainName(it.name))
    .map((it) => it.name)
    .sort();
}

async function importContract(root: string, name: string): Promise<Contract> {
  const file = join(root, 'contract.ts');
  let module: unknown;
  try {
    module = await import(pathToFileURL(resolve(file)).href);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DearlyError('pack-invalid', `The contract of "${name}" cannot be loaded.`, {
      cause,
      details: [`contract.ts: ${reason}`],
    });
  }
  const parsed = contractModule.safeParse(module);
  if (parsed.success) return parsed.data.default;
  throw new DearlyError('pack-invalid', `The contract of "${name}" is none.`, {
    details: ['contract.ts: expected `export default defineContract({ purpose, data, view, present })`'],
  });
}

/**
 * `templates/theme.*`, shared by all packs of the folder: files of each, by their path from there. Part of a pack's version, so
 * that old pages keep their looks.
 */
async function readShared(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder).catch((): string[] => []);
  const shared: Record<string, string> = {};
  for (const name of sharedFiles.filter((it) => entries.includes(it)))
    shared[`../${name}`] = await readFile(join(folder, name), 'utf8');
  if (entries.includes('theme.ts')) shared['theme.json'] = await readTheme(folder);
  return shared;
}

async function readTheme(folder: string): Promise<string> {
  const module = themeModule.safeParse(await import(pathToFileURL(resolve(folder, 'theme.ts')).href));
  if (module.success) return JSON.stringify(module.data.theme);
  throw new DearlyError('pack-invalid', 'The theme of the packs is none.', {
    details: ['theme.ts: expected `export const theme = { … }`'],
  });
}
