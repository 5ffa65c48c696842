import { spellingsOf } from '../../settings/setting-rows.js';
import { PortableElement } from '../../ui/base/portable-element.js';

/**
 * Understands attributes as frameworks write them that render a property's name (HTML makes `startwithaudiomuted` of
 * `startWithAudioMuted`), and by the names that people know from elsewhere. Where there are both, the proper one counts.
 */
export abstract class SpellingElement extends PortableElement {
  static override get observedAttributes(): string[] {
    return [...new Set(super.observedAttributes.flatMap(spellingsOf))];
  }

  override attributeChangedCallback(name: string, old: string | null): void {
    const { observedAttributes } = this.constructor as typeof SpellingElement;
    const proper = observedAttributes.find((each) => spellingsOf(each).includes(name)) ?? name;
    const written = spellingsOf(proper).find((each) => this.hasAttribute(each)) ?? proper;
    super.attributeChangedCallback(proper, old, this.getAttribute(written));
  }
}
