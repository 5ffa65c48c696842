/**
 * Browsers that know `command` and `commandfor` need none of this. For those that do not yet, a click dispatches the
 * same event.
 */
export function obeyCommands(root) {
  if ('commandForElement' in HTMLButtonElement.prototype) return;
  root.addEventListener('click', ({ target }) => {
    const button = target.closest?.('button[command][commandfor]');
    if (!button) return;
    const event = new Event('command');
    Object.assign(event, { command: button.getAttribute('command'), source: button });
    document.getElementById(button.getAttribute('commandfor'))?.dispatchEvent(event);
  });
}
