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
    .replace(/\s+/g, ' ')
    .replace(/ ?([<>]) ?/g, '$1')
    .replace(/=" ?([^"]*?) ?"/g, '="$1"');
}

const columnRules =
  /((?:\.moz-text-html )?\.mj-column-[\w-]+(?:, (?:\.moz-text-html )?\.mj-column-[\w-]+)*) (\{[^}]*\})/g;

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
  const plain = rest
    .replace(/@media[^{]*\{\s*(?:t[dr]|table)\.mj-full-width-mobile[^@<]*/g, (rule) =>
      classes.has('mj-full-width-mobile') ? rule : '',
    )
    .replace(/@media[^{]*\{\s*\}/g, '')
    .replace(/<style[^>]*>\s*<\/style>/g, '');
  return `${plain}<style>${[...rules].sort().join(' ')}</style>`;
}
