import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import offer from '../../templates/offer/contract.ts';
import statement from '../../templates/statement/contract.ts';
import { offerStoryboard, sampleStoryboard } from './sample-storyboard.ts';

const films = {
  statement: () => sampleStoryboard('beatrice-due'),
  offer: () => offerStoryboard('beatrice-solar'),
} as const;
const targets = { statement: statement.targets, offer: offer.targets };

test.each(['statement', 'offer'] as const)(
  'the film of the pack %s asks and offers only what there is',
  async (pack) => {
    const { storyboard, view } = await films[pack]();
    const forms = JSON.parse(await readFile(`templates/${pack}/forms.json`, 'utf8'));
    const ids = storyboard.scenes.map(({ id }) => id);
    for (const { id, durationInFrames, interactions = [], adapts } of storyboard.scenes) {
      for (const it of interactions) {
        const where = `${id}: ${it.label}`;
        expect(it.label, where).toMatch(/\S/);
        expect(it.from, where).toBeLessThan(it.until - 20);
        expect(it.until, where).toBeLessThanOrEqual(durationInFrames);
        if (it.kind === 'branch') expect(ids, where).toContain(it.scene);
        if (it.kind === 'link')
          expect(Object.keys(targets[pack]?.(view as never) ?? {}), where).toContain(it.target);
        if (it.kind === 'reveal') expect(it.text, where).toMatch(/\S/);
        if ('form' in it) expect(Object.keys(forms), where).toContain(it.form);
      }
      if (adapts === undefined) continue;
      const field = forms[adapts.form].fields.find((it: { name: string }) => it.name === adapts.field);
      expect(Object.keys(adapts.by).sort(), id).toEqual([...field.options].sort());
    }
  },
);
