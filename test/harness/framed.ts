import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { element } from '../../src/ui/base/define-element.js';
import { PortableElement } from '../../src/ui/base/portable-element.js';
import { tokens } from '../../src/ui/base/styles/tokens.styles.js';

/** Stands for `<cometchat-call>` around one element of the interface: it brings the tokens. */
@element('test-frame')
export class TestFrame extends PortableElement {
  static override styles = [
    tokens,
    css`
      :host {
        overflow: hidden;
      }
    `,
  ];

  @property() theme = '';

  override render(): unknown {
    return html`<slot></slot>`;
  }
}

export interface FrameOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  readonly dir?: 'ltr' | 'rtl';
}

/** Puts an element into a frame of a size and waits until it has drawn itself into it. */
export async function framed<Content extends HTMLElement & { updateComplete: Promise<boolean> }>(
  content: Content,
  { width = 800, height = 600, theme = 'light', dir = 'ltr' }: FrameOptions = {},
): Promise<Content> {
  const frame = document.createElement('test-frame');
  frame.setAttribute('theme', theme);
  frame.dir = dir;
  frame.style.setProperty('inline-size', `${width}px`);
  frame.style.setProperty('block-size', `${height}px`);
  frame.append(content);
  document.body.append(frame);
  await content.updateComplete;
  await nextFrame();
  await content.updateComplete;
  return content;
}

/** Takes every frame away again. */
export function unframe(): void {
  for (const frame of document.querySelectorAll('test-frame')) frame.remove();
}

/** Sizes are observed, and what depends on them is drawn, within two frames. */
export async function nextFrame(): Promise<void> {
  for (let frame = 0; frame < 2; frame++)
    await new Promise<void>((done) => requestAnimationFrame(() => done()));
}

/** Brings every fade and slide to its end, in every shadow tree: colours half-way there say nothing about contrast. */
export function endMotion(root: Document | ShadowRoot | Element = document): void {
  for (const inside of root.querySelectorAll('*')) {
    for (const animation of inside.getAnimations())
      if (Number.isFinite(Number(animation.effect?.getComputedTiming().endTime))) animation.finish();
    if (inside.shadowRoot) endMotion(inside.shadowRoot);
  }
}
