import type { Shape } from '../view-shape.ts';
import type { Context } from './html-context.ts';

export interface Unsafe {
  readonly what: string;
  readonly how: string;
}

/** Attributes that a reader's program follows or loads. */
const addresses = new Set(
  ['href', 'src', 'action', 'formaction', 'background', 'background-url', 'poster', 'cite', 'data'].concat([
    'srcset',
    'ping',
    'xlink:href',
    'thumbnails-src',
    'icon-wrapped-url',
    'icon-unwrapped-url',
    'base-url',
  ]),
);
/** Of an mj- tag: all others end up in a style. */
const plain = new Set(
  ['alt', 'title', 'css-class', 'name', 'rel', 'target', 'lang', 'dir', 'usemap', 'role'].concat([
    'aria-label',
    'sizes',
    'mj-class',
  ]),
);

/**
 * Places where escaping does not hold.
 * @param name the path or helper, as written @param isOurLink whether it is one of the house's own `links`
 * @param shape of what is shown, where known
 */
export function unsafePlace(
  name: string,
  context: Context,
  known: { readonly isOurLink: boolean; readonly shape: Shape | undefined },
): Unsafe | null {
  const { place, element, attribute, quote, value } = context;
  if (place === 'tag' && element.startsWith('/')) return null;
  if (place === 'tag')
    return {
      what: `{{${name}}} within a tag lets data add attributes`,
      how: 'write it into a value with quotes',
    };
  if (place === 'raw' && element === 'script')
    return {
      what: `{{${name}}} in a script runs as code`,
      how: 'put it into a data-… attribute, or leave the script out',
    };
  if (place === 'raw') return styled(name, 'a style', known.shape);
  if (place !== 'value') return null;
  if (quote === null || quote === '')
    return { what: 'an attribute without quotes lets data add attributes', how: 'write ="{{…}}"' };
  if (/^on[a-z]/.test(attribute) || attribute === 'srcdoc')
    return { what: `{{${name}}} in ${attribute}="…" runs as code`, how: `leave ${attribute} out` };
  // A list of addresses, each with one of its own behind the comma.
  const start = attribute === 'srcset' ? (value.split(/,\s/).at(-1) ?? '') : value;
  if (addresses.has(attribute)) return addressed(name, attribute, start, known.isOurLink);
  if (element === 'meta' && /url\s*=/i.test(value))
    return { what: `{{${name}}} in a meta tag leads the reader away`, how: 'leave it out' };
  if (attribute === 'style' || (element.startsWith('mj-') && !plain.has(attribute)))
    return styled(name, `${attribute}="…"`, known.shape);
  return null;
}

function addressed(name: string, attribute: string, value: string, isOurLink: boolean): Unsafe | null {
  // Browsers pass over white space in a protocol, written as an entity, too.
  const before = value.replace(/\s|&(?:#\w+|tab|newline);?/gi, '');
  if (/^(javascript|vbscript|data):/i.test(before))
    return { what: `${attribute}="${value}{{${name}}}" runs as code`, how: 'link to an https address' };
  // What follows a protocol or a path can no longer choose one; `{}` is data that was told, or was an address.
  if (/[:/?#]|\{\}/.test(before) || name === 'url' || isOurLink) return null;
  return {
    what: `${attribute}="${value}{{${name}…" takes any address`,
    how: `write ${attribute}="{{url ${name}}}"`,
  };
}

/** CSS has rules of its own that HTML's escaping does not know: only what can be nothing but a number or a known word may stand there. */
function styled(name: string, where: string, shape: Shape | undefined): Unsafe | null {
  if (name === 'scale' || isHarmless(shape)) return null;
  return {
    what: `{{${name}}} in ${where} lets data write CSS`,
    how: 'choose between written-out values with {{#if}}, or give it a narrow shape in the contract: a number, z.enum, z.string().regex(/^#[0-9a-f]{6}$/)',
  };
}

/** A whole pattern of letters, digits, `#`, `%` and `-`: it lets nothing through that ends a value. */
const tame = /^\^(?:\\d|[\w#%|()[\]{},+*?-])*\$$/;

function isHarmless(shape: Shape | undefined): boolean {
  if (shape === undefined) return true;
  if (shape === 'any') return false;
  if (shape.type === 'number' || shape.type === 'integer' || shape.type === 'boolean') return true;
  if (shape.pattern !== undefined && tame.test(shape.pattern)) return true;
  const words = shape.enum ?? (shape.const === undefined ? undefined : [shape.const]);
  return words?.every((word) => /^[\w #.%-]*$/.test(String(word))) ?? false;
}
