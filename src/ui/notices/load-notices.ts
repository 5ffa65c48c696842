/** Downloads what tells notices; a second time it is there already. */
export function loadNotices(): Promise<unknown> {
  return import('./notice-list.js');
}
