import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseYaml } from '../../campaign/parse-yaml.ts';
import { senderSchema } from '../../deliver/sender.ts';
import type { SenderWords } from '../../merge/roots.ts';

/** Who writes, for a look at the message: the first sender there is, without its key, or a stand-in where there is none. */
export async function findSender(folders: readonly string[]): Promise<SenderWords> {
  for (const folder of folders) {
    const names = (await readdir(folder).catch((): string[] => []))
      .filter((it) => it.endsWith('.yaml'))
      .sort();
    const [name] = names;
    if (name === undefined) continue;
    const { from, legal } = parseYaml(await readFile(join(folder, name), 'utf8'), name, senderSchema);
    return { from, legal };
  }
  return {
    from: { name: 'Sender', address: 'sender@example.com' },
    legal: { company: 'Sender', lines: ['No sender stands in senders/ yet.'] },
  };
}
