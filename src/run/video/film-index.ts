/** What is known of the files that films have left in storage: how large they are, when they were last used, who brought them. */
export interface FilmIndex {
  /** Somebody is about to use these: new ones are noted as brought by `owner`, known ones as used now. One statement. */
  use(owner: string, keys: readonly string[]): Promise<void>;
  /** It stands in storage. False when it was forgotten meanwhile, as its person was erased: then it may not stay there. */
  keep(key: string, sizeBytes: number): Promise<boolean>;
  /** It is fetched now. */
  touch(key: string): Promise<void>;
  /** Which of these are in storage. */
  has(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Those to drop so that the rest fits into the budget: the least recently used, as they were seen. Scenes may go at any time, whoever
   * misses one draws it again; what is served in many ranges stays until nobody has fetched it for a while.
   */
  overBudget(budgetBytes: number): Promise<readonly UsedFile[]>;
  /** Forgets those that this one brought, itself not among them, and says which they were. */
  forgetOwner(owner: string): Promise<readonly string[]>;
  /**
   * Drops those that nobody has used since they were seen, a few at a time. Whoever asks for one of them meanwhile waits, and then
   * finds neither row nor file.
   */
  drop(files: readonly UsedFile[], remove: (key: string) => Promise<void>): Promise<void>;
}

export interface UsedFile {
  readonly key: string;
  /** Opaque; tells whether it was used since. */
  readonly usedAt: string;
}
