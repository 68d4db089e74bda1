// A device keeps its width in CSS pixels, so that the message lays itself out as it will; too wide a one is drawn smaller.
const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) fitDevice(target as HTMLElement);
});

export function fitDevices(): void {
  resized.disconnect();
  for (const screen of document.querySelectorAll<HTMLElement>('.screen')) resized.observe(screen);
}

function fitDevice(screen: HTMLElement): void {
  const device = screen.closest<HTMLElement>('.device');
  const frame = screen.querySelector('iframe');
  if (!device || !frame) return;
  const least = Number(device.dataset.width);
  const { clientWidth, clientHeight } = screen;
  const scale = Math.min(1, clientWidth / least);
  const width = device.classList.contains('phone') ? least : Math.max(least, clientWidth);
  frame.style.width = `${width}px`;
  frame.style.height = `${clientHeight / scale}px`;
  frame.style.transform = scale < 1 ? `scale(${scale})` : '';
  const measure = device.querySelector('[data-measure]');
  if (measure) measure.textContent = scale < 1 ? `${width} at ${Math.round(scale * 100)} %` : String(width);
}
