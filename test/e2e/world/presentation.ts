import { createCallToken } from '../../../src/server/auth/call-tokens.js';
import type { CallPage } from './call-page.js';
import { nameOf, secret, type BrowserName, type CallWorld } from './call-world.js';

declare global {
  interface Window {
    /** How often camera or microphone were asked for. */
    asked: number;
  }
}

/** Counts what would ask the user for permission. */
function countRequests(): void {
  window.asked = 0;
  const devices = MediaDevices.prototype;
  for (const method of ['getUserMedia', 'getDisplayMedia'] as const) {
    const original = devices[method];
    devices[method] = function (this: MediaDevices, constraints) {
      window.asked++;
      return original.call(this, constraints);
    };
  }
}

/** A page that does not read in its token that it may only watch. */
function overlookRole(): void {
  const parse = JSON.parse.bind(JSON);
  JSON.parse = ((text: string, reviver?: Parameters<typeof JSON.parse>[1]) => {
    const value = parse(text, reviver) as { data?: { user?: { role?: string } } } | null;
    if (value?.data?.user?.role === 'viewer') delete value.data.user.role;
    return value;
  }) as typeof JSON.parse;
}

/** The token of a user who may only watch. */
export function viewerToken(uid: string, sessionId: string): Promise<string> {
  return createCallToken({ secret, sessionId, user: { uid, name: nameOf(uid), role: 'viewer' } });
}

export async function viewer(
  world: CallWorld,
  uid: string,
  sessionId: string,
  browser: BrowserName = 'chromium',
): Promise<CallPage> {
  const page = await world.page(browser, { before: countRequests, profile: 'audience' });
  await page.join({ token: await viewerToken(uid, sessionId) });
  return page;
}

/** A viewer whose page sends all the same: it believes that it may, and turns on what the server has turned off. */
export async function intruder(world: CallWorld, uid: string, sessionId: string): Promise<CallPage> {
  const page = await world.page('chromium', { before: overlookRole });
  await page.join({ token: await viewerToken(uid, sessionId) });
  await page.untilState('active');
  await page.call('muteAudio', false);
  await page.call('pauseVideo', false);
  await page.untilLiveTracks(2);
  return page;
}

export const presenter = (world: CallWorld, uid: string, sessionId: string): Promise<CallPage> =>
  world.caller(uid, sessionId, { attributes: { presentation: 'presenter' } });

/** What a page has asked the user for, and sent. */
export async function given({ page }: CallPage): Promise<{ readonly asked: number; readonly sent: number }> {
  return page.evaluate(async () => {
    let sent = 0;
    for (const connection of window.observed.connections) {
      if (connection.connectionState === 'closed') continue;
      (await connection.getStats()).forEach((report: RTCOutboundRtpStreamStats) => {
        if (report.type === 'outbound-rtp') sent += report.bytesSent ?? 0;
      });
    }
    return { asked: window.asked, sent };
  });
}

/** How many others a page plays. */
export async function voices({ page }: CallPage): Promise<number> {
  return page.evaluate(() => {
    const view = document.querySelector('cometchat-call')?.shadowRoot?.querySelector('cometchat-call-view');
    const sound = view?.shadowRoot?.querySelector('cometchat-call-sound');
    return sound?.shadowRoot?.querySelectorAll('audio').length ?? 0;
  });
}
