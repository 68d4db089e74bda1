import Big from 'big.js';

/**
 * An exact decimal, such as `1234.50`: money is added as it was told, in as many digits as it has. Without an exponent, so
 * that every reader of JSON and CSV takes it.
 */
export type Amount = string;

export function sumOf(amounts: readonly Amount[]): Amount {
  return plain(amounts.reduce((sum, it) => sum.plus(it), new Big(0)));
}

export function times(amount: Amount | number, count: number): Amount {
  return plain(new Big(amount).times(count));
}

export function minus(one: Amount, other: Amount): Amount {
  return plain(new Big(one).minus(other));
}

/** Of one of so many, to six digits behind the point, halves away from zero; null where there is nobody. */
export function shareOf(amount: Amount, count: Amount | number): Amount | null {
  if (new Big(count).eq(0)) return null;
  // The quotient first gets more digits than are kept, so that it is rounded once as good as exactly.
  const precise = Big();
  precise.DP = 40;
  return plain(precise(amount).div(count).round(6, Big.roundHalfUp));
}

/** For statistics, which are no exact figures anyway. */
export function asNumber(amount: Amount): number {
  return Number(amount);
}

/** What a statistic says, as an amount: six digits. */
export function asAmount(value: number): Amount {
  return plain(new Big(value).round(6, Big.roundHalfUp));
}

function plain(value: Big): Amount {
  return value.toFixed();
}
