import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultSettings, settingNames, settingRows } from '../../src/settings/setting-rows.js';

describe('the settings table', () => {
  for (const name of settingNames) {
    const row = settingRows[name];
    it(`${row.attribute} is ${JSON.stringify(row.defaultValue)} by default, and again when the attribute is removed`, () => {
      assert.equal(row.parse(null), row.defaultValue);
      assert.equal(defaultSettings[name], row.defaultValue);
    });
    it(`${row.attribute} ignores text that is no value`, () => {
      // A blur is also a switch: see below.
      if (row.kind === 'choice' || (row.kind === 'number' && name !== 'backgroundBlur'))
        assert.equal(row.parse('no such thing'), row.defaultValue);
    });
  }

  it('gives every setting its own attribute', () => {
    const attributes = settingNames.map((name) => settingRows[name].attribute);
    assert.equal(new Set(attributes).size, attributes.length);
  });

  for (const [name, text, value] of [
    ['showEndCallButton', 'false', false],
    ['showEndCallButton', '', true],
    ['audioOnly', '', true],
    ['audioOnly', 'false', false],
    // As people and template languages write a switch.
    ...(['FALSE', ' false ', '0', 'no', 'Off'] as const).flatMap(
      (text) =>
        [
          ['startWithAudioMuted', text, false],
          ['showEndCallButton', text, false],
        ] as const,
    ),
    ...(['true', 'True', '1', 'yes', 'on', 'startWithAudioMuted', 'undefined', 'muted!'] as const).map(
      (text) => ['startWithAudioMuted', text, true] as const,
    ),
    ['mode', ' spot-light\n', 'SPOTLIGHT'],
    ['nameLabelPosition', 'TOP_RIGHT', 'top-right'],
    ['backgroundBlur', ' True ', 50],
    ['backgroundBlur', '', 50],
    ['backgroundBlur', 'false', 0],
    // A misspelled blur must not show the room.
    ...(['yes', 'on', 'strong', 'NaN', 'undefined', '{}'] as const).map(
      (text) => ['backgroundBlur', text, 50] as const,
    ),
    ...(['no', 'Off', '0', 'none', '-5'] as const).map((text) => ['backgroundBlur', text, 0] as const),
    ['backgroundBlur', '30%', 30],
    ['backgroundBlur', '150', 99],
    // What a page enforces is not lost by a capital letter.
    ['backgroundChoices', ' None ', 'none'],
    ['backgroundChoices', 'Blur https://example.org/None.PNG', 'blur https://example.org/None.PNG'],
    ['idleTimeoutPeriod', ' 60 ', 60],
    ['mode', 'spotlight', 'SPOTLIGHT'],
    ['idleTimeoutPeriod', '240', 240],
    ['idleTimeoutPeriod', '-1', 180],
    ['avatarMode', 'Square', 'square'],
    ['nameLabelPosition', 'top-right', 'top-right'],
    ['nameLabelColor', 'red', 'red'],
  ] as const)
    it(`reads ${name}="${text}" as ${JSON.stringify(value)}`, () =>
      assert.equal(settingRows[name].parse(text), value));
});
