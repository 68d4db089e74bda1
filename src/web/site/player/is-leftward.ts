/** Whether what stands there is read from right to left; time runs with the words. */
export function isLeftward(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}
