/**
 * Registers an element under `name`, unless a second copy of this bundle on the page has done it already:
 * defining a name twice throws.
 */
export function element(name: string): (constructor: CustomElementConstructor) => void {
  return (constructor) => {
    if (!customElements.get(name)) customElements.define(name, constructor);
  };
}
