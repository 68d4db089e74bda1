import { noteLink } from './placeholder-links.ts';

/**
 * Every address that a click in a previewed email would open, led to the note that names it. The frame's policy would
 * stop the click as well, but with the browser's error page.
 */
export function tameLinks(html: string, origin: string): string {
  return html.replace(
    /(<(?:a|area)\b[^>]*?\shref=)(["'])(.*?)\2/gis,
    (whole, start: string, quote: string, address: string) => {
      if (address.startsWith('#') || address.startsWith(`${origin}/note/`)) return whole;
      return `${start}${quote}${noteLink(origin, 'address', plain(address))}${quote}`;
    },
  );
}

/** Of the entities that Handlebars writes into an attribute. */
function plain(attribute: string): string {
  return attribute.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(amp|lt|gt|quot));/gi, (whole, hex, decimal, name) => {
    if (name) return { amp: '&', lt: '<', gt: '>', quot: '"' }[String(name).toLowerCase()] ?? whole;
    const point = Number.parseInt(hex ?? decimal, hex ? 16 : 10);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
