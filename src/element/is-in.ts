/** Like `closest`, through the shadow trees around. */
export function isIn(element: Element, selector: string): boolean {
  if (element.closest(selector)) return true;
  const root = element.getRootNode();
  return root instanceof ShadowRoot && isIn(root.host, selector);
}
