import { plainly } from '../settings/setting-rows.js';
import { PortableElement } from '../ui/portable-element.js';

/**
 * Understands attributes as frameworks write them that render a property's name: HTML makes `startwithaudiomuted` of
 * `startWithAudioMuted`. Where there are both, the proper one counts.
 */
export abstract class SpellingElement extends PortableElement {
  static override get observedAttributes(): string[] {
    const names = super.observedAttributes;
    return [...names, ...names.map(plainly)];
  }

  override attributeChangedCallback(name: string, old: string | null): void {
    const { observedAttributes } = this.constructor as typeof SpellingElement;
    const proper = observedAttributes.find((each) => plainly(each) === plainly(name)) ?? name;
    super.attributeChangedCallback(
      proper,
      old,
      this.getAttribute(proper) ?? this.getAttribute(plainly(proper)),
    );
  }
}
