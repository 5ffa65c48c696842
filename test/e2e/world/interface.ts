import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import type { CallPage } from './call-page.js';

const timeoutMs = { timeout: 30_000, polling: 50 } as const;

/** One tile as it is seen. */
export interface SeenTile {
  readonly uid: string;
  readonly source: string;
  /** grid, front, filmstrip or self-view. */
  readonly role: string;
  /** The mean colour of its picture; empty while it has none. */
  readonly colour: readonly number[];
  /** What its name label says; empty: there is none. */
  readonly label: string;
}

/** Waits until a part of the built-in interface shows, or (`false`) does not. */
export async function untilPart({ page }: CallPage, part: string, shown = true): Promise<void> {
  const selector = `cometchat-call >>> [part~="${part}"]`;
  if (shown) await page.waitForSelector(selector, { visible: true, timeout: timeoutMs.timeout });
  else await page.waitForSelector(selector, { hidden: true, timeout: timeoutMs.timeout });
}

/** Presses a part, as a user does: with a gesture. */
export async function press({ page }: CallPage, part: string): Promise<void> {
  const selector = `cometchat-call >>> [part~="${part}"]`;
  const element = await page.waitForSelector(selector, { visible: true, timeout: timeoutMs.timeout });
  await element?.click();
}

/** Presses the button that says so. */
export async function pressText({ page }: CallPage, text: string): Promise<void> {
  const element = await page.waitForSelector(`cometchat-call >>> ::-p-text(${text})`, {
    visible: true,
    timeout: timeoutMs.timeout,
  });
  await element?.click();
}

/** Waits until the interface says so somewhere, or (`false`) no longer. */
export async function untilText({ page }: CallPage, text: string, shown = true): Promise<void> {
  await page.waitForSelector(
    `cometchat-call >>> ::-p-text(${text})`,
    shown ? { visible: true, timeout: timeoutMs.timeout } : { hidden: true, timeout: timeoutMs.timeout },
  );
}

/** Changes properties of the element, as a page does during the call. */
export async function set(
  { page }: CallPage,
  properties: Readonly<Partial<Record<keyof CometChatCall, unknown>>>,
): Promise<void> {
  await page.evaluate((given) => {
    Object.assign(document.querySelector('cometchat-call') as CometChatCall, given);
  }, properties);
}

/** Sets an attribute of the element, or (`null`) removes it. */
export async function setAttribute({ page }: CallPage, name: string, value: string | null): Promise<void> {
  await page.evaluate(
    (attribute, text) => {
      const element = document.querySelector('cometchat-call');
      if (text === null) element?.removeAttribute(attribute);
      else element?.setAttribute(attribute, text);
    },
    name,
    value,
  );
}

/** Every tile on the stage. */
export async function tiles({ page }: CallPage): Promise<readonly SeenTile[]> {
  return page.evaluate(() => {
    const view = document.querySelector('cometchat-call')?.shadowRoot?.querySelector('cometchat-call-view');
    const stage = view?.shadowRoot?.querySelector('cometchat-call-stage');
    return [...(stage?.shadowRoot?.querySelectorAll('cometchat-call-tile') ?? [])].flatMap((tile) => {
      const { model, placement } = tile;
      if (!model) return [];
      const video = tile.shadowRoot?.querySelector('video');
      const colour: number[] = [];
      if (model.hasVideo && video && video.videoWidth > 0) {
        const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
        const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
        pen.drawImage(video, 0, 0, 1, 1);
        colour.push(...[...pen.getImageData(0, 0, 1, 1).data].slice(0, 3));
      }
      const label = tile.shadowRoot?.querySelector('[part~="name"]')?.textContent?.trim() ?? '';
      return [{ uid: model.participant.uid, source: model.source, role: placement, colour, label }];
    });
  });
}

/** Waits until the tiles are so, and returns them; says what they were when they never are. */
export async function untilTiles(
  page: CallPage,
  holds: (seen: readonly SeenTile[]) => boolean,
): Promise<readonly SeenTile[]> {
  const deadline = Date.now() + timeoutMs.timeout;
  for (;;) {
    const seen = await tiles(page);
    if (holds(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`The tiles are ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

/** A computed style of an element of the interface. */
export async function styleOf({ page }: CallPage, selector: string, property: string): Promise<string> {
  const element = await page.waitForSelector(`cometchat-call >>> ${selector}`, {
    timeout: timeoutMs.timeout,
  });
  return (
    (await element?.evaluate((found, name) => getComputedStyle(found).getPropertyValue(name), property)) ?? ''
  );
}

/** Waits until the style is that: what was changed has reached the screen. */
export async function untilStyle(
  { page }: CallPage,
  selector: string,
  property: string,
  wanted: string,
): Promise<void> {
  const element = await page.waitForSelector(`cometchat-call >>> ${selector}`, {
    timeout: timeoutMs.timeout,
  });
  await page.waitForFunction(
    (found, name, value) => found && getComputedStyle(found).getPropertyValue(name) === value,
    timeoutMs,
    element,
    property,
    wanted,
  );
}

export const isRed = ([red = 0, green = 0, blue = 0]: readonly number[] = []): boolean =>
  red > 140 && green < 110 && blue < 110;
export const isBlue = ([red = 0, green = 0, blue = 0]: readonly number[] = []): boolean =>
  blue > 140 && red < 110 && green < 110;
export const isGreen = ([red = 0, green = 0, blue = 0]: readonly number[] = []): boolean =>
  green > 110 && red < 110 && blue < 110;
