/** Of active reading; each is told of once. */
const marksInSeconds = [10, 30, 60, 120, 300] as const;

const lastMark = Math.max(...marksInSeconds);

/** Who neither scrolls, points nor types for so long has turned to something else, though the page still stands there. */
const aliveForMs = 15_000;

const signsOfLife = [
  'pointermove',
  'pointerdown',
  'keydown',
  'wheel',
  'scroll',
  'touchmove',
  'input',
] as const;

/** Counts the seconds in which the page is seen and somebody is there, until the last mark or the signal. */
export function watchReading(onMark: (seconds: number) => void, signal: AbortSignal): void {
  let seconds = 0;
  let alive = performance.now();
  const listening = { signal, capture: true, passive: true };
  for (const sign of signsOfLife)
    addEventListener(
      sign,
      () => {
        alive = performance.now();
      },
      listening,
    );
  const timer = setInterval(() => {
    if (document.visibilityState !== 'visible' || performance.now() - alive >= aliveForMs) return;
    seconds++;
    if ((marksInSeconds as readonly number[]).includes(seconds)) onMark(seconds);
    if (seconds >= lastMark) clearInterval(timer);
  }, 1000);
  signal.addEventListener('abort', () => clearInterval(timer));
}
