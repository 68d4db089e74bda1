import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes the module that browser code imports as `dearly/compositions`: every composition of the folder, its
 * scenes in one chunk. Returns its path. Generated because the folder may be anywhere, and both bundlers must see the same.
 */
export async function writeRegistry(compositionsDir: string, into: string): Promise<string> {
  await mkdir(into, { recursive: true });
  const loaders: string[] = [];
  for (const name of await compositionsIn(compositionsDir)) {
    const scenesDir = join(compositionsDir, name, 'scenes');
    const scenes = (await readdir(scenesDir)).filter((file) => file.endsWith('.tsx')).sort();
    const imports = scenes.map((file, n) => `import s${n} from ${JSON.stringify(join(scenesDir, file))};`);
    const entries = scenes.map((file, n) => `  ${JSON.stringify(basename(file, '.tsx'))}: s${n},`);
    const module = `${imports.join('\n')}\nexport const scenes = {\n${entries.join('\n')}\n};\n`;
    await writeFile(join(into, `${name}.ts`), module);
    loaders.push(`  ${JSON.stringify(name)}: () => import(${JSON.stringify(`./${name}.ts`)}),`);
  }
  const path = join(into, 'compositions.ts');
  await writeFile(path, `export const compositions = {\n${loaders.join('\n')}\n};\n`);
  return path;
}

/**
 * Writes, beside the registry, the module that the page imports as `dearly/sounds`: where the music beds of each composition stand,
 * the files directly in its `sounds/`. Returns its path.
 */
export async function writeSounds(compositionsDir: string, registry: string): Promise<string> {
  const lines: string[] = [];
  for (const name of await compositionsIn(compositionsDir)) {
    const dir = join(compositionsDir, name, 'sounds');
    const files = await readdir(dir, { withFileTypes: true }).catch(() => []);
    const beds = files.filter((it) => it.isFile() && sound.test(it.name)).map((it) => it.name);
    const entries = beds
      .sort()
      .map((file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(`${join(dir, file)}?url`)})`);
    lines.push(`  ${JSON.stringify(name)}: { ${entries.join(', ')} },`);
  }
  const path = join(dirname(registry), 'sounds.ts');
  await writeFile(path, `export const sounds = {\n${lines.join('\n')}\n};\n`);
  return path;
}

/** What browsers play and the bundler takes as it is. */
const sound = /\.(m4a|mp3|aac|ogg|opus|wav|flac)$/i;

async function compositionsIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  // Somebody without a composition of their own has pages and mails without a film.
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (!entry.isDirectory()) continue;
    const files = await readdir(join(folder, entry.name));
    if (files.includes('composition.ts') && files.includes('scenes')) names.push(entry.name);
  }
  return names.sort();
}
