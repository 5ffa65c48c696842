/* eslint wc/no-closed-shadow-root: 'off' -- editors of pages have them */
import { expect } from '@open-wc/testing';
import { isTyping } from '../../../src/element/host/typing.js';

/** A host of its own stands for the call. */
class Call extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).innerHTML =
      '<button>Mute</button><input><dialog open><button id="own">Close</button></dialog>';
  }
}
customElements.define('typing-call', Call);
customElements.define(
  'closed-editor',
  class extends HTMLElement {
    readonly field = document.createElement('input');
    constructor() {
      super();
      this.attachShadow({ mode: 'closed' }).append(this.field);
    }
  },
);
customElements.define(
  'open-editor',
  class extends HTMLElement {
    constructor() {
      super();
      this.attachShadow({ mode: 'open' }).innerHTML = '<input id="in"><button id="press">x</button>';
    }
  },
);

let place: HTMLElement;
beforeEach(() => {
  place = document.createElement('div');
  document.body.append(place);
});
afterEach(() => {
  place.remove();
  document.designMode = 'off';
});

/** Whether a key pressed at `target` is typing, as heard by the document. */
function typed(target: EventTarget, options: KeyboardEventInit = {}): boolean {
  const host = place.querySelector('typing-call') as HTMLElement;
  let found: boolean | undefined;
  const onKey = (event: KeyboardEvent): void => void (found = isTyping(event, host));
  document.addEventListener('keydown', onKey, { once: true });
  target.dispatchEvent(new KeyboardEvent('keydown', { key: 'm', bubbles: true, composed: true, ...options }));
  if (found === undefined) throw new Error('The key did not arrive.');
  return found;
}
const at = (markup: string, selector: string): Element => {
  place.innerHTML = `${markup}${markup.includes('typing-call') ? '' : '<typing-call></typing-call>'}`;
  const [outer = '', inner] = selector.split(' >>> ');
  const found = place.querySelector(outer) as Element;
  return inner ? (found.shadowRoot?.querySelector(inner) as Element) : found;
};

describe('keys that are typed', () => {
  for (const [markup, selector] of [
    ['<input>', 'input'],
    ['<input type="date">', 'input'],
    ['<input type="range">', 'input'],
    ['<textarea></textarea>', 'textarea'],
    ['<select><option>a</option></select>', 'select'],
    ['<div contenteditable>a</div>', 'div'],
    ['<div contenteditable="plaintext-only">a</div>', 'div'],
    ['<div contenteditable><p><b>a</b></p></div>', 'b'],
    ['<div contenteditable><div contenteditable="false"><i contenteditable="true">a</i></div></div>', 'i'],
    ['<div contenteditable><svg><circle /></svg></div>', 'circle'],
    ...['textbox', 'searchbox', 'combobox', 'listbox', 'menu', 'tree', 'grid', 'spinbutton', 'slider'].map(
      (role) => [`<div role="${role}" tabindex="0"><span tabindex="0">a</span></div>`, 'span'] as const,
    ),
    ['<div role="none Textbox" tabindex="0"></div>', 'div'],
    ['<ul tabindex="0" aria-activedescendant="a"><li id="a">a</li></ul>', 'ul'],
    ['<open-editor></open-editor>', 'open-editor >>> #in'],
    ['<closed-editor></closed-editor>', 'closed-editor'],
    ['<typing-call></typing-call>', 'typing-call >>> input'],
    ['<typing-call></typing-call>', 'typing-call >>> #own'],
  ] as const)
    it(`at ${selector} in ${markup}`, () => expect(typed(at(markup, selector))).to.equal(true));

  it('in a closed shadow tree of an element that has no name of its own', () => {
    const host = at('<section></section>', 'section');
    const field = document.createElement('input');
    host.attachShadow({ mode: 'closed' }).append(field);
    field.focus();
    expect(document.activeElement).to.equal(host);
    expect(typed(field)).to.equal(true);
  });

  it('in a document that is edited as a whole', () => {
    at('', 'typing-call');
    document.designMode = 'on';
    expect(typed(document.body)).to.equal(true);
  });

  it('with an EditContext', function () {
    const { EditContext } = window as { EditContext?: new () => object };
    if (!EditContext) return this.skip();
    const canvas = at('<canvas tabindex="0"></canvas>', 'canvas');
    Object.assign(canvas, { editContext: new EditContext() });
    expect(typed(canvas)).to.equal(true);
  });

  for (const options of [
    { ctrlKey: true },
    { metaKey: true },
    { altKey: true },
    { modifierAltGraph: true },
    { isComposing: true },
    { keyCode: 229 },
    { key: 'Process' },
  ])
    it(`as part of a shortcut or of an input method: ${JSON.stringify(options)}`, () =>
      expect(typed(at('', 'typing-call'), options)).to.equal(true));
});

describe('keys that are for the call', () => {
  for (const [markup, selector] of [
    ['', 'typing-call'],
    ['', 'typing-call >>> button'],
    ['<dialog open><typing-call></typing-call></dialog>', 'typing-call >>> button'],
    ['<dialog open><button>a</button></dialog>', 'button'],
    [
      '<div contenteditable>a<div contenteditable="false"><typing-call></typing-call></div></div>',
      'typing-call',
    ],
    ['<div contenteditable>a<div contenteditable="FALSE"><button>a</button></div></div>', 'button'],
    ['<div contenteditable role="textbox"><p contenteditable="false"><button>a</button></p></div>', 'button'],
    [
      '<div role="grid"><div role="gridcell"><typing-call></typing-call></div></div>',
      'typing-call >>> button',
    ],
    ['<button>a</button>', 'button'],
    ['<a href="#">a</a>', 'a'],
    ['<input type="checkbox">', 'input'],
    ['<input type="BUTTON">', 'input'],
    ['<div contenteditable="false" tabindex="0">a</div>', 'div'],
    ['<div tabindex="0">a</div>', 'div'],
    ['<open-editor></open-editor>', 'open-editor >>> #press'],
  ] as const)
    it(`at ${selector} in ${markup || 'the page'}`, () => {
      const target = at(markup, selector);
      (target as HTMLElement).focus();
      expect(typed(target)).to.equal(false);
    });

  it('with nothing focused', () => {
    at('', 'typing-call');
    expect(typed(document.body)).to.equal(false);
    expect(typed(document)).to.equal(false);
  });
});
