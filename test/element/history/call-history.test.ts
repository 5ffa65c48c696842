import { expect, fixture, fixtureCleanup } from '@open-wc/testing';
import type { PastCall } from '../../../src/domain/history/past-call.js';
import { CometChatCallHistory } from '../../../src/element/history/cometchat-call-history.js';
import { register } from '../../../src/ui/base/define-element.js';
import { bobsToken, callJson, FakeHistoryServer, variedCalls } from '../../fakes/ui/past-calls.js';
import { waitUntil } from '../../harness/wait-until.js';

register('cometchat-call-history', CometChatCallHistory);

let server: FakeHistoryServer;
afterEach(() => {
  server.restore();
  fixtureCleanup();
});

async function historyOf(
  answer: FakeHistoryServer['answer'],
  attributes: Readonly<Record<string, string>> = {},
): Promise<CometChatCallHistory> {
  server = new FakeHistoryServer(answer);
  const element = document.createElement('cometchat-call-history') as CometChatCallHistory;
  for (const [name, value] of Object.entries({ token: bobsToken, ...attributes }))
    element.setAttribute(name, value);
  element.style.maxBlockSize = '20rem';
  await fixture(element);
  await waitUntil(
    () => partsOf(element, 'list')[0]?.getAttribute('aria-busy') === 'false',
    'the calls are there',
  );
  return element;
}

const partsOf = (element: CometChatCallHistory, part: string): HTMLElement[] => [
  ...element.renderRoot.querySelectorAll<HTMLElement>(`[part~=${part}]`),
];
const textsOf = (element: CometChatCallHistory, part: string) =>
  partsOf(element, part).map(({ textContent }) => textContent?.replaceAll(/\s+/g, ' ').trim());
const varied = () => ({ body: { data: variedCalls(), meta: { cursor: { next: null } } } });

