import { expect } from '@open-wc/testing';
import { hand } from '../../../src/ui/base/icons/icons.js';
import { controlRows, type ControlRow } from '../../../src/ui/controls/control-rows.js';
import { fitControls } from '../../../src/ui/controls/fit-controls.js';
import { show, idsOf, control } from './control-bar-setup.js';

describe('one more row', () => {
  const wave: ControlRow = {
    id: 'wave',
    key: 'w',
    zone: 'main',
    rank: 20,
    icon: () => hand,
    label: ({ words }) => words.translate('Wave', { id: 'wave' }),
    shown: () => true,
    act: (commands) => commands.raiseHand(),
  };
  const rows = controlRows as ControlRow[];
  before(() => void rows.unshift(wave));
  after(() => void rows.shift());

  it('is a button of the bar that reports its press and acts', async () => {
    const { bar, given } = await show();
    const pressed: string[] = [];
    bar.addEventListener('control-pressed', (event) => pressed.push((event as CustomEvent<string>).detail));
    expect(control(bar, 'wave').getAttribute('aria-label')).to.equal('Wave');
    expect(control(bar, 'wave').getAttribute('aria-keyshortcuts')).to.equal('w');
    control(bar, 'wave').click();
    expect([pressed, given]).to.eql([['wave'], [['raiseHand']]]);
  });

  it('is in the menu where there is no room, and in the list of the keys', async () => {
    const { bar } = await show({ width: 200 });
    expect(idsOf(bar)).not.to.include('wave');
    const { moreMenu } = await import('../../../src/ui/controls/more-menu.js');
    const { context, actions } = bar;
    const [group] = moreMenu([wave], context!, actions!, () => undefined)({} as never);
    expect(group?.items.map(({ id, label }) => [id, label])).to.eql([['wave', 'Wave']]);
    const { ShortcutHelp } = await import('../../../src/ui/controls/shortcut-help.js');
    const help = Object.assign(new ShortcutHelp(), { context: context! });
    document.body.append(help);
    await help.updateComplete;
    expect(help.shadowRoot?.textContent).to.match(/W\s+Wave/);
    help.remove();
  });
});

describe('fitControls', () => {
  const measures = { button: 48, gap: 8 };

  it('keeps the end and the microphone however narrow the bar is', () => {
    for (let width = 160; width <= 2000; width += 20) {
      const { main, side, more } = fitControls(controlRows, { ...measures, width });
      const ids = main.map(({ id }) => id);
      expect(ids, `${width}`).to.include('end-call');
      if (width >= 200) expect(ids, `${width}`).to.include('mute-audio');
      expect([...main, ...side, ...more].length).to.equal(controlRows.length);
    }
  });

  it('shows everything where there is room, but for what is always in the menu', () => {
    const { more } = fitControls(controlRows, { ...measures, width: 1600 });
    expect(more.map(({ id }) => id)).to.eql(['shortcuts']);
  });
});
