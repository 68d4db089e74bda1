import { expect, expectTypeOf, test } from 'vitest';
import { type Asset, asset, type PropsOf, type Scene } from '../../src/author.ts';
import { assetsIn, mapAssets } from '../../src/template/asset.ts';

test('a component gets the shape that its scene reads', () => {
  const scenes = [
    {
      id: 'hello',
      durationInFrames: 1,
      reads: (view) => ({ name: view.name, photo: asset(view.photo) }),
      chapter: () => '',
    },
  ] as const satisfies readonly Scene<{ name: string; photo: string | null }>[];
  expectTypeOf<PropsOf<typeof scenes, 'hello'>>().toEqualTypeOf<{ name: string; photo: Asset }>();
  expect(scenes[0].reads({ name: 'Ada', photo: '' })).toEqual({ name: 'Ada', photo: { asset: null } });
});

test('assets are found and changed wherever they stand, and nothing else is', () => {
  const props = {
    name: 'https://a.example/no',
    photo: asset('https://a.example/1'),
    list: [{ icon: asset('https://a.example/2'), text: 'asset:x' }, asset(null), 3, null],
    alike: { asset: 'https://a.example/3', more: 1 },
    number: { asset: 5 },
  };
  expect(assetsIn(props).map((it) => it.asset)).toEqual(['https://a.example/1', 'https://a.example/2']);
  expect(mapAssets(props, () => asset('x'))).toEqual({
    ...props,
    photo: { asset: 'x' },
    list: [{ icon: { asset: 'x' }, text: 'asset:x' }, { asset: 'x' }, 3, null],
  });
});

test('what holds no asset comes back as it is, and no name is special', () => {
  const props = { list: [{ a: 1 }], deep: { er: ['x'] } };
  expect(mapAssets(props, () => asset('x'))).toBe(props);
  const hostile = JSON.parse('{"__proto__":{"asset":"https://a.example/1"},"toString":{"asset":null}}');
  const changed = mapAssets(hostile, () => asset('x'));
  expect(JSON.stringify(changed)).toBe('{"__proto__":{"asset":"x"},"toString":{"asset":"x"}}');
  expect(Object.getPrototypeOf(changed)).toBe(Object.prototype);
});
