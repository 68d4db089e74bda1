import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCampaign } from '../../campaign/read-campaign.ts';
import { saidBy } from '../../merge/arrangement.ts';
import type { ShelfVariant } from './protocol.ts';

/**
 * What the campaigns in these folders try on people, by the pack that they try it with. A campaign that does not read is left out:
 * `campaign plan` says why.
 */
export async function readVariants(
  folders: readonly string[],
): Promise<readonly (ShelfVariant & { readonly pack: string })[]> {
  const all = await Promise.all(folders.map(variantsIn));
  return all.flat();
}

async function variantsIn(folder: string) {
  const names = await readdir(folder).catch((): string[] => []);
  const files = names.filter((it) => it.endsWith('.yaml')).sort();
  const campaigns = await Promise.all(
    files.map(async (file) => read(await readFile(join(folder, file), 'utf8'), file)),
  );
  return campaigns.flatMap((campaign) => {
    if (campaign === null) return [];
    const { name, pack, variants, gate = false } = campaign;
    return variants.flatMap((variant) => {
      const arrangement = saidBy(variant);
      // It is the message as it stands.
      if (arrangement === null && !gate) return [];
      return [{ campaign: name, name: variant.name, pack, arrangement: arrangement ?? {}, gate }];
    });
  });
}

function read(text: string, file: string) {
  try {
    return readCampaign(text, file).campaign;
  } catch {
    return null;
  }
}
