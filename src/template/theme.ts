// Enters: the house's theme as JSON. Leaves: its values in templates ({{theme.colors.light.ink}}) and as CSS custom properties.
// Never: a value that a person's data could reach; themes are filled in once, at load.
import { z } from 'zod';

export type Theme = Readonly<Record<string, unknown>>;

const values = z.union([z.string(), z.number()]);

export function readTheme(source: string | undefined): Theme {
  return source === undefined ? {} : z.record(z.string(), z.unknown()).parse(JSON.parse(source));
}

/** Replaces every `{{theme.path.to.value}}`; lines stay where they are. */
export function fillTheme(
  source: string,
  theme: Theme,
  file: string,
): { readonly text: string; readonly faults: readonly string[] } {
  const faults: string[] = [];
  const text = source.replace(/\{\{\s*theme\.([\w.]+)\s*\}\}/g, (whole, path: string, index: number) => {
    const found = values.safeParse(valueAt(theme, path));
    if (found.success) return String(found.data);
    const line = source.slice(0, index).split('\n').length;
    faults.push(`${file}:${line}: ${whole} is no value of the theme; see templates/theme.ts`);
    return '';
  });
  return { text, faults };
}

/** `--ink`, `--space-wide`, …; colours change with the reader's scheme, the rest is pixels or plain. */
export function themeCss(theme: Theme): string {
  const light = record(valueAt(theme, 'colors.light'));
  if (Object.keys(light).length === 0) return '';
  const dark = record(valueAt(theme, 'colors.dark'));
  const sizes = ['space', 'radius'].flatMap((group) =>
    Object.entries(record(theme[group])).map(([name, value]) => [`${group}-${kebab(name)}`, `${value}px`]),
  );
  const type = Object.entries(record(theme.type)).flatMap(([name, step]) => {
    const { size, line, tracking } = record(step);
    return [
      [`size-${name}`, `${Number(size) / 16}rem`],
      [`line-${name}`, String(Math.round((Number(line) / Number(size)) * 1000) / 1000)],
      [`tracking-${name}`, `${tracking}em`],
    ];
  });
  const weights = Object.entries(record(valueAt(theme, 'font.weight'))).map(([name, value]) => [
    `weight-${name}`,
    value,
  ]);
  const rest = [
    ['font', valueAt(theme, 'font.page') ?? valueAt(theme, 'font.stack')],
    ...weights,
    ...sizes,
    ...type,
  ];
  return [
    rules(':root', [...Object.entries(light), ...rest]),
    `@media (prefers-color-scheme: dark) {\n${rules(':root', Object.entries(dark))}\n}`,
  ].join('\n');
}

/** On paper the letters are those of the stack, whatever stands for them on the page. */
export function themePrintCss(theme: Theme): string {
  const stack = valueAt(theme, 'font.stack');
  return stack === undefined ? '' : rules(':root', [['font', stack]]);
}

function rules(selector: string, pairs: readonly (readonly unknown[])[]): string {
  return `${selector} {\n${pairs.map(([name, value]) => `  --${kebab(String(name))}: ${value};`).join('\n')}\n}`;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function valueAt(theme: Theme, path: string): unknown {
  return path.split('.').reduce<unknown>((at, part) => record(at)[part], theme);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
