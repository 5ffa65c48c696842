import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { MuteEvent, SwitchToVideoEvent } from '../../../src/domain/call/call-events.js';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import type { CallPage } from '../world/call-page.js';
import { CallWorld } from '../world/call-world.js';
import {
  press,
  pressText,
  set,
  tiles,
  untilPart,
  untilText,
  untilTiles,
  type SeenTile,
} from '../world/interface.js';
import { paintMedia } from '../world/painted-media.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

const idOf = (page: CallPage, uid: string): Promise<string> =>
  page.page.evaluate(
    (wanted) =>
      (document.querySelector('cometchat-call') as CometChatCall).participants.find(
        (one) => one.uid === wanted,
      )?.id ?? '',
    uid,
  );

const front = (seen: readonly SeenTile[]): string | undefined =>
  seen.find(({ role }) => role === 'front')?.uid;

async function voiceCall(session: string): Promise<readonly [CallPage, CallPage]> {
  const attributes = { 'audio-only': '' };
  const pages = [
    await world.caller('ada', session, { attributes }),
    await world.caller('bob', session, { attributes }),
  ] as const;
  await Promise.all(pages.map((page) => page.untilReceiving({ video: 0, audio: 1 })));
  return pages;
}

describe('switching a voice call to video', () => {
  it('asks the other one, and turns both cameras on when they accept', async () => {
    const [ada, bob] = await voiceCall('accept');
    await press(ada, 'button-switch-to-video-call');
    await untilText(ada, 'Waiting for an answer');
    await untilText(bob, 'Ada wants to switch to video');
    // Until then no camera is on.
    assert.deepEqual(await bob.page.evaluate(() => window.observed.tracks.map(({ kind }) => kind)), [
      'audio',
    ]);
    await pressText(bob, 'Accept');
    for (const page of [ada, bob]) {
      const { initiator, responder } = (await page.event('onCallSwitchedToVideo'))
        .detail as SwitchToVideoEvent;
      assert.deepEqual([initiator.uid, responder.uid], ['ada', 'bob']);
    }
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await untilPart(ada, 'button-pause-video');
  });

  it('leaves the call as it is when they decline', async () => {
    const [ada, bob] = await voiceCall('decline');
    await ada.call('switchToVideoCall');
    await pressText(bob, 'Decline');
    await untilText(ada, 'Waiting for an answer', false);
    for (const page of [ada, bob]) {
      assert.equal((await page.eventNames()).includes('onCallSwitchedToVideo'), false);
      assert.deepEqual(await page.page.evaluate(() => window.observed.tracks.map(({ kind }) => kind)), [
        'audio',
      ]);
    }
    // It can be asked again.
    await ada.call('switchToVideoCall');
    await pressText(bob, 'Accept');
    await ada.event('onCallSwitchedToVideo');
  });
});

describe('muting another participant', () => {
  it('turns their microphone off; all learn who did it, and only they can unmute', async () => {
    const ada = await world.caller('ada', 'mute-other');
    const bob = await world.caller('bob', 'mute-other');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await ada.call('muteParticipant', await idOf(ada, 'bob'));
    for (const page of [ada, bob]) {
      const { muted, mutedBy } = (await page.event('onUserMuted')).detail as MuteEvent;
      assert.deepEqual([muted.uid, mutedBy.uid], ['bob', 'ada']);
    }
    await bob.untilState('audio-muted');
    await ada.call('pauseParticipantVideo', await idOf(ada, 'bob'));
    await bob.untilState('video-paused');
    await bob.call('muteAudio', false);
    const { muted, mutedBy } = (await ada.event('onUserUnMuted')).detail as MuteEvent;
    assert.deepEqual([muted.uid, mutedBy.uid], ['bob', 'bob']);
    await ada.untilReceiving({ video: 0, audio: 1 });
  });
});

