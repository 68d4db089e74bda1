import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeSay } from '../../src/merge/format.ts';
import { compileFill, fillByHandlebars } from '../../src/template/compile-fill.ts';

const messages = { plain: 'Hallo & "du"', named: '{name}!', 'rich.html': '<b>{name}</b>' };
const say = makeSay({ lang: 'de', locale: 'de-DE', messages, timeZone: 'Europe/Berlin', asOf: '2025-11-04' });

/** Names that the data has, has not, and that only prototypes have. */
const name = fc.constantFrom(
  'a',
  'b',
  'list',
  'map',
  'gone',
  'length',
  'constructor',
  'toString',
  'url',
  'if',
);
const word = fc.constantFrom('', 'x', '<b>"\'&`=', '0', '{{a}}', 'ü', '1');
const leaf = fc.oneof(word, fc.integer({ min: -1, max: 2 }), fc.boolean(), fc.constant(null));
const { value } = fc.letrec<{ value: unknown; list: unknown[]; map: Record<string, unknown> }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  map: fc.dictionary(name, tie('value'), { maxKeys: 5, noNullPrototype: true }),
}));
const data = fc.dictionary(name, value, { minKeys: 3, maxKeys: 9, noNullPrototype: true });

const path = fc
  .tuple(
    fc.constantFrom('', '', '', '../', '../../', './', 'this.', '@root.'),
    fc.array(name, { minLength: 1, maxLength: 3 }),
  )
  .map(([before, parts]) => before + parts.join('.'));
const data0 = fc.constantFrom(
  '@index',
  '@key',
  '@first',
  '@last',
  '@../index',
  'this',
  '.',
  '..',
  'one',
  'at',
  'one.a',
);
const literal = fc.constantFrom('"a"', '1', '0', 'true', 'null', 'undefined');
const plain = fc.oneof({ weight: 5, arbitrary: path }, { weight: 3, arbitrary: data0 }, literal);
const simple = fc.oneof({ weight: 5, arbitrary: path }, { weight: 3, arbitrary: data0 });
const call = fc.oneof(
  fc.tuple(fc.constantFrom('eq', 'gt', 'and', 'or', 'default'), plain, plain).map((it) => it.join(' ')),
  fc.tuple(fc.constantFrom('not', 'scale 3'), plain).map((it) => it.join(' ')),
  fc.constantFrom(
    't "plain"',
    't "named" name=a',
    't "named" name=(default gone "<i>")',
    't "rich.html" name=b',
  ),
);
const given = fc.oneof(
  { weight: 3, arbitrary: plain },
  call.map((it) => `(${it})`),
);
/** Handlebars adds up what it does not escape: `{{{one}}}{{{two}}}` is 3 there. A sign in between keeps them apart. */
const dot = '·';
const tilde = fc.constantFrom('', '', '', '~');
const mustache = fc
  .tuple(tilde, fc.oneof({ weight: 3, arbitrary: simple }, call), tilde)
  .map(([left, inside, right]) => `${dot}{{${left}${inside}${right}}}`);
const text = fc.constantFrom('', ' ', '\n', '\n  ', '<p>', 'word', '{{! note }}', '\\{{a}} ');
const { template } = fc.letrec<{ template: string; block: string; part: string }>((tie) => ({
  template: fc.array(tie('part'), { maxLength: 5, depthIdentifier: 'template' }).map((it) => it.join('')),
  part: fc.oneof(
    { depthSize: 'small', depthIdentifier: 'template' },
    text,
    mustache,
    path.map((it) => `${dot}{{{${it}}}}`),
    tie('block'),
  ),
  block: fc
    .tuple(
      fc.constantFrom('#if', '#unless', '#each', '#with', '^if', '^each'),
      given,
      fc.constantFrom('', '', ' as |one|', ' as |one at|'),
      tie('template'),
      fc.option(fc.tuple(fc.constantFrom('{{else}}', '{{else if a}}', '{{~^~}}'), tie('template'))),
      tilde,
    )
    .map(([kind, value, names, inside, other, trim]) => {
      const end = kind.slice(1);
      const as = /each|with/.test(kind) ? names : '';
      return `{{${trim}${kind} ${value}${as}}}${inside}${other?.join('') ?? ''}{{/${end}${trim}}}`;
    }),
}));

it('says what Handlebars says, whatever the template and the data', () => {
  let filled = 0;
  fc.assert(
    fc.property(template, data, fc.boolean(), (source, roots, noEscape) => {
      const expected = textOf(() => fillByHandlebars(source, { noEscape })(roots, say));
      // Handlebars breaks on a few things that no checked template does, such as climbing out of itself.
      fc.pre(expected !== null);
      expect(compileFill(source, { noEscape })(roots, say)).toBe(expected);
      if (expected !== source) filled++;
    }),
    { numRuns: 4000, maxSkipsPerRun: 1 },
  );
  expect(filled).toBeGreaterThan(2000);
});

it.each([
  '{{#each list}}{{#each this}}{{@../index}}.{{@index}} {{../../a}}{{/each}}{{else}}none{{/each}}',
  '{{#each map as |one at|}}{{at}}={{one}}{{#unless @last}}, {{/unless}}{{/each}}',
  '{{#if list}}{{#with map}}{{a}}{{../a}}{{/with}}{{/if}}',
  '{{#each list}}{{#if ../a}}{{this}}|{{/if}}{{/each}}',
  '{{t "rich.html" name=a}}{{t "plain"}}',
])('fills %s by itself', (source) => {
  const roots = { a: '<a>', list: [[1, 2], [], ['x']], map: { a: 1, b: null, c: false } };
  expect(compileFill(source, { noEscape: false })(roots, say)).toBe(
    fillByHandlebars(source, { noEscape: false })(roots, say),
  );
});

it('gives no way to what the data does not own', () => {
  const fill = compileFill('{{a.constructor}}{{__proto__}}{{a.__proto__.b}}{{toString}}', {
    noEscape: false,
  });
  expect(fill({ a: 'x' }, say)).toBe('');
});

it('lets no data stand in for a function', () => {
  const roots: unknown = JSON.parse('{"list":["x"],"map":{"toString":"x","toHTML":"x","list":["y"]}}');
  const fill = compileFill('{{#with map}}{{#each list}}{{this}}{{../toHTML}}{{/each}}{{/with}}', {
    noEscape: false,
  });
  expect(fill(roots as Record<string, unknown>, say)).toBe('yx');
});

function textOf(run: () => string): string | null {
  try {
    return run();
  } catch {
    return null;
  }
}
