import { Html } from './html.ts';

const icon = (paths: string) =>
  new Html(
    `<svg viewBox="0 0 20 20" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`,
  );

export const icons = {
  both: icon(
    '<rect x="2" y="5" width="5.5" height="10" rx="1.5"/><rect x="10" y="3" width="8" height="11" rx="1.5"/><path d="M12 17h4"/>',
  ),
  phone: icon('<rect x="5.5" y="2.5" width="9" height="15" rx="2"/><path d="M9 15h2"/>'),
  desktop: icon('<rect x="2.5" y="3.5" width="15" height="10" rx="1.5"/><path d="M7 17h6M10 13.5V17"/>'),
  light: icon(
    '<circle cx="10" cy="10" r="3.2"/><path d="M10 2.5v1.6M10 15.9v1.6M2.5 10h1.6M15.9 10h1.6M4.7 4.7l1.1 1.1M14.2 14.2l1.1 1.1M15.3 4.7l-1.1 1.1M5.8 14.2l-1.1 1.1"/>',
  ),
  dark: icon('<path d="M16.5 11.8A7 7 0 1 1 8.2 3.5a5.6 5.6 0 0 0 8.3 8.3z"/>'),
  help: icon('<path d="M7.4 7.3a2.7 2.7 0 1 1 3.9 2.4c-.8.4-1.3.9-1.3 1.8v.4M10 15v.1"/>'),
  out: icon(
    '<path d="M8 5H5.5A1.5 1.5 0 0 0 4 6.5v8A1.5 1.5 0 0 0 5.5 16h8a1.5 1.5 0 0 0 1.5-1.5V12M11.5 4H16v4.5M16 4l-6.5 6.5"/>',
  ),
  good: icon('<path d="M4 10.5l4 4 8-9"/>'),
} as const;
