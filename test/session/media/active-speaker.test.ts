import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  nextSpeaker,
  noSpeaker,
  type SpeakerState,
} from '../../../src/session/media/levels/active-speaker.js';

const period = 100;

/** Gives each participant a level for some time; returns who had the place after each reading. */
function speakerAfter(
  from: SpeakerState,
  levels: Readonly<Record<string, number>>,
  ms: number,
  start: number,
): { state: SpeakerState; now: number; speakers: (string | null)[] } {
  let state = from;
  const speakers: (string | null)[] = [];
  let now = start;
  for (; now < start + ms; now += period) {
    state = nextSpeaker(state, new Map(Object.entries(levels)), now);
    speakers.push(state.speaker);
  }
  return { state, now, speakers };
}

describe('active speaker', () => {
  it('gives an empty place to the first speaker', () => {
    const { state } = speakerAfter(noSpeaker, { a: 0.2, b: 0 }, 500, 0);
    assert.equal(state.speaker, 'a');
  });

  it('takes a quiet room for silence', () => {
    assert.equal(speakerAfter(noSpeaker, { a: 0.005, b: 0.01 }, 3000, 0).state.speaker, null);
  });

  it('keeps the speaker through a pause', () => {
    const talk = speakerAfter(noSpeaker, { a: 0.2, b: 0 }, 1000, 0);
    assert.equal(speakerAfter(talk.state, { a: 0, b: 0 }, 2000, talk.now).state.speaker, 'a');
  });

  it('takes the place away in a silence that lasts, once, and gives it to who speaks next', () => {
    const talk = speakerAfter(noSpeaker, { a: 0.2, b: 0 }, 1000, 0);
    const quiet = speakerAfter(talk.state, { a: 0, b: 0 }, 6000, talk.now);
    assert.equal(quiet.state.speaker, null);
    const changes = quiet.speakers.filter((speaker, at) => at > 0 && speaker !== quiet.speakers[at - 1]);
    assert.deepEqual(changes, [null]);
    assert.equal(speakerAfter(quiet.state, { a: 0, b: 0.2 }, 500, quiet.now).state.speaker, 'b');
  });

  it('does not give the place to a cough', () => {
    const talk = speakerAfter(noSpeaker, { a: 0.2, b: 0 }, 1000, 0);
    const cough = speakerAfter(talk.state, { a: 0.2, b: 0.9 }, 400, talk.now);
    const after = speakerAfter(cough.state, { a: 0.2, b: 0 }, 1000, cough.now);
    assert.deepEqual(new Set([...cough.speakers, ...after.speakers]), new Set(['a']));
  });

  it('gives the place to another one who goes on speaking, once', () => {
    const talk = speakerAfter(noSpeaker, { a: 0.2, b: 0 }, 1000, 0);
    const other = speakerAfter(talk.state, { a: 0, b: 0.2 }, 4000, talk.now);
    assert.equal(other.state.speaker, 'b');
    const changes = other.speakers.filter((speaker, at) => at > 0 && speaker !== other.speakers[at - 1]);
    assert.deepEqual(changes, ['b']);
  });

  it('does not flicker between two who are about as loud', () => {
    let state = speakerAfter(noSpeaker, { a: 0.2, b: 0 }, 1000, 0).state;
    const seen = new Set<string | null>();
    for (let now = 1000; now < 11_000; now += period) {
      const wobble = Math.sin(now / 300) * 0.03;
      state = nextSpeaker(
        state,
        new Map([
          ['a', 0.2 + wobble],
          ['b', 0.2 - wobble],
        ]),
        now,
      );
      seen.add(state.speaker);
    }
    assert.deepEqual([...seen], ['a']);
  });

  it('frees the place of a participant who left', () => {
    const talk = speakerAfter(noSpeaker, { a: 0.2, b: 0 }, 1000, 0);
    assert.equal(speakerAfter(talk.state, { b: 0 }, 200, talk.now).state.speaker, null);
  });
});
