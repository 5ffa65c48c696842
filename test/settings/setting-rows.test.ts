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
