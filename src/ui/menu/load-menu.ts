/**
 * Loads the menu element; to be called when a menu may soon be wanted. Its place can be opened before it is there, and it
 * fills itself when it comes.
 */
export function loadMenu(): void {
  import('./menu.js').catch(() => {
    // Without a network a menu stays shut; the next press tries again.
  });
}
