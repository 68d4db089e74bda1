import { byMarkup, byName, byStyle } from './by-markup.ts';
import { byScript, type Target } from './by-script.ts';
import { ownAddress } from './listeners.ts';

/** A way out of a page: `host` says whom it asks for, `go` runs in the page. */
export interface Way {
  readonly name: string;
  readonly host: string;
  readonly go: (to: Target, text: string) => unknown;
  readonly text: string;
}

const loopback = '127.0.0.1';

const put = ({ http }: Target, html: string) => {
  const ready = html.replaceAll('HTTP', http);
  document.body.append(document.createRange().createContextualFragment(ready));
};

const paint = ({ http }: Target, css: string) => {
  const style = document.createElement('style');
  style.textContent = css.replaceAll('HTTP', http);
  document.head.append(style);
};

const call = ({ http, host }: Target) => {
  new Image().src = http;
  void fetch(http);
  new WebSocket(`ws://${host}/`);
};

const own = ownAddress();

export const ways: readonly Way[] = [
  ...Object.entries(byScript).map(([name, go]) => ({ name, host: loopback, go, text: '' })),
  ...Object.entries(byMarkup).map(([name, text]) => ({ name, host: loopback, go: put, text })),
  ...Object.entries(byStyle).map(([name, text]) => ({
    name: `CSS: ${name}`,
    host: loopback,
    go: paint,
    text,
  })),
  ...Object.entries({ ...byName, ...(own && { 'its own address in the network': own }) }).map(
    ([name, host]) => ({
      name: `by name: ${name}`,
      host,
      go: call,
      text: '',
    }),
  ),
];
