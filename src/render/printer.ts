/** A page ready for paper, and all that it may ask for. */
export interface PrintDocument {
  readonly html: string;
  /** What `page.css` beside the document holds. */
  readonly css: string;
  /** By the path that the document names. */
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
