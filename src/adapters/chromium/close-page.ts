import type { Page } from 'puppeteer-core';

const patienceMs = 3000;

/** False when the page's renderer does not let go: then only the browser's end ends it. */
export async function closePage(page: Page): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  const closed = page.close().then(
    () => true,
    () => false,
  );
  return Promise.race([closed, late]).finally(() => clearTimeout(timer));
}
