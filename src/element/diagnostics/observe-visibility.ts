/** Whether an element may be visible: its page is shown, and it intersects the viewport. */
export function isVisible(element: Element): boolean {
  const { hidden, defaultView } = element.ownerDocument;
  const { top, bottom, left, right, width } = element.getBoundingClientRect();
  const { innerHeight = 0, innerWidth = 0 } = defaultView ?? {};
  return !hidden && width > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
}
