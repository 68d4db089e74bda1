/**
 * What design.md §3 puts aside when two ways to one email are compared: white space, Outlook conditionals that end where
 * the next begins, head rules for what is not there, MJML's random ids.
 */
export function foldHtml(html: string): string {
  const [head = '', ...rest] = html.split('</head>');
  const body = rest.join('</head>');
  return [usedRules(head, body), body]
    .join('</head>')
    .replace(/<!\[endif\]-->\s*<!--\[if mso \| IE\]>/g, '')
    .replace(/\b[0-9a-f]{16}\b/g, 'id')
    .replace(/\s+/g, ' ')
    .replace(/ ?([<>]) ?/g, '$1')
    .replace(/=" ?([^"]*?) ?"/g, '="$1"');
}

const columnRules =
  /((?:\.moz-text-html )?\.mj-column-[\w-]+(?:, (?:\.moz-text-html )?\.mj-column-[\w-]+)*) (\{[^}]*\})/g;

/** What a component brings along for the head, by a class that it always has. */
const componentRules = [
  ['mj-menu-checkbox', /noinput\.mj-menu-checkbox[\s\S]*?\.mj-menu-icon-open\s*\{[^}]*\}\s*\}/g],
  ['mj-accordion-checkbox', /noinput\.mj-accordion-checkbox[\s\S]*?@goodbye\s*\{[^}]*\}/g],
  ['mj-full-width-mobile', /@media[^{]*\{\s*(?:t[dr]|table)\.mj-full-width-mobile[^@<]*/g],
] as const;

/** Rules by column class, one selector each and sorted; those that no element has are left out. */
function usedRules(head: string, body: string): string {
  const classes = new Set(
    [...body.matchAll(/class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(/\s+/)),
  );
  const rules = new Set<string>();
  const rest = head.replace(columnRules, (_, selectors: string, rule: string) => {
    for (const selector of selectors.split(', '))
      if (classes.has(selector.split('.').at(-1) ?? ''))
        rules.add(`${selector} ${rule.replace(/\s+/g, ' ')}`);
    return '';
  });
  const takeOut = (pattern: RegExp, name: string) => (text: string) =>
    text.replace(pattern, (rule) => {
      if (classes.has(name)) rules.add(rule.replace(/\s+/g, ' ').trim());
      return '';
    });
  const plain = componentRules
    .reduce((text, [name, pattern]) => takeOut(pattern, name)(text), rest)
    .replace(/@media[^{]*\{\s*\}/g, '')
    .replace(/<style[^>]*>\s*<\/style>/g, '');
  return `${plain}<style>${[...rules].sort().join(' ')}</style>`;
}
