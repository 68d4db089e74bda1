/** `price_per_kwh` and `pricePerKwh` name the same fact; packs know it by the second. */
export function factName(column: string): string {
  return column.trim().replace(/_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The column that says who a row is about; no row goes without. */
export const identityColumn = 'externalId';
