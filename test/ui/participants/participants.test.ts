import { expect } from '@open-wc/testing';
import '../../../src/ui/participants/participant-panel.js';
import { callOf } from '../../fakes/ui/call-states.js';
import { spyCommands } from '../../fakes/ui/spy-commands.js';
import { endMotion, framed, nextFrame, unframe } from '../../harness/framed.js';
import { within } from '../../harness/within.js';

async function show() {
  const { commands, recorded } = spyCommands();
  const call = callOf(4, {
    participants: { 1: { audioMuted: true, videoPaused: true }, 2: { handRaisedAt: 1, recording: true } },
  });
  const panel = Object.assign(document.createElement('cometchat-call-participants'), { call, commands });
  await framed(panel, { width: 340, height: 600 });
  const names = (): (string | undefined)[] =>
    [...panel.renderRoot.querySelectorAll('.name')].map(({ textContent }) => textContent?.trim());
  const search = async (text: string): Promise<void> => {
    const input = within(panel, 'input')!;
    input.value = text;
    input.dispatchEvent(new Event('input'));
    await nextFrame();
  };
  return { panel, given: recorded, names, search };
}

describe('<cometchat-call-participants>', () => {
  afterEach(unframe);

  it('lists all participants and is accessible', async function () {
    this.timeout(30_000);
    const { panel, names } = await show();
    expect(names()).to.eql(['Ada Lovelace (you)', 'Grace Hopper', 'Alan Turing', 'Katherine Johnson']);
    expect(within(panel, 'h2')!.textContent).to.equal('4 people in the call');
    endMotion();
    await expect(panel).to.be.accessible();
  });

  it('finds by name, whatever the case, and says when there is no match', async () => {
    const { panel, names, search } = await show();
    await search('ALAN');
    expect(names()).to.eql(['Alan Turing']);
    await search('nobody');
    expect(within(panel, '.no-matches')!.textContent).to.include('No matches');
  });

  it('of a presentation: who watches comes last, and can be neither muted nor pinned', async () => {
    const { panel, names } = await show();
    const watches = { isPresenter: false, audioMuted: true, videoPaused: true };
    panel.call = callOf(4, {
      participants: { 0: { isPresenter: true }, 1: { ...watches, handRaisedAt: 1 }, 2: watches },
    });
    await nextFrame();
    expect(names()).to.eql(['Ada Lovelace (you)', 'Katherine Johnson', 'Grace Hopper', 'Alan Turing']);
    const signs = [...panel.renderRoot.querySelectorAll('li')].map((row) =>
      [...row.querySelectorAll('[aria-label]')].map((each) => each.getAttribute('aria-label')),
    );
    expect(signs[2]).to.eql(['Hand raised', 'Watching']);
    expect(signs[3]).to.eql(['Watching']);
  });

  it('mutes and pins', async () => {
    const { panel, given } = await show();
    within(panel, '[aria-label="Mute Alan Turing"]')!.click();
    within(panel, '[aria-label="Pin Grace Hopper"]')!.click();
    expect(given).to.eql([
      ['muteParticipant', 'p2'],
      ['pin', { participantId: 'p1', source: 'camera' }],
    ]);
    expect(within(panel, '[aria-label="Mute Grace Hopper"]'), 'who is muted').not.to.exist;
    expect(within(panel, '[aria-label^="Mute Ada"]'), 'oneself').not.to.exist;
  });
});