describe('the active speaker', () => {
  it('comes in front; a participant whom the user pins stays there', async () => {
    const [ada, bob, cy] = [await world.page(), await world.page(), await world.page()] as const;
    const voices = [
      [ada, 'ada', 300],
      [bob, 'bob', 500],
      [cy, 'cy', 800],
    ] as const;
    for (const [page, uid, tone] of voices) {
      await paintMedia(page, { colour: 'rgb(90, 90, 90)', tone });
      // Tones are louder than any voice: all begin silent.
      const attributes = { mode: 'SPOTLIGHT', 'start-with-audio-muted': '' };
      await page.join({ token: await world.token(uid, 'speaker'), ...attributes });
    }
    await ada.until(3);
    await ada.untilReceiving({ video: 2, audio: 0 });
    const speaks = async (one: CallPage, other: CallPage): Promise<void> => {
      await other.call('muteAudio', true);
      await one.call('muteAudio', false);
    };
    await speaks(cy, bob);
    await untilTiles(ada, (seen) => front(seen) === 'cy');
    const speaker = (await ada.event('onDominantSpeakerChanged')).detail as { uid: string };
    assert.equal(speaker.uid, 'cy');
    await speaks(bob, cy);
    await untilTiles(ada, (seen) => front(seen) === 'bob');
    await ada.call('pinParticipant', await idOf(ada, 'bob'));
    await speaks(cy, bob);
    await ada.page.waitForFunction(() =>
      window.observed.events.some(
        ({ name, detail }, at, all) =>
          name === 'onDominantSpeakerChanged' &&
          at === all.findLastIndex((one) => one.name === name) &&
          (detail as { uid: string } | null)?.uid === 'cy',
      ),
    );
    assert.equal(front(await tiles(ada)), 'bob');
    await ada.call('unpinParticipant');
    await untilTiles(ada, (seen) => front(seen) === 'cy');
  });
});

describe('buttons of the page, without JavaScript', () => {
  const addButton = ({ page }: CallPage, command: string): Promise<void> =>
    page.evaluate((name) => {
      const button = Object.assign(document.createElement('button'), { id: name, textContent: name });
      button.setAttribute('command', name);
      button.setAttribute('commandfor', 'call');
      button.style.flex = '0';
      document.body.append(button);
    }, command);
  const click = async (page: CallPage, command: string): Promise<void> => {
    await page.page.click(`[command="${command}"]`);
  };

  it('mute, pause, raise the hand, change the layout, leave and come back by command and commandfor', async () => {
    const ada = await world.caller('ada', 'commands');
    await ada.until(1);
    for (const command of [
      '--toggle-audio',
      '--pause-video',
      '--resume-video',
      '--raise-hand',
      '--mode-spotlight',
      '--end-session',
      '--start-session',
    ])
      await addButton(ada, command);
    await ada.untilState('audio-muted', false);
    await click(ada, '--toggle-audio');
    await ada.untilState('audio-muted');
    await click(ada, '--toggle-audio');
    await ada.untilState('audio-muted', false);
    await click(ada, '--pause-video');
    await ada.untilState('video-paused');
    await click(ada, '--resume-video');
    await ada.untilState('video-paused', false);
    await click(ada, '--raise-hand');
    await ada.event('onParticipantHandRaised');
    await click(ada, '--mode-spotlight');
    await ada.event('onCallLayoutChanged');
    await click(ada, '--end-session');
    await ada.untilState('ended');
    await click(ada, '--start-session');
    await ada.untilState('active');
  });

  it('<cometchat-call-button> switches, and shows what is switched', async () => {
    const ada = await world.caller('ada', 'detached');
    const bob = await world.caller('bob', 'detached');
    await ada.until(2);
    await ada.page.evaluate(() => {
      const button = document.createElement('cometchat-call-button');
      Object.assign(button, { for: 'call', action: 'mute-audio', textContent: 'Mute' });
      button.style.flex = 'none';
      document.body.append(button);
    });
    await ada.untilState('audio-muted', false);
    await ada.page.click('cometchat-call-button');
    await bob.event('onUserMuted');
    await ada.page.waitForSelector('cometchat-call-button >>> button[aria-pressed="true"]');
    await set(bob, { mode: 'SPOTLIGHT' });
    await press(ada, 'button-mute-audio');
    await ada.page.waitForSelector('cometchat-call-button >>> button[aria-pressed="false"]');
  });
});
