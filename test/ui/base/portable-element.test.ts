import { css, html } from 'lit';
import { expect } from '@open-wc/testing';
import { element } from '../../../src/ui/base/define-element.js';
import { PortableElement } from '../../../src/ui/base/portable-element.js';

@element('test-inner')
class Inner extends PortableElement {
  static override styles = css`
    :host {
      display: block;
      inline-size: 40px;
    }
  `;
}

@element('test-outer')
class Outer extends PortableElement {
  static override styles = [
    css`
      :host {
        display: block;
        inline-size: 120px;
      }
    `,
    css`
      p {
        color: rgb(1, 2, 3);
      }
    `,
  ];

  static override properties = { more: { type: Boolean } };
  declare more: boolean;
  disconnections = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.disconnections += 1;
  }

  override render(): unknown {
    return html`<p>text</p>
      ${this.more ? html`<test-inner></test-inner>` : ''}`;
  }

  mark(on: boolean): void {
    this.setCustomState('marked', on);
  }
}

const widthOf = (one: Element): string => getComputedStyle(one).inlineSize;

describe('PortableElement', () => {
  let frame: HTMLIFrameElement;
  let outer: Outer;

  beforeEach(async () => {
    frame = document.createElement('iframe');
    document.body.append(frame);
    outer = document.createElement('test-outer') as Outer;
    document.body.append(outer);
    await outer.updateComplete;
  });

  afterEach(() => {
    outer.remove();
    frame.remove();
  });

  it('waits in a template, whose document has no window, and keeps its styles on the way back', () => {
    const thrown: string[] = [];
    const note = (event: ErrorEvent): void => {
      thrown.push(event.message);
      event.preventDefault();
    };
    addEventListener('error', note);
    document.createElement('template').content.append(outer);
    document.body.append(outer);
    removeEventListener('error', note);
    expect(thrown).to.eql([]);
    expect(widthOf(outer)).to.equal('120px');
  });

  it('keeps its styles in another document, and on the way back', () => {
    frame.contentDocument!.body.append(outer);
    expect(widthOf(outer)).to.equal('120px');
    expect(getComputedStyle(outer.renderRoot.querySelector('p')!).color).to.equal('rgb(1, 2, 3)');
    document.body.append(outer);
    expect(widthOf(outer)).to.equal('120px');
  });

  it('makes styled elements while it is in another document', async () => {
    frame.contentDocument!.body.append(outer);
    outer.more = true;
    await outer.updateComplete;
    const inner = outer.renderRoot.querySelector('test-inner')!;
    await (inner as Inner).updateComplete;
    expect(widthOf(inner)).to.equal('40px');
    document.body.append(outer);
    expect(widthOf(inner)).to.equal('40px');
  });

  it('uses one sheet for all elements of a class', async () => {
    const other = document.createElement('test-outer') as Outer;
    document.body.append(other);
    await other.updateComplete;
    expect(other.shadowRoot!.adoptedStyleSheets).to.eql(outer.shadowRoot!.adoptedStyleSheets);
    other.remove();
  });

  it('is not disconnected by moveBefore', function () {
    if (!('moveBefore' in document.body)) this.skip();
    const shelf = document.createElement('div');
    document.body.append(shelf);
    (shelf as unknown as { moveBefore(node: Node, before: Node | null): void }).moveBefore(outer, null);
    expect(outer.disconnections).to.equal(0);
    shelf.remove();
  });

  it('shows its states to style sheets', () => {
    outer.mark(true);
    expect(outer.matches(':state(marked)')).to.be.true;
    outer.mark(false);
    expect(outer.matches(':state(marked)')).to.be.false;
  });
});
