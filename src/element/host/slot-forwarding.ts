/**
 * Passes the page's slotted children on to an inner element. A slot is passed on only while the page fills it:
 * else the inner element would not show its own content there.
 */
export function forwardSlots(host: HTMLElement, inner: HTMLElement): () => void {
  const sync = (): void => {
    const filled = new Set([...host.children].map(({ slot }) => slot).filter((name) => name !== ''));
    for (const slot of inner.querySelectorAll<HTMLSlotElement>(':scope > slot'))
      if (!filled.delete(slot.name)) slot.remove();
    for (const name of filled)
      inner.append(Object.assign(document.createElement('slot'), { name, slot: name }));
  };
  const observer = new MutationObserver(sync);
  observer.observe(host, { childList: true, subtree: true, attributes: true, attributeFilter: ['slot'] });
  sync();
  return () => observer.disconnect();
}
