import assert from 'node:assert/strict';
import type { CallPage } from './call-page.js';

export const patient = { timeout: 30_000, polling: 50 };

export const untilTalking = (pages: readonly CallPage[]): Promise<unknown> =>
  Promise.all(pages.map((each) => each.untilReceiving({ video: 1, audio: 1 })));

export const click = ({ page }: CallPage, selector: string): Promise<void> =>
  page.evaluate((wanted) => document.querySelector<HTMLElement>(wanted)?.click(), selector);

export const untilText = ({ page }: CallPage, selector: string, text: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted, part) => document.querySelector(wanted)?.textContent.includes(part),
    patient,
    selector,
    text,
  );

export const untilParticipants = ({ page }: CallPage, count: number): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => document.querySelector('cometchat-call')?.participants.length === wanted,
    patient,
    count,
  );

export const untilTheme = ({ page }: CallPage, theme: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => document.querySelector('cometchat-call')?.theme === wanted,
    patient,
    theme,
  );

/** The attribute and the property that each example sets, and whether its slotted element is drawn. */
export const appliedSettings = ({ page }: CallPage): Promise<unknown> =>
  page.evaluate(() => {
    const call = document.querySelector('cometchat-call');
    return {
      recording: call?.showRecordingButton,
      screen: call?.showScreenShareButton,
      slotted: (call?.querySelector('[slot]')?.getBoundingClientRect().width ?? 0) > 0,
    };
  });

export const untilNoErrors = async (pages: readonly CallPage[]): Promise<void> => {
  for (const page of pages) assert.deepEqual(await page.errors(), []);
};

export interface Floating {
  readonly documentPictureInPicture: { readonly window: Window | null };
}

/** With the click that browsers ask for, beside what the framework draws. */
export const float = async (ada: CallPage): Promise<void> => {
  await ada.page.evaluate(() => {
    const button = Object.assign(document.createElement('button'), { id: 'float', textContent: 'Float' });
    button.addEventListener('click', () => document.querySelector('cometchat-call')?.enterPictureInPicture());
    document.body.prepend(button);
  });
  await ada.page.click('#float');
  await ada.untilState('pip');
};
