const groups = [
  { title: 'Joining and ending', owns: /^(audioOnly|start|default|idle)/ },
  { title: 'Buttons', owns: /^(enableDefaultLayout$|show.*(Button|Setting)$)/ },
  { title: 'Layout and tiles', owns: /./ },
];

/** How each kind of row is drawn and read. `object` is for JavaScript only and has no control. */
const kinds = {
  switch: {
    control: () => input('checkbox'),
    show: (control, value) => (control.checked = value),
    read: (control) => control.checked,
  },
  choice: {
    control: ({ choices }) => choice(choices),
    show: (control, value) => (control.value = value),
    read: (control) => control.value,
  },
  number: {
    control: () => Object.assign(input('number'), { min: '1' }),
    show: (control, value) => (control.value = value),
    read: (control) => Number(control.value),
  },
  text: {
    control: () => input('text'),
    show: (control, value) => (control.value = value),
    read: (control) => control.value,
  },
};

/** Draws one control per setting. What is changed becomes an attribute of `call`; what the attributes say is shown. */
export function drawSettings(place, settingRows, call) {
  const all = Object.entries(settingRows).filter(([, { kind }]) => kind in kinds);
  const lines = all.map(([name, row]) => settingLine(name, row, call));
  for (const { title, owns } of groups) {
    const own = lines.filter((line) => groupOf(line.name).owns === owns);
    if (own.length > 0)
      place.append(
        fieldset(
          title,
          own.map(({ element }) => element),
        ),
      );
  }
  const showAll = () => lines.forEach(({ show }) => show());
  new MutationObserver(showAll).observe(call, { attributes: true });
  showAll();
}

function groupOf(name) {
  return groups.find(({ owns }) => owns.test(name));
}

function settingLine(name, row, call) {
  const kind = kinds[row.kind];
  const control = kind.control(row);
  const element = document.createElement('label');
  element.className = `setting ${row.kind}`;
  const text = document.createElement('span');
  const attribute = document.createElement('code');
  attribute.textContent = row.attribute;
  text.append(titleOf(name), attribute);
  element.append(text, control);
  control.dataset.setting = name;
  control.addEventListener('change', () => apply(call, row, kind.read(control)));
  return { name, element, show: () => kind.show(control, row.parse(call.getAttribute(row.attribute))) };
}

/** A default is expressed by leaving out the attribute. */
function apply(call, { attribute, defaultValue }, value) {
  if (value === defaultValue || Number.isNaN(value)) call.removeAttribute(attribute);
  else call.setAttribute(attribute, value === true ? '' : String(value));
}

/** `showMuteAudioButton` -> `Show mute audio button`. */
function titleOf(name) {
  const words = name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
  return words[0].toUpperCase() + words.slice(1);
}

function fieldset(title, contents) {
  const element = document.createElement('fieldset');
  const legend = document.createElement('legend');
  legend.textContent = title;
  element.append(legend, ...contents);
  return element;
}

function input(type) {
  return Object.assign(document.createElement('input'), { type });
}

function choice(values) {
  const select = document.createElement('select');
  for (const value of values) select.append(new Option(value || '(automatic)', value));
  return select;
}
