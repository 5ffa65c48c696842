/**
 * Registers an element under `name`, unless a second copy of this bundle on the page has done it already:
 * defining a name twice throws.
 */
export function element(name: string): (constructor: CustomElementConstructor) => void {
  return (constructor) => void register(name, constructor);
}

/** The class that the page has under `name`: `constructor`, or that of the copy of this bundle that came first. */
export function register<Constructor extends CustomElementConstructor>(
  name: string,
  constructor: Constructor,
): Constructor {
  if (!customElements.get(name)) customElements.define(name, constructor);
  return customElements.get(name) as Constructor;
}
