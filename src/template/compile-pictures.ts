import type { z } from 'zod';
import { checkTemplate } from './check-template.ts';
import { type Fill, reservedRoots } from './compiled-pack.ts';
import { lintPicture } from './lint-picture.ts';
import type { Messages } from './messages.ts';
import { fillTheme, type Theme } from './theme.ts';
import { rootShape, type Shape } from './view-shape.ts';

/**
 * A pack's `pictures/<name>.svg`, templates over its view like the others. They are files and no code, so that the
 * pictures behind an old link are drawn from the pack's kept text, as its page is.
 */
export function compilePictures(input: {
  readonly files: Readonly<Record<string, string>>;
  readonly theme: Theme;
  /** Null for an old version, which was checked when it was new. */
  readonly view: z.ZodObject | null;
  readonly messages: Messages;
  readonly compile: (source: string) => Fill;
}): { readonly pictures: Readonly<Record<string, Fill>>; readonly faults: readonly string[] } {
  const { files, theme, view, messages, compile } = input;
  const shape = view === null ? null : drawable(rootShape(view).shape);
  const pictures: Record<string, Fill> = {};
  const faults: string[] = [];
  for (const [path, source] of Object.entries(files)) {
    if (!path.startsWith('pictures/')) continue;
    const name = /^pictures\/([a-z][a-z0-9-]*)\.svg$/.exec(path)?.[1];
    if (name === undefined || name === 'poster') {
      faults.push(`${path}: expected pictures/<name>.svg, the name in kebab-case and not "poster"`);
      continue;
    }
    const filled = fillTheme(source, theme, path);
    faults.push(...filled.faults);
    if (shape !== null) {
      const wrong = checkTemplate(path, filled.text, shape, messages);
      faults.push(...wrong, ...lintPicture(path, filled.text));
      if (wrong.length > 0) continue;
    }
    pictures[name] = compile(filled.text);
  }
  if (shape !== null) faults.push(...unknownPictures(files, Object.keys(pictures)));
  return { pictures, faults };
}

/** Both links and sender may change after a picture was named; most others are of the page alone. */
const beyond = reservedRoots.filter((name) => !['lang', 'locale', 'dir', 'variant'].includes(name));

/** A picture knows the view and the language. */
function drawable(shape: Shape): Shape {
  if (shape === 'any') return shape;
  const properties = { ...shape.properties };
  for (const name of beyond) delete properties[name];
  return { ...shape, properties };
}

/** An address that leads to nothing would show as a gap in every mailbox. */
function unknownPictures(files: Readonly<Record<string, string>>, names: readonly string[]): string[] {
  return Object.entries(files).flatMap(([path, source]) =>
    /\.(hbs|mjml)$/.test(path)
      ? [...source.matchAll(/\blinks\.pictures\.([\w-]+)/g)]
          .filter(([, name = '']) => !names.includes(name))
          .map(({ index, 1: name }) => {
            const line = source.slice(0, index).split('\n').length;
            return `${path}:${line}: there is no picture "${name}"; draw it as pictures/${name}.svg`;
          })
      : [],
  );
}
