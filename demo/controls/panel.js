/** Makes `button` open and close `panel`; the call takes the place of a closed panel. */
export function collapsible(button, panel, { startsClosed = false } = {}) {
  const set = (open) => {
    panel.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
  };
  button.addEventListener('click', () => set(panel.hidden));
  set(!startsClosed);
}
