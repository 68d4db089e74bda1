/** Where a document's style comes in. */
export const pageStyle = '<link rel="stylesheet" href="page.css">';

/** A page ready for paper, and all that it may ask for. */
export interface PrintDocument {
  /** Holds `pageStyle` in its head. */
  readonly html: string;
  /** What stands behind `pageStyle`. */
  readonly css: string;
  /** Pictures, by the `src` that the document names. */
  readonly files: ReadonlyMap<string, { readonly bytes: Uint8Array; readonly type: string }>;
}

/** Makes PDFs: tagged, with language, title and a bookmark for each heading. */
export interface Printer {
  /**
   * Waits for its turn. A signal that comes before it takes the document back; one that comes later does nothing.
   * @throws DearlyError `render-failed`, `browser-unavailable`
   */
  print(document: PrintDocument, signal?: AbortSignal): Promise<Uint8Array>;
  /** Ends the browser, if one was started. */
  close(): Promise<void>;
}
