import { expect } from '@open-wc/testing';
import { localizedWords, wordOverrides } from '../../../src/element/i18n/localized-strings.js';
import { backgroundWords } from '../../../src/ui/backgrounds/background-words.js';
import { participantWords } from '../../../src/ui/participants/participant-words.js';
import { menuWords } from '../../../src/ui/menu/menu-words.js';
import { noticeWords } from '../../../src/ui/notices/notice-words.js';
import { endedWords } from '../../../src/ui/view/screens/ended-words.js';
import { failureWords } from '../../../src/ui/words/failure-words.js';
import { deviceWords } from '../../../src/ui/words/device-words.js';
import { hintWords } from '../../../src/ui/notices/hint-words.js';
import { wordsWith, type Words } from '../../../src/ui/words/words.js';

/** The keys that CometChat's interface reads (Calls SDK 4.2.6). */
const usedKeys = [
  'CALL_RECORDING_ENDED_MSG',
  'CALL_RECORDING_STARTED_MSG',
  'CAMERA_ERROR_MSG',
  'CAMERA_MIC_ERROR_MSG',
  'CONNECTION_ERROR_TEXT',
  'END_CALL_TEXT',
  'IOS_BROWSER_WARNING',
  'JOINING_TEXT',
  'MIC_ERROR_MSG',
  'MUTED',
  'MUTE_AUDIO_TEXT',
  'MUTE_USER',
  'MUTE_VIDEO_TEXT',
  'NOISY_MIC',
  'NO_NETWORK_TEXT',
  'PIN_USER',
  'RECONNECTING_TEXT',
  'RECORDER_LABEL',
  'RECORDING_TEXT',
  'REQUESTING_TO_SWITCH_VIDEO_CALL',
  'REQUESTING_TO_SWITCH_VIDEO_CALL_REJECTED',
  'SCREEN_SHARE_MSG',
  'START_RECORDING_TEXT',
  'START_SCREEN_SHARE_TEXT',
  'STOP_RECORDING_ERROR',
  'STOP_RECORDING_TEXT',
  'STOP_SCREEN_SHARE_TEXT',
  'SWITCH_TO_VIDEO_CALL',
  'TALK_WHILE_MUTED',
  'TRYING_TO_START_RECORDING_TEXT',
  'UNPIN_USER',
  'UN_MUTE_AUDIO_TEXT',
  'UN_MUTE_VIDEO_TEXT',
  'USERS_LEFT_CALL_MSG',
  'USER_JOINED_CALL_MSG',
  'USER_LEFT_CALL_MSG',
  'USER_LIST',
];

/** What CometChat's interface says and this one never does: the rest must reach the interface. */
const onlyInCometChat = [
  'CAMERA_MIC_ERROR_MSG',
  'IOS_BROWSER_WARNING',
  'NOISY_MIC',
  'REQUESTING_TO_SWITCH_VIDEO_CALL_REJECTED',
  'STOP_RECORDING_ERROR',
  'TRYING_TO_START_RECORDING_TEXT',
  'USERS_LEFT_CALL_MSG',
];

/** Of the phrases that are loaded late. */
const loadedLate = ['TALK_WHILE_MUTED'];

/** Those of the interface, and those that are loaded late under their names. */
const everyPhrase = (words: Words) => ({
  ...words,
  ...menuWords(words),
  ...deviceWords(words),
  ...failureWords(words),
  ...noticeWords(words),
  ...endedWords(words),
});

describe('text of the page', () => {
  for (const key of usedKeys.filter((name) => ![...onlyInCometChat, ...loadedLate].includes(name)))
    it(`${key} replaces a phrase of the interface`, () => {
      const overrides = wordOverrides({ [key]: 'text of the page' });
      const ids = Object.keys(overrides);
      expect(ids).not.to.be.empty;
      const replaced = localizedWords({ [key]: 'text of the page' });
      const named: Readonly<Record<string, unknown>> = everyPhrase(replaced);
      for (const id of ids) {
        // What is written where it is used has no name, only an id.
        const phrase = (named[id] ?? (() => replaced.translate('', { id }))) as (about: unknown) => string;
        expect(phrase('Ada')).to.contain('text of the page');
      }
    });

  it('says who joined, in front of CometChat’s text', () => {
    const phrase = wordsWith(wordOverrides({ USER_JOINED_CALL_MSG: 'ist da' }));
    expect(phrase.announceJoined(['Ada'])).to.equal('Ada ist da');
  });

  it('replaces phrases that are loaded late, in any language', () => {
    const strings = { TALK_WHILE_MUTED: 'Psst', CHOOSE_BACKGROUND: 'Wall', VIRTUAL_BACKGROUND: 'Walls' };
    for (const replaced of [localizedWords(strings), localizedWords(strings, 'de', { more: 'Mehr' })]) {
      expect(hintWords(replaced).speakingWhileMuted()).to.equal('Psst');
      expect(backgroundWords(replaced).behind()).to.equal('Wall');
      expect(deviceWords(replaced).background()).to.equal('Walls');
    }
    expect(localizedWords(strings, 'de', { more: 'Mehr' }).more()).to.equal('Mehr');
  });

  it('replaces every form of a phrase that counts and is loaded late', () => {
    for (const replaced of [
      localizedWords({ inTheCall: '{0} da' }),
      localizedWords({ inTheCall: '{0} da' }, 'de', {
        'in-the-call-one': 'eine',
        'in-the-call-other': '{0}',
      }),
    ])
      expect([1, 3].map(participantWords(replaced).inTheCall)).to.eql(['1 da', '3 da']);
  });

  it('can be given under the names of our phrases', () => {
    expect(wordsWith(wordOverrides({ joining: 'Einen Moment' })).joining()).to.equal('Einen Moment');
  });

  it('that is empty, or no text, replaces nothing', () => {
    const odd = { JOINING_TEXT: '', END_CALL_TEXT: 7 as unknown as string };
    expect(wordOverrides(odd)).to.deep.equal({});
  });
});
