// The studio's browser side: links without leaving the page, keys, and the news that files have changed.
import { fitDevices } from './fit-devices.ts';
import { goTo, reload, rememberRegions, startOver } from './go-to.ts';
import { linkFor } from './keys.ts';
import { takePlaces, watchPlaces } from './places.ts';

const help = document.querySelector<HTMLDialogElement>('#help');
const news = document.querySelector('#news');

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('#ask')) help?.showModal();
  if (target === help) help?.close();
  const link = target?.closest('a');
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (
    !link ||
    !isPlain ||
    link.target ||
    link.origin !== location.origin ||
    link.getAttribute('href')?.startsWith('#')
  )
    return;
  event.preventDefault();
  if (link.href === location.href) startOver();
  else void goTo(link.href, { remember: true });
});

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (form.method !== 'get') return;
  event.preventDefault();
  const query = [...new FormData(form)].filter((it): it is [string, string] => it[1] !== '');
  void goTo(`/?${new URLSearchParams(query)}`, { remember: true });
});

// What is chosen is shown at once; names written down, when they are done.
document.addEventListener('change', ({ target }) => {
  if (target instanceof Element) target.closest<HTMLFormElement>('form.arrange')?.requestSubmit();
});

document.addEventListener('keydown', (event) => {
  const field = event.target instanceof HTMLTextAreaElement ? event.target : null;
  if (event.key !== 'Enter' || !field) return;
  event.preventDefault();
  field.form?.requestSubmit();
});

addEventListener('popstate', () => void goTo(location.href, { remember: false }));

function onKey(event: KeyboardEvent): void {
  const link = linkFor(event);
  if (!link) return;
  event.preventDefault();
  if (link instanceof HTMLInputElement) link.focus();
  else link.click();
}
document.addEventListener('keydown', onKey);

// An email's frame runs no script, so the keys pressed in it are ours. A page's keys are its player's.
function hear(frame: HTMLIFrameElement): void {
  frame.contentDocument?.addEventListener('keydown', onKey);
}
document.addEventListener('load', ({ target }) => target instanceof HTMLIFrameElement && hear(target), true);
for (const frame of document.querySelectorAll('iframe')) hear(frame);
// Its load comes after its last picture; the focus can be there before.
addEventListener('blur', () => {
  if (document.activeElement instanceof HTMLIFrameElement) hear(document.activeElement);
});

const events = new EventSource('/events');
let wasLost = false;
events.addEventListener('busy', () => document.body.classList.add('busy'));
events.addEventListener('changed', () => void show());
events.addEventListener('error', () => {
  wasLost = true;
  document.body.classList.add('lost');
});
events.addEventListener('open', () => {
  document.body.classList.remove('lost');
  if (wasLost) void show();
  wasLost = false;
});

async function show(): Promise<void> {
  await reload();
  document.body.classList.remove('busy');
  if (news) news.textContent = `Shown again, ${new Date().toLocaleTimeString()}`;
}

rememberRegions();
watchPlaces();
takePlaces();
fitDevices();
document.querySelector('.sample[aria-current]')?.scrollIntoView({ block: 'nearest' });
document.documentElement.dataset.ready = '';
