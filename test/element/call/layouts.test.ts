import { expect } from '@open-wc/testing';
import '../../../src/index.js';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import { tokens } from '../../../src/ui/base/styles/tokens.styles.js';

/** The element with the styles it has in a call: those of the interface come with its code. */
function laidOut(markup: string): CometChatCall {
  const place = document.createElement('div');
  place.style.width = '900px';
  document.body.append(place);
  place.innerHTML = markup.replace('CALL', '<cometchat-call></cometchat-call>');
  place.querySelector('dialog')?.showModal();
  place.querySelector<HTMLElement>('[popover]')?.showPopover();
  return place.querySelector('cometchat-call') as CometChatCall;
}

const root = document.documentElement;

afterEach(() => {
  root.removeAttribute('style');
  document.body.replaceChildren();
});

for (const [when, prepare] of [
  ['before it joins', (): void => undefined],
  ['in a call', (call: CometChatCall) => Reflect.get(call, 'adoptStyle').call(call, tokens)],
] as const)
  describe(`<cometchat-call> ${when}`, () => {
    for (const markup of [
      'CALL',
      '<dialog>CALL</dialog>',
      '<dialog style="height: 400px">CALL</dialog>',
      '<div popover>CALL</div>',
      '<div style="display: flex">CALL<aside style="flex: 1">chat</aside></div>',
      '<div style="display: flex">CALL<aside style="width: 100%">chat</aside></div>',
      '<div style="display: flex; align-items: center; flex-direction: column">CALL</div>',
      '<div style="display: inline-flex">CALL</div>',
      '<div style="display: grid; grid-template-columns: auto 1fr">CALL<aside>chat</aside></div>',
      '<div style="display: grid; grid-template-columns: max-content 1fr">CALL<aside>chat</aside></div>',
      '<div style="display: grid; place-items: center">CALL</div>',
      '<div style="position: absolute">CALL</div>',
      '<div style="width: fit-content">CALL</div>',
      '<div style="width: min-content">CALL</div>',
      '<div style="float: left">CALL</div>',
      '<div style="display: inline-block">CALL</div>',
      '<span>CALL</span>',
      '<table><tr><td>CALL</td><td>chat</td></tr></table>',
      '<div style="width: fit-content"><div style="display: contents">CALL</div></div>',
      '<div style="contain: content">CALL</div>',
      '<div style="aspect-ratio: 16 / 9; width: fit-content">CALL</div>',
      '<div style="min-height: 400px">CALL</div>',
    ])
      for (const fontSize of ['100%', '62.5%'])
        it(`has room in ${markup}, text ${fontSize}`, () => {
          root.style.fontSize = fontSize;
          const call = laidOut(markup);
          prepare(call);
          const { width, height } = call.getBoundingClientRect();
          expect(width, 'width').to.be.at.least(300);
          expect(height, 'height').to.be.at.least(200);
          expect(width, 'width').to.be.at.most(900);
        });

    for (const style of ['width: 200px; height: 100px', 'inline-size: 200px; block-size: 100px'])
      it(`has the size that the page gives it: ${style}`, () => {
        for (const display of ['block', 'flex', 'grid']) {
          const call = laidOut(`<div style="display: ${display}">CALL</div>`);
          call.setAttribute('style', style);
          prepare(call);
          const { width, height } = call.getBoundingClientRect();
          expect([width, height], display).to.deep.equal([200, 100]);
        }
      });

    for (const markup of [
      '<div style="width: 250px">CALL</div>',
      '<div style="width: 250px; display: flex; flex-direction: column">CALL</div>',
      '<div style="width: 250px; height: 150px; display: flex; flex-direction: column">CALL</div>',
    ])
      it(`stays within ${markup}`, () => {
        const call = laidOut(markup);
        prepare(call);
        expect(call.getBoundingClientRect().width).to.equal(250);
      });

    for (const style of ['border: 5px solid', 'padding: 5px', 'margin: 0 10px'])
      it(`stays within its frame with ${style}`, () => {
        const call = laidOut('<div style="width: 500px; height: 400px">CALL</div>');
        call.setAttribute('style', style);
        prepare(call);
        const frame = (call.parentElement as HTMLElement).getBoundingClientRect();
        const { right, bottom } = call.getBoundingClientRect();
        expect(right).to.be.at.most(frame.right);
        expect(bottom).to.be.at.most(frame.bottom);
      });
  });
