import { expect, nextFrame } from '@open-wc/testing';
import { LitElement } from 'lit';
import { ElementLifetime } from '../../../src/element/host/element-lifetime.js';
import { waitUntil } from '../../harness/wait-until.js';

let log: string[] = [];

class Visitor extends LitElement {
  constructor() {
    super();
    const own = log;
    new ElementLifetime(this, {
      arrive: (signal) => {
        own.push('arrive');
        signal.addEventListener('abort', () => own.push('signal'));
      },
      leave: () => own.push('leave'),
    });
  }
}
customElements.define('test-visitor', Visitor);

let visitor: Visitor;
const arrived = ['arrive'];
const left = ['arrive', 'signal', 'leave'];
/** Whether an element moved or left is known in the next task. */
const settled = async (): Promise<void> => {
  await nextFrame();
  await nextFrame();
};

async function frame(): Promise<HTMLIFrameElement> {
  const element = document.createElement('iframe');
  const loaded = new Promise((resolve) => element.addEventListener('load', resolve, { once: true }));
  element.srcdoc = '<p>A frame';
  document.body.append(element);
  await loaded;
  return element;
}

describe('the lifetime of an element', () => {
  beforeEach(() => {
    log = [];
    visitor = new Visitor();
    document.body.append(visitor);
    expect(log).to.deep.equal(arrived);
  });
  afterEach(() => document.body.replaceChildren());

  it('goes on where the element is moved, into a frame too', async () => {
    document.body.prepend(visitor);
    (await frame()).contentDocument?.body.append(visitor);
    await settled();
    document.body.append(visitor);
    await settled();
    expect(log).to.deep.equal(arrived);
  });

  it('ends once, however often the element is removed', async () => {
    visitor.remove();
    visitor.remove();
    document.createDocumentFragment().append(visitor);
    await settled();
    expect(log).to.deep.equal(left);
  });

  it('ends with the frame that the element is in', async () => {
    const around = await frame();
    around.contentDocument?.body.append(visitor);
    await settled();
    expect(log).to.deep.equal(arrived);
    around.remove();
    await waitUntil(() => log.length > 1, 'it has left');
    expect(log).to.deep.equal(left);
  });

  it('ends where the frame shows another page', async () => {
    const around = await frame();
    around.contentDocument?.body.append(visitor);
    around.srcdoc = '<p>Another page';
    await waitUntil(() => log.length > 1, 'it has left');
    expect(log).to.deep.equal(left);
  });

  it('does not end with a frame that the element has left', async () => {
    const around = await frame();
    around.contentDocument?.body.append(visitor);
    document.body.append(visitor);
    around.remove();
    await settled();
    expect(log).to.deep.equal(arrived);
  });

  it('ends in a hidden document, and begins in none', async () => {
    document.implementation.createHTMLDocument().body.append(visitor);
    await settled();
    expect(log).to.deep.equal(left);
    document.implementation.createHTMLDocument().body.append(visitor);
    await settled();
    expect(log).to.deep.equal(left);
    document.body.append(visitor);
    expect(log).to.deep.equal([...left, 'arrive']);
  });
});
