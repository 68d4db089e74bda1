import { expect, it } from 'vitest';
import { measureMemory } from '../../bench/memory.ts';

it('keeps nothing of those it merged', async () => {
  const { heapGrowthMb } = await measureMemory(1500, 6000);
  // `npm run bench -- memory` does 200,000. Keeping one 45 KB message of each would be 270 MB here.
  expect(heapGrowthMb).toBeLessThan(8);
});
