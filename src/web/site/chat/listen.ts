// Enters: a way to look for replies. Leaves: looks, often at first and seldom later, while the page is seen. Never: a look by a hidden page.

const firstMs = 1000;
const longestMs = 30_000;
const slower = 1.4;
/** Who has waited so long comes back: the next look at the chat shows what came. */
const givesUpAfterMs = 60 * 60_000;

export interface Listening {
  /** Something was said: replies may come soon. */
  wake(): void;
  stop(): void;
}

/** @param hear true where something came, which makes the next look come soon */
export function listen(hear: () => Promise<boolean>): Listening {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restMs = firstMs;
  let wokenAt = performance.now();

  function wait() {
    clearTimeout(timer);
    if (performance.now() - wokenAt < givesUpAfterMs) timer = setTimeout(turn, restMs);
  }

  async function turn() {
    if (document.visibilityState === 'hidden') return;
    restMs = (await hear()) ? firstMs : Math.min(longestMs, restMs * slower);
    if (timer !== undefined) wait();
  }

  function onSight() {
    if (document.visibilityState === 'visible' && timer !== undefined) void turn();
  }
  document.addEventListener('visibilitychange', onSight);

  return {
    wake() {
      restMs = firstMs;
      wokenAt = performance.now();
      wait();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      document.removeEventListener('visibilitychange', onSight);
    },
  };
}
