import beautify from 'js-beautify';
import { Html, html } from './html.ts';

/** The email's HTML as it is sent, indented for reading, its lines numbered by the style sheet. */
export function sourceView(source: string): Html {
  const pretty = beautify.html(source, {
    indent_size: 2,
    wrap_line_length: 0,
    preserve_newlines: false,
    inline: ['a', 'b', 'i', 'em', 'strong', 'span', 'br'],
  });
  const lines = pretty.split('\n').map((line) => html`<li><code>${paint(line)}</code></li>`);
  return html`<ol class="source">${lines}</ol>`;
}

const parts =
  /(<!--[\s\S]*?-->|<!\[endif\]-->|<!--\[if[^\]]*\]>)|(<\/?)([a-z][\w:-]*)|(\s[a-z][\w:-]*=)("[^"]*")/gi;

/** Names, values and comments apart; every other sign stays plain text. */
function paint(line: string): Html {
  let end = 0;
  const painted: Html[] = [];
  for (const found of line.matchAll(parts)) {
    const [whole, comment, open, name, attribute, value] = found;
    painted.push(html`${line.slice(end, found.index)}`);
    if (comment !== undefined) painted.push(html`<i class="c">${comment}</i>`);
    else if (name !== undefined) painted.push(html`${open}<i class="n">${name}</i>`);
    else painted.push(html`<i class="a">${attribute}</i><i class="v">${value}</i>`);
    end = (found.index ?? 0) + whole.length;
  }
  painted.push(html`${line.slice(end)}`);
  return new Html(painted.map((it) => it.text).join(''));
}
