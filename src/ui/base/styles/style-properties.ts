import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

type Properties = Readonly<Record<string, string>>;

/** Sets style properties through the CSSOM: a `style` attribute would be refused by a strict content security policy. */
class StyleProperties extends Directive {
  #last: Properties = {};

  override render(_properties: Properties): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [properties]: [Properties]): typeof noChange {
    const { style } = element as HTMLElement;
    for (const [name, value] of Object.entries(properties))
      if (this.#last[name] !== value) style.setProperty(name, value);
    this.#last = properties;
    return noChange;
  }
}

/** `html\`<div ${styleProperties({ '--_x': '3px' })}>\`` */
export const styleProperties = directive(StyleProperties);
