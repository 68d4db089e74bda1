/** What is known of the segments in storage: how large they are, when they were last used, whose film brought them. */
export interface SegmentIndex {
  /** One film is about to use these: new ones are noted as brought by it, known ones as used now. One statement. */
  use(videoKey: string, keys: readonly string[]): Promise<void>;
  /** It stands in storage. False when it was forgotten meanwhile, as its person was erased: then it may not stay there. */
  keep(key: string, sizeBytes: number): Promise<boolean>;
  /** Which of these are in storage. */
  has(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Those to drop so that the rest fits into the budget: the least recently used, as they were seen. */
  overBudget(budgetBytes: number): Promise<readonly UsedSegment[]>;
  /** Forgets those that this film brought, and says which they were. */
  forgetFilm(videoKey: string): Promise<readonly string[]>;
  /** Forgets those that nobody has used since they were seen. */
  forget(segments: readonly UsedSegment[]): Promise<void>;
}

export interface UsedSegment {
  readonly key: string;
  /** Opaque; tells whether it was used since. */
  readonly usedAt: string;
}
