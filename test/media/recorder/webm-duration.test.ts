import { expect } from '@open-wc/testing';
import { reserveDuration } from '../../../src/media/recorder/webm-duration.js';

const ebml = [0x1a, 0x45, 0xdf, 0xa3, 0x80];
const segment = [0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const seconds = [0x2a, 0xd7, 0xb1, 0x84, 0x3b, 0x9a, 0xca, 0x00];
const cluster = [0x1f, 0x43, 0xb6, 0x75, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3];
const float8 = [0x44, 0x89, 0x88, 0, 0, 0, 0, 0, 0, 0, 0];
const float4 = [0x44, 0x89, 0x84, 0, 0, 0, 0];

function info(...content: number[]): number[] {
  return [0x15, 0x49, 0xa9, 0x66, 0x80 + content.length, ...content];
}

/** The same with a size of eight bytes, as Firefox writes it. */
function longInfo(...content: number[]): number[] {
  return [0x15, 0x49, 0xa9, 0x66, 0x01, 0, 0, 0, 0, 0, 0, content.length, ...content];
}

describe('the duration of a WebM file', () => {
  for (const { title, head } of [
    { title: 'gets its place where there is none', head: [...ebml, ...segment, ...info(...seconds)] },
    { title: 'finds a head of long sizes', head: [...ebml, ...segment, ...longInfo(...seconds)] },
    { title: 'takes the place that is there', head: [...ebml, ...segment, ...info(...float8, ...seconds)] },
    { title: 'replaces one that is too coarse', head: [...ebml, ...segment, ...info(...float4, ...seconds)] },
    {
      title: 'passes what stands before',
      head: [...ebml, ...segment, 0xec, 0x82, 0, 0, ...info(...seconds)],
    },
  ])
    it(title, () => {
      const reserved = reserveDuration(Uint8Array.from([...head, ...cluster]));
      expect(reserved).to.be.an('object');
      if (!reserved) return;
      const bytes = reserved.head.slice();
      bytes.set(reserved.encode(2500), reserved.offset);
      const again = reserveDuration(bytes);
      expect(again?.offset, 'readers find it').to.equal(reserved.offset);
      expect(again?.head.length, 'in a head that is well-formed').to.equal(bytes.length);
      expect(new DataView(bytes.buffer).getFloat64(reserved.offset)).to.equal(2.5);
      expect([...bytes.slice(-cluster.length)]).to.eql(cluster);
    });

  it('waits for a head that has not come whole', () => {
    const head = [...ebml, ...segment, ...info(...seconds)];
    for (let length = 0; length < head.length; length += 1)
      expect(reserveDuration(Uint8Array.from(head.slice(0, length)))).to.equal(undefined);
  });

  it('counts in milliseconds where the file does not say', () => {
    const reserved = reserveDuration(Uint8Array.from([...ebml, ...segment, ...info()]));
    expect(new DataView(reserved!.encode(2500).buffer).getFloat64(0)).to.equal(2500);
  });
});
