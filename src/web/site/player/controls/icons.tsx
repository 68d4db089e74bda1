const paths = {
  play: 'M8 5.5v13l11-6.5z',
  pause: 'M7 5h3.6v14H7zM13.4 5H17v14h-3.6z',
  replay: 'M12 5V1.8L7.2 6 12 10.2V7a5.5 5.5 0 1 1-5.5 5.5h-2A7.5 7.5 0 1 0 12 5z',
  captions:
    'M4 5h16a1.5 1.5 0 0 1 1.5 1.5v11A1.5 1.5 0 0 1 20 19H4a1.5 1.5 0 0 1-1.5-1.5v-11A1.5 1.5 0 0 1 4 5zm1.5 8.2v1.8h8v-1.8zm9.8 0v1.8h3.2v-1.8zM5.5 9.4v1.8h3.2V9.4zm5 0v1.8h8V9.4z',
  sound:
    'M3.5 9.2H7L12 5v14l-5-4.2H3.5zM14.3 8.2a5 5 0 0 1 0 7.6l1.2 1.5a7 7 0 0 0 0-10.6zm2.6-3.3a9.3 9.3 0 0 1 0 14.2l1.2 1.5a11.3 11.3 0 0 0 0-17.2z',
  muted:
    'M3.5 9.2H7L12 5v14l-5-4.2H3.5zm11.2.6 1.3-1.3 2.2 2.2 2.2-2.2 1.3 1.3-2.2 2.2 2.2 2.2-1.3 1.3-2.2-2.2-2.2 2.2-1.3-1.3 2.2-2.2z',
  voice:
    'M9 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zm0 9.5c-3.7 0-7 1.7-7 4.4V20h14v-2.1c0-2.7-3.3-4.4-7-4.4zM15.3 5.4a4.6 4.6 0 0 1 0 5.2l1.5 1.2a6.6 6.6 0 0 0 0-7.6zm3-2.4a8.4 8.4 0 0 1 0 10l1.5 1.2a10.4 10.4 0 0 0 0-12.4z',
  unvoiced:
    'M9 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zm0 9.5c-3.7 0-7 1.7-7 4.4V20h14v-2.1c0-2.7-3.3-4.4-7-4.4zM15 6.8l1.3-1.3 2.2 2.2 2.2-2.2L22 6.8 19.8 9l2.2 2.2-1.3 1.3-2.2-2.2-2.2 2.2-1.3-1.3L17.2 9z',
  chapters: 'M4 6h2v2H4zm4 0h12v2H8zm-4 5h2v2H4zm4 0h12v2H8zm-4 5h2v2H4zm4 0h12v2H8z',
  keys: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 2a7 7 0 1 1 0 14 7 7 0 0 1 0-14zm-1 10.4h2v2h-2zM12 6.8c2 0 3.4 1.1 3.4 2.8 0 1.3-.8 2-1.6 2.6-.7.5-.9.8-.9 1.4v.5h-1.8v-.7c0-1.3.8-2 1.6-2.5.6-.5.8-.7.8-1.2 0-.6-.5-1.1-1.5-1.1-.9 0-1.6.5-1.8 1.4l-1.8-.5c.4-1.7 1.8-2.7 3.6-2.7z',
  grow: 'M4 4h6v2H6v4H4zm10 0h6v6h-2V6h-4zM4 14h2v4h4v2H4zm14 0h2v6h-6v-2h4z',
  shrink: 'M8 4h2v6H4V8h4zm6 0h2v4h4v2h-6zM4 14h6v6H8v-4H4zm10 0h6v2h-4v4h-2z',
  back: 'M14.7 5.3 16.1 6.7 10.8 12l5.3 5.3-1.4 1.4L8 12z',
  forth: 'M9.3 5.3 7.9 6.7 13.2 12l-5.3 5.3 1.4 1.4L16 12z',
  more: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z',
  branch: 'M13.2 5.3 19.9 12l-6.7 6.7-1.4-1.4 4.3-4.3H4v-2h12.1l-4.3-4.3z',
  home: 'M10.8 5.3 4.1 12l6.7 6.7 1.4-1.4L7.9 13H20v-2H7.9l4.3-4.3z',
} as const;

export type IconName = keyof typeof paths;

/** Point the way that words run. */
const pointing: ReadonlySet<IconName> = new Set(['chapters', 'back', 'forth', 'branch', 'home']);

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      className={pointing.has(name) ? 'dv-pointing' : undefined}
      viewBox="0 0 24 24"
      width="24"
      height="24"
      fill="currentColor"
      fillRule="evenodd"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
