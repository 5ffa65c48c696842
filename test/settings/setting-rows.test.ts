import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultSettings, settingNames, settingRows } from '../../src/settings/setting-rows.js';

describe('the settings table', () => {
  for (const name of settingNames) {
    const row = settingRows[name];
    it(`${row.attribute} is ${JSON.stringify(row.initially)} by default, and again when the attribute is removed`, () => {
      assert.equal(row.parse(null), row.initially);
      assert.equal(defaultSettings[name], row.initially);
    });
    it(`${row.attribute} ignores text that is no value`, () => {
      if (row.kind === 'choice' || row.kind === 'number')
        assert.equal(row.parse('no such thing'), row.initially);
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
