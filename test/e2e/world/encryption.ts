import type { CallPage } from './call-page.js';

/** What a page receives and sends of all media, summed over its connections. */
export interface MediaTotals {
  readonly bytesReceived: { readonly audio: number; readonly video: number };
  readonly bytesSent: number;
  readonly framesDecoded: number;
  /** Of the decoded sound. */
  readonly energy: number;
}

export async function mediaTotals({ page }: CallPage): Promise<MediaTotals> {
  return page.evaluate(async () => {
    const totals = { bytesReceived: { audio: 0, video: 0 }, bytesSent: 0, framesDecoded: 0, energy: 0 };
    for (const connection of window.observed.connections) {
      if (connection.connectionState === 'closed') continue;
      (await connection.getStats()).forEach(
        (
          report: RTCInboundRtpStreamStats & RTCOutboundRtpStreamStats & { readonly kind: 'audio' | 'video' },
        ) => {
          if (report.type === ('outbound-rtp' as string)) totals.bytesSent += report.bytesSent ?? 0;
          if (report.type !== 'inbound-rtp') return;
          totals.bytesReceived[report.kind] += report.bytesReceived ?? 0;
          totals.framesDecoded += report.framesDecoded ?? 0;
          totals.energy += report.totalAudioEnergy ?? 0;
        },
      );
    }
    return totals;
  });
}

/** Waits until that much encrypted media has reached a page: some seconds of sound, and several pictures. */
export async function untilBytesReceived(
  call: CallPage,
  wanted = { audio: 8000, video: 40_000 },
): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const { bytesReceived } = await mediaTotals(call);
    if (bytesReceived.audio >= wanted.audio && bytesReceived.video >= wanted.video) return;
    if (Date.now() > deadline) throw new Error(`Received only ${JSON.stringify(bytesReceived)}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Whether the lock of an encrypted call is shown. */
export async function isLockShown({ page }: CallPage): Promise<boolean> {
  return page.evaluate(() => {
    const view = document.querySelector('cometchat-call')?.shadowRoot?.querySelector('cometchat-call-view');
    const badge = view?.shadowRoot?.querySelector('cometchat-call-encryption');
    return !!badge?.shadowRoot?.querySelector('[role="img"]')?.checkVisibility();
  });
}

/** The code behind the lock, as it is drawn; `undefined` while there is no lock. */
export async function shownCode({ page }: CallPage): Promise<string | undefined> {
  return page.evaluate(() => {
    const view = document.querySelector('cometchat-call')?.shadowRoot?.querySelector('cometchat-call-view');
    const badge = view?.shadowRoot?.querySelector('cometchat-call-encryption');
    badge?.shadowRoot?.querySelector('summary')?.parentElement?.setAttribute('open', '');
    const code = badge?.shadowRoot?.querySelector('code');
    return code?.checkVisibility() ? code.textContent.trim() : undefined;
  });
}

/** Waits until all pages show one code that is not `before`, and gives it. */
export async function untilSameCode(pages: readonly CallPage[], before?: string): Promise<string> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const codes = await Promise.all(pages.map(shownCode));
    const [code] = codes;
    if (code !== undefined && code !== before && codes.every((each) => each === code)) return code;
    if (Date.now() > deadline) throw new Error(`The codes are ${codes.join(' / ')}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The numbers of the secrets under which the worker of a page has encrypted frames, in the order in which that began. */
export async function secretsInUse({ page }: CallPage): Promise<readonly number[]> {
  return page.evaluate(() => window.observed.secrets);
}

/** Waits until the page encrypts under another secret than those. */
export async function untilOtherSecret(call: CallPage, before: readonly number[]): Promise<void> {
  await call.page.waitForFunction(
    (known) => window.observed.secrets.some((each) => !known.includes(each)),
    { timeout: 30_000, polling: 50 },
    before,
  );
}

/** Sets the key as applications do. */
export async function setKey({ page }: CallPage, key: string): Promise<void> {
  await page.evaluate((value) => {
    const element = document.querySelector('cometchat-call');
    if (element) element.encryptionKey = value;
  }, key);
}

/** Waits for an error with the code, and gives its message and details. */
export async function untilError(
  { page }: CallPage,
  code: string,
): Promise<{ readonly message: string; readonly details: unknown }> {
  const found = await page.waitForFunction(
    (wanted) =>
      window.observed.events.find(
        ({ name, detail }) => name === 'onError' && (detail as { readonly code: string }).code === wanted,
      ),
    { timeout: 30_000, polling: 50 },
    code,
  );
  return ((await found.jsonValue()) as unknown as { detail: { message: string; details: unknown } }).detail;
}
