/** Something worth counting was done. Who counts (count-page.ts, with consent) listens for `dearly:note`; without one nothing happens. */
export interface Note {
  readonly kind: 'video-start' | 'video-progress' | 'video-chapter' | 'interaction' | 'form-start';
  readonly data: Readonly<Record<string, string | number>>;
}

export function note(kind: Note['kind'], data: Note['data']): void {
  document.dispatchEvent(new CustomEvent<Note>('dearly:note', { detail: { kind, data } }));
}

declare global {
  interface DocumentEventMap {
    'dearly:note': CustomEvent<Note>;
  }
}
