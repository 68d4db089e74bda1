// Enters: a folder of compositions and a name. Leaves: its list of scenes and the hash of its source.
// Never: a component; browsers load those.
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { DearlyError } from '../../errors.ts';
import type { Composition } from '../../template/composition.ts';
import { outsideFiles } from './outside-files.ts';
import { isPlainName, readFolder } from './read-folder.ts';
import { soundFiles } from './sound-files.ts';

export interface LoadedComposition {
  readonly name: string;
  /** Hash of every file that can change a frame, what scenes import from elsewhere included: 16 hex digits. */
  readonly version: string;
  readonly definition: Composition;
}

const say = z.custom<(view: never) => never>(
  (it) => typeof it === 'function',
  'expected a function of the view',
);
const duration = z.number().int().positive('expected a whole number of frames above 0');

const definitionSchema = z.object({
  fps: z.number().int().min(1).max(120),
  contract: z.custom(
    (it) => typeof it === 'object' && it !== null && 'view' in it,
    'expected a pack’s contract',
  ),
  formats: z.array(z.enum(['16:9', '1:1', '9:16'])).min(1),
  title: say,
  music: z.string().optional(),
  poster: z.object({ scene: z.string(), frame: z.number().int().nonnegative() }),
  scenes: z
    .array(
      z
        .object({
          id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected kebab-case'),
          durationInFrames: z.union([duration, say]),
          reads: say,
          chapter: say,
          caption: say.optional(),
          narration: say.optional(),
          interactions: say.optional(),
          adapts: say.optional(),
          paint: z.enum(['changes', 'always', 'footage']).optional(),
        })
        .refine(
          (it) => it.caption || it.narration,
          'expected a caption or a narration: no film is without words',
        ),
    )
    .min(1),
});

/** @throws DearlyError `composition-missing`; `composition-invalid`, one detail per fault */
export async function loadComposition(folder: string, name: string): Promise<LoadedComposition> {
  const missing = `No composition "${name}" stands in ${folder}.`;
  if (!isPlainName(name)) throw new DearlyError('composition-missing', missing);
  const root = join(folder, name);
  const files = await readSources(root, missing);
  const definition = await importDefinition(root, name);
  const faults = [...faultsOf(definition, files), ...(await soundFaults(folder, name, definition))];
  if (faults.length > 0)
    throw new DearlyError('composition-invalid', `The composition "${name}" does not hold together.`, {
      details: faults,
    });
  const within = { ...(await sharedFiles(folder)), ...inFolder(name, files) };
  // What composition.ts imports decides props, which say themselves how they came out.
  const { [`${name}/composition.ts`]: _, ...drawn } = within;
  return { name, version: versionOf({ ...within, ...(await outsideFiles(folder, drawn)) }), definition };
}

/** Recordings are chosen by data and may be missing; the music is the author's. */
async function soundFaults(folder: string, name: string, { music }: Composition): Promise<string[]> {
  if (music === undefined || (await soundFiles(folder).read(name, music)) !== null) return [];
  return [`composition.ts: music "${music}" does not stand in sounds/`];
}

/** Without `sounds/`: what is heard changes no frame, and is large. */
function readSources(root: string, missing: string): Promise<Record<string, string>> {
  return readFolder(root, 'composition-missing', missing, (path) => !path.startsWith('sounds/'));
}

function inFolder(name: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text]));
}

/** Names of all compositions, sorted. */
export async function listCompositions(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((it) => it.isFile() && it.name === 'composition.ts')
    .map((it) => it.parentPath)
    .filter((path) => resolve(path, '..') === resolve(folder))
    .map((path) => path.slice(path.lastIndexOf('/') + 1))
    .sort();
}

async function importDefinition(root: string, name: string): Promise<Composition> {
  let module: { readonly default?: unknown };
  try {
    module = await import(pathToFileURL(resolve(root, 'composition.ts')).href);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DearlyError('composition-invalid', `The composition "${name}" cannot be loaded.`, {
      cause,
      details: [`composition.ts: ${reason}`],
    });
  }
  const parsed = definitionSchema.safeParse(module.default);
  if (parsed.success) return module.default as Composition;
  throw new DearlyError('composition-invalid', `The composition "${name}" is not one.`, {
    details: parsed.error.issues.map((issue) => `composition.ts: ${issue.path.join('.')}: ${issue.message}`),
  });
}

function faultsOf({ scenes, poster }: Composition, files: Readonly<Record<string, string>>): string[] {
  const ids = scenes.map((it) => it.id);
  const twice = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  return [
    ...twice.map((id) => `composition.ts: scene "${id}" is there twice; every scene needs its own id`),
    ...ids
      .filter((id) => files[`scenes/${id}.tsx`] === undefined)
      .map((id) => `composition.ts: scene "${id}" has no component; write scenes/${id}.tsx`),
    ...(ids.includes(poster.scene) ? [] : [`composition.ts: poster.scene "${poster.scene}" is no scene`]),
  ];
}

/** What compositions share (`kit/`, not a composition itself) changes their frames, too. */
async function sharedFiles(folder: string): Promise<Record<string, string>> {
  const compositions = new Set(await listCompositions(folder));
  const entries = await readdir(folder, { withFileTypes: true });
  const shared = entries.filter((it) => it.isDirectory() && !compositions.has(it.name));
  const all = await Promise.all(
    shared.map(async ({ name }) => {
      return inFolder(name, await readSources(join(folder, name), `${name} cannot be read.`));
    }),
  );
  return Object.assign({}, ...all);
}

function versionOf(files: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256');
  for (const path of Object.keys(files).sort()) hash.update(`${path}\0${files[path]}\0`);
  return hash.digest('hex').slice(0, 16);
}
