/** Which of `count` things gets the focus for a key: arrows go round, Home and End to the ends; `null`: not our key. */
export function nextIndex(
  key: string,
  current: number,
  count: number,
  { backward, forward }: { readonly backward: string; readonly forward: string },
): number | null {
  if (count === 0) return null;
  if (key === forward) return (current + 1) % count;
  if (key === backward) return (current - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}

/** The arrow keys of a row: in a right-to-left text they change sides. */
export function rowKeys(element: Element): { readonly backward: string; readonly forward: string } {
  return element.matches(':dir(rtl)')
    ? { backward: 'ArrowRight', forward: 'ArrowLeft' }
    : { backward: 'ArrowLeft', forward: 'ArrowRight' };
}

export const columnKeys = { backward: 'ArrowUp', forward: 'ArrowDown' } as const;
