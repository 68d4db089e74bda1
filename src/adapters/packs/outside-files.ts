import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** Types leave no trace in a picture. */
const imports = /\b(?:import|export)\s+(?!type\b)(?:[^'"`;]*?\bfrom\s*)?['"](\.{1,2}\/[^'"]+)['"]/g;

/**
 * What the sources of `folder` import from beyond it, and what that imports in turn: a theme that the scenes share with email and
 * page, say. Paths are relative to `folder`, on both sides. Imports that lead nowhere are left to the bundler's complaint.
 */
export async function outsideFiles(
  folder: string,
  sources: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const queue = Object.entries(sources);
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [importer, text] = next;
    for (const [, specifier = ''] of text.matchAll(imports)) {
      const file = join(folder, dirname(importer), specifier);
      const path = relative(folder, file).split(sep).join('/');
      if (!path.startsWith('../') || path in found) continue;
      const content = await readFile(file, 'utf8').catch(() => null);
      if (content === null) continue;
      found[path] = content;
      queue.push([path, content]);
    }
  }
  return found;
}