describe('<cometchat-call-history>', () => {
  it('fails with a way to try again where a page of a proxy answers in place of the server', async () => {
    const errors: string[] = [];
    const listen = ({ detail }: CustomEvent<{ code: string }>): void => void errors.push(detail.code);
    document.addEventListener('cometchat-call-history-error', listen);
    try {
      const element = await historyOf(() => ({ status: 502, body: null as unknown as object }));
      expect(errors).to.deep.equal(['SERVER_UNREACHABLE']);
      server.answer = varied;
      partsOf(element, 'retry')[0]?.click();
      await waitUntil(() => partsOf(element, 'call').length > 0, 'the calls are there');
    } finally {
      document.removeEventListener('cometchat-call-history-error', listen);
    }
  });

  it('says what is wrong with its token, as the server names it', async () => {
    const errors: { readonly code: string; readonly message: string }[] = [];
    const listen = ({ detail }: CustomEvent<{ code: string; message: string }>): void =>
      void errors.push({ code: detail.code, message: detail.message });
    document.addEventListener('cometchat-call-history-error', listen);
    try {
      const details = { code: 'TOKEN_EXPIRED', message: 'It expired at noon.' };
      const error = { code: 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND', message: 'Not valid here.', details };
      await historyOf(() => ({ status: 401, body: { error } }));
      expect(errors).to.deep.equal([details]);
    } finally {
      document.removeEventListener('cometchat-call-history-error', listen);
    }
  });

  it('shows for each call with whom it was and what became of it', async () => {
    const element = await historyOf(varied);
    expect(textsOf(element, 'name').slice(0, 4)).to.deep.equal([
      ...['Ada Lovelace', 'Ada Lovelace', 'Ada Lovelace', 'Grace Hopper'],
    ]);
    expect(textsOf(element, 'line')).to.deep.equal([
      'In progress1:30',
      'Missed call',
      'Incoming video call1:02:03',
      'Outgoing voice call0:42',
      'Busy',
      'No answer',
      'Declined',
      'Cancelled',
      'Incoming video call1:30',
    ]);
    expect(textsOf(element, 'name').at(-1)).to.equal('Stand-up');
    expect(server.asked[0]?.searchParams.get('limit')).to.equal('30');
  });

  it('shows missed calls in red', async () => {
    const element = await historyOf(varied, { theme: 'light' });
    const [missed] = element.renderRoot.querySelectorAll('.line.missed');
    expect(missed && getComputedStyle(missed).color).to.equal('rgb(163, 20, 42)');
    expect(partsOf(element, 'missed')).to.have.length(1);
  });

  for (const theme of ['light', 'dark'])
    for (const dir of ['ltr', 'rtl'])
      it(`is accessible (${theme}, ${dir})`, async () => {
        const element = await historyOf(varied, { theme, dir });
        element.parentElement?.setAttribute('style', `background:${theme === 'dark' ? '#0e1014' : '#fff'}`);
        await expect(element).to.be.accessible();
      }).timeout(20_000);

  it('is accessible without a call, and when it cannot be loaded', async () => {
    const empty = await historyOf(() => ({ body: { data: [], meta: {} } }));
    expect(textsOf(empty, 'notice')).to.deep.equal(['No calls yet']);
    await expect(empty).to.be.accessible();
    server.restore();
    const failed = await historyOf(() => ({ status: 503, body: { error: { code: 'X', message: 'no' } } }));
    await expect(failed).to.be.accessible();
  }).timeout(20_000);

  it('asks for more at the end of the list, and shows no call twice', async () => {
    const pages = [['a', 'b'], ['b', 'c'], ['d']];
    const element = await historyOf((url) => {
      const page = Number(url.searchParams.get('cursor') ?? 0);
      const data = (pages[page] ?? []).map((mid) => callJson(mid, { from: mid }));
      return { body: { data, meta: { cursor: { next: page < 2 ? String(page + 1) : null } } } };
    });
    await waitUntil(() => textsOf(element, 'name').length === 4, 'all are there');
    expect(textsOf(element, 'name')).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(server.asked.map((url) => url.searchParams.get('cursor'))).to.deep.equal([null, '1', '2']);
  });

  it('does not ask for more before the end is in sight', async () => {
    const data = Array.from({ length: 30 }, (_, index) => callJson(String(index)));
    const element = await historyOf(() => ({ body: { data, meta: { cursor: { next: 'more' } } } }));
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    expect(server.asked).to.have.length(1);
    const [list] = partsOf(element, 'list');
    list?.scrollTo(0, list.scrollHeight);
    await waitUntil(() => server.asked.length > 1, 'more is asked for');
  });

  it('calls back the other participant, unless the page does', async () => {
    const element = await historyOf(varied);
    const placed: unknown[] = [];
    const outgoing = Object.assign(document.createElement('cometchat-outgoing-call'), {
      call: (...call: readonly unknown[]) => placed.push(call),
    });
    element.after(outgoing);
    const [, missed, , grace] = partsOf(element, 'call-back');
    expect(missed?.getAttribute('aria-label')).to.equal('Call Ada Lovelace');
    missed?.click();
    grace?.click();
    expect(placed).to.deep.equal([
      ['ada', 'video'],
      ['gr', 'audio'],
    ]);
    const dispatched: PastCall[] = [];
    element.addEventListener('cometchat-call-back', (event) => {
      event.preventDefault();
      dispatched.push(event.detail);
    });
    missed?.click();
    expect(placed).to.have.length(2);
    expect(dispatched[0]?.outcome).to.equal('missed');
    expect(partsOf(element, 'call-back'), 'a meeting cannot be rung').to.have.length(8);
  });

  it('is up to date after a call on the page', async () => {
    const element = await historyOf(() => ({ body: { data: [], meta: {} } }));
    server.answer = varied;
    document.dispatchEvent(new CustomEvent('cometchat-ring-ended'));
    await waitUntil(() => partsOf(element, 'call').length === 9, 'the new calls are there');
  });

  it('reports a failure, and tries again', async () => {
    const errors: string[] = [];
    const onError = (event: GlobalEventHandlersEventMap['cometchat-call-history-error']) =>
      errors.push(event.detail.code);
    document.addEventListener('cometchat-call-history-error', onError);
    const element = await historyOf(() => ({
      status: 501,
      body: { error: { code: 'OFF', message: 'none' } },
    }));
    document.removeEventListener('cometchat-call-history-error', onError);
    expect(errors).to.deep.equal(['INTERNAL']);
    server.answer = varied;
    partsOf(element, 'retry')[0]?.click();
    await waitUntil(() => partsOf(element, 'call').length === 9, 'the calls are there');
  });

  it('forgets the calls of a user who signs out', async () => {
    const element = await historyOf(varied);
    element.token = '';
    await element.updateComplete;
    expect(partsOf(element, 'call')).to.have.length(0);
  });
});
