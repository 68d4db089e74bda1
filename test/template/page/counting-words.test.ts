import { expect, test } from 'vitest';
import { countingWordsFor } from '../../../src/template/page/counting-words.ts';

test('a pack words what it likes in its own way; the rest is the house’s, in the page’s language', () => {
  const house = countingWordsFor('it-CH', {});
  const own = countingWordsFor('it', { 'counting.title': 'Statistiche', 'counting.other': 'x', title: 'y' });
  expect(own).toEqual({ ...house, title: 'Statistiche' });
  expect(countingWordsFor('fr', {})).toEqual(countingWordsFor('en', {}));
});
